/* The stages of a plan as one vector. */
#include "tests/support/stage_vector.h"

#include <math.h>
#include <string.h>

#include "tests/support/brute.h"
#include "tests/support/test_support.h"

static const StageResult *find_stage(const Plan *plan, const char *label)
{
    for (size_t i = 0; i < plan->stage_count; i++)
        if (strcmp(plan->stages[i].label, label) == 0)
            return &plan->stages[i];
    return NULL;
}

/** Amounts of money may differ by cents, everything else by what doubles leave. */
static double noise_of(const Round *round, const StageResult *stage)
{
    bool counted = stage->kind == STAGE_TIER || stage->kind == STAGE_UNVALUED;
    bool in_money = counted ? round->settings.measure == MEASURE_VALUE && stage->kind == STAGE_TIER
                            : stage->kind != STAGE_FAIRNESS;
    double cents = stage->kind == STAGE_COST ? 0.5 : 0.05; /* a cost counts each several times */
    return (in_money ? cents : 1e-6) + 1e-6 * fabs(stage->bound);
}

StageVector stage_vector(const Pipeline *run)
{
    Brute *brute = brute_new(&run->round, run->arena);
    StageVector vector = {.count = brute_stage_count(brute)};
    const StageResult *last = NULL;
    vector.entries = ARENA_NEW(run->arena, vector.count, StageEntry);
    assert_non_null(vector.entries);
    for (size_t s = 0; s < vector.count; s++) {
        const char *label = brute_stage_label(brute, s);
        const StageResult *stage = find_stage(&run->plan, label);
        if (stage == NULL && last != NULL && last->kind == STAGE_FAIRNESS &&
            strncmp(label, "fairness", 8) == 0)
            stage = last; /* an equal rank is not listed */
        if (stage == NULL) {
            fail_msg("the plan has no stage '%s'", label);
            break;
        }
        vector.entries[s] = (StageEntry){label, stage->maximise, stage->bound,
                                         noise_of(&run->round, stage), stage->status};
        last = stage;
    }
    return vector;
}

int stage_vector_compare(const StageVector *one, const StageVector *other, size_t *at)
{
    assert_int_equal(one->count, other->count);
    for (*at = 0; *at < one->count; ++*at) {
        const StageEntry *a = &one->entries[*at], *b = &other->entries[*at];
        if (a->status != STAGE_OPTIMAL || b->status != STAGE_OPTIMAL)
            return 0;
        if (fabs(a->bound - b->bound) > a->noise)
            return (a->bound > b->bound) == a->maximise ? 1 : -1;
    }
    return 0;
}

bool stage_vector_is_proven(const StageVector *vector)
{
    for (size_t s = 0; s < vector->count; s++)
        if (vector->entries[s].status != STAGE_OPTIMAL)
            return false;
    return true;
}
