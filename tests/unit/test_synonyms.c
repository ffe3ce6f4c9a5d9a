/* Synonyms: that people's names find their table and column, in three languages and however they
 * are written; and that none of them means two columns, is another column's own name, or comes so
 * near to one that it would swallow a slip of the finger.
 */
#include "tests/support/test_support.h"

#include "allot/dictionary.h"
#include "allot/heading_index.h"
#include "allot/names.h"
#include "allot/synonyms.h"
#include "models/synonym_table.h"

#include <stdio.h>
#include <string.h>

enum { NAME_SIZE = 128, COLUMNS_MAX = 64 };

/* Columns of the plan's tables, which the dictionary of a round does not hold. */
static const struct {
    const char *table;
    const char *columns[COLUMNS_MAX];
} PLAN_TABLES[] = {
    {"assignments",
     {"need", "offer", "donor", "quantity", "unit", "offer_quantity", "offer_unit", "value",
      "currency", "basis", "locked"}},
    {"stages", {"stage", "sense", "value", "bound", "gap", "status"}},
};

/* Folded names of the columns of a table, NULL after the last. */
static size_t columns_of(const char *table, const char *columns[COLUMNS_MAX])
{
    size_t count = 0;
    const TableSpec *spec = dictionary_find(table);
    if (spec != NULL) {
        for (; count < spec->column_count; count++)
            columns[count] = spec->columns[count].name;
        return count;
    }
    for (size_t t = 0; t < COUNT_OF(PLAN_TABLES); t++)
        if (strcmp(PLAN_TABLES[t].table, table) == 0)
            while (PLAN_TABLES[t].columns[count] != NULL) {
                columns[count] = PLAN_TABLES[t].columns[count];
                count++;
            }
    return count;
}

/* Every table that has columns. */
static const char *table_at(size_t index)
{
    if (index < TABLE_COUNT)
        return dictionary_table((TableKind)index)->name;
    return index < TABLE_COUNT + COUNT_OF(PLAN_TABLES) ? PLAN_TABLES[index - TABLE_COUNT].table
                                                       : NULL;
}

/* The name that begins at @p names, ended by '|', and what follows it; NULL at the end. */
static const char *take_name(const char *names, char out[NAME_SIZE])
{
    if (names == NULL || *names == '\0')
        return NULL;
    size_t length = strcspn(names, "|");
    assert_true(length > 0 && length < NAME_SIZE);
    snprintf(out, NAME_SIZE, "%.*s", (int)length, names);
    return names + length + (names[length] == '|');
}

typedef void (*NameCheck)(const char *table, const char *column, const char *name);

static void for_every_name(const Synonym *entry, const char *table, NameCheck check)
{
    char name[NAME_SIZE];
    for (int l = 0; l < SYNONYM_LANGUAGES; l++)
        for (const char *names = entry->names[l]; (names = take_name(names, name)) != NULL;)
            check(table, entry->column, name);
}

/* Every name of every column of every table. */
static void for_every_column(NameCheck check)
{
    const char *columns[COLUMNS_MAX], *table;
    for (size_t t = 0; (table = table_at(t)) != NULL; t++) {
        size_t count = columns_of(table, columns);
        assert_true(count > 0);
        for (size_t c = 0; c < count; c++) {
            const Synonym *entry = synonym_of(table, columns[c]);
            if (entry != NULL)
                for_every_name(&(Synonym){table,
                                          columns[c],
                                          {entry->names[0], entry->names[1], entry->names[2]}},
                               table, check);
        }
    }
}

/* ---- the table as a whole ----------------------------------------------------------------------
 */

static void every_entry_belongs_to_a_table_and_a_column_that_exist(void **state)
{
    size_t count;
    const Synonym *entries = synonym_entries(&count);
    (void)state;
    for (size_t i = 0; i < count; i++) {
        const char *columns[COLUMNS_MAX], *table;
        bool found = false;
        for (size_t t = 0; (table = table_at(t)) != NULL; t++) {
            if (entries[i].table != NULL && strcmp(entries[i].table, table) != 0)
                continue;
            size_t column_count = columns_of(table, columns);
            for (size_t c = 0; c < column_count; c++)
                found |= entries[i].column == NULL || strcmp(entries[i].column, columns[c]) == 0;
        }
        assert_case(entries[i].column != NULL ? entries[i].column : entries[i].table, found);
    }
}

static void every_table_and_column_has_a_name_in_every_language(void **state)
{
    const char *columns[COLUMNS_MAX], *table;
    char label[NAME_SIZE];
    (void)state;
    for (size_t t = 0; (table = table_at(t)) != NULL; t++) {
        size_t count = columns_of(table, columns);
        for (int l = 0; l < SYNONYM_LANGUAGES; l++) {
            synonym_label(synonym_of(table, NULL), (SynonymLanguage)l, label, sizeof label);
            assert_case(table, label[0] != '\0');
            for (size_t c = 0; c < count; c++) {
                synonym_label(synonym_of(table, columns[c]), (SynonymLanguage)l, label,
                              sizeof label);
                assert_case(columns[c], label[0] != '\0');
            }
        }
    }
}

static void means_this_column(const char *table, const char *column, const char *name)
{
    const char *meant = synonym_column(table, name);
    assert_case(name, meant != NULL);
    if (strcmp(meant, column) != 0)
        fail_msg("%s: '%s' stands for %s and for %s", table, name, column, meant);
}

static void no_name_means_two_columns(void **state)
{
    (void)state;
    for_every_column(means_this_column);
}

static void is_no_other_columns_name(const char *table, const char *column, const char *name)
{
    const char *columns[COLUMNS_MAX];
    char folded[2][NAME_SIZE];
    size_t count = columns_of(table, columns);
    synonym_fold(name, folded[0], NAME_SIZE);
    for (size_t c = 0; c < count; c++) {
        synonym_fold(columns[c], folded[1], NAME_SIZE);
        if (strcmp(folded[0], folded[1]) == 0 && strcmp(columns[c], column) != 0)
            fail_msg("%s: '%s' of %s is the name of %s", table, name, column, columns[c]);
    }
}

static void no_name_is_that_of_another_column(void **state)
{
    (void)state;
    for_every_column(is_no_other_columns_name);
}

static void is_near_no_other_column(const char *table, const char *column, const char *name)
{
    const char *columns[COLUMNS_MAX];
    char folded[COLUMNS_MAX][NAME_SIZE], own[NAME_SIZE];
    size_t count = columns_of(table, columns);
    name_fold(name, own, sizeof own);
    if (strcmp(own, column) == 0)
        return; /* its own name, shown to people */
    for (size_t c = 0; c < count; c++) {
        name_fold(columns[c], folded[c], NAME_SIZE);
        const char *other = strcmp(columns[c], column) != 0 ? folded[c] : NULL;
        if (name_nearest(own, &other, 1) != NULL)
            fail_msg("%s: '%s' of %s is a slip away from %s", table, name, column, columns[c]);
    }
}

static void no_name_is_a_slip_away_from_another_column(void **state)
{
    (void)state;
    for_every_column(is_near_no_other_column);
}

static void means_this_table(const char *table, const char *column, const char *name)
{
    (void)column;
    char own[NAME_SIZE], folded[NAME_SIZE];
    const char *meant = synonym_table(name), *other;
    assert_case(name, meant != NULL);
    assert_case_text(name, meant, table);
    name_fold(name, own, sizeof own);
    if (strcmp(own, table) == 0)
        return; /* its own name, shown to people */
    for (size_t t = 0; (other = table_at(t)) != NULL; t++) {
        if (strcmp(other, table) == 0)
            continue;
        name_fold(other, folded, sizeof folded);
        const char *candidate = folded;
        assert_case(name, strcmp(own, folded) != 0);
        assert_case(name, name_nearest(own, &candidate, 1) == NULL);
    }
}

static void no_name_of_a_table_means_another_or_is_a_slip_away_from_it(void **state)
{
    const char *table;
    (void)state;
    for (size_t t = 0; (table = table_at(t)) != NULL; t++)
        for_every_name(synonym_of(table, NULL), table, means_this_table);
}

static void the_index_of_a_table_finds_the_same_columns(void **state)
{
    (void)state;
    for (int t = 0; t < TABLE_COUNT; t++) {
        const TableSpec *table = dictionary_table((TableKind)t);
        Arena *arena = arena_new();
        const HeadingIndex *index = heading_index_new(table, arena);
        size_t count;
        const Synonym *entries = synonym_entries(&count);
        assert_non_null(index);
        for (size_t i = 0; i < count; i++)
            for (int l = 0; l < SYNONYM_LANGUAGES; l++) {
                char name[NAME_SIZE];
                for (const char *names = entries[i].names[l];
                     (names = take_name(names, name)) != NULL;)
                    assert_case_int(name, heading_index_column(index, name),
                                    dictionary_column(table, name));
            }
        arena_free(arena);
    }
}

/* ---- what people write ------------------------------------------------------------------------- */

static void people_of_three_languages_find_their_columns(void **state)
{
    static const struct {
        const char *table, *heading, *column;
    } cases[] = {
        {"needs", "qty", "quantity"},
        {"needs", "how much", "quantity"},
        {"needs", "Кількість", "quantity"},
        {"needs", "Обсяг", "quantity"},
        {"needs", "К-сть", "quantity"},
        {"needs", "Ilość", "quantity"},
        {"needs", "Kwota", "quantity"},
        {"needs", "Потреба", "title"},
        {"needs", "Отримувач", "beneficiary"},
        {"needs", "Beneficjent", "beneficiary"},
        {"needs", "Од. виміру", "unit"},
        {"needs", "J.m.", "unit"},
        {"needs", "Пріоритет", "priority"},
        {"needs", "Termin", "deadline"},
        {"offers", "Сума", "quantity"},
        {"offers", "Darczyńca", "donor"},
        {"offers", "Країна-донор", "donor"},
        {"offers", "Ważne do", "valid_to"},
        {"donors", "Donor", "name"},
        {"rates", "Kurs", "rate"},
        {"rates", "Курс валюти", "rate"},
        {"rules", "Kwota", "value"},
        {"rules", "Ilość", "quantity"},
        {"rules", "Liczba", "count"},
        {"commitments", "Потреба", "need"},
        {"pairs", "Oferta", "offer"},
        {"settings", "Значення", "value"},
        {"assignments", "Кількість", "quantity"},
        {"assignments", "Пропозиція", "offer"},
        {"stages", "Etap", "stage"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_case_text(cases[i].heading, synonym_column(cases[i].table, cases[i].heading),
                         cases[i].column);
}

static void names_are_found_however_they_are_written(void **state)
{
    static const struct {
        const char *table, *heading, *column;
    } cases[] = {
        {"needs", "How Much?", "quantity"},
        {"needs", "how_much", "quantity"},
        {"needs", " Unit  price: ", "unit_cost"},
        {"needs", "ilosc", "quantity"},
        {"needs", "zrodlo", "source"},
        {"commitments", "обгрунтування", "reason"},
        {"commitments", "вид зобов'язання", "kind"},
        {"commitments", "вид зобовʼязання", "kind"},
        {"commitments", "вид зобов’язання", "kind"},
        {"needs", "«Назва»", "title"},
        {"needs", "jm", "unit"},
        {"offers", "Lead time (days)", "lead_days"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        /* Capital letters beyond ASCII are name_fold()'s. */
        const char *found = synonym_column(cases[i].table, cases[i].heading);
        assert_case(cases[i].heading, found != NULL);
        assert_case_text(cases[i].heading, found, cases[i].column);
    }
}

static void capital_letters_of_every_alphabet_count_for_nothing(void **state)
{
    (void)state;
    assert_string_equal(synonym_column("needs", "КІЛЬКІСТЬ"), "quantity");
    assert_string_equal(synonym_column("needs", "ilość"), "quantity");
    assert_string_equal(synonym_column("needs", "ILOŚĆ"), "quantity");
    assert_string_equal(synonym_column("offers", "ŹRÓDŁO"), "source");
}

static void what_is_no_name_is_not_found(void **state)
{
    static const char *const headings[] = {"",    " ",    ".",           "№",      "№ п/п",
                                           "Lp.", "Опис", "description", "ЄДРПОУ", "E-mail"};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(headings); i++) {
        assert_case(headings[i], synonym_column("needs", headings[i]) == NULL);
        assert_case(headings[i], synonym_column("beneficiaries", headings[i]) == NULL);
    }
    assert_null(synonym_column("needs", "quantities"));
}

static void sheets_are_found_by_names_of_three_languages(void **state)
{
    static const struct {
        const char *name, *table;
    } cases[] = {
        {"Потреби", "needs"},
        {"Potrzeby", "needs"},
        {"Пропозиції", "offers"},
        {"Oferty", "offers"},
        {"Донори", "donors"},
        {"Darczyńcy", "donors"},
        {"Отримувачі", "beneficiaries"},
        {"Odbiorcy", "beneficiaries"},
        {"Курси валют", "rates"},
        {"Kursy walut", "rates"},
        {"FX rates", "rates"},
        {"Зобов'язання", "commitments"},
        {"Reguły", "rules"},
        {"Налаштування", "settings"},
        {"Scenariusze", "scenarios"},
        {"Пари", "pairs"},
        {"Розподіл", "assignments"},
        {"Etapy", "stages"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_case_text(cases[i].name, synonym_table(cases[i].name), cases[i].table);
    assert_null(synonym_table(""));
    assert_null(synonym_table("Sheet1"));
    assert_null(synonym_table("Аркуш1"));
    assert_null(synonym_table("How to fill"));
}

static void a_slip_in_a_table_s_name_is_seen_in_three_languages(void **state)
{
    static const struct {
        const char *name, *table;
    } cases[] = {
        {"ofers", "offers"},
        {"nedes", "needs"},
        {"Потребы", "needs"},
        {"Potrzebyy", "needs"},
        {"Пропозиции", "offers"},
        {"Darczyncy_", "donors"}, /* the name itself is near too */
        {"Донары", NULL},
        {"Донари", "donors"},
        {"Odbiorcyy", "beneficiaries"},
        {"Налаштуваня", "settings"},
        {"Ustawiena", "settings"},
        {"Kursy waIut", "rates"}, /* a capital i */
        {"Сценарий", "scenarios"},
        {"Plan", NULL},
        {"Sheet1", NULL},
        {"Аркуш1", NULL},
        {"Arkusz1", NULL},
        {"Лист1", NULL},
        {"Files", NULL},
        {"Parts", NULL},
        {"Summary", NULL},
        {"Підсумок", NULL},
        {"Podsumowanie", NULL},
        {"Rozdział", NULL},
        {"Rozpodil", NULL},
        {"Розподілл", NULL}, /* a plan's table */
        {"Архів", NULL},
        {"Notes", NULL},
        {"Contacts", NULL},
        {"Контакти", NULL},
        {"", NULL},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const char *near = synonym_near_table(cases[i].name);
        assert_case_text(cases[i].name, near != NULL ? near : "",
                         cases[i].table != NULL ? cases[i].table : "");
    }
}

static void an_entry_of_the_table_stands_in_place_of_one_of_any_table(void **state)
{
    (void)state;
    assert_string_equal(synonym_of("rules", "quantity")->table, "rules");
    assert_null(synonym_of("commitments", "quantity")->table);
    assert_string_equal(synonym_column("commitments", "amount"), "quantity");
    assert_null(synonym_column("rules", "amount"));
    assert_null(synonym_of("needs", "nothing"));
    assert_null(synonym_of("nothing", NULL));
}

static void the_first_name_is_the_one_shown(void **state)
{
    char label[NAME_SIZE], little[4];
    (void)state;
    synonym_label(synonym_of("needs", "quantity"), SYNONYM_UK, label, sizeof label);
    assert_string_equal(label, "Кількість");
    synonym_label(synonym_of("needs", "unit"), SYNONYM_PL, label, sizeof label);
    assert_string_equal(label, "Jednostka");
    synonym_label(synonym_of("offers", NULL), SYNONYM_EN, label, sizeof label);
    assert_string_equal(label, "offers");
    synonym_label(NULL, SYNONYM_UK, label, sizeof label);
    assert_string_equal(label, "");
    synonym_label(synonym_of("offers", NULL), SYNONYM_EN, little, sizeof little);
    assert_string_equal(little, "off");
}

static void folding_ends_within_its_room(void **state)
{
    char out[6];
    (void)state;
    synonym_fold("(Iloś)", out, sizeof out);
    assert_string_equal(out, "ilos");
    synonym_fold("abcdefgh", out, sizeof out);
    assert_int_equal(strlen(out) < sizeof out, 1);
    synonym_fold("", out, sizeof out);
    assert_string_equal(out, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_entry_belongs_to_a_table_and_a_column_that_exist),
        cmocka_unit_test(every_table_and_column_has_a_name_in_every_language),
        cmocka_unit_test(no_name_means_two_columns),
        cmocka_unit_test(no_name_is_that_of_another_column),
        cmocka_unit_test(no_name_is_a_slip_away_from_another_column),
        cmocka_unit_test(no_name_of_a_table_means_another_or_is_a_slip_away_from_it),
        cmocka_unit_test(the_index_of_a_table_finds_the_same_columns),
        cmocka_unit_test(people_of_three_languages_find_their_columns),
        cmocka_unit_test(names_are_found_however_they_are_written),
        cmocka_unit_test(capital_letters_of_every_alphabet_count_for_nothing),
        cmocka_unit_test(what_is_no_name_is_not_found),
        cmocka_unit_test(sheets_are_found_by_names_of_three_languages),
        cmocka_unit_test(a_slip_in_a_table_s_name_is_seen_in_three_languages),
        cmocka_unit_test(an_entry_of_the_table_stands_in_place_of_one_of_any_table),
        cmocka_unit_test(the_first_name_is_the_one_shown),
        cmocka_unit_test(folding_ends_within_its_room),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
