/* CSV files: long ones, missing ones, too large ones, and memory that runs out. How they may be
 * written is tested in test_csv_spelling.c.
 */
#include "tests/support/test_support.h"

#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "io/csv_reader.h"
#include "io/limits.h"

/* ---- size ----------------------------------------------------------------------------------- */

/* Text held back, pieces of the file and letters of several bytes are cut in many places. */
static void a_long_file_is_read_whole_in_every_encoding(void **state)
{
    enum { ROWS = 20000, ROW_BYTES = 64 };
    static const char *const encodings[] = {"UTF-8", "UTF-16LE", "UTF-16BE", "WINDOWS-1251"};
    size_t room = (size_t)ROWS * ROW_BYTES * 2;
    char *text = malloc(room), *bytes = malloc(room);
    (void)state;
    assert_non_null(text);
    assert_non_null(bytes);
    for (size_t e = 0; e < COUNT_OF(encodings); e++) {
        size_t length = (size_t)snprintf(text, room, "id;title\r\n");
        for (int i = 0; i < ROWS; i++)
            length += (size_t)snprintf(text + length, room - length, "%d;Потреба, номер %d\r\n", i,
                                       7 * i);
        iconv_t opened = iconv_open(encodings[e], "UTF-8");
        char *in = text, *out = bytes;
        size_t left = room;
        assert_int_not_equal(iconv(opened, &in, &length, &out, &left), (size_t)-1);
        iconv_close(opened);

        char *dir = test_dir_make();
        char *path = test_path(dir, "needs.csv");
        Arena *arena = arena_new();
        SheetTarget target = {.file = "needs.csv",
                              .table = dictionary_table(TABLE_NEEDS),
                              .texts = arena,
                              .grid = arena,
                              .diag = diag_new(arena)};
        Sheet *sheet = NULL;
        write_file_bytes(dir, "needs.csv", bytes, (size_t)(out - bytes));
        assert_int_equal(csv_read_file(path, NULL, &target, &sheet), STATUS_OK);
        assert_true(sheet->readable);
        assert_int_equal(sheet->row_count, ROWS);
        for (int i = 0; i < ROWS; i++) {
            char want[ROW_BYTES];
            (void)snprintf(want, sizeof want, "Потреба, номер %d", 7 * i);
            assert_string_equal(sheet_cell(sheet, (size_t)i, 1)->text, want);
            assert_int_equal(sheet_line(sheet, (size_t)i), i + 2);
        }
        arena_free(arena);
        free(path);
        test_dir_remove(dir);
    }
    free(text);
    free(bytes);
}

/* ---- files ---------------------------------------------------------------------------------- */

typedef struct FileCase {
    char *dir, *path;
    Arena *arena;
    SheetTarget target;
    Sheet *sheet;
} FileCase;

static FileCase file_case(const char *bytes)
{
    FileCase file = {.dir = test_dir_make(), .arena = arena_new()};
    file.path = test_path(file.dir, "needs.csv");
    file.target = (SheetTarget){.file = "needs.csv",
                                .table = dictionary_table(TABLE_NEEDS),
                                .texts = file.arena,
                                .grid = file.arena,
                                .diag = diag_new(file.arena)};
    if (bytes != NULL)
        write_file(file.dir, "needs.csv", bytes);
    return file;
}

static void file_case_free(FileCase *file)
{
    arena_free(file->arena);
    free(file->path);
    test_dir_remove(file->dir);
}

static const char *first_finding(const FileCase *file)
{
    size_t count;
    const Finding *findings = diag_findings(file->target.diag, &count);
    assert_int_equal(count, 1);
    return diag_format(&findings[0], file->arena);
}

static void a_file_is_read_with_the_hash_of_its_bytes(void **state)
{
    FileCase file = file_case("abc"); /* the example of FIPS 180-4 */
    Sheet *sheet = NULL;
    (void)state;
    assert_int_equal(csv_read_file(file.path, NULL, &file.target, &sheet), STATUS_OK);
    assert_string_equal(sheet->sha256,
                        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_string_equal(sheet->headings[0], "abc");
    assert_true(sheet->readable);
    file_case_free(&file);
}

static void a_file_that_is_not_read_has_its_hash_all_the_same(void **state)
{
    FileCase file = file_case("id\nPlze\xF2\n");
    Sheet *sheet = NULL;
    (void)state;
    assert_int_equal(csv_read_file(file.path, NULL, &file.target, &sheet), STATUS_OK);
    assert_false(sheet->readable);
    assert_int_equal(strlen(sheet->sha256), 64);
    file_case_free(&file);
}

static void a_file_that_cannot_be_read_is_a_finding(void **state)
{
    FileCase missing = file_case(NULL), folder = file_case(NULL);
    (void)state;
    assert_int_equal(csv_read_file(missing.path, NULL, &missing.target, &missing.sheet), STATUS_IO);
    assert_string_equal(first_finding(&missing),
                        "needs.csv: error E001: the file cannot be read: No such file or "
                        "directory; make it readable, or name another");
    assert_int_equal(csv_read_file(folder.dir, NULL, &folder.target, &folder.sheet), STATUS_IO);
    assert_string_equal(first_finding(&folder),
                        "needs.csv: error E001: the file cannot be read: Is a directory; make it "
                        "readable, or name another");
    file_case_free(&missing);
    file_case_free(&folder);
}

static void a_file_beyond_the_limit_is_not_read(void **state)
{
    FileCase file = file_case("id\n");
    Sheet *sheet = NULL;
    (void)state;
    /* a file of holes: it takes no room on the disk */
    assert_int_equal(truncate(file.path, (off_t)FILE_BYTES_MAX + 1), 0);
    assert_int_equal(csv_read_file(file.path, NULL, &file.target, &sheet), STATUS_OK);
    assert_false(sheet->readable);
    assert_string_equal(first_finding(&file), "needs.csv: error E062: the file is larger than the "
                                              "1073741824 bytes that are read; split the table");
    file_case_free(&file);
}

static void every_allocation_may_fail(void **state)
{
    static const char *const texts[] = {
        "id;title\n1;\"a\nb\"\n2;c;d\n",
        "id;title\n1;Z\374rich\n2;Gr\366\337e\n",
        "id;title\n1;Plze\xF2\n",
        "id;title\n1;caf\xC3\xA9 caf\xE9\n",
    };
    (void)state;
    for (size_t t = 0; t < COUNT_OF(texts); t++) {
        for (size_t k = 0;; k++) {
            FileCase file = file_case(texts[t]);
            arena_fail_after(file.arena, k);
            Status status = csv_read_file(file.path, NULL, &file.target, &file.sheet);
            assert_true(status == STATUS_OK || status == STATUS_NO_MEMORY);
            file_case_free(&file);
            if (status == STATUS_OK && k > 40)
                break;
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_long_file_is_read_whole_in_every_encoding),
        cmocka_unit_test(a_file_is_read_with_the_hash_of_its_bytes),
        cmocka_unit_test(a_file_that_is_not_read_has_its_hash_all_the_same),
        cmocka_unit_test(a_file_that_cannot_be_read_is_a_finding),
        cmocka_unit_test(a_file_beyond_the_limit_is_not_read),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
