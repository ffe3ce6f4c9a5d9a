/* The same request twice: what is asked about, and what is not.
 */
#include "tests/support/round_case.h"

#include <stdio.h>
#include <string.h>

#define HEADING "id,beneficiary,title,category,quantity,unit,alternative\n"

/** The pairs that are asked about, as "N1=N2 " in the order of the first. */
static void twins_of(const char *rows, char *out, size_t size)
{
    char needs[2048];
    (void)snprintf(needs, sizeof needs, "%s%s", HEADING, rows);
    const CaseFile files[] = {{"needs.csv", needs}, {NULL, NULL}};
    Pipeline *run = case_formulate(files);
    size_t count, length = 0;
    const Finding *findings = diag_findings(run->diag, &count);
    assert_int_equal(run->status, STATUS_OK);
    *out = '\0';
    for (size_t i = 0; i < count; i++) {
        char one[16], other[16];
        if (findings[i].code != DIAG_SAME_REQUEST)
            continue;
        assert_int_equal(sscanf(findings[i].message,
                                "'%15[^']' looks like the same request as '%15[^']'", one, other),
                         2);
        length += (size_t)snprintf(out + length, size - length, "%s=%s ", other, one);
    }
    pipeline_free(run);
}

static const struct {
    const char *label, *rows, *twins;
} CASES[] = {
    {"one title", "N1,MOH,Audit,HW,7,EUR,\nN2,MOH,Audit,HW,9,EUR,\n", "N1=N2 "},
    {"one title in other letters is another", "N1,MOH,Audit,HW,7,EUR,\nN2,MOH,AUDIT,HW,9,EUR,\n",
     ""},
    {"one title, another beneficiary", "N1,MOH,Audit,HW,7,EUR,\nN2,MOJ,Audit,HW,9,EUR,\n", ""},
    {"one title, no beneficiary", "N1,,Audit,HW,7,EUR,\nN2,,Audit,HW,7,EUR,\n", ""},
    {"one title, another category", "N1,MOH,Audit,HW,7,EUR,\nN2,MOH,Audit,SW,7,EUR,\n", ""},
    {"one title, another unit", "N1,MOH,Audit,HW,7,EUR,\nN2,MOH,Audit,HW,7,seat,\n", ""},
    {"no titles", "N1,MOH,,HW,7,EUR,\nN2,MOH,,HW,7,EUR,\n", ""},
    {"three of one title: each with the next",
     "N3,MOH,Audit,HW,9,EUR,\nN1,MOH,Audit,HW,7,EUR,\nN2,MOH,Audit,HW,8,EUR,\n", "N1=N2 N2=N3 "},
    {"one amount, half of the words", "N1,MOH,Audit logs,HW,7,EUR,\nN2,MOH,Logs read,HW,7,EUR,\n",
     "N1=N2 "},
    {"one amount, fewer words", "N1,MOH,Audit of logs,HW,7,EUR,\nN2,MOH,Servers of old,HW,7,EUR,\n",
     ""},
    {"much the same title, another amount",
     "N1,MOH,Audit logs,HW,7,EUR,\nN2,MOH,Logs read,HW,8,EUR,\n", ""},
    {"the nearer by id of two kinds",
     "N1,MOH,Audit logs,HW,7,EUR,\nN2,MOH,Logs read,HW,7,EUR,\nN3,MOH,Audit logs,HW,9,EUR,\n",
     "N1=N2 "},
    {"one amount, numbered", "N1,MOH,Backup site 1,HW,7,EUR,\nN2,MOH,Backup site 2,HW,7,EUR,\n",
     ""},
    {"one amount, one number", "N1,MOH,Backup site 1,HW,7,EUR,\nN2,MOH,Site 01 backup,HW,7,EUR,\n",
     "N1=N2 "},
    {"one amount, a number beside none",
     "N1,MOH,Backup site,HW,7,EUR,\nN2,MOH,Backup site 2,HW,7,EUR,\n", ""},
    {"one amount, the second number differs",
     "N1,MOH,Phase 2 of site 10,HW,7,EUR,\nN2,MOH,Phase 2 of site 11,HW,7,EUR,\n", ""},
    {"one amount, the number inside a word",
     "N1,MOH,Backup site A1,HW,7,EUR,\nN2,MOH,Backup site A12,HW,7,EUR,\n", ""},
    {"beyond a numbered one",
     "N1,MOH,Backup site 1,HW,7,EUR,\nN2,MOH,Backup site 2,HW,7,EUR,\n"
     "N3,MOH,Backup site 1,HW,8,EUR,\n",
     "N1=N3 "},
    {"alternatives of one mark", "N1,MOH,Audit,HW,7,EUR,X\nN2,MOH,Audit,HW,7,EUR,X\n", ""},
    {"alternatives of two marks",
     "N1,MOH,Audit,HW,7,EUR,X\nN2,MOH,Audit,HW,7,EUR,Y\n"
     "N8,MOH,Other,HW,1,EUR,X\nN9,MOH,Another,HW,2,EUR,Y\n",
     "N1=N2 "},
    {"beyond an alternative",
     "N1,MOH,Audit,HW,7,EUR,X\nN2,MOH,Audit,HW,8,EUR,X\nN3,MOH,Audit,HW,9,EUR,\n", "N1=N3 N2=N3 "},
    {"beyond an alternative of one amount",
     "N1,MOH,Audit logs,HW,7,EUR,X\nN2,MOH,Logs read,HW,7,EUR,X\nN3,MOH,Audit rooms,HW,7,EUR,\n",
     "N1=N3 "},
};

static void what_looks_like_one_request_is_asked_about_once(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        char twins[256];
        twins_of(CASES[i].rows, twins, sizeof twins);
        if (strcmp(twins, CASES[i].twins) != 0)
            fail_msg("%s: found \"%s\", expected \"%s\"", CASES[i].label, twins, CASES[i].twins);
    }
}

/* More needs than the table begins with room for. */
static void among_many_needs_the_same_two_are_found(void **state)
{
    char rows[32768];
    size_t length = 0;
    (void)state;
    for (int n = 0; n < 300; n++) {
        /* titles that share no word and amounts that differ, but for 17 and 271 */
        int title = n == 271 ? 17 : n;
        length += (size_t)snprintf(rows + length, sizeof rows - length,
                                   "N%03d,MOH,T%d,HW,%d,EUR,\n", n, title, n + 1);
    }
    char needs[33000];
    (void)snprintf(needs, sizeof needs, "%s%s", HEADING, rows);
    const CaseFile files[] = {{"needs.csv", needs}, {NULL, NULL}};
    Pipeline *run = case_formulate(files);
    assert_found("many", run, DIAG_SAME_REQUEST, "needs.csv", 273, "title",
                 "'N271' looks like the same request as 'N017' (row 19)");
    pipeline_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_looks_like_one_request_is_asked_about_once),
        cmocka_unit_test(among_many_needs_the_same_two_are_found),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
