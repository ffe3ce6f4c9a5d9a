/* Rows are drawn one at a time and handed to a writer, one a spelling. */
#include "tests/support/reading_round.h"

#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xlsxwriter.h>

#include "tests/support/test_support.h"
#include "tests/support/zip_file.h"

enum { LINE_BYTES = 2048, OFFER_COLUMNS = 4 };

typedef enum FieldKind { FIELD_TEXT, FIELD_WHOLE, FIELD_CENTS, FIELD_DATE } FieldKind;

/** One cell, before anybody spells it. */
typedef struct Field {
    FieldKind kind;
    char text[120]; /* UTF-8, all of it in Windows-1251 too; no markup */
    int64_t number; /* whole, or hundredths */
    int day, month; /* of 2026 */
} Field;

/** Takes one row; row 0 holds the headings. */
typedef void PutRow(void *context, int row, const Field *fields, int count);

/* ---- the round ------------------------------------------------------------------------------ */

static const char *const HEADINGS[READING_COLUMNS] = {
    "id",        "title",    "beneficiary", "category", "quantity", "unit",
    "unit_cost", "priority", "earliest",    "deadline", "oda",      "notes"};
static const char *const OFFER_HEADINGS[OFFER_COLUMNS] = {"id", "donor", "quantity", "unit"};
static const char *const THINGS[] = {"seat", "licence", "expert-day", "server", "site"};
static const char *const ODA[] = {"yes", "partial", "no"};
static const char *const NOTES[] = {"за листом громади", "узгоджено з міністерством",
                                    "потребує уточнення; дзвонити зранку", "повторний запит",
                                    "подано через портал, перевірено"};

static void set_text(Field *field, const char *text)
{
    *field = (Field){.kind = FIELD_TEXT};
    (void)snprintf(field->text, sizeof field->text, "%s", text);
}

static Field number_field(FieldKind kind, int64_t number)
{
    return (Field){.kind = kind, .number = number};
}

static Field date_field(int month, int day)
{
    return (Field){.kind = FIELD_DATE, .month = month, .day = day};
}

#define DRAWN(random, list) ((list)[random_between((random), 0, (int64_t)COUNT_OF(list) - 1)])

static void draw_need(int row, Field fields[READING_COLUMNS])
{
    TestRandom random = random_seeded((uint64_t)row);
    char text[120];
    (void)snprintf(text, sizeof text, "N-%06d", row);
    set_text(&fields[0], text);
    (void)snprintf(text, sizeof text, "Запит %d, як подано громадою", row);
    set_text(&fields[1], text);
    (void)snprintf(text, sizeof text, "B-%04d", (int)random_between(&random, 1, 900));
    set_text(&fields[2], text);
    (void)snprintf(text, sizeof text, "CAT-%02d", (int)random_between(&random, 1, 20));
    set_text(&fields[3], text);
    fields[4] = number_field(FIELD_WHOLE, random_between(&random, 1, 500));
    set_text(&fields[5], DRAWN(&random, THINGS));
    fields[6] = number_field(FIELD_CENTS, random_between(&random, 100, 250000));
    fields[7] = number_field(FIELD_WHOLE, random_between(&random, 1, 5));
    fields[8] = date_field((int)random_between(&random, 1, 6), (int)random_between(&random, 1, 28));
    fields[9] =
        date_field((int)random_between(&random, 7, 12), (int)random_between(&random, 1, 28));
    set_text(&fields[10], DRAWN(&random, ODA));
    set_text(&fields[11], DRAWN(&random, NOTES));
}

static void put_headings(PutRow *put, void *context, const char *const *headings, int count)
{
    Field fields[READING_COLUMNS];
    for (int column = 0; column < count; column++)
        set_text(&fields[column], headings[column]);
    put(context, 0, fields, count);
}

static void put_needs(PutRow *put, void *context, int rows)
{
    Field fields[READING_COLUMNS];
    put_headings(put, context, HEADINGS, READING_COLUMNS);
    for (int row = 1; row <= rows; row++) {
        draw_need(row, fields);
        put(context, row, fields, READING_COLUMNS);
    }
}

static void put_offers(PutRow *put, void *context)
{
    Field fields[OFFER_COLUMNS];
    put_headings(put, context, OFFER_HEADINGS, OFFER_COLUMNS);
    set_text(&fields[0], "O-1");
    set_text(&fields[1], "D-1");
    fields[2] = number_field(FIELD_WHOLE, 1000);
    set_text(&fields[3], "seat");
    put(context, 1, fields, OFFER_COLUMNS);
}

/* ---- CSV ------------------------------------------------------------------------------------ */

/** How a table of text is spelt. */
typedef struct CsvSpelling {
    char separator, decimal;
    bool day_first;
    const char *encoding; /* NULL: UTF-8 */
} CsvSpelling;

typedef struct CsvWriter {
    const CsvSpelling *spelling;
    FILE *file;
    iconv_t converter;
} CsvWriter;

static int spell_field(const CsvSpelling *spelling, const Field *field, char *to, size_t room)
{
    switch (field->kind) {
    case FIELD_WHOLE: return snprintf(to, room, "%lld", (long long)field->number);
    case FIELD_CENTS:
        return snprintf(to, room, "%lld%c%02d", (long long)(field->number / 100), spelling->decimal,
                        (int)(field->number % 100));
    case FIELD_DATE:
        return spelling->day_first ? snprintf(to, room, "%02d.%02d.2026", field->day, field->month)
                                   : snprintf(to, room, "2026-%02d-%02d", field->month, field->day);
    case FIELD_TEXT: break;
    }
    const char *quote = strchr(field->text, spelling->separator) != NULL ? "\"" : "";
    return snprintf(to, room, "%s%s%s", quote, field->text, quote);
}

static void put_csv(void *context, int row, const Field *fields, int count)
{
    CsvWriter *writer = context;
    char line[LINE_BYTES], converted[LINE_BYTES];
    size_t length = 0;
    (void)row;
    for (int column = 0; column < count; column++) {
        length += (size_t)spell_field(writer->spelling, &fields[column], line + length,
                                      sizeof line - length);
        line[length++] = column + 1 < count ? writer->spelling->separator : '\n';
    }
    char *from = line, *to = converted;
    size_t left = length, room = sizeof converted;
    if (writer->spelling->encoding == NULL)
        (void)fwrite(line, 1, length, writer->file);
    else if (iconv(writer->converter, &from, &left, &to, &room) != (size_t)-1)
        (void)fwrite(converted, 1, sizeof converted - room, writer->file);
    else
        fail_msg("'%s' cannot be said in %s", line, writer->spelling->encoding);
}

static void write_csv(const char *dir, const CsvSpelling *spelling, int rows)
{
    CsvWriter writer = {.spelling = spelling};
    if (spelling->encoding != NULL)
        writer.converter = iconv_open(spelling->encoding, "UTF-8");
    writer.file = file_to_write(dir, "needs.csv");
    put_needs(put_csv, &writer, rows);
    file_written(writer.file);
    writer.file = file_to_write(dir, "offers.csv");
    put_offers(put_csv, &writer);
    file_written(writer.file);
    if (spelling->encoding != NULL)
        (void)iconv_close(writer.converter);
}

/* ---- xlsx, by libxlsxwriter ----------------------------------------------------------------- */

typedef struct XlsxWriter {
    lxw_worksheet *sheet;
    lxw_format *date;
} XlsxWriter;

static lxw_error put_xlsx_cell(XlsxWriter *writer, int row, int column, const Field *field)
{
    lxw_row_t r = (lxw_row_t)row;
    lxw_col_t c = (lxw_col_t)column;
    lxw_datetime day = {.year = 2026, .month = field->month, .day = field->day};
    switch (field->kind) {
    case FIELD_WHOLE:
        return worksheet_write_number(writer->sheet, r, c, (double)field->number, NULL);
    case FIELD_CENTS:
        return worksheet_write_number(writer->sheet, r, c, (double)field->number / 100, NULL);
    case FIELD_DATE: return worksheet_write_datetime(writer->sheet, r, c, &day, writer->date);
    case FIELD_TEXT: break;
    }
    return worksheet_write_string(writer->sheet, r, c, field->text, NULL);
}

static void put_xlsx(void *context, int row, const Field *fields, int count)
{
    for (int column = 0; column < count; column++)
        if (put_xlsx_cell(context, row, column, &fields[column]) != LXW_NO_ERROR)
            fail_msg("row %d of the workbook could not be written", row);
}

static void write_xlsx(const char *dir, bool inline_strings, int rows)
{
    char *path = test_path(dir, "round.xlsx");
    char *scratch = test_path(dir, ".");
    lxw_workbook_options options = {.constant_memory = inline_strings, .tmpdir = scratch};
    lxw_workbook *book = workbook_new_opt(path, &options);
    if (book == NULL)
        fail_msg("cannot write %s", path);
    XlsxWriter writer = {.date = workbook_add_format(book)};
    format_set_num_format(writer.date, "yyyy-mm-dd");
    writer.sheet = workbook_add_worksheet(book, "needs");
    put_needs(put_xlsx, &writer, rows);
    writer.sheet = workbook_add_worksheet(book, "offers");
    put_offers(put_xlsx, &writer);
    if (workbook_close(book) != LXW_NO_ERROR)
        fail_msg("%s could not be written", path);
    free(scratch);
    free(path);
}

/* ---- ods and fods, as LibreOffice writes them ----------------------------------------------- */

#define OASIS "urn:oasis:names:tc:opendocument:xmlns:"
#define ODS_TYPE "application/vnd.oasis.opendocument.spreadsheet"
#define ODS_SPACES                                                                                 \
    " xmlns:office=\"" OASIS "office:1.0\" xmlns:table=\"" OASIS "table:1.0\" xmlns:text=\"" OASIS \
    "text:1.0\" xmlns:style=\"" OASIS "style:1.0\" xmlns:number=\"" OASIS "datastyle:1.0\""        \
    " xmlns:calcext=\"urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0\""      \
    " office:version=\"1.3\""
#define ODS_STYLES                                                                                 \
    "<office:automatic-styles><number:date-style style:name=\"N49\"><number:year"                  \
    " number:style=\"long\"/><number:text>-</number:text><number:month number:style=\"long\"/>"    \
    "<number:text>-</number:text><number:day number:style=\"long\"/></number:date-style>"          \
    "<style:style style:name=\"ce1\" style:family=\"table-cell\" style:data-style-name=\"N49\"/>"  \
    "</office:automatic-styles>"

static void put_ods_cell(FILE *file, const Field *field)
{
    static const CsvSpelling PLAIN = {.separator = '\n', .decimal = '.'};
    static const char *const TYPE[] = {[FIELD_TEXT] = "string",
                                       [FIELD_WHOLE] = "float",
                                       [FIELD_CENTS] = "float",
                                       [FIELD_DATE] = "date"};
    const char *type = TYPE[field->kind];
    char text[LINE_BYTES];
    (void)spell_field(&PLAIN, field, text, sizeof text);
    fprintf(file, "<table:table-cell%s office:value-type=\"%s\"",
            field->kind == FIELD_DATE ? " table:style-name=\"ce1\"" : "", type);
    if (field->kind != FIELD_TEXT)
        fprintf(file, " office:%svalue=\"%s\"", field->kind == FIELD_DATE ? "date-" : "", text);
    fprintf(file, " calcext:value-type=\"%s\"><text:p>%s</text:p></table:table-cell>", type, text);
}

static void put_ods(void *context, int row, const Field *fields, int count)
{
    FILE *file = context;
    (void)row;
    fputs("<table:table-row table:style-name=\"ro1\">", file);
    for (int column = 0; column < count; column++)
        put_ods_cell(file, &fields[column]);
    fputs("</table:table-row>", file);
}

static void write_ods_body(FILE *file, const char *root, const char *attributes, int rows)
{
    fprintf(file,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<%s" ODS_SPACES "%s>" ODS_STYLES
            "<office:body><office:spreadsheet><table:table table:name=\"needs\">",
            root, attributes);
    put_needs(put_ods, file, rows);
    fputs("</table:table><table:table table:name=\"offers\">", file);
    put_offers(put_ods, file);
    fprintf(file, "</table:table></office:spreadsheet></office:body></%s>", root);
}

static void write_fods(const char *dir, int rows)
{
    FILE *file = file_to_write(dir, "round.fods");
    write_ods_body(file, "office:document", " office:mimetype=\"" ODS_TYPE "\"", rows);
    file_written(file);
}

static void write_ods(const char *dir, int rows)
{
    static const char MANIFEST[] =
        "<manifest:manifest xmlns:manifest=\"" OASIS "manifest:1.0\" manifest:version=\"1.3\">"
        "<manifest:file-entry manifest:full-path=\"/\" manifest:media-type=\"" ODS_TYPE "\"/>"
        "<manifest:file-entry manifest:full-path=\"content.xml\""
        " manifest:media-type=\"text/xml\"/></manifest:manifest>";
    char *content = NULL;
    size_t length = 0;
    FILE *file = open_memstream(&content, &length);
    if (file == NULL)
        fail_msg("no memory for a round");
    write_ods_body(file, "office:document-content", "", rows);
    file_written(file);
    ZipFile *zip = zip_file_new(dir, "round.ods");
    zip_file_add(zip, "mimetype", ODS_TYPE, strlen(ODS_TYPE), false);
    zip_file_add(zip, "content.xml", content, length, true);
    zip_file_add_text(zip, "META-INF/manifest.xml", MANIFEST);
    zip_file_close(zip);
    free(content);
}

/* ---- all of them ---------------------------------------------------------------------------- */

void reading_round_write(const char *dir, ReadingSpelling spelling, int rows)
{
    static const CsvSpelling PLAIN = {',', '.', false, NULL};
    static const CsvSpelling PLANNERS = {';', ',', true, "WINDOWS-1251"};
    switch (spelling) {
    case READING_CSV: write_csv(dir, &PLAIN, rows); break;
    case READING_CSV_1251: write_csv(dir, &PLANNERS, rows); break;
    case READING_XLSX_SHARED: write_xlsx(dir, false, rows); break;
    case READING_XLSX_INLINE: write_xlsx(dir, true, rows); break;
    case READING_ODS: write_ods(dir, rows); break;
    case READING_FODS: write_fods(dir, rows); break;
    case READING_SPELLINGS: fail_msg("there is no such spelling");
    }
}

static const char *file_name(ReadingSpelling spelling)
{
    static const char *const NAMES[READING_SPELLINGS] = {
        [READING_CSV] = "needs.csv",          [READING_CSV_1251] = "needs.csv",
        [READING_XLSX_SHARED] = "round.xlsx", [READING_XLSX_INLINE] = "round.xlsx",
        [READING_ODS] = "round.ods",          [READING_FODS] = "round.fods"};
    return NAMES[spelling];
}

char *reading_round_source(const char *dir, ReadingSpelling spelling)
{
    bool folder = spelling == READING_CSV || spelling == READING_CSV_1251;
    return test_path(dir, folder ? "." : file_name(spelling));
}

char *reading_round_file(const char *dir, ReadingSpelling spelling)
{
    return test_path(dir, file_name(spelling));
}
