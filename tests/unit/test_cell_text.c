/* Typing one cell: words, names, lists, currencies and units; what is said about what is none. */
#include "tests/support/expected_findings.h"
#include "tests/support/one_column.h"
#include "tests/support/test_support.h"

#include <string.h>

#define NBSP "\xC2\xA0"

/* ---- words and names ------------------------------------------------------------------------ */

static Status type_status(OneColumn *f, CellAt at)
{
    int word;
    (void)f;
    return cell_word(at, "pledged committed paid", &word);
}

static Status type_each(OneColumn *f, CellAt at)
{
    unsigned bits;
    (void)f;
    return cell_words(at, "donor offer need", &bits);
}

static void words_are_matched_as_headings_are(void **state)
{
    static const WrongCell wrong[] = {
        {"promised", DIAG_WORD,
         "'promised' is not a word for this column; write pledged, committed or paid"},
        {"paid;pledged", DIAG_WORD, "is not a word for this column"},
    };
    OneColumn f;
    int word;
    (void)state;
    one_column_open(&f);
    assert_int_equal(
        cell_word(one_column_add(&f, "PAID", CELL_TEXT), "pledged committed paid", &word),
        STATUS_OK);
    assert_int_equal(word, 2);
    assert_int_equal(
        cell_word(one_column_add(&f, "At Least", CELL_TEXT), "fixed at_least at_most", &word),
        STATUS_OK);
    assert_int_equal(word, 1);
    one_column_close(&f);
    assert_wrong_cells(wrong, COUNT_OF(wrong), type_status);
}

static void yes_and_no_among_words_are_known_in_other_words(void **state)
{
    static const struct {
        const char *text;
        int index; /* -1: refused */
    } cases[] = {{"yes", 1}, {"tak", 1}, {"так", 1}, {"TRUE", 1}, {"1", 1},
                 {"ні", 2},  {"nie", 2}, {"N", 2},   {"open", 0}, {"maybe", -1}};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        OneColumn f;
        int word = -1;
        one_column_open(&f);
        CellAt at = one_column_add(&f, cases[i].text, CELL_TEXT);
        (void)cell_word(at, "open yes no", &word);
        assert_case_int(cases[i].text, word, cases[i].index);
        word = -1;
        if (cases[i].index > 0) /* no vocabulary of these */
            assert_case_int(cases[i].text, cell_word(at, "open shut", &word), STATUS_FINDINGS);
        one_column_close(&f);
    }
}

static void a_list_of_words_is_a_set(void **state)
{
    static const WrongCell wrong[] = {
        {"need;people", DIAG_WORD,
         "'people' is not a word for this column; write donor, offer or "
         "need"}};
    OneColumn f;
    unsigned bits;
    (void)state;
    one_column_open(&f);
    assert_int_equal(
        cell_words(one_column_add(&f, " need ;; DONOR;need", CELL_TEXT), "donor offer need", &bits),
        STATUS_OK);
    assert_int_equal(bits, 1u << 0 | 1u << 2);
    one_column_close(&f);
    assert_wrong_cells(wrong, COUNT_OF(wrong), type_each);
}

static void a_list_keeps_its_order_and_drops_what_is_empty(void **state)
{
    OneColumn f;
    NameList list;
    (void)state;
    one_column_open(&f);
    CellAt at = one_column_add(&f, ";HW; TRN ;" NBSP ";*;SOC;", CELL_TEXT);
    assert_int_equal(cell_names(at, f.round.names, f.arena, false, &list), STATUS_OK);
    assert_int_equal(list.count, 4);
    assert_string_equal(list.names[0], "HW");
    assert_string_equal(list.names[1], "TRN");
    assert_string_equal(list.names[2], "*");
    assert_ptr_equal(list.names[3], name_find(f.round.names, "SOC"));
    assert_false(list.all);
    assert_int_equal(cell_names(at, f.round.names, f.arena, true, &list), STATUS_OK);
    assert_true(list.all);
    assert_int_equal(list.count, 0);
    one_column_close(&f);
}

static void a_list_with_commas_alone_is_asked_about(void **state)
{
    static const struct {
        const char *text;
        ColumnType type;
        bool asked;
    } cases[] = {{"EDR, SOC", COLUMN_NAMES, true},
                 {"EDR,SOC", COLUMN_NAMES, true},
                 {"EDR; SOC", COLUMN_NAMES, false},
                 {"EDR", COLUMN_NAMES, false},
                 {"Kyiv, city; Lviv", COLUMN_NAMES, false},
                 {"Kyiv, city", COLUMN_NAME, false},
                 {"a, b", COLUMN_TEXT, false}};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        OneColumn f;
        one_column_open(&f);
        cell_check_list(one_column_add(&f, cases[i].text, CELL_TEXT), cases[i].type);
        if (cases[i].asked) {
            ExpectedFinding want = {DIAG_LIST,
                                    "needs.csv",
                                    2,
                                    1,
                                    cases[i].text,
                                    "is one name as it stands; lists have ';' between their parts"};
            assert_finding(cases[i].text, f.diag, &want);
        }
        assert_finding_count(cases[i].text, f.diag, cases[i].asked);
        one_column_close(&f);
    }
}

/* ---- letters of another alphabet -------------------------------------------------------------- */

static void ids_and_names_with_letters_that_look_latin_are_asked_about(void **state)
{
    static const struct {
        const char *text; /* Cyrillic letters as escapes: one cannot see them */
        ColumnType type;
        const char *hint; /* NULL: nothing is said */
    } cases[] = {
        {"A-1", COLUMN_ID, NULL},
        {"\u0410-1", COLUMN_ID,
         "'\u0410-1' holds Cyrillic letters that look Latin; in Latin letters it is 'A-1'"},
        {"\u0421\u041E\u0421", COLUMN_ID, "in Latin letters it is 'COC'"},
        {"\u0421\u041E\u0421", COLUMN_NAME, NULL}, /* it may be meant so */
        {"\u041D\u0412", COLUMN_NAMES, NULL},
        {"H\u0412", COLUMN_NAME, "'H\u0412' holds Cyrillic letters"},
        {"\u0391-1", COLUMN_NAME, "holds Greek letters that look Latin"},
        {"HW; H\u0412 ;\u0410-1", COLUMN_NAMES, "'H\u0412' holds Cyrillic letters"}, /* once */
        {"\u041A\u0438\u0457\u0432 1", COLUMN_NAME, NULL},
        {"H\u0412", COLUMN_TEXT, NULL},
        {"H\u0412", COLUMN_UNIT, NULL},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        OneColumn f;
        one_column_open(&f);
        cell_check_letters(one_column_add(&f, cases[i].text, CELL_TEXT), cases[i].type);
        if (cases[i].hint != NULL) {
            ExpectedFinding want = {DIAG_LOOKALIKE, "needs.csv",  2, 1,
                                    cases[i].text,  cases[i].hint};
            assert_finding(cases[i].text, f.diag, &want);
        }
        assert_finding_count(cases[i].text, f.diag, cases[i].hint != NULL ? 1 : 0);
        one_column_close(&f);
    }
}

/* ---- currencies and units ------------------------------------------------------------------- */

static Status type_currency(OneColumn *f, CellAt at)
{
    const char *code;
    return cell_currency(at, f->round.names, &code);
}

static Status type_unit(OneColumn *f, CellAt at)
{
    static Rate rate;
    Unit unit;
    rate = (Rate){.currency = name_intern(f->round.names, "UAH", 3)};
    f->round.rates = &rate;
    f->round.rate_count = 1;
    return cell_unit(at, &f->round, &unit);
}

static void currencies_are_codes_in_upper_case(void **state)
{
    static const WrongCell wrong[] = {
        {"usd", DIAG_CURRENCY, "'usd' is not a currency code; write USD"},
        {"Eur", DIAG_CURRENCY, "write EUR"},
        {"euro", DIAG_CURRENCY, "write one of ISO 4217, such as EUR or USD"},
        {"XYZ", DIAG_CURRENCY, "write one of ISO 4217"},
    };
    OneColumn f;
    const char *code;
    (void)state;
    one_column_open(&f);
    assert_int_equal(cell_currency(one_column_add(&f, "PLN", CELL_TEXT), f.round.names, &code),
                     STATUS_OK);
    assert_ptr_equal(code, name_find(f.round.names, "PLN"));
    one_column_close(&f);
    assert_wrong_cells(wrong, COUNT_OF(wrong), type_currency);
}

static void a_unit_that_is_a_misspelt_currency_of_the_round_asks(void **state)
{
    static const WrongCell wrong[] = {
        {"eur", DIAG_CURRENCY, "'eur' is a thing as it stands; write EUR if it is money"},
        {"Uah", DIAG_CURRENCY, "write UAH"}, /* it has a rate */
        {"usd", DIAG_CURRENCY, "'usd' looks like a currency (USD); write its code"},
    };
    static const struct {
        const char *text;
        bool money;
        int places;
    } units[] = {{"EUR", true, 2},
                 {"JPY", true, 0},
                 {"seat", false, 6},
                 {"top", false, 6},
                 {"expert-day", false, 6}};
    (void)state;
    assert_wrong_cells(wrong, COUNT_OF(wrong), type_unit);
    for (size_t i = 0; i < COUNT_OF(units); i++) {
        OneColumn f;
        Unit unit;
        one_column_open(&f);
        assert_int_equal(cell_unit(one_column_add(&f, units[i].text, CELL_TEXT), &f.round, &unit),
                         STATUS_OK);
        assert_case_text(units[i].text, unit.name, units[i].text);
        assert_case_int(units[i].text, unit.is_money, units[i].money);
        assert_case_int(units[i].text, unit.places, units[i].places);
        one_column_close(&f);
    }
}

static void a_unit_that_is_money_in_other_words_asks(void **state)
{
#define CURRENCY(text, codes)                                                                      \
    {                                                                                              \
        text, DIAG_CURRENCY,                                                                       \
            "'" text "' looks like a currency (" codes                                             \
            "); write its code, or another word if it is a thing"                                  \
    }
#define SCALED(text, code)                                                                         \
    {                                                                                              \
        text, DIAG_SCALE,                                                                          \
            "'" text "' speaks of thousands or millions; write full amounts and " code " as unit"  \
    }
    static const WrongCell wrong[] = {
        CURRENCY("€", "EUR"),
        CURRENCY("Euro", "EUR"),
        CURRENCY("EURO", "EUR"),
        CURRENCY("євро", "EUR"),
        CURRENCY("in euros", "EUR"),
        CURRENCY("zł", "PLN"),
        CURRENCY("złotych", "PLN"),
        CURRENCY("грн", "UAH"),
        CURRENCY("грн.", "UAH"),
        CURRENCY("(ГРН)", "UAH"),
        CURRENCY("гривня", "UAH"),
        CURRENCY("$", "USD, CAD, AUD, NZD, SGD or HKD"),
        CURRENCY("US$", "USD"),
        CURRENCY("£", "GBP"),
        CURRENCY("EUR_", "EUR"),
        CURRENCY("U\u0410\u041D", "UAH"),
        CURRENCY("\u0415UR", "EUR"),
        SCALED("kEUR", "EUR"),
        SCALED("kUSD", "USD"),
        SCALED("keur", "EUR"),
        SCALED("MEUR", "EUR"),
        SCALED("EURm", "EUR"),
        SCALED("TEUR", "EUR"),
        SCALED("k€", "EUR"),
        SCALED("тис. EUR", "EUR"),
        SCALED("тис. грн", "UAH"),
        SCALED("тис.грн.", "UAH"),
        SCALED("tys. zł", "PLN"),
        SCALED("mln EUR", "EUR"),
        SCALED("EUR thousand", "EUR"),
        SCALED("thousands of EUR", "EUR"),
        SCALED("USD k", "USD"),
        SCALED("EUR m", "EUR"),
        SCALED("T EUR", "EUR"),
        SCALED("EUR '000", "EUR"),
        SCALED("1000 UAH", "UAH"),
        SCALED("EUR 1 000", "EUR"),
        CURRENCY("EUR 2026", "EUR"),
        SCALED("mln", "the currency's code"),
    };
    static const char *const things[] = {
        "seat",        "licence",  "expert-day", "ft",    "all",
        "ALL-in-one",  "kg",       "site",       "krok",  "kurs",
        "top",         "TOP-10",   "m",          "km",    "k",
        "шт.",         "тис. шт.", "EUR/day",    "EUR/t", "euro pallet",
        "100 000",     "European", "місяць",     "1000",

        "hryvnia day", "MB",       "м",          "кг",    "\u0422\u041E\u0420"};
    (void)state;
    assert_wrong_cells(wrong, COUNT_OF(wrong), type_unit);
    for (size_t i = 0; i < COUNT_OF(things); i++) {
        OneColumn f;
        Unit unit;
        one_column_open(&f);
        assert_case_int(things[i],
                        cell_unit(one_column_add(&f, things[i], CELL_TEXT), &f.round, &unit),
                        STATUS_OK);
        assert_case_text(things[i], unit.name, things[i]);
        assert_case(things[i], !unit.is_money);
        one_column_close(&f);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_matched_as_headings_are),
        cmocka_unit_test(yes_and_no_among_words_are_known_in_other_words),
        cmocka_unit_test(a_list_of_words_is_a_set),
        cmocka_unit_test(a_list_keeps_its_order_and_drops_what_is_empty),
        cmocka_unit_test(a_list_with_commas_alone_is_asked_about),
        cmocka_unit_test(ids_and_names_with_letters_that_look_latin_are_asked_about),
        cmocka_unit_test(currencies_are_codes_in_upper_case),
        cmocka_unit_test(a_unit_that_is_a_misspelt_currency_of_the_round_asks),
        cmocka_unit_test(a_unit_that_is_money_in_other_words_asks),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
