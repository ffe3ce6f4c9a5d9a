/* Rows that could be set aside and must not be: data above the headings, figures that are no total, a
 * half-filled first row; and remarks behind headings that nobody understands.
 */
#include "tests/support/sheet_case.h"
#include "tests/support/test_support.h"

#include "io/remark_words.h"

#define NEEDS "id|category|quantity|unit"
#define NONE                                                                                       \
    {                                                                                              \
        {                                                                                          \
            0                                                                                      \
        }                                                                                          \
    }

static void data_above_the_headings_is_an_error(void **state)
{
    static const SheetCase cases[] = {
        {"a sort took the headings for data",
         "needs",
         "N-0|HW|=4|EUR\nN-1|HW|=5|EUR\n" NEEDS "\nN-2|HW|=6|EUR\n",
         NONE,
         3,
         NEEDS,
         4,
         4,
         {"E037 1 this row ('N-0') looks like data, but it stands above", "N204 1 rows 1 to 2"}},
        {"settings too",
         "settings",
         "currency|UAH\nkey|value\nround|R\n",
         NONE,
         2,
         "key|value",
         3,
         3,
         {"E037 1 looks like data", "N204 1 row 1"}},
        {"a title is none",
         "needs",
         "Needs|of|2026\n" NEEDS "\nN-2|HW|=6|EUR\n",
         NONE,
         2,
         NEEDS,
         3,
         3,
         {"E037 1 looks like data", "N204 1 row 1"}}, /* in doubt: three cells as a row has them */
        {"a title of one cell",
         "needs",
         "Needs of 2026\n" NEEDS "\nN-2|HW|=6|EUR\n",
         NONE,
         2,
         NEEDS,
         3,
         3,
         {"N204 1 row 1"}},
        {"words where a figure belongs",
         "needs",
         "Needs|of|Kyiv\n" NEEDS "\nN-2|HW|=6|EUR\n",
         NONE,
         2,
         NEEDS,
         3,
         3,
         {"N204 1 row 1"}},
    };
    (void)state;
    sheet_cases_check(cases, COUNT_OF(cases));
}

static void figures_at_the_end_are_a_total_only_when_they_add_up(void **state)
{
    static const SheetCase cases[] = {
        {"they add up",
         "needs",
         NEEDS "\nN-1|HW|=5.5|EUR\nN-2|HW|1 000|EUR\n||=1005.5|\n",
         NONE,
         1,
         NEEDS,
         2,
         3,
         {"N204 4 totals, '1005.5'"}},
        {"they do not: a row whose id was forgotten",
         "needs",
         NEEDS "\nN-1|HW|=5|EUR\nN-2|HW|=6|EUR\n||=7|EUR\n",
         NONE,
         1,
         NEEDS,
         2,
         4,
         {NULL}},
        {"a label is enough",
         "needs",
         NEEDS "\nN-1|HW|=5|EUR\nTotal||=7|EUR\n",
         NONE,
         1,
         NEEDS,
         2,
         2,
         {"N204 3 totals, 'Total'"}},
    };
    (void)state;
    sheet_cases_check(cases, COUNT_OF(cases));
}

static void a_half_filled_first_row_is_data(void **state)
{
    static const SheetCase cases[] = {
        {"a title alone",
         "needs",
         NEEDS "|title\n||||Firewalls\nN-1|HW|5|EUR|x\n",
         NONE,
         1,
         NEEDS "|title",
         2,
         3,
         {NULL}},
        {"brackets around ids, and a title",
         "needs",
         NEEDS "|title\n[N-0]|[HW]||EUR|a\nN-1|HW|5||x\n",
         NONE,
         1,
         NEEDS "|title",
         2,
         3,
         {NULL}},
        {"units are units",
         "needs",
         NEEDS "|title\n||(EUR)||(text)\nN-1|HW|5|EUR|x\n",
         NONE,
         1,
         NEEDS "|title",
         3,
         3,
         {"N204 2 units"}},
    };
    (void)state;
    sheet_cases_check(cases, COUNT_OF(cases));
}

static void remarks_are_understood_or_not(void **state)
{
    static const char *const yes[] = {"",        "(EUR)",  ", шт.",      "(1-4)",
                                      "(0–100)", "[szt.]", "(required)", "(необов'язково)",
                                      "(days)",  " (%)"};
    static const char *const no[] = {"(total)",    "(already delivered)", "(2025)",
                                     "(vehicles)", ", отримано",          "(razem z VAT)"};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(yes); i++)
        assert_case(yes[i], remark_is_understood(yes[i]));
    for (size_t i = 0; i < COUNT_OF(no); i++)
        assert_case(no[i], !remark_is_understood(no[i]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(data_above_the_headings_is_an_error),
        cmocka_unit_test(figures_at_the_end_are_a_total_only_when_they_add_up),
        cmocka_unit_test(a_half_filled_first_row_is_data),
        cmocka_unit_test(remarks_are_understood_or_not),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
