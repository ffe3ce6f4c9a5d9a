/* Rounds of all or nothing in which something is agreed, kept back or asked for at least: they ended
 * without a plan (E041), or after minutes, because the search had no plan to begin from.
 */
#include <stdio.h>
#include <string.h>

#include "tests/support/round_case.h"
#include "tests/support/test_support.h"

enum { NEEDS = 60, OFFERS = 20, TEXT_MOST = 4000 };

static const char SETTINGS[] = "key,value\nfairness,none\nstages,none\n";

/** Needs of 17 to 57 euros, met in full or not at all, by two donors at most; N3 and N4 together, N5 after
 *  N7. In all EUR 2,176. */
static void write_needs(char *text)
{
    size_t end = (size_t)snprintf(text, TEXT_MOST,
                                  "id,category,quantity,bundle,requires,indivisible,max_donors\n");
    for (int i = 0; i < NEEDS; i++)
        end += (size_t)snprintf(text + end, TEXT_MOST - end, "N%d,HW,%d,%s,%s,yes,2\n", i,
                                17 + 7 * i % 41, i == 3 || i == 4 ? "B" : "", i == 5 ? "N7" : "");
    assert_true(end < TEXT_MOST);
}

/** Offers of 50 to 69 euros, in lines of 9 at least. In all EUR 1,190. */
static void write_offers(char *text)
{
    size_t end = (size_t)snprintf(text, TEXT_MOST, "id,donor,quantity,min_ticket\n");
    for (int i = 0; i < OFFERS; i++)
        end += (size_t)snprintf(text + end, TEXT_MOST - end, "O%d,D%d,%d,9\n", i, i, 50 + i);
    assert_true(end < TEXT_MOST);
}

typedef struct Demand {
    const char *label;
    const char *file, *text;
    double unmet; /* 2,176 less all that may be given */
} Demand;

static const Demand DEMANDS[] = {
    {"agreed", "commitments.csv", "need,offer,kind,quantity\nN0,O0,fixed,17\n", 986},
    {"agreed in part", "commitments.csv", "need,offer,kind,quantity\nN1,O1,at_least,12\n", 986},
    {"agreed, of a bundle", "commitments.csv", "need,offer,kind,quantity\nN3,O0,at_least,10\n",
     986},
    {"agreed, after another", "commitments.csv", "need,offer,kind,quantity\nN5,O1,fixed,11\n", 986},
    {"kept back", "rules.csv", "id,kind,offer,value\nR,reserve,O3,20\n", 1006},
    {"at least of an offer", "rules.csv", "id,kind,offer,value\nR,floor,O3,20\n", 986},
    {"at least to needs", "rules.csv", "id,kind,need,value\nR,floor,N59;N58,20\n", 986},
};

static void what_is_demanded_leaves_a_plan_to_be_found(void **state)
{
    char needs[TEXT_MOST], offers[TEXT_MOST];
    (void)state;
    write_needs(needs);
    write_offers(offers);
    for (size_t k = 0; k < COUNT_OF(DEMANDS); k++) {
        const Demand *demand = &DEMANDS[k];
        const CaseFile files[CASE_FILES] = {{"needs.csv", needs},
                                            {"offers.csv", offers},
                                            {"settings.csv", SETTINGS},
                                            {demand->file, demand->text}};
        Pipeline *run = case_run(files);
        assert_case_int(demand->label, run->status, STATUS_OK);
        assert_string_equal(run->plan.stages[0].label, "tier 1");
        /* nobody can give more than all of it; a hundredth is left for a search that stops early */
        assert_true(run->plan.stages[0].value >= demand->unmet - 1e-6);
        assert_true(run->plan.stages[0].value <= demand->unmet * 1.01);
        pipeline_free(run);
    }
}

/* A floor over everything that is as high as the largest need: only N6, of 59 euros of one donor, is of
 * use, and it waits for N7 through N8. 20 + 11 + 59 = 90. */
static void prerequisites_of_a_floor_are_served_first(void **state)
{
    const CaseFile files[CASE_FILES] = {
        {"needs.csv", "id,category,quantity,requires,indivisible,max_donors\n"
                      "N6,HW,59,N7,yes,1\nN7,TRN,11,N8,yes,1\nN8,TRN,20,,yes,1\n"},
        {"offers.csv", "id,donor,quantity,category,min_ticket\nO1,D1,60,HW,9\nO2,D2,40,TRN,9\n"},
        {"settings.csv", SETTINGS},
        {"rules.csv", "id,kind,category,value\nR,floor,HW,1\n"}};
    (void)state;
    Pipeline *run = case_plan(files);
    assert_line("the need", run, "N6", "O1", 5900);
    assert_line("before it", run, "N7", "O2", 1100);
    assert_line("before that", run, "N8", "O2", 2000);
    pipeline_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_demanded_leaves_a_plan_to_be_found),
        cmocka_unit_test(prerequisites_of_a_floor_are_served_first),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
