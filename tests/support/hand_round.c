/* Rounds worked out by hand. */
#include "tests/support/hand_round.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { TEXT_MOST = 1024 };

/** A level of money is a fraction of cents: it is told to six digits. */
static const double NEAR = 1e-6;

static void fail_hand(const HandRound *round, const char *engine, const Pipeline *run,
                      const char *why)
{
    pipeline_print(run);
    fail_msg("round \"%s\", engine %s: %s", round->label, engine, why);
}

static void assert_stage(const HandRound *round, const char *engine, const Pipeline *run,
                         const HandStage *want)
{
    for (size_t s = 0; s < run->plan.stage_count; s++) {
        const StageResult *got = &run->plan.stages[s];
        if (strcmp(got->label, want->label) != 0)
            continue;
        if (fabs(got->value - want->value) > NEAR)
            fail_hand(round, engine, run, want->label);
        return;
    }
    fail_hand(round, engine, run, "a stage is missing");
}

static void assert_lines(const HandRound *round, const char *engine, const Pipeline *run)
{
    char text[TEXT_MOST] = "";
    for (size_t i = 0; i < run->plan.assignment_count; i++) {
        const Assignment *line = &run->plan.assignments[i];
        const Need *need = &run->round.needs[line->need];
        size_t at = strlen(text);
        snprintf(text + at, sizeof text - at, "%s %s %.2f\n", need->id,
                 run->round.offers[line->offer].id,
                 (double)line->quantity / (double)unit_scale(need->unit));
    }
    if (strcmp(text, round->lines) != 0)
        fail_hand(round, engine, run, "other lines");
}

static void decide(const HandRound *round, const char *engine)
{
    CaseFile files[CASE_FILES] = {{NULL, NULL}};
    char settings[TEXT_MOST];
    size_t count = 0;
    while (count < HAND_TABLES && round->tables[count].name != NULL) {
        files[count] = round->tables[count];
        count++;
    }
    snprintf(settings, sizeof settings, "key,value\n%sengine,%s\n", round->settings, engine);
    files[count] = (CaseFile){"settings.csv", settings};
    Pipeline *run = case_run(files);
    if (run->status != STATUS_OK)
        fail_hand(round, engine, run, "no verified plan");
    for (size_t s = 0; s < run->plan.stage_count; s++)
        if (run->plan.stages[s].status != STAGE_OPTIMAL)
            fail_hand(round, engine, run, "a stage is not optimal");
    for (size_t s = 0; s < HAND_STAGES && round->stages[s].label != NULL; s++)
        assert_stage(round, engine, run, &round->stages[s]);
    if (round->lines != NULL)
        assert_lines(round, engine, run);
    pipeline_free(run);
}

void assert_hand_rounds(const HandRound *rounds, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        decide(&rounds[i], "fast");
        decide(&rounds[i], "plain");
    }
}
