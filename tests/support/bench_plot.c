/* Decades become lines of a grid, series polylines with marks, their names stand at the right. */
#include "tests/support/bench_plot.h"

#include <math.h>
#include <stdio.h>

enum { WIDTH = 780, HEIGHT = 500, LEFT = 70, RIGHT = 210, TOP = 76, BOTTOM = 70, LABEL_GAP = 15 };

static const char *const STROKE[PLOT_SERIES_MOST] = {"",    "7 3", "2 3",      "9 3 2 3",
                                                     "1 4", "5 5", "12 3 3 3", "3 1"};
static const char *const INK[PLOT_SERIES_MOST] = {"#111", "#111", "#111", "#555",
                                                  "#555", "#555", "#888", "#888"};

/** The decades that hold every value. */
typedef struct Axis {
    int first, last; /* powers of ten */
} Axis;

void plot_point(PlotSeries *series, double x, double y, const char *note)
{
    if (series->count == PLOT_POINTS_MOST || x <= 0 || y <= 0)
        return;
    (void)snprintf(series->note[series->count], PLOT_NOTE, "%s", note);
    series->x[series->count] = x;
    series->y[series->count++] = y;
}

static Axis axis_of(const Plot *plot, bool of_x)
{
    double least = INFINITY, most = 0;
    for (int s = 0; s < plot->count; s++)
        for (int k = 0; k < plot->series[s].count; k++) {
            double value = of_x ? plot->series[s].x[k] : plot->series[s].y[k];
            least = fmin(least, value);
            most = fmax(most, value);
        }
    if (most <= 0)
        return (Axis){0, 1};
    Axis axis = {(int)floor(log10(least)), (int)ceil(log10(most))};
    axis.last += axis.last == axis.first;
    return axis;
}

static double at_x(Axis axis, double value)
{
    double part = (log10(value) - axis.first) / (axis.last - axis.first);
    return LEFT + part * (WIDTH - LEFT - RIGHT);
}

static double at_y(Axis axis, double value)
{
    double part = (log10(value) - axis.first) / (axis.last - axis.first);
    return HEIGHT - BOTTOM - part * (HEIGHT - TOP - BOTTOM);
}

/** 0.001, 1, 1,000, 1,000,000 */
static void decade_text(int power, char out[24])
{
    if (power < 0)
        (void)snprintf(out, 24, "%.*f", -power, pow(10, power));
    else if (power < 3)
        (void)snprintf(out, 24, "%.0f", pow(10, power));
    else if (power < 6)
        (void)snprintf(out, 24, "%.0f,000", pow(10, power - 3));
    else
        (void)snprintf(out, 24, "%.0f,000,000", pow(10, power - 6));
}

/** A line of the grid across the picture, dark at a power of ten. */
static void write_upright(double at, bool dark, FILE *file)
{
    fprintf(file, "<line class=\"%s\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/>\n",
            dark ? "g" : "m", at, TOP, at, HEIGHT - BOTTOM);
}

static void write_level(double at, bool dark, FILE *file)
{
    fprintf(file, "<line class=\"%s\" x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\"/>\n",
            dark ? "g" : "m", LEFT, at, WIDTH - RIGHT, at);
}

static void write_x_axis(const Plot *plot, Axis x, FILE *file)
{
    char text[24];
    for (int power = x.first; power <= x.last; power++) {
        double decade = pow(10, power);
        for (int k = 1; k <= (power < x.last ? 9 : 1); k++)
            write_upright(at_x(x, k * decade), k == 1, file);
        decade_text(power, text);
        fprintf(file, "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>\n",
                at_x(x, decade), HEIGHT - BOTTOM + 17, text);
    }
    fprintf(file, "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>\n",
            (LEFT + WIDTH - RIGHT) / 2, HEIGHT - BOTTOM + 37, plot->x_name);
}

static void write_y_axis(const Plot *plot, Axis y, FILE *file)
{
    char text[24];
    for (int power = y.first; power <= y.last; power++) {
        double decade = pow(10, power);
        for (int k = 1; k <= (power < y.last ? 9 : 1); k++)
            write_level(at_y(y, k * decade), k == 1, file);
        decade_text(power, text);
        fprintf(file, "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>\n", LEFT - 7,
                at_y(y, decade) + 4, text);
    }
    fprintf(file, "<text x=\"15\" y=\"%d\">%s</text>\n", TOP - 12, plot->y_name);
}

static void write_mark(int shape, double x, double y, const char *ink, FILE *file)
{
    const char *fill = shape % 2 == 0 ? ink : "#fff";
    if (shape / 2 == 0)
        fprintf(file, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\"", x, y);
    else if (shape / 2 == 1)
        fprintf(file, "<rect x=\"%.1f\" y=\"%.1f\" width=\"7\" height=\"7\"", x - 3.5, y - 3.5);
    else
        fprintf(file, "<path d=\"M%.1f %.1f l4.5 8 h-9 z\"", x, y - 5);
    fprintf(file, " fill=\"%s\" stroke=\"%s\"/>\n", fill, ink);
}

static void write_small(double x, double y, const char *text, FILE *file)
{
    fprintf(file, "<text x=\"%.1f\" y=\"%.1f\" fill=\"#444\" font-size=\"11\">%s</text>\n", x, y,
            text);
}

static void write_series(const Plot *plot, int s, Axis x, Axis y, FILE *file)
{
    const PlotSeries *series = &plot->series[s];
    fprintf(file, "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"1.6\"", INK[s]);
    if (*STROKE[s] != '\0')
        fprintf(file, " stroke-dasharray=\"%s\"", STROKE[s]);
    fputs(" points=\"", file);
    for (int k = 0; k < series->count; k++)
        fprintf(file, "%.1f,%.1f ", at_x(x, series->x[k]), at_y(y, series->y[k]));
    fputs("\"/>\n", file);
    for (int k = 0; k < series->count; k++) {
        double right = at_x(x, series->x[k]), down = at_y(y, series->y[k]);
        write_mark(s, right, down, INK[s], file);
        if (*series->note[k] != '\0')
            write_small(right - 4, down + 17, series->note[k], file);
    }
}

/** A sample of each line with its name, from the one that ends highest down. */
static void write_names(const Plot *plot, Axis y, FILE *file)
{
    bool written[PLOT_SERIES_MOST] = {false};
    double next = TOP;
    for (int round = 0; round < plot->count; round++) {
        int highest = -1;
        double top = INFINITY;
        for (int s = 0; s < plot->count; s++) {
            const PlotSeries *series = &plot->series[s];
            double at = series->count > 0 ? at_y(y, series->y[series->count - 1]) : HEIGHT;
            if (!written[s] && at < top) {
                highest = s;
                top = at;
            }
        }
        if (highest < 0)
            return;
        written[highest] = true;
        next = fmax(next, fmin(top, HEIGHT - BOTTOM));
        fprintf(file, "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"%s\"",
                WIDTH - RIGHT + 8, next, WIDTH - RIGHT + 38, next, INK[highest]);
        fprintf(file, " stroke-width=\"1.6\" stroke-dasharray=\"%s\"/>\n",
                *STROKE[highest] != '\0' ? STROKE[highest] : "none");
        write_mark(highest, WIDTH - RIGHT + 23, next, INK[highest], file);
        fprintf(file, "<text x=\"%d\" y=\"%.1f\">%s</text>\n", WIDTH - RIGHT + 44, next + 4,
                plot->series[highest].name);
        next += LABEL_GAP;
    }
}

bool plot_write(const Plot *plot, const char *path)
{
    FILE *file = fopen(path, "w");
    Axis x = axis_of(plot, true), y = axis_of(plot, false);
    if (file == NULL)
        return false;
    fprintf(file,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" "
            "viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">\n",
            WIDTH, HEIGHT, WIDTH, HEIGHT);
    fputs("<style>.g{stroke:#bbb}.m{stroke:#eee}</style>\n", file);
    fprintf(file, "<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>\n", WIDTH, HEIGHT);
    fprintf(file, "<text x=\"15\" y=\"22\" font-size=\"15\" font-weight=\"bold\">%s</text>\n",
            plot->title);
    write_small(15, 39, plot->subtitle, file);
    write_small(15, HEIGHT - 10, plot->foot, file);
    write_x_axis(plot, x, file);
    write_y_axis(plot, y, file);
    for (int s = 0; s < plot->count; s++)
        write_series(plot, s, x, y, file);
    write_names(plot, y, file);
    fputs("</svg>\n", file);
    bool failed = ferror(file) != 0;
    return fclose(file) == 0 && !failed;
}
