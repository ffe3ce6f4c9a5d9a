/* Doubles by the ids of their pairs. */
#include "tests/support/given_lines.h"

Pipeline *given_extract(const char *label, const CaseFile *files, const GivenLine *given,
                        bool last_resort, int *broken, int64_t *excess)
{
    Pipeline *run = case_formulate(files);
    if (run->status != STATUS_OK)
        pipeline_print(run);
    assert_case_int(label, run->status, STATUS_OK);
    double *x = ARENA_NEW(run->arena, (size_t)run->form.lp.column_count, double);
    assert_non_null(x);
    for (size_t i = 0; i < GIVEN_LINES && given[i].need != NULL; i++)
        x[case_pair_of(run, given[i].need, given[i].offer) - run->pairs.pairs] = given[i].x;
    assert_case_int(
        label, plan_extract(&run->form, x, last_resort, run->arena, &run->plan, broken, excess),
        STATUS_OK);
    return run;
}

void assert_given(const char *label, const Pipeline *run, const GivenLine *given)
{
    for (size_t i = 0; i < GIVEN_LINES && given[i].need != NULL; i++)
        assert_line(label, run, given[i].need, given[i].offer, given[i].want);
}
