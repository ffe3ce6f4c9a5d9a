/* C13: what is agreed already. Forbidden pairs are a matter of eligibility. */
#include "models/verify_internal.h"

#include "allot/language.h"

static bool keeps(CommitmentKind kind, Int128 given, int64_t agreed)
{
    switch (kind) {
    case COMMITMENT_FIXED: return given == agreed;
    case COMMITMENT_AT_LEAST: return given >= agreed;
    case COMMITMENT_AT_MOST: return given <= agreed;
    case COMMITMENT_FORBIDDEN: return true;
    }
    return false;
}

static const char *kind_phrase(CommitmentKind kind)
{
    switch (kind) {
    case COMMITMENT_FIXED: return _("fixes");
    case COMMITMENT_AT_LEAST: return _("asks for at least");
    case COMMITMENT_AT_MOST: return _("allows at most");
    case COMMITMENT_FORBIDDEN: return _("forbids");
    }
    return "";
}

void verify_commitments(Verifier *v)
{
    for (size_t c = 0; c < v->round->commitment_count; c++) {
        const Commitment *row = &v->round->commitments[c];
        const Need *need = &v->round->needs[row->need];
        const VerifyLine *line;
        Int128 given = verify_given(v, row->need, row->offer, &line);

        if (keeps(row->kind, given, row->quantity))
            continue;
        verify_broken(v, DIAG_PLAN_RULE, line, "%s from %s: the plan gives %s, but %s %s %s",
                      need->id, v->round->offers[row->offer].id,
                      verify_amount(v, need->unit, given), verify_row(v, row->origin, "quantity"),
                      kind_phrase(row->kind), verify_amount(v, need->unit, row->quantity));
    }
}
