/* A workbook whose lists are too long for libxlsxwriter to hold: that every row is there once and in
 * order, looks as the first one does, says what its need says, and that a failure leaves nothing.
 */
#include "tests/support/any_run_info.h"
#include "tests/support/test_support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "allot/report.h"
#include "allot/round_read.h"

enum { NEEDS = 2500, MIDDLE = 1200 };

typedef struct LongRound {
    Arena *arena;
    Diag *diag;
    Round round;
    Plan plan;
    RunInfo info;
    char *dir;
} LongRound;

/* Need N asks for N + 0.95 EUR; one of them has a title that XML must not take at its word. */
static void write_tables(const char *dir)
{
    char *path = test_path(dir, "needs.csv");
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs("id,title,category,quantity,unit,priority,sensitivity\n", file);
    for (int n = 1; n <= NEEDS; n++)
        fprintf(file, "N-%04d,%s,Shelter,%d.95,EUR,1,%s\n", n,
                n == MIDDLE ? "\"Beds & <tents>\n_x0041_ \"\"two\"\"\"" : "Beds", n,
                n == MIDDLE ? "restricted" : "open");
    assert_int_equal(fclose(file), 0);
    free(path);
    write_file(dir, "offers.csv", "id,donor,quantity,unit,category\nO-1,D-1,1000,EUR,Shelter\n");
    write_file(dir, "donors.csv", "id,name\nD-1,Donor\n");
    write_file(dir, "settings.csv", "key,value\nround,long\nstart,2026-01-01\nend,2026-03-31\n");
}

/* The plan: the need in the middle gets a third of what it asks. */
static LongRound *long_round_new(void)
{
    LongRound *made = calloc(1, sizeof *made);
    assert_non_null(made);
    made->dir = test_dir_make();
    made->arena = arena_new();
    made->diag = diag_new(made->arena);
    char *tables = test_path(made->dir, "tables");
    write_file(made->dir, "tables/settings.csv", "");
    write_tables(tables);
    RoundSource source = {.path = tables};
    assert_int_equal(round_read(&source, made->arena, made->diag, &made->round), STATUS_OK);
    assert_int_equal(round_check(&made->round, made->diag), STATUS_OK);
    assert_int_equal(made->round.need_count, NEEDS);
    made->plan.assignments = ARENA_NEW(made->arena, 1, Assignment);
    made->plan.needs = ARENA_NEW(made->arena, NEEDS, NeedResult);
    made->plan.offers = ARENA_NEW(made->arena, 1, OfferResult);
    made->plan.assignments[0] =
        (Assignment){.need = MIDDLE - 1, .offer = 0, .quantity = 40031, .basis = BASIS_PLEDGED};
    made->plan.assignment_count = 1;
    assert_int_equal(plan_figures(&made->round, made->arena, &made->plan), STATUS_OK);
    for (int n = 0; n < NEEDS; n++)
        made->plan.needs[n].detail = "";
    made->info = any_run_info("optimal", NULL);
    free(tables);
    return made;
}

static void long_round_free(LongRound *made)
{
    arena_free(made->arena);
    test_dir_remove(made->dir);
    free(made);
}

static Report *report_of(LongRound *made)
{
    Report *report;
    assert_int_equal(
        report_build(&made->round, &made->plan, &made->info, made->diag, made->arena, &report),
        STATUS_OK);
    return report;
}

/* The bytes of the workbook, to be freed, or of one of its parts. */
static char *write_book(LongRound *made, const char *name, size_t *length)
{
    char *path = test_path(made->dir, name);
    assert_int_equal(book_write(report_of(made), path, made->arena, made->diag), STATUS_OK);
    char *bytes = read_file(path, length);
    free(path);
    return bytes;
}

static TestRun needs_sheet(const LongRound *made)
{
    TestRun run = run_command(made->dir, (const char *const[]){"unzip", "-p", "plan.xlsx",
                                                               "xl/worksheets/sheet4.xml", NULL});
    assert_int_equal(run.exit_code, 0);
    return run;
}

/* The row of a sheet that begins at or behind AT, up to its end; its number into *ROW. */
static const char *next_row(const char *at, long *row, const char **end)
{
    const char *begin = strstr(at, "<row r=\"");
    if (begin == NULL)
        return NULL;
    *row = strtol(begin + strlen("<row r=\""), NULL, 10);
    *end = strstr(begin, "</row>");
    assert_non_null(*end);
    return begin;
}

static bool holds(const char *begin, const char *end, const char *text)
{
    const char *found = strstr(begin, text);
    return found != NULL && found < end;
}

/* ---- tests ------------------------------------------------------------------------------------ */

static void every_row_stands_once_and_in_order(void **state)
{
    (void)state;
    LongRound *made = long_round_new();
    size_t length;
    free(write_book(made, "plan.xlsx", &length));
    TestRun sheet = needs_sheet(made);
    long row = 0, last = 0, met = 0;
    const char *end = sheet.out, *at = end;
    while ((at = next_row(at, &row, &end)) != NULL) {
        char figure[64];
        assert_true(row > last);
        if (met > 0)
            assert_int_equal(row, last + 1);
        (void)snprintf(figure, sizeof figure, "<v>%ld.95</v>", met + 1);
        met += met > 0 || holds(at, end, "<v>1.95</v>");
        if (met > 0 && !holds(at, end, met == 1 ? "<v>1.95</v>" : figure))
            fail_msg("row %ld does not hold %s", row, figure);
        last = row;
        at = end;
    }
    assert_int_equal(met, NEEDS);
    test_run_free(&sheet);
    long_round_free(made);
}

/* The numbers of the formats of a row, one after another. */
static void styles_of(const char *begin, const char *end, char *out, size_t size)
{
    size_t used = 0;
    for (const char *at = strstr(begin, " s=\""); at != NULL && at < end;
         at = strstr(at + 1, " s=\""))
        used += (size_t)snprintf(out + used, size - used, "%ld ", strtol(at + 4, NULL, 10));
    assert_true(used > 0 && used < size);
}

static void rows_look_as_the_first_one_does(void **state)
{
    (void)state;
    LongRound *made = long_round_new();
    size_t length;
    free(write_book(made, "plan.xlsx", &length));
    TestRun sheet = needs_sheet(made);
    long row;
    char first[512] = "", other[512];
    const char *end = sheet.out, *at = end;
    while ((at = next_row(at, &row, &end)) != NULL) {
        if (holds(at, end, "<v>1.95</v>"))
            styles_of(at, end, first, sizeof first);
        if (holds(at, end, "<v>2.95</v>") || holds(at, end, "<v>2499.95</v>")) {
            styles_of(at, end, other, sizeof other);
            assert_string_equal(other, first);
        }
        at = end;
    }
    assert_string_not_equal(first, "");
    test_run_free(&sheet);
    long_round_free(made);
}

static void texts_and_figures_are_those_of_the_round(void **state)
{
    (void)state;
    static const char *const held[] = {
        "t=\"inlineStr\"><is><t>N-1200</t></is>",
        "<t>[restricted] Beds &amp; &lt;tents&gt;\n_x005F_x0041_ \"two\"</t>",
        "<v>1200.95</v>",            /* asked */
        "<v>400.31</v>",             /* assigned */
        "<v>800.64</v>",             /* unmet */
        "<v>0.3333277821724468</v>", /* 40031 / 120095 = 0.33332778217244681... */
        " customHeight=\"1\"",       /* the title takes more than a line */
        "<is><t>partly</t></is>",
    };
    LongRound *made = long_round_new();
    size_t length;
    free(write_book(made, "plan.xlsx", &length));
    TestRun sheet = needs_sheet(made);
    long row;
    const char *end = sheet.out, *at = end;
    while ((at = next_row(at, &row, &end)) != NULL && !holds(at, end, "N-1200"))
        at = end;
    assert_non_null(at);
    for (size_t i = 0; i < COUNT_OF(held); i++)
        if (!holds(at, end, held[i]))
            fail_msg("%.*s does not hold %s", (int)(end - at), at, held[i]);
    test_run_free(&sheet);
    long_round_free(made);
}

static void equal_reports_give_equal_bytes_and_nothing_beside(void **state)
{
    (void)state;
    LongRound *made = long_round_new();
    size_t length, again;
    char *one = write_book(made, "plan.xlsx", &length);
    char *other = write_book(made, "other.xlsx", &again);
    assert_int_equal(length, again);
    assert_memory_equal(one, other, length);
    assert_int_equal(test_dir_count(made->dir), 3); /* both, and the tables */
    free(one);
    free(other);
    long_round_free(made);
}

static void short_memory_leaves_nothing_behind(void **state)
{
    (void)state;
    LongRound *made = long_round_new();
    Report *report = report_of(made);
    char *path = test_path(made->dir, "plan.xlsx");
    Status status = STATUS_NO_MEMORY;
    size_t calls = 0;
    for (; status != STATUS_OK && calls < 1000; calls++) {
        arena_fail_after(made->arena, calls);
        status = book_write(report, path, made->arena, made->diag);
        arena_fail_after(made->arena, SIZE_MAX);
        if (status != STATUS_OK) {
            assert_int_equal(status, STATUS_NO_MEMORY);
            assert_int_equal(test_dir_count(made->dir), 1); /* the tables */
        }
    }
    assert_int_equal(status, STATUS_OK);
    assert_true(calls > 5);
    free(path);
    long_round_free(made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_stands_once_and_in_order),
        cmocka_unit_test(rows_look_as_the_first_one_does),
        cmocka_unit_test(texts_and_figures_are_those_of_the_round),
        cmocka_unit_test(equal_reports_give_equal_bytes_and_nothing_beside),
        cmocka_unit_test(short_memory_leaves_nothing_behind),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
