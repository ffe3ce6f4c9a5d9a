/* What lies between a share and a bound of it in whole steps, worked out by hand. */
#include <string.h>

#include "tests/support/case_tables.h"

typedef struct ShareCase {
    const char *label;
    CaseFile files[CASE_FILES];
    double share, decided, open; /* bounds that prove the share the largest, and that do not */
} ShareCase;

#define BY_NEED SETTINGS("fairness,need\n")
#define MONEY OFFERS("", "O1,DE,1000,EUR\n")

static const ShareCase CASES[] = {
    {"of sevenths and tenths 3/7 is next to 0.4",
     {BY_NEED, NEEDS(",unit_cost", "N1,HW,7,seat,10\nN2,HW,10,seat,10\n"), MONEY},
     0.4,
     0.4285714,
     0.4285715},
    {"next to 3/7 is 0.5",
     {BY_NEED, NEEDS(",unit_cost", "N1,HW,7,seat,10\nN2,HW,10,seat,10\n"), MONEY},
     3.0 / 7,
     0.4999999,
     0.5},
    {"above 1 there is none",
     {BY_NEED, NEEDS(",unit_cost", "N1,HW,7,seat,10\nN2,HW,10,seat,10\n"), MONEY},
     1,
     2,
     2.1},
    {"a group of 60 and 90, all or nothing each, moves by fifths",
     {SETTINGS("fairness,beneficiary\n"),
      {"needs.csv", "id,beneficiary,category,quantity,unit,indivisible\n"
                    "N1,B1,HW,60,EUR,yes\nN2,B1,HW,90,EUR,yes\n"},
      MONEY},
     0.4,
     0.5999999,
     0.6},
    {"and of what is covered already what is wanted counts: 60 of 120, all or nothing",
     {BY_NEED, NEEDS(",indivisible,covered", "N1,HW,120,EUR,yes,60\n"), MONEY},
     0.5,
     0.9999999,
     1},
    {"ten seats at 10 and four at 25 are two hundred, in steps of 5: fortieths",
     {SETTINGS("fairness,beneficiary\n"),
      {"needs.csv", "id,beneficiary,category,quantity,unit,unit_cost\n"
                    "N1,B1,HW,10,seat,10\nN2,B1,HW,4,seat,25\n"},
      MONEY},
     0.5,
     0.5249999,
     0.525},
    {"of needs without money value the mean: thirds and halves of two, twelfths",
     {SETTINGS("fairness,beneficiary\n"),
      {"needs.csv", "id,beneficiary,category,quantity,unit\nN1,B1,HW,3,seat\nN2,B1,HW,2,seat\n"},
      OFFERS("", "O1,DE,9,seat\n")},
     0.5,
     0.5833333,
     0.5833334},
    {"a cent of ten euros is a thousandth",
     {BY_NEED, NEEDS("", "N1,HW,10,EUR\n"), MONEY},
     0.5,
     0.5009999,
     0.501},
    {"a seat of 300 million is told, beside a tenth of one",
     {BY_NEED, NEEDS(",unit_cost", "N1,HW,300000000,seat,1\n"), MONEY},
     1e-4,
     1e-4 + 2e-9,
     1e-4 + 3.4e-9},
    {"of alternatives nothing is known",
     {BY_NEED, NEEDS(",alternative", "N1,HW,10,EUR,A\nN2,HW,20,EUR,A\n"), MONEY},
     0.5,
     0.5,
     0.5 + 1e-8},
};

static const Stage *fairness_of(const Pipeline *run)
{
    for (size_t s = 0; s < run->form.stage_count; s++)
        if (run->form.stages[s].kind == STAGE_FAIRNESS)
            return &run->form.stages[s];
    fail_msg("there is no fairness");
    return NULL;
}

static void what_no_share_lies_below_is_decided(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        const ShareCase *c = &CASES[i];
        Pipeline *run = case_formulate(c->files);
        assert_case_int(c->label, run->status, STATUS_OK);
        const Stage *stage = fairness_of(run);
        assert_case_int(c->label,
                        formulation_decides_share(&run->form, stage, c->share, c->decided), true);
        bool none = c->share >= 1;
        assert_case_int(c->label, formulation_decides_share(&run->form, stage, c->share, c->open),
                        none);
        pipeline_free(run);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_no_share_lies_below_is_decided),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
