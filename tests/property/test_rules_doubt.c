/* Could a list of pairs and rules find anything? What is told of it without a list, against the list: over
 * seeded rounds, with limits of mixed units and agreements beyond bounds among them, a round that is
 * cleared has no finding and no warning when it is listed. And rounds worked by hand: those that are large
 * in practice are cleared, and those with something wrong are not.
 */
#include "tests/support/case_tables.h"
#include "tests/support/random_round.h"

#include <stdlib.h>

#ifdef __SANITIZE_ADDRESS__
enum { ROUNDS = 100 };
#else
enum { ROUNDS = 1500 };
#endif

static uint64_t rounds(void)
{
    const char *text = getenv("ALLOT_ROUNDS");
    return text == NULL ? ROUNDS : strtoull(text, NULL, 10);
}

typedef struct Answer {
    bool asked; /* the tables are sound as far as round_check() tells */
    bool doubt;
    Status listed;
    size_t findings; /* warnings too */
} Answer;

/** What is told without a list, and what a list says. */
static Answer answer_of(const char *dir)
{
    Answer answer = {0};
    Round round;
    PairSet pairs;
    RuleSet rules;
    EligibleSets *sets;
    Arena *arena = arena_new();
    Diag *diag = diag_new(arena), *listing = diag_new(arena);
    assert_non_null(listing);
    answer.asked = round_read(&(RoundSource){.path = dir}, arena, diag, &round) == STATUS_OK &&
                   round_check(&round, diag) == STATUS_OK;
    if (answer.asked) {
        assert_int_equal(eligible_sets_build(&round, arena, &sets), STATUS_OK);
        assert_int_equal(rules_in_doubt(&round, sets, arena, &answer.doubt), STATUS_OK);
        answer.listed = pair_set_build(&round, arena, listing, &pairs);
        if (answer.listed == STATUS_OK)
            answer.listed = rule_set_build(&round, &pairs, arena, listing, &rules);
        (void)diag_findings(listing, &answer.findings);
    }
    arena_free(arena);
    return answer;
}

/* ---- random rounds -------------------------------------------------------------------------- */

/** A limit in a unit that all its needs have, or all its offers, or neither. */
static void limit_units(TextRound *text, TestRandom *random)
{
    static const char *const UNITS[] = {"EUR", "seat", "USD"};
    TextTable *rules = text_table(text, "rules"), *needs = text_table(text, "needs");
    TextTable *offers = text_table(text, "offers");
    size_t row = text_row(rules), n = (size_t)random_between(random, 0, (int)needs->count - 1);
    size_t o = (size_t)random_between(random, 0, (int)offers->count - 1);
    text_set(rules, row, "id", "U99");
    text_set(rules, row, "kind", "limit");
    text_set(rules, row, "quantity", "%d", 3);
    if (random_chance(random, 2)) {
        text_set(rules, row, "need", "%s", text_get(needs, n, "id"));
        text_set(rules, row, "unit", "%s", text_get(needs, n, "unit"));
    } else if (random_chance(random, 2)) {
        text_set(rules, row, "offer", "%s", text_get(offers, o, "id"));
        text_set(rules, row, "unit", "%s", text_get(offers, o, "unit"));
    }
    if (random_chance(random, 3))
        text_set(rules, row, "unit", "%s", UNITS[random_between(random, 0, 2)]);
    if (random_chance(random, 4))
        text_set(rules, row, "each", "category");
}

static void agree(TextRound *text, TestRandom *random)
{
    TextTable *commitments = text_table(text, "commitments"), *needs = text_table(text, "needs");
    TextTable *offers = text_table(text, "offers");
    size_t row = text_row(commitments);
    size_t n = (size_t)random_between(random, 0, (int)needs->count - 1);
    size_t o = (size_t)random_between(random, 0, (int)offers->count - 1);
    text_set(commitments, row, "need", "%s", text_get(needs, n, "id"));
    text_set(commitments, row, "offer", "%s", text_get(offers, o, "id"));
    text_set(commitments, row, "kind", random_chance(random, 2) ? "fixed" : "at_least");
    text_set(commitments, row, "quantity", "%s", text_get(needs, n, "quantity"));
}

typedef struct Tally {
    int asked, cleared, wrong, wrong_doubted;
} Tally;

static void check_round(const TextRound *text, Tally *tally)
{
    char *dir = test_dir_make();
    text_round_write(text, dir);
    Answer answer = answer_of(dir);
    bool wrong = answer.listed != STATUS_OK || answer.findings > 0;
    if (wrong && !answer.doubt) {
        text_round_print(text);
        fail_msg("seed %llu: cleared, and a list finds something", (unsigned long long)text->seed);
    }
    tally->asked += answer.asked;
    tally->cleared += answer.asked && !answer.doubt;
    tally->wrong += wrong;
    test_dir_remove(dir);
}

static void what_is_cleared_has_no_finding(void **state)
{
    Tally tally = {0};
    (void)state;
    for (uint64_t seed = 810000; seed < 810000 + rounds(); seed++) {
        RandomShape shape = {.size = RANDOM_TINY, .features = RANDOM_EVERYTHING};
        TextRound *text = random_round(seed, shape);
        TestRandom random = random_seeded(seed);
        if (text->wrong == NULL) {
            if (random_chance(&random, 2))
                limit_units(text, &random);
            if (random_chance(&random, 3))
                agree(text, &random);
            check_round(text, &tally);
        }
        text_round_free(text);
    }
    print_message("%d rounds asked about, %d cleared; %d with a finding\n", tally.asked,
                  tally.cleared, tally.wrong);
    assert_true(tally.cleared > tally.asked / 8 && tally.wrong > tally.asked / 50);
}

/* ---- by hand -------------------------------------------------------------------------------- */

typedef struct DoubtCase {
    const char *label;
    CaseFile files[CASE_FILES];
    bool doubt;
} DoubtCase;

/* N1 is 100 EUR, N2 5 seats without a price; O1 is 100 EUR, O2 5 seats. */
static const DoubtCase CASES[] = {
    {"two tables", {{NULL, NULL}}, false},
    {"a limit in money", {RULES(",donor,value", "R1,limit,DE,50\n")}, false},
    {"a limit as a share", {RULES(",donor,share", "R1,limit,DE,0.5\n")}, false},
    {"a limit in seats on the needs that are seats",
     {RULES(",need,quantity,unit", "R1,limit,N2,3,seat\n")},
     false},
    {"a limit in seats on the offers that are seats",
     {RULES(",offer,quantity,unit", "R1,limit,O2,3,seat\n")},
     false},
    {"a limit in seats on all", {RULES(",quantity,unit", "R1,limit,3,seat\n")}, true},
    {"a limit in seats that only a barred pair is beside",
     {RULES(",quantity,unit,offer", "R0,forbid,,,O1\nR1,limit,3,seat,\n")},
     false},
    {"a reserve of money", {RULES(",offer,value", "R1,reserve,O1,10\n")}, false},
    {"a reserve of unlike things", {RULES(",share", "R1,reserve,0.1\n")}, true},
    {"a fee", {RULES(",value", "R1,fee,10\n")}, false},
    {"a count", {RULES(",count,of", "R1,count,1,needs\n")}, false},
    {"an amount beyond all numbers, although split among needs",
     {RULES(",value,each", "R1,limit,999999999999999999,need\n")},
     true},
    {"a ticket", {OFFERS(",min_ticket", "O1,DE,100,EUR,200\n")}, true},
    {"agreed, as much as is wanted",
     {{"commitments.csv", "need,offer,kind,quantity\nN1,O1,fixed,100\n"}},
     false},
    {"agreed, and the pair may give less",
     {OFFERS(",max_share", "O1,DE,100,EUR,0.5\nO2,FR,5,seat,\n"),
      {"commitments.csv", "need,offer,kind,quantity\nN1,O1,fixed,60\nN2,O2,fixed,1\n"}},
     true},
    {"agreed, and a row of pairs says less",
     {{"pairs.csv", "need,offer,max\nN2,O2,2\n"},
      {"commitments.csv", "need,offer,kind,quantity\nN1,O1,fixed,60\nN2,O2,at_least,3\n"}},
     true},
};

static void what_could_be_wrong_is_listed_and_nothing_else(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        char *dir = test_dir_make();
        write_file(dir, CASE_NEEDS.name, CASE_NEEDS.text);
        write_file(dir, CASE_OFFERS.name, CASE_OFFERS.text);
        for (const CaseFile *file = CASES[i].files; file->name != NULL; file++)
            write_file(dir, file->name, file->text);
        Answer answer = answer_of(dir);
        assert_case_int(CASES[i].label, answer.asked, true);
        assert_case_int(CASES[i].label, answer.doubt, CASES[i].doubt);
        assert_case_int(CASES[i].label, answer.findings > 0, CASES[i].doubt);
        test_dir_remove(dir);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_cleared_has_no_finding),
        cmocka_unit_test(what_could_be_wrong_is_listed_and_nothing_else),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
