/* Decimals: parsing and refusing texts, exact conversion and comparison, text again.
 *
 * Expected values are worked by hand; the property at the end compares with 128-bit arithmetic.
 */
#include "tests/support/test_support.h"

#include "allot/decimal.h"

#include <stdio.h>
#include <string.h>

__extension__ typedef __int128 Wide;

static void plain_numbers_are_read_exactly(void **state)
{
    static const struct {
        const char *text;
        int64_t digits;
        int places;
    } CASES[] = {
        {"0", 0, 0},
        {"-0", 0, 0},
        {"0.00", 0, 0},
        {"7", 7, 0},
        {"+7", 7, 0},
        {"-7", -7, 0},
        {"1234.50", 12345, 1},
        {"-1234.50", -12345, 1},
        {".5", 5, 1},
        {"-.5", -5, 1},
        {"100", 100, 0},
        {"100.0", 100, 0},
        {"0.1", 1, 1},
        {"007", 7, 0},
        {"000000000000000000000001.5", 15, 1},
        {"999999999999999999", 999999999999999999, 0},
        {"-999999999999999999", -999999999999999999, 0},
        {"0.000000000000000001", 1, 18},
        {"0.999999999999999999", 999999999999999999, 18},
        {"123456789.123456789", 123456789123456789, 9},
        {"1.00000000000000000", 1, 0}, /* 18 digits */
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        Decimal value = {-1, -1};
        assert_case(CASES[i].text, decimal_parse(CASES[i].text, &value));
        assert_case_int(CASES[i].text, value.digits, CASES[i].digits);
        assert_case_int(CASES[i].text, value.places, CASES[i].places);
    }
}

static void anything_else_is_refused_and_leaves_the_output_alone(void **state)
{
    static const char *const CASES[] = {
        "",
        " ",
        "-",
        "+",
        ".",
        "-.",
        "5.",
        "--5",
        "+-5",
        "5-",
        "1 2",
        " 1",
        "1 ",
        "1,5",
        "1.2.3",
        "1..2",
        "1e5",
        "1E5",
        "0x10",
        "nan",
        "NaN",
        "inf",
        "-inf",
        "abc",
        "12abc",
        "1_000",
        "1'000",
        "\t1",
        "1\n",
        "\u00A01",
        "٣",
        "½",
        "−5",
        "$5",
        "5%",
        "1000000000000000000",  /* 19 digits */
        "1.000000000000000000", /* 19 digits */
        "9223372036854775807",
        "9223372036854775808",
        "99999999999999999999999999999999",
        "0.0000000000000000001", /* 19 places */
        "0.0000000000000000000",
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        Decimal value = {42, 3};
        assert_case(CASES[i], !decimal_parse(CASES[i], &value));
        assert_case(CASES[i], value.digits == 42 && value.places == 3);
    }
}

static void making_a_decimal_strips_trailing_zeros_after_the_point_only(void **state)
{
    static const struct {
        const char *label;
        int64_t digits;
        int places;
        Decimal want;
    } CASES[] = {
        {"12.50", 1250, 2, {125, 1}},
        {"100", 100, 0, {100, 0}},
        {"100.00", 10000, 2, {100, 0}},
        {"-0.10", -10, 2, {-1, 1}},
        {"0 at 18 places", 0, 18, {0, 0}},
        {"1e18 at 18 places", 1000000000000000000, 18, {1, 0}},
        {"lowest", INT64_MIN, 18, {INT64_MIN, 18}},
        {"highest", INT64_MAX, 0, {INT64_MAX, 0}},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        Decimal value = decimal_make(CASES[i].digits, CASES[i].places);
        assert_case_int(CASES[i].label, value.digits, CASES[i].want.digits);
        assert_case_int(CASES[i].label, value.places, CASES[i].want.places);
    }
}

static void scaling_is_exact_or_refused(void **state)
{
    static const struct {
        const char *label;
        Decimal value;
        int places;
        bool fits;
        int64_t scaled;
    } CASES[] = {
        {"12.5 in cents", {125, 1}, 2, true, 1250},
        {"-12.5 in cents", {-125, 1}, 2, true, -1250},
        {"12.5 in whole yen", {125, 1}, 0, false, 0},
        {"12.345 in cents", {12345, 3}, 2, false, 0},
        {"12.340 not stripped, in cents", {12340, 3}, 2, true, 1234},
        {"-12.340 not stripped, in cents", {-12340, 3}, 2, true, -1234},
        {"0 not stripped", {0, 18}, 0, true, 0},
        {"highest whole number", {INT64_MAX, 0}, 0, true, INT64_MAX},
        {"lowest whole number", {INT64_MIN, 0}, 0, true, INT64_MIN},
        {"highest does not fit in tenths", {INT64_MAX, 0}, 1, false, 0},
        {"lowest does not fit in tenths", {INT64_MIN, 0}, 1, false, 0},
        {"9 fits at 18 places", {9, 0}, 18, true, 9000000000000000000},
        {"10 does not fit at 18 places", {10, 0}, 18, false, 0},
        {"-9 fits at 18 places", {-9, 0}, 18, true, -9000000000000000000},
        {"92233720368547758.07 in cents", {INT64_MAX, 2}, 2, true, INT64_MAX},
        {"922337203685477580.7 in cents", {INT64_MAX, 1}, 2, false, 0},
        {"smallest at 17 places", {1, 18}, 17, false, 0},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        int64_t scaled = 42;
        bool fits = decimal_to_scaled(CASES[i].value, CASES[i].places, &scaled);
        assert_case_int(CASES[i].label, fits, CASES[i].fits);
        assert_case_int(CASES[i].label, scaled, CASES[i].fits ? CASES[i].scaled : 42);
    }
}

static void comparing_is_exact_at_every_number_of_places(void **state)
{
    static const struct {
        const char *label;
        Decimal a, b;
        int want;
    } CASES[] = {
        {"0.5 and 0.50", {5, 1}, {50, 2}, 0},
        {"0.5 and 0.51", {5, 1}, {51, 2}, -1},
        {"-0.5 and 0.5", {-5, 1}, {5, 1}, -1},
        {"-0.5 and -0.51", {-5, 1}, {-51, 2}, 1},
        {"-1.5 and -1", {-15, 1}, {-1, 0}, -1},
        {"-0.5 and 0", {-5, 1}, {0, 0}, -1},
        {"0 and -0.000000000000000001", {0, 0}, {-1, 18}, 1},
        {"highest and highest/10", {INT64_MAX, 0}, {INT64_MAX, 1}, 1},
        {"lowest and highest", {INT64_MIN, 0}, {INT64_MAX, 0}, -1},
        {"lowest and itself", {INT64_MIN, 18}, {INT64_MIN, 18}, 0},
        {"two that agree as doubles", {9007199254740993, 0}, {9007199254740992, 0}, 1},
        {"9.2... at 18 places and 9.2", {9200000000000000001, 18}, {92, 1}, 1},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        assert_case_int(CASES[i].label, decimal_compare(CASES[i].a, CASES[i].b), CASES[i].want);
        assert_case_int(CASES[i].label, decimal_compare(CASES[i].b, CASES[i].a), -CASES[i].want);
    }
}

static void the_nearest_double_is_found_also_beyond_2_to_the_53(void **state)
{
    static const struct {
        Decimal value;
        double want; /* the compiler reads the same digits */
    } CASES[] = {
        {{0, 0}, 0.0},
        {{1, 1}, 0.1},
        {{-12345, 2}, -123.45},
        {{1, 18}, 1e-18},
        {{9007199254740993, 0}, 9007199254740993.0},
        {{9007199254740993, 1}, 900719925474099.3},
        {{999999999999999999, 18}, 0.999999999999999999},
        {{123456789123456789, 9}, 123456789.123456789},
        {{-123456789123456789, 17}, -1.23456789123456789},
        {{INT64_MAX, 18}, 9.223372036854775807},
        {{INT64_MIN, 0}, -9223372036854775808.0},
        {{INT64_MIN, 18}, -9.223372036854775808},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        char label[32];
        decimal_format(CASES[i].value, label);
        assert_case(label, decimal_to_double(CASES[i].value) == CASES[i].want);
    }
}

static void powers_of_ten_are_powers_of_ten(void **state)
{
    (void)state;
    assert_true(decimal_power_of_ten(0) == 1);
    assert_true(decimal_power_of_ten(2) == 100);
    assert_true(decimal_power_of_ten(6) == 1000000);
    assert_true(decimal_power_of_ten(18) == 1000000000000000000);
}

static void decimals_print_without_trailing_zeros(void **state)
{
    static const struct {
        Decimal value;
        const char *text;
    } CASES[] = {
        {{0, 0}, "0"},
        {{0, 5}, "0"},
        {{12345, 1}, "1234.5"},
        {{-12345, 1}, "-1234.5"},
        {{1250, 2}, "12.5"},
        {{100, 0}, "100"},
        {{1000, 1}, "100"},
        {{-5, 1}, "-0.5"},
        {{5, 3}, "0.005"},
        {{-1, 18}, "-0.000000000000000001"},
        {{INT64_MAX, 0}, "9223372036854775807"},
        {{INT64_MIN, 0}, "-9223372036854775808"},
        {{INT64_MIN, 18}, "-9.223372036854775808"},
        {{INT64_MAX, 17}, "92.23372036854775807"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        char text[32];
        decimal_format(CASES[i].value, text);
        assert_case_text(CASES[i].text, text, CASES[i].text);
    }
}

static void fixed_decimals_print_with_all_their_places(void **state)
{
    static const struct {
        int64_t scaled;
        int places;
        const char *text;
    } CASES[] = {
        {123456, 2, "1234.56"},
        {0, 0, "0"},
        {0, 2, "0.00"},
        {1, 2, "0.01"},
        {-1, 2, "-0.01"},
        {100, 2, "1.00"},
        {-100, 2, "-1.00"},
        {10, 0, "10"},
        {-1, 18, "-0.000000000000000001"},
        {INT64_MAX, 2, "92233720368547758.07"},
        {INT64_MIN, 2, "-92233720368547758.08"},
        {INT64_MIN, 0, "-9223372036854775808"},
        {INT64_MIN, 18, "-9.223372036854775808"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        char text[33];
        memset(text, '#', sizeof text);
        decimal_format_fixed(CASES[i].scaled, CASES[i].places, text);
        assert_case_text(CASES[i].text, text, CASES[i].text);
        assert_case_int(CASES[i].text, text[32], '#');
    }
}

static Wide at_18_places(Decimal value)
{
    Wide wide = value.digits;
    for (int i = value.places; i < 18; i++)
        wide *= 10;
    return wide;
}

static Decimal random_decimal(TestRandom *random)
{
    int64_t digits = (int64_t)(random_bits(random) >> random_between(random, 0, 63));
    return (Decimal){random_chance(random, 2) ? digits : -digits,
                     (int)random_between(random, 0, 18)};
}

static void random_decimals_agree_with_128_bit_arithmetic_and_survive_text(void **state)
{
    const uint64_t seed = 20260401;
    TestRandom random = random_seeded(seed);
    (void)state;
    for (int round = 0; round < 50000; round++) {
        Decimal a = random_decimal(&random);
        Decimal b = random_decimal(&random);
        Wide x = at_18_places(a);
        Wide y = at_18_places(b);
        char text[32];
        char label[80];
        int places = (int)random_between(&random, 0, 18);
        decimal_format(a, text);
        (void)snprintf(label, sizeof label, "seed %d, round %d: %s", (int)seed, round, text);
        assert_case_int(label, decimal_compare(a, b), (x > y) - (x < y));

        Decimal again;
        if (a.digits > -1000000000000000000 && a.digits < 1000000000000000000) {
            assert_case(label, decimal_parse(text, &again));
            assert_case(label, at_18_places(again) == x);
        }
        Wide unit = at_18_places((Decimal){1, places});
        int64_t scaled = 0;
        bool fits = x % unit == 0 && x / unit >= INT64_MIN && x / unit <= INT64_MAX;
        assert_case_int(label, decimal_to_scaled(a, places, &scaled), fits);
        assert_case(label, !fits || scaled == x / unit);
    }
}

static void long_texts_become_the_nearest_double(void **state)
{
    static const struct {
        const char *text;
        double value; /* as the compiler reads it */
    } CASES[] = {
        {"0", 0},
        {"-12.5", -12.5},
        {"10000000000000000000.25", 10000000000000000000.25},
        {"123456789012345678901234567890", 123456789012345678901234567890.0},
        {"-0.000000000000000000000000000000125", -0.000000000000000000000000000000125},
    };
    static const char *const WRONG[] = {
        "",
        "-",
        ".",
        "1.",
        "1.2.3",
        "1e5",
        "+1",
        " 1",
        "1,5",
        "nan",
        "1234567890123456789012345678901234567890123456789012345678901234567890"};
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        double value = 7;
        assert_case(CASES[i].text, decimal_parse_long(CASES[i].text, &value));
        assert_case(CASES[i].text, value == CASES[i].value);
    }
    for (size_t i = 0; i < sizeof WRONG / sizeof *WRONG; i++) {
        double value = 7;
        assert_case(WRONG[i], !decimal_parse_long(WRONG[i], &value) && value == 7);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_numbers_are_read_exactly),
        cmocka_unit_test(anything_else_is_refused_and_leaves_the_output_alone),
        cmocka_unit_test(making_a_decimal_strips_trailing_zeros_after_the_point_only),
        cmocka_unit_test(scaling_is_exact_or_refused),
        cmocka_unit_test(comparing_is_exact_at_every_number_of_places),
        cmocka_unit_test(the_nearest_double_is_found_also_beyond_2_to_the_53),
        cmocka_unit_test(long_texts_become_the_nearest_double),
        cmocka_unit_test(powers_of_ten_are_powers_of_ten),
        cmocka_unit_test(decimals_print_without_trailing_zeros),
        cmocka_unit_test(fixed_decimals_print_with_all_their_places),
        cmocka_unit_test(random_decimals_agree_with_128_bit_arithmetic_and_survive_text),
    };
    return cmocka_run_group_tests_name("decimal", tests, NULL, NULL);
}
