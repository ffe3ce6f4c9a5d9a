/* The template's texts: that every point, table and column has its own, that references name the
 * right sheet, and that the words offered for a setting are those that are read.
 */
#include "tests/support/test_support.h"

#include <stdio.h>
#include <string.h>

#include "allot/settings.h"
#include "allot/template.h"
#include "allot/words.h"
#include "io/template_text.h"

static void its_own_sheets_are_no_tables(void **state)
{
    (void)state;
    assert_true(template_is_own_sheet("How to fill"));
    assert_true(template_is_own_sheet("how to FILL"));
    assert_true(template_is_own_sheet("lists"));
    assert_true(template_is_own_sheet("Lists"));
    assert_false(template_is_own_sheet("needs"));
    assert_false(template_is_own_sheet("list"));
    assert_false(template_is_own_sheet(""));
}

static void every_point_and_table_has_a_text_in_every_language(void **state)
{
    (void)state;
    size_t count;
    const GuidePoint *points = template_points(&count);
    assert_int_equal(count, 12);
    for (size_t p = 0; p < count; p++)
        for (int l = 0; l < SYNONYM_LANGUAGES; l++)
            assert_true(points[p].title.in[l][0] != '\0' && points[p].text.in[l][0] != '\0');
    for (int t = 0; t < TABLE_COUNT; t++)
        for (int l = 0; l < SYNONYM_LANGUAGES; l++)
            assert_true(template_table_text((TableKind)t, (SynonymLanguage)l)[0] != '\0');
}

static void every_table_is_ordered_once_and_has_an_example(void **state)
{
    static const char *const sheets[] = {"settings",      "needs",    "offers", "donors",
                                         "beneficiaries", "rates",    "rules",  "commitments",
                                         "pairs",         "scenarios"};
    bool seen[TABLE_COUNT] = {false};
    (void)state;
    for (int i = 0; i < TABLE_COUNT; i++) {
        TableKind kind = template_order()[i];
        const TableSpec *table = dictionary_table(kind);
        assert_case_text(sheets[i], table->name, sheets[i]);
        assert_false(seen[kind]);
        seen[kind] = true;
        for (size_t c = 0; c < table->column_count; c++)
            if (table->columns[c].required)
                assert_case(table->columns[c].name,
                            template_example(kind, table->columns[c].name)[0] != '\0');
    }
}

static void references_name_the_sheet_they_point_at(void **state)
{
    static const struct {
        TableKind table;
        const char *column;
        TableKind target;
    } cases[] = {
        {TABLE_NEEDS, "beneficiary", TABLE_BENEFICIARIES},
        {TABLE_NEEDS, "requires", TABLE_NEEDS},
        {TABLE_OFFERS, "donor", TABLE_DONORS},
        {TABLE_OFFERS, "parent", TABLE_OFFERS},
        {TABLE_OFFERS, "only_beneficiaries", TABLE_BENEFICIARIES},
        {TABLE_OFFERS, "not_needs", TABLE_NEEDS},
        {TABLE_OFFERS, "only_tags", TABLE_COUNT},
        {TABLE_RULES, "donor", TABLE_DONORS},
        {TABLE_PAIRS, "need", TABLE_NEEDS},
        {TABLE_COMMITMENTS, "offer", TABLE_OFFERS},
        {TABLE_DONORS, "max_needs", TABLE_COUNT},
        {TABLE_NEEDS, "region", TABLE_COUNT},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_case_int(cases[i].column, template_target(cases[i].table, cases[i].column),
                        cases[i].target);
}

/* Findings of one setting. */
static size_t findings_of(const char *key, const char *value)
{
    Arena *arena = arena_new();
    Diag *diag = diag_new(arena);
    NameSet *names = name_set_new(arena);
    Settings settings = settings_default(names);
    SettingRow rows[] = {{.key = "fairness", .value = "need"}, {.key = key, .value = value}};
    assert_int_equal(settings_apply(rows, 2, arena, names, diag, &settings), STATUS_OK);
    size_t count = diag_count(diag, DIAG_ERROR);
    arena_free(arena);
    return count;
}

static void the_words_of_settings_are_those_that_are_read(void **state)
{
    static const struct {
        const char *key;
        int words;
    } cases[] = {{"plan_on", 3},     {"measure", 3},     {"eligibility", 2}, {"fairness", 5},
                 {"within_tier", 2}, {"fairness_by", 2}, {"release", 3},     {"engine", 2}};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const char *words = template_setting_words(cases[i].key);
        char word[32];
        int count = 0;
        assert_case(cases[i].key, words != NULL);
        for (;; count++) {
            word_copy(words, (size_t)count, word, sizeof word);
            if (word[0] == '\0')
                break;
            assert_case_int(word, (int64_t)findings_of(cases[i].key, word), 0);
        }
        assert_case_int(cases[i].key, count, cases[i].words);
        assert_case_int(cases[i].key, (int64_t)findings_of(cases[i].key, "something else"), 1);
    }
    assert_null(template_setting_words("round"));
}

/* ---- notes ----------------------------------------------------------------------------------- */

/* No column is put off: its note says what it means and what an empty cell is. */
static void every_column_has_a_note_that_puts_nothing_off(void **state)
{
    Arena *arena = arena_new();
    size_t columns = 0;
    (void)state;
    for (int t = 0; t < TABLE_COUNT; t++) {
        const TableSpec *table = dictionary_table((TableKind)t);
        for (size_t c = 0; c < table->column_count; c++) {
            const ColumnSpec *column = &table->columns[c];
            const char *note = template_note(table, column, arena);
            assert_case(column->name, note[0] != '\0');
            assert_case(column->name, strstr(note, "version") == NULL);
            assert_case(column->name, strstr(note, "leave it empty") == NULL);
            columns++;
        }
    }
    assert_true(columns > 100);
    arena_free(arena);
}

static void what_somebody_typed_is_not_the_templates_example(void **state)
{
    static const struct {
        const char *table, *column, *text;
        bool own;
    } cases[] = {
        {"needs", "id", "EXAMPLE", true},
        {"needs", "title", "Endpoint protection, three hospitals", true},
        {"needs", "title", "Endpoint protection, four hospitals", false},
        {"needs", "quantity", "120", true},
        {"needs", "quantity", "120.00", true},
        {"needs", "quantity", "121", false},
        {"needs", "quantity", "unknown", false},
        {"needs", "deadline", "2026-09-30", true},
        {"needs", "deadline", "2026-10-30", false},
        {"needs", "oda", "yes", true},
        {"needs", "oda", "no", false},
        {"needs", "title", "", true}, /* emptied */
        {"needs", "bundle", "", true},
        {"needs", "bundle", "A", false}, /* the example has none */
        {"offers", "overhead", "0.070", true},
        {"settings", "key", "EXAMPLE", true},
        {"settings", "value", "EUR", false},
        {"needs", "nothing of ours", "x", false},
        {"no table", "id", "EXAMPLE", false},
        {"no table", "id", "", true},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_case_int(cases[i].text,
                        template_is_own_example(cases[i].table, cases[i].column, cases[i].text),
                        cases[i].own);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(its_own_sheets_are_no_tables),
        cmocka_unit_test(every_point_and_table_has_a_text_in_every_language),
        cmocka_unit_test(every_table_is_ordered_once_and_has_an_example),
        cmocka_unit_test(references_name_the_sheet_they_point_at),
        cmocka_unit_test(the_words_of_settings_are_those_that_are_read),
        cmocka_unit_test(every_column_has_a_note_that_puts_nothing_off),
        cmocka_unit_test(what_somebody_typed_is_not_the_templates_example),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
