/* Rules of kind fee: what they add to the stage `cost`. They forbid nothing. */
#include "models/verify_internal.h"

/* The parts of the rule that have a line. */
static Status parts_used(const Verifier *v, const VerifyScope *scope, VerifyParts *parts)
{
    for (size_t i = 0; i < v->line_count; i++)
        if (verify_in_scope(v, scope, v->lines[i].need, v->lines[i].offer))
            TRY(verify_parts_of(v, scope->rule, v->lines[i].need, v->lines[i].offer, parts));
    return STATUS_OK;
}

Status verify_sum_fees(const Verifier *v, VerifySum *sum)
{
    mpq_t fee;
    Status status = STATUS_OK;

    mpq_init(fee);
    for (size_t r = 0; r < v->round->rule_count && status == STATUS_OK; r++) {
        const RuleRow *rule = v->scopes[r].rule;
        VerifyParts parts = {0};

        if (rule->kind != RULE_FEE || !rule->has_value ||
            !worth_of_currency(v->round, rule->currency, fee))
            continue;
        status = parts_used(v, &v->scopes[r], &parts);
        exact_multiply_decimal(fee, rule->value);
        exact_multiply(fee, (Int128)parts.count);
        verify_sum_add(sum, fee);
    }
    mpq_clear(fee);
    return status;
}
