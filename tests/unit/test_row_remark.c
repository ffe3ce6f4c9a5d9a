/* What a heading says beside its name and a row of units under it: a currency that the rows are not
 * counted in, and percent above shares, are asked about and never passed over.
 */
#include "tests/support/read_round.h"
#include "tests/support/test_support.h"

#include "io/currency_sign.h"
#include "io/scale_words.h"

#include <stdio.h>
#include <string.h>

enum { NAMED_SIZE = 64, ERRORS_MOST = 2 };

/* A table over the smallest round, and all errors that it must lead to. */
typedef struct RemarkCase {
    const char *label;
    const char *file;
    const char *text;
    ExpectedFinding want[ERRORS_MOST]; /* those with a file */
} RemarkCase;

static void check(const RemarkCase *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        ReadRound f;
        size_t errors = 0;
        read_round_open(&f);
        write_file(f.dir, "rates.csv", "currency,rate\nPLN,0.25\nUSD,0.9\nCAD,0.7\nUAH,0.02\n");
        write_file(f.dir, cases[i].file, cases[i].text);
        read_round(&f);
        for (; errors < ERRORS_MOST && cases[i].want[errors].file != NULL; errors++)
            assert_finding(cases[i].label, f.diag, &cases[i].want[errors]);
        assert_case_int(cases[i].label, (int64_t)diag_count(f.diag, DIAG_ERROR), (int64_t)errors);
        read_round_close(&f);
    }
}

#define NO_ERROR                                                                                   \
    {                                                                                              \
        {                                                                                          \
            DIAG_SIGN, NULL, 0, 0, NULL, NULL                                                      \
        }                                                                                          \
    }

/* ---- currencies in headings -------------------------------------------------------------------- */

static void another_currency_above_amounts_without_a_unit_is_an_error_once(void **state)
{
    static const RemarkCase cases[] = {
        {"no column of units",
         "needs.csv",
         "id,category,Kwota (PLN)\nN1,HW,5\nN2,HW,6\n",
         {{DIAG_SIGN, "needs.csv", 1, 3, "Kwota (PLN)",
           "'Kwota (PLN)' names PLN, but amounts without a unit are counted in EUR; write the "
           "currency into the column unit and take it out of the heading"}}},
        {"a unit is empty in one row",
         "needs.csv",
         "id,category,\"Кількість, грн\",unit\nN1,HW,5,UAH\nN2,HW,6,\nN3,HW,7,\n",
         {{DIAG_SIGN, "needs.csv", 1, 3, "Кількість, грн", "names UAH, but amounts without"}}},
        {"a sum above a row of things",
         "needs.csv",
         "id,category,Сума,unit\nN1,HW,5000,EUR\nN2,HW,50000,seat\nN3,HW,1,seat\n",
         {{DIAG_UNITS, "needs.csv", 1, 3, "Сума",
           "'Сума' is a sum of money, but row 3 counts in seat"}}},
        {"things without a column of units",
         "needs.csv",
         "id,category,\"Кількість, шт.\"\nN1,HW,5\nN2,HW,6\n",
         {{DIAG_UNITS, "needs.csv", 1, 3, "Кількість, шт.",
           "counts things, but amounts without a unit are counted in EUR"}}},
        {"things in a row of units",
         "needs.csv",
         "id,category,quantity\n,,(licences)\nN1,HW,5\n",
         {{DIAG_UNITS, "needs.csv", 2, 3, "(licences)", "counts things"}}},
        {"things, and every row has its unit", "needs.csv",
         "id,category,Ilość [szt.],unit\nN1,HW,5,seat\nN2,HW,6,seat\n", NO_ERROR},
        {"the price of a thing is a price", "needs.csv",
         "id,category,quantity,unit,\"Ціна, за шт.\"\nN1,HW,5,seat,6\n", NO_ERROR},
        {"every row has its unit", "needs.csv",
         "id,category,Amount (PLN),unit\nN1,HW,5,PLN\nN2,HW,6,seat\nN3,HW,7,PLN\n", NO_ERROR},
        {"an empty unit without a figure", "needs.csv",
         "id,category,Kwota (PLN),unit\nN1,HW,5,PLN\nN2,HW,,\nN3,HW,n/a,\n", NO_ERROR},
        {"the example row", "needs.csv",
         "id,category,Kwota (PLN),unit\nEXAMPLE,HW,5,\nN2,HW,6,PLN\n", NO_ERROR},
        {"the round's currency", "needs.csv", "id,category,Kwota (EUR)\nN1,HW,5\n", NO_ERROR},
        {"its sign", "needs.csv", "id,category,\"Сума, €\"\nN1,HW,5\n", NO_ERROR},
        {"a sign of several currencies",
         "needs.csv",
         "id,category,Amount ($)\nN1,HW,5\n",
         {{DIAG_SIGN, "needs.csv", 1, 3, "Amount ($)",
           "names USD, CAD, AUD, NZD, SGD or HKD, but"}}},
        {"one of two",
         "needs.csv",
         "id,category,Amount (EUR or USD)\nN1,HW,5\n",
         {{DIAG_SIGN, "needs.csv", 1, 3, "Amount (EUR or USD)", "names USD, but"}}},
        {"a price",
         "needs.csv",
         "id,category,quantity,unit,\"Ціна (грн)\",currency\nN1,HW,5,seat,7,UAH\nN2,HW,5,seat,8,\n",
         {{DIAG_SIGN, "needs.csv", 1, 5, "Ціна (грн)",
           "counted in EUR; write the currency into the column currency"}}},
        {"two columns are two errors",
         "needs.csv",
         "id,category,Amount (USD),Minimum amount (PLN)\nN1,HW,5,1\nN2,HW,5,1\n",
         {{DIAG_SIGN, "needs.csv", 1, 3, "Amount (USD)", "names USD"},
          {DIAG_SIGN, "needs.csv", 1, 4, "Minimum amount (PLN)", "names PLN"}}},
        {"things are no currency", "needs.csv", "id,category,Quantity (top)\nN1,HW,5\n", NO_ERROR},
        {"a budget",
         "donors.csv",
         "id,Budget (USD)\nDE,5\n",
         {{DIAG_SIGN, "donors.csv", 1, 2, "Budget (USD)", "into the column currency"}}},
        {"the round's currency alone",
         "beneficiaries.csv",
         "id,Maximum value (UAH)\nMoD,5\n",
         {{DIAG_SIGN, "beneficiaries.csv", 1, 2, "Maximum value (UAH)",
           "names UAH, but this column is counted in EUR; write its figures in that and take the "
           "currency out of the heading"}}},
        {"rates are in the round's", "rates.csv", "currency,\"Rate, EUR\"\nPLN,0.25\n", NO_ERROR},
        {"and in no other",
         "rates.csv",
         "currency,\"Rate, UAH\"\nPLN,10\n",
         {{DIAG_SIGN, "rates.csv", 1, 2, "Rate, UAH", "names UAH, but this column is counted in"}}},
        {"no currency can stand there",
         "commitments.csv",
         "need,offer,kind,Quantity (EUR)\nN1,O1,fixed,5\n",
         {{DIAG_SIGN, "commitments.csv", 1, 4, "Quantity (EUR)",
           "names EUR, but no currency may stand in this column; take it out of the heading"}}},
        {"a rule without a unit",
         "rules.csv",
         "id,kind,Quantity (EUR),unit\nR1,limit,5,\n",
         {{DIAG_SIGN, "rules.csv", 1, 3, "Quantity (EUR)", "in the units of the pairs; write"}}},
    };
    (void)state;
    check(cases, COUNT_OF(cases));
}

static void a_row_in_another_currency_than_its_heading_is_an_error_once(void **state)
{
    static const RemarkCase cases[] = {
        {"every row",
         "needs.csv",
         "id,category,Quantity (USD),unit\nN1,HW,5,EUR\nN2,HW,6,EUR\n",
         {{DIAG_SIGN, "needs.csv", 1, 3, "Quantity (USD)",
           "'Quantity (USD)' names USD, but row 2 counts in EUR; take the currency out of the "
           "heading, or mend the rows"}}},
        {"a later row, and one after it",
         "needs.csv",
         "id,category,Kwota (PLN),unit\nN1,HW,5,PLN\nN2,HW,6,USD\nN3,HW,6,EUR\n",
         {{DIAG_SIGN, "needs.csv", 1, 3, "Kwota (PLN)", "names PLN, but row 3 counts in USD"}}},
        {"a row without a unit too",
         "needs.csv",
         "id,category,Kwota (PLN),unit\nN1,HW,5,USD\nN2,HW,6,\n",
         {{DIAG_SIGN, "needs.csv", 1, 3, "Kwota (PLN)", "names PLN, but row 2 counts in USD"}}},
        {"a price",
         "needs.csv",
         "id,category,quantity,unit,unit_cost (USD),currency\nN1,HW,5,seat,7,EUR\n",
         {{DIAG_SIGN, "needs.csv", 1, 5, "unit_cost (USD)", "names USD, but row 2 counts in EUR"}}},
        {"a row of units",
         "needs.csv",
         "id,category,quantity,unit\n,,(USD),\nN1,HW,5,EUR\n",
         {{DIAG_SIGN, "needs.csv", 2, 3, "(USD)",
           "'(USD)' under the heading 'quantity' names USD, but row 3 counts in EUR; take the "
           "currency out of that row, or mend the rows"}}},
        {"things", "needs.csv", "id,category,Quantity (USD),unit\nN1,HW,5,seat\n", NO_ERROR},
        {"one of two", "needs.csv",
         "id,category,Amount (EUR or USD),unit\nN1,HW,5,EUR\nN2,HW,5,USD\n", NO_ERROR},
        {"none of two",
         "needs.csv",
         "id,category,Amount (EUR or USD),unit\nN1,HW,5,PLN\n",
         {{DIAG_SIGN, "needs.csv", 1, 3, "Amount (EUR or USD)",
           "names EUR, but row 2 counts in PLN"}}},
        {"a sign of several", "needs.csv", "id,category,Amount ($),unit\nN1,HW,5,CAD\n", NO_ERROR},
        {"no figure", "needs.csv", "id,category,Kwota (PLN),unit\nN1,HW,n/a,USD\n", NO_ERROR},
        {"a wrong unit is an error of its own",
         "needs.csv",
         "id,category,Kwota (PLN),unit\nN1,HW,5,Eur\n",
         {{DIAG_CURRENCY, "needs.csv", 2, 4, "Eur", "write EUR"}}},
        {"two columns are two errors",
         "needs.csv",
         "id,category,Amount (USD),Minimum amount (PLN),unit\nN1,HW,5,1,EUR\nN2,HW,5,1,EUR\n",
         {{DIAG_SIGN, "needs.csv", 1, 3, "Amount (USD)", "names USD"},
          {DIAG_SIGN, "needs.csv", 1, 4, "Minimum amount (PLN)", "names PLN"}}},
    };
    (void)state;
    check(cases, COUNT_OF(cases));
}

static void the_settings_say_what_the_default_is(void **state)
{
    ReadRound f;
    (void)state;
    read_round_open(&f);
    write_file(f.dir, "settings.csv", "key,value\ncurrency,PLN\n");
    write_file(f.dir, "needs.csv", "id,category,Kwota (PLN)\nN1,HW,5\n");
    write_file(f.dir, "offers.csv", "id,donor,Kwota (EUR)\nO1,DE,5\n");
    read_round(&f);
    ExpectedFinding want = {
        DIAG_SIGN, "offers.csv",  1,
        3,         "Kwota (EUR)", "names EUR, but amounts without a unit are counted in PLN"};
    assert_finding("offers", f.diag, &want);
    assert_int_equal(diag_count(f.diag, DIAG_ERROR), 1);
    read_round_close(&f);
}

static void a_row_of_units_counts_like_the_heading(void **state)
{
    static const RemarkCase cases[] = {
        {"another currency",
         "needs.csv",
         "id,category,quantity,unit\n,,(USD),\nN1,HW,5,\nN2,HW,6,\n",
         {{DIAG_SIGN, "needs.csv", 2, 3, "(USD)",
           "'(USD)' under the heading 'quantity' names USD, but amounts without a unit are counted "
           "in EUR; write the currency into the column unit and take it out of that row"}}},
        {"the default", "needs.csv", "id,category,quantity\n,,EUR\nN1,HW,5\n", NO_ERROR},
        {"rows say it", "needs.csv", "id,category,quantity,unit\n,,(USD),\nN1,HW,5,USD\n",
         NO_ERROR},
        {"a tag",
         "needs.csv",
         "id,category,quantity\n#id,#sector,#value+usd\nN1,HW,5\n",
         {{DIAG_SIGN, "needs.csv", 2, 3, "#value+usd", "names USD"}}},
        {"the heading goes before",
         "needs.csv",
         "id,category,Kwota (PLN)\n,,USD\nN1,HW,5\n",
         {{DIAG_SIGN, "needs.csv", 1, 3, "Kwota (PLN)", "names PLN"}}},
    };
    (void)state;
    check(cases, COUNT_OF(cases));
}

/* ---- percent ----------------------------------------------------------------------------------- */

#define OFFERS "id,donor,quantity,"

static void percent_above_shares_without_their_sign_is_an_error_once(void **state)
{
    static const RemarkCase cases[] = {
        {"a figure that can be either",
         "offers.csv",
         OFFERS "Overhead (%)\nO1,DE,5,0.5\nO2,DE,5,0.5\n",
         {{DIAG_SCALE, "offers.csv", 1, 4, "Overhead (%)",
           "'Overhead (%)' speaks of percent: write 12.5% or 0.125 in the cells and take the "
           "percent sign out of the heading"}}},
        {"one that is too much for a share",
         "offers.csv",
         OFFERS "Overhead %\nO1,DE,5,12.5\n",
         {{DIAG_SCALE, "offers.csv", 1, 4, "Overhead %", "speaks of percent"}}},
        {"every cell has its sign", "offers.csv",
         OFFERS "Overhead (%)\nO1,DE,5,12.5%\nO2,DE,5,0.5 %\nO3,DE,5,\nO4,DE,5,0\n", NO_ERROR},
        {"one has none",
         "offers.csv",
         OFFERS "Overhead (%)\nO1,DE,5,12.5%\nO2,DE,5,0.5\n",
         {{DIAG_SCALE, "offers.csv", 1, 4, "Overhead (%)", "speaks of percent"}}},
        {"no cell", "offers.csv", OFFERS "Overhead (%)\nO1,DE,5,\n", NO_ERROR},
        {"by a word",
         "offers.csv",
         OFFERS "\"Накладні витрати, відсотків\"\nO1,DE,5,0.5\n",
         {{DIAG_SCALE, "offers.csv", 1, 4, "Накладні витрати, відсотків", "speaks of percent"}}},
        {"by a name",
         "rules.csv",
         "id,kind,Procent\nR1,limit,0.5\n",
         {{DIAG_SCALE, "rules.csv", 1, 3, "Procent", "speaks of percent"}}},
        {"in a row of units",
         "offers.csv",
         OFFERS "overhead\n,,,%\nO1,DE,5,0.5\n",
         {{DIAG_SCALE, "offers.csv", 2, 4, "%",
           "'%' under the heading 'overhead' speaks of percent: write 12.5% or 0.125 in the cells "
           "and take the percent sign out of that row"}}},
        {"without a word", "offers.csv", OFFERS "Overhead (share)\nO1,DE,5,0.5\n", NO_ERROR},
    };
    (void)state;
    check(cases, COUNT_OF(cases));
}

static void shares_with_their_own_sign_are_read(void **state)
{
    ReadRound f;
    (void)state;
    read_round_open(&f);
    write_file(f.dir, "offers.csv", OFFERS "Overhead (%)\nO1,DE,5,12.5%\nO2,DE,5,0\n");
    read_round(&f);
    assert_int_equal(diag_count(f.diag, DIAG_ERROR), 0);
    assert_int_equal(f.round.offers[0].overhead.digits, 125);
    assert_int_equal(f.round.offers[0].overhead.places, 3);
    assert_int_equal(f.round.offers[1].overhead.digits, 0);
    read_round_close(&f);
}

/* ---- words ------------------------------------------------------------------------------------- */

static void currencies_are_known_among_words(void **state)
{
    static const struct {
        const char *text, *named; /* with '+' between currencies */
    } cases[] = {
        {"Kwota (PLN)", "PLN"},
        {"Кількість, грн", "UAH"},
        {"тис. грн.", "UAH"},
        {"Сума, ГРН", "UAH"},
        {"amount in euro", "EUR"},
        {"сума в євро", "EUR"},
        {"Amount, US$", "USD"},
        {"k€", "EUR"},
        {"€/m", "EUR"},
        {"EUR per m", "EUR"},
        {"Kwota [zł]", "PLN"},
        {"w złotych", "PLN"},
        {"у гривнях", "UAH"},
        {"гривень", "UAH"},
        {"₴", "UAH"},
        {"£\xC2\xA0net", "GBP"},
        {"«грн»", "UAH"},
        {"usd", "USD"},
        {"#value+pln", "PLN"},
        {"EUR/USD", "EUR+USD"},
        {"TRY", "TRY"},
        {"Ron", ""},
        {"(all)", ""},
        {"(ALL)", ""},
        {"TOP", ""},
        {"try again", ""},
        {"length (ft)", ""},
        {"seat", ""},
        {"шт.", ""},
        {"європейський", ""},
        {"European", ""},
        {"EURO1", "EUR"},
        {"Qty EURX", ""},
        {"", ""},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char named[NAMED_SIZE] = "";
        const char *text = cases[i].text, *currencies;
        while (currency_next(&text, &currencies)) {
            size_t length = strlen(named);
            snprintf(named + length, sizeof named - length, "%s%.3s", length > 0 ? "+" : "",
                     currencies);
        }
        assert_case_text(cases[i].text, named, cases[i].named);
    }
}

static void percent_is_known_in_three_languages(void **state)
{
    static const char *const yes[] = {"%",   "Share, %", "in per cent", "PERCENTAGE",
                                      "pct", "відсотки", "ВІДСОТОК",    "procentowo",
                                      "w %", "процент"};
    static const char *const no[] = {"", "share", "частка", "udział", "proc."};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(yes); i++)
        assert_case(yes[i], text_speaks_of_percent(yes[i]));
    for (size_t i = 0; i < COUNT_OF(no); i++)
        assert_case(no[i], !text_speaks_of_percent(no[i]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(another_currency_above_amounts_without_a_unit_is_an_error_once),
        cmocka_unit_test(a_row_in_another_currency_than_its_heading_is_an_error_once),
        cmocka_unit_test(the_settings_say_what_the_default_is),
        cmocka_unit_test(a_row_of_units_counts_like_the_heading),
        cmocka_unit_test(percent_above_shares_without_their_sign_is_an_error_once),
        cmocka_unit_test(shares_with_their_own_sign_are_read),
        cmocka_unit_test(currencies_are_known_among_words),
        cmocka_unit_test(percent_is_known_in_three_languages),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
