/* Units: the decimals of ISO 4217's currencies, scales, amounts as text.
 *
 * Decimals are those of the standard's list one (SIX), copied by hand.
 */
#include "tests/support/test_support.h"

#include "allot/unit.h"

static const Unit EUR = {"EUR", true, 2};
static const Unit JPY = {"JPY", true, 0};
static const Unit KWD = {"KWD", true, 3};
static const Unit SEAT = {"seat", false, UNIT_THING_PLACES};

static void currencies_have_the_decimals_of_iso_4217(void **state)
{
    static const struct {
        const char *code;
        int places;
    } CASES[] = {
        {"EUR", 2}, {"USD", 2}, {"UAH", 2}, {"PLN", 2}, {"GBP", 2}, {"CHF", 2}, {"NOK", 2},
        {"DKK", 2}, {"SEK", 2}, {"CZK", 2}, {"HUF", 2}, {"RON", 2}, {"BGN", 2}, {"CAD", 2},
        {"MDL", 2}, {"GEL", 2}, {"TRY", 2}, {"MGA", 2}, {"MRU", 2}, {"AED", 2}, {"ZWL", 2},
        {"JPY", 0}, {"KRW", 0}, {"ISK", 0}, {"CLP", 0}, {"VND", 0}, {"XOF", 0}, {"XAF", 0},
        {"XPF", 0}, {"UGX", 0}, {"RWF", 0}, {"PYG", 0}, {"BIF", 0}, {"DJF", 0}, {"GNF", 0},
        {"KMF", 0}, {"VUV", 0}, {"UYI", 0}, {"KWD", 3}, {"BHD", 3}, {"IQD", 3}, {"JOD", 3},
        {"LYD", 3}, {"OMR", 3}, {"TND", 3}, {"CLF", 4}, {"UYW", 4},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(CASES); i++)
        assert_case_int(CASES[i].code, currency_places(CASES[i].code), CASES[i].places);
}

static void what_is_no_currency_code_has_no_decimals(void **state)
{
    static const char *const CASES[] = {
        "",    "E",   "EU",  "EURO", "eur", "Eur", " EUR", "EUR ", "seat",         "expert-day",
        "XAU", "XDR", "XXX", "XTS",  "AAA", "ZZZ", "ЄВРО", "€",    "\xFF\xFF\xFF",
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(CASES); i++)
        assert_case_int(CASES[i], currency_places(CASES[i]), -1);
}

/* The binary search finds every row only if the table is in order: all codes of three letters are
 * tried, and as many must be found as the table was written with (170). */
static void every_currency_of_the_table_is_found(void **state)
{
    int found = 0;
    (void)state;
    for (int a = 'A'; a <= 'Z'; a++)
        for (int b = 'A'; b <= 'Z'; b++)
            for (int c = 'A'; c <= 'Z'; c++) {
                const char code[4] = {(char)a, (char)b, (char)c, '\0'};
                int places = currency_places(code);
                assert_case(code, places >= -1 && places <= 4);
                found += places >= 0 ? 1 : 0;
            }
    assert_int_equal(found, 170);
}

static void a_whole_unit_has_as_many_parts_as_its_decimals_say(void **state)
{
    (void)state;
    assert_int_equal(unit_scale(JPY), 1);
    assert_int_equal(unit_scale(EUR), 100);
    assert_int_equal(unit_scale(KWD), 1000);
    assert_int_equal(unit_scale(SEAT), 1000000);
}

static void amounts_print_as_tables_show_them(void **state)
{
    static const struct {
        const Unit *unit;
        int64_t amount;
        const char *text;
    } CASES[] = {
        {&EUR, 123450, "1234.50"},
        {&EUR, 0, "0.00"},
        {&EUR, 5, "0.05"},
        {&EUR, -5, "-0.05"},
        {&EUR, 100, "1.00"},
        {&EUR, INT64_MAX, "92233720368547758.07"},
        {&EUR, INT64_MIN, "-92233720368547758.08"},
        {&JPY, 1234, "1234"},
        {&JPY, INT64_MIN, "-9223372036854775808"},
        {&KWD, 1234, "1.234"},
        {&SEAT, 12000000, "12"},
        {&SEAT, 500000, "0.5"},
        {&SEAT, 1, "0.000001"},
        {&SEAT, 0, "0"},
        {&SEAT, -2500000, "-2.5"},
        {&SEAT, 10000000, "10"},
        {&SEAT, INT64_MAX, "9223372036854.775807"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        char text[32];
        unit_format(*CASES[i].unit, CASES[i].amount, text);
        assert_case_text(CASES[i].text, text, CASES[i].text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(currencies_have_the_decimals_of_iso_4217),
        cmocka_unit_test(what_is_no_currency_code_has_no_decimals),
        cmocka_unit_test(every_currency_of_the_table_is_found),
        cmocka_unit_test(a_whole_unit_has_as_many_parts_as_its_decimals_say),
        cmocka_unit_test(amounts_print_as_tables_show_them),
    };
    return cmocka_run_group_tests_name("unit", tests, NULL, NULL);
}
