/* How a plan was decided: written beside it, and read back. */
#include "io/plan_origin.h"

#include <stdlib.h>
#include <string.h>

#include "allot/decimal.h"
#include "io/number_text.h"

static const char EXACT[] = "exact", SEARCH[] = "search";

/* ---- written -------------------------------------------------------------------------------- */

static bool same_proof(const StageResult *one, const StageResult *other)
{
    if (one->proven || other->proven)
        return one->proven && other->proven;
    return one->has_exact == other->has_exact && (!one->has_exact || one->exact == other->exact);
}

static const char *proof_of(const StageResult *stage, Arena *arena)
{
    char exact[NUMBER_TEXT_SIZE];
    if (stage->proven || !stage->has_exact)
        return stage->proven ? EXACT : SEARCH;
    number_text(stage->exact, exact);
    return arena_printf(arena, "%s %s", SEARCH, exact);
}

const char *plan_proofs_text(const Plan *plan, Arena *arena)
{
    const char *text = "";
    for (size_t i = 0, end; i < plan->stage_count && text != NULL; i = end) {
        const char *proof = proof_of(&plan->stages[i], arena);
        for (end = i + 1; end < plan->stage_count; end++)
            if (!same_proof(&plan->stages[i], &plan->stages[end]))
                break;
        if (proof == NULL)
            return NULL;
        text = arena_printf(arena, "%s%s%s", text, i == 0 ? "" : ";", proof);
        if (text != NULL && end > i + 1)
            text = arena_printf(arena, "%s*%zu", text, end - i);
    }
    return text;
}

/* ---- read back ------------------------------------------------------------------------------ */

static bool read_number(const char *text, double *out)
{
    Decimal number;
    if (!decimal_parse(text, &number))
        return decimal_parse_long(text, out);
    *out = decimal_to_double(number);
    return true;
}

/* One item without its count: "exact", "search", "search 8400". */
static bool read_proof(const char *item, StageResult *stage)
{
    size_t length = sizeof SEARCH - 1;
    *stage = (StageResult){.proven = strcmp(item, EXACT) == 0};
    if (stage->proven || strcmp(item, SEARCH) == 0)
        return true;
    stage->has_exact = strncmp(item, SEARCH, length) == 0 && item[length] == ' ';
    return stage->has_exact && read_number(item + length + 1, &stage->exact);
}

/* How many stages in a row: behind a *, which is cut off; 0: that is no count. */
static size_t take_count(char *item)
{
    char *star = strchr(item, '*');
    if (star == NULL)
        return 1;
    *star++ = '\0';
    if (*star == '\0' || strspn(star, "0123456789") != strlen(star))
        return 0;
    return (size_t)strtoul(star, NULL, 10);
}

/* All items into @p proofs [@p count]: does the text speak of so many stages? */
static bool read_proofs(char *text, StageResult *proofs, size_t count)
{
    size_t at = 0;
    while (text != NULL && *text != '\0') {
        char *next = strchr(text, ';');
        if (next != NULL)
            *next++ = '\0';
        size_t stages = take_count(text);
        StageResult proof;
        if (stages == 0 || stages > count - at || !read_proof(text, &proof))
            return false;
        for (size_t end = at + stages; at < end; at++)
            proofs[at] = proof;
        text = next;
    }
    return at == count;
}

Status plan_origin_take(const PlanRecord *record, Arena *arena, Plan *plan)
{
    double loss;
    if (record->decided_by == NULL || record->proofs == NULL || record->rounding_loss == NULL ||
        !read_number(record->rounding_loss, &loss) || loss < 0)
        return STATUS_OK;
    char *text = arena_text(arena, record->proofs, strlen(record->proofs));
    StageResult *proofs = ARENA_NEW(arena, plan->stage_count, StageResult);
    TRY_NEW(text);
    TRY_NEW(proofs);
    if (!read_proofs(text, proofs, plan->stage_count))
        return STATUS_OK;
    for (size_t i = 0; i < plan->stage_count; i++) {
        plan->stages[i].proven = proofs[i].proven;
        plan->stages[i].has_exact = proofs[i].has_exact;
        plan->stages[i].exact = proofs[i].exact;
    }
    plan->rounding_loss = loss;
    plan->decided_by = record->decided_by;
    return STATUS_OK;
}
