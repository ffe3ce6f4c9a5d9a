/* From doubles to whole steps: down, then back what rounding took, by the largest remainders; every
 * rule kept to the cent. The doubles are given by hand, so that what is expected is too.
 */
#include "tests/support/case_tables.h"
#include "tests/support/given_lines.h"

typedef struct ExtractCase {
    const char *label;
    CaseFile files[CASE_FILES];
    GivenLine given[GIVEN_LINES];
    const char *broken; /* id of the rule that no rounding keeps, or NULL */
    int64_t excess;
} ExtractCase;

#define SEATS INT64_C(1000000)

static const ExtractCase CASES[] = {
    {"noise below a cent is no cent",
     {NEEDS("", "N1,HW,50,EUR\n")},
     {{"N1", "O1", 49.9999999999, 5000}},
     NULL,
     0},
    {"a cent that is lost goes to the largest remainder",
     {NEEDS("", "N1,HW,100,EUR\n"), OFFERS("", "O1,DE,50,EUR\nO2,DE,50,EUR\nO3,DE,50,EUR\n")},
     {{"N1", "O1", 33.332, 3333}, {"N1", "O2", 33.336, 3334}, {"N1", "O3", 33.332, 3333}},
     NULL,
     0},
    {"of equal remainders to the first",
     {NEEDS("", "N1,HW,100,EUR\n"), OFFERS("", "O1,DE,50,EUR\nO2,DE,50,EUR\nO3,DE,50,EUR\n")},
     {{"N1", "O1", 100.0 / 3, 3334}, {"N1", "O2", 100.0 / 3, 3333}, {"N1", "O3", 100.0 / 3, 3333}},
     NULL,
     0},
    /* N1 comes first: O1's 50.00 are 40.00 and 10.00, and O2 is not asked for part of a cent */
    {"a lost cent comes from a line that is there before a line of a cent is opened",
     {NEEDS(",priority", "N1,HW,40,EUR,1\nN2,HW,40,EUR,2\n"),
      OFFERS(",only_needs", "O1,DE,50,EUR,\nO2,US,0.02,EUR,N1\n")},
     {{"N1", "O1", 39.99, 4000}, {"N1", "O2", 0.009999, 0}, {"N2", "O1", 10.01, 1000}},
     NULL,
     0},
    {"and opens one where nobody else has it",
     {NEEDS("", "N1,HW,40,EUR\n"), OFFERS("", "O1,DE,39.99,EUR\nO2,US,0.02,EUR\n")},
     {{"N1", "O1", 39.99, 3999}, {"N1", "O2", 0.009999, 1}},
     NULL,
     0},
    /* a krona is 0.088 EUR: 50 EUR are 568.19 SEK, 38 are 431.82 (37.99: 431.71); of Z the 1,000 leave 49.99.
       Its cent is one of A's, A has one more of O2, and L, in the later tier, one less */
    {"a cent goes round by two needs to one of its tier that is met in full",
     {{"rates.csv", "currency,rate\nSEK,0.088\n"},
      NEEDS(",priority", "A,HW,50,EUR,1\nL,HW,100,EUR,2\nZ,HW,50,EUR,1\n"),
      OFFERS(",only_needs", "O1,DE,1000,SEK,A;Z\nO2,US,100,EUR,A;L\n")},
     {{"A", "O1", 38, 3799}, {"Z", "O1", 50, 5000}, {"A", "O2", 12, 1201}, {"L", "O2", 88, 8799}},
     NULL,
     0},
    {"but not where one of the tier would lack it instead",
     {{"rates.csv", "currency,rate\nSEK,0.088\n"},
      NEEDS(",priority", "A,HW,38,EUR,1\nL,HW,100,EUR,2\nZ,HW,50,EUR,1\n"),
      OFFERS(",only_needs", "O1,DE,1000,SEK,A;Z\nO2,US,100,EUR,L\n")},
     {{"A", "O1", 38, 3800}, {"Z", "O1", 50, 4999}, {"L", "O2", 100, 10000}},
     NULL,
     0},
    {"things to the nearest",
     {NEEDS("", "N2,HW,5,seat\n")},
     {{"N2", "O2", 2.9999998, 3 * SEATS}},
     NULL,
     0},
    {"steps of two seats",
     {NEEDS(",step", "N2,HW,4,seat,2\n")},
     {{"N2", "O2", 1.0000001, 2 * SEATS}},
     NULL,
     0},
    {"what rounding to the nearest overfills is taken off the last",
     {NEEDS("", "N2,HW,5,seat\n"), OFFERS("", "O1,DE,9,seat\nO2,DE,9,seat\n")},
     {{"N2", "O1", 2.5, 3 * SEATS}, {"N2", "O2", 2.5, 2 * SEATS}},
     NULL,
     0},
    /* 0.33 * 0.8 = 0.264, up 0.27, and 0.67 * 0.8 = 0.536, up 0.54: 0.81 of 0.80. One cent off the
       second: 0.66 * 0.8 = 0.528, up 0.53 */
    {"lines that round up beyond a parent give way by cents, the last first",
     {{"rates.csv", "currency,rate\nUSD,0.8\n"},
      NEEDS("", "N1,HW,0.33,USD\nN2,HW,0.67,USD\n"),
      OFFERS(",parent", "O1,DE,0.80,EUR,\nO2,DE,9,USD,O1\n")},
     {{"N1", "O2", 0.33, 33}, {"N2", "O2", 0.67, 66}},
     NULL,
     0},
    {"a floor that nothing is open for",
     {NEEDS("", "N1,HW,100,EUR\n"), {"rules.csv", "id,kind,value\nR1,floor,1\n"}},
     {{"N1", "O1", 0, 0}},
     "R1",
     100},
    {"a floor that cents reach",
     {NEEDS("", "N1,HW,100,EUR\n"),
      OFFERS("", "O1,DE,50,EUR\n"),
      {"rules.csv", "id,kind,value\nR1,floor,50\n"}},
     {{"N1", "O1", 49.995, 5000}},
     NULL,
     0},
};

static void assert_extracted(const ExtractCase *c)
{
    int broken;
    int64_t excess;
    Pipeline *run = given_extract(c->label, c->files, c->given, false, &broken, &excess);
    assert_case_text(c->label, broken < 0 ? "" : run->rules.rules[broken].id,
                     c->broken == NULL ? "" : c->broken);
    assert_case_int(c->label, broken < 0 ? 0 : excess, c->excess);
    assert_given(c->label, run, c->given);
    pipeline_free(run);
}

static void doubles_become_whole_steps_that_keep_every_rule(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(CASES); i++)
        assert_extracted(&CASES[i]);
}

static void a_line_below_what_is_agreed_is_raised_to_it(void **state)
{
    static const ExtractCase locked = {
        "agreed",
        {NEEDS("", "N1,HW,100,EUR\n"),
         {"commitments.csv", "need,offer,kind,quantity\nN1,O1,fixed,40.10\n"}},
        {{"N1", "O1", 40.0999999, 4010}},
        NULL,
        0};
    (void)state;
    assert_extracted(&locked);
}

/* ---- a whole run ---------------------------------------------------------------------------- */

static void a_third_of_a_need_each_ties_out_to_the_cent(void **state)
{
    /* 100 EUR of 120 are there; among three alike needs the cents differ by one at most */
    const CaseFile files[] = {NEEDS("", "N1,HW,40,EUR\nN2,HW,40,EUR\nN3,HW,40,EUR\n"),
                              OFFERS("", "O1,DE,100,EUR\n"),
                              {"settings.csv", "key,value\nfairness,need\n"},
                              {NULL, NULL}};
    (void)state;
    Pipeline *run = case_plan(files);
    int64_t sum = 0;
    for (size_t n = 0; n < run->round.need_count; n++) {
        assert_in_range(run->plan.needs[n].assigned, 3333, 3334);
        sum += run->plan.needs[n].assigned;
    }
    assert_int_equal(sum, 10000);
    assert_int_equal(run->plan.offers[0].left, 0);
    pipeline_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(doubles_become_whole_steps_that_keep_every_rule),
        cmocka_unit_test(a_line_below_what_is_agreed_is_raised_to_it),
        cmocka_unit_test(a_third_of_a_need_each_ties_out_to_the_cent),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
