/* The stage `urgent ID`: what the need of that id stays short of. The need is the label's: a plan is
 * judged by what it says, and the label says which need came first. */
#include "models/verify_internal.h"

#include <string.h>

#include "allot/language.h"

static const char WORD[] = "urgent ";

const char *verify_urgent_id(const StageResult *stage)
{
    bool named = strncmp(stage->label, WORD, sizeof WORD - 1) == 0;

    return named ? stage->label + sizeof WORD - 1 : stage->label;
}

int verify_urgent_need(const Verifier *v, const StageResult *stage)
{
    return round_find_need(v->round, verify_urgent_id(stage));
}

Status verify_sum_urgent(const Verifier *v, const StageResult *stage, VerifySum *sum)
{
    int n = verify_urgent_need(v, stage);
    VerifyTerm term;

    if (n < 0) {
        diag_add(v->diag, DIAG_PLAN_SUM, (DiagPlace){.file = v->file},
                 N_("%s: the round has no need of this id"), verify_stage_name(v, stage));
        v->report->broken++;
        return STATUS_FINDINGS;
    }
    if ((v->asks[n] & ASKS_UNKNOWN) != 0)
        return STATUS_OK;
    if ((v->asks[n] & ASKS_OUTCOME) != 0) {
        verify_sum_add_small(sum, (ExactSmall){.num = 1, .den = 1}, v->full[n] ? 0 : 1);
        return STATUS_OK;
    }
    verify_term_init(&term);
    if (verify_part_of(v, (size_t)n, MEASURE_QUANTITY, &term)) {
        verify_note_price(v, sum, (size_t)n, verify_term_value(&term));
        verify_sum_add_term(sum, &term, v->wanted[n] - v->assigned[n]);
    }
    verify_term_clear(&term);
    return STATUS_OK;
}
