/* The template's own sheets: the guide in three languages beside each other, and the lists that the
 * drop-downs of the other sheets offer.
 */
#include <stdio.h>
#include <string.h>

#include "allot/settings.h"
#include "allot/unit.h"
#include "io/book_template.h"
#include "io/page_text.h"

enum {
    PAPER_A4 = 9,
    CODE_SIZE = 4,
    TIERS_SHOWN = 3,
    SETTINGS_MOST = 64,
    LABEL_SIZE = 64,
    SECOND_PAGE = 7
};

static const double GUIDE_WIDTH = 46, NUMBER_WIDTH = 4;
static const double LINE_HEIGHT = 13.5, GAP_HEIGHT = 5; /* points */

/* Texts of codes that unit.h knows, those used most first. */
static const char *const FIRST_CURRENCIES[] = {"EUR", "USD", "GBP", "UAH", "PLN",
                                               "CAD", "CZK", "DKK", "NOK", "SEK"};
static const char *const UNITS[] = {"EUR",  "USD",        "GBP",    "UAH",  "PLN",   "licence",
                                    "seat", "expert-day", "device", "site", "server"};

static void write_text(Template *t, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
                       const char *text, TemplateLook look)
{
    book_check(&t->book, worksheet_write_string(sheet, row, column, book_text(&t->book, text),
                                                template_format(t, look)));
}

static lxw_worksheet *add_own_sheet(Template *t, const char *name)
{
    lxw_worksheet *sheet = workbook_add_worksheet(t->book.workbook, name);
    if (sheet == NULL) {
        book_check(&t->book, LXW_ERROR_PARAMETER_VALIDATION);
        return NULL;
    }
    worksheet_set_tab_color(sheet, LXW_COLOR_GRAY);
    worksheet_set_paper(sheet, PAPER_A4);
    worksheet_set_margins(sheet, 0.4, 0.4, 0.5, 0.5);
    worksheet_fit_to_pages(sheet, 1, 0);
    worksheet_gridlines(sheet, LXW_HIDE_ALL_GRIDLINES);
    book_check(&t->book, worksheet_set_footer(sheet, "&L&9 &A&R&9 Page &P of &N"));
    return sheet;
}

/* ---- the guide ------------------------------------------------------------------------------ */

/* Heights are set: not every program works them out when it opens a file. */
static void set_height(Template *t, lxw_worksheet *sheet, lxw_row_t row, int lines, double gap)
{
    book_check(&t->book, worksheet_set_row(sheet, row, lines * LINE_HEIGHT + gap, NULL));
}

/* Lines of the longest text. The estimate is for a larger letter; Cyrillic ones are wider. */
static int lines_of(const Translated *text)
{
    int most = 1;
    for (int l = 0; l < SYNONYM_LANGUAGES; l++) {
        int lines = page_text_lines(text->in[l], GUIDE_WIDTH * (l == SYNONYM_UK ? 1.05 : 1.1));
        most = lines > most ? lines : most;
    }
    return most;
}

static void put_translated(Template *t, lxw_worksheet *sheet, lxw_row_t row, const Translated *text,
                           TemplateLook look)
{
    for (int l = 0; l < SYNONYM_LANGUAGES; l++)
        write_text(t, sheet, row, (lxw_col_t)(l + 1), text->in[l], look);
}

static lxw_row_t put_points(Template *t, lxw_worksheet *sheet, lxw_row_t row)
{
    size_t count;
    const GuidePoint *points = template_points(&count);

    for (size_t p = 0; p < count; p++) {
        lxw_row_t breaks[] = {row, 0};
        if (p == SECOND_PAGE)
            book_check(&t->book, worksheet_set_h_pagebreaks(sheet, breaks));
        const char *number = arena_printf(t->book.scratch, "%zu", p + 1);
        if (number == NULL) {
            book_check(&t->book, LXW_ERROR_MEMORY_MALLOC_FAILED);
            return row;
        }
        write_text(t, sheet, row, 0, number, TEMPLATE_POINT);
        put_translated(t, sheet, row, &points[p].title, TEMPLATE_POINT);
        set_height(t, sheet, row++, 1, 1);
        put_translated(t, sheet, row, &points[p].text, TEMPLATE_BODY);
        set_height(t, sheet, row++, lines_of(&points[p].text), GAP_HEIGHT);
    }
    return row;
}

/* "needs: one row a need", "Потреби (needs): ..."; NULL without memory. */
static const char *link_text(Template *t, SynonymLanguage language, const TableSpec *table)
{
    char label[LABEL_SIZE];
    const char *text = template_table_text(table->kind, language);

    if (language == SYNONYM_EN)
        return arena_printf(t->book.scratch, "%s: %s", table->name, text);
    synonym_label(synonym_of(table->name, NULL), language, label, sizeof label);
    return arena_printf(t->book.scratch, "%s (%s): %s", label, table->name, text);
}

/* A click leads to the sheet. */
static void put_links(Template *t, lxw_worksheet *sheet, lxw_row_t row, const TableSpec *table)
{
    TemplateLook look = table->required ? TEMPLATE_LINK_REQUIRED : TEMPLATE_LINK;
    const char *to = arena_printf(t->book.scratch, "internal:'%s'!A1", table->name);

    for (int l = 0; l < SYNONYM_LANGUAGES; l++) {
        const char *shown = link_text(t, (SynonymLanguage)l, table);
        if (to == NULL || shown == NULL) {
            book_check(&t->book, LXW_ERROR_MEMORY_MALLOC_FAILED);
            return;
        }
        book_check(&t->book, worksheet_write_url_opt(sheet, row, (lxw_col_t)(l + 1), to,
                                                     template_format(t, look), shown, table->name));
    }
    set_height(t, sheet, row, 1, 1);
}

void template_put_guide(Template *t)
{
    static const Translated languages = {{"English", "Українська", "Polski"}};
    lxw_worksheet *sheet = add_own_sheet(t, TEMPLATE_GUIDE);
    if (sheet == NULL)
        return;
    lxw_row_t row = 0;
    book_check(&t->book, worksheet_set_column(sheet, 0, 0, NUMBER_WIDTH, NULL));
    book_check(&t->book, worksheet_set_column(sheet, 1, SYNONYM_LANGUAGES, GUIDE_WIDTH, NULL));
    put_translated(t, sheet, row++, &languages, TEMPLATE_LANGUAGE);
    put_translated(t, sheet, row, template_title(), TEMPLATE_TITLE);
    set_height(t, sheet, row++, 2, GAP_HEIGHT);
    row = put_points(t, sheet, row);
    put_translated(t, sheet, row++, template_sheets_title(), TEMPLATE_POINT);
    for (int i = 0; i < TABLE_COUNT; i++)
        put_links(t, sheet, row++, dictionary_table(template_order()[i]));
    worksheet_set_landscape(sheet);
    worksheet_fit_to_pages(sheet, 1, 2);
    worksheet_freeze_panes(sheet, 1, 0);
    book_check(&t->book, worksheet_repeat_rows(sheet, 0, 0));
    book_check(&t->book, worksheet_print_area(sheet, 0, 0, row - 1, SYNONYM_LANGUAGES));
}

/* ---- the lists ------------------------------------------------------------------------------ */

static bool is_first_currency(const char *code)
{
    for (size_t i = 0; i < sizeof FIRST_CURRENCIES / sizeof FIRST_CURRENCIES[0]; i++)
        if (strcmp(FIRST_CURRENCIES[i], code) == 0)
            return true;
    return false;
}

/* Every code of three letters that is a currency, behind those used most; with @p out NULL they are
 * counted only. */
static size_t list_currencies(const char **out)
{
    size_t count = sizeof FIRST_CURRENCIES / sizeof FIRST_CURRENCIES[0];
    char code[CODE_SIZE] = "AAA";

    if (out != NULL)
        memcpy(out, FIRST_CURRENCIES, sizeof FIRST_CURRENCIES);
    for (code[0] = 'A'; code[0] <= 'Z'; code[0]++)
        for (code[1] = 'A'; code[1] <= 'Z'; code[1]++)
            for (code[2] = 'A'; code[2] <= 'Z'; code[2]++) {
                const char *known = currency_code(code);
                if (known == NULL || is_first_currency(code))
                    continue;
                if (out != NULL)
                    out[count] = known;
                count++;
            }
    return count;
}

static const char *initial_of(const SettingRow *rows, size_t count, const char *key)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(rows[i].key, key) == 0 && rows[i].value != NULL)
            return rows[i].value;
    return "";
}

/* Keys with their defaults; tier_N becomes tier_1, tier_2, ... False without memory. */
static bool list_settings(Template *t)
{
    Arena *arena = t->book.scratch;
    NameSet *names = name_set_new(arena);
    SettingRow *rows = ARENA_NEW(arena, SETTINGS_MOST, SettingRow);
    size_t known = settings_key_count();
    TemplateSetting *out = ARENA_NEW(arena, known + TIERS_SHOWN, TemplateSetting);
    if (names == NULL || rows == NULL || out == NULL)
        return false;
    Settings settings = settings_default(names);
    size_t count = settings_describe(&settings, arena, rows, SETTINGS_MOST), at = 0;
    for (size_t k = 0; k < known; k++) {
        const char *key = settings_key_name(k), *help = settings_key_help(k);
        bool tiers = strcmp(key, "tier_N") == 0;
        if (!tiers)
            out[at++] = (TemplateSetting){key, initial_of(rows, count, key), help};
        for (int n = 1; tiers && n <= TIERS_SHOWN; n++) {
            out[at] = (TemplateSetting){arena_printf(arena, "tier_%d", n), "", help};
            if (out[at++].key == NULL)
                return false;
        }
    }
    t->lists.settings = out;
    t->lists.setting_count = at;
    return true;
}

bool template_lists(Template *t)
{
    t->lists.currency_count = list_currencies(NULL);
    t->lists.currencies = ARENA_NEW(t->book.scratch, t->lists.currency_count, const char *);
    t->lists.units = UNITS;
    t->lists.unit_count = sizeof UNITS / sizeof UNITS[0];
    if (t->lists.currencies == NULL)
        return false;
    (void)list_currencies(t->lists.currencies);
    return list_settings(t);
}

static void put_list(Template *t, lxw_worksheet *sheet, lxw_col_t column, const char *heading,
                     const char *const *texts, size_t count)
{
    write_text(t, sheet, LISTS_FIRST_ROW - 1, column, heading, TEMPLATE_OPTIONAL);
    for (size_t i = 0; i < count; i++)
        write_text(t, sheet, (lxw_row_t)(LISTS_FIRST_ROW + i), column, texts[i],
                   TEMPLATE_CELL_TEXT);
}

void template_put_lists(Template *t)
{
    static const double widths[] = {18, 22, 112, 3, 10, 3, 14}; /* the meaning on one line */
    const TemplateLists *lists = &t->lists;
    lxw_worksheet *sheet = add_own_sheet(t, TEMPLATE_LISTS);
    if (sheet == NULL)
        return;
    for (size_t c = 0; c < sizeof widths / sizeof widths[0]; c++)
        book_check(&t->book,
                   worksheet_set_column(sheet, (lxw_col_t)c, (lxw_col_t)c, widths[c], NULL));
    write_text(
        t, sheet, 0, 0,
        "What the drop-down lists offer. This sheet is none of the round's tables and is not "
        "read.",
        TEMPLATE_CELL);
    put_list(t, sheet, LISTS_SETTING, "setting", NULL, 0);
    put_list(t, sheet, LISTS_SETTING + 1, "default", NULL, 0);
    put_list(t, sheet, LISTS_SETTING + 2, "meaning", NULL, 0);
    for (size_t i = 0; i < lists->setting_count; i++) {
        const TemplateSetting *setting = &lists->settings[i];
        lxw_row_t row = (lxw_row_t)(LISTS_FIRST_ROW + i);
        write_text(t, sheet, row, LISTS_SETTING, setting->key, TEMPLATE_CELL_TEXT);
        write_text(t, sheet, row, LISTS_SETTING + 1, setting->initial, TEMPLATE_CELL_TEXT);
        write_text(t, sheet, row, LISTS_SETTING + 2, setting->help, TEMPLATE_CELL_TEXT);
    }
    put_list(t, sheet, LISTS_CURRENCY, "currency", lists->currencies, lists->currency_count);
    put_list(t, sheet, LISTS_UNIT, "unit", lists->units, lists->unit_count);
    worksheet_freeze_panes(sheet, LISTS_FIRST_ROW, 0);
    worksheet_set_landscape(sheet); /* the settings; nobody needs the currencies on paper */
    book_check(&t->book, worksheet_print_area(sheet, 0, 0,
                                              (lxw_row_t)(LISTS_FIRST_ROW + lists->setting_count),
                                              LISTS_SETTING + 2));
    book_check(&t->book, worksheet_repeat_rows(sheet, LISTS_FIRST_ROW - 1, LISTS_FIRST_ROW - 1));
    book_check(&t->book,
               worksheet_ignore_errors(sheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT, "A1:G1048576"));
}
