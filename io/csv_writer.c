/* CSV out, for every table that the program writes. Cells are checked against what would break
 * them: separators, quotes, line ends, and blanks at the ends, which readers like to strip.
 * Text is otherwise written as it came: the tables are read by programs.
 */
#include "io/csv_writer.h"

#include <string.h>

#include "allot/ratio.h"
#include "io/number_text.h"

enum { AMOUNT_SIZE = 64, SHARE_PLACES = 6 };

static bool needs_quotes(const char *text)
{
    size_t length = strlen(text);
    if (length == 0)
        return false;
    return strpbrk(text, ",\"\r\n") != NULL || strchr(" \t", text[0]) != NULL ||
           strchr(" \t", text[length - 1]) != NULL;
}

static void separate(CsvWriter *out)
{
    if (out->in_row)
        (void)fputc(',', out->file);
    out->in_row = true;
}

void csv_writer_text(CsvWriter *out, const char *text)
{
    separate(out);
    if (!needs_quotes(text)) {
        (void)fputs(text, out->file);
        return;
    }
    (void)fputc('"', out->file);
    for (const char *c = text; *c != '\0'; c++) {
        if (*c == '"')
            (void)fputc('"', out->file);
        (void)fputc(*c, out->file);
    }
    (void)fputc('"', out->file);
}

void csv_writer_empty(CsvWriter *out)
{
    csv_writer_text(out, "");
}

void csv_writer_count(CsvWriter *out, long long count)
{
    separate(out);
    (void)fprintf(out->file, "%lld", count);
}

void csv_writer_flag(CsvWriter *out, bool flag)
{
    csv_writer_text(out, flag ? "yes" : "no");
}

void csv_writer_amount(CsvWriter *out, Unit unit, int64_t amount)
{
    char text[AMOUNT_SIZE];
    unit_format(unit, amount, text);
    csv_writer_text(out, text);
}

void csv_writer_amount_if(CsvWriter *out, bool known, Unit unit, int64_t amount)
{
    if (known)
        csv_writer_amount(out, unit, amount);
    else
        csv_writer_empty(out);
}

void csv_writer_share(CsvWriter *out, int64_t part, int64_t whole)
{
    char text[AMOUNT_SIZE];
    ratio_format(ratio_of(part, whole), SHARE_PLACES, text);
    csv_writer_text(out, text);
}

void csv_writer_number(CsvWriter *out, double number)
{
    char text[NUMBER_TEXT_SIZE];
    number_text(number, text);
    csv_writer_text(out, text);
}

void csv_writer_end(CsvWriter *out)
{
    (void)fputc('\n', out->file);
    out->in_row = false;
}
