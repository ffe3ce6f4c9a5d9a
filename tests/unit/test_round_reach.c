/* What no plan can ever reach, said plainly: marks of one member, prerequisites that are never met,
 * counts of none, tickets above all that can come together.
 */
#include "tests/support/round_case.h"

#define NEEDS(heading, rows)                                                                       \
    {                                                                                              \
        "needs.csv", "id,category,quantity,unit" heading "\n" rows                                 \
    }
#define OFFERS(heading, rows)                                                                      \
    {                                                                                              \
        "offers.csv", "id,donor,quantity,unit" heading "\n" rows                                   \
    }

static const WrongRound NEVER[] = {
    {"a mark of one",
     {NEEDS(",alternative", "N1,HW,1,EUR,FIREWALL\nN2,HW,1,EUR,ROUTER\nN3,HW,1,EUR,ROUTER\n")},
     DIAG_MARK_ALONE,
     "needs.csv",
     2,
     "alternative",
     "'N1' is the only need with the mark 'FIREWALL'"},
    {"a prerequisite that is not ready",
     {NEEDS(",requires,ready", "N1,HW,1,EUR,N2,\nN2,HW,1,EUR,,no\n")},
     DIAG_NEVER,
     "needs.csv",
     2,
     "requires",
     "'N1' requires 'N2' (row 3), which is not ready and gets nothing; until that changes 'N1' "
     "cannot be served"},
    {"a prerequisite of unknown amount",
     {NEEDS(",requires", "N1,HW,1,EUR,N2\nN2,HW,unknown,EUR,\n")},
     DIAG_NEVER,
     "needs.csv",
     2,
     "requires",
     "'N1' requires 'N2' (row 3), whose amount is unknown"},
    {"an outcome of what is not ready",
     {NEEDS(",requires,ready,unit_cost", "N1,HW,1,EUR,,no,\nN2,HW,0,EUR,N1,,9\n")},
     DIAG_NEVER,
     "needs.csv",
     3,
     "requires",
     "'N2' cannot be met"},
    {"a mark of which no member is ready",
     {NEEDS(",alternative,requires,ready",
            "N1,HW,1,EUR,X,,no\nN2,HW,1,EUR,X,,no\nN3,HW,1,EUR,,X,\n")},
     DIAG_NEVER,
     "needs.csv",
     4,
     "requires",
     "as every alternative of its mark"},
    {"a count of none",
     {{"rules.csv", "id,kind,count,of\nR1,count,0,donors\n"}},
     DIAG_NEVER,
     "rules.csv",
     2,
     "count",
     "rule 'R1' allows 0 donors"},
    {"a ticket above the offer",
     {NEEDS("", "N1,HW,900,EUR\n"), OFFERS(",min_ticket", "O1,DE,100,EUR,200\n")},
     DIAG_NEVER,
     "offers.csv",
     2,
     "min_ticket",
     "'O1' asks for at least EUR 200.00 at once, and no more than EUR 100.00 can come together"},
    {"a ticket above every need",
     {NEEDS("", "N1,HW,10,EUR\nN2,HW,30,EUR\nN3,HW,20,EUR\n"),
      OFFERS(",min_ticket", "O1,DE,100,EUR,50\n")},
     DIAG_NEVER,
     "offers.csv",
     2,
     "min_ticket",
     "no more than EUR 30.00 can come together"},
    {"a ticket above what arrives by overhead: EUR 40 net is 50 gross",
     {NEEDS("", "N1,HW,40,EUR\n"), OFFERS(",min_ticket,overhead", "O1,DE,100,EUR,51,0.2\n")},
     DIAG_NEVER,
     "offers.csv",
     2,
     "min_ticket",
     "no more than EUR 50.00"},
    {"a donor's ticket above its two offers",
     {NEEDS("", "N1,HW,900,EUR\n"),
      OFFERS("", "O1,DE,100,EUR\nO2,DE,60,EUR\n"),
      {"donors.csv", "id,min_ticket\nDE,161\n"}},
     DIAG_NEVER,
     "donors.csv",
     2,
     "min_ticket",
     "no more than EUR 160.00 can come together"},
    {"a rule's ticket",
     {NEEDS("", "N1,HW,5,seat\n"),
      OFFERS("", "O1,DE,9,seat\n"),
      {"rules.csv", "id,kind,quantity,unit\nR1,ticket,6,seat\n"}},
     DIAG_NEVER,
     "rules.csv",
     2,
     "quantity",
     "'R1' asks for at least 6 seat at once, and no more than 5 seat"},
};

static void what_can_never_be_is_one_warning_at_its_row(void **state)
{
    (void)state;
    assert_wrong_rounds(NEVER, COUNT_OF(NEVER));
}

static const struct {
    const char *label;
    CaseFile files[CASE_FILES];
} WELL[] = {
    {"a mark of two", {NEEDS(",alternative", "N1,HW,1,EUR,X\nN2,HW,1,EUR,X\n")}},
    {"a bundle of one: all or nothing", {NEEDS(",bundle", "N1,HW,1,EUR,X\n")}},
    {"a prerequisite that is not ready, and wants nothing",
     {NEEDS(",requires,ready,covered", "N1,HW,1,EUR,N2,,\nN2,HW,1,EUR,,no,1\n")}},
    {"a mark of which one member is ready",
     {NEEDS(",alternative,requires,ready",
            "N1,HW,1,EUR,X,,no\nN2,HW,1,EUR,X,,\nN3,HW,1,EUR,,X,\n")}},
    {"a count of one", {{"rules.csv", "id,kind,count,of\nR1,count,1,donors\n"}}},
    {"a ticket that one need can take",
     {NEEDS("", "N1,HW,10,EUR\nN2,HW,50,EUR\n"), OFFERS(",min_ticket", "O1,DE,100,EUR,50\n")}},
    {"a ticket of all there is",
     {NEEDS("", "N1,HW,900,EUR\n"), OFFERS(",min_ticket", "O1,DE,100,EUR,100\n")}},
    {"a donor's ticket that two offers make up",
     {NEEDS("", "N1,HW,900,EUR\n"),
      OFFERS("", "O1,DE,100,EUR\nO2,DE,60,EUR\n"),
      {"donors.csv", "id,min_ticket\nDE,160\n"}}},
};

static void what_can_be_is_not_doubted(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(WELL); i++) {
        Pipeline *run = case_formulate(WELL[i].files);
        size_t count, doubts = 0;
        const Finding *findings = diag_findings(run->diag, &count);
        for (size_t f = 0; f < count; f++)
            doubts += findings[f].code == DIAG_NEVER || findings[f].code == DIAG_MARK_ALONE;
        if (doubts > 0)
            pipeline_print(run);
        assert_case_int(WELL[i].label, run->status, STATUS_OK);
        assert_case_int(WELL[i].label, (int64_t)doubts, 0);
        pipeline_free(run);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_can_never_be_is_one_warning_at_its_row),
        cmocka_unit_test(what_can_be_is_not_doubted),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
