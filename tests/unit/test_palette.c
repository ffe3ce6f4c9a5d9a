/* The colours of charts and heat maps: whatever stands in one chart is told apart on a grey printer and by
 * those who confuse red and green, or blue and yellow. What such a reader sees is simulated with the
 * matrices of Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color
 * Vision Deficiency" (2009), table of severity 1.0, on linear sRGB; lightness is L* of CIE 1976, contrast
 * that of WCAG 2.1. Which inks a chart has stands in io/sheet_charts.c and io/summary_charts.c.
 */
#include "tests/support/test_support.h"

#include <math.h>

#include "io/book_internal.h"

enum { EYES = 4 };

static const char *const eyes[EYES] = {"all colours, as on grey paper", "protanopia",
                                       "deuteranopia", "tritanopia"};

static const double seen[EYES][3][3] = {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
                                        {{0.152286, 1.052583, -0.204868},
                                         {0.114503, 0.786281, 0.099216},
                                         {-0.003882, -0.048116, 1.051998}},
                                        {{0.367322, 0.860646, -0.227968},
                                         {0.280085, 0.672501, 0.047413},
                                         {-0.011820, 0.042940, 0.968881}},
                                        {{1.255528, -0.076749, -0.178779},
                                         {-0.078411, 0.930809, 0.147602},
                                         {0.004733, 0.691367, 0.303900}}};

static double linear(unsigned part)
{
    double share = part / 255.0;
    return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4);
}

static double within(double share)
{
    return share < 0 ? 0 : share > 1 ? 1 : share;
}

/** Relative luminance of a colour as these eyes see it. */
static double luminance(unsigned color, int eye)
{
    const double in[3] = {linear(color >> 16 & 255), linear(color >> 8 & 255), linear(color & 255)};
    double out[3];
    for (int i = 0; i < 3; i++)
        out[i] =
            within(seen[eye][i][0] * in[0] + seen[eye][i][1] * in[1] + seen[eye][i][2] * in[2]);
    return 0.2126 * out[0] + 0.7152 * out[1] + 0.0722 * out[2];
}

static double lightness(unsigned color, int eye)
{
    double y = luminance(color, eye);
    return y > 216.0 / 24389 ? 116 * cbrt(y) - 16 : y * 24389 / 27;
}

static double contrast(unsigned a, unsigned b, int eye)
{
    double one = luminance(a, eye), other = luminance(b, eye);
    return (fmax(one, other) + 0.05) / (fmin(one, other) + 0.05);
}

/* White, black and one red worked out by hand: (255, 0, 0) is 0.2126, L* 53.24; to a protanope it is
 * (0.152, 0.115, 0), 0.2126 * 0.152286 + 0.7152 * 0.114503 = 0.11427, L* 40.29. */
static void the_simulation_is_that_of_the_paper(void **state)
{
    (void)state;
    for (int e = 0; e < EYES; e++) {
        assert_float_equal(lightness(0xFFFFFF, e), 100, 0.01);
        assert_float_equal(lightness(0x000000, e), 0, 0.01);
    }
    assert_float_equal(lightness(0xFF0000, 0), 53.24, 0.01);
    assert_float_equal(lightness(0xFF0000, 1), 40.29, 0.01);
}

/** Two solid inks differ by lightness, two others by their pattern, whatever their colours. */
static void must_differ(Ink a, Ink b)
{
    enum { LEAST_APART = 15 }; /* of L*, 0 to 100 */
    const InkLook *one = book_ink_look(a), *other = book_ink_look(b);
    if (one->pattern != other->pattern)
        return;
    assert_int_equal(one->pattern, LXW_CHART_PATTERN_NONE);
    for (int e = 0; e < EYES; e++)
        if (fabs(lightness(one->color, e) - lightness(other->color, e)) < LEAST_APART)
            fail_msg("inks %d and %d are too alike for %s", (int)a, (int)b, eyes[e]);
}

static void the_inks_of_one_chart_are_told_apart_by_everyone(void **state)
{
    static const Ink charts[][8] = {
        {INK_CROSSED, INK_MIDDLE, INK_DARK, INK_OPEN}, /* coverage */
        {INK_TOTAL, INK_CROSSED, INK_MIDDLE, INK_DARK, INK_STRIPES, INK_OPEN}, /* the gap */
        {INK_DARK, INK_OPEN, INK_CROSSED},                        /* use by donor */
        {INK_DOTS, INK_CHECKS, INK_DARK, INK_STRIPES, INK_TOTAL, INK_CROSSED,
         INK_OPEN}, /* rounds */
    };
    (void)state;
    for (size_t c = 0; c < COUNT_OF(charts); c++)
        for (int i = 0; charts[c][i] != INK_NONE; i++)
            for (int j = 0; j < i; j++)
                must_differ(charts[c][i], charts[c][j]);
}

/* WCAG 2.1, 1.4.11: what a picture consists of stands out from what is beside it by 3 to 1. A solid ink may
 * do so by its outline; a pattern's colour has to, as nothing else draws it. */
static void every_ink_stands_out_from_the_paper(void **state)
{
    (void)state;
    for (int ink = INK_TOTAL; ink <= INK_CHECKS; ink++)
        for (int e = 0; e < EYES; e++) {
            unsigned line = book_ink_look((Ink)ink)->line;
            if (contrast(line, 0xFFFFFF, e) < 3)
                fail_msg("the outline of ink %d is too pale for %s: %.2f", ink, eyes[e],
                         contrast(line, 0xFFFFFF, e));
        }
}

/* Figures stand in the cells, black: 4.5 to 1 (WCAG 2.1, 1.4.3), on the darkest cell too; and the darkest is
 * told from an empty one. */
static void a_heat_map_is_read_by_everyone(void **state)
{
    (void)state;
    for (int e = 0; e < EYES; e++) {
        assert_true(contrast(0x000000, HEAT_MOST, e) >= 4.5);
        assert_true(lightness(HEAT_NONE, e) - lightness(HEAT_MOST, e) >= 20);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_simulation_is_that_of_the_paper),
        cmocka_unit_test(the_inks_of_one_chart_are_told_apart_by_everyone),
        cmocka_unit_test(every_ink_stands_out_from_the_paper),
        cmocka_unit_test(a_heat_map_is_read_by_everyone),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
