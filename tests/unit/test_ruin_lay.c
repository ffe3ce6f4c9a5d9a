/* A point laid as it is, in whole steps, of rounds worked out by hand. */
#include "solver/ruin_internal.h"
#include "tests/support/round_case.h"

typedef struct LayCase {
    const char *label;
    const char *needs, *offers;
    double lines[3][3]; /* [needs][offers] what the point gives, in cents */
    int64_t given[3];   /* what is laid of it, in cents */
} LayCase;

#define NEEDS(rows) "id,category,quantity,indivisible,max_donors,requires\n" rows
#define OFFERS(rows) "id,donor,category,quantity\n" rows

static const LayCase CASES[] = {
    /* greedily N1, the first, would take 90 of O1, and leave nothing that N2 fits into */
    {"who breaks a rule takes nothing from who does not",
     NEEDS("N1,HW,90,yes,1,\nN2,HW,100,yes,1,\n"),
     OFFERS("O1,D1,HW,100\nO2,D2,HW,90\n"),
     {{3000, 6000}, {10000, 0}},
     {0, 10000}},
    /* 49.996 and 50.006 are 50.00 and 50.01: a cent too much, which N2 cannot do without */
    {"who could do with less gives way to rounding",
     NEEDS("N1,HW,99,,,\nN2,HW,50.01,yes,,\n"),
     OFFERS("O1,D1,HW,100\n"),
     {{4999.6}, {5000.6}},
     {4999, 5001}},
    {"what is required may come later",
     NEEDS("N1,HW,30,,,N2\nN2,HW,40,,,\n"),
     OFFERS("O1,D1,HW,100\n"),
     {{3000}, {4000}},
     {3000, 4000}},
    {"what is required and not there keeps it away",
     NEEDS("N1,HW,30,,,N2\nN2,HW,40,,,\n"),
     OFFERS("O1,D1,HW,100\n"),
     {{3000}, {3999}},
     {0, 3999}},
    {"more than there is, is not laid",
     NEEDS("N1,HW,60,,,\nN2,HW,60,,,\n"),
     OFFERS("O1,D1,HW,100\n"),
     {{6000}, {6000}},
     {6000, 0}},
};

static void lay_case(const LayCase *c)
{
    const CaseFile files[CASE_FILES] = {{"needs.csv", c->needs},
                                        {"offers.csv", c->offers},
                                        {"settings.csv", "key,value\nfairness,none\n"}};
    Pipeline *run = case_formulate(files);
    Ruin *ruin;
    assert_case_int(c->label, run->status, STATUS_OK);
    const Formulation *form = &run->form;
    double *x = ARENA_NEW(run->arena, (size_t)form->lp.column_count, double);
    assert_case_int(c->label, ruin_open(form, NULL, run->arena, &ruin), STATUS_OK);
    for (size_t p = 0; p < form->pairs->count; p++) {
        const Pair *pair = &form->pairs->pairs[p];
        x[p] = c->lines[pair->need][pair->offer] / form->quantum[pair->need];
    }
    ruin_lay(ruin, x);
    for (size_t n = 0; n < run->round.need_count; n++)
        assert_case_int(c->label, (int)ruin->given[n], (int)c->given[n]);
    pipeline_free(run);
}

static void points_are_laid_as_worked_out_by_hand(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(CASES); i++)
        lay_case(&CASES[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(points_are_laid_as_worked_out_by_hand),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
