/* Which rounds are networks of money, and what is said of those that are not. */
#include "io/misfit_words.h"
#include "tests/support/case_tables.h"

#include <stdio.h>
#include <string.h>

#include "allot/class_network.h"

typedef struct FitCase {
    const char *label;
    CaseFile files[CASE_FILES];
    const char *why; /* NULL: fits */
} FitCase;

#define N "id,category,quantity"
#define ONE_NEED NEEDS_TABLE(N "\nN1,HW,5\n")
#define ONE_OFFER OFFERS_TABLE("id,donor,quantity\nO1,D1,5\n")

static const FitCase FITS[] = {
    {"money", {ONE_NEED, ONE_OFFER}, NULL},
    {"a need of unknown amount in another unit",
     {NEEDS_TABLE(N ",unit\nN1,HW,5,EUR\nN2,HW,unknown,seat\n"), ONE_OFFER},
     NULL},
    {"a thing", {NEEDS_TABLE(N ",unit\nN1,HW,5,seat\n"), ONE_OFFER}, "needs N1: unit seat"},
    {"another currency",
     {NEEDS_TABLE(N ",unit\nN1,HW,5,USD\n"), ONE_OFFER, RATES},
     "needs N1: unit USD"},
    {"a step", {NEEDS_TABLE(N ",step\nN1,HW,5,0.05\n"), ONE_OFFER}, "needs N1: step"},
    {"an offer in another currency",
     {ONE_NEED, OFFERS_TABLE("id,donor,quantity,unit\nO1,D1,5,USD\n"), RATES},
     "offers O1: unit USD"},
    {"which is for another category",
     {ONE_NEED, OFFERS_TABLE("id,donor,quantity,unit,category\nO1,D1,5,USD,TR\n"), RATES},
     NULL},
    {"or only pledged",
     {ONE_NEED, OFFERS_TABLE("id,donor,quantity,unit,status\nO1,D1,5,USD,pledged\n"), RATES},
     NULL},
    {"or a thing",
     {ONE_NEED, OFFERS_TABLE("id,donor,quantity,unit\nO1,D1,5,seat\nO2,D1,5,EUR\n")},
     NULL},
    {"a parent in another currency",
     {ONE_NEED, OFFERS_TABLE("id,donor,quantity,unit,parent\nO1,D1,5,USD,\nO2,D1,5,EUR,O1\n"),
      RATES},
     "offers O1: unit USD"},
    {"overhead of a parent",
     {ONE_NEED,
      OFFERS_TABLE(
          "id,donor,quantity,parent,overhead,category\nO1,D1,5,,0.1,TR\nO2,D1,5,O1,,HW\n")},
     "offers O1: overhead"},
    {"a parent",
     {ONE_NEED, OFFERS_TABLE("id,donor,quantity,parent\nO1,D1,5,\nO2,D1,5,O1\n")},
     NULL},
    {"a share of one need",
     {ONE_NEED, OFFERS_TABLE("id,donor,quantity,max_share\nO1,D1,5,0.5\n")},
     "offers O1: max_share"},
    {"a donor's share",
     {ONE_NEED, ONE_OFFER, {"donors.csv", "id,max_share\nD1,0.5\n"}},
     "donors D1: max_share"},
    {"a donor's whole share", {ONE_NEED, ONE_OFFER, {"donors.csv", "id,max_share\nD1,1\n"}}, NULL},
    {"a budget", {ONE_NEED, ONE_OFFER, {"donors.csv", "id,budget,currency\nD1,5,EUR\n"}}, NULL},
    {"a budget in another currency",
     {ONE_NEED, ONE_OFFER, RATES, {"donors.csv", "id,budget,currency\nD1,5,USD\n"}},
     "donors D1: budget in USD"},
    {"of a donor who gives nothing",
     {ONE_NEED, ONE_OFFER, RATES, {"donors.csv", "id,budget,currency\nD1,,\nD2,5,USD\n"}},
     NULL},
    {"a civil part, and nobody civil only",
     {NEEDS_TABLE(N ",civil_share\nN1,HW,5,0.5\n"), ONE_OFFER},
     NULL},
    {"a civil part",
     {NEEDS_TABLE(N ",civil_share\nN1,HW,5,0.5\n"),
      OFFERS_TABLE("id,donor,quantity,civil_only\nO1,D1,5,yes\n")},
     "offers O1: civil_only, with a civil_share below 1"},
    {"civil only, and all is civil",
     {ONE_NEED, OFFERS_TABLE("id,donor,quantity,civil_only\nO1,D1,5,yes\n")},
     NULL},
    {"a forbid", {ONE_NEED, ONE_OFFER, {"rules.csv", "id,kind,need\nR1,forbid,N1\n"}}, NULL},
    {"a limit",
     {ONE_NEED, ONE_OFFER, {"rules.csv", "id,kind,value\nR1,limit,3\n"}},
     "rules R1: not of kind forbid"},
    {"a commitment that forbids",
     {ONE_NEED, ONE_OFFER, {"commitments.csv", "need,offer,kind\nN1,O1,forbidden\n"}},
     NULL},
    {"another commitment",
     {ONE_NEED, ONE_OFFER, {"commitments.csv", "need,offer,kind,quantity\nN1,O1,at_most,3\n"}},
     "commitments N1, O1: not of kind forbidden"},
    {"a pair that is eligible",
     {ONE_NEED, ONE_OFFER, {"pairs.csv", "need,offer,eligible\nN1,O1,yes\n"}},
     NULL},
    {"a pair with a most",
     {ONE_NEED, ONE_OFFER, {"pairs.csv", "need,offer,max\nN1,O1,3\n"}},
     "pairs N1, O1: use, cost or max"},
    {"another category, but a pair may say otherwise",
     {ONE_NEED,
      OFFERS_TABLE("id,donor,quantity,unit,category\nO1,D1,5,USD,TR\n"),
      RATES,
      {"pairs.csv", "need,offer,eligible\nN1,O1,yes\n"}},
     "offers O1: unit USD"},
    {"shares are measured",
     {ONE_NEED, ONE_OFFER, SETTINGS("measure,share\n")},
     "settings measure: not value"},
    {"evened out by quantity",
     {ONE_NEED, ONE_OFFER, SETTINGS("fairness,need\nfairness_by,quantity\n")},
     "settings fairness_by: quantity"},
    {"a limit across regions",
     {NEEDS_TABLE(N ",beneficiary,region\nN1,HW,5,B1,R1\n"),
      ONE_OFFER,
      {"beneficiaries.csv", "id,max_value\nB1,3\n"},
      SETTINGS("fairness,region\n")},
     "beneficiaries B1: max_value across the groups of fairness"},
    {"a limit across needs",
     {NEEDS_TABLE(N ",beneficiary\nN1,HW,5,B1\nN2,HW,5,B2\nN3,HW,5,B1\n"),
      ONE_OFFER,
      {"beneficiaries.csv", "id,max_value\nB1,3\nB2,\n"},
      SETTINGS("fairness,need\n")},
     "beneficiaries B1: max_value across the groups of fairness"},
    {"a limit on a need of each tier",
     {NEEDS_TABLE(N ",beneficiary,priority\nN1,HW,5,B1,1\nN2,HW,5,B2,1\nN3,HW,5,B1,2\n"),
      ONE_OFFER,
      {"beneficiaries.csv", "id,max_value\nB1,3\nB2,\n"},
      SETTINGS("fairness,need\n")},
     NULL},
    {"a limit on needs of which one is covered",
     {NEEDS_TABLE(N ",beneficiary,covered\nN1,HW,5,B1,\nN2,HW,5,B1,5\n"),
      ONE_OFFER,
      {"beneficiaries.csv", "id,max_value\nB1,3\n"},
      SETTINGS("fairness,need\n")},
     NULL},
    {"a limit, and fairness among beneficiaries",
     {NEEDS_TABLE(N ",beneficiary\nN1,HW,5,B1\n"),
      ONE_OFFER,
      {"beneficiaries.csv", "id,max_value\nB1,3\n"}},
     NULL},
    {"a fine weight on a large amount",
     {NEEDS_TABLE(N ",weight\nN1,HW,2000000000,0.0000000001\nN2,HW,5000000,1000\n"), ONE_OFFER},
     "needs N2: weight too large or too fine"},
    {"a fine cost",
     {NEEDS_TABLE(N "\nN1,HW,2000000000\n"),
      OFFERS_TABLE("id,donor,quantity,cost\nO1,D1,5,0.000000001\nO2,D1,5,1000\n")},
     "offers: costs too large for the amounts wanted"},
};

static void fits_exactly_where_the_reduction_is_exact(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(FITS); i++) {
        Pipeline *run = case_formulate(FITS[i].files);
        const char *why = "";
        if (run->status != STATUS_OK)
            pipeline_print(run);
        assert_case_int(FITS[i].label, run->status, STATUS_OK);
        bool fits = class_network_fits(&run->round, &why, run->arena);
        assert_case_text(FITS[i].label, why != NULL ? why : "fits",
                         FITS[i].why != NULL ? FITS[i].why : "fits");
        assert_case(FITS[i].label, fits == (FITS[i].why == NULL));
        if (why != NULL) { /* and in words that catalogs have */
            assert_case(FITS[i].label, misfit_phrase(why) != NULL);
            assert_case_text(FITS[i].label, misfit_spoken(run->arena, why), why);
        }
        pipeline_free(run);
    }
}

/** No cell is above 1e15 cents, so that it takes thousands of rows to reach a quarter of int64_t. */
static void amounts_that_do_not_add_up_do_not_fit(void **state)
{
    enum { NEEDS_AT_THE_EDGE = 2306, ROW = 32 }; /* 2306 * 1e15 > 2^61 - 1 >= 2305 * 1e15 */
    static char text[(NEEDS_AT_THE_EDGE + 1) * ROW];
    const CaseFile files[CASE_FILES] = {
        {"needs.csv", text}, ONE_OFFER, SETTINGS("fairness,none\n")};
    (void)state;
    for (int count = NEEDS_AT_THE_EDGE - 1; count <= NEEDS_AT_THE_EDGE; count++) {
        size_t at = (size_t)snprintf(text, sizeof text, "%s", "id,category,quantity\n");
        for (int n = 0; n < count; n++)
            at += (size_t)snprintf(text + at, sizeof text - at, "N%04d,HW,10000000000000\n", n);
        Pipeline *run = case_formulate(files);
        const char *why = NULL;
        assert_int_equal(run->status, STATUS_OK);
        class_network_fits(&run->round, &why, run->arena);
        if (count == NEEDS_AT_THE_EDGE)
            assert_string_equal(why, "needs N2305: amounts too large to add up");
        else
            assert_true(why == NULL || strstr(why, "add up") == NULL);
        pipeline_free(run);
    }
}

/** Ids may look like the words between them. */
static void a_phrase_is_known_by_its_words(void **state)
{
    static const struct {
        const char *text, *phrase;
    } KNOWN[] = {
        {"needs A-10: unit link", "needs %s: unit %s"},
        {"needs A: step: indivisible", "needs %s: indivisible"},
        {"pairs N, 1, O: use, cost or max", "pairs %s, %s: use, cost or max"},
        {"donors D: budget in USD", "donors %s: budget in %s"},
        {"an urgent need", "an urgent need"},
        {"needs A: units", NULL},
        {"an urgent needs", NULL},
        {"", NULL},
    };
    Arena *arena = arena_new();
    (void)state;
    for (size_t i = 0; i < COUNT_OF(KNOWN); i++) {
        const char *phrase = misfit_phrase(KNOWN[i].text);
        assert_case_text(KNOWN[i].text, phrase == NULL ? "none" : phrase,
                         KNOWN[i].phrase == NULL ? "none" : KNOWN[i].phrase);
        assert_string_equal(misfit_spoken(arena, KNOWN[i].text), KNOWN[i].text);
    }
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fits_exactly_where_the_reduction_is_exact),
        cmocka_unit_test(amounts_that_do_not_add_up_do_not_fit),
        cmocka_unit_test(a_phrase_is_known_by_its_words),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
