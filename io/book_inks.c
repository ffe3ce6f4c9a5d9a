/* What bars are filled with. The colours are those of Okabe and Ito, "Color Universal Design" (2008,
 * jfly.uni-koeln.de/color), which people who confuse red and green, or blue and yellow, tell apart;
 * beside them each ink has its own lightness or pattern, for a grey printer: solid near black, dark
 * and light, stripes, crosses, dots, checks. In a legend's small square a pattern is a grey: INK_OPEN,
 * what is not there (unmet, unused), has none, it is a white box with a dark outline, and the patterns
 * are told apart by how much of them is ink. tests/unit/test_palette.c holds all pairs of every chart
 * against grey print and simulated colour blindness.
 */
#include "io/book_internal.h"

enum {
    SOLID = LXW_CHART_PATTERN_NONE,
    NEAR_BLACK = 0x1A1A1A,
    WHITE = 0xFFFFFF,
    SKY_BLUE = 0x56B4E9,
    BLUE = 0x0072B2,
    BLUISH_GREEN = 0x009E73,
    VERMILION = 0xD55E00,
    ORANGE = 0xE69F00,
    REDDISH_PURPLE = 0xCC79A7
};

static const InkLook inks[] = {
    [INK_TOTAL] = {NEAR_BLACK, NEAR_BLACK, SOLID},
    [INK_MIDDLE] = {SKY_BLUE, BLUE, SOLID},
    [INK_DARK] = {BLUE, BLUE, SOLID},
    [INK_STRIPES] = {BLUISH_GREEN, BLUISH_GREEN, LXW_CHART_PATTERN_DARK_DOWNWARD_DIAGONAL},
    [INK_OPEN] = {WHITE, NEAR_BLACK, SOLID},
    [INK_CROSSED] = {VERMILION, VERMILION, LXW_CHART_PATTERN_SMALL_GRID},
    [INK_DOTS] = {ORANGE, NEAR_BLACK, LXW_CHART_PATTERN_PERCENT_40},
    [INK_CHECKS] = {REDDISH_PURPLE, NEAR_BLACK, LXW_CHART_PATTERN_LARGE_CHECK},
};

const InkLook *book_ink_look(Ink ink)
{
    return ink == INK_NONE ? NULL : &inks[ink];
}

void book_ink_series(lxw_chart_series *series, Ink ink)
{
    if (ink == INK_NONE) {
        lxw_chart_line line = {.none = LXW_TRUE};
        lxw_chart_fill fill = {.none = LXW_TRUE};
        chart_series_set_line(series, &line);
        chart_series_set_fill(series, &fill);
        return;
    }
    lxw_chart_line line = {.color = inks[ink].line, .width = 0.75};
    chart_series_set_line(series, &line);
    if (inks[ink].pattern == SOLID) {
        lxw_chart_fill fill = {.color = inks[ink].color};
        chart_series_set_fill(series, &fill);
        return;
    }
    lxw_chart_pattern pattern = {
        .fg_color = inks[ink].color, .bg_color = WHITE, .type = inks[ink].pattern};
    chart_series_set_pattern(series, &pattern);
}
