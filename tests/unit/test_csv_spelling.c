/* CSV files as they come: every spelling of the same table gives the same sheet, what cannot be read
 * is a finding that says what to do.
 */
#include "tests/support/test_support.h"

#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "io/csv_reader.h"

enum { TEXT_SIZE = 16 * 1024 };

/* Bytes with their number, zeros among them. */
typedef struct Bytes {
    char at[TEXT_SIZE];
    size_t size;
} Bytes;

static void add(Bytes *bytes, const char *more, size_t size)
{
    assert_true(bytes->size + size < TEXT_SIZE);
    memcpy(bytes->at + bytes->size, more, size);
    bytes->size += size;
    bytes->at[bytes->size] = '\0';
}

static void add_text(Bytes *bytes, const char *text)
{
    add(bytes, text, strlen(text));
}

/* ---- reading -------------------------------------------------------------------------------- */

static void dump_row(Bytes *dump, const Sheet *sheet, int line, size_t row)
{
    char number[16];
    (void)snprintf(number, sizeof number, "%d:", line);
    add_text(dump, number);
    for (size_t c = 0; c < sheet->column_count; c++) {
        const char *text =
            line == sheet->heading_line ? sheet->headings[c] : sheet_cell(sheet, row, c)->text;
        add_text(dump, c > 0 ? "|" : "");
        for (; *text != '\0'; text++)
            add_text(dump, *text == '\n' ? "\\n" : (char[]){*text, '\0'});
    }
    add_text(dump, "\n");
}

static void dump_sheet(Bytes *dump, const Sheet *sheet)
{
    if (!sheet->readable)
        return;
    dump_row(dump, sheet, sheet->heading_line, 0);
    for (size_t r = 0; r < sheet->row_count; r++)
        dump_row(dump, sheet, sheet_line(sheet, r), r);
}

/* Writes the bytes to a file and reads that: the sheet and the findings as text. */
static void read_bytes(const char *bytes, size_t size, const char *declared, Bytes *dump)
{
    char *dir = test_dir_make();
    char *path = test_path(dir, "needs.csv");
    Arena *texts = arena_new(), *grid = arena_new();
    Diag *diag = diag_new(texts);
    SheetTarget target = {.file = "needs.csv",
                          .table = dictionary_table(TABLE_NEEDS),
                          .texts = texts,
                          .grid = grid,
                          .diag = diag};
    Sheet *sheet = NULL;
    size_t count;

    write_file_bytes(dir, "needs.csv", bytes, size);
    assert_int_equal(csv_read_file(path, declared, &target, &sheet), STATUS_OK);
    dump->size = 0;
    dump->at[0] = '\0';
    dump_sheet(dump, sheet);
    diag_sort(diag);
    const Finding *findings = diag_findings(diag, &count);
    for (size_t i = 0; i < count; i++) {
        add_text(dump, diag_format(&findings[i], texts));
        add_text(dump, "\n");
    }
    arena_free(grid);
    arena_free(texts);
    free(path);
    test_dir_remove(dir);
}

/* The text in another encoding, behind a mark. */
static void encode(const char *text, const char *encoding, const char *mark, size_t mark_size,
                   Bytes *out)
{
    iconv_t opened = iconv_open(encoding, "UTF-8");
    char *in = (char *)text, *to = out->at;
    size_t in_left = strlen(text), room = TEXT_SIZE - 8;

    assert_true((intptr_t)opened != -1);
    memcpy(to, mark, mark_size);
    to += mark_size;
    if (iconv(opened, &in, &in_left, &to, &room) == (size_t)-1)
        fail_msg("'%s' cannot be written in %s", in, encoding);
    iconv_close(opened);
    out->size = (size_t)(to - out->at);
}

/* The table in UTF-8 with another separator and line end. A ';' of the text stays where it is. */
static void spell(const char *text, char separator, const char *line_end, Bytes *out)
{
    out->size = 0;
    for (; *text != '\0'; text++) {
        if (*text == '|')
            add(out, &separator, 1);
        else if (*text == '\n')
            add_text(out, line_end);
        else
            add(out, text, 1);
    }
}

/* ---- spellings ------------------------------------------------------------------------------ */

/* The same table for all spellings; '|' stands for the separator. */
static const char ukrainian[] =
    "id|title|region|notes\n"
    "N-1|Обладнання для центру реагування|Київ|\"два \"\"комплекти\"\"\nі запас\"\n"
    "N-2|Навчання фахівців|Харків\n"
    "\n"
    "N-3|Резервне живлення|Львів|\"\"\n";
static const char ukrainian_sheet[] =
    "1:id|title|region|notes\n"
    "2:N-1|Обладнання для центру реагування|Київ|два \"комплекти\"\\nі запас\n"
    "4:N-2|Навчання фахівців|Харків|\n"
    "6:N-3|Резервне живлення|Львів|\n";
static const char polish[] =
    "id|title|region|notes\n"
    "N-1|Szkolenie zespołu reagującego na zagrożenia|Łódź|\"dwa \"\"zestawy\"\"\ni części\"\n"
    "N-2|Ćwiczenia dla służb państwowych|Gdańsk\n"
    "\n"
    "N-3|Sprzęt zastępczy i oświetlenie|Białystok|\"\"\n";
static const char polish_sheet[] =
    "1:id|title|region|notes\n"
    "2:N-1|Szkolenie zespołu reagującego na zagrożenia|Łódź|dwa \"zestawy\"\\ni części\n"
    "4:N-2|Ćwiczenia dla służb państwowych|Gdańsk|\n"
    "6:N-3|Sprzęt zastępczy i oświetlenie|Białystok|\n";
static const char german[] =
    "id|title|region|notes\n"
    "N-1|Ausrüstung für das Lagezentrum|München|\"zwei \"\"Sätze\"\"\nund Übung\"\n"
    "N-2|Schulung der Kräfte|Köln\n"
    "\n"
    "N-3|Größere Räume|Düsseldorf|\"\"\n";
static const char german_sheet[] =
    "1:id|title|region|notes\n"
    "2:N-1|Ausrüstung für das Lagezentrum|München|zwei \"Sätze\"\\nund Übung\n"
    "4:N-2|Schulung der Kräfte|Köln|\n"
    "6:N-3|Größere Räume|Düsseldorf|\n";

typedef struct Spelling {
    const char *encoding;
    const char *mark;
    size_t mark_size;
    const char *read_as;  /* in the note */
    const char *text;     /* the one table for this encoding, or NULL for all */
    const char *declared; /* with --encoding */
} Spelling;

#define BY_LETTERS " (by its letters; if names look wrong, name it with --encoding)"
#define NAMED " (named with --encoding)"

static const Spelling SPELLINGS[] = {
    {"UTF-8", "", 0, "UTF-8", NULL, NULL},
    {"UTF-8", "", 0, "UTF-8", NULL, "windows-1252"}, /* what is UTF-8 needs no word */
    {"UTF-8", "\xEF\xBB\xBF", 3, "UTF-8", NULL, NULL},
    {"UTF-16LE", "\xFF\xFE", 2, "UTF-16LE", NULL, NULL},
    {"UTF-16BE", "\xFE\xFF", 2, "UTF-16BE", NULL, "windows-1250"},
    {"UTF-16LE", "", 0, "UTF-16LE", NULL, NULL},
    {"UTF-16BE", "", 0, "UTF-16BE", NULL, NULL},
    {"UTF-32LE", "\xFF\xFE\0\0", 4, "UTF-32LE", NULL, NULL},
    {"UTF-32BE", "\0\0\xFE\xFF", 4, "UTF-32BE", NULL, NULL},
    {"UTF-32LE", "", 0, "UTF-32LE", NULL, NULL},
    {"UTF-32BE", "", 0, "UTF-32BE", NULL, NULL},
    {"WINDOWS-1251", "", 0, "Windows-1251" BY_LETTERS, ukrainian, NULL},
    {"WINDOWS-1251", "", 0, "cp1251" NAMED, ukrainian, "cp1251"},
    {"KOI8-U", "", 0, "KOI8-U" NAMED, ukrainian, "KOI8-U"},
    {"WINDOWS-1250", "", 0, "Windows-1250" BY_LETTERS, polish, NULL},
    {"WINDOWS-1250", "", 0, "windows-1250" NAMED, polish, "windows-1250"},
    {"ISO-8859-2", "", 0, "iso-8859-2" NAMED, polish, "iso-8859-2"},
    {"WINDOWS-1252", "", 0, "Windows-1252" BY_LETTERS, german, NULL},
    {"WINDOWS-1250", "", 0, "Windows-1252" BY_LETTERS, german, NULL}, /* the same bytes */
    {"ISO-8859-1", "", 0, "latin1" NAMED, german, "latin1"},
};

static const struct {
    char separator;
    const char *words; /* in the note */
} SEPARATORS[] = {
    {',', ""},
    {';', " with ';' between cells"},
    {'\t', " with tabs between cells"},
    {'|', " with '|' between cells"},
};

static const char *const LINE_ENDS[] = {"\n", "\r\n", "\r"};

/* Reads the table in one spelling with every separator and line end. */
static void check_spelling(const Spelling *spelling, const char *text, const char *sheet)
{
    static Bytes plain, bytes, got;
    for (size_t s = 0; s < COUNT_OF(SEPARATORS); s++) {
        for (size_t e = 0; e < COUNT_OF(LINE_ENDS); e++) {
            char label[128], want[TEXT_SIZE];
            bool plainest = strcmp(spelling->read_as, "UTF-8") == 0 && s == 0;
            (void)snprintf(label, sizeof label, "%s, mark of %zu, '%c', line end %zu",
                           spelling->encoding, spelling->mark_size, SEPARATORS[s].separator, e);
            spell(text, SEPARATORS[s].separator, LINE_ENDS[e], &plain);
            encode(plain.at, spelling->encoding, spelling->mark, spelling->mark_size, &bytes);
            read_bytes(bytes.at, bytes.size, spelling->declared, &got);
            if (plainest)
                (void)snprintf(want, sizeof want, "%s", sheet);
            else
                (void)snprintf(want, sizeof want, "%sneeds.csv: note N203: read as %s%s\n", sheet,
                               spelling->read_as, SEPARATORS[s].words);
            assert_case_text(label, got.at, want);
        }
    }
}

static void every_spelling_of_a_table_gives_the_same_sheet(void **state)
{
    static const struct {
        const char *text, *sheet;
    } tables[] = {{ukrainian, ukrainian_sheet}, {polish, polish_sheet}, {german, german_sheet}};
    (void)state;
    for (size_t s = 0; s < COUNT_OF(SPELLINGS); s++)
        for (size_t t = 0; t < COUNT_OF(tables); t++)
            if (SPELLINGS[s].text == NULL || SPELLINGS[s].text == tables[t].text)
                check_spelling(&SPELLINGS[s], tables[t].text, tables[t].sheet);
}

typedef struct Case {
    const char *label;
    const char *bytes;
    size_t size;
    const char *declared;
    const char *want;
} Case;

#define BYTES(text) (text), sizeof(text) - 1
#define BOM "\xEF\xBB\xBF"

static void check_cases(const Case *cases, size_t count)
{
    static Bytes got;
    for (size_t i = 0; i < count; i++) {
        read_bytes(cases[i].bytes, cases[i].size, cases[i].declared, &got);
        assert_case_text(cases[i].label, got.at, cases[i].want);
    }
}

static void a_sep_line_counts_as_a_line(void **state)
{
    static const Case cases[] = {
        {"semicolons", BYTES("sep=;\r\nid;title\r\n1;a,b\r\n"), NULL,
         "2:id|title\n3:1|a,b\nneeds.csv: note N203: read as UTF-8 with ';' between cells\n"},
        {"commas", BYTES("sep=,\nid,title\n1,a;b\n"), NULL, "2:id|title\n3:1|a;b\n"},
        {"in quotes behind a mark", BYTES(BOM "\"sep=;\"\rid;title\r1;a\r"), NULL,
         "2:id|title\n3:1|a\nneeds.csv: note N203: read as UTF-8 with ';' between cells\n"},
        {"a tab in UTF-16", BYTES("\xFF\xFEs\0e\0p\0=\0\t\0\n\0i\0d\0\t\0x\0\n\0001\0\t\0y\0\n\0"),
         NULL, "2:id|x\n3:1|y\nneeds.csv: note N203: read as UTF-16LE with tabs between cells\n"},
        {"nothing else", BYTES("sep=;\n"), NULL,
         "needs.csv: note N203: read as UTF-8 with ';' between cells\n"
         "needs.csv:1: error E002: the file is empty; its first row must be the headings\n"},
    };
    (void)state;
    check_cases(cases, COUNT_OF(cases));
}

static void an_empty_file_is_found(void **state)
{
    static const char want[] =
        "needs.csv:1: error E002: the file is empty; its first row must be the headings\n";
    static const Case cases[] = {
        {"no byte", BYTES(""), NULL, want},
        {"a mark alone", BYTES(BOM), NULL, want},
        {"blanks", BYTES(" \n , \r\n\r\t\n"), NULL, want},
        {"blanks beyond ASCII", BYTES("\xC2\xA0\n\xE2\x80\xAF,\n"), NULL, want},
        {"UTF-16, a mark alone", BYTES("\xFF\xFE"), NULL,
         "needs.csv: note N203: read as UTF-16LE\n"
         "needs.csv:1: error E002: the file is empty; its first row must be the headings\n"},
    };
    (void)state;
    check_cases(cases, COUNT_OF(cases));
}

static void letters_that_do_not_tell_are_asked_about(void **state)
{
    static const Case cases[] = {
        {"one Czech word", BYTES("id,title\n1,a\n2,Plze\xF2 x\n"), NULL,
         "needs.csv:3: error E003: the letters do not tell the encoding; a word reads 'Plzeň' as "
         "Windows-1250, 'Plzeò' as Windows-1252: say which is right with --encoding windows-1250 "
         "or --encoding windows-1252\n"},
        {"the same, named", BYTES("id,title\n1,a\n2,Plze\xF2 x\n"), "windows-1250",
         "1:id|title\n2:1|a\n3:2|Plzeň x\nneeds.csv: note N203: read as windows-1250" NAMED "\n"},
        {"one short Ukrainian word", BYTES("id;title\r\n1;\xCA\xE8\xBF\xE2\r\n"), NULL,
         "needs.csv:2: error E003: the letters do not tell the encoding; a word reads 'Ęčżâ' as "
         "Windows-1250, 'Київ' as Windows-1251, 'Êè¿â' as Windows-1252: say which is right with "
         "--encoding windows-1250 or --encoding windows-1251 or --encoding windows-1252\n"},
        {"letters of no page", BYTES("id,title\n1,\x81\x98\n"), NULL,
         "needs.csv:2: error E003: it is not UTF-8, and its letters make no words in Windows-1250, "
         "1251 or 1252; name its encoding with --encoding\n"},
    };
    (void)state;
    check_cases(cases, COUNT_OF(cases));
}

static void bytes_that_do_not_fit_are_found_with_their_line(void **state)
{
    static const Case cases[] = {
        {"marked as UTF-8, behind CR LF", BYTES(BOM "id\r\n\r\n\xCA\xE8\r\n"), NULL,
         "needs.csv:3: error E003: byte 0xCA at offset 9 is not UTF-8, as the file says it is; "
         "save "
         "the table as CSV again\n"},
        {"marked as UTF-8, cut off", BYTES(BOM "id\n1\n\xF0\x9F\x98"), NULL,
         "needs.csv:3: error E003: byte 0xF0 at offset 8 is not UTF-8, as the file says it is; "
         "save "
         "the table as CSV again\n"},
        {"marked as UTF-16, odd", BYTES("\xFF\xFEi\0d\0\n\0x"), NULL,
         "needs.csv: note N203: read as UTF-16LE\n"
         "needs.csv:2: error E003: byte 0x78 at offset 8 is not UTF-16LE, as the file says it is; "
         "save the table as CSV again\n"},
        {"marked as UTF-16, half a pair", BYTES("\xFF\xFEi\0d\0\n\0\x3D\xD8x\0\n\0"), NULL,
         "needs.csv: note N203: read as UTF-16LE\n"
         "needs.csv:2: error E003: byte 0x3D at offset 8 is not UTF-16LE, as the file says it is; "
         "save the table as CSV again\n"},
        {"named, but not so", BYTES("id;title\n1;\xCA\xE8\n\n2;a\x98 b\n"), "windows-1251",
         "needs.csv: note N203: read as windows-1251 (named with --encoding) with ';' between "
         "cells\n"
         "needs.csv:4: error E003: byte 0x98 at offset 18 has no meaning in windows-1251; name the "
         "encoding that the file is in with --encoding\n"},
        {"named UTF-8, but not so", BYTES("id,title\n1,caf\xE9\n"), "utf-8",
         "needs.csv: note N203: read as utf-8 (named with --encoding)\n"
         "needs.csv:2: error E003: byte 0xE9 at offset 14 has no meaning in utf-8; name the "
         "encoding that the file is in with --encoding\n"},
        {"damaged UTF-8", BYTES("id,title\n1,caf\xC3\xA9\n2,Z\xC3\xBCrich\n3,caf\xE9\n"), NULL,
         "needs.csv:4: error E003: byte 0xE9 at offset 32 is not UTF-8, as other letters of the "
         "file are; retype the cell, or save the table as CSV again\n"},
    };
    (void)state;
    check_cases(cases, COUNT_OF(cases));
}

static void what_is_no_text_is_found(void **state)
{
    static const char nul[] = "needs.csv:3: error E002: the file holds a NUL byte; it is no text "
                              "file: save the table as CSV again\n";
    static const Case cases[] = {
        {"a NUL byte", BYTES("id,title\n1,a\n2,\0b\n"), NULL, nul},
        {"a NUL byte behind CR LF", BYTES("id,title\r\n1,a\r\n2,\0b\r\n"), "windows-1251", nul},
        {"a workbook", BYTES("PK\x03\x04\x14\0\x06\0\x08\0\0\0!\0"), NULL,
         "needs.csv: error E002: this is no CSV but a workbook; rename it to .xlsx\n"},
        {"an OpenDocument workbook",
         BYTES("PK\x03\x04\x14\0\0\0\0\0\0\0!\0\x85l9\x8A.\0\0\0.\0\0\0\x08\0\0\0mimetype"
               "application/vnd.oasis.opendocument.spreadsheetPK"),
         NULL, "needs.csv: error E002: this is no CSV but a workbook; rename it to .ods\n"},
        {"an old workbook", BYTES("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0\0\0"), NULL,
         "needs.csv: error E002: this is no CSV but an old workbook, or one with a password; save "
         "it as .xlsx without one\n"},
    };
    (void)state;
    check_cases(cases, COUNT_OF(cases));
}

static void faults_of_form_keep_their_line_in_every_encoding(void **state)
{
    static const Case cases[] = {
        {"an open quote", BYTES("id;title\r\n1;\"a\r\nb\r\n"), NULL,
         "needs.csv: note N203: read as UTF-8 with ';' between cells\n"
         "needs.csv:2:2 (title): error E002: a quote that opens here is never closed; close it, "
         "and "
         "write a quote inside quotes twice\n"},
        {"an open quote in UTF-16", BYTES("\xFE\xFF\0i\0d\0,\0x\0\n\0001\0,\0\"\0y\0\n"), NULL,
         "needs.csv: note N203: read as UTF-16BE\n"
         "needs.csv:2:2 (x): error E002: a quote that opens here is never closed; close it, and "
         "write a quote inside quotes twice\n"},
        {"cells under no heading", BYTES("id;title\n1;a;b\n2\n"), NULL,
         "1:id|title\n2:1|a\n3:2|\n"
         "needs.csv: note N203: read as UTF-8 with ';' between cells\n"
         "needs.csv:2:3: error E009: 'b' stands under no heading; put cells that hold the "
         "separator "
         "in quotes, or give the column a heading\n"},
    };
    (void)state;
    check_cases(cases, COUNT_OF(cases));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_spelling_of_a_table_gives_the_same_sheet),
        cmocka_unit_test(a_sep_line_counts_as_a_line),
        cmocka_unit_test(an_empty_file_is_found),
        cmocka_unit_test(letters_that_do_not_tell_are_asked_about),
        cmocka_unit_test(bytes_that_do_not_fit_are_found_with_their_line),
        cmocka_unit_test(what_is_no_text_is_found),
        cmocka_unit_test(faults_of_form_keep_their_line_in_every_encoding),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
