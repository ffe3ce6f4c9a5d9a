/* What a quantity is worth is not asked of a program that is too large: its first solves alone would take
 * a hundred times as long as the plan.
 */
#include "tests/support/pipeline.h"
#include "tests/support/test_support.h"

#include <stdio.h>

#include "allot/worths.h"

enum { ROW = 48, ROWS_MOST = 301 };

/** @p count needs of two seats, as many offers of one. */
static Pipeline *seats(int count)
{
    static char needs[ROWS_MOST * ROW], offers[ROWS_MOST * ROW];
    char *dir = test_dir_make();
    int need_end = snprintf(needs, sizeof needs, "id,category,unit,quantity\n");
    int offer_end = snprintf(offers, sizeof offers, "id,donor,category,unit,quantity,status\n");
    for (int i = 0; i < count; i++) {
        need_end +=
            snprintf(needs + need_end, sizeof needs - (size_t)need_end, "N%d,HARDWARE,seat,2\n", i);
        offer_end += snprintf(offers + offer_end, sizeof offers - (size_t)offer_end,
                              "O%d,D,HARDWARE,seat,1,committed\n", i);
    }
    write_file(dir, "settings.csv", "key,value\nstart,2026-01-15\nend,2026-03-31\nfairness,none\n");
    write_file(dir, "donors.csv", "id\nD\n");
    write_file(dir, "needs.csv", needs);
    write_file(dir, "offers.csv", offers);
    Pipeline *run = pipeline_run(dir, NULL, 0);
    test_dir_remove(dir);
    return run;
}

static bool is_answered(int count)
{
    Pipeline *run = seats(count);
    assert_int_equal(run->result.outcome, SOLVE_OPTIMAL);
    bool answered = pipeline_worths(run) != NULL;
    pipeline_free(run);
    return answered;
}

static void worths_are_not_asked_of_a_program_that_is_too_large(void **state)
{
    (void)state;
    assert_true(is_answered(20));
    assert_false(is_answered(300));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(worths_are_not_asked_of_a_program_that_is_too_large),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
