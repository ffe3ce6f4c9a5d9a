/* Ids that people take for the same: where both stand is said, once. Two ids of each table, in rows 2 and 3.
 */
#include "tests/support/round_case.h"

#include <stdio.h>
#include <string.h>

static const struct {
    const char *one, *other;
    bool alike;
} IDS[] = {
    {"N-1", "n-1", true},
    {"N-1", "N1", true},
    {"N-1", "N 1", true},
    {"N_1",
     "n\xE2\x80\x93"
     "1",
     true}, /* a dash */
    {"O'Neill",
     "O\xE2\x80\x99"
     "NEILL",
     true},
    {"\xD0\x9F-1", "\xD0\xBF-1", true}, /* a Cyrillic pe */
    {"\xC5\x81-1",
     "\xC5\x82"
     "1",
     true}, /* a Polish l with a stroke */
    {"A-1 2", "a1-2", true},
    {"N-1", "N-2", false},
    {"N-1", "N-01", false},
    {"1-11", "11-1", false},
    {"N-1-1", "N-11", false},
    {"N.1", "N1", false},
    {"A-1", "\xD0\x90-1", false}, /* another alphabet: said by W116 */
    {"-", "--", false},
    {"costarring", "liquid", false}, /* which have one hash (FNV-1a, 32 bits) */
};

static void assert_ids(const char *table, const char *heading, const char *rest, size_t i)
{
    char rows[256], label[64];
    (void)snprintf(rows, sizeof rows, "%s\n%s%s\n%s%s\n", heading, IDS[i].one, rest, IDS[i].other,
                   rest);
    (void)snprintf(label, sizeof label, "%s %zu", table, i);
    const CaseFile files[] = {{table, rows}, {NULL, NULL}};
    Pipeline *run = case_formulate(files);
    if (IDS[i].alike) {
        assert_found(label, run, DIAG_ID_ALIKE, table, 3, "id", IDS[i].other);
        assert_found(label, run, DIAG_ID_ALIKE, table, 3, "id", "(row 2)");
    } else {
        size_t count;
        const Finding *findings = diag_findings(run->diag, &count);
        for (size_t f = 0; f < count; f++)
            if (findings[f].code == DIAG_ID_ALIKE)
                fail_msg("%s: %s", label, findings[f].message);
    }
    pipeline_free(run);
}

static void ids_that_people_take_for_one_are_asked_about(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(IDS); i++) {
        assert_ids("needs.csv", "id,category,quantity,unit", ",HW,10,EUR", i);
        assert_ids("offers.csv", "id,donor,quantity,unit", ",DE,10,EUR", i);
        assert_ids("donors.csv", "id,name", ",Country", i);
        assert_ids("beneficiaries.csv", "id,name", ",Ministry", i);
    }
}

/* The finding stands at the lower row, whichever of the ids comes first in order. */
static void the_lower_row_is_said_to_repeat_the_upper(void **state)
{
    (void)state;
    const CaseFile files[] = {
        {"needs.csv", "id,category,quantity,unit\nn-1,HW,1,EUR\nX,HW,2,EUR\nN-1,HW,3,EUR\n"},
        {NULL, NULL}};
    Pipeline *run = case_formulate(files);
    assert_found("lower", run, DIAG_ID_ALIKE, "needs.csv", 4, "id",
                 "'N-1' and 'n-1' (row 2) differ in ");
    pipeline_free(run);
}

/* As many ids as a table has slots for, and longer ones than any before: each is found again. */
static void among_many_ids_each_is_looked_at(void **state)
{
    enum { PLAIN = 300, LONG = 80 /* as long as an id may be */, ROW = LONG + 32 };
    static char rows[(2 * PLAIN + 3) * ROW];
    char name[LONG + 1], small[LONG + 1];
    size_t used = (size_t)snprintf(rows, sizeof rows, "id,category,quantity,unit\n");
    (void)state;
    memset(name, 'L', LONG);
    memset(small, 'l', LONG);
    name[LONG] = small[LONG] = '\0';
    for (int i = 0; i < PLAIN; i++)
        used += (size_t)snprintf(rows + used, sizeof rows - used, "N-%dx,HW,1,EUR\n", i);
    used += (size_t)snprintf(rows + used, sizeof rows - used, "%s,HW,1,EUR\n%s,HW,2,EUR\n", name,
                             small);
    for (int i = 0; i < PLAIN; i++)
        used += (size_t)snprintf(rows + used, sizeof rows - used, "n %dX,HW,2,EUR\n", i);
    const CaseFile files[] = {{"needs.csv", rows}, {NULL, NULL}};
    Pipeline *run = case_formulate(files);
    size_t count, found = 0;
    const Finding *findings = diag_findings(run->diag, &count);
    for (size_t f = 0; f < count; f++) {
        char row[32];
        if (findings[f].code != DIAG_ID_ALIKE)
            continue;
        (void)snprintf(row, sizeof row, "(row %d)", findings[f].place.line - PLAIN - 2);
        if (findings[f].place.line == PLAIN + 3) /* the long ones follow each other */
            (void)snprintf(row, sizeof row, "(row %d)", PLAIN + 2);
        assert_non_null(strstr(findings[f].message, row));
        found++;
    }
    assert_int_equal(found, PLAIN + 1);
    pipeline_free(run);
}

/* Without a table of donors or beneficiaries their names in the other tables are their ids. */
static void names_that_no_table_lists_are_looked_at_too(void **state)
{
    (void)state;
    const CaseFile files[] = {
        {"needs.csv", "id,beneficiary,category,quantity,unit\nN1,MOH,HW,1,EUR\nN2,MOH,HW,2,EUR\n"
                      "N3,MoH,HW,3,EUR\nN4,MoH,HW,4,EUR\n"},
        {"offers.csv", "id,donor,quantity,unit\nO1,EE,1,EUR\nO2,ee,2,EUR\nO3,EE,3,EUR\n"},
        {NULL, NULL}};
    Pipeline *run = case_formulate(files);
    size_t count, found = 0;
    const Finding *findings = diag_findings(run->diag, &count);
    for (size_t f = 0; f < count; f++) {
        if (findings[f].code != DIAG_ID_ALIKE)
            continue;
        bool donor = strcmp(findings[f].place.file, "offers.csv") == 0;
        assert_string_equal(findings[f].place.column_name, donor ? "donor" : "beneficiary");
        assert_int_equal(findings[f].place.line, donor ? 3 : 4);
        assert_string_equal(findings[f].place.text, donor ? "ee" : "MoH");
        found++;
    }
    assert_int_equal(found, 2);
    pipeline_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ids_that_people_take_for_one_are_asked_about),
        cmocka_unit_test(the_lower_row_is_said_to_repeat_the_upper),
        cmocka_unit_test(among_many_ids_each_is_looked_at),
        cmocka_unit_test(names_that_no_table_lists_are_looked_at_too),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
