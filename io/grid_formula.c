/* Formulas over the columns of a grid. Plain references to cells, since every spreadsheet reads
 * them; SUMIFS where it compares as we do, EXACT where a name holds what SUMIFS takes for a pattern,
 * a number or another case of the same word.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "allot/decimal.h"
#include "io/page_text.h"
#include "io/report_internal.h"

enum { MATCH_TEXT_MOST = 200, MATCHES_MOST = 4 };

/* A name that stands in a formula without quotes. */
static bool is_plain(const char *name)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    return strspn(name, letters) == strlen(name);
}

const char *formula_range(const Grid *grid, int column)
{
    char letters[4];
    column_letters(grid->place[column], letters);
    uint32_t first = grid->head_row + 2; /* 1-based row after the heading */
    const char *quotes = is_plain(grid->page->name) ? "" : "'";
    return report_printf(grid->page->report, "%s%s%s!$%s$%u:$%s$%u", quotes, grid->page->name,
                         quotes, letters, (unsigned)first, letters,
                         (unsigned)(first + grid->rows - 1));
}

const char *formula_cell(const Grid *grid, int column)
{
    char letters[4];
    if (grid->page->report->no_memory)
        return "";
    column_letters(grid->place[column], letters);
    return report_printf(grid->page->report, "%s%u", letters,
                         (unsigned)(grid->head_row + 1 + grid->rows));
}

const char *formula_total(const Grid *grid, int column)
{
    if (grid->page->report->no_memory || grid->rows == 0 || grid->place[column] < 0)
        return NULL;
    return report_printf(grid->page->report, "=SUM(%s)", formula_range(grid, column));
}

/* A text as a formula writes it: in quotes, its own doubled. */
static const char *quoted(Report *report, const char *text)
{
    char *out = report_alloc(report, strlen(text) * 2 + 3, 1);
    if (out == NULL)
        return "";
    char *end = out;
    *end++ = '"';
    for (; *text != '\0'; text++) {
        if (*text == '"')
            *end++ = '"';
        *end++ = *text;
    }
    *end++ = '"';
    *end = '\0';
    return out;
}

/* True when SUMIFS takes the text for something else than itself. */
static bool is_pattern(const char *text)
{
    Decimal number;
    return *text == '\0' || strpbrk(text, "*?~%") != NULL || strchr("=<>", *text) != NULL ||
           isdigit((unsigned char)*text) || strchr("+-.,$", *text) != NULL ||
           decimal_parse(text, &number) || page_text_same(text, "true") ||
           page_text_same(text, "false");
}

static bool is_exact(const Match *matches, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (matches[i].exact || (matches[i].text != NULL && is_pattern(matches[i].text)))
            return true;
    return false;
}

/* One condition: as an argument of SUMIFS or as a factor of SUMPRODUCT. */
static const char *condition(const Grid *grid, const Match *match, bool exact)
{
    Report *report = grid->page->report;
    const char *range = formula_range(grid, match->column);
    if (match->text == NULL)
        return report_printf(report, exact ? "--(%s=%d)" : "%s,%d", range, match->number);
    if (*match->text == '\0')
        return report_printf(report, "--(LEN(%s)=0)", range);
    const char *text = quoted(report, match->text);
    if (exact)
        return report_printf(report, "--EXACT(%s,%s)", range, text);
    return report_printf(report, "%s,%s", range, text);
}

/* True when a formula can hold the text: short enough, and the same for every reader of the file. */
static bool is_writable(Report *report, const char *text)
{
    for (const char *c = text; *c != '\0'; c++)
        if ((unsigned char)*c < ' ')
            return false;
    return strlen(text) <= MATCH_TEXT_MOST && strstr(text, "_x") == NULL &&
           report_clean(report, text) == text;
}

static bool is_possible(const Grid *grid, const Match *matches, size_t count)
{
    if (grid->page->report->no_memory || grid->rows == 0 || count > MATCHES_MOST)
        return false;
    for (size_t i = 0; i < count; i++)
        if (grid->place[matches[i].column] < 0 ||
            (matches[i].text != NULL && !is_writable(grid->page->report, matches[i].text)))
            return false;
    return true;
}

static const char *conditions(const Grid *grid, const Match *matches, size_t count, bool exact)
{
    Report *report = grid->page->report;
    const char *all = "";
    for (size_t i = 0; i < count; i++)
        all = report_printf(report, "%s%s%s", all, i > 0 ? "," : "",
                            condition(grid, &matches[i], exact));
    return all;
}

const char *formula_sum(const Grid *grid, int column, const Match *matches, size_t count)
{
    Report *report = grid->page->report;
    if (!is_possible(grid, matches, count) || grid->place[column] < 0)
        return NULL;
    bool exact = is_exact(matches, count);
    const char *all = conditions(grid, matches, count, exact), *range = formula_range(grid, column);
    if (exact)
        return report_printf(report, "=SUMPRODUCT(%s,%s)", all, range);
    return report_printf(report, "=SUMIFS(%s,%s)", range, all);
}

const char *formula_count(const Grid *grid, const Match *matches, size_t count)
{
    if (!is_possible(grid, matches, count))
        return NULL;
    bool exact = is_exact(matches, count);
    const char *all = conditions(grid, matches, count, exact);
    return report_printf(grid->page->report, exact ? "=SUMPRODUCT(%s)" : "=COUNTIFS(%s)", all);
}
