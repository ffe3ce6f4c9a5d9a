/* Why something is unmet, as far as it needs no re-solving: the reason, and the rows by their ids.
 */
#include "tests/support/case_tables.h"

#include <string.h>

typedef struct ReasonCase {
    const char *label;
    CaseFile files[CASE_FILES];
    const char *reason; /* of N1 */
    const char *detail;
} ReasonCase;

#define NEED(heading, cells)                                                                       \
    {                                                                                              \
        "needs.csv", "id,category,quantity,unit" heading "\nN1,HW," cells "\n"                     \
    }

static const ReasonCase CASES[] = {
    {"met", {NEED("", "100,EUR")}, "", ""},
    {"covered elsewhere", {NEED(",covered", "100,boat,100")}, "", ""},
    {"unknown",
     {NEED("", "tbd,EUR")},
     "AMOUNT_UNKNOWN",
     "How much it asks for is not known (needs N1, quantity)."},
    {"not ready", {NEED(",ready", "10,EUR,no")}, "NOT_READY", "It is not ready (needs N1, ready)."},
    {"not enough", {NEED("", "101,EUR")}, "UNPROVEN", ""},
    {"nobody has boats",
     {NEED("", "1,boat")},
     "NO_OFFER",
     "No offer of category HW in boat; without a unit cost money cannot buy it."},
    {"nobody has boats or money for them",
     {NEED(",unit_cost", "1,boat,9"), OFFERS("", "O1,DE,9,seat\n")},
     "NO_OFFER",
     "No offer of category HW in boat or money."},
    {"not of its category",
     {OFFERS(",category", "O1,DE,9,EUR,SW\n")},
     "NO_OFFER",
     "No offer of category HW in EUR."},
    {"earmarked for another, pledged; a category says nothing",
     {OFFERS(",only_needs,status,category",
             "O1,DE,9,EUR,N2,,\nO2,FR,9,EUR,,pledged,\nO3,PL,9,EUR,,,SW\n"),
      {"needs.csv", "id,category,quantity,unit\nN1,HW,9,EUR\nN2,HW,9,EUR\n"}},
     "BARRED",
     "None of the 2 offers of its kind may serve it: "
     "O1 of DE is earmarked for others (offers O1, only_needs); "
     "O2 of FR is less firm than what is planned on (offers O2, status)."},
    {"by a rule and by what is agreed",
     {OFFERS("", "O1,DE,9,EUR\nO2,FR,9,EUR\n"),
      {"rules.csv", "id,kind,donor\nNO-DE,forbid,DE\n"},
      {"commitments.csv", "need,offer,kind\nN1,O2,forbidden\n"}},
     "BARRED",
     "None of the 2 offers of its kind may serve it: "
     "O1 of DE is forbidden by a rule (rules NO-DE); "
     "O2 of FR is ruled out by a commitment (commitments N1/O2)."},
    {"by dates alone",
     {NEED(",deadline", "9,EUR,2026-02-01"),
      OFFERS(",valid_from", "O1,DE,9,EUR,2026-02-02\nO2,DE,9,EUR,2026-03-01\n")},
     "WINDOW",
     "None of the 2 offers of its kind may serve it: "
     "O1 of DE is not available in the need's time (offers O1, valid_from); "
     "O2 of DE is not available in the need's time (offers O2, valid_from)."},
    {"by dates and otherwise",
     {NEED(",deadline", "9,EUR,2026-02-01"),
      OFFERS(",valid_from,oda_only", "O1,DE,9,EUR,2026-02-02,\nO2,DE,9,EUR,,yes\n")},
     "BARRED",
     "None of the 2 offers of its kind may serve it: "
     "O1 of DE is not available in the need's time (offers O1, valid_from); "
     "O2 of DE is for ODA only (offers O2, oda_only)."},
    {"by its parent",
     {OFFERS(",parent,status", "O1,DE,9,EUR,,pledged\nO2,DE,9,EUR,O1,paid\n")},
     "BARRED",
     "None of the 2 offers of its kind may serve it: "
     "O1 of DE is less firm than what is planned on (offers O1, status); "
     "O2 of DE is less firm than what is planned on (offers O1, status)."},
};

static void the_reason_names_the_rows_that_impose_it(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        Pipeline *run = case_plan(CASES[i].files);
        const NeedResult *need = &run->plan.needs[round_find_need(&run->round, "N1")];
        assert_case_text(CASES[i].label, reason_text(need->reason), CASES[i].reason);
        assert_case_text(CASES[i].label, need->detail, CASES[i].detail);
        pipeline_free(run);
    }
}

static void many_offers_are_named_three_at_most(void **state)
{
    const CaseFile files[] = {
        OFFERS(",status", "O1,DE,9,EUR,pledged\nO2,DE,9,EUR,pledged\nO3,DE,9,EUR,pledged\n"
                          "O4,DE,9,EUR,pledged\nO5,DE,9,EUR,pledged\nO6,DE,9,EUR,pledged\n"
                          "O7,DE,9,EUR,pledged\nO8,DE,9,EUR,pledged\n"),
        {NULL, NULL}};
    (void)state;
    Pipeline *run = case_plan(files);
    const char *detail = run->plan.needs[0].detail;
    assert_non_null(strstr(detail, "O3 of DE is less firm"));
    assert_null(strstr(detail, "O4"));
    assert_non_null(strstr(detail, "; and 5 more."));
    assert_string_equal(run->plan.needs[0].brief, "None of the 8 offers of its kind may serve it.");
    pipeline_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_reason_names_the_rows_that_impose_it),
        cmocka_unit_test(many_offers_are_named_three_at_most),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
