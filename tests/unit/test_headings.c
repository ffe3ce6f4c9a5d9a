/* Headings: what is read as which column, what people are told about it, and what is asked. */
#include "tests/support/matched_headings.h"
#include "tests/support/test_support.h"

#include "allot/heading_index.h"
#include "io/scale_words.h"

#include <stdio.h>
#include <string.h>

/* ---- names, synonyms, remarks ------------------------------------------------------------------ */

static void names_in_any_spelling_are_no_news(void **state)
{
    (void)state;
    Matched m = MATCH(TABLE_NEEDS, "Quantity", "", "ID", "Unit Cost", "CATEGORY");
    assert_matched_counts(&m, 0, 0, 0);
    assert_int_equal(matched_column(&m, "quantity"), 0);
    assert_int_equal(matched_column(&m, "id"), 2);
    assert_int_equal(matched_column(&m, "unit_cost"), 3);
    assert_int_equal(matched_column(&m, "category"), 4);
    assert_int_equal(matched_column(&m, "title"), -1);
    assert_true(m.headings.complete);
    assert_int_equal(m.headings.extra_count, 0);
    arena_free(m.arena);
}

static void what_is_read_as_another_name_is_told_in_one_note(void **state)
{
    (void)state;
    Matched m = MATCH(TABLE_NEEDS, "Код", "Потреба", "category", "Кількість, шт.", "Ціна [EUR]");
    assert_matched_counts(&m, 0, 0, 1);
    assert_matched_message(
        &m, DIAG_HEADING_READ, 0,
        "headings read as: 'Код' = id, 'Потреба' = title, 'Кількість, шт.' = quantity, "
        "'Ціна [EUR]' = unit_cost");
    assert_int_equal(matched_column(&m, "id"), 0);
    assert_int_equal(matched_column(&m, "title"), 1);
    assert_int_equal(matched_column(&m, "quantity"), 3);
    assert_int_equal(matched_column(&m, "unit_cost"), 4);
    assert_true(m.headings.complete);
    arena_free(m.arena);
}

static void a_remark_behind_a_plain_name_is_told_too(void **state)
{
    (void)state;
    Matched m = MATCH(TABLE_NEEDS, "id", "category", "Quantity\n(pieces)");
    assert_matched_counts(&m, 0, 0, 1);
    assert_matched_message(&m, DIAG_HEADING_READ, 0,
                           "headings read as: 'Quantity (pieces)' = quantity");
    assert_int_equal(matched_column(&m, "quantity"), 2);
    arena_free(m.arena);
}

static void a_missing_column_is_still_missing(void **state)
{
    (void)state;
    Matched m = MATCH(TABLE_OFFERS, "Darczyńca", "Kwota (PLN)");
    assert_matched_message(
        &m, DIAG_COLUMN_MISSING, 0,
        "the column 'id' (stable, unique) is missing; the rows cannot be read without "
        "it: add it, or give the column that holds it this heading");
    assert_false(m.headings.complete);
    assert_int_equal(matched_column(&m, "donor"), 0);
    assert_int_equal(matched_column(&m, "quantity"), 1);
    arena_free(m.arena);
}

/* ---- two headings for one column --------------------------------------------------------------- */

static void two_names_of_one_column_are_an_error_that_names_both(void **state)
{
    (void)state;
    Matched m = MATCH(TABLE_NEEDS, "id", "category", "Qty", "Quantity");
    assert_matched_message(
        &m, DIAG_COLUMN_TWICE, 4,
        "'Quantity' and 'Qty' of column 3 are both read as quantity; rename or remove "
        "one of them");
    assert_int_equal(matched_column(&m, "quantity"), 2);
    assert_int_equal(m.headings.extra_count, 0);
    arena_free(m.arena);
}

static void a_name_goes_before_one_with_a_remark(void **state)
{
    (void)state;
    Matched m = MATCH(TABLE_NEEDS, "id", "category", "Quantity (left)", "Quantity");
    assert_matched_message(
        &m, DIAG_COLUMN_TWICE, 3,
        "'Quantity (left)' and 'Quantity' of column 4 are both read as quantity; rename "
        "or remove one of them");
    assert_int_equal(matched_column(&m, "quantity"), 3);
    assert_null(matched_finding(&m, DIAG_HEADING_READ));
    arena_free(m.arena);
}

static void the_same_heading_twice_is_an_error(void **state)
{
    (void)state;
    Matched m = MATCH(TABLE_NEEDS, "id", "category", "quantity", "Colour", "QUANTITY", "colour");
    assert_matched_counts(&m, 2, 0, 1);
    size_t count;
    const Finding *findings = diag_findings(m.diag, &count);
    assert_string_equal(
        findings[0].message,
        "'QUANTITY' is the heading of column 3 already; rename or remove one of them");
    assert_string_equal(
        findings[1].message,
        "'colour' is the heading of column 4 already; rename or remove one of them");
    assert_int_equal(matched_column(&m, "quantity"), 2);
    arena_free(m.arena);
}

static void a_text_in_another_language_is_carried_along(void **state)
{
    (void)state;
    Matched m = MATCH(TABLE_NEEDS, "id", "category", "quantity", "Title (UA)", "Title");
    assert_matched_counts(&m, 0, 0, 1);
    assert_matched_message(&m, DIAG_COLUMN_CARRIED, 0,
                           "no column of needs, carried along: 'Title (UA)'");
    assert_int_equal(matched_column(&m, "title"), 4);
    assert_int_equal(m.headings.extra_count, 1);
    assert_int_equal(m.headings.extra[0], 3);
    arena_free(m.arena);
}

/* ---- thousands --------------------------------------------------------------------------------- */

static void figures_in_thousands_are_an_error(void **state)
{
    static const char *const headings[] = {
        "Quantity (thousand EUR)", "Amount, k€",       "Сума, тис. грн",
        "Kwota [mln zł]",          "Quantity\n('000)",
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(headings); i++) {
        Matched m = MATCH(TABLE_NEEDS, "id", "category", headings[i]);
        const Finding *finding = matched_finding(&m, DIAG_SCALE);
        assert_case(headings[i], finding != NULL);
        assert_int_equal(finding->place.column, 3);
        assert_int_equal(diag_count(m.diag, DIAG_ERROR), 1);
        arena_free(m.arena);
    }
    Matched m = MATCH(TABLE_NEEDS, "id", "category", "Quantity (thousand EUR)");
    assert_matched_message(
        &m, DIAG_SCALE, 3,
        "'Quantity (thousand EUR)' speaks of thousands or millions; write full amounts "
        "and take the word out of the heading");
    arena_free(m.arena);
}

static void thousands_above_a_text_or_a_stranger_are_nobodys_business(void **state)
{
    (void)state;
    Matched m = MATCH(TABLE_NEEDS, "id", "category", "quantity", "Title (one of a thousand)",
                      "Sales (thousand EUR)");
    assert_int_equal(diag_count(m.diag, DIAG_ERROR), 0);
    arena_free(m.arena);
}

static void words_of_scale_are_known_in_three_languages(void **state)
{
    static const char *const texts[] = {"thousand",
                                        "Thousands of EUR",
                                        "in THSD EUR",
                                        "thsd.",
                                        "k€",
                                        "€k",
                                        "kEUR",
                                        "EURk",
                                        "EUR k",
                                        "k EUR",
                                        "TEUR",
                                        "T€",
                                        "EUR '000",
                                        "EUR ’000",
                                        "€000",
                                        "'000s",
                                        "000 EUR",
                                        "x1000",
                                        "×1000",
                                        "million",
                                        "Millions",
                                        "mln",
                                        "m€",
                                        "€m",
                                        "EUR m",
                                        "EURm",
                                        "MEUR",
                                        "m EUR",
                                        "USD mn",
                                        "$m",
                                        "£m",
                                        "$ bn",
                                        "billion",
                                        "тис",
                                        "тис. грн",
                                        "ТИС. ГРН",
                                        "тисяч",
                                        "у тисячах гривень",
                                        "млн",
                                        "млн\xC2\xA0грн",
                                        "мільйонів",
                                        "млрд",
                                        "tys. zł",
                                        "tys.zł",
                                        "TYS. PLN",
                                        "tysięcy",
                                        "w tysiącach",
                                        "mln zł",
                                        "miliony",
                                        "mld EUR",
                                        "(in thousands)",
                                        "mio EUR",
                                        "€ k",
                                        "k",
                                        "(EUR 1,000)",
                                        "(1000 EUR)",
                                        "(1 000 грн)",
                                        "EUR1000",
                                        "1 000 zł",
                                        "1000 євро",
                                        "EUR 1,000,000",
                                        "(thous.)",
                                        "(x 10^3)",
                                        "(10³ EUR)",
                                        "x 10^6",
                                        "(bn)",
                                        "Сума (т. грн)",
                                        "т.грн",
                                        "(тысяч)",
                                        "(тыс.)",
                                        "(tis.)",
                                        "(EUR ths)",
                                        "k грн"};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(texts); i++)
        assert_case(texts[i], text_speaks_of_scale(texts[i]));
}

static void other_words_are_not_taken_for_scales(void **state)
{
    static const char *const texts[] = {"",
                                        "EUR",
                                        "pcs",
                                        "шт.",
                                        "szt.",
                                        "m",
                                        "m2",
                                        "EUR/m",
                                        "€/m",
                                        "EUR per m",
                                        "тиск, бар",
                                        "typ",
                                        "mile",
                                        "kg",
                                        "km",
                                        "MB",
                                        "2026",
                                        "1000",
                                        "100 000",
                                        "%",
                                        "seat",
                                        "м",
                                        "т",
                                        "грн",
                                        "zł",
                                        "monthly",
                                        "mode",
                                        "kWh",
                                        "key",
                                        "метрів",
                                        "months",
                                        "EUR\xC2\xA0PLN",
                                        "2 000 seats",
                                        "1 000",
                                        "EUR 2,000",
                                        "11 000 EUR",
                                        "1 000 000 000 seats",
                                        "1000 pcs, EUR",
                                        "EUR/1000 pcs",
                                        "EUR per 1000 pcs",
                                        "10^2",
                                        "110^3",
                                        "грн/т",
                                        "ціна за т, грн",
                                        "грн т",
                                        "т, EUR",
                                        "European m",
                                        "tisk",
                                        "bnp",
                                        "KWD",
                                        "MDL",
                                        "\xE2\x80\x99"};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(texts); i++)
        assert_case(texts[i], !text_speaks_of_scale(texts[i]));
}

/* ---- weeks ------------------------------------------------------------------------------------- */

static void weeks_over_a_column_in_days_are_an_error(void **state)
{
    static const struct {
        const char *heading;
        bool asked;
    } cases[] = {{"lead_days (weeks)", true},   {"lead_days (months)", true},
                 {"lead_days, місяців", true},  {"lead_days (тижнів)", true},
                 {"lead_days [tygodni]", true}, {"Dni na dostawę (miesiące)", true},
                 {"lead_days (days)", false},   {"lead_days", false},
                 {"priority (weeks)", false},   {"lead_days (days, not weeks)", false}};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        Matched m = MATCH(TABLE_OFFERS, "id", "donor", "quantity", cases[i].heading);
        assert_case(cases[i].heading, (matched_finding(&m, DIAG_SCALE) != NULL) == cases[i].asked);
        arena_free(m.arena);
    }
    Matched m = MATCH(TABLE_OFFERS, "id", "donor", "quantity", "lead_days (weeks)");
    assert_matched_message(&m, DIAG_SCALE, 4,
                           "'lead_days (weeks)' speaks of weeks or months, but this column is in "
                           "days; write days and take the word out of the heading");
    arena_free(m.arena);
}

static void all_unknown_columns_stand_in_one_note(void **state)
{
    (void)state;
    Matched m = MATCH(TABLE_OFFERS, "id", "donor", "Earmark", "quantity", "Only for");
    assert_matched_counts(&m, 0, 0, 1);
    assert_matched_message(&m, DIAG_COLUMN_CARRIED, 0,
                           "no columns of offers, carried along: 'Earmark', 'Only for'");
    assert_int_equal(m.headings.extra_count, 2);
    arena_free(m.arena);
}

static void memory_may_run_out_at_every_step(void **state)
{
    const char *texts[] = {"Код", "category", "Кількість, шт.", "Colour", "Quantty"};
    Sheet sheet = {.file = "needs.csv",
                   .table = dictionary_table(TABLE_NEEDS),
                   .heading_line = 1,
                   .headings = texts,
                   .column_count = COUNT_OF(texts)};
    Status status = STATUS_NO_MEMORY;
    (void)state;
    for (size_t calls = 0; status != STATUS_OK; calls++) {
        Arena *arena = arena_new(), *kept = arena_new();
        Headings headings;
        Diag *diag = diag_new(kept);
        sheet.names = heading_index_new(sheet.table, kept);
        assert_true(calls < 200);
        arena_fail_after(arena, calls);
        status = headings_match(&sheet, true, arena, diag, &headings);
        assert_true(status == STATUS_OK || status == STATUS_NO_MEMORY);
        arena_free(arena);
        arena_free(kept);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_in_any_spelling_are_no_news),
        cmocka_unit_test(what_is_read_as_another_name_is_told_in_one_note),
        cmocka_unit_test(a_remark_behind_a_plain_name_is_told_too),
        cmocka_unit_test(a_missing_column_is_still_missing),
        cmocka_unit_test(two_names_of_one_column_are_an_error_that_names_both),
        cmocka_unit_test(a_name_goes_before_one_with_a_remark),
        cmocka_unit_test(the_same_heading_twice_is_an_error),
        cmocka_unit_test(a_text_in_another_language_is_carried_along),
        cmocka_unit_test(figures_in_thousands_are_an_error),
        cmocka_unit_test(thousands_above_a_text_or_a_stranger_are_nobodys_business),
        cmocka_unit_test(words_of_scale_are_known_in_three_languages),
        cmocka_unit_test(other_words_are_not_taken_for_scales),
        cmocka_unit_test(weeks_over_a_column_in_days_are_an_error),
        cmocka_unit_test(all_unknown_columns_stand_in_one_note),
        cmocka_unit_test(memory_may_run_out_at_every_step),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
