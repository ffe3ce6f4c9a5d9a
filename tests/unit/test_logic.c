/* Needs met in full and what they require of each other, for plans given by hand. */
#include "allot/logic.h"
#include "tests/support/round_case.h"

#include <stdio.h>
#include <string.h>

enum { NEEDS_AT_MOST = 8 };

typedef struct LogicCase {
    const char *label;
    const char *rows;                /* id,quantity,unit,covered,ready,alternative,requires */
    int64_t assigned[NEEDS_AT_MOST]; /* whole euros, by id */
    const char *full;                /* by id: '1' full, '0' not */
    const char *satisfied;           /* by id: does everything it requires hold? */
} LogicCase;

#define ROW(id, quantity, covered, ready, alternative, requires)                                   \
    "HW," id "," quantity ",EUR,1," covered "," ready "," alternative "," requires "\n"

static const LogicCase CASES[] = {
    {"all that is wanted, a euro less, all but what is covered",
     ROW("N1", "10", "", "", "", "") ROW("N2", "10", "", "", "", "")
         ROW("N3", "10", "4", "", "", ""),
     {10, 9, 6},
     "101",
     "111"},
    {"covered elsewhere, and more than that",
     ROW("N1", "10", "10", "", "", "") ROW("N2", "10", "12", "", "", ""),
     {0, 0},
     "11",
     "11"},
    {"an unknown amount never is",
     ROW("N1", "unknown", "5", "", "", "") ROW("N2", "5", "", "", "", "N1"),
     {0, 5},
     "01",
     "10"},
    {"not ready: only where nothing is wanted",
     ROW("N1", "10", "", "no", "", "") ROW("N2", "10", "10", "no", "", ""),
     {0, 0},
     "01",
     "11"},
    {"all of a list",
     ROW("N1", "10", "", "", "", "") ROW("N2", "10", "", "", "", "")
         ROW("N3", "10", "", "", "", "N1;N2") ROW("N4", "10", "", "", "", "N2"),
     {10, 9, 0, 0},
     "1000",
     "1100"},
    {"any of a mark",
     ROW("N1", "10", "", "", "X", "") ROW("N2", "10", "", "", "X", "")
         ROW("N3", "10", "", "", "", "X"),
     {0, 10, 0},
     "010",
     "111"},
    {"none of a mark",
     ROW("N1", "10", "", "", "X", "") ROW("N2", "10", "", "", "X", "")
         ROW("N3", "10", "", "", "", "X"),
     {5, 5, 10},
     "001",
     "110"},
    {"an outcome is full when all it requires is",
     ROW("N1", "10", "", "", "", "") ROW("N2", "10", "", "", "", "")
         ROW("W1", "0", "", "", "", "N1;N2") ROW("W2", "0", "", "", "", "N1"),
     {10, 9, 0, 0},
     "1001",
     "1101"},
    /* each rests on the next by id, so that one pass is not enough */
    {"outcomes of outcomes, all full",
     ROW("W1", "0", "", "", "", "W2") ROW("W2", "0", "", "", "", "W3")
         ROW("W3", "0", "", "", "", "X1") ROW("X1", "10", "", "", "", ""),
     {0, 0, 0, 10},
     "1111",
     "1111"},
    {"outcomes of outcomes, none",
     ROW("W1", "0", "", "", "", "W2") ROW("W2", "0", "", "", "", "W3")
         ROW("W3", "0", "", "", "", "X1") ROW("X1", "10", "", "", "", ""),
     {0, 0, 0, 9},
     "0000",
     "0001"},
    {"a need waits for an outcome",
     ROW("N1", "10", "", "", "", "W") ROW("N2", "10", "", "", "", "")
         ROW("W", "0", "", "", "", "N2"),
     {10, 10, 0},
     "111",
     "111"},
};

static void assert_logic(const LogicCase *c)
{
    char text[1024];
    snprintf(text, sizeof text,
             "category,id,quantity,unit,unit_cost,covered,ready,alternative,requires\n%s", c->rows);
    const CaseFile files[] = {{"needs.csv", text},
                              {"settings.csv", "key,value\nmeasure,share\n"},
                              {"offers.csv", "id,donor,quantity,unit\nO1,DE,100,EUR\n"},
                              {NULL, NULL}};
    Pipeline *run = case_formulate(files);
    if (run->status != STATUS_OK)
        pipeline_print(run);
    assert_case_int(c->label, run->status, STATUS_OK);
    int64_t assigned[NEEDS_AT_MOST];
    bool full[NEEDS_AT_MOST];
    char is_full[NEEDS_AT_MOST + 1] = "", satisfied[NEEDS_AT_MOST + 1] = "";
    for (size_t n = 0; n < run->round.need_count; n++)
        assigned[n] = c->assigned[n] * 100;
    memset(full, 1, sizeof full); /* what was there before does not matter */
    logic_full(&run->round, assigned, full);
    for (size_t n = 0; n < run->round.need_count; n++) {
        is_full[n] = full[n] ? '1' : '0';
        satisfied[n] = logic_satisfied(&run->round, (int)n, full) ? '1' : '0';
    }
    assert_case_text(c->label, is_full, c->full);
    assert_case_text(c->label, satisfied, c->satisfied);
    pipeline_free(run);
}

static void full_is_what_lacks_nothing_and_outcomes_that_lack_nobody(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(CASES); i++)
        assert_logic(&CASES[i]);
}

static void the_first_requirement_that_is_not_met_is_named(void **state)
{
    const CaseFile files[] = {{"needs.csv", "id,category,quantity,unit,alternative,requires\n"
                                            "N1,HW,10,EUR,X,\n"
                                            "N2,HW,10,EUR,X,\n"
                                            "N3,HW,10,EUR,,\n"
                                            "N4,HW,10,EUR,,N3;X\n"},
                              {NULL, NULL}};
    Pipeline *run = case_formulate(files);
    (void)state;
    assert_int_equal(run->status, STATUS_OK);
    bool full[4] = {false, false, false, false};
    assert_null(logic_missing(&run->round, 0, full));
    assert_string_equal(logic_missing(&run->round, 3, full)->name, "N3");
    full[2] = true;
    assert_string_equal(logic_missing(&run->round, 3, full)->name, "X");
    full[1] = true;
    assert_null(logic_missing(&run->round, 3, full));
    pipeline_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(full_is_what_lacks_nothing_and_outcomes_that_lack_nobody),
        cmocka_unit_test(the_first_requirement_that_is_not_met_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
