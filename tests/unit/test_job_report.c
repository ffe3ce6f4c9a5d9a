/* What a task's process found, carried to the one that waits for it. */
#include "job_report.h"

#include <stdlib.h>
#include <string.h>

#include "tests/support/expected_findings.h"
#include "tests/support/test_support.h"

/* A failed write, and a finding whose place has everything. */
static char *written(size_t *length)
{
    char *bytes;
    Arena *arena = arena_new();
    Diag *diag = diag_new(arena);
    FILE *out = open_memstream(&bytes, length);
    assert_non_null(out);
    diag_add(diag, DIAG_WRITE, (DiagPlace){.file = "p/a.xlsx"}, "cannot write: %s", "full 100%s");
    diag_add(diag, DIAG_OUTLIER,
             (DiagPlace){.file = "needs.csv",
                         .line = 7,
                         .column = 3,
                         .column_name = "quantity",
                         .table = "needs",
                         .text = ""},
             "far");
    job_report_write(out, STATUS_IO, diag);
    assert_int_equal(fclose(out), 0);
    arena_free(arena); /* nothing of it is needed any more */
    return bytes;
}

static void status_and_findings_arrive_as_they_were(void **state)
{
    size_t length;
    char *bytes = written(&length);
    Arena *arena = arena_new();
    Diag *diag = diag_new(arena);
    (void)state;
    assert_int_equal(job_report_read(bytes, length, arena, diag), STATUS_IO);
    free(bytes);
    size_t count;
    const Finding *findings = diag_findings(diag, &count);
    assert_int_equal(count, 2);
    assert_int_equal(findings[0].code, DIAG_WRITE);
    assert_string_equal(findings[0].message, "cannot write: full 100%s");
    assert_string_equal(findings[0].place.file, "p/a.xlsx");
    assert_null(findings[0].place.table);
    assert_int_equal(findings[1].severity, DIAG_WARNING);
    assert_int_equal(findings[1].place.line, 7);
    assert_int_equal(findings[1].place.column, 3);
    assert_string_equal(findings[1].place.column_name, "quantity");
    assert_string_equal(findings[1].place.table, "needs");
    assert_string_equal(findings[1].place.text, "");
    arena_free(arena);
}

static void a_status_alone_is_a_report(void **state)
{
    char *bytes;
    size_t length;
    Arena *arena = arena_new();
    Diag *diag = diag_new(arena);
    FILE *out = open_memstream(&bytes, &length);
    (void)state;
    assert_non_null(out);
    job_report_write(out, STATUS_NO_MEMORY, NULL);
    assert_int_equal(fclose(out), 0);
    assert_int_equal(job_report_read(bytes, length, arena, diag), STATUS_NO_MEMORY);
    assert_finding_count("none", diag, 0);
    free(bytes);
    arena_free(arena);
}

/* In memory of their own size, so that a sanitizer sees a read behind the end. */
static void bytes_that_end_early_are_a_fault_and_never_read_over(void **state)
{
    size_t length, whole = 0;
    char *bytes = written(&length);
    (void)state;
    for (size_t cut = 0; cut < length; cut++) {
        Arena *arena = arena_new();
        char *part = malloc(cut + 1);
        assert_non_null(part);
        memcpy(part + 1, bytes, cut);
        Status status = job_report_read(part + 1, cut, arena, diag_new(arena));
        if (status == STATUS_IO)
            whole++; /* it ends behind the status, or behind the first finding */
        else
            assert_int_equal(status, STATUS_INTERNAL);
        free(part);
        arena_free(arena);
    }
    assert_int_equal(whole, 2);
    free(bytes);
}

static void without_memory_the_report_says_so(void **state)
{
    size_t length;
    char *bytes = written(&length);
    Arena *arena = arena_new(), *none = arena_new();
    (void)state;
    arena_fail_after(none, 0);
    assert_int_equal(job_report_read(bytes, length, none, diag_new(arena)), STATUS_NO_MEMORY);
    arena_free(none);
    arena_free(arena);
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(status_and_findings_arrive_as_they_were),
        cmocka_unit_test(a_status_alone_is_a_report),
        cmocka_unit_test(bytes_that_end_early_are_a_fault_and_never_read_over),
        cmocka_unit_test(without_memory_the_report_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
