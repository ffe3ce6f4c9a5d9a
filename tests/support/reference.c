/* One run of glpsol a stage. */
#include "tests/support/reference.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/test_support.h"

enum { SCRIPT = 4500 };

ReferenceAnswer reference_ask(const Pipeline *run, const char *dir, const char *label,
                              const StageLevel *levels, size_t count, int seconds, double *value)
{
    char script[SCRIPT];
    char *data = test_path(dir, "round.dat"), *model = realpath("models/allocation.mod", NULL);
    assert_non_null(model);
    assert_int_equal(export_data_write(data, &run->round, &run->pairs, &run->rules,
                                       &(ExportStage){label, levels, count}, run->arena),
                     STATUS_OK);
    (void)snprintf(script, sizeof script,
                   "timeout 120 glpsol --tmlim %d --math '%s' --data round.dat", seconds, model);
    TestRun said = run_shell(dir, script);
    const char *mark = strstr(said.out, "\nstage ");
    const char *found = mark == NULL ? NULL : strstr(mark, ": ");
    ReferenceAnswer answer = strstr(said.out, " HAS NO ") != NULL         ? REFERENCE_NO_PLAN
                             : strstr(said.out, "LIMIT EXCEEDED") != NULL ? REFERENCE_NO_TIME
                                                                          : REFERENCE_FOUND;
    bool answered = found != NULL && strstr(said.out, "OPTIMAL") != NULL;
    if (said.exit_code != 0 || (answer == REFERENCE_FOUND && !answered)) {
        (void)fputs(said.out, stderr);
        (void)fputs(said.err, stderr);
        fail_msg("glpsol gives no answer for stage '%s'", label);
    } else if (found != NULL) {
        *value = strtod(found + 2, NULL);
    }
    test_run_free(&said);
    free(model);
    free(data);
    return answer;
}

double reference_value(const Pipeline *run, const char *dir, const char *label)
{
    const char *const *labels;
    size_t count;
    double value = NAN;
    assert_int_equal(export_data_stages(&run->round, &run->pairs, run->arena, &labels, &count),
                     STATUS_OK);
    StageLevel *levels = ARENA_NEW(run->arena, count, StageLevel);
    assert_non_null(levels);
    for (size_t i = 0; i < count; i++) {
        levels[i].label = labels[i];
        if (reference_ask(run, dir, labels[i], levels, i, 20, &value) != REFERENCE_FOUND)
            return NAN;
        levels[i].value = value;
        if (strcmp(labels[i], label) == 0)
            return value;
    }
    fail_msg("the round has no stage '%s'", label);
    return NAN;
}
