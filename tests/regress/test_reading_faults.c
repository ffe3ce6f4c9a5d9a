/* Faults of reading that were found and mended: one test each. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/expected_findings.h"
#include "tests/support/read_round.h"
#include "tests/support/test_support.h"

/* Needs of one beneficiary and category were compared each with each by the words of their titles:
 * twenty thousand took minutes. */
static void many_needs_of_one_beneficiary_are_compared_in_time(void **state)
{
    enum { NEEDS = 20000, ROW_MOST = 64 };
    ReadRound f;
    (void)state;
    read_round_open(&f);
    char *text = malloc((size_t)(NEEDS + 1) * ROW_MOST);
    assert_non_null(text);
    int used = snprintf(text, ROW_MOST, "id,category,beneficiary,quantity,title\n");
    for (int n = 0; n < NEEDS; n++)
        used +=
            snprintf(text + used, ROW_MOST, "N-%d,HW,B,%d,equipment for site %d\n", n, n + 1, n);
    write_file(f.dir, "needs.csv", text);
    free(text);
    read_round(&f);
    assert_int_equal(round_check(&f.round, f.diag), STATUS_OK);
    assert_int_equal(f.round.need_count, NEEDS);
    read_round_close(&f);
}

/* A line of commas took fifty bytes of memory each. */
static void a_row_of_more_cells_than_a_spreadsheet_has_is_refused(void **state)
{
    enum { CELLS = 20000 };
    static const char head[] = "id,category,quantity\nN-1,HW,5";
    ReadRound f;
    (void)state;
    read_round_open(&f);
    char *text = malloc(sizeof head + CELLS + 1);
    assert_non_null(text);
    memcpy(text, head, sizeof head - 1);
    memset(text + sizeof head - 1, ',', CELLS);
    text[sizeof head - 1 + CELLS] = '\0';
    write_file(f.dir, "needs.csv", text);
    free(text);
    read_round(&f);
    ExpectedFinding want = {DIAG_WORKBOOK_LIMIT,    "needs.csv", 2, 16385, NULL,
                            "more than 16384 cells"};
    assert_finding("wide", f.diag, &want);
    read_round_close(&f);
}

/* Each name of a list was looked for among all before it, however long the list. */
static void a_list_of_very_many_names_is_refused(void **state)
{
    enum { NAMES = 1001, NAME_MOST = 8 };
    static const char head[] = "id,category,quantity,tags\nN-1,HW,5,";
    ReadRound f;
    (void)state;
    read_round_open(&f);
    char *text = malloc(sizeof head + (size_t)NAMES * NAME_MOST);
    assert_non_null(text);
    memcpy(text, head, sizeof head);
    size_t used = sizeof head - 1;
    for (int n = 0; n < NAMES; n++)
        used += (size_t)snprintf(text + used, NAME_MOST, "t%d;", n);
    write_file(f.dir, "needs.csv", text);
    free(text);
    read_round(&f);
    size_t count;
    const Finding *found = diag_findings(f.diag, &count);
    assert_int_equal(count, 1);
    assert_int_equal(found[0].code, DIAG_WORD);
    assert_non_null(strstr(found[0].message, "more than 1000 names"));
    read_round_close(&f);
}

/* Of a priority that is no number two things were said, the second that there is none; and of the
 * overhead of an offer in kind the same thing twice. */
static void a_wrong_cell_is_one_finding(void **state)
{
    static const struct {
        const char *label, *needs, *offers;
        DiagCode code;
    } CASES[] = {
        {"a priority of 0", "id,category,quantity,priority\nN1,HW,5,0\nN2,HW,5,1\n",
         "id,donor,quantity\nO1,D,5\n", DIAG_NUMBER_RANGE},
        {"a priority that is a word", "id,category,quantity,priority\nN1,HW,5,soon\nN2,HW,5,1\n",
         "id,donor,quantity\nO1,D,5\n", DIAG_NUMBER},
        {"overhead in kind", "id,category,quantity,unit\nN1,HW,5,seat\n",
         "id,donor,quantity,unit,overhead\nO1,D,5,seat,0.1\n", DIAG_UNITS},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        ReadRound f;
        size_t count;
        read_round_open(&f);
        write_file(f.dir, "needs.csv", CASES[i].needs);
        write_file(f.dir, "offers.csv", CASES[i].offers);
        read_round(&f);
        assert_int_equal(round_check(&f.round, f.diag), STATUS_FINDINGS);
        const Finding *found = diag_findings(f.diag, &count);
        assert_case_int(CASES[i].label, (int)count, 1);
        assert_case_int(CASES[i].label, (int)found[0].code, (int)CASES[i].code);
        read_round_close(&f);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_wrong_cell_is_one_finding),
        cmocka_unit_test(a_row_of_more_cells_than_a_spreadsheet_has_is_refused),
        cmocka_unit_test(a_list_of_very_many_names_is_refused),
        cmocka_unit_test(many_needs_of_one_beneficiary_are_compared_in_time),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
