/* Numbers as people write them: every form of the pages, and those that are refused. */
#include "tests/support/test_support.h"

#include "io/number.h"

#include <stdio.h>
#include <string.h>

#define NBSP "\xC2\xA0"
#define NARROW_NBSP "\xE2\x80\xAF"
#define THIN_SPACE "\xE2\x80\x89"
#define MINUS "\xE2\x88\x92"
#define APOSTROPHE "\xE2\x80\x99"

typedef struct Case {
    const char *text;
    const char *want; /* decimal_format(), with '%' or " = CURRENCIES"; "no", "two", "long" */
    DecimalSign shown;
} Case;

static void check_cases(const Case *cases, size_t count, DecimalSign column)
{
    for (size_t i = 0; i < count; i++) {
        Number number;
        char got[80];
        switch (number_read(cases[i].text, column, &number)) {
        case NUMBER_READ:
            decimal_format(number.value, got);
            if (number.percent)
                snprintf(got + strlen(got), 2, "%%");
            if (number.currencies != NULL)
                snprintf(got + strlen(got), 40, " = %s", number.currencies);
            break;
        case NUMBER_NONE: snprintf(got, sizeof got, "no"); break;
        case NUMBER_TWO_WAYS: snprintf(got, sizeof got, "two"); break;
        case NUMBER_LONG: snprintf(got, sizeof got, "long"); break;
        }
        assert_case_text(cases[i].text, got, cases[i].want);
        assert_case_int(cases[i].text, number.shown, cases[i].shown);
    }
}

static void numbers_are_read_in_every_form_that_people_use(void **state)
{
    static const Case cases[] = {
        {"0", "0", SIGN_OPEN},
        {"12", "12", SIGN_OPEN},
        {"007", "7", SIGN_OPEN},
        {"-5", "-5", SIGN_OPEN},
        {"+5", "5", SIGN_OPEN},
        {MINUS "5,5", "-5.5", SIGN_COMMA},
        {"1234", "1234", SIGN_OPEN},
        {"1234.5", "1234.5", SIGN_POINT},
        {"1234,5", "1234.5", SIGN_COMMA},
        {"1 234,50", "1234.5", SIGN_COMMA},
        {"1" NBSP "234,50", "1234.5", SIGN_COMMA},
        {"1" NARROW_NBSP "234" NBSP "567,50", "1234567.5", SIGN_COMMA},
        {"1" THIN_SPACE "234", "1234", SIGN_OPEN},
        {"1.234,50", "1234.5", SIGN_COMMA},
        {"1,234.50", "1234.5", SIGN_POINT},
        {"1.234.567,5", "1234567.5", SIGN_COMMA},
        {"1,234,567.5", "1234567.5", SIGN_POINT},
        {"1'234.50", "1234.5", SIGN_POINT},
        {"12" APOSTROPHE "345", "12345", SIGN_OPEN},
        {"1,234,567", "1234567", SIGN_POINT},
        {"1.234.567", "1234567", SIGN_COMMA},
        {"1 234.567", "1234.567", SIGN_POINT},
        {"1.234,567", "1234.567", SIGN_COMMA},
        {"0.125", "0.125", SIGN_POINT}, /* no group begins with 0 */
        {"0,125", "0.125", SIGN_COMMA},
        {"1234.567", "1234.567", SIGN_POINT}, /* no group has four digits */
        {"12.34", "12.34", SIGN_POINT},
        {"1.2345", "1.2345", SIGN_POINT},
        {".5", "0.5", SIGN_POINT},
        {"-,25", "-0.25", SIGN_COMMA},
        {"1.50000000000000000000000", "1.5", SIGN_POINT},
        {"00000000000000000000000001", "1", SIGN_OPEN},
        {"999999999999999999", "999999999999999999", SIGN_OPEN},
        {"0.000000000000000001", "0.000000000000000001", SIGN_POINT},
        {"12%", "12%", SIGN_OPEN},
        {"12,5 %", "12.5%", SIGN_COMMA},
        {"12.5" NBSP "%", "12.5%", SIGN_POINT},
    };
    (void)state;
    check_cases(cases, COUNT_OF(cases), SIGN_OPEN);
}

#define DOLLARS " = USD CAD AUD NZD SGD HKD"
#define CROWNS " = SEK NOK DKK ISK"

static void a_currency_stands_at_either_end(void **state)
{
    static const Case cases[] = {
        {"100 EUR", "100 = EUR", SIGN_OPEN},
        {"100EUR", "100 = EUR", SIGN_OPEN},
        {"EUR 1.234,50", "1234.5 = EUR", SIGN_COMMA},
        {"USD1234", "1234 = USD", SIGN_OPEN},
        {"5 uah", "5 = UAH", SIGN_OPEN},
        {"€ 100", "100 = EUR", SIGN_OPEN},
        {"€100", "100 = EUR", SIGN_OPEN},
        {"100,5" NBSP "€", "100.5 = EUR", SIGN_COMMA},
        {"$5,000.25", "5000.25" DOLLARS, SIGN_POINT},
        {"5 000 $", "5000" DOLLARS, SIGN_OPEN},
        {"US$ 5", "5 = USD", SIGN_OPEN},
        {"£12.50", "12.5 = GBP", SIGN_POINT},
        {"¥ 500", "500 = JPY CNY", SIGN_OPEN},
        {"1" NARROW_NBSP "234,50" NBSP "₴", "1234.5 = UAH", SIGN_COMMA},
        {"12 грн", "12 = UAH", SIGN_OPEN},
        {"12,5 грн.", "12.5 = UAH", SIGN_COMMA},
        {"12 ГРН", "12 = UAH", SIGN_OPEN},
        {"1" NBSP "234,50 zł", "1234.5 = PLN", SIGN_COMMA},
        {"7 ZŁ", "7 = PLN", SIGN_OPEN},
        {"99 Kč", "99 = CZK", SIGN_OPEN},
        {"kr 500", "500" CROWNS, SIGN_OPEN},
        {"500 kr.", "500" CROWNS, SIGN_OPEN},
        {"CHF 1'234.50", "1234.5 = CHF", SIGN_POINT},
    };
    (void)state;
    check_cases(cases, COUNT_OF(cases), SIGN_OPEN);
}

static void what_is_below_zero_has_a_minus_before_it_or_brackets_around_it(void **state)
{
    static const Case cases[] = {
        {"-5 €", "-5 = EUR", SIGN_OPEN},
        {"-€5", "-5 = EUR", SIGN_OPEN},
        {"-€ 5", "-5 = EUR", SIGN_OPEN},
        {"€-5", "-5 = EUR", SIGN_OPEN},
        {"€ " MINUS "5", "-5 = EUR", SIGN_OPEN},
        {"+€5", "5 = EUR", SIGN_OPEN},
        {"(5)", "-5", SIGN_OPEN},
        {"(1 234,50)", "-1234.5", SIGN_COMMA},
        {"( 5 )", "-5", SIGN_OPEN},
        {"(€5)", "-5 = EUR", SIGN_OPEN},
        {"€ (5)", "-5 = EUR", SIGN_OPEN},
        {"(5) EUR", "-5 = EUR", SIGN_OPEN},
        {"(5%)", "-5%", SIGN_OPEN},
        {"(-5)", "no", SIGN_OPEN},
        {"-(5)", "no", SIGN_OPEN},
        {"((5))", "no", SIGN_OPEN},
        {"(5", "no", SIGN_OPEN},
        {"5)", "no", SIGN_OPEN},
        {"()", "no", SIGN_OPEN},
        {"5 -€", "no", SIGN_OPEN},
        {"5-€", "no", SIGN_OPEN},
        {"€ - 5", "no", SIGN_OPEN},
        {"-€-5", "no", SIGN_OPEN},
    };
    (void)state;
    check_cases(cases, COUNT_OF(cases), SIGN_OPEN);
}

static void a_currency_stands_once_and_alone(void **state)
{
    static const Case cases[] = {
        {"€", "no", SIGN_OPEN},          {"EUR", "no", SIGN_OPEN},
        {"$5 USD", "no", SIGN_OPEN},     {"€ 5 €", "no", SIGN_OPEN},
        {"5% €", "no", SIGN_OPEN},       {"5 €%", "no", SIGN_OPEN},
        {"5 тис. грн", "no", SIGN_OPEN}, {"5 XYZ", "no", SIGN_OPEN},
        {"5 EURO", "no", SIGN_OPEN},     {"5 € each", "no", SIGN_OPEN},
        {"1,234 €", "two", SIGN_OPEN},   {"($1,234)", "two", SIGN_OPEN},
    };
    (void)state;
    check_cases(cases, COUNT_OF(cases), SIGN_OPEN);
}

static void what_is_no_number_is_not_read(void **state)
{
    static const Case cases[] = {
        {"", "no", SIGN_OPEN},
        {"abc", "no", SIGN_OPEN},
        {"12abc", "no", SIGN_OPEN},
        {"100 euro", "no", SIGN_OPEN},
        {"1e5", "no", SIGN_OPEN},
        {"0x10", "no", SIGN_OPEN},
        {"inf", "no", SIGN_OPEN},
        {"nan", "no", SIGN_OPEN},
        {"-", "no", SIGN_OPEN},
        {"--5", "no", SIGN_OPEN},
        {"- 5", "no", SIGN_OPEN},
        {"5-", "no", SIGN_OPEN},
        {".", "no", SIGN_OPEN},
        {",", "no", SIGN_OPEN},
        {"5.", "no", SIGN_OPEN},
        {"1 23", "no", SIGN_OPEN},
        {"12 34", "no", SIGN_OPEN},
        {"1234 567", "no", SIGN_OPEN},
        {"0 123", "no", SIGN_OPEN},
        {"1  234", "no", SIGN_OPEN},
        {"1 234'567", "no", SIGN_OPEN},
        {"1.23.456", "no", SIGN_OPEN},
        {"1.234.56", "no", SIGN_OPEN},
        {"1,234.567,8", "no", SIGN_OPEN},
        {"1.234,567.8", "no", SIGN_OPEN},
        {"1..234", "no", SIGN_OPEN},
        {"1 234.567,8", "no", SIGN_OPEN},
        {"1234,567 8", "no", SIGN_OPEN},
        {"'5", "no", SIGN_OPEN},
        {"5'", "no", SIGN_OPEN},
        {"%", "no", SIGN_OPEN},
        {"5%%", "no", SIGN_OPEN},
        {"%5", "no", SIGN_OPEN},
        {"1/2", "no", SIGN_OPEN},
        {"111111111111111111111111111111111111111111111111111111111111111111111", "no", SIGN_OPEN},
        {"1000000000000000000", "long", SIGN_OPEN},
        {"0.0000000000000000001", "long", SIGN_OPEN},
        {"1234567890.123456789", "long", SIGN_OPEN},
    };
    (void)state;
    check_cases(cases, COUNT_OF(cases), SIGN_OPEN);
}

static void one_separator_before_three_digits_is_decided_by_the_column_alone(void **state)
{
    static const Case open[] = {{"1,234", "two", SIGN_OPEN},
                                {"1.234", "two", SIGN_OPEN},
                                {"-12,345", "two", SIGN_OPEN},
                                {"999.999", "two", SIGN_OPEN},
                                {"1,234%", "two", SIGN_OPEN}};
    static const Case point[] = {{"1,234", "1234", SIGN_OPEN},
                                 {"1.234", "1.234", SIGN_OPEN},
                                 {"-12,345", "-12345", SIGN_OPEN},
                                 {"1.234,5", "1234.5", SIGN_COMMA}};
    static const Case comma[] = {{"1,234", "1.234", SIGN_OPEN},
                                 {"1.234", "1234", SIGN_OPEN},
                                 {"-12,345", "-12.345", SIGN_OPEN},
                                 {"1,234.5", "1234.5", SIGN_POINT}};
    (void)state;
    check_cases(open, COUNT_OF(open), SIGN_OPEN);
    check_cases(point, COUNT_OF(point), SIGN_POINT);
    check_cases(comma, COUNT_OF(comma), SIGN_COMMA);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_read_in_every_form_that_people_use),
        cmocka_unit_test(a_currency_stands_at_either_end),
        cmocka_unit_test(what_is_below_zero_has_a_minus_before_it_or_brackets_around_it),
        cmocka_unit_test(a_currency_stands_once_and_alone),
        cmocka_unit_test(what_is_no_number_is_not_read),
        cmocka_unit_test(one_separator_before_three_digits_is_decided_by_the_column_alone),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
