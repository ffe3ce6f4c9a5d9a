/* The template: that every table and column of the dictionary is there with its note and its checks,
 * that it says in three languages how it is filled, that it reads as an empty round, that equal
 * calls write equal bytes, and that a failure leaves nothing behind.
 */
#include "tests/support/test_support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "allot/round_read.h"
#include "allot/template.h"
#include "io/round_source.h"
#include "io/template_text.h"

/* The order of the sheets, by hand; the first table is sheet 2 of the file. */
static const char *const SHEETS[] = {"settings", "needs", "offers",      "donors", "beneficiaries",
                                     "rates",    "rules", "commitments", "pairs",  "scenarios"};

enum { FIRST_TABLE = 2, PART_SIZE = 64 };

typedef struct Written {
    Arena *arena;
    Diag *diag;
    char *dir;
    char *path;
} Written;

static Written write_template(void)
{
    Written w = {.arena = arena_new(), .dir = test_dir_make()};
    assert_non_null(w.arena);
    w.diag = diag_new(w.arena);
    w.path = test_path(w.dir, "round.xlsx");
    assert_int_equal(template_write(w.path, w.arena, w.diag), STATUS_OK);
    return w;
}

static void written_free(Written *w)
{
    arena_free(w->arena);
    test_dir_remove(w->dir);
    free(w->path);
}

/* One part of the workbook, to be freed with test_run_free(). */
static TestRun part_of(const Written *w, const char *part)
{
    TestRun run =
        run_command(w->dir, (const char *const[]){"unzip", "-p", "round.xlsx", part, NULL});
    assert_int_equal(run.exit_code, 0);
    return run;
}

/* The part with this number, "xl/comments3.xml". */
static TestRun numbered_part(const Written *w, const char *before, size_t number)
{
    char part[PART_SIZE];
    snprintf(part, sizeof part, "%s%zu.xml", before, number);
    return part_of(w, part);
}

static void assert_holds(const char *where, const TestRun *run, const char *text)
{
    if (strstr(run->out, text) == NULL)
        fail_msg("%s does not hold: %s", where, text);
}

static void column_name(size_t column, char out[4])
{
    if (column < 26)
        snprintf(out, 4, "%c", (char)('A' + column));
    else
        snprintf(out, 4, "A%c", (char)('A' + column - 26));
}

/* ---- sheets ------------------------------------------------------------------------------------ */

static void sheets_stand_in_a_planners_order_between_guide_and_lists(void **state)
{
    (void)state;
    Written w = write_template();
    TestRun book = part_of(&w, "xl/workbook.xml");
    const char *at = strstr(book.out, "<sheet name=\"How to fill\"");
    assert_non_null(at);
    for (size_t i = 0; i <= COUNT_OF(SHEETS); i++) {
        char sheet[PART_SIZE];
        snprintf(sheet, sizeof sheet, "<sheet name=\"%s\"",
                 i < COUNT_OF(SHEETS) ? SHEETS[i] : "lists");
        at = strstr(at, sheet);
        assert_case(sheet, at != NULL);
    }
    assert_null(strstr(book.out, "state=\"hidden\""));
    test_run_free(&book);
    written_free(&w);
}

static void every_column_has_its_heading_and_an_example_may_stand_below(void **state)
{
    (void)state;
    Written w = write_template();
    Sheet *sheets[TABLE_COUNT];
    assert_int_equal(workbook_sheets(w.path, w.arena, w.arena, w.diag, sheets), STATUS_OK);
    assert_int_equal(diag_count(w.diag, DIAG_ERROR) + diag_count(w.diag, DIAG_WARNING), 0);
    for (int t = 0; t < TABLE_COUNT; t++) {
        const TableSpec *table = dictionary_table((TableKind)t);
        assert_case(table->name, sheets[t] != NULL);
        assert_case_int(table->name, sheets[t]->heading_line, 1);
        assert_case_int(table->name, (int64_t)sheets[t]->column_count,
                        (int64_t)table->column_count);
        for (size_t c = 0; c < table->column_count; c++)
            assert_case_text(table->name, sheets[t]->headings[c], table->columns[c].name);
        bool settings = t == TABLE_SETTINGS; /* its keys stand ready */
        assert_case_int(table->name, (int64_t)sheets[t]->row_count, settings ? 22 : 1);
        assert_case_text(table->name, sheet_cell(sheets[t], 0, 0)->text, "EXAMPLE");
    }
    const Sheet *needs = sheets[TABLE_NEEDS];
    assert_int_equal(sheet_cell(needs, 0, 7)->kind, CELL_NUMBER);
    assert_string_equal(sheet_cell(needs, 0, 7)->text, "120");
    assert_int_equal(sheet_cell(needs, 0, 15)->kind, CELL_DATE);
    assert_string_equal(sheet_cell(needs, 0, 15)->text, "2026-04-01");
    assert_string_equal(sheet_cell(needs, 0, 29)->text, "health; linux");
    assert_string_equal(sheet_cell(sheets[TABLE_SETTINGS], 6, 0)->text, "plan_on");
    assert_int_equal(sheet_cell(sheets[TABLE_SETTINGS], 6, 1)->kind, CELL_EMPTY);
    assert_string_equal(sheet_cell(sheets[TABLE_SETTINGS], 15, 0)->text, "tier_1");
    written_free(&w);
}

static void it_reads_as_an_empty_round(void **state)
{
    (void)state;
    Written w = write_template();
    Round round;
    RoundSource source = {.path = w.path};
    assert_int_equal(round_read(&source, w.arena, w.diag, &round), STATUS_OK);
    assert_int_equal(diag_count(w.diag, DIAG_ERROR), 0);
    assert_int_equal(diag_count(w.diag, DIAG_WARNING), 0);
    assert_int_equal(round.need_count, 0);
    assert_int_equal(round.offer_count, 0);
    assert_int_equal(round.rule_count, 0);
    assert_int_equal(round.rate_count, 0);
    assert_string_equal(round.settings.currency, "EUR");
    assert_int_equal(round.settings.plan_on, BASIS_COMMITTED);
    written_free(&w);
}

/* ---- notes ------------------------------------------------------------------------------------- */

/* The note of a cell as XML; the caller looks into it before the next one begins. */
static const char *note_at(const TestRun *notes, const char *cell, size_t *length)
{
    char mark[PART_SIZE];
    snprintf(mark, sizeof mark, "<comment ref=\"%s\"", cell);
    const char *note = strstr(notes->out, mark);
    if (note == NULL)
        return NULL;
    const char *end = strstr(note, "</comment>");
    assert_non_null(end);
    *length = (size_t)(end - note);
    return note;
}

/* Fails unless the note of @p cell holds @p text, in which only & and < may need escaping. */
static void assert_note(const TestRun *notes, const char *cell, const char *text)
{
    size_t length = 0;
    const char *note = note_at(notes, cell, &length);
    assert_case(cell, note != NULL);
    const char *found = strstr(note, text);
    if (found == NULL || found > note + length)
        fail_msg("the note of %s does not hold: %s", cell, text);
}

static void every_heading_has_a_note_in_three_languages(void **state)
{
    (void)state;
    Written w = write_template();
    for (size_t i = 0; i < COUNT_OF(SHEETS); i++) {
        const TableSpec *table = dictionary_find(SHEETS[i]);
        TestRun notes = numbered_part(&w, "xl/comments", i + 1);
        assert_holds(SHEETS[i], &notes, "<authors><author>allot</author></authors>");
        for (size_t c = 0; c < table->column_count; c++) {
            const ColumnSpec *column = &table->columns[c];
            char letters[4], cell[8], label[PART_SIZE], line[2 * PART_SIZE];
            column_name(c, letters);
            snprintf(cell, sizeof cell, "%s1", letters);
            snprintf(line, sizeof line, "%s%s\n", column->name,
                     column->required ? " (required)" : "");
            assert_note(&notes, cell, line);
            assert_note(&notes, cell, column->help);
            for (int l = SYNONYM_UK; l < SYNONYM_LANGUAGES; l++) {
                synonym_label(synonym_of(table->name, column->name), (SynonymLanguage)l, label,
                              sizeof label);
                snprintf(line, sizeof line, "%s: %s", l == SYNONYM_UK ? "UA" : "PL", label);
                assert_note(&notes, cell, line);
            }
        }
        test_run_free(&notes);
    }
    written_free(&w);
}

static void a_note_says_what_to_write_and_what_empty_means(void **state)
{
    (void)state;
    Written w = write_template();
    TestRun notes = numbered_part(&w, "xl/comments", 2); /* needs */
    assert_note(&notes, "H1",
                "quantity (required)\nhow much; 0 makes it an outcome, met when everything it "
                "requires is\nWrite: a number, or unknown\nEmpty means: unknown\nUA: Кількість\n"
                "PL: Ilość<");
    assert_note(&notes, "C1", "Ids of the sheet: beneficiaries");
    assert_note(&notes, "S1", "Write: 0 to 1, or a percentage\nEmpty means: 0");
    assert_note(&notes, "AB1", "Write: unknown, no, partial or yes\nEmpty means: unknown");
    assert_note(&notes, "W1", "Write: a list, separated by ;\nIds of the sheet: needs");
    test_run_free(&notes);
    notes = numbered_part(&w, "xl/comments", 1); /* settings */
    assert_note(&notes, "A8",
                "plan_on\nthe weakest status planned on: paid, committed or pledged\nEmpty means: "
                "committed<");
    test_run_free(&notes);
    written_free(&w);
}

/* ---- checks of cells --------------------------------------------------------------------------- */

/* A free text or name has no check; every other column has one from the example row down. */
static bool is_free(TableKind kind, const ColumnSpec *column)
{
    static const char *const names[] = {"region",   "category", "bundle", "alternative",
                                        "scenario", "id",       "column"};
    if (column->type == COLUMN_TEXT)
        return true;
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (column->type == COLUMN_NAME && strcmp(column->name, names[i]) == 0)
            return true;
    return kind == TABLE_SETTINGS && strcmp(column->name, "value") == 0;
}

static void every_column_that_is_not_free_is_checked(void **state)
{
    (void)state;
    Written w = write_template();
    for (size_t i = 0; i < COUNT_OF(SHEETS); i++) {
        const TableSpec *table = dictionary_find(SHEETS[i]);
        TestRun sheet = numbered_part(&w, "xl/worksheets/sheet", i + FIRST_TABLE);
        for (size_t c = 0; c < table->column_count; c++) {
            char letters[4], range[PART_SIZE];
            column_name(c, letters);
            snprintf(range, sizeof range, " sqref=\"%s2:%s1048576\"", letters, letters);
            bool checked = strstr(sheet.out, range) != NULL;
            assert_case(table->columns[c].name,
                        checked == !is_free(table->kind, &table->columns[c]));
        }
        test_run_free(&sheet);
    }
    written_free(&w);
}

/* Fails unless the check of these cells holds @p opening in its tag and @p formula behind it. */
static void assert_check(const TestRun *sheet, const char *cells, const char *opening,
                         const char *formula)
{
    char end[PART_SIZE];
    snprintf(end, sizeof end, " sqref=\"%s\"", cells);
    const char *found = strstr(sheet->out, end), *tag = found;
    assert_case(cells, found != NULL);
    while (strncmp(tag, "<dataValidation ", 16) != 0)
        tag--;
    const char *opened = strstr(tag, opening);
    if (opened == NULL || opened > found)
        fail_msg("the check of %s does not hold: %s", cells, opening);
    found += strlen(end) + (formula[0] != '\0' ? 1 : 2); /* ">" or "/>" */
    if (strncmp(found, formula, strlen(formula)) != 0)
        fail_msg("the check of %s has not: %s", cells, formula);
}

static void checks_are_as_strict_as_the_reader(void **state)
{
    static const struct {
        size_t sheet;
        const char *cells, *opening, *formula;
    } cases[] = {
        /* closed vocabularies stop */
        {3, "AB2:AB1048576", "type=\"list\" allowBlank",
         "<formula1>\"unknown,no,partial,yes\"</formula1>"},
        {4, "L2:L1048576", "type=\"list\" allowBlank",
         "<formula1>\"pledged,committed,paid\"</formula1>"},
        {8, "B2:B1048576", "type=\"list\" allowBlank",
         "<formula1>\"forbid,limit,floor,reserve,ticket,count,fee\"</formula1>"},
        {9, "C2:C1048576", "type=\"list\" allowBlank",
         "<formula1>\"fixed,at_least,at_most,forbidden\"</formula1>"},
        {3, "K2:K1048576", "type=\"list\" allowBlank", "<formula1>lists!$E$4:$E$173</formula1>"},
        {2, "B8", "type=\"list\" allowBlank", "<formula1>\"pledged,committed,paid\"</formula1>"},
        {2, "B7", "type=\"list\" allowBlank", "<formula1>lists!$E$4:$E$173</formula1>"},
        /* where other texts are read too, they warn */
        {2, "A2:A1048576", "type=\"list\" errorStyle=\"warning\"",
         "<formula1>lists!$A$4:$A$24</formula1>"},
        {3, "T2:T1048576", "type=\"list\" errorStyle=\"warning\"",
         "<formula1>\"yes,no\"</formula1>"},
        {3, "C2:C1048576", "type=\"list\" errorStyle=\"warning\"",
         "<formula1>OFFSET(beneficiaries!$A$1,1,0,MAX(1,COUNTA(beneficiaries!$A:$A)-1),1)"},
        {4, "B2:B1048576", "type=\"list\" errorStyle=\"warning\"",
         "<formula1>OFFSET(donors!$A$1,1,0,MAX(1,COUNTA(donors!$A:$A)-1),1)"},
        {4, "AE2:AE1048576", "type=\"list\" errorStyle=\"warning\"",
         "<formula1>OFFSET(offers!$A$1,"},
        {9, "A2:A1048576", "type=\"list\" errorStyle=\"warning\"", "<formula1>OFFSET(needs!$A$1,"},
        {10, "B2:B1048576", "type=\"list\" errorStyle=\"warning\"",
         "<formula1>OFFSET(offers!$A$1,"},
        {3, "P2:P1048576", "type=\"date\" operator=\"greaterThanOrEqual\" errorStyle=\"warning\"",
         "<formula1>36526</formula1>"}, /* 2000-01-01 */
        {3, "L2:L1048576", "type=\"whole\" operator=\"greaterThanOrEqual\" errorStyle=\"warning\"",
         "<formula1>1</formula1>"},
        {3, "S2:S1048576", "type=\"decimal\" errorStyle=\"warning\"",
         "<formula1>0</formula1><formula2>1</formula2>"},
        {3, "A2:A1048576", "type=\"custom\" errorStyle=\"warning\"",
         "<formula1>COUNTIF($A:$A,$A2)=1</formula1>"},
        /* these allow everything */
        {3, "H2:H1048576", "prompt=\"The full amount; or: unknown\"", ""},
        {3, "J2:J1048576", "prompt=\"The full amount; or: unknown\"", ""},
        {4, "C2:C1048576", "prompt=\"The full amount; or: unknown\"", ""},
        {4, "O2:O1048576", "prompt=\"Ids of the sheet needs; several are separated by ;\"", ""},
        {3, "I2:I1048576", "allowBlank=\"1\" showInputMessage=\"1\" errorTitle",
         "<formula1>lists!$G$4:$G$14</formula1>"},
    };
    (void)state;
    Written w = write_template();
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        TestRun sheet = numbered_part(&w, "xl/worksheets/sheet", cases[i].sheet);
        assert_check(&sheet, cases[i].cells, cases[i].opening, cases[i].formula);
        test_run_free(&sheet);
    }
    written_free(&w);
}

static void every_sheet_can_be_filled_and_printed(void **state)
{
    static const char *const parts[] = {
        "<pane xSplit=\"1\" ySplit=\"1\" topLeftCell=\"B2\"",
        "<pageSetUpPr fitToPage=\"1\"/>",
        "orientation=\"landscape\"",
        "paperSize=\"9\"",
        "<autoFilter ref=\"A1:",
        "<ignoredError sqref=\"A1:XFD1048576\" numberStoredAsText=\"1\"/>"};
    (void)state;
    Written w = write_template();
    for (size_t i = 0; i < COUNT_OF(SHEETS); i++) {
        TestRun sheet = numbered_part(&w, "xl/worksheets/sheet", i + FIRST_TABLE);
        for (size_t p = 0; p < COUNT_OF(parts); p++)
            assert_holds(SHEETS[i], &sheet, parts[p]);
        test_run_free(&sheet);
    }
    TestRun book = part_of(&w, "xl/workbook.xml");
    assert_holds("workbook", &book, ">needs!$A:$A,needs!$1:$1<"); /* printed on every page */
    assert_holds("workbook", &book, ">rates!$1:$1<");
    test_run_free(&book);
    written_free(&w);
}

/* ---- texts ------------------------------------------------------------------------------------- */

static void the_guide_speaks_three_languages(void **state)
{
    static const char *const texts[] = {"How to fill this file",
                                        "Як заповнити цей файл",
                                        "Jak wypełnić ten plik",
                                        "allot check FILE.xlsx",
                                        "EXAMPLE",
                                        "Талліннського механізму",
                                        "Mechanizmu Tallińskiego"};
    (void)state;
    Written w = write_template();
    TestRun strings = part_of(&w, "xl/sharedStrings.xml");
    for (size_t i = 0; i < COUNT_OF(texts); i++)
        assert_holds("texts", &strings, texts[i]);
    test_run_free(&strings);
    written_free(&w);
}

/* ---- files ------------------------------------------------------------------------------------- */

static void equal_calls_write_equal_bytes_without_a_clock(void **state)
{
    (void)state;
    Written a = write_template(), b = write_template();
    size_t lengths[2];
    char *bytes[] = {read_file(a.path, &lengths[0]), read_file(b.path, &lengths[1])};
    assert_int_equal(lengths[0], lengths[1]);
    assert_memory_equal(bytes[0], bytes[1], lengths[0]);
    free(bytes[0]);
    free(bytes[1]);
    TestRun properties = part_of(&a, "docProps/core.xml");
    assert_holds("properties", &properties, ">1980-01-01T00:00:00Z</dcterms:created>");
    test_run_free(&properties);
    written_free(&a);
    written_free(&b);
}

static void a_file_is_replaced_whole(void **state)
{
    (void)state;
    Written w = write_template();
    write_file(w.dir, "round.xlsx", "something older");
    assert_int_equal(template_write(w.path, w.arena, w.diag), STATUS_OK);
    TestRun run = run_command(w.dir, (const char *const[]){"unzip", "-tq", "round.xlsx", NULL});
    assert_int_equal(run.exit_code, 0);
    test_run_free(&run);
    assert_int_equal(test_dir_count(w.dir), 1);
    written_free(&w);
}

static void a_path_that_cannot_be_written_leaves_nothing(void **state)
{
    (void)state;
    Written w = write_template();
    char *path = test_path(w.dir, "missing/round.xlsx");
    assert_int_equal(template_write(path, w.arena, w.diag), STATUS_IO);
    size_t count;
    const Finding *findings = diag_findings(w.diag, &count);
    assert_int_equal(count, 1);
    assert_int_equal(findings[0].code, DIAG_WRITE);
    assert_non_null(strstr(findings[0].message, "No such file or directory"));
    assert_int_equal(test_dir_count(w.dir), 1);
    free(path);
    written_free(&w);
}

static void memory_may_run_out_at_every_step(void **state)
{
    char *dir = test_dir_make(), *path = test_path(dir, "round.xlsx");
    Status status = STATUS_NO_MEMORY;
    (void)state;
    for (size_t calls = 0; status != STATUS_OK; calls += calls < 20 ? 1 : 61) {
        Arena *arena = arena_new(), *kept = arena_new();
        Diag *diag = diag_new(kept);
        assert_true(calls < 5000);
        arena_fail_after(arena, calls);
        status = template_write(path, arena, diag);
        assert_true(status == STATUS_OK || status == STATUS_NO_MEMORY);
        assert_int_equal(test_dir_count(dir), status == STATUS_OK ? 1 : 0);
        arena_free(arena);
        arena_free(kept);
    }
    free(path);
    test_dir_remove(dir);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sheets_stand_in_a_planners_order_between_guide_and_lists),
        cmocka_unit_test(every_column_has_its_heading_and_an_example_may_stand_below),
        cmocka_unit_test(it_reads_as_an_empty_round),
        cmocka_unit_test(every_heading_has_a_note_in_three_languages),
        cmocka_unit_test(a_note_says_what_to_write_and_what_empty_means),
        cmocka_unit_test(every_column_that_is_not_free_is_checked),
        cmocka_unit_test(checks_are_as_strict_as_the_reader),
        cmocka_unit_test(every_sheet_can_be_filled_and_printed),
        cmocka_unit_test(the_guide_speaks_three_languages),
        cmocka_unit_test(equal_calls_write_equal_bytes_without_a_clock),
        cmocka_unit_test(a_file_is_replaced_whole),
        cmocka_unit_test(a_path_that_cannot_be_written_leaves_nothing),
        cmocka_unit_test(memory_may_run_out_at_every_step),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
