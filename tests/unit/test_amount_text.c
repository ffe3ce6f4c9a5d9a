/* Amounts as people write them: in groups of three, a currency before them, a thing behind. */
#include "allot/amount_text.h"

#include "tests/support/test_support.h"

static const Unit EUR = {"EUR", true, 2}, JPY = {"JPY", true, 0};
static const Unit SEAT = {"seat", false, UNIT_THING_PLACES};

static void digits_stand_in_groups_of_three(void **state)
{
    static const struct {
        const Unit *unit;
        int64_t amount;
        const char *text;
    } CASES[] = {{&EUR, 0, "EUR 0.00"},
                 {&EUR, 99999, "EUR 999.99"},
                 {&EUR, 10200000, "EUR 102,000.00"},
                 {&EUR, -123456789, "EUR -1,234,567.89"},
                 {&JPY, 1467330, "JPY 1,467,330"},
                 {&SEAT, 4000000, "4 seat"},
                 {&SEAT, INT64_C(1200500000), "1,200.5 seat"}};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(CASES); i++)
        assert_string_equal(amount_in_unit(*CASES[i].unit, CASES[i].amount).text, CASES[i].text);
}

static void figures_finer_than_the_unit_keep_their_decimals(void **state)
{
    (void)state;
    assert_string_equal(amount_grouped_in_unit(EUR, "6999999.9999993").text,
                        "EUR 6,999,999.9999993");
    assert_string_equal(amount_grouped("-100").digits, "-100");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(digits_stand_in_groups_of_three),
        cmocka_unit_test(figures_finer_than_the_unit_keep_their_decimals),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
