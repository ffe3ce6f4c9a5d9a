/* Lines below a convex function, met nearer and nearer. */
#include "solver/worth_curve.h"

#include <math.h>

/* Points of the function that are looked at for one piece, twice. */
enum { ROUNDS = 40 };

/* Quantities nearer than this, relative, are one; slopes likewise. */
static const double NEAR = 1e-9, SAME_SLOPE = 1e-12;

static double on_line(const WorthLine *line, double quantity)
{
    return line->value + line->slope * (quantity - line->at);
}

static double meeting(const WorthLine *a, const WorthLine *b)
{
    return (on_line(b, 0) - on_line(a, 0)) / (a->slope - b->slope);
}

/** From a piece known to begin at its point and to reach @p reach, on to where it ends: @p beyond is a line
 *  of a later piece. */
static bool follow(const WorthCurve *curve, const WorthLine *piece, double reach, WorthLine beyond,
                   double *end)
{
    *end = reach;
    for (int round = 0; round < ROUNDS; round++) {
        WorthLine line;
        if (fabs(piece->slope - beyond.slope) < SAME_SLOPE * fmax(1.0, fabs(piece->slope)))
            return true;
        double meet = meeting(piece, &beyond);
        bool past = reach > piece->at ? meet >= *end : meet <= *end;
        if (!past)
            return true;
        if (!curve->value_at(curve->context, meet, &line))
            return false;
        if (fabs(line.value - on_line(piece, meet)) <= curve->noise) {
            *end = meet;
            return true;
        }
        beyond = line;
    }
    return false;
}

bool worth_curve_trace(const WorthCurve *curve, const WorthLine *today, double far, double *slope,
                       double *end)
{
    WorthLine line, beyond = {0};
    bool has_beyond = false;
    if (!curve->value_at(curve->context, far, &line))
        return false;
    for (int round = 0; round < ROUNDS; round++) {
        if (fabs(on_line(&line, today->at) - today->value) <= curve->noise) {
            WorthLine piece = *today;
            piece.slope = *slope = (line.value - today->value) / (line.at - today->at);
            *end = line.at;
            return !has_beyond || follow(curve, &piece, line.at, beyond, end);
        }
        double meet = meeting(today, &line);
        bool between = far > today->at ? meet > today->at && meet < line.at
                                       : meet < today->at && meet > line.at;
        if (!between || fabs(meet - today->at) <= NEAR * fmax(1.0, fabs(today->at)))
            meet = (today->at + line.at) / 2; /* noise: any point between will do */
        beyond = line;
        has_beyond = true;
        if (!curve->value_at(curve->context, meet, &line))
            return false;
        if (between && fabs(line.value - on_line(today, meet)) <= curve->noise) {
            *slope = today->slope;
            *end = meet;
            return true;
        }
    }
    return false;
}
