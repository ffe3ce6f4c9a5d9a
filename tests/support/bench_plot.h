/* A picture of times over sizes, both axes logarithmic, as SVG that reads in grey: lines differ by
 * their marks and strokes, and each bears its name.
 */
#ifndef ALLOT_TEST_BENCH_PLOT_H
#define ALLOT_TEST_BENCH_PLOT_H

#include <stdbool.h>

enum { PLOT_POINTS_MOST = 16, PLOT_SERIES_MOST = 8, PLOT_NOTE = 24 };

typedef struct PlotSeries {
    const char *name;
    int count;
    double x[PLOT_POINTS_MOST], y[PLOT_POINTS_MOST];
    char note[PLOT_POINTS_MOST][PLOT_NOTE]; /* stands beside the mark; "": none */
} PlotSeries;

typedef struct Plot {
    const char *title, *subtitle, *foot, *x_name, *y_name; /* no characters that XML knows */
    int count;
    PlotSeries series[PLOT_SERIES_MOST];
} Plot;

/** Adds a point; values that a logarithmic axis does not have are left out. */
void plot_point(PlotSeries *series, double x, double y, const char *note);

/** Writes the picture. False when it cannot be written. */
bool plot_write(const Plot *plot, const char *path);

#endif
