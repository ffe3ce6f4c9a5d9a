/* CSV out, for every table that the program writes. Cells are checked against what would break
 * them: separators, quotes, line ends, and blanks at the ends, which readers like to strip.
 * Text is otherwise written as it came: the tables are read by programs.
 */
#include "io/csv_writer.h"

#include <string.h>

#include "allot/decimal.h"
#include "allot/ratio.h"
#include "io/number_text.h"

enum { AMOUNT_SIZE = 64, SHARE_PLACES = 6 };

static void flush(CsvWriter *out)
{
    (void)fwrite(out->bytes, 1, out->used, out->file);
    out->used = 0;
}

static void put(CsvWriter *out, const char *bytes, size_t length)
{
    if (length > CSV_WRITER_BYTES - out->used)
        flush(out);
    if (length > CSV_WRITER_BYTES) {
        (void)fwrite(bytes, 1, length, out->file);
        return;
    }
    memcpy(out->bytes + out->used, bytes, length);
    out->used += length;
}

static bool needs_quotes(const char *text, size_t length)
{
    if (length == 0)
        return false;
    return text[0] == ' ' || text[0] == '\t' || text[length - 1] == ' ' ||
           text[length - 1] == '\t' || strcspn(text, ",\"\r\n") < length;
}

static void separate(CsvWriter *out)
{
    if (out->in_row)
        put(out, ",", 1);
    out->in_row = true;
}

/* The text with a sign before it, or without one (""). */
static void put_text(CsvWriter *out, const char *sign, const char *text)
{
    size_t length = strlen(text);
    separate(out);
    if (!needs_quotes(text, length)) {
        put(out, sign, strlen(sign));
        put(out, text, length);
        return;
    }
    put(out, "\"", 1);
    put(out, sign, strlen(sign));
    for (const char *c = text; *c != '\0'; c++) {
        if (*c == '"')
            put(out, "\"", 1);
        put(out, c, 1);
    }
    put(out, "\"", 1);
}

void csv_writer_text(CsvWriter *out, const char *text)
{
    put_text(out, "", text);
}

void csv_writer_plain(CsvWriter *out, const char *text)
{
    bool formula = *text != '\0' && strchr("=+-@\t\r", *text) != NULL;
    put_text(out, formula ? "'" : "", text);
}

void csv_writer_empty(CsvWriter *out)
{
    csv_writer_text(out, "");
}

/* What is written in digits needs no quotes. */
static void put_figure(CsvWriter *out, const char *text)
{
    separate(out);
    put(out, text, strlen(text));
}

void csv_writer_count(CsvWriter *out, long long count)
{
    char text[AMOUNT_SIZE];
    decimal_format_fixed(count, 0, text);
    put_figure(out, text);
}

void csv_writer_flag(CsvWriter *out, bool flag)
{
    csv_writer_text(out, flag ? "yes" : "no");
}

void csv_writer_amount(CsvWriter *out, Unit unit, int64_t amount)
{
    char text[AMOUNT_SIZE];
    unit_format(unit, amount, text);
    put_figure(out, text);
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
    if (part == 0 || part == whole) /* as most are */
        text[0] = part == 0 ? '0' : '1', text[1] = '\0';
    else
        ratio_format(ratio_of(part, whole), SHARE_PLACES, text);
    put_figure(out, text);
}

void csv_writer_date(CsvWriter *out, Date date)
{
    char text[16];
    date_format(date, text);
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
    put(out, "\n", 1);
    flush(out);
    out->in_row = false;
}

void csv_writer_row(CsvWriter *out, const char *const *texts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        csv_writer_text(out, texts[i]);
    csv_writer_end(out);
}
