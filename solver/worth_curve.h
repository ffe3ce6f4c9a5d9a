/* room: solver
 *
 * The piece of a falling, convex, piecewise linear function that begins at one point, found by evaluating
 * it at few others (the method: worths.c).
 */
#ifndef ALLOT_SOLVER_WORTH_CURVE_H
#define ALLOT_SOLVER_WORTH_CURVE_H

#include <stdbool.h>

/** A line below the function, and the point in which it touches. */
typedef struct WorthLine {
    double at, value, slope;
} WorthLine;

typedef struct WorthCurve {
    void *context;
    /** @return false where the function has no value, or the solver does not say. */
    bool (*value_at)(void *context, double quantity, WorthLine *line);
    double noise; /* values nearer than this are one */
} WorthCurve;

/** The piece that begins at @p today and runs towards @p far: its slope and its end.
 *  @return false where the function does not say. */
bool worth_curve_trace(const WorthCurve *curve, const WorthLine *today, double far, double *slope,
                       double *end);

#endif
