/* Rows of the rules table that once stopped the program: a quantity and `each`. The unit was asked of
 * every combination by itself, the verifier asked it of the row; they differed, and exit was 70. And a
 * reserve for each of several, some of which have nothing to be kept back. */
#include "tests/support/round_case.h"

#define RATES                                                                                      \
    {                                                                                              \
        "rates.csv", "currency,rate\nUSD,0.5\n"                                                    \
    }
#define LIMIT_OF(each) "id,kind,each,quantity,unit\nR1,limit," each ",20,EUR\n"
#define LIMIT(each)                                                                                \
    {                                                                                              \
        "rules.csv", LIMIT_OF(each)                                                                \
    }

/** All offers are in euros and not all needs: 20 EUR of the offers for each category, whatever the
 *  unit of its needs. N1 gets 20 EUR worth 40 USD; of 20 EUR from O2 a fifth is overhead: N2 gets 16. */
static void a_quantity_is_counted_alike_in_every_combination(void **state)
{
    static const CaseFile FILES[] = {
        {"needs.csv", "id,category,quantity,unit\nN1,HW,50,USD\nN2,TRN,50,EUR\n"},
        {"offers.csv", "id,donor,quantity,unit,category,overhead\n"
                       "O1,DE,80,EUR,HW,\nO2,DE,80,EUR,TRN,0.2\n"},
        RATES,
        LIMIT("category"),
        {NULL, NULL}};
    (void)state;
    Pipeline *run = case_plan(FILES);
    assert_line("another unit", run, "N1", "O1", 4000);
    assert_line("the rule's unit", run, "N2", "O2", 1600);
    pipeline_free(run);
}

/** Here neither all needs nor all offers are in euros, though those of each category agree. */
static void units_that_differ_between_combinations_are_mixed(void **state)
{
    static const WrongRound CASES[] = {
        {"needs here, offers there",
         {{"needs.csv", "id,category,quantity,unit\nN1,HW,50,EUR\nN2,TRN,50,USD\n"},
          {"offers.csv", "id,donor,quantity,unit,category\nO1,DE,80,USD,HW\nO2,DE,80,EUR,TRN\n"},
          RATES,
          LIMIT("category")},
         DIAG_RULE,
         "rules.csv",
         2,
         "unit",
         "mixes units"}};
    (void)state;
    assert_wrong_rounds(CASES, COUNT_OF(CASES));
}

/** Nothing has a tag or a region: the rule holds for no combination, and forbids nothing. */
static void a_rule_for_no_combination_asks_for_no_unit(void **state)
{
    static const char *const EACH[] = {LIMIT_OF("tag"), LIMIT_OF("region")};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(EACH); i++) {
        const CaseFile files[] = {
            {"needs.csv", "id,category,quantity,unit\nN1,HW,50,EUR\nN2,TRN,50,USD\n"},
            {"offers.csv", "id,donor,quantity,unit,category\nO1,DE,80,USD,HW\nO2,DE,80,EUR,TRN\n"},
            RATES,
            {"rules.csv", EACH[i]},
            {NULL, NULL}};
        Pipeline *run = case_plan(files); /* 80 USD are 40 EUR */
        assert_line(EACH[i], run, "N1", "O1", 4000);
        assert_line(EACH[i], run, "N2", "O2", 5000);
        pipeline_free(run);
    }
}

/** 5 EUR are kept back of every donor's money: of A's 20, and of nothing of B, who gives things, nor of
 *  C, whose money is not firm enough. The check took these for reserves that are not kept: exit 70. */
static void a_reserve_for_each_donor_asks_nothing_of_who_has_nothing(void **state)
{
    static const CaseFile FILES[] = {
        {"needs.csv", "id,category,quantity,unit\nN1,HW,50,EUR\nN2,TRN,3,seat\n"},
        {"offers.csv", "id,donor,quantity,unit,unit_value,status\nO1,A,20,EUR,,\n"
                       "O2,B,3,seat,,\nO3,C,7,EUR,,pledged\n"},
        {"rules.csv", "id,kind,each,value\nR1,reserve,donor,5\n"},
        {NULL, NULL}};
    (void)state;
    Pipeline *run = case_plan(FILES);
    assert_line("money", run, "N1", "O1", 1500);
    assert_line("things", run, "N2", "O2", 3000000); /* millionths */
    pipeline_free(run);
}

/** Nothing has a tag: a floor for each tag holds for no combination and asks for nothing. It was read as
 *  a floor on nothing at all, and there was no plan. */
static void a_floor_for_no_combination_asks_for_nothing(void **state)
{
    static const CaseFile FILES[] = {{"needs.csv", "id,category,quantity\nN1,HW,50\n"},
                                     {"offers.csv", "id,donor,quantity\nO1,DE,80\n"},
                                     {"rules.csv", "id,kind,each,value\nR1,floor,tag,60\n"},
                                     {NULL, NULL}};
    (void)state;
    Pipeline *run = case_plan(FILES);
    assert_line("all of it", run, "N1", "O1", 5000);
    pipeline_free(run);
}

/** O2 is for civil use and N2 has no civil part: they are no pair, so that all offers of the rule's pairs
 *  are in euros, of which a line takes 6 or nothing. The check counted O2, called the rule's units mixed,
 *  and exit was 70. */
static void what_has_no_civil_part_does_not_mix_units(void **state)
{
    static const CaseFile FILES[] = {
        {"needs.csv", "id,category,quantity,unit,unit_cost,civil_share\nN1,HW,50,EUR,,\n"
                      "N2,TRN,4,licence,2,0\n"},
        {"offers.csv", "id,donor,quantity,unit,category,civil_only\nO1,DE,80,EUR,,\n"
                       "O2,DE,4,licence,TRN,yes\n"},
        {"rules.csv", "id,kind,quantity,unit\nR1,ticket,6,EUR\n"},
        {NULL, NULL}};
    (void)state;
    Pipeline *run = case_plan(FILES);
    assert_line("money", run, "N1", "O1", 5000);
    assert_line("things for money", run, "N2", "O1", 4000000);
    pipeline_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_quantity_is_counted_alike_in_every_combination),
        cmocka_unit_test(units_that_differ_between_combinations_are_mixed),
        cmocka_unit_test(a_rule_for_no_combination_asks_for_no_unit),
        cmocka_unit_test(a_reserve_for_each_donor_asks_nothing_of_who_has_nothing),
        cmocka_unit_test(a_floor_for_no_combination_asks_for_nothing),
        cmocka_unit_test(what_has_no_civil_part_does_not_mix_units),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
