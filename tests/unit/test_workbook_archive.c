/* Files that are no workbook, and archives that are damaged or lie about themselves.
 */
#include "tests/support/test_support.h"
#include "tests/support/xlsx_file.h"

#include "allot/dictionary.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define AGAIN "; open it in Excel or LibreOffice and save it again"
#define SEND "; save the workbook again, or have it sent again"
#define NEEDS "round.xlsx!needs"
#define SHEET1 "part 'xl/worksheets/sheet1.xml'"

/* ---- files ---------------------------------------------------------------------------------- */

#define NO_WORKBOOK                                                                                \
    "round.xlsx: error E060: the file is no workbook; open it in Excel or LibreOffice and save "   \
    "it "                                                                                          \
    "as .xlsx or .ods"
#define NO_LIST "round.xlsx: error E060: the list of parts in the file is damaged or cut short" SEND
#define OLE2 "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"

static void check_bytes(const char *label, const char *bytes, size_t length, const char *want)
{
    char *dir = test_dir_make();
    char *path = test_path(dir, "round.xlsx");
    write_file_bytes(dir, "round.xlsx", bytes, length);
    workbook_check_refused(label, path, want, WORKBOOK_BYTES_MAX);
    free(path);
    test_dir_remove(dir);
}

static void files_that_are_no_workbook_are_refused(void **state)
{
    static const char package[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0\0";
    char ole2[4096] = OLE2;

    (void)state;
    check_bytes("empty", "", 0, "round.xlsx: error E060: the file is empty" SEND);
    check_bytes("one byte", "P", 1, NO_WORKBOOK);
    check_bytes("text", "id,title\n1,a\n", 13, NO_WORKBOOK);
    check_bytes("a page", "<html><body>", 12, NO_WORKBOOK);
    check_bytes("the start of an archive", "PK\3\4", 4, NO_LIST);
    check_bytes("an archive of nothing", "PK\5\6\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 22, NO_LIST);
    check_bytes("an old workbook", ole2, sizeof ole2,
                "round.xlsx: error E060: an old .xls workbook; open it in Excel or LibreOffice and "
                "save it as .xlsx or .ods");
    memcpy(ole2 + 1024 + 3 * 128, package, sizeof package);
    check_bytes("a workbook behind a password", ole2, sizeof ole2,
                "round.xlsx: error E061: the workbook is protected by a password; save it without "
                "one");
    memset(ole2 + 1024 + 3 * 128, 0, sizeof package);
    memcpy(ole2 + 1024 + 3 * 128 + 2, package, sizeof package);
    check_bytes("an old workbook that speaks of packages", ole2, sizeof ole2,
                "round.xlsx: error E060: an old .xls workbook; open it in Excel or LibreOffice and "
                "save it as .xlsx or .ods");
}

static void files_that_cannot_be_read_are_reported(void **state)
{
    char *dir = test_dir_make();
    char *path = test_path(dir, "nowhere.xlsx");
    WorkbookRead read;

    (void)state;
    workbook_read_text(path, &read);
    assert_int_equal(read.status, STATUS_IO);
    assert_string_equal(read.finding, "round.xlsx: error E001: the file cannot be read: No such "
                                      "file or directory; make it readable, or name another");
    workbook_read_text(dir, &read);
    assert_int_equal(read.status, STATUS_IO);
    assert_string_equal(read.finding, "round.xlsx: error E001: the file cannot be read: Is a "
                                      "directory; make it readable, or name another");
    free(path);
    test_dir_remove(dir);
}

static void kinds_of_files_are_told_by_their_bytes(void **state)
{
    static const struct {
        const char *label;
        const char *bytes;
        FileKind want;
    } cases[] = {
        {"empty", "", FILE_EMPTY},
        {"an archive", "PK\3\4 and more", FILE_ZIP},
        {"an empty archive", "PK\5\6", FILE_ZIP},
        {"not quite an archive", "PK\3", FILE_OTHER},
        {"an old workbook", OLE2, FILE_OLE2},
        {"a flat sheet", "<?xml version=\"1.0\"?>\n<office:document xmlns:office=\"x\">",
         FILE_FLAT_ODS},
        {"a flat sheet behind a mark", "\xEF\xBB\xBF \n<office:document>", FILE_FLAT_ODS},
        {"a part of another", "<office:document-content>", FILE_OTHER},
        {"a table that speaks of it", "id,title\n1,<office:document >", FILE_OTHER},
        {"a table", "id,title\n", FILE_OTHER},
    };
    char *dir = test_dir_make();
    char *path = test_path(dir, "file");
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        FileKind kind = FILE_OTHER;
        write_file(dir, "file", cases[i].bytes);
        assert_case_int(cases[i].label, file_kind(path, &kind), STATUS_OK);
        assert_case_int(cases[i].label, kind, cases[i].want);
    }
    assert_int_equal(file_kind(dir, &(FileKind){FILE_OTHER}), STATUS_IO);
    free(path);
    test_dir_remove(dir);
}

/* ---- archives ------------------------------------------------------------------------------- */

static const char one_row[] = "<row r=\"2\">" XLSX_TEXT("A2", "N1") "</row>";

/* A sound workbook and its path; free it with drop(). */
typedef struct Sound {
    char *dir;
    char *path;
} Sound;

static Sound make_sound(void)
{
    static const XlsxFile file = {.rows = one_row};
    Sound sound = {.dir = test_dir_make()};
    sound.path = test_path(sound.dir, "round.xlsx");
    xlsx_file_write(sound.dir, "round.xlsx", &file);
    return sound;
}

static void check_and_drop(const char *label, Sound sound, const char *want)
{
    workbook_check_refused(label, sound.path, want, WORKBOOK_BYTES_MAX);
    free(sound.path);
    test_dir_remove(sound.dir);
}

static void archives_that_lie_are_refused(void **state)
{
#define PART "xl/worksheets/sheet1.xml"
#define DAMAGED NEEDS ": error E060: " SHEET1 " of the file is damaged: "
    static const struct {
        const char *label;
        ZipField field;
        uint32_t value;
        const char *want;
    } cases[] = {
        {"encrypted", ZIP_FIELD_FLAGS, 1,
         NEEDS ": error E061: " SHEET1
               " is protected by a password; save the workbook without one"},
        {"packed by another method", ZIP_FIELD_METHOD, 12,
         NEEDS ": error E060: " SHEET1
               " is packed in a way (method 12) that workbooks do not use" AGAIN},
        {"a wrong checksum", ZIP_FIELD_CHECKSUM, 7, DAMAGED "its checksum is wrong" SEND},
        {"smaller than it is", ZIP_FIELD_UNPACKED, 100, DAMAGED "its checksum is wrong" SEND},
        {"larger than it is", ZIP_FIELD_UNPACKED, 100000, DAMAGED "it ends too early" SEND},
        {"larger than anything", ZIP_FIELD_UNPACKED, 0xFFFFFFFE, DAMAGED "it ends too early" SEND},
        {"no packed bytes", ZIP_FIELD_PACKED, 0, DAMAGED "its packed bytes make no sense" SEND},
        {"few packed bytes", ZIP_FIELD_PACKED, 50, DAMAGED "its packed bytes make no sense" SEND},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        Sound sound = make_sound();
        zip_file_patch(sound.path, PART, cases[i].field, cases[i].value);
        check_and_drop(cases[i].label, sound, cases[i].want);
    }
    Sound sound = make_sound();
    zip_file_damage(sound.path, PART, 20);
    WorkbookRead read;
    workbook_read_text(sound.path, &read);
    assert_int_equal(read.status, STATUS_FINDINGS);
    assert_non_null(strstr(read.finding, "error E060: " SHEET1));
    free(sound.path);
    test_dir_remove(sound.dir);
}

static void archives_cut_short_are_refused(void **state)
{
    (void)state;
    for (size_t length = 1; length < 1000; length += 37) {
        Sound sound = make_sound();
        zip_file_cut(sound.path, length);
        check_and_drop("cut", sound, length < 4 ? NO_WORKBOOK : NO_LIST);
    }
}

static void two_parts_of_one_name_are_refused(void **state)
{
    static const char *const names[] = {"xl/worksheets/sheet1.xml", "XL/Worksheets/SHEET1.xml",
                                        "xl\\worksheets\\sheet1.xml"};
    static const XlsxFile file = {.rows = one_row};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        char *dir = test_dir_make();
        char *path = test_path(dir, "round.xlsx");
        WorkbookRead read;
        ZipFile *zip = xlsx_file_begin(dir, "round.xlsx", &file);
        zip_file_add_text(zip, names[i], XLSX_SHEET(""));
        zip_file_close(zip);
        workbook_read_text(path, &read);
        assert_int_equal(read.status, STATUS_FINDINGS);
        assert_non_null(strstr(read.finding, "round.xlsx: error E060: part '"));
        assert_non_null(strstr(read.finding, "' is in the file twice" AGAIN));
        free(path);
        test_dir_remove(dir);
    }
}

/* Names that lead out of a folder do no harm, since nothing is written. */
static void names_that_lead_elsewhere_are_harmless(void **state)
{
    static const XlsxFile file = {.rows = one_row};
    char *dir = test_dir_make();
    char *path = test_path(dir, "round.xlsx");
    WorkbookRead read;

    (void)state;
    ZipFile *zip = xlsx_file_begin(dir, "round.xlsx", &file);
    zip_file_add_text(zip, "../../../evil.txt", "x");
    zip_file_add_text(zip, "/etc/passwd", "x");
    zip_file_close(zip);
    workbook_read_text(path, &read);
    assert_string_equal(read.finding, "");
    assert_string_equal(read.text, "[needs]\n2:N1\n");
    assert_int_equal(test_dir_count(dir), 1);
    free(path);
    test_dir_remove(dir);
}

static void plain_archives_are_refused(void **state)
{
    char *dir = test_dir_make();
    char *path = test_path(dir, "round.xlsx");
    (void)state;
    ZipFile *zip = zip_file_new(dir, "round.xlsx");
    zip_file_add_text(zip, "needs.csv", "id\n1\n");
    zip_file_close(zip);
    workbook_check_refused(
        "plain", path,
        "round.xlsx: error E060: a zip archive, but no spreadsheet in it; if it holds a "
        "workbook, take it out, else save the file as .xlsx or .ods",
        WORKBOOK_BYTES_MAX);
    free(path);
    test_dir_remove(dir);
}

/* ---- failures around ------------------------------------------------------------------------ */

static Status take_into(void *context, const char *name, WorkbookVisibility visibility,
                        SheetBuilder **builder)
{
    (void)name;
    (void)visibility;
    *builder = context;
    return STATUS_OK;
}

static Status take_nothing(void *context, const char *name, WorkbookVisibility visibility,
                           SheetBuilder **builder)
{
    (void)context;
    (void)name;
    (void)visibility;
    *builder = NULL;
    return STATUS_INTERNAL;
}

static void what_the_sink_says_is_passed_on(void **state)
{
    Sound sound = make_sound();
    Arena *arena = arena_new();
    Diag *diag = diag_new(arena);
    WorkbookSink sink = {take_nothing, NULL, arena};

    (void)state;
    assert_int_equal(workbook_read(sound.path, "x", &sink, arena, diag), STATUS_INTERNAL);
    assert_int_equal(diag_count(diag, DIAG_ERROR), 0);
    arena_free(arena);
    free(sound.path);
    test_dir_remove(sound.dir);
}

/* Reads with an arena that fails from the given allocation on. */
static Status read_with_little(const char *path, size_t allocations)
{
    Arena *texts = arena_new();
    Arena *scratch = arena_new();
    Diag *diag = diag_new(texts);
    SheetTarget target = {.file = "x",
                          .table = dictionary_table(TABLE_NEEDS),
                          .texts = texts,
                          .grid = texts,
                          .diag = diag,
                          .of_workbook = true};
    WorkbookSink sink = {take_into, sheet_builder_new(&target), texts};

    arena_fail_after(scratch, allocations);
    Status status = workbook_read(path, "x", &sink, scratch, diag);
    assert_int_equal(diag_count(diag, DIAG_ERROR), 0);
    arena_free(scratch);
    arena_free(texts);
    return status;
}

static void memory_may_end_anywhere(void **state)
{
    static const XlsxFile file = {
        .rows = "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>0</v></c><c s=\"1\"><v>1</v></c></row>",
        .strings = "<si><t>N1</t></si>",
        .styles = "<numFmts><numFmt numFmtId=\"164\" formatCode=\"d\"/></numFmts><cellXfs><xf "
                  "numFmtId=\"0\"/><xf numFmtId=\"164\"/></cellXfs>"};
    char *dir = test_dir_make();
    char *path = test_path(dir, "round.xlsx");
    size_t allocations = 0;

    (void)state;
    xlsx_file_write(dir, "round.xlsx", &file);
    while (read_with_little(path, allocations) != STATUS_OK) {
        assert_int_equal(read_with_little(path, allocations), STATUS_NO_MEMORY);
        allocations++;
    }
    assert_in_range(allocations, 20, 200);
    free(path);
    test_dir_remove(dir);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_that_are_no_workbook_are_refused),
        cmocka_unit_test(files_that_cannot_be_read_are_reported),
        cmocka_unit_test(kinds_of_files_are_told_by_their_bytes),
        cmocka_unit_test(archives_that_lie_are_refused),
        cmocka_unit_test(archives_cut_short_are_refused),
        cmocka_unit_test(two_parts_of_one_name_are_refused),
        cmocka_unit_test(names_that_lead_elsewhere_are_harmless),
        cmocka_unit_test(plain_archives_are_refused),
        cmocka_unit_test(what_the_sink_says_is_passed_on),
        cmocka_unit_test(memory_may_end_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
