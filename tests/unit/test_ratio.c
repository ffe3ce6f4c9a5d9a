/* Ratios: arithmetic in lowest terms, exact comparison, rounding, refusal of what does not fit.
 *
 * Expected values are worked by hand. test_ratio_gmp.c compares random fractions with GMP.
 */
#include "tests/support/test_support.h"

#include "allot/ratio.h"

#include <string.h>

/* 2^127 - 1, the largest numerator and denominator. */
#define LARGEST ((Int128)(~(__extension__(unsigned __int128) 0) >> 1))
#define POWER_OF_TWO(n) ((Int128)1 << (n))

static Ratio ratio(Int128 num, Int128 den)
{
    return (Ratio){num, den};
}

static bool is(Ratio a, Int128 num, Int128 den)
{
    return a.num == num && a.den == den;
}

static void fractions_are_reduced_with_a_positive_denominator(void **state)
{
    (void)state;
    assert_true(is(ratio_of(6, 4), 3, 2));
    assert_true(is(ratio_of(-6, 4), -3, 2));
    assert_true(is(ratio_of(0, 5), 0, 1));
    assert_true(is(ratio_of(5, 5), 1, 1));
    assert_true(is(ratio_of(INT64_MAX, INT64_MAX), 1, 1));
    assert_true(is(ratio_of(INT64_MIN, 2), -POWER_OF_TWO(62), 1));
    assert_true(is(ratio_of(INT64_MIN, INT64_MAX), -POWER_OF_TWO(63), INT64_MAX));
    assert_true(is(ratio_of_decimal((Decimal){1250, 2}), 25, 2));
    assert_true(is(ratio_of_decimal((Decimal){-1, 1}), -1, 10));
    assert_true(is(ratio_of_decimal((Decimal){INT64_MIN, 0}), INT64_MIN, 1));
    assert_true(is(ratio_of_decimal((Decimal){2, 18}), 1, 500000000000000000));
}

typedef bool Operation(Ratio a, Ratio b, Ratio *out);

typedef struct OperationCase {
    const char *label;
    Operation *operation;
    Ratio a, b;
    bool fits;
    Ratio want;
} OperationCase;

static void check_operations(const OperationCase *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        Ratio got = {42, 43};
        bool fits = cases[i].operation(cases[i].a, cases[i].b, &got);
        Ratio want = cases[i].fits ? cases[i].want : ratio(42, 43); /* untouched */
        assert_case_int(cases[i].label, fits, cases[i].fits);
        assert_case(cases[i].label, is(got, want.num, want.den));
    }
}

/* 6/4 and 10/4 in lowest terms are 3/2 and 5/2: three and five halves. */
static void a_common_measure_is_the_largest_of_which_both_are_multiples(void **state)
{
    static const OperationCase CASES[] = {
        {"3/2 and 5/2", ratio_common_measure, {3, 2}, {5, 2}, true, {1, 2}},
        {"12 and 18", ratio_common_measure, {12, 1}, {18, 1}, true, {6, 1}},
        {"4/3 and 2/5: twenty and six 15ths", ratio_common_measure, {4, 3}, {2, 5}, true, {2, 15}},
        {"0 and 7/3", ratio_common_measure, {0, 1}, {7, 3}, true, {7, 3}},
        {"-7/3 and 0", ratio_common_measure, {-7, 3}, {0, 1}, true, {7, 3}},
        {"0 and 0", ratio_common_measure, {0, 1}, {0, 1}, true, {0, 1}},
        {"12681202.70 / 2 and 1000 / 2 are made of fives of a cent",
         ratio_common_measure,
         {126812027, 20},
         {500, 1},
         true,
         {1, 20}},
        {"powers of two and of three that make more than 127 bits",
         ratio_common_measure,
         {1, POWER_OF_TWO(100)},
         {1, 2541865828329}, /* 3^26 */
         false,
         {0, 1}},
    };
    (void)state;
    check_operations(CASES, COUNT_OF(CASES));
}

static void arithmetic_gives_lowest_terms(void **state)
{
    static const OperationCase CASES[] = {
        {"2/3 * 3/4", ratio_multiply, {2, 3}, {3, 4}, true, {1, 2}},
        {"-2/3 * 3/4", ratio_multiply, {-2, 3}, {3, 4}, true, {-1, 2}},
        {"-2/3 * -3/2", ratio_multiply, {-2, 3}, {-3, 2}, true, {1, 1}},
        {"0 * 7/9", ratio_multiply, {0, 1}, {7, 9}, true, {0, 1}},
        {"7/9 * 0", ratio_multiply, {7, 9}, {0, 1}, true, {0, 1}},
        {"1/2 / 1/4", ratio_divide, {1, 2}, {1, 4}, true, {2, 1}},
        {"1/2 / -1/4", ratio_divide, {1, 2}, {-1, 4}, true, {-2, 1}},
        {"-3 / -7", ratio_divide, {-3, 1}, {-7, 1}, true, {3, 7}},
        {"0 / 5", ratio_divide, {0, 1}, {5, 1}, true, {0, 1}},
        {"5 / 0", ratio_divide, {5, 1}, {0, 1}, false, {0, 1}},
        {"0 / 0", ratio_divide, {0, 1}, {0, 1}, false, {0, 1}},
        {"1/6 + 1/10", ratio_add, {1, 6}, {1, 10}, true, {4, 15}},
        {"1/6 + 1/3", ratio_add, {1, 6}, {1, 3}, true, {1, 2}},
        {"1/2 + -1/2", ratio_add, {1, 2}, {-1, 2}, true, {0, 1}},
        {"1 + -1/10", ratio_add, {1, 1}, {-1, 10}, true, {9, 10}},
        {"0 + 3/7", ratio_add, {0, 1}, {3, 7}, true, {3, 7}},
    };
    (void)state;
    check_operations(CASES, COUNT_OF(CASES));
}

static void what_needs_more_than_127_bits_is_refused(void **state)
{
    const Int128 wide = LARGEST;
    const OperationCase cases[] = {
        {"2^63 * 2^63",
         ratio_multiply,
         {POWER_OF_TWO(63), 1},
         {POWER_OF_TWO(63), 1},
         true,
         {POWER_OF_TWO(126), 1}},
        {"2^64 * 2^63",
         ratio_multiply,
         {POWER_OF_TWO(64), 1},
         {POWER_OF_TWO(63), 1},
         false,
         {0, 1}},
        {"-2^64 * 2^63, the number without a negative",
         ratio_multiply,
         {-POWER_OF_TWO(64), 1},
         {POWER_OF_TWO(63), 1},
         false,
         {0, 1}},
        {"2^100 * 2^100",
         ratio_multiply,
         {POWER_OF_TWO(100), 1},
         {POWER_OF_TWO(100), 1},
         false,
         {0, 1}},
        {"2^-100 * 2^-100",
         ratio_multiply,
         {1, POWER_OF_TWO(100)},
         {1, POWER_OF_TWO(100)},
         false,
         {0, 1}},
        {"largest * 1/largest", ratio_multiply, {wide, 1}, {1, wide}, true, {1, 1}},
        {"largest/2 * 2/largest", ratio_multiply, {wide, 2}, {2, wide}, true, {1, 1}},
        {"-largest * 1", ratio_multiply, {-wide, 1}, {1, 1}, true, {-wide, 1}},
        {"largest / largest", ratio_divide, {wide, 1}, {wide, 1}, true, {1, 1}},
        {"1 / -largest", ratio_divide, {1, 1}, {-wide, 1}, true, {-1, wide}},
        {"2^100 / 2^-100",
         ratio_divide,
         {POWER_OF_TWO(100), 1},
         {1, POWER_OF_TWO(100)},
         false,
         {0, 1}},
        {"largest + 0", ratio_add, {wide, 1}, {0, 1}, true, {wide, 1}},
        {"largest + 1", ratio_add, {wide, 1}, {1, 1}, false, {0, 1}},
        {"-largest - 1, the number without a negative",
         ratio_add,
         {-wide, 1},
         {-1, 1},
         false,
         {0, 1}},
        {"largest - largest", ratio_add, {wide, 1}, {-wide, 1}, true, {0, 1}},
        {"1/largest + 1/2", ratio_add, {1, wide}, {1, 2}, false, {0, 1}},
        {"1/largest + 1/largest", ratio_add, {1, wide}, {1, wide}, true, {2, wide}},
    };
    (void)state;
    check_operations(cases, COUNT_OF(cases));
}

static void comparison_is_exact_where_cross_products_would_overflow(void **state)
{
    const Int128 wide = LARGEST;
    const struct {
        const char *label;
        Ratio a, b;
        int want;
    } cases[] = {
        {"1/2 and 1/2", {1, 2}, {1, 2}, 0},
        {"1/3 and 1/2", {1, 3}, {1, 2}, -1},
        {"-1/3 and -1/2", {-1, 3}, {-1, 2}, 1},
        {"-1/2 and 1/2", {-1, 2}, {1, 2}, -1},
        {"0 and -1/9", {0, 1}, {-1, 9}, 1},
        {"3 and 7/2", {3, 1}, {7, 2}, -1},
        {"-3 and -7/2", {-3, 1}, {-7, 2}, 1},
        {"neighbours just below 1", {wide - 2, wide - 1}, {wide - 1, wide}, -1},
        {"neighbours just above 1", {wide, wide - 1}, {wide - 1, wide - 2}, -1},
        {"neighbours just above -1", {-(wide - 2), wide - 1}, {-(wide - 1), wide}, 1},
        {"largest and itself", {wide, 1}, {wide, 1}, 0},
        {"largest and its negative", {wide, 1}, {-wide, 1}, 1},
        {"smallest above 0 and 0", {1, wide}, {0, 1}, 1},
        {"smallest two", {1, wide}, {1, wide - 1}, -1},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_case_int(cases[i].label, ratio_compare(cases[i].a, cases[i].b), cases[i].want);
        assert_case_int(cases[i].label, ratio_compare(cases[i].b, cases[i].a), -cases[i].want);
    }
}

/* Neighbouring Fibonacci quotients have the longest continued fractions of their size. */
static void comparison_ends_also_for_the_longest_continued_fractions(void **state)
{
    Int128 f[184]; /* F(183) is the last below 2^127 */
    (void)state;
    f[0] = 0;
    f[1] = 1;
    for (int i = 2; i < 184; i++)
        f[i] = f[i - 1] + f[i - 2];
    /* F(n+1)/F(n) is above the golden ratio for even n, below it for odd n. */
    assert_int_equal(ratio_compare(ratio(f[183], f[182]), ratio(f[182], f[181])), 1);
    assert_int_equal(ratio_compare(ratio(f[183], f[182]), ratio(f[181], f[180])), -1);
    assert_int_equal(ratio_compare(ratio(f[183], f[182]), ratio(f[183], f[182])), 0);
}

static void amounts_are_rounded_as_asked_on_both_sides_of_zero(void **state)
{
    static const struct {
        const char *label;
        int64_t amount;
        Ratio factor;
        int64_t down, up, half_even;
    } CASES[] = {
        {"7 * 1/2", 7, {1, 2}, 3, 4, 4},
        {"5 * 1/2", 5, {1, 2}, 2, 3, 2},
        {"-5 * 1/2", -5, {1, 2}, -3, -2, -2},
        {"5 * -1/2", 5, {-1, 2}, -3, -2, -2},
        {"-5 * -1/2", -5, {-1, 2}, 2, 3, 2},
        {"-7 * 1/2", -7, {1, 2}, -4, -3, -4},
        {"1 * 1/3", 1, {1, 3}, 0, 1, 0},
        {"2 * 1/3", 2, {1, 3}, 0, 1, 1},
        {"-1 * 1/3", -1, {1, 3}, -1, 0, 0},
        {"-2 * 1/3", -2, {1, 3}, -1, 0, -1},
        {"6 * 1/3", 6, {1, 3}, 2, 2, 2},
        {"-6 * 1/3", -6, {1, 3}, -2, -2, -2},
        {"0 * -5/3", 0, {-5, 3}, 0, 0, 0},
        {"9 * 0", 9, {0, 1}, 0, 0, 0},
        {"100.00 EUR with 10 % overhead", 10000, {9, 10}, 9000, 9000, 9000},
        {"90.01 net, gross", 9001, {10, 9}, 10001, 10002, 10001},
        {"1000 UAH at 0.0205 EUR", 100000, {41, 2000}, 2050, 2050, 2050},
        {"highest * 1", INT64_MAX, {1, 1}, INT64_MAX, INT64_MAX, INT64_MAX},
        {"lowest * 1", INT64_MIN, {1, 1}, INT64_MIN, INT64_MIN, INT64_MIN},
        {"highest * 1/2",
         INT64_MAX,
         {1, 2},
         4611686018427387903,
         4611686018427387904,
         4611686018427387904},
        {"lowest * 1/2",
         INT64_MIN,
         {1, 2},
         -4611686018427387904,
         -4611686018427387904,
         -4611686018427387904},
        {"highest * -1", INT64_MAX, {-1, 1}, -INT64_MAX, -INT64_MAX, -INT64_MAX},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        int64_t down = 42;
        int64_t up = 42;
        int64_t half_even = 42;
        const char *label = CASES[i].label;
        assert_case(label, ratio_apply(CASES[i].amount, CASES[i].factor, ROUND_DOWN, &down));
        assert_case(label, ratio_apply(CASES[i].amount, CASES[i].factor, ROUND_UP, &up));
        assert_case(label,
                    ratio_apply(CASES[i].amount, CASES[i].factor, ROUND_HALF_EVEN, &half_even));
        assert_case_int(label, down, CASES[i].down);
        assert_case_int(label, up, CASES[i].up);
        assert_case_int(label, half_even, CASES[i].half_even);
    }
}

static void amounts_that_leave_64_bits_are_refused_and_no_others(void **state)
{
    const Int128 wide = LARGEST;
    const struct {
        const char *label;
        int64_t amount;
        Ratio factor;
        Rounding rounding;
        bool fits;
        int64_t want;
    } cases[] = {
        {"lowest * -1", INT64_MIN, {-1, 1}, ROUND_DOWN, false, 0},
        {"highest * 2", INT64_MAX, {2, 1}, ROUND_DOWN, false, 0},
        {"lowest * 2", INT64_MIN, {2, 1}, ROUND_DOWN, false, 0},
        {"2^62 * 2", INT64_C(1) << 62, {2, 1}, ROUND_DOWN, false, 0},
        {"-2^62 * 2", -(INT64_C(1) << 62), {2, 1}, ROUND_DOWN, true, INT64_MIN},
        {"highest and a half, down", 1, {POWER_OF_TWO(64) - 1, 2}, ROUND_DOWN, true, INT64_MAX},
        {"highest and a half, up", 1, {POWER_OF_TWO(64) - 1, 2}, ROUND_UP, false, 0},
        {"highest and a half, even", 1, {POWER_OF_TWO(64) - 1, 2}, ROUND_HALF_EVEN, false, 0},
        {"lowest and a half, up", -1, {POWER_OF_TWO(64) + 1, 2}, ROUND_UP, true, INT64_MIN},
        {"lowest and a half, down", -1, {POWER_OF_TWO(64) + 1, 2}, ROUND_DOWN, false, 0},
        {"1 * largest", 1, {wide, 1}, ROUND_DOWN, false, 0},
        {"highest * largest", INT64_MAX, {wide, 1}, ROUND_DOWN, false, 0},
        {"lowest * -largest", INT64_MIN, {-wide, 1}, ROUND_DOWN, false, 0},
        {"highest * largest/(largest - 1): the product needs 190 bits",
         INT64_MAX,
         {wide, wide - 1},
         ROUND_DOWN,
         true,
         INT64_MAX},
        {"highest * (largest - 1)/largest, down",
         INT64_MAX,
         {wide - 1, wide},
         ROUND_DOWN,
         true,
         INT64_MAX - 1},
        {"highest * (largest - 1)/largest, up",
         INT64_MAX,
         {wide - 1, wide},
         ROUND_UP,
         true,
         INT64_MAX},
        {"lowest * (largest - 1)/largest, even",
         INT64_MIN,
         {wide - 1, wide},
         ROUND_HALF_EVEN,
         true,
         INT64_MIN},
        {"10^10 * 10^30/3*10^29",
         10000000000,
         {(Int128)1000000000000000 * 1000000000000000, (Int128)100000000000000 * 3000000000000000},
         ROUND_HALF_EVEN,
         true,
         33333333333},
        {"highest * 1/largest, up", INT64_MAX, {1, wide}, ROUND_UP, true, 1},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        int64_t got = 42;
        bool fits = ratio_apply(cases[i].amount, cases[i].factor, cases[i].rounding, &got);
        assert_case_int(cases[i].label, fits, cases[i].fits);
        assert_case_int(cases[i].label, got, cases[i].fits ? cases[i].want : 42);
    }
}

static void doubles_are_near(void **state)
{
    (void)state;
    assert_close(ratio_to_double(ratio(1, 3)), 1.0 / 3.0, 0, 0);
    assert_close(ratio_to_double(ratio(-7, 2)), -3.5, 0, 0);
    assert_close(ratio_to_double(ratio(0, 1)), 0, 0, 0);
    assert_close(ratio_to_double(ratio(LARGEST, 1)), 1.7014118346046923e38, 0, 1e-15);
    assert_close(ratio_to_double(ratio(1, LARGEST)), 5.877471754111438e-39, 0, 1e-15);
}

static void ratios_print_rounded_half_to_even_without_trailing_zeros(void **state)
{
    const Int128 wide = LARGEST;
    const struct {
        Ratio value;
        int places;
        const char *text;
    } cases[] = {
        {{0, 1}, 0, "0"},
        {{0, 1}, 6, "0"},
        {{1, 2}, 0, "0"},
        {{3, 2}, 0, "2"},
        {{5, 2}, 0, "2"},
        {{-5, 2}, 0, "-2"},
        {{-1, 2}, 0, "0"}, /* never -0 */
        {{-1, 3}, 0, "0"},
        {{-1, 1000}, 2, "0"},
        {{-1, 200}, 2, "0"}, /* 0.005: half to even */
        {{3, 200}, 2, "0.02"},
        {{1, 3}, 4, "0.3333"},
        {{2, 3}, 4, "0.6667"},
        {{-2, 3}, 4, "-0.6667"},
        {{1, 8}, 2, "0.12"},
        {{3, 8}, 2, "0.38"},
        {{1, 8}, 3, "0.125"},
        {{1, 8}, 18, "0.125"},
        {{1999, 1000}, 2, "2"},
        {{99999, 100000}, 4, "1"},
        {{-99999, 100000}, 4, "-1"},
        {{100, 1}, 2, "100"},
        {{9, 10}, 6, "0.9"},
        {{wide, 1}, 0, "170141183460469231731687303715884105727"},
        {{-wide, 1}, 18, "-170141183460469231731687303715884105727"},
        {{-wide, 2}, 18, "-85070591730234615865843651857942052863.5"},
        {{wide - 1, wide}, 18, "1"},
        {{1, wide}, 18, "0"},
        {{wide, POWER_OF_TWO(126)}, 18, "2"},
        {{-wide, 3}, 18, "-56713727820156410577229101238628035242.333333333333333333"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char text[65];
        memset(text, '#', sizeof text);
        ratio_format(cases[i].value, cases[i].places, text);
        assert_case_text(cases[i].text, text, cases[i].text);
        assert_case_int(cases[i].text, text[64], '#');
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fractions_are_reduced_with_a_positive_denominator),
        cmocka_unit_test(a_common_measure_is_the_largest_of_which_both_are_multiples),
        cmocka_unit_test(arithmetic_gives_lowest_terms),
        cmocka_unit_test(what_needs_more_than_127_bits_is_refused),
        cmocka_unit_test(comparison_is_exact_where_cross_products_would_overflow),
        cmocka_unit_test(comparison_ends_also_for_the_longest_continued_fractions),
        cmocka_unit_test(amounts_are_rounded_as_asked_on_both_sides_of_zero),
        cmocka_unit_test(amounts_that_leave_64_bits_are_refused_and_no_others),
        cmocka_unit_test(doubles_are_near),
        cmocka_unit_test(ratios_print_rounded_half_to_even_without_trailing_zeros),
    };
    return cmocka_run_group_tests_name("ratio", tests, NULL, NULL);
}
