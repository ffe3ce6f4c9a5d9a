/* The CSV reader: every case at every size of the pieces it is fed with, and the texts it refuses.
 *
 * What was read and what was found are written as text and compared with a text made by hand: one
 * line a row ("line:cell|cell"), then one line a finding.
 */
#include "tests/support/test_support.h"

#include "io/csv_reader.h"
#include "io/limits.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NBSP "\xC2\xA0"
#define NARROW_NBSP "\xE2\x80\xAF"

enum { DUMP_SIZE = 4096 };

typedef struct Dump {
    char text[DUMP_SIZE];
    size_t length;
} Dump;

static void put(Dump *dump, const char *text)
{
    for (; *text != '\0' && dump->length < DUMP_SIZE - 3; text++) {
        if (*text == '\n')
            dump->text[dump->length++] = '\\';
        dump->text[dump->length++] = *text == '\n' ? 'n' : *text;
    }
    dump->text[dump->length] = '\0';
}

static void end_line(Dump *dump)
{
    dump->text[dump->length++] = '\n';
    dump->text[dump->length] = '\0';
}

static void put_line(Dump *dump, int line)
{
    char number[16];
    snprintf(number, sizeof number, "%d:", line);
    put(dump, number);
}

static void dump_sheet(Dump *dump, const Sheet *sheet)
{
    if (!sheet->readable)
        return;
    put_line(dump, sheet->heading_line);
    for (size_t c = 0; c < sheet->column_count; c++) {
        put(dump, c > 0 ? "|" : "");
        put(dump, sheet->headings[c]);
    }
    end_line(dump);
    for (size_t r = 0; r < sheet->row_count; r++) {
        put_line(dump, sheet_line(sheet, r));
        for (size_t c = 0; c < sheet->column_count; c++) {
            put(dump, c > 0 ? "|" : "");
            put(dump, sheet_cell(sheet, r, c)->text);
        }
        end_line(dump);
    }
}

static void dump_findings(Dump *dump, Diag *diag, Arena *arena)
{
    size_t count;
    diag_sort(diag);
    const Finding *findings = diag_findings(diag, &count);
    for (size_t i = 0; i < count; i++) {
        put(dump, diag_format(&findings[i], arena));
        end_line(dump);
    }
}

/* Reads the bytes in pieces of this size and says what came out. Every piece is a block of its own,
 * so that a read beyond its end is caught by the address sanitizer. */
static void read_in_pieces(char separator, const char *bytes, size_t size, size_t piece, Dump *dump)
{
    Arena *texts = arena_new();
    Arena *grid = arena_new();
    Diag *diag = diag_new(texts);
    SheetTarget target = {.file = "needs.csv",
                          .table = dictionary_table(TABLE_NEEDS),
                          .texts = texts,
                          .grid = grid,
                          .diag = diag};
    CsvReader *reader = csv_reader_new(&target, separator, 1);
    Sheet *sheet = NULL;

    assert_non_null(reader);
    for (size_t i = 0; i < size; i += piece) {
        size_t length = size - i < piece ? size - i : piece;
        char *copy = malloc(length);
        assert_non_null(copy);
        memcpy(copy, bytes + i, length);
        assert_int_equal(csv_reader_feed(reader, copy, length), STATUS_OK);
        free(copy);
    }
    assert_int_equal(csv_reader_finish(reader, true, &sheet), STATUS_OK);
    dump->length = 0;
    dump->text[0] = '\0';
    dump_sheet(dump, sheet);
    dump_findings(dump, diag, texts);
    csv_reader_free(reader);
    arena_free(grid);
    arena_free(texts);
}

typedef struct Case {
    const char *label;
    const char *bytes;
    size_t size;
    const char *want;
} Case;

#define BYTES(text) (text), sizeof(text) - 1

static void check_cases_with(char separator, const Case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        for (size_t piece = 1; piece <= cases[i].size + 1; piece++) {
            Dump dump;
            char label[128];
            snprintf(label, sizeof label, "%s, %zu bytes at once", cases[i].label, piece);
            read_in_pieces(separator, cases[i].bytes, cases[i].size, piece, &dump);
            assert_case_text(label, dump.text, cases[i].want);
        }
    }
}

static void check_cases(const Case *cases, size_t count)
{
    check_cases_with(',', cases, count);
}

/* ---- well-formed texts ---------------------------------------------------------------------- */

static void rows_and_lines_are_read_at_every_size_of_pieces(void **state)
{
    static const Case cases[] = {
        {"line ends LF", BYTES("id,title\n1,a\n2,b\n"), "1:id|title\n2:1|a\n3:2|b\n"},
        {"line ends CR LF", BYTES("id,title\r\n1,a\r\n2,b\r\n"), "1:id|title\n2:1|a\n3:2|b\n"},
        {"line ends CR", BYTES("id,title\r1,a\r2,b\r"), "1:id|title\n2:1|a\n3:2|b\n"},
        {"line ends mixed", BYTES("id,title\r1,a\r\n2,b\n3,c"),
         "1:id|title\n2:1|a\n3:2|b\n4:3|c\n"},
        {"no line end at the end", BYTES("id,title\n1,a"), "1:id|title\n2:1|a\n"},
        {"a quoted cell at the very end", BYTES("id,title\n1,\"a\""), "1:id|title\n2:1|a\n"},
        {"an empty cell at the very end", BYTES("id,title\n1,"), "1:id|title\n2:1|\n"},
        {"heading alone", BYTES("id,title\n"), "1:id|title\n"},
        {"one letter", BYTES("a"), "1:a\n"},
        {"blank lines", BYTES("\n\nid,title\n\n1,a\n\r\n\r\n2,b\n\n"),
         "3:id|title\n5:1|a\n8:2|b\n"},
        {"rows of separators and blanks", BYTES(",,\nid,title\n , \n1,a\n,,,\n"),
         "2:id|title\n4:1|a\n"},
        {"short rows are padded", BYTES("id,title,region\n1\n2,b\n"),
         "1:id|title|region\n2:1||\n3:2|b|\n"},
        {"blank cells beyond the heading", BYTES("id,title,,\n1,a,,\n2,b, ,,,\n"),
         "1:id|title\n2:1|a\n3:2|b\n"},
    };
    (void)state;
    check_cases(cases, COUNT_OF(cases));
}

static void quotes_are_read_at_every_size_of_pieces(void **state)
{
    static const Case cases[] = {
        {"comma and quote", BYTES("id,title\n1,\"a, \"\"b\"\"\"\n"), "1:id|title\n2:1|a, \"b\"\n"},
        {"empty", BYTES("id,title\n1,\"\"\n"), "1:id|title\n2:1|\n"},
        {"LF inside", BYTES("id,title\n1,\"a\nb\"\n2,c\n"), "1:id|title\n2:1|a\\nb\n4:2|c\n"},
        {"CR LF inside", BYTES("id,title\r\n1,\"a\r\nb\"\r\n2,c\r\n"),
         "1:id|title\n2:1|a\\nb\n4:2|c\n"},
        {"CR inside", BYTES("id,title\r1,\"a\rb\"\r2,c\r"), "1:id|title\n2:1|a\\nb\n4:2|c\n"},
        {"empty lines inside", BYTES("id,title\n\"1\n\n\",\"a\n\n\nb\"\n2,c\n"),
         "1:id|title\n2:1|a\\n\\n\\nb\n8:2|c\n"},
        {"heading in quotes over two lines", BYTES("\"id\",\"ti\ntle\"\n1,a\n"),
         "1:id|ti\\ntle\n3:1|a\n"},
        {"a semicolon in a heading with commas", BYTES("id,\"a;b\"\n1,c\n"), "1:id|a;b\n2:1|c\n"},
    };
    (void)state;
    check_cases(cases, COUNT_OF(cases));
}

static void blanks_and_letters_are_kept_or_trimmed_at_every_size_of_pieces(void **state)
{
    static const Case cases[] = {
        {"blanks around cells", BYTES(" id ,\ttitle\n 1 ,  a b \t\n"), "1:id|title\n2:1|a b\n"},
        {"wide blanks around cells",
         BYTES("id,title\n" NBSP "1" NARROW_NBSP "," NARROW_NBSP NBSP " a" NBSP "b " NBSP "\n"),
         "1:id|title\n2:1|a" NBSP "b\n"},
        {"a line of wide blanks", BYTES("id,title\n" NBSP "," NARROW_NBSP "\n2,b\n"),
         "1:id|title\n3:2|b\n"},
        {"Ukrainian, Polish, and a letter of four bytes",
         BYTES("id,title\n1,Київ\n2,Łódź\n3,\xF0\x9D\x84\x9E\n"),
         "1:id|title\n2:1|Київ\n3:2|Łódź\n4:3|\xF0\x9D\x84\x9E\n"},
    };
    (void)state;
    check_cases(cases, COUNT_OF(cases));
}

/* ---- texts that are refused ----------------------------------------------------------------- */

#define AT_WIDTH                                                                                   \
    "' stands under no heading; put cells that hold the separator in quotes, or give the column "  \
    "a "                                                                                           \
    "heading\n"
#define QUOTE_INSIDE                                                                               \
    "a quote stands where none may be; put the whole cell in quotes, and write a quote inside "    \
    "quotes twice\n"
#define NUL_BYTE "the file holds a NUL byte; it is no text file: save the table as CSV again\n"
#define QUOTE_OPEN                                                                                 \
    "a quote that opens here is never closed; close it, and write a quote inside quotes twice\n"

static void cells_under_no_heading_are_found_at_every_size_of_pieces(void **state)
{
    static const Case cases[] = {
        {"beyond the heading", BYTES("id,title\n1,a,b\n2,c\n3,d,,e,f\n"),
         "1:id|title\n2:1|a\n3:2|c\n4:3|d\n"
         "needs.csv:2:3: error E009: 'b" AT_WIDTH "needs.csv:4:4: error E009: 'e" AT_WIDTH},
        {"under a blank heading", BYTES("id,,title\n1,,a\n2,b,c\n"),
         "1:id||title\n2:1||a\n3:2|b|c\nneeds.csv:3:2: error E009: 'b" AT_WIDTH},
    };
    (void)state;
    check_cases(cases, COUNT_OF(cases));
}

static void misplaced_quotes_are_found_at_every_size_of_pieces(void **state)
{
    static const Case cases[] = {
        {"inside a cell", BYTES("id,title\n1,12\" pipe\n2,b\n"),
         "needs.csv:2:2 (title): error E002: " QUOTE_INSIDE},
        {"text behind a quoted cell", BYTES("id,title\n1,\"a\"b\n"),
         "needs.csv:2:2 (title): error E002: " QUOTE_INSIDE},
        {"blank behind a quoted cell", BYTES("id,title\n1,\"a\" \n"),
         "needs.csv:2:2 (title): error E002: " QUOTE_INSIDE},
        {"in the heading", BYTES("id,ti\"tle\n1,a\n"), "needs.csv:1:2: error E002: " QUOTE_INSIDE},
        {"never closed", BYTES("id,title\n1,a\n2,\"b\n3,c\n"),
         "needs.csv:3:2 (title): error E002: " QUOTE_OPEN},
        {"never closed, in a row that began earlier", BYTES("id,title\n\"1\n1\",\"b\n\n3,c"),
         "needs.csv:3:2 (title): error E002: " QUOTE_OPEN},
        {"never closed, at the very end", BYTES("id,title\n1,\""),
         "needs.csv:2:2 (title): error E002: " QUOTE_OPEN},
        {"not closed until the next quote", BYTES("id,title\n1,\"b\n2,\"c\"\n"),
         "needs.csv:3:2 (title): error E002: a quote stands where none may be, in a quoted cell "
         "that began on line 2; close that cell, and write a quote inside quotes twice\n"},
    };
    (void)state;
    check_cases(cases, COUNT_OF(cases));
}

static void nul_bytes_are_found_at_every_size_of_pieces(void **state)
{
    static const Case cases[] = {
        {"a NUL byte", BYTES("id,title\n1,a\n2,\0b\n"), "needs.csv:3: error E002: " NUL_BYTE},
        {"two, and a quote", BYTES("id,\0title\n1,\0a\"\n"), "needs.csv:1: error E002: " NUL_BYTE},
        {"in quotes, behind CR LF", BYTES("id,title\r\n1,\"\r\n\0\"\r\n"),
         "needs.csv:3: error E002: " NUL_BYTE},
    };
    (void)state;
    check_cases(cases, COUNT_OF(cases));
}

static void other_separators_are_read_at_every_size_of_pieces(void **state)
{
    static const Case semicolons[] = {
        {"semicolons", BYTES("id;title\n1;a,5\n"), "1:id|title\n2:1|a,5\n"},
        {"semicolons and quotes", BYTES("\n;;\n\"id\";\"title\"\n1;\"a;\nb\"\n2;c\n"),
         "3:id|title\n4:1|a;\\nb\n6:2|c\n"},
        {"a quote", BYTES("id;title\n1;12\" pipe\n"),
         "needs.csv:2:2 (title): error E002: " QUOTE_INSIDE},
    };
    static const Case tabs[] = {
        {"tabs", BYTES("id\ttitle\n1\ta\n\t\n2\t\"b\tc\"\n"), "1:id|title\n2:1|a\n4:2|b\tc\n"},
    };
    (void)state;
    check_cases_with(';', semicolons, COUNT_OF(semicolons));
    check_cases_with('\t', tabs, COUNT_OF(tabs));
}

static void empty_texts_are_found_at_every_size_of_pieces(void **state)
{
    static const Case cases[] = {
        {"empty", BYTES(""),
         "needs.csv:1: error E002: the file is empty; its first row must be the headings\n"},
        {"blank", BYTES("\n , \r\n\r"),
         "needs.csv:1: error E002: the file is empty; its first row must be the headings\n"},
    };
    (void)state;
    check_cases(cases, COUNT_OF(cases));
}

/* A cell of this many letters in line 3, in quotes or not. */
static char *make_long_cell(size_t letters, bool quoted, size_t *size)
{
    static const char before[] = "id,title\n1,a\n2,";
    char *bytes = malloc(sizeof before + letters + 8);
    size_t at = sizeof before - 1;

    assert_non_null(bytes);
    memcpy(bytes, before, at);
    if (quoted)
        bytes[at++] = '"';
    memset(bytes + at, 'x', letters);
    at += letters;
    if (quoted)
        bytes[at++] = '"';
    bytes[at++] = '\n';
    *size = at;
    return bytes;
}

static void a_cell_beyond_the_limit_is_found_and_one_at_the_limit_is_read(void **state)
{
    static const size_t pieces[] = {1, 4095, 65536, 2000000};
    static const char want[] = "needs.csv:3:2 (title): error E002: a cell is longer than 1000000 "
                               "bytes; is a quote not closed?\n";
    (void)state;
    for (int quoted = 0; quoted < 2; quoted++) {
        for (size_t p = 0; p < COUNT_OF(pieces); p++) {
            for (size_t over = 0; over < 3; over++) {
                Dump dump;
                size_t size;
                char *bytes = make_long_cell(CELL_BYTES_MAX + over, quoted == 1, &size);
                read_in_pieces(',', bytes, size, pieces[p], &dump);
                if (over == 0)
                    assert_memory_equal(dump.text, "1:id|title\n2:1|a\n3:2|xxx", 24);
                else
                    assert_string_equal(dump.text, want);
                free(bytes);
            }
        }
    }
}

static void a_row_of_many_blocks_keeps_its_place(void **state)
{
    enum { ROWS = 50000 };
    Arena *arena = arena_new();
    Diag *diag = diag_new(arena);
    SheetTarget target = {.file = "needs.csv",
                          .table = dictionary_table(TABLE_NEEDS),
                          .texts = arena,
                          .grid = arena,
                          .diag = diag};
    CsvReader *reader = csv_reader_new(&target, ',', 1);
    Sheet *sheet = NULL;
    char row[32];
    (void)state;

    assert_int_equal(csv_reader_feed(reader, "id,title\n", 9), STATUS_OK);
    for (int i = 0; i < ROWS; i++) {
        int length = snprintf(row, sizeof row, "%d,%d\n", i, 7 * i);
        assert_int_equal(csv_reader_feed(reader, row, (size_t)length), STATUS_OK);
    }
    assert_int_equal(csv_reader_finish(reader, true, &sheet), STATUS_OK);
    assert_int_equal(sheet->row_count, ROWS);
    for (int i = 0; i < ROWS; i++) {
        snprintf(row, sizeof row, "%d", 7 * i);
        assert_int_equal(sheet_line(sheet, (size_t)i), i + 2);
        assert_string_equal(sheet_cell(sheet, (size_t)i, 1)->text, row);
    }
    csv_reader_free(reader);
    arena_free(arena);
}

/* ---- the rest ------------------------------------------------------------------------------- */

static void a_text_may_begin_further_down_and_break_off(void **state)
{
    static const char text[] = "id,title\n1,\"a\n";
    Arena *arena = arena_new();
    Diag *diag = diag_new(arena);
    SheetTarget target = {.file = "needs.csv",
                          .table = dictionary_table(TABLE_NEEDS),
                          .texts = arena,
                          .grid = arena,
                          .diag = diag};
    CsvReader *reader = csv_reader_new(&target, ',', 2);
    Sheet *sheet = NULL;
    size_t count;
    (void)state;

    assert_int_equal(csv_reader_feed(reader, text, sizeof text - 1), STATUS_OK);
    assert_int_equal(csv_reader_line(reader), 4);
    assert_int_equal(csv_reader_finish(reader, false, &sheet), STATUS_OK);
    assert_false(sheet->readable);
    assert_int_equal(sheet->heading_line, 2);
    diag_findings(diag, &count);
    assert_int_equal(count, 0);
    csv_reader_free(reader);
    arena_free(arena);
}

static void every_allocation_may_fail(void **state)
{
    static const char text[] = "id,title\n1,\"a\nb\"\n2,c,d\n";
    (void)state;
    for (size_t k = 0;; k++) {
        Arena *arena = arena_new();
        Diag *diag = diag_new(arena);
        SheetTarget target = {.file = "needs.csv",
                              .table = dictionary_table(TABLE_NEEDS),
                              .texts = arena,
                              .grid = arena,
                              .diag = diag};
        Sheet *sheet = NULL;
        arena_fail_after(arena, k);
        CsvReader *reader = csv_reader_new(&target, ',', 1);
        Status status = reader == NULL ? STATUS_NO_MEMORY : STATUS_OK;
        if (status == STATUS_OK)
            status = csv_reader_feed(reader, text, sizeof text - 1);
        if (status == STATUS_OK)
            status = csv_reader_finish(reader, true, &sheet);
        csv_reader_free(reader);
        bool enough = status == STATUS_OK && sheet->row_count == 2;
        assert_true(status == STATUS_OK || status == STATUS_NO_MEMORY);
        arena_free(arena);
        if (enough && k > 20)
            return;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_and_lines_are_read_at_every_size_of_pieces),
        cmocka_unit_test(quotes_are_read_at_every_size_of_pieces),
        cmocka_unit_test(blanks_and_letters_are_kept_or_trimmed_at_every_size_of_pieces),
        cmocka_unit_test(cells_under_no_heading_are_found_at_every_size_of_pieces),
        cmocka_unit_test(misplaced_quotes_are_found_at_every_size_of_pieces),
        cmocka_unit_test(nul_bytes_are_found_at_every_size_of_pieces),
        cmocka_unit_test(other_separators_are_read_at_every_size_of_pieces),
        cmocka_unit_test(empty_texts_are_found_at_every_size_of_pieces),
        cmocka_unit_test(a_cell_beyond_the_limit_is_found_and_one_at_the_limit_is_read),
        cmocka_unit_test(a_row_of_many_blocks_keeps_its_place),
        cmocka_unit_test(a_text_may_begin_further_down_and_break_off),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
