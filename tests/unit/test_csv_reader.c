/* The CSV reader: every case at every size of the pieces it is fed with, and the files it refuses.
 *
 * What was read and what was found are written as text and compared with a text made by hand: one
 * line a row ("line:cell|cell"), then one line a finding.
 */
#include "tests/support/test_support.h"

#include "io/csv_reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NBSP "\xC2\xA0"
#define NARROW_NBSP "\xE2\x80\xAF"
#define BOM "\xEF\xBB\xBF"

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
static void read_in_pieces(const char *bytes, size_t size, size_t piece, Dump *dump)
{
    Arena *texts = arena_new();
    Arena *grid = arena_new();
    Diag *diag = diag_new(texts);
    SheetTarget target = {"needs.csv", dictionary_table(TABLE_NEEDS), texts, grid, diag};
    CsvReader *reader = csv_reader_new(&target);
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
    assert_int_equal(csv_reader_finish(reader, &sheet), STATUS_OK);
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

static void check_cases(const Case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        for (size_t piece = 1; piece <= cases[i].size + 1; piece++) {
            Dump dump;
            char label[128];
            snprintf(label, sizeof label, "%s, %zu bytes at once", cases[i].label, piece);
            read_in_pieces(cases[i].bytes, cases[i].size, piece, &dump);
            assert_case_text(label, dump.text, cases[i].want);
        }
    }
}

/* ---- well-formed files ---------------------------------------------------------------------- */

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
        {"byte order mark", BYTES(BOM "id,title\n1,a\n"), "1:id|title\n2:1|a\n"},
        {"byte order mark before a quote", BYTES(BOM "\"id\",title\n1,a\n"), "1:id|title\n2:1|a\n"},
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

/* ---- files that are refused ----------------------------------------------------------------- */

#define AT_WIDTH                                                                                   \
    "' stands under no heading; put cells that hold a comma in quotes, or give the column a "      \
    "heading\n"
#define QUOTE_INSIDE                                                                               \
    "a quote stands where none may be; put the whole cell in quotes, and write a quote inside "    \
    "quotes twice\n"
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

static void bytes_that_are_no_text_are_found_at_every_size_of_pieces(void **state)
{
    static const Case cases[] = {
        {"Windows-1252", BYTES("id,title\n1,caf\xE9\n2,\xE9\n"),
         "needs.csv:2: error E003: byte 0xE9 at offset 14 is not UTF-8; save the file as CSV "
         "UTF-8\n"},
        {"Windows-1251 behind a byte order mark and CR LF", BYTES(BOM "id\r\n\r\n\xCA\xE8\r\n"),
         "needs.csv:3: error E003: byte 0xCA at offset 9 is not UTF-8; save the file as CSV "
         "UTF-8\n"},
        {"a sequence cut off by a line end", BYTES("id\n\xE2\x80\n"),
         "needs.csv:2: error E003: byte 0xE2 at offset 3 is not UTF-8; save the file as CSV "
         "UTF-8\n"},
        {"a sequence cut off by the end", BYTES("id\n1\n\xF0\x9F\x98"),
         "needs.csv:3: error E003: byte 0xF0 at offset 5 is not UTF-8; save the file as CSV "
         "UTF-8\n"},
        {"an overlong form", BYTES("id\n\xC0\xAF\n"),
         "needs.csv:2: error E003: byte 0xC0 at offset 3 is not UTF-8; save the file as CSV "
         "UTF-8\n"},
        {"an overlong form of three bytes", BYTES("id\n\xE0\x80\xAF\n"),
         "needs.csv:2: error E003: byte 0xE0 at offset 3 is not UTF-8; save the file as CSV "
         "UTF-8\n"},
        {"a surrogate", BYTES("id\n\xED\xA0\x80\n"),
         "needs.csv:2: error E003: byte 0xED at offset 3 is not UTF-8; save the file as CSV "
         "UTF-8\n"},
        {"above U+10FFFF", BYTES("id\n\xF4\x90\x80\x80\n"),
         "needs.csv:2: error E003: byte 0xF4 at offset 3 is not UTF-8; save the file as CSV "
         "UTF-8\n"},
        {"half a byte order mark", BYTES("\xEF\xBB"),
         "needs.csv:1: error E003: byte 0xEF at offset 0 is not UTF-8; save the file as CSV "
         "UTF-8\n"},
        {"UTF-16 little endian", BYTES("\xFF\xFEi\0d\0\n\0"),
         "needs.csv:1: error E003: the file is UTF-16; save it as CSV UTF-8\n"},
        {"UTF-16 big endian", BYTES("\xFE\xFF\0i\0d\0\n"),
         "needs.csv:1: error E003: the file is UTF-16; save it as CSV UTF-8\n"},
        {"a NUL byte", BYTES("id,title\n1,a\n2,\0b\n"),
         "needs.csv:3: error E002: the file holds a NUL byte; it is no text file: save it as CSV "
         "UTF-8\n"},
        {"two faults, both said", BYTES("id,title\n1,\xFF\n2,a\"\n"),
         "needs.csv:2: error E003: byte 0xFF at offset 11 is not UTF-8; save the file as CSV "
         "UTF-8\nneeds.csv:3:2 (title): error E002: " QUOTE_INSIDE},
    };
    (void)state;
    check_cases(cases, COUNT_OF(cases));
}

static void other_separators_and_empty_files_are_found_at_every_size_of_pieces(void **state)
{
    static const Case cases[] = {
        {"semicolons", BYTES("id;title\n1;a,5\n"),
         "needs.csv:1: error E002: the heading has semicolons and no comma; save the file with "
         "commas between the cells\n"},
        {"semicolons and quotes", BYTES("\n;;\n\"id\";\"title\"\n1;\"a\"\n"),
         "needs.csv:3: error E002: the heading has semicolons and no comma; save the file with "
         "commas between the cells\n"},
        {"tabs", BYTES("id\ttitle\n1\ta\n"),
         "needs.csv:1: error E002: the heading has tabs and no comma; save the file with commas "
         "between the cells\n"},
        {"empty", BYTES(""),
         "needs.csv:1: error E002: the file is empty; its first row must be the headings\n"},
        {"byte order mark alone", BYTES(BOM),
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
                char *bytes = make_long_cell(CSV_CELL_BYTES_MAX + over, quoted == 1, &size);
                read_in_pieces(bytes, size, pieces[p], &dump);
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
    SheetTarget target = {"needs.csv", dictionary_table(TABLE_NEEDS), arena, arena, diag};
    CsvReader *reader = csv_reader_new(&target);
    Sheet *sheet = NULL;
    char row[32];
    (void)state;

    assert_int_equal(csv_reader_feed(reader, "id,title\n", 9), STATUS_OK);
    for (int i = 0; i < ROWS; i++) {
        int length = snprintf(row, sizeof row, "%d,%d\n", i, 7 * i);
        assert_int_equal(csv_reader_feed(reader, row, (size_t)length), STATUS_OK);
    }
    assert_int_equal(csv_reader_finish(reader, &sheet), STATUS_OK);
    assert_int_equal(sheet->row_count, ROWS);
    for (int i = 0; i < ROWS; i++) {
        snprintf(row, sizeof row, "%d", 7 * i);
        assert_int_equal(sheet_line(sheet, (size_t)i), i + 2);
        assert_string_equal(sheet_cell(sheet, (size_t)i, 1)->text, row);
    }
    csv_reader_free(reader);
    arena_free(arena);
}

/* ---- files ---------------------------------------------------------------------------------- */

static void a_file_is_read_with_the_hash_of_its_bytes(void **state)
{
    char *dir = test_dir_make();
    char *path = test_path(dir, "needs.csv");
    Arena *arena = arena_new();
    SheetTarget target = {"needs.csv", dictionary_table(TABLE_NEEDS), arena, arena,
                          diag_new(arena)};
    Sheet *sheet = NULL;
    (void)state;

    write_file(dir, "needs.csv", "abc"); /* the example of FIPS 180-4 */
    assert_int_equal(csv_read_file(path, &target, &sheet), STATUS_OK);
    assert_string_equal(sheet->sha256,
                        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_string_equal(sheet->headings[0], "abc");
    assert_true(sheet->readable);
    arena_free(arena);
    free(path);
    test_dir_remove(dir);
}

static void a_file_that_cannot_be_read_is_a_finding(void **state)
{
    char *dir = test_dir_make();
    char *missing = test_path(dir, "needs.csv");
    Arena *arena = arena_new();
    Diag *diag = diag_new(arena);
    SheetTarget target = {"needs.csv", dictionary_table(TABLE_NEEDS), arena, arena, diag};
    Sheet *sheet = NULL;
    size_t count;
    (void)state;

    assert_int_equal(csv_read_file(missing, &target, &sheet), STATUS_IO);
    assert_int_equal(csv_read_file(dir, &target, &sheet), STATUS_IO);
    const Finding *findings = diag_findings(diag, &count);
    assert_int_equal(count, 2);
    assert_string_equal(
        diag_format(&findings[0], arena),
        "needs.csv: error E001: the file cannot be read: No such file or directory");
    assert_string_equal(diag_format(&findings[1], arena),
                        "needs.csv: error E001: the file cannot be read: Is a directory");
    arena_free(arena);
    free(missing);
    test_dir_remove(dir);
}

static void every_allocation_may_fail(void **state)
{
    static const char text[] = "id,title\n1,\"a\nb\"\n2,c,d\n";
    (void)state;
    for (size_t k = 0;; k++) {
        Arena *arena = arena_new();
        Diag *diag = diag_new(arena);
        SheetTarget target = {"needs.csv", dictionary_table(TABLE_NEEDS), arena, arena, diag};
        Sheet *sheet = NULL;
        arena_fail_after(arena, k);
        CsvReader *reader = csv_reader_new(&target);
        Status status = reader == NULL ? STATUS_NO_MEMORY : STATUS_OK;
        if (status == STATUS_OK)
            status = csv_reader_feed(reader, text, sizeof text - 1);
        if (status == STATUS_OK)
            status = csv_reader_finish(reader, &sheet);
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
        cmocka_unit_test(bytes_that_are_no_text_are_found_at_every_size_of_pieces),
        cmocka_unit_test(other_separators_and_empty_files_are_found_at_every_size_of_pieces),
        cmocka_unit_test(a_cell_beyond_the_limit_is_found_and_one_at_the_limit_is_read),
        cmocka_unit_test(a_row_of_many_blocks_keeps_its_place),
        cmocka_unit_test(a_file_is_read_with_the_hash_of_its_bytes),
        cmocka_unit_test(a_file_that_cannot_be_read_is_a_finding),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
