/* Numbers of a workbook as plain digits. Two routes check each other: texts worked by hand, and
 * doubles that printf rounds to 15 digits from all of their digits.
 */
#include "tests/support/test_support.h"

#include "allot/decimal.h"
#include "io/workbook_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OUT_SIZE = 64 };

typedef struct Case {
    const char *text;
    const char *want; /* NULL: no number */
} Case;

/* Writes the letters of a text, without its NUL. */
static void overwrite(char *at, const char *text)
{
    while (*text != '\0')
        *at++ = *text++;
}

/* The text is put at the end of a block of its own, without a NUL behind it. */
static bool read_number(const char *text, char out[OUT_SIZE])
{
    size_t length = strlen(text);
    char *copy = malloc(length + 1);
    assert_non_null(copy);
    overwrite(copy + 1, text);
    bool read = workbook_number(copy + 1, length, out, OUT_SIZE);
    free(copy);
    return read;
}

static void check_cases(const Case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char out[OUT_SIZE] = "";
        bool read = read_number(cases[i].text, out);
        assert_case_int(cases[i].text, read, cases[i].want != NULL);
        if (read)
            assert_case_text(cases[i].text, out, cases[i].want);
    }
}

static void numbers_lose_exponent_and_noise(void **state)
{
    static const Case cases[] = {
        {"0", "0"},
        {"-0", "0"},
        {"0.0", "0"},
        {"-0E5", "0"},
        {"0E999999", "0"},
        {"00012", "12"},
        {"+5", "5"},
        {"-5", "-5"},
        {"5.", "5"},
        {".5", "0.5"},
        {"-.5", "-0.5"},
        {"100", "100"},
        {"100.50", "100.5"},
        {"1.2E-3", "0.0012"},
        {"1.2e-3", "0.0012"},
        {"3E8", "300000000"},
        {"3E+08", "300000000"},
        {"1.25E2", "125"},
        {"1.25E1", "12.5"},
        {"12345E-5", "0.12345"},
        {"12345E-4", "1.2345"},
        {"0.30000000000000004", "0.3"},
        {"-0.30000000000000004", "-0.3"},
        {"1234.5600000000001", "1234.56"},
        {"0.1000000000000000055511151231257827021181583404541015625", "0.1"},
        {"99.999999999999986", "100"},
        {"0.99999999999999989", "1"},
        {"999999999999999.5", "1000000000000000"},
        {"9.9999999999999995E22", "9.9999999999999995E22"},
        {" 12 ", "12"},
        {"\n12\n", "12"},
    };
    (void)state;
    check_cases(cases, COUNT_OF(cases));
}

static void numbers_are_rounded_half_to_even_at_fifteen_digits(void **state)
{
    static const Case cases[] = {
        {"123456789012345", "123456789012345"},
        {"1234567890123450", "1234567890123450"},
        {"1234567890123454", "1234567890123450"},
        {"1234567890123455", "1234567890123460"},
        {"1234567890123465", "1234567890123460"},
        {"12345678901234650", "12345678901234600"},
        {"12345678901234651", "12345678901234700"},
        {"1234567890123465.0000000000000000000000000000000001", "1234567890123470"},
        {"0.1234567890123455", "0.123456789012346"},
        {"0.1234567890123445", "0.123456789012344"},
        {"0.12345678901234451", "0.123456789012345"},
        {"0.9999999999999995", "1"},
        {"9999999999999985", "9999999999999980"},
        {"9999999999999995", "10000000000000000"},
    };
    (void)state;
    check_cases(cases, COUNT_OF(cases));
}

static void numbers_too_large_or_fine_keep_their_text(void **state)
{
    static const Case cases[] = {
        {"1E17", "100000000000000000"},
        {"1E18", "1E18"},
        {"123456789012345678", "123456789012346000"},
        {"999999999999999999", "999999999999999999"}, /* rounds to 19 digits */
        {"1234567890123456789", "1234567890123456789"},
        {"1E300", "1E300"},
        {"1.7976931348623157E308", "1.7976931348623157E308"},
        {"123456789012345678901234567890123456789012345678901234567890123",
         "123456789012345678901234567890123456789012345678901234567890123"},
        {"1234567890123456789012345678901234567890123456789012345678901234", NULL}, /* no room */
        {"1E-18", "0.000000000000000001"},
        {"1E-19", "0"},
        {"1.5E-18", "0.000000000000000002"},
        {"2.5E-18", "0.000000000000000002"},
        {"-6E-19", "-0.000000000000000001"},
        {"2.074807579077742E-07", "0.000000207480757908"},
        {"1.1102230246251565E-16", "0.000000000000000111"},
        {"4.9406564584124654E-324", "0"},
    };
    (void)state;
    check_cases(cases, COUNT_OF(cases));
}

static void other_texts_are_no_numbers(void **state)
{
    static const Case cases[] = {
        {"", NULL},         {" ", NULL},
        {"-", NULL},        {".", NULL},
        {"-.", NULL},       {"E5", NULL},
        {"1E", NULL},       {"1E+", NULL},
        {"1E1.5", NULL},    {"1.2.3", NULL},
        {"1,5", NULL},      {"1 000", NULL},
        {"--1", NULL},      {"+-1", NULL},
        {"0x10", NULL},     {"NaN", NULL},
        {"INF", NULL},      {"-INF", NULL},
        {"Infinity", NULL}, {"12a", NULL},
        {"1E309", NULL},    {"abc", NULL},
        {"1E999999", NULL}, {"-1E400", NULL},
        {"12%", NULL},      {"1e5e5", NULL},
        {"- 1", NULL},      {"1E99999999999999999999999999999999999999", NULL},
    };
    (void)state;
    check_cases(cases, COUNT_OF(cases));
}

static void long_texts_are_read_to_their_end(void **state)
{
    enum { LENGTH = 500000 };
    char out[OUT_SIZE];
    char *text = malloc(LENGTH);
    (void)state;
    assert_non_null(text);
    memset(text, '0', LENGTH);
    text[0] = '7';
    text[1] = '.';
    assert_true(workbook_number(text, LENGTH, out, sizeof out));
    assert_string_equal(out, "7");
    text[LENGTH - 1] = '1';
    overwrite(text, "2.50000000000005"); /* a half, and one digit far behind it */
    assert_true(workbook_number(text, LENGTH, out, sizeof out));
    assert_string_equal(out, "2.50000000000005");
    overwrite(text, "2.500000000000045");
    assert_true(workbook_number(text, LENGTH, out, sizeof out));
    assert_string_equal(out, "2.50000000000005");
    text[1] = '2'; /* so many digits before the point */
    assert_false(workbook_number(text, LENGTH, out, sizeof out));
    free(text);
}

/* printf rounds the double's exact value half to even; the text has all digits of that value. */
static void fifteen_digits_are_those_that_printf_shows(void **state)
{
    TestRandom random = random_seeded(20260401);
    (void)state;
    for (int i = 0; i < 200000; i++) {
        double scale = 1;
        for (int64_t e = random_between(&random, 0, 18); e > 0; e--)
            scale *= 10;
        double value = random_share(&random) * scale / 1000;
        if (random_chance(&random, 3)) /* with few digits, as in tables, and their noise */
            value = (double)random_between(&random, 0, 1000000) / 100 * 1.1;
        if (random_chance(&random, 2))
            value = -value;
        if (value > -0.001 && value < 0.001)
            continue;

        char exact[200];
        char want[OUT_SIZE];
        char out[OUT_SIZE];
        Decimal decimal;
        snprintf(exact, sizeof exact, random_chance(&random, 2) ? "%.120f" : "%.120E", value);
        snprintf(want, sizeof want, "%.15g", value);
        assert_true(read_number(exact, out));
        if (strchr(want, 'e') == NULL)
            assert_case_text(exact, out, want);
        assert_true(decimal_parse(out, &decimal));
        assert_true(strtod(out, NULL) == strtod(want, NULL));
    }
}

/* What programs write has 17 digits at most; a tie in them is rare, and left out. */
static void seventeen_digits_become_the_fifteen_shown(void **state)
{
    TestRandom random = random_seeded(7);
    (void)state;
    for (int i = 0; i < 200000; i++) {
        char text[OUT_SIZE];
        char want[OUT_SIZE];
        char out[OUT_SIZE];
        double value = (double)random_between(&random, 1, 1000000000) / 1000 * 0.7;
        snprintf(text, sizeof text, "%.16E", value);
        if (memcmp(text + 16, "50", 2) == 0)
            continue;
        snprintf(want, sizeof want, "%.15g", value);
        assert_true(read_number(text, out));
        if (strchr(want, 'e') == NULL)
            assert_case_text(text, out, want);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_lose_exponent_and_noise),
        cmocka_unit_test(numbers_are_rounded_half_to_even_at_fifteen_digits),
        cmocka_unit_test(numbers_too_large_or_fine_keep_their_text),
        cmocka_unit_test(other_texts_are_no_numbers),
        cmocka_unit_test(long_texts_are_read_to_their_end),
        cmocka_unit_test(fifteen_digits_are_those_that_printf_shows),
        cmocka_unit_test(seventeen_digits_become_the_fifteen_shown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
