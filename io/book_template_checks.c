/* Drop-down lists, limits and hints of the template's cells. They help while typing and forbid
 * little: what a spreadsheet refuses is only what the reader refuses too, and elsewhere it warns. The
 * lists follow the sheets that they name by their heading cell, so that the example row may go.
 */
#include <stdio.h>
#include <string.h>

#include "allot/words.h"
#include "io/book_template.h"

enum { LAST_ROW = 1048575, TEXT_SIZE = 256, WORDS_MOST = 16, WORD_SIZE = 32 };

/* A check of the cells of a column, or of one cell. */
typedef struct Place {
    lxw_worksheet *sheet;
    lxw_row_t first_row, last_row;
    lxw_col_t column;
} Place;

/* What is said when a cell does not fit, or with a hint while it is chosen. */
static void put(Template *t, Place place, lxw_data_validation check, const char *title,
                const char *message)
{
    bool hint = check.validate == LXW_VALIDATION_TYPE_ANY;
    char *said[] = {template_copy(t, title), template_copy(t, message)};

    if (t->book.error != LXW_NO_ERROR) /* the library would say on standard error what it misses */
        return;
    if (hint) {
        check.input_title = said[0];
        check.input_message = said[1];
    } else {
        check.error_title = said[0];
        check.error_message = said[1];
    }
    if (hint || message == NULL)
        check.show_error = LXW_VALIDATION_OFF;
    book_check(&t->book, worksheet_data_validation_range(place.sheet, place.first_row, place.column,
                                                         place.last_row, place.column, &check));
}

/* ---- lists ---------------------------------------------------------------------------------- */

/* Allowed is nothing else. */
static void put_words(Template *t, Place place, const char *words)
{
    char text[WORDS_MOST][WORD_SIZE], phrase[TEXT_SIZE - 8], message[TEXT_SIZE];
    char *list[WORDS_MOST + 1];
    size_t count = 0;

    for (; count < WORDS_MOST; count++) {
        word_copy(words, count, text[count], WORD_SIZE);
        if (text[count][0] == '\0')
            break;
        list[count] = text[count];
    }
    list[count] = NULL;
    words_phrase(words, phrase, sizeof phrase);
    snprintf(message, sizeof message, "Write %s", phrase);
    lxw_data_validation check = {.validate = LXW_VALIDATION_TYPE_LIST,
                                 .value_list = list,
                                 .error_type = LXW_VALIDATION_ERROR_TYPE_STOP};
    put(t, place, check, "Not a word for this column", message);
}

static void put_flag(Template *t, Place place)
{
    char *list[] = {template_copy(t, "yes"), template_copy(t, "no"), NULL};
    lxw_data_validation check = {.validate = LXW_VALIDATION_TYPE_LIST,
                                 .value_list = list,
                                 .error_type = LXW_VALIDATION_ERROR_TYPE_WARNING};
    put(t, place, check, "Yes or no",
        "Write yes or no; y/n, 1/0, true/false, так/ні and tak/nie are read too.");
}

/* How strict a list of another sheet is. */
typedef enum Strictness { ONLY_THESE, RATHER_THESE, ANY_TEXT } Strictness;

/* The library copies the formula of a list twice and forgets the first copy; one of a condition of
 * one's own it copies once. What is stored differs in the kind alone. */
static void make_last_a_list(lxw_worksheet *sheet)
{
    lxw_data_val_obj *last = NULL, *next = STAILQ_FIRST(sheet->data_validations);
    while (next != NULL) {
        last = next;
        next = STAILQ_NEXT(next, list_pointers);
    }
    if (last != NULL && last->validate == LXW_VALIDATION_TYPE_CUSTOM_FORMULA)
        last->validate = LXW_VALIDATION_TYPE_LIST_FORMULA;
}

static void put_range(Template *t, Place place, char *formula, Strictness strictness,
                      const char *message)
{
    lxw_data_validation check = {.validate = LXW_VALIDATION_TYPE_CUSTOM_FORMULA,
                                 .value_formula = formula,
                                 .error_type = strictness == ONLY_THESE
                                                   ? LXW_VALIDATION_ERROR_TYPE_STOP
                                                   : LXW_VALIDATION_ERROR_TYPE_WARNING};
    put(t, place, check, "Not in the list", strictness == ANY_TEXT ? NULL : message);
    if (t->book.error == LXW_NO_ERROR)
        make_last_a_list(place.sheet);
}

/* A list of the sheet of lists. */
static void put_list_of(Template *t, Place place, int column, size_t count, Strictness strictness,
                        const char *message)
{
    char formula[TEXT_SIZE];
    char letter = (char)('A' + column);
    snprintf(formula, sizeof formula, "=" TEMPLATE_LISTS "!$%c$%d:$%c$%d", letter,
             LISTS_FIRST_ROW + 1, letter, LISTS_FIRST_ROW + (int)count);
    put_range(t, place, formula, strictness, message);
}

static void put_currency(Template *t, Place place)
{
    put_list_of(t, place, LISTS_CURRENCY, t->lists.currency_count, ONLY_THESE,
                "Write a currency code of ISO 4217 in capitals: EUR, USD, UAH, ...");
}

/* The ids of another sheet, as many as there are. */
static void put_ids(Template *t, Place place, TableKind target)
{
    char formula[TEXT_SIZE], message[TEXT_SIZE];
    const char *name = dictionary_table(target)->name;
    snprintf(formula, sizeof formula, "=OFFSET(%s!$A$1,1,0,MAX(1,COUNTA(%s!$A:$A)-1),1)", name,
             name);
    snprintf(message, sizeof message,
             "The sheet %s has no such id. Go on if it will be added there, or if nothing more is "
             "known about it.",
             name);
    put_range(t, place, formula, RATHER_THESE, message);
}

static void put_tables(Template *t, Place place)
{
    char words[TEXT_SIZE] = "";
    size_t used = 0;
    for (int i = 0; i < TABLE_COUNT; i++)
        if (template_order()[i] != TABLE_SCENARIOS && used < sizeof words)
            used += (size_t)snprintf(words + used, sizeof words - used, "%s%s", i > 0 ? " " : "",
                                     dictionary_table(template_order()[i])->name);
    put_words(t, place, words);
}

/* ---- numbers, days, ids --------------------------------------------------------------------- */

static void put_decimal(Template *t, Place place, double least, double most, const char *message)
{
    lxw_data_validation check = {.validate = LXW_VALIDATION_TYPE_DECIMAL,
                                 .criteria = LXW_VALIDATION_CRITERIA_BETWEEN,
                                 .minimum_number = least,
                                 .maximum_number = most,
                                 .error_type = LXW_VALIDATION_ERROR_TYPE_WARNING};
    put(t, place, check, "Not a number for this column", message);
}

static void put_amount(Template *t, Place place, const char *column)
{
    static const double most = 1e15;
    if (strncmp(column, "score_", 6) == 0)
        put_decimal(t, place, 0, 100, "Write a number from 0 to 100.");
    else if (strcmp(column, "cost") == 0)
        put_decimal(t, place, -most, most, "Write a number; smaller is used first.");
    else
        put_decimal(t, place, 0, most, "Write a number that is not negative, in full.");
}

static void put_integer(Template *t, Place place, const char *column)
{
    bool tier = strcmp(column, "priority") == 0;
    lxw_data_validation check = {.validate = LXW_VALIDATION_TYPE_INTEGER,
                                 .criteria = LXW_VALIDATION_CRITERIA_GREATER_THAN_OR_EQUAL_TO,
                                 .value_number = tier ? 1 : 0,
                                 .error_type = LXW_VALIDATION_ERROR_TYPE_WARNING};
    put(t, place, check, "Not a whole number",
        tier ? "Write 1, 2, 3, ...; 1 comes first." : "Write 0, 1, 2, 3, ...");
}

static void put_day(Template *t, Place place)
{
    lxw_data_validation check = {.validate = LXW_VALIDATION_TYPE_DATE,
                                 .criteria = LXW_VALIDATION_CRITERIA_GREATER_THAN_OR_EQUAL_TO,
                                 .value_datetime = {.year = 2000, .month = 1, .day = 1},
                                 .error_type = LXW_VALIDATION_ERROR_TYPE_WARNING};
    put(t, place, check, "Not a date", "Write a date as 2026-04-01 or 01.04.2026.");
}

static void put_unique(Template *t, Place place)
{
    char formula[TEXT_SIZE];
    char letter = (char)('A' + place.column);
    snprintf(formula, sizeof formula, "=COUNTIF($%c:$%c,$%c%u)=1", letter, letter, letter,
             (unsigned)place.first_row + 1);
    lxw_data_validation check = {.validate = LXW_VALIDATION_TYPE_CUSTOM_FORMULA,
                                 .value_formula = formula,
                                 .error_type = LXW_VALIDATION_ERROR_TYPE_WARNING};
    put(t, place, check, "An id stands in one row only", "Another row has this id already.");
}

/* Allows everything and says what is expected while the cell is chosen. */
static void put_hint(Template *t, Place place, const char *title, const char *message)
{
    lxw_data_validation check = {.validate = LXW_VALIDATION_TYPE_ANY};
    put(t, place, check, title, message);
}

static void put_list_hint(Template *t, Place place, const ColumnSpec *column, TableKind target)
{
    char message[TEXT_SIZE], words[TEXT_SIZE / 2];
    words_phrase(column->words != NULL ? column->words : "", words, sizeof words);
    if (target != TABLE_COUNT)
        snprintf(message, sizeof message, "Ids of the sheet %s; several are separated by ;",
                 dictionary_table(target)->name);
    else if (words[0] != '\0')
        snprintf(message, sizeof message, "Any of %s; several are separated by ;", words);
    else
        snprintf(message, sizeof message, "Several names are separated by ;");
    put_hint(t, place, "A list", message);
}

/* ---- columns -------------------------------------------------------------------------------- */

static void put_name(Template *t, Place place, const TableSpec *table, const ColumnSpec *column)
{
    TableKind target = template_target(table->kind, column->name);
    if (target != TABLE_COUNT)
        put_ids(t, place, target);
    else if (table->kind == TABLE_SCENARIOS && strcmp(column->name, "table") == 0)
        put_tables(t, place);
    else if (table->kind == TABLE_SETTINGS)
        put_list_of(t, place, LISTS_SETTING, t->lists.setting_count, RATHER_THESE,
                    "The settings are on the sheet " TEMPLATE_LISTS
                    "; tier_1, tier_2, ... may go on.");
}

static void put_column(Template *t, Place place, const TableSpec *table, const ColumnSpec *column)
{
    switch (column->type) {
    case COLUMN_ID: put_unique(t, place); break;
    case COLUMN_TEXT: break;
    case COLUMN_NAME: put_name(t, place, table, column); break;
    case COLUMN_NAMES:
        put_list_hint(t, place, column, template_target(table->kind, column->name));
        break;
    case COLUMN_NUMBER:
        if (template_takes_unknown(column))
            put_hint(t, place, "A number", "The full amount; or: unknown");
        else
            put_amount(t, place, column->name);
        break;
    case COLUMN_SHARE:
        put_decimal(t, place, 0, 1, "Write a share from 0 to 1, or a percentage: 0.4 or 40%.");
        break;
    case COLUMN_INTEGER: put_integer(t, place, column->name); break;
    case COLUMN_FLAG: put_flag(t, place); break;
    case COLUMN_DATE: put_day(t, place); break;
    case COLUMN_WORD: put_words(t, place, column->words); break;
    case COLUMN_UNIT: put_list_of(t, place, LISTS_UNIT, t->lists.unit_count, ANY_TEXT, NULL); break;
    case COLUMN_CURRENCY: put_currency(t, place); break;
    }
}

void template_put_checks(Template *t, lxw_worksheet *sheet, const TableSpec *table)
{
    for (size_t c = 0; c < table->column_count; c++)
        put_column(t, (Place){sheet, EXAMPLE_ROW, LAST_ROW, (lxw_col_t)c}, table,
                   &table->columns[c]);
}

void template_put_setting_checks(Template *t, lxw_worksheet *sheet)
{
    for (size_t i = 0; i < t->lists.setting_count; i++) {
        const char *key = t->lists.settings[i].key, *words = template_setting_words(key);
        lxw_row_t row = (lxw_row_t)(FIRST_ROW + i);
        Place place = {sheet, row, row, 1};
        if (words != NULL)
            put_words(t, place, words);
        else if (strcmp(key, "currency") == 0)
            put_currency(t, place);
    }
}
