/* round_check(): everything that is wrong with a round beyond one cell is found in one pass, with its
 * row, and says what would be right.
 */
#include "tests/support/round_case.h"

#define NEEDS(heading, ...)                                                                        \
    {                                                                                              \
        "needs.csv", "id,category,quantity,unit" heading "\n" __VA_ARGS__                          \
    }
#define OFFERS(heading, ...)                                                                       \
    {                                                                                              \
        "offers.csv", "id,donor,quantity,unit" heading "\n" __VA_ARGS__                            \
    }
#define SETTING(key, value)                                                                        \
    {                                                                                              \
        "settings.csv", "key,value\n" key "," value "\n"                                           \
    }

/* ---- ids and names -------------------------------------------------------------------------- */

static const WrongRound NAMES[] = {
    {"a need twice",
     {NEEDS("", "N1,HW,1,EUR\nN2,HW,1,EUR\nN1,HW,2,EUR\n")},
     DIAG_ID_TWICE,
     "needs.csv",
     4,
     "id",
     "stands in line 2 already"},
    {"an offer twice",
     {OFFERS("", "O1,DE,1,EUR\nO1,DE,1,EUR\n")},
     DIAG_ID_TWICE,
     "offers.csv",
     3,
     "id",
     "stands in line 2 already"},
    {"a donor twice",
     {{"donors.csv", "id\nDE\nFR\nDE\n"}},
     DIAG_ID_TWICE,
     "donors.csv",
     4,
     "id",
     "stands in line 2 already"},
    {"a rate twice",
     {{"rates.csv", "currency,rate\nUSD,0.9\nUSD,0.8\n"}},
     DIAG_ID_TWICE,
     "rates.csv",
     3,
     "currency",
     "stands in line 2 already"},
    {"a beneficiary misspelt",
     {NEEDS(",beneficiary", "N1,HW,100,EUR,MINSTRY\n"), {"beneficiaries.csv", "id\nMINISTRY\n"}},
     DIAG_ID_UNKNOWN,
     "needs.csv",
     2,
     "beneficiary",
     "did you mean 'MINISTRY'?"},
    {"a donor misspelt",
     {OFFERS("", "O1,GERMANI,1,EUR\n"), {"donors.csv", "id\nGERMANY\n"}},
     DIAG_ID_UNKNOWN,
     "offers.csv",
     2,
     "donor",
     "did you mean 'GERMANY'?"},
    {"a parent misspelt",
     {OFFERS(",parent", "FUND-1,DE,100,EUR,\nO2,DE,50,EUR,FUND1\n")},
     DIAG_ID_UNKNOWN,
     "offers.csv",
     3,
     "parent",
     "did you mean 'FUND-1'?"},
    {"a committed need that is not known",
     {{"commitments.csv", "need,offer,kind,quantity\nX77777,O1,fixed,1\n"}},
     DIAG_ID_UNKNOWN,
     "commitments.csv",
     2,
     "need",
     "need 'X77777' is not known"},
    {"a pair's offer misspelt",
     {{"pairs.csv", "need,offer,cost\nN1,O3,1\n"}},
     DIAG_ID_UNKNOWN,
     "pairs.csv",
     2,
     "offer",
     "did you mean 'O1'?"},
    {"a pair's offer with a Cyrillic letter",
     {{"pairs.csv", "need,offer,cost\nN1,\u041E1,1\n"}},
     DIAG_ID_UNKNOWN,
     "pairs.csv",
     2,
     "offer",
     "it is written with Cyrillic letters; 'O1' in Latin letters is"},
    {"a donor with a Cyrillic letter where the table is Latin",
     {OFFERS("", "O1,\u041C\u043ED,1,EUR\n"), {"donors.csv", "id\nMoD\n"}},
     DIAG_ID_UNKNOWN,
     "offers.csv",
     2,
     "donor",
     "'MoD' in Latin letters is"},
    {"a rule's need misspelt",
     {{"rules.csv", "id,kind,need,value\nR1,limit,N3,1\n"}},
     DIAG_ID_UNKNOWN,
     "rules.csv",
     2,
     "need",
     "did you mean 'N1'?"},
    {"a rule's category misspelt",
     {NEEDS("", "N1,HARDWARE,100,EUR\n"),
      {"rules.csv", "id,kind,category,value\nR1,limit,HARDWERE,1\n"}},
     DIAG_ID_UNKNOWN,
     "rules.csv",
     2,
     "category",
     "did you mean 'HARDWARE'?"},
};

static void names_that_are_not_there_are_named_with_the_nearest(void **state)
{
    (void)state;
    assert_wrong_rounds(NAMES, COUNT_OF(NAMES));
}

/* ---- money ---------------------------------------------------------------------------------- */

static const WrongRound FIGURES[] = {
    {"a need in a currency without a rate",
     {NEEDS("", "N1,HW,100,USD\n")},
     DIAG_RATE_MISSING,
     "needs.csv",
     2,
     "unit",
     "EUR for one USD"},
    {"an offer in a currency without a rate",
     {OFFERS("", "O1,DE,100,UAH\n")},
     DIAG_RATE_MISSING,
     "offers.csv",
     2,
     "unit",
     "there is no rate for UAH"},
    {"a unit cost in a currency without a rate",
     {NEEDS(",unit_cost,currency", "N1,HW,5,seat,10,JPY\n")},
     DIAG_RATE_MISSING,
     "needs.csv",
     2,
     "currency",
     "there is no rate for JPY"},
    {"a budget in a currency without a rate",
     {{"donors.csv", "id,budget,currency\nDE,10,PLN\n"}},
     DIAG_RATE_MISSING,
     "donors.csv",
     2,
     "currency",
     "there is no rate for PLN"},
    {"a rule's value in a currency without a rate",
     {{"rules.csv", "id,kind,value,currency\nR1,limit,10,PLN\n"}},
     DIAG_RATE_MISSING,
     "rules.csv",
     2,
     "currency",
     "there is no rate for PLN"},
    {"a rate of the reporting currency",
     {{"rates.csv", "currency,rate\nEUR,2\n"}},
     DIAG_CONTRADICTION,
     "rates.csv",
     2,
     "rate",
     "its rate can only be 1"},
    {"a remainder that is no multiple of the step",
     {NEEDS(",step,covered", "N1,HW,100,EUR,30,5\n")},
     DIAG_NUMBER_FINE,
     "needs.csv",
     2,
     "quantity",
     "120.00"},
    {"half a seat",
     {NEEDS("", "N1,HW,2.5,seat\n")},
     DIAG_NUMBER_FINE,
     "needs.csv",
     2,
     "quantity",
     " 3"},
    {"a value beyond exact arithmetic",
     {NEEDS(",unit_cost", "N1,HW,9000000000000,seat,1000000\n")},
     DIAG_TOO_LARGE,
     "needs.csv",
     2,
     "unit_cost",
     "too large"},
    {"units that measure = quantity cannot add up",
     {SETTING("measure", "quantity")},
     DIAG_UNITS,
     "needs.csv",
     3,
     "unit",
     "'seat' and 'EUR' (line 2)"},
    {"a weight of 0 that fairness by quantity divides by",
     {NEEDS(",weight", "N1,HW,5,seat,0\n"),
      {"settings.csv", "key,value\nfairness,need\nfairness_by,quantity\n"}},
     DIAG_NUMBER_RANGE,
     "needs.csv",
     2,
     "weight",
     "above 0"},
    {"a need's window that ends first",
     {NEEDS(",earliest,deadline", "N1,HW,1,EUR,2026-03-02,2026-03-01\n")},
     DIAG_WINDOW_EMPTY,
     "needs.csv",
     2,
     "deadline",
     "before the earliest day"},
    {"an offer's window that ends first",
     {OFFERS(",valid_from,valid_to", "O1,DE,1,EUR,2026-03-02,2026-03-01\n")},
     DIAG_WINDOW_EMPTY,
     "offers.csv",
     2,
     "valid_to",
     "before valid_from"},
};

static void figures_that_cannot_be_are_refused_with_their_row(void **state)
{
    (void)state;
    assert_wrong_rounds(FIGURES, COUNT_OF(FIGURES));
}

/* ---- parents -------------------------------------------------------------------------------- */

static const WrongRound CHAINS[] = {
    {"three in a circle",
     {OFFERS(",parent", "O1,DE,1,EUR,O2\nO2,DE,1,EUR,O3\nO3,DE,1,EUR,O1\n")},
     DIAG_CYCLE,
     "offers.csv",
     2,
     "parent",
     "in a circle: O1 (line 2), O2 (line 3), O3 (line 4), O1; "},
    {"its own parent",
     {OFFERS(",parent", "O1,DE,1,EUR,\nO2,DE,1,EUR,O2\n")},
     DIAG_CYCLE,
     "offers.csv",
     3,
     "parent",
     "in a circle: O2 (line 3), O2; "},
    {"a chain that leads into a circle",
     {OFFERS(",parent", "O1,DE,1,EUR,O2\nO2,DE,1,EUR,O3\nO3,DE,1,EUR,O2\n")},
     DIAG_CYCLE,
     "offers.csv",
     3,
     "parent",
     "in a circle: O2 (line 3), O3 (line 4), O2; "},
    {"seats out of money",
     {OFFERS(",parent", "O1,DE,100,EUR,\nO2,DE,5,seat,O1\n")},
     DIAG_UNITS,
     "offers.csv",
     3,
     "parent",
     "'O2' (seat) cannot be paid out of 'O1' (EUR)"},
};

static void chains_of_parents_end_at_a_root_of_their_kind(void **state)
{
    (void)state;
    assert_wrong_rounds(CHAINS, COUNT_OF(CHAINS));
}

/* ---- commitments and pairs ------------------------------------------------------------------ */

#define COMMITMENTS(rows)                                                                          \
    {                                                                                              \
        "commitments.csv", "need,offer,kind,quantity\n" rows                                       \
    }
#define PAIRS(heading, rows)                                                                       \
    {                                                                                              \
        "pairs.csv", "need,offer" heading "\n" rows                                                \
    }

static const WrongRound LINKS[] = {
    {"a commitment to no amount",
     {COMMITMENTS("N1,O1,fixed,\n")},
     DIAG_CELL_EMPTY,
     "commitments.csv",
     2,
     "quantity",
     "needs a quantity"},
    {"a commitment of half a seat",
     {COMMITMENTS("N2,O2,at_least,1.5\n")},
     DIAG_NUMBER_FINE,
     "commitments.csv",
     2,
     "quantity",
     "not in whole steps of need 'N2'"},
    {"a commitment to more than is asked",
     {COMMITMENTS("N1,O1,fixed,100.01\n")},
     DIAG_CONTRADICTION,
     "commitments.csv",
     2,
     "quantity",
     "need 'N1' (line 2) still asks for"},
    {"two fixed amounts",
     {COMMITMENTS("N1,O1,fixed,3\nN1,O1,fixed,4\n")},
     DIAG_CONTRADICTION,
     "commitments.csv",
     3,
     "kind",
     "contradicts line 2"},
    {"at least more than at most",
     {COMMITMENTS("N1,O1,at_most,3\nN1,O1,at_least,4\n")},
     DIAG_CONTRADICTION,
     "commitments.csv",
     2,
     "kind",
     "contradicts line 3"},
    {"fixed below at least",
     {COMMITMENTS("N1,O1,fixed,3\nN1,O1,at_least,4\n")},
     DIAG_CONTRADICTION,
     "commitments.csv",
     3,
     "kind",
     "contradicts line 2"},
    {"fixed and forbidden",
     {COMMITMENTS("N1,O1,forbidden,\nN1,O1,fixed,4\n")},
     DIAG_CONTRADICTION,
     "commitments.csv",
     2,
     "kind",
     "contradicts line 3"},
    {"a commitment on a barred pair",
     {OFFERS(",only_needs", "O1,DE,100,EUR,N2\n"), COMMITMENTS("N1,O1,fixed,4\n")},
     DIAG_COMMITMENT_BARRED,
     "commitments.csv",
     2,
     "need",
     "it is earmarked for others (offers line 2, only_needs)"},
    {"a commitment above the offer's share of a need",
     {OFFERS(",max_share", "O1,DE,100,EUR,0.25\n"), COMMITMENTS("N1,O1,fixed,26\n")},
     DIAG_CONTRADICTION,
     "commitments.csv",
     2,
     "quantity",
     "contradicts offers line 2, by which offer 'O1' gives need 'N1' at most 25.00 EUR"},
    {"a commitment above the pair's most",
     {PAIRS(",max", "N1,O1,10\n"), COMMITMENTS("N1,O1,at_least,11\n")},
     DIAG_CONTRADICTION,
     "commitments.csv",
     2,
     "quantity",
     "contradicts pairs line 2"},
    {"a pair twice",
     {PAIRS(",cost", "N1,O1,1\nN1,O1,2\n")},
     DIAG_ID_TWICE,
     "pairs.csv",
     3,
     "need",
     "stands in line 2 already"},
    {"a pair of units that nothing compares",
     {PAIRS(",cost", "N1,O2,1\n")},
     DIAG_UNITS,
     "pairs.csv",
     2,
     "use",
     "give `use`"},
    {"a most of half a seat",
     {PAIRS(",max", "N2,O2,1.5\n")},
     DIAG_NUMBER_FINE,
     "pairs.csv",
     2,
     "max",
     "not in whole steps of need 'N2'"},
};

static void commitments_and_pairs_that_contradict_name_both_rows(void **state)
{
    (void)state;
    assert_wrong_rounds(LINKS, COUNT_OF(LINKS));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_that_are_not_there_are_named_with_the_nearest),
        cmocka_unit_test(figures_that_cannot_be_are_refused_with_their_row),
        cmocka_unit_test(chains_of_parents_end_at_a_root_of_their_kind),
        cmocka_unit_test(commitments_and_pairs_that_contradict_name_both_rows),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
