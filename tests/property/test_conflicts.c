/* Why there is no plan, against every plan there is: tiny rounds whose tables demand too much. What is
 * said to collide has no plan by itself and has one without any of its rows; what is conceded is
 * enough, and less is not. Every claim is put into the tables and every plan tried.
 */
#include "allot/conflict.h"
#include "allot/dictionary.h"
#include "tests/support/brute.h"
#include "tests/support/pipeline.h"
#include "tests/support/random_round.h"

#include <stdlib.h>
#include <string.h>

#ifdef __SANITIZE_ADDRESS__
enum { ROUNDS = 60, PLANS_MOST = 20000 };
#else
enum { ROUNDS = 400, PLANS_MOST = 60000 };
#endif

static uint64_t rounds(void)
{
    const char *text = getenv("ALLOT_ROUNDS");
    return text == NULL ? ROUNDS : strtoull(text, NULL, 10);
}

typedef struct Tally {
    int conflicts, sets, members, amounts, concessions, unproven, skipped;
} Tally;

typedef enum Verdict { PLAN, NO_PLAN, CANNOT_TELL } Verdict;

/** Is there a plan in these tables, by trying all? */
static Verdict try_all(const TextRound *text)
{
    char *dir = test_dir_make();
    long tried;
    text_round_write(text, dir);
    Pipeline *run = pipeline_formulate(dir, NULL, 0);
    Verdict verdict = CANNOT_TELL;
    if (run->status == STATUS_OK) {
        size_t cells = run->round.need_count * run->round.offer_count + 1;
        int64_t *best = ARENA_NEW(run->arena, cells, int64_t);
        bool found = brute_best(brute_new(&run->round, run->arena), PLANS_MOST, best, &tried);
        verdict = tried > PLANS_MOST ? CANNOT_TELL : found ? PLAN : NO_PLAN;
    }
    pipeline_free(run);
    test_dir_remove(dir);
    return verdict;
}

static TextTable *table_of(TextRound *text, const Lift *lift)
{
    return text_table(text, dictionary_table(lift->origin.table)->name);
}

static size_t row_of(const Lift *lift)
{
    return (size_t)lift->origin.line - 2;
}

static void clear_marks(TextRound *text, const char *column, const char *mark)
{
    TextTable *needs = text_table(text, "needs");
    for (size_t r = 0; r < needs->count; r++)
        if (strcmp(text_get(needs, r, column), mark) == 0)
            text_set(needs, r, column, "%s", "");
}

/** Takes a thing out of the tables; a whole row of commitments or rules becomes idle where it stands, so
 *  that other rows keep their lines. False when that cannot be written. */
static bool take_out(TextRound *text, const Lift *lift)
{
    TextTable *table = table_of(text, lift);
    size_t row = row_of(lift);
    switch (lift->kind) {
    case LIFT_QUANTITY: text_set(table, row, "quantity", "%d", 900000000); return true;
    case LIFT_BUNDLE:
    case LIFT_ALTERNATIVE: clear_marks(text, lift->column, lift->id); return true;
    case LIFT_LEAST:
        text_set(table, row, "min_quantity", "%s", "");
        text_set(table, row, "min_share", "%s", "");
        text_set(table, row, "indivisible", "%s", "");
        return true;
    case LIFT_COMMITMENT:
        text_set(table, row, "kind", "at_least");
        text_set(table, row, "quantity", "0");
        return true;
    default: break;
    }
    if (lift->origin.table != TABLE_RULES) {
        text_set(table, row, lift->column, "%s", "");
        return true;
    }
    for (size_t c = 0; c < table->columns; c++) /* a fee of nothing */
        if (strcmp(table->headings[c], "id") != 0 && strcmp(table->headings[c], "kind") != 0)
            text_set(table, row, table->headings[c], "%s", "");
    text_set(table, row, "kind", "fee");
    text_set(table, row, "value", "0");
    return true;
}

/** Writes what is left of a demand, or what a limit is raised to. False when that cannot be written
 *  (shares). */
static bool give(TextRound *text, const Lifts *lifts, const Lift *lift, int64_t amount,
                 bool upwards)
{
    const Rule *rule = lift_rule(lifts, lift);
    TextTable *table = table_of(text, lift);
    size_t row = row_of(lift);
    Unit unit = lift_unit(lifts, lift);
    int64_t now = rule == NULL ? 0 : rule->asked;
    char figure[40];
    bool sum = lift->kind == LIFT_COMMITMENT || lift->kind == LIFT_PAIR_MAX || rule != NULL;
    if (!sum || (rule != NULL && rule->of_total))
        return false;
    if (lift->kind == LIFT_COMMITMENT)
        now = lifts->form->round->commitments[lift->index].quantity;
    if (lift->kind == LIFT_PAIR_MAX)
        now = lifts->form->round->pairs[lift->index].max;
    if (rule != NULL &&
        (lift->kind == LIFT_QUANTITY || lift->kind == LIFT_BUDGET || lift->kind == LIFT_MAX_VALUE))
        now = rule->upper;
    if (lift->kind == LIFT_LEAST || lift->kind == LIFT_CIVIL)
        return false;
    bool up = upwards && lift->kind != LIFT_RESERVE;
    now += up ? amount : -amount;
    if (lift->kind == LIFT_NUMBER) {
        text_set(table, row, lift->column, "%lld", (long long)now);
        return true;
    }
    if (now < 0)
        return take_out(text, lift);
    unit_format(unit, now, figure);
    if (lift->kind == LIFT_RESERVE) {
        text_set(table, row, "value", "%s", "");
        text_set(table, row, "share", "%s", "");
        text_set(table, row, "currency", "%s", "");
        text_set(table, row, "unit", "%s", unit.name);
        text_set(table, row, "quantity", "%s", figure);
        return true;
    }
    if (lift->origin.table == TABLE_RULES && strcmp(lift->column, "value") == 0)
        text_set(table, row, "currency", "%s", "");
    text_set(table, row, lift->column, "%s", figure);
    return true;
}

typedef struct Case {
    const TextRound *text;
    const Conflicts *found;
    Pipeline *run;
    Tally *tally;
} Case;

static void fail_case(const Case *c, const char *why)
{
    size_t count;
    text_round_print(c->text);
    (void)conflict_report(c->found, c->run->arena, c->run->diag);
    const Finding *findings = diag_findings(c->run->diag, &count);
    for (size_t i = 0; i < count; i++)
        print_error("  %s\n", diag_format(&findings[i], c->run->arena));
    fail_msg("seed %llu: %s", (unsigned long long)c->text->seed, why);
}

static const Lift *lift_at(const Case *c, size_t lift)
{
    return &c->found->lifts.lifts[lift];
}

static bool holds(const Conflict *set, size_t lift)
{
    for (size_t m = 0; m < set->count; m++)
        if (set->members[m].lift == lift)
            return true;
    return false;
}

/** What is kept back is kept of the selected offers' quantities. */
static bool keeps_back_of(const Case *c, const Lift *reserve, const Lift *quantity)
{
    const Round *round = &c->run->round;
    int offer = round_find_offer(round, quantity->id);
    if (reserve->kind != LIFT_RESERVE || quantity->kind != LIFT_QUANTITY || offer < 0)
        return false;
    for (size_t r = 0; r < round->rule_count; r++)
        if (round->rules[r].origin.line == reserve->origin.line)
            return rule_row_selects_offer(round, &round->rules[r], offer);
    return false;
}

/** Does a member of the set but @p without stand in the same cell as this one? */
static bool shares_cell(const Case *c, const Conflict *set, size_t without, const Lift *lift)
{
    for (size_t m = 0; m < set->count; m++) {
        const Lift *member = lift_at(c, set->members[m].lift);
        bool rules = member->origin.table == TABLE_RULES;
        if (m == without)
            continue;
        if (keeps_back_of(c, member, lift))
            return true;
        if (member->origin.table == lift->origin.table &&
            member->origin.line == lift->origin.line &&
            (rules || strcmp(member->column, lift->column) == 0))
            return true;
    }
    return false;
}

/** A copy of the tables in which only what stands in the set is left, but for @p without. */
static TextRound *alone(const Case *c, const Conflict *set, size_t without)
{
    TextRound *text = text_round_copy(c->text);
    for (size_t k = 0; k < c->found->lifts.count; k++)
        if (!shares_cell(c, set, without, lift_at(c, k)))
            (void)take_out(text, lift_at(c, k));
    return text;
}

/** Is some member a part of a row only, so that the tables cannot say it alone? */
static bool has_part_of_row(const Case *c, const Conflict *set)
{
    for (size_t m = 0; m < set->count; m++)
        if (*lift_at(c, set->members[m].lift)->each != '\0')
            return true;
    return false;
}

static void check_set(const Case *c, const Conflict *set)
{
    TextRound *text = alone(c, set, SIZE_MAX);
    if (try_all(text) == PLAN)
        fail_case(c, "what collides has a plan by itself");
    text_round_free(text);
    bool whole_rows = !has_part_of_row(c, set);
    for (size_t m = 0; set->minimal && whole_rows && m < set->count; m++) {
        text = alone(c, set, m);
        if (try_all(text) == NO_PLAN)
            fail_case(c, "what collides has no plan without one of its rows");
        c->tally->members++;
        text_round_free(text);
    }
    c->tally->sets++;
    c->tally->unproven += !set->minimal;
}

/** Gives what is conceded outside of a set (NULL: all of it), of one row @p less. */
static bool concede(const Case *c, TextRound *text, const Conflict *set, size_t at, int64_t less)
{
    bool written = true;
    for (size_t k = 0; k < c->found->concession_count; k++) {
        const Concession *one = &c->found->concessions[k];
        if (set == NULL || !holds(set, one->lift))
            written = give(text, &c->found->lifts, lift_at(c, one->lift),
                           one->amount - (k == at ? less : 0), false) &&
                      written;
    }
    return written;
}

/** So much less than an amount that brute force can tell: a step, of money a whole unit. */
static int64_t step_less(const Case *c, const Lift *lift, int64_t amount)
{
    int need = lift_need(&c->found->lifts, lift);
    int64_t step = need >= 0                   ? c->run->round.needs[need].step
                   : lift->kind == LIFT_NUMBER ? 1
                                               : unit_scale(lift_unit(&c->found->lifts, lift));
    return step < amount ? step : amount;
}

static void check_concessions(const Case *c)
{
    size_t count = c->found->concession_count;
    TextRound *text = text_round_copy(c->text);
    bool written = concede(c, text, NULL, SIZE_MAX, 0);
    if (written && count > 0 && try_all(text) == NO_PLAN)
        fail_case(c, "what is conceded is not enough");
    text_round_free(text);
    for (size_t k = 0; written && c->found->smallest && k < count; k++) {
        const Concession *one = &c->found->concessions[k];
        text = text_round_copy(c->text);
        (void)concede(c, text, NULL, k, step_less(c, lift_at(c, one->lift), one->amount));
        if (try_all(text) == PLAN)
            fail_case(c, "less would be enough");
        text_round_free(text);
        c->tally->concessions++;
    }
    c->tally->skipped += !written;
}

static void check_amount(const Case *c, const Conflict *set, const ConflictMember *member)
{
    const Lift *lift = lift_at(c, member->lift);
    for (int less = 0; less < 2; less++) {
        TextRound *text = text_round_copy(c->text);
        int64_t amount = member->amount - (less ? step_less(c, lift, member->amount) : 0);
        bool written = concede(c, text, set, SIZE_MAX, 0) &&
                       give(text, &c->found->lifts, lift, amount, member->upwards);
        Verdict verdict = written ? try_all(text) : CANNOT_TELL;
        if (verdict == (less ? PLAN : NO_PLAN))
            fail_case(c, less ? "less of one row alone would be enough"
                              : "what one row alone gives is not enough");
        c->tally->amounts += verdict != CANNOT_TELL;
        text_round_free(text);
    }
}

static void check_alone(const Case *c, const Conflict *set, const ConflictMember *member)
{
    TextRound *text = text_round_copy(c->text);
    bool written = concede(c, text, set, SIZE_MAX, 0);
    (void)take_out(text, lift_at(c, member->lift));
    if (written && try_all(text) == NO_PLAN)
        fail_case(c, "a row alone is said to be enough and is not");
    text_round_free(text);
}

static void check_members(const Case *c)
{
    const Conflict *set = &c->found->sets[0];
    for (size_t m = 0; m < set->count; m++) {
        if (set->members[m].give == GIVE_AMOUNT && set->members[m].least)
            check_amount(c, set, &set->members[m]);
        if (set->members[m].give == GIVE_WHOLLY)
            check_alone(c, set, &set->members[m]);
    }
}

static void check_round(const TextRound *text, Tally *tally)
{
    char *dir = test_dir_make();
    text_round_write(text, dir);
    Pipeline *run = pipeline_run(dir, NULL, 0);
    Formulation loose;
    Conflicts found;
    if (run->status == STATUS_NO_PLAN && try_all(text) != CANNOT_TELL) {
        SolveSettings settings = solve_settings_of(&run->round);
        assert_int_equal(
            formulation_build_loose(&run->round, &run->pairs, &run->rules, run->arena, &loose),
            STATUS_OK);
        assert_int_equal(solve_conflicts(&loose, &settings, run->arena, &found), STATUS_OK);
        Case c = {.text = text, .found = &found, .run = run, .tally = tally};
        if (found.count == 0)
            fail_case(&c, "no conflict is found");
        for (size_t s = 0; s < 1; s++)
            check_set(&c, &found.sets[s]);
        check_concessions(&c);
        check_members(&c);
        tally->conflicts++;
    }
    pipeline_free(run);
    test_dir_remove(dir);
}

/** Demands more than may be there. */
static void demand_more(TextRound *text, TestRandom *random)
{
    TextTable *rules = text_table(text, "rules"), *needs = text_table(text, "needs");
    size_t row = text_row(rules), need = (size_t)random_between(random, 0, (int)needs->count - 1);
    text_set(rules, row, "id", "F99");
    text_set(rules, row, "kind", "floor");
    text_set(rules, row, "value", "%d", 500 * (int)random_between(random, 1, 14));
    if (random_chance(random, 2))
        text_set(rules, row, "need", "%s", text_get(needs, need, "id"));
}

static void check_rounds(uint64_t first_seed, int features, int wholes)
{
    Tally tally = {0};
    for (uint64_t i = 0; i < rounds(); i++) {
        RandomShape shape = {
            .size = RANDOM_TINY, .features = features, .exact = true, .wholes = wholes};
        TextRound *text = random_round(first_seed + i, shape);
        TestRandom random = random_seeded(first_seed + i);
        if (text->wrong == NULL) {
            text_setting(text, "gap", "0");
            text_setting(text, "nodes", "100000");
            demand_more(text, &random);
            check_round(text, &tally);
        }
        text_round_free(text);
    }
    print_message("%d rounds without a plan: %d sets (%d unproven), %d members, %d amounts, %d "
                  "concessions tried, %d not to be written\n",
                  tally.conflicts, tally.sets, tally.unproven, tally.members, tally.amounts,
                  tally.concessions, tally.skipped);
    assert_true(tally.conflicts > (int)rounds() / 20);
}

static void conflicts_of_linear_rounds_hold_against_every_plan(void **state)
{
    (void)state;
    check_rounds(500000, RANDOM_EVERYTHING & ~(RANDOM_WHOLES | RANDOM_UNKNOWN), 0);
}

static void conflicts_of_rounds_of_wholes_hold_against_every_plan(void **state)
{
    (void)state;
    check_rounds(600000, RANDOM_EVERYTHING & ~RANDOM_UNKNOWN,
                 INT_MAX & ~(WHOLE_WRONG | WHOLE_BURDEN));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(conflicts_of_linear_rounds_hold_against_every_plan),
        cmocka_unit_test(conflicts_of_rounds_of_wholes_hold_against_every_plan),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
