/* A stage's costs are what each class brings, less than 0: what it brings at least is a level. */
#include "solver/class_level.h"

#include <math.h>

/* The noise of a sum of values, as part of what it adds up; where it is this much of a part of the stage's unit,
 * nobody can tell whether the sum is whole. */
static const double NOISE = 1e-12, NOISE_MOST = 0.25;

/** The whole number of parts that is asked for: never more than the sum but for its noise, and no more than a
 *  quarter of one then. */
static double whole_parts(double parts, double noise)
{
    bool near = fabs(parts - round(parts)) <= noise && noise <= NOISE_MOST;
    return near ? round(parts) : floor(parts - noise);
}

Status class_level(const NetworkStage *stage, double most, Arena *arena, SideLevel *out)
{
    double noise = NOISE * fabs(stage->constant / stage->unit);
    double least = whole_parts((stage->constant - most) / stage->unit, noise);
    *out = (SideLevel){.least = 0};
    if (!(least >= 1 && least < (double)NETWORK_NO_LIMIT))
        return STATUS_OK;
    out->arcs = ARENA_NEW(arena, stage->count, int);
    out->weights = ARENA_NEW(arena, stage->count, int64_t);
    TRY_NEW(out->arcs);
    TRY_NEW(out->weights);
    for (size_t k = 0; k < stage->count; k++) {
        if (stage->costs[k] > 0 || -(double)stage->costs[k] > least)
            return STATUS_OK; /* more is worse, or less than a minor unit is enough: no level as rows beside
                                 the network know them */
        if (stage->costs[k] == 0)
            continue;
        out->arcs[out->count] = stage->arcs[k];
        out->weights[out->count++] = -stage->costs[k];
    }
    out->least = out->count > 0 ? (int64_t)least : 0;
    return STATUS_OK;
}

double class_level_shift(const Formulation *form, const Round *relaxed, int tier)
{
    const Round *round = form->round;
    double shift = 0, minor = (double)unit_scale(round->currency);
    for (size_t n = 0; n < round->need_count; n++) {
        const Need *need = &round->needs[n];
        if (need->tier != tier || !need->quantity_known)
            continue;
        double exact = ratio_to_double(need->value) * (double)need->wanted;
        shift +=
            decimal_to_double(need->weight) * (exact - (double)relaxed->needs[n].wanted) / minor;
    }
    return shift;
}
