/* Are the rounds drawn at random worth the name "with every rule in play"? Each column, kind of rule and
 * setting is taken out of the rounds it stands in, one at a time, until a round is found whose stages
 * come out differently without it. What never makes a difference is never tried by the judges that draw
 * the same rounds (test_allocation_mod, test_brute), whatever they say.
 */
#include "tests/support/pipeline.h"
#include "tests/support/random_round.h"

#include <math.h>
#include <string.h>

#ifdef __SANITIZE_ADDRESS__
enum { ROUNDS_MOST = 0 }; /* nothing here depends on how it is built */
#else
enum { ROUNDS_MOST = 3000 };
#endif

/** Values of stages that differ by less are one: amounts are whole. */
static const double SAME = 1e-3;

/** Something that planners write, and how it is taken out: the cells of a column (those that say @p word,
 *  where one is given) are emptied (or changed), or the rows that have them removed. */
typedef struct Thing {
    const char *table, *column, *word;
    const char *with; /* NULL, or only in rows that have something in this column too */
    bool rows;
    const char *instead; /* what the cells say then; NULL: nothing */
} Thing;

#define CELLS(table, column)                                                                       \
    {                                                                                              \
        table, column, NULL, NULL, false, NULL                                                     \
    }
#define WORD(table, column, word)                                                                  \
    {                                                                                              \
        table, column, word, NULL, false, NULL                                                     \
    }
#define CHANGED(table, column, word, instead)                                                      \
    {                                                                                              \
        table, column, word, NULL, false, instead                                                  \
    }
#define ROWS(table, column, word)                                                                  \
    {                                                                                              \
        table, column, word, NULL, true, NULL                                                      \
    }
#define SCORES(column)                                                                             \
    {                                                                                              \
        "needs", column, NULL, NULL, false, "0"                                                    \
    } /* one alone is an error */
#define RULES(kind, with)                                                                          \
    {                                                                                              \
        "rules", "kind", kind, with, true, NULL                                                    \
    }

static const Thing THINGS[] = {
    CELLS("needs", "beneficiary"),
    CELLS("needs", "region"),
    CELLS("needs", "tags"),
    CELLS("needs", "unit_cost"),
    CELLS("needs", "currency"),
    CELLS("needs", "priority"),
    SCORES("score_technical"),
    SCORES("score_strategic"),
    CELLS("needs", "weight"),
    CELLS("needs", "earliest"),
    CELLS("needs", "deadline"),
    CELLS("needs", "min_quantity"),
    CELLS("needs", "min_share"),
    CELLS("needs", "indivisible"),
    CELLS("needs", "step"),
    CELLS("needs", "max_donors"),
    CELLS("needs", "requires"),
    CELLS("needs", "bundle"),
    CELLS("needs", "alternative"),
    CELLS("needs", "covered"),
    CELLS("needs", "oda"),
    CELLS("needs", "civil_share"),
    CELLS("needs", "ready"),
    ROWS("needs", "quantity", "0"),
    CELLS("offers", "unit_value"),
    CELLS("offers", "category"),
    WORD("offers", "status", "paid"),
    WORD("offers", "status", "pledged"),
    CELLS("offers", "only_beneficiaries"),
    CELLS("offers", "only_regions"),
    CELLS("offers", "only_needs"),
    CELLS("offers", "only_tags"),
    CELLS("offers", "not_beneficiaries"),
    CELLS("offers", "not_regions"),
    CELLS("offers", "not_needs"),
    CELLS("offers", "not_tags"),
    CELLS("offers", "valid_from"),
    CELLS("offers", "valid_to"),
    CELLS("offers", "lead_days"),
    CELLS("offers", "lapses"),
    CELLS("offers", "min_ticket"),
    CELLS("offers", "max_share"),
    CELLS("offers", "max_needs"),
    CELLS("offers", "oda_only"),
    CELLS("offers", "civil_only"),
    CELLS("offers", "overhead"),
    CELLS("offers", "parent"),
    CELLS("offers", "cost"),
    CELLS("donors", "budget"),
    CELLS("donors", "min_ticket"),
    CELLS("donors", "max_needs"),
    CELLS("donors", "max_share"),
    CELLS("donors", "share_key"),
    CELLS("beneficiaries", "max_value"),
    CELLS("beneficiaries", "max_needs"),
    RULES("forbid", NULL),
    RULES("limit", "value"),
    RULES("limit", "quantity"),
    RULES("limit", "share"),
    RULES("floor", "value"),
    RULES("floor", "quantity"),
    RULES("floor", "share"),
    RULES("reserve", "value"),
    RULES("reserve", "quantity"),
    RULES("ticket", "value"),
    RULES("ticket", "quantity"),
    RULES("count", NULL),
    RULES("fee", NULL),
    CELLS("rules", "donor"),
    CELLS("rules", "offer"),
    CELLS("rules", "need"),
    CELLS("rules", "beneficiary"),
    CELLS("rules", "region"),
    CELLS("rules", "category"),
    CELLS("rules", "tag"),
    CELLS("rules", "priority"),
    CELLS("rules", "each"),
    ROWS("rules", "of", "needs"),
    ROWS("rules", "of", "donors"),
    ROWS("rules", "of", "beneficiaries"),
    ROWS("rules", "of", "offers"),
    ROWS("commitments", "kind", "fixed"),
    ROWS("commitments", "kind", "at_least"),
    ROWS("commitments", "kind", "at_most"),
    ROWS("commitments", "kind", "forbidden"),
    CELLS("pairs", "use"),
    CELLS("pairs", "cost"),
    CELLS("pairs", "max"),
    WORD("pairs", "eligible", "yes"),
    WORD("pairs", "eligible", "no"),
    ROWS("settings", "key", "plan_on"),
    ROWS("settings", "key", "measure"),
    ROWS("settings", "key", "eligibility"),
    ROWS("settings", "key", "fairness"),
    ROWS("settings", "key", "within_tier"),
    ROWS("settings", "key", "fairness_by"),
    ROWS("settings", "key", "stages"),
    ROWS("settings", "key", "start"),
    ROWS("settings", "key", "end"),
    CHANGED("settings", "value", "70", "100"), /* tier_1: without it, tier_2 is an error */
};

static TextTable *find_table(TextRound *round, const char *name)
{
    for (size_t t = 0; t < round->count; t++)
        if (strcmp(round->tables[t].name, name) == 0)
            return &round->tables[t];
    return NULL;
}

static bool stands_in(const Thing *thing, const TextTable *table, size_t row)
{
    const char *cell = text_get(table, row, thing->column);
    return *cell != '\0' && (thing->word == NULL || strcmp(cell, thing->word) == 0) &&
           (thing->with == NULL || *text_get(table, row, thing->with) != '\0');
}

static bool has(const Thing *thing, TextRound *round)
{
    const TextTable *table = find_table(round, thing->table);
    for (size_t row = 0; table != NULL && row < table->count; row++)
        if (stands_in(thing, table, row))
            return true;
    return false;
}

/** Of a round that has it. */
static void take_out(const Thing *thing, TextRound *round)
{
    TextTable *table = find_table(round, thing->table);
    for (size_t row = table->count; row-- > 0;) {
        if (!stands_in(thing, table, row))
            continue;
        if (thing->rows)
            text_remove_row(table, row);
        else
            text_set(table, row, thing->column, "%s", thing->instead == NULL ? "" : thing->instead);
    }
}

static Pipeline *decide(const TextRound *round)
{
    char *dir = test_dir_make();
    text_round_write(round, dir);
    Pipeline *run = pipeline_run(dir, NULL, 0);
    test_dir_remove(dir);
    return run;
}

static bool is_decided(const Pipeline *run)
{
    return run->status == STATUS_OK || run->status == STATUS_NO_PLAN;
}

/** Do the stages differ, or is there a plan for one alone? Stages that are listed for one alone say
 *  nothing. */
static bool differ(const Pipeline *one, const Pipeline *other)
{
    if (one->status != other->status)
        return true;
    for (size_t i = 0; one->status == STATUS_OK && i < one->plan.stage_count; i++)
        for (size_t k = 0; k < other->plan.stage_count; k++)
            if (strcmp(one->plan.stages[i].label, other->plan.stages[k].label) == 0 &&
                fabs(one->plan.stages[i].value - other->plan.stages[k].value) > SAME)
                return true;
    return false;
}

static bool binds_in(const Thing *thing, const TextRound *round, const Pipeline *run)
{
    TextRound *without = text_round_copy(round);
    take_out(thing, without);
    Pipeline *other = decide(without);
    bool binds = is_decided(other) && differ(run, other);
    pipeline_free(other);
    text_round_free(without);
    return binds;
}

/** How many of the things this round is the first to bind. Decided only where it has one to try. */
static size_t mark_round(uint64_t seed, RandomShape shape, bool *bound)
{
    size_t found = 0;
    TextRound *round = random_round(seed, shape);
    Pipeline *run = NULL;
    for (size_t t = 0; t < COUNT_OF(THINGS) && (run == NULL || is_decided(run)); t++) {
        if (bound[t] || !has(&THINGS[t], round))
            continue;
        if (run == NULL)
            run = decide(round);
        if (!is_decided(run) || !binds_in(&THINGS[t], round, run))
            continue;
        bound[t] = true;
        found++;
    }
    pipeline_free(run);
    text_round_free(round);
    return found;
}

static void everything_that_planners_write_makes_a_difference(void **state)
{
    bool bound[COUNT_OF(THINGS)] = {false};
    size_t found = 0, missing = 0;
    uint64_t rounds = 0;
    RandomShape everything = {.size = RANDOM_TINY, .features = RANDOM_EVERYTHING, .exact = true};
    RandomShape simple = {.size = RANDOM_TINY,
                          .features = RANDOM_THINGS | RANDOM_BOUGHT | RANDOM_TIERS |
                                      RANDOM_COVERED | RANDOM_WEIGHTS | RANDOM_MEASURE |
                                      RANDOM_WINDOWS | RANDOM_LAPSES | RANDOM_COSTS | RANDOM_WHOLES,
                          .exact = true};
    (void)state;
    for (; rounds < ROUNDS_MOST && found < COUNT_OF(THINGS); rounds++) {
        simple.wholes = rounds % 2 == 0 ? 1 << (rounds / 2 % 15) : WHOLE_COUNT_RULES;
        found += mark_round(4000000 + rounds, everything, bound);
        found += mark_round(6000000 + rounds, simple, bound);
    }
    print_message("%zu things bind, in %llu rounds\n", found, (unsigned long long)rounds);
    for (size_t t = 0; rounds > 0 && t < COUNT_OF(THINGS); t++) {
        const Thing *thing = &THINGS[t];
        missing += !bound[t];
        if (!bound[t])
            print_error("never: %s.%s %s %s\n", thing->table, thing->column,
                        thing->word == NULL ? "" : thing->word,
                        thing->with == NULL ? "" : thing->with);
    }
    assert_int_equal(missing, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everything_that_planners_write_makes_a_difference),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
