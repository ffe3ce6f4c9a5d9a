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
    };
    static const struct {
        const char *text;
        bool money;
        int places;
    } units[] = {{"EUR", true, 2},  {"JPY", true, 0},         {"seat", false, 6},
                 {"top", false, 6}, {"expert-day", false, 6}, {"usd", false, 6}};
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_matched_as_headings_are),
        cmocka_unit_test(a_list_of_words_is_a_set),
        cmocka_unit_test(a_list_keeps_its_order_and_drops_what_is_empty),
        cmocka_unit_test(ids_and_names_with_letters_that_look_latin_are_asked_about),
        cmocka_unit_test(currencies_are_codes_in_upper_case),
        cmocka_unit_test(a_unit_that_is_a_misspelt_currency_of_the_round_asks),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
