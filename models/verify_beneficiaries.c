/* C4: the value of the lines for a beneficiary's needs is at most what it can absorb. */
#include "models/verify_internal.h"

Status verify_beneficiaries(Verifier *v)
{
    const Round *round = v->round;
    Int128 *values;
    const VerifyLine **last;

    TRY_NEW(values = ARENA_NEW(v->arena, round->beneficiary_count, Int128));
    TRY_NEW(last = ARENA_NEW(v->arena, round->beneficiary_count, const VerifyLine *));
    for (size_t i = 0; i < v->line_count; i++) {
        int row = round->needs[v->lines[i].need].beneficiary_row;

        if (row < 0 || !v->lines[i].has_value)
            continue;
        values[row] += v->lines[i].value;
        last[row] = &v->lines[i];
    }
    for (size_t b = 0; b < round->beneficiary_count; b++) {
        const Beneficiary *beneficiary = &round->beneficiaries[b];

        if (!beneficiary->has_max_value || values[b] <= beneficiary->max_value)
            continue;
        verify_broken(v, DIAG_PLAN_RULE, last[b], "%s: its needs get %s, but %s allows %s",
                      beneficiary->id, verify_amount(v, round->currency, values[b]),
                      verify_row(v, beneficiary->origin, "max_value"),
                      verify_amount(v, round->currency, beneficiary->max_value));
    }
    return STATUS_OK;
}
