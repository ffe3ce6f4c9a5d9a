/* Offers that no need can use, needs that no offer may serve, rules whose words meet nothing together: what is
 * said, with the words of the other side; and what is so on purpose, of which nothing is said.
 */
#include "tests/support/round_case.h"

#include <string.h>

#define NEEDS(heading, rows)                                                                       \
    {                                                                                              \
        "needs.csv", "id,category,quantity,unit" heading "\n" rows                                 \
    }
#define OFFERS(heading, rows)                                                                      \
    {                                                                                              \
        "offers.csv", "id,donor,quantity,unit,category" heading "\n" rows                          \
    }
#define BOTH NEEDS(",beneficiary,deadline", "N1,HW,10,EUR,MOH,2026-03-31\nN2,SW,5,EUR,MOE,\n")

static const WrongRound CASES[] = {
    {"a category written out in full",
     {BOTH, OFFERS("", "O1,DE,9,EUR,HW;SW\nO2,FR,9,EUR,Hardware\n")},
     DIAG_NO_NEED,
     "offers.csv",
     3,
     "category",
     "no need can use 'O2': none asks for 'Hardware'; needs have: HW, SW; write it as they do "
     "(lists "
     "have ';' between their parts)"},
    {"a list with the wrong sign",
     {BOTH, OFFERS("", "O1,DE,9,EUR,HW;SW\nO2,FR,9,EUR,HW|SW\n")},
     DIAG_NO_NEED,
     "offers.csv",
     3,
     "category",
     "none asks for 'HW|SW'"},
    {"a need of a category that no offer has",
     {NEEDS("", "N1,HW,10,EUR\nN2,Software,5,EUR\n"), OFFERS("", "O1,DE,9,EUR,HW;TRN\n")},
     DIAG_NO_OFFER,
     "needs.csv",
     3,
     "category",
     "no offer may serve 'N2': none is for its category 'Software'; offers are for: HW, TRN"},
    {"a need whose nearest offer is for another",
     {NEEDS("", "N1,HW,10,EUR\nN2,SW,5,EUR\n"),
      OFFERS(",only_needs", "O1,DE,9,EUR,HW,\nO2,DE,9,EUR,SW,N1\nO3,DE,9,EUR,HW,\n")},
     DIAG_NO_OFFER,
     "needs.csv",
     3,
     "id",
     "no offer may serve 'N2': the nearest, 'O2', is earmarked for others (offers row 3, "
     "only_needs)"},
    {"an offer that comes too late for everything",
     {NEEDS(",deadline", "N1,HW,10,EUR,2026-03-31\nN2,SW,5,EUR,\n"),
      OFFERS(",valid_from", "O1,DE,9,EUR,*,\nO2,DE,9,EUR,HW,2026-06-01\n")},
     DIAG_NO_NEED,
     "offers.csv",
     3,
     "id",
     "no need can use 'O2': for the nearest, 'N1', it is not available in the need's time (offers "
     "row 3, valid_from)"},
    {"a beneficiary that nothing looks like",
     {BOTH, OFFERS(",not_beneficiaries", "O1,DE,9,EUR,*,SOMEBODY\n")},
     DIAG_MATCHES_NOTHING,
     "offers.csv",
     2,
     "not_beneficiaries",
     "beneficiary 'SOMEBODY' matches nothing in this round, which has: MOE, MOH"},
    {"a rule whose need is of another category",
     {BOTH,
      OFFERS("", "O1,DE,9,EUR,*\n"),
      {"rules.csv", "id,kind,need,category,value\nR1,limit,N1,SW,4\n"}},
     DIAG_MATCHES_NOTHING,
     "rules.csv",
     2,
     "id",
     "rule 'R1' does nothing: no need has all that its columns ask for"},
    {"a rule whose offer is another donor's",
     {BOTH,
      OFFERS("", "O1,DE,9,EUR,*\nO2,FR,9,EUR,*\n"),
      {"rules.csv", "id,kind,donor,offer,value\nR1,limit,DE,O2,4\n"}},
     DIAG_MATCHES_NOTHING,
     "rules.csv",
     2,
     "id",
     "rule 'R1' does nothing: no offer has all that its columns donor and offer ask for"},
    {"a rule whose offers are not for its needs",
     {BOTH,
      OFFERS("", "O1,DE,9,EUR,HW\nO2,FR,9,EUR,SW\n"),
      {"rules.csv", "id,kind,donor,need,value\nR1,limit,DE,N2,4\n"}},
     DIAG_MATCHES_NOTHING,
     "rules.csv",
     2,
     "id",
     "rule 'R1' does nothing: no offer that it selects may serve a need that it selects"},
};

#define SETTINGS                                                                                   \
    {                                                                                              \
        "settings.csv", "key,value\nstart,2026-07-01\nend,2026-09-30\n"                            \
    }

static const WrongRound PAST[] = {
    {"an offer that ends the day before the round starts",
     {BOTH, OFFERS(",valid_to", "O1,DE,9,EUR,*,2026-07-01\nO2,DE,9,EUR,SW,2026-06-30\n"), SETTINGS},
     DIAG_OFFER_PAST,
     "offers.csv",
     3,
     "valid_to",
     "'O2' ends on 2026-06-30, before the round starts on 2026-07-01, and is planned on all the "
     "same; correct valid_to if the donor has prolonged it, else take the row out, or write 0"},
    {"what others are paid out of ends before the round starts",
     {BOTH, OFFERS(",valid_to,parent", "O1,DE,9,EUR,*,2026-06-30,\nO2,DE,9,EUR,SW,,O1\n"),
      SETTINGS},
     DIAG_OFFER_PAST,
     "offers.csv",
     2,
     "valid_to",
     "'O1' ends on 2026-06-30"},
    {"an offer that ends before any need begins",
     {NEEDS(",earliest", "N1,HW,10,EUR,2026-08-01\nN2,HW,5,EUR,2026-09-01\n"),
      OFFERS(",valid_to", "O1,DE,9,EUR,*,\nO2,DE,9,EUR,HW,2026-07-31\n"), SETTINGS},
     DIAG_NO_NEED,
     "offers.csv",
     3,
     "id",
     "no need can use 'O2': for the nearest, 'N1', it is not available in the need's time (offers "
     "row 3, valid_to)"},
};

static void an_offer_that_is_over_when_the_round_starts_is_asked_about(void **state)
{
    (void)state;
    assert_wrong_rounds(PAST, COUNT_OF(PAST));
}

static void what_matches_nothing_is_told_with_what_there_is(void **state)
{
    (void)state;
    assert_wrong_rounds(CASES, COUNT_OF(CASES));
}

/** A label and two tables, or three. */
typedef struct Quiet {
    const char *label;
    CaseFile files[CASE_FILES];
} Quiet;

static const Quiet ON_PURPOSE[] = {
    {"a pledge where pledges are not planned on",
     {BOTH, OFFERS(",status", "O1,DE,9,EUR,*,\nO2,DE,9,EUR,SAT,pledged\n")}},
    {"an offer that ends on the round's first day, and one of nothing that ended before",
     {NEEDS("", "N1,HW,10,EUR\nN2,SW,5,EUR\n"),
      OFFERS(",valid_to", "O1,DE,9,EUR,*,2026-07-01\nO2,DE,0,EUR,SW,2026-06-30\n"), SETTINGS}},
    {"an offer that ended before a round without a first day",
     {NEEDS("", "N1,HW,10,EUR\nN2,SW,5,EUR\n"), OFFERS(",valid_to", "O1,DE,9,EUR,*,2020-07-01\n")}},
    {"what others are paid out of",
     {BOTH, OFFERS(",parent", "O1,DE,9,EUR,FUND,\nO2,DE,9,EUR,HW;SW,O1\n")}},
    {"an offer of nothing", {BOTH, OFFERS("", "O1,DE,9,EUR,*\nO2,DE,0,EUR,SAT\n")}},
    {"a need that is not ready, and its offer",
     {NEEDS(",ready", "N1,HW,10,EUR,\nN2,SAT,5,EUR,no\n"),
      OFFERS("", "O1,DE,9,EUR,HW\nO2,DE,9,EUR,SAT\n")}},
    {"a need that is covered elsewhere, and its offer",
     {NEEDS(",covered", "N1,HW,10,EUR,\nN2,SAT,5,EUR,5\n"),
      OFFERS("", "O1,DE,9,EUR,HW\nO2,DE,9,EUR,SAT\n")}},
    {"an offer that a rule keeps back",
     {BOTH,
      OFFERS("", "O1,DE,9,EUR,*\nO2,FR,9,EUR,HW\n"),
      {"rules.csv", "id,kind,donor\nR1,forbid,FR\n"}}},
    {"a listed pair overrides the category",
     {BOTH,
      OFFERS("", "O1,DE,9,EUR,*\nO2,FR,9,EUR,OTHER\n"),
      {"pairs.csv", "need,offer,eligible\nN1,O2,yes\n"}}},
    {"a word of several that no need asks for now",
     {BOTH, OFFERS("", "O1,DE,9,EUR,*\nO2,FR,9,EUR,HW;SAT\n")}},
    {"a rule that forbids what is barred already",
     {BOTH,
      OFFERS("", "O1,DE,9,EUR,HW\nO2,FR,9,EUR,SW\n"),
      {"rules.csv", "id,kind,donor,need\nR1,forbid,DE,N2\n"}}},
};

static void nothing_is_said_of_what_is_so_on_purpose(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(ON_PURPOSE); i++) {
        Pipeline *run = case_formulate(ON_PURPOSE[i].files);
        size_t count;
        const Finding *findings = diag_findings(run->diag, &count);
        for (size_t f = 0; f < count; f++)
            if (findings[f].severity != DIAG_NOTE)
                fail_msg("case \"%s\": %s", ON_PURPOSE[i].label,
                         diag_format(&findings[f], run->arena));
        pipeline_free(run);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_matches_nothing_is_told_with_what_there_is),
        cmocka_unit_test(an_offer_that_is_over_when_the_round_starts_is_asked_about),
        cmocka_unit_test(nothing_is_said_of_what_is_so_on_purpose),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
