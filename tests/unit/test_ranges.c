/* Forced or free on rounds small enough to work by hand: the least and the most of each line, and who
 * carries it where it is least. What stands in a label is the arithmetic.
 */
#include "tests/support/case_tables.h"

#include <string.h>

typedef struct RangeCase {
    const char *label;
    CaseFile files[CASE_FILES];
    const char *settings;
    const char
        *lines; /* of each line: need, offer, proof, least, most; who carries; what is short */
} RangeCase;

#define TWO_OFFERS OFFERS("", "O1,DE,100,EUR\nO2,FR,40,EUR\n")

static const RangeCase CASES[] = {
    {"one offer, one need: all of it",
     {NEEDS("", "N1,HW,100,EUR\n"), OFFERS("", "O1,DE,100,EUR\n")},
     "fairness,none\n",
     "N1 O1 forced 100.00 100.00\n"},
    {"60 from 100 and 40: of O1 at least 60 - 40",
     {NEEDS("", "N1,HW,60,EUR\n"), TWO_OFFERS},
     "fairness,none\n",
     "N1 O1 free 20.00 60.00, O2 40.00\n"},
    {"two needs of 60 and one offer of 60, which counts the same wherever it goes",
     {NEEDS("", "N1,HW,60,EUR\nN2,HW,60,EUR\n"), OFFERS("", "O1,DE,60,EUR\n")},
     "fairness,none\n",
     "N1 O1 free 0.00 60.00, short 60.00\n"},
    {"the same where each counts for itself: 30 each",
     {NEEDS("", "N1,HW,60,EUR\nN2,HW,60,EUR\n"), OFFERS("", "O1,DE,60,EUR\n")},
     "fairness,need\n",
     "N1 O1 forced 30.00 30.00\n"
     "N2 O1 forced 30.00 30.00\n"},
    {"paid comes before committed",
     {NEEDS("", "N1,HW,60,EUR\n"),
      OFFERS(",status", "O1,DE,60,EUR,paid\nO2,FR,60,EUR,committed\n")},
     "fairness,none\n",
     "N1 O1 forced 60.00 60.00\n"},
    {"what is agreed stays, whoever else could",
     {NEEDS("", "N1,HW,60,EUR\n"),
      TWO_OFFERS,
      {"commitments.csv", "need,offer,quantity,kind\nN1,O1,60,fixed\n"}},
     "fairness,none\n",
     "N1 O1 forced 60.00 60.00\n"},
    {"5 seats from one donor: from either",
     {NEEDS(",max_donors", "N1,HW,5,seat,1\n"), OFFERS("", "O1,DE,5,seat\nO2,FR,5,seat\n")},
     "fairness,none\n",
     "N1 O1 free 0 5, O2 5\n"},
    {"all or nothing of 5 seats, of which each donor has 3: 3 and 2, or 2 and 3",
     {NEEDS(",indivisible", "N1,HW,5,seat,yes\n"), OFFERS("", "O1,DE,3,seat\nO2,FR,3,seat\n")},
     "fairness,none\n",
     "N1 O1 free 2 3, O2 1\n"
     "N1 O2 free 2 3\n"},
};

/** The ranges of a plan as a case has them. */
static const char *lines_of(const Pipeline *run, const Ranges *ranges)
{
    const char *text = "";
    for (size_t i = 0; i < run->plan.assignment_count; i++) {
        const Assignment *line = &run->plan.assignments[i];
        const LineRange *range = &ranges->lines[i];
        Unit unit = run->round.needs[line->need].unit;
        char least[40], most[40], amount[40];
        unit_format(unit, range->least, least);
        unit_format(unit, range->most, most);
        text = arena_printf(run->arena, "%s%s %s %s %s %s", text, run->round.needs[line->need].id,
                            run->round.offers[line->offer].id, range_proof_text(range->proof),
                            least, most);
        for (int k = 0; k < range->other_count; k++) {
            unit_format(unit, range->others[k].quantity, amount);
            text = arena_printf(run->arena, "%s, %s %s", text,
                                run->round.offers[range->others[k].offer].id, amount);
        }
        unit_format(unit, range->short_by, amount);
        text =
            arena_printf(run->arena, range->short_by > 0 ? "%s, short %s\n" : "%s\n", text, amount);
    }
    return text;
}

static void each_line_has_its_least_its_most_and_its_carriers(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        const RangeCase *c = &CASES[i];
        CaseFile files[CASE_FILES] = {{NULL, NULL}};
        char settings[256];
        const Ranges *ranges = NULL;
        size_t count = 0;
        for (; c->files[count].name != NULL; count++)
            files[count] = c->files[count];
        snprintf(settings, sizeof settings, "key,value\n%s", c->settings);
        files[count] = (CaseFile){"settings.csv", settings};
        Pipeline *run = case_plan(files);
        SolveSettings solve = solve_settings_of(&run->round);
        assert_int_equal(solve_ranges(&run->form, &run->plan, &solve, run->arena, &ranges),
                         STATUS_OK);
        assert_case_text(c->label, lines_of(run, ranges), c->lines);
        pipeline_free(run);
    }
}

/** Where solves may do nothing, nothing is claimed that was not met. (Flows ask for no time.) */
static void a_deadline_that_is_past_leaves_lines_undecided(void **state)
{
    (void)state;
    Pipeline *run = case_plan((CaseFile[]){NEEDS("", "N1,HW,60,EUR\n"),
                                           TWO_OFFERS,
                                           {"settings.csv", "key,value\nfairness,none\n"},
                                           {NULL, NULL}});
    SolveSettings solve = solve_settings_of(&run->round);
    const Ranges *ranges = NULL;
    solve.deadline = 1e-9;
    solve.sift_from = -1;
    assert_int_equal(solve_ranges(&run->form, &run->plan, &solve, run->arena, &ranges), STATUS_OK);
    assert_case_text("no time", lines_of(run, ranges), "N1 O1 not decided 60.00 60.00\n");
    pipeline_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_line_has_its_least_its_most_and_its_carriers),
        cmocka_unit_test(a_deadline_that_is_past_leaves_lines_undecided),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
