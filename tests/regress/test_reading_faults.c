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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(many_needs_of_one_beneficiary_are_compared_in_time),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
