/* What is known of a stage when nothing was proven. */
#include "solver/run.h"

double run_trivial_bound(const Formulation *form, const Stage *stage)
{
    double bound = stage->constant;
    for (size_t k = 0; k < stage->count; k++) {
        int j = stage->columns[k];
        bound += stage->costs[k] * (stage->costs[k] > 0 ? form->lp.lower[j] : form->lp.upper[j]);
    }
    return bound;
}
