/* C1: a need gets at most what it wants, that is, what is asked less what is covered elsewhere. */
#include "models/verify_internal.h"

int64_t verify_wanted(const Need *need)
{
    return need->quantity_known && need->quantity > need->covered ? need->quantity - need->covered
                                                                  : 0;
}

void verify_needs(Verifier *v)
{
    for (size_t n = 0; n < v->round->need_count; n++) {
        const Need *need = &v->round->needs[n];
        int64_t wanted = verify_wanted(need);

        if (v->assigned[n] <= wanted)
            continue;
        verify_broken(v, DIAG_PLAN_RULE, &v->lines[v->first[n + 1] - 1],
                      "%s: its lines give %s, but %s less what is covered leaves %s", need->id,
                      verify_amount(v, need->unit, v->assigned[n]),
                      verify_row(v, need->origin, "quantity"),
                      verify_amount(v, need->unit, wanted));
    }
}
