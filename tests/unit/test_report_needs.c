/* What the Needs sheet and the totals say of needs that ask something of each other: bundles,
 * prerequisites, outcomes, and alternatives, of which one counts. Expected sums are worked out by hand.
 */
#include "tests/support/any_run_info.h"
#include "tests/support/report_text.h"
#include "tests/support/round_case.h"

#include <string.h>

#include "allot/report.h"
#include "io/totals.h"

#define NEEDS(heading, rows)                                                                       \
    {                                                                                              \
        "needs.csv", "id,category,quantity,unit" heading "\n" rows                                 \
    }
#define OFFERS(heading, rows)                                                                      \
    {                                                                                              \
        "offers.csv", "id,donor,quantity,unit" heading "\n" rows                                   \
    }

/* ---- alternatives in the totals ------------------------------------------------------------- */

typedef struct Sums { /* in cents */
    int64_t asked, covered, assigned, unmet, not_chosen;
    size_t needs_not_chosen, unknown, without_value;
} Sums;

static const struct {
    const char *label;
    CaseFile files[CASE_FILES];
    Sums sums;
    double stage; /* tier 1, in euros */
} MARKS[] = {
    {"the one that is served, though it is the dearer one",
     {NEEDS(",alternative", "N1,HW,100,EUR,A\nN2,HW,80,EUR,A\nN3,HW,50,EUR,\n"),
      OFFERS(",only_needs", "O1,DE,200,EUR,N1\n")},
     {15000, 0, 10000, 5000, 8000, 1, 0, 0},
     50},
    {"the cheapest while none is served",
     {NEEDS(",alternative", "N1,HW,100,EUR,A\nN2,HW,80,EUR,A\nN3,HW,50,EUR,\n"),
      OFFERS(",only_needs", "O1,DE,200,EUR,N3\n")},
     {13000, 0, 5000, 8000, 10000, 1, 0, 0},
     80},
    {"the first of equals",
     {NEEDS(",alternative", "N1,HW,80,EUR,A\nN2,HW,80,EUR,A\nN3,HW,80,EUR,A\n"),
      OFFERS(",category", "O1,DE,200,EUR,SW\n")},
     {8000, 0, 0, 8000, 16000, 2, 0, 0},
     80},
    {"the one that is covered elsewhere",
     {NEEDS(",alternative,covered", "N1,HW,100,EUR,A,40\nN2,HW,30,EUR,A,\n"),
      OFFERS(",category", "O1,DE,200,EUR,SW\n")},
     {10000, 4000, 0, 6000, 3000, 1, 0, 0},
     30}, /* of the cheapest, which wants 30, all is missing */
    {"one without money value stands before all",
     {NEEDS(",alternative", "N1,HW,100,EUR,A\nN2,HW,5,seat,A\n"),
      OFFERS(",category", "O1,DE,200,EUR,SW\n")},
     {0, 0, 0, 0, 10000, 1, 0, 1},
     0},
    {"one of unknown amount is no choice",
     {NEEDS(",alternative", "N1,HW,unknown,EUR,A\nN2,HW,80,EUR,A\n"),
      OFFERS(",category", "O1,DE,200,EUR,SW\n")},
     {8000, 0, 0, 8000, 0, 0, 1, 1},
     80},
    {"two tiers, two marks",
     {NEEDS(",alternative,priority",
            "N1,HW,10,EUR,A,1\nN2,HW,20,EUR,A,1\nN3,HW,30,EUR,B,2\nN4,HW,40,EUR,B,2\n"),
      OFFERS(",category", "O1,DE,200,EUR,SW\n")},
     {4000, 0, 0, 4000, 6000, 2, 0, 0},
     10},
};

static void of_alternatives_one_counts_in_every_total(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(MARKS); i++) {
        const char *label = MARKS[i].label;
        const Sums *sums = &MARKS[i].sums;
        Pipeline *run = case_plan(MARKS[i].files);
        Totals totals;
        assert_int_equal(totals_build(&run->round, &run->plan, run->arena, &totals), STATUS_OK);
        const GroupTotals *all = &totals.all;
        int64_t rows = 0, tiers = 0;
        for (size_t n = 0; n < run->round.need_count; n++)
            rows += run->plan.needs[n].value_unmet;
        for (size_t t = 0; t < totals.tiers.count; t++)
            tiers += totals.tiers.groups[t].unmet;
        assert_case_int(label, all->asked, sums->asked);
        assert_case_int(label, all->covered, sums->covered);
        assert_case_int(label, all->assigned, sums->assigned);
        assert_case_int(label, all->unmet, sums->unmet);
        assert_case_int(label, all->not_chosen, sums->not_chosen);
        assert_case_int(label, (int64_t)all->in_state[NEED_NOT_CHOSEN],
                        (int64_t)sums->needs_not_chosen);
        assert_case_int(label, (int64_t)all->in_state[NEED_UNKNOWN], (int64_t)sums->unknown);
        assert_case_int(label, (int64_t)all->without_value, (int64_t)sums->without_value);
        assert_case_int(label, all->asked, all->covered + all->assigned + all->unmet);
        assert_case_int(label, rows, all->unmet + all->not_chosen);
        assert_case_int(label, tiers, all->unmet);
        assert_true(run->plan.stages[0].value == MARKS[i].stage);
        pipeline_free(run);
    }
}

/* ---- the sheet ------------------------------------------------------------------------------ */

static const char *report_of(Pipeline *run)
{
    Report *report;
    RunInfo info = any_run_info("optimal", "GLPK alone (a mark of alternatives)");
    assert_int_equal(report_build(&run->round, &run->plan, &info, run->diag, run->arena, &report),
                     STATUS_OK);
    const char *text = report_text(report, run->arena);
    assert_non_null(text);
    return text;
}

static void assert_holds(const char *text, const char *part)
{
    if (strstr(text, part) == NULL)
        fail_msg("the report lacks: %s\n%s", part, text);
}

/* Need, Category, Tier, Bundle, Alternative, Requires, Status, Unit, Asked, ... */
static void columns_of_what_needs_ask_of_each_other_are_shown_where_used(void **state)
{
    const CaseFile files[] = {NEEDS(",bundle,alternative,requires", "N1,HW,10,EUR,B,,\n"
                                                                    "N2,HW,10,EUR,B,,\n"
                                                                    "N3,HW,10,EUR,,A,\n"
                                                                    "N4,HW,90,EUR,,A,\n"
                                                                    "N5,HW,10,EUR,,,N1;A\n"),
                              {NULL, NULL}};
    Pipeline *run = case_plan(files);
    const char *text = report_of(run);
    (void)state;
    assert_holds(text, "Needs!D");
    assert_holds(text, " text \"Bundle\"\n");
    assert_holds(text, " text \"Alternative\"\n");
    assert_holds(text, " text \"Requires\"\n");
    assert_holds(text, " text \"N1; A\"\n");
    assert_holds(text, " text \"not chosen\"\n");
    assert_holds(text, "Of alternatives at most one is served.");
    assert_holds(text, "Needs not chosen: 1, worth EUR 90.00");
    assert_holds(text, "Decided by: GLPK alone (a mark of alternatives).");
    pipeline_free(run);
}

static void columns_that_no_need_uses_are_left_out(void **state)
{
    static const char *const columns[] = {"\"Bundle\"",    "\"Alternative\"", "\"Requires\"",
                                          "\"Unit cost\"", "\"Not chosen\"",  "An outcome asks"};
    const CaseFile files[] = {NEEDS("", "N1,HW,10,EUR\n"), {NULL, NULL}};
    Pipeline *run = case_plan(files);
    const char *text = report_of(run);
    (void)state;
    for (size_t i = 0; i < COUNT_OF(columns); i++)
        if (strstr(text, columns[i]) != NULL)
            fail_msg("the report holds %s:\n%s", columns[i], text);
    pipeline_free(run);
}

/* Its unit is money, of which nothing is said where it is asked for. */
static void the_worth_of_an_outcome_stands_in_its_row(void **state)
{
    const CaseFile files[] = {NEEDS(",requires,unit_cost", "N1,HW,10,EUR,,\n"
                                                           "W,HW,0,EUR,N1,7500\n"),
                              {NULL, NULL}};
    Pipeline *run = case_plan(files);
    const char *text = report_of(run);
    (void)state;
    assert_holds(text, " text \"Unit cost\"\n");
    assert_holds(text, " number 7500 as #,##0.00\n");
    assert_holds(text, "An outcome asks for 0");
    pipeline_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(of_alternatives_one_counts_in_every_total),
        cmocka_unit_test(columns_of_what_needs_ask_of_each_other_are_shown_where_used),
        cmocka_unit_test(columns_that_no_need_uses_are_left_out),
        cmocka_unit_test(the_worth_of_an_outcome_stands_in_its_row),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
