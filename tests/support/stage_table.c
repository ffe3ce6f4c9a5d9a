/* Reads stages.csv and holds two of them beside each other. */
#include "tests/support/stage_table.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/test_support.h"

enum { FIELDS = 6, ROW_SIZE = 256 };

/* stage,sense,value,bound,gap,status */
static void take_row(const char *row, StageTable *table)
{
    char copy[ROW_SIZE], *fields[FIELDS], *at = copy;
    size_t stage = table->count++;
    assert_true(stage < STAGE_TABLE_MOST);
    (void)snprintf(copy, sizeof copy, "%.*s", (int)strcspn(row, "\n"), row);
    for (int f = 0; f < FIELDS; f++) {
        fields[f] = at;
        at += strcspn(at, ",");
        if (*at != '\0')
            *at++ = '\0';
    }
    (void)snprintf(table->label[stage], STAGE_LABEL_SIZE, "%s", fields[0]);
    table->value[stage] = strtod(fields[2], NULL);
    table->bound[stage] = strtod(fields[3], NULL);
    table->maximise[stage] = strcmp(fields[1], "max") == 0;
    table->exact[stage] = strcmp(fields[5], "optimal") == 0;
}

void stage_table_read(const char *path, StageTable *table)
{
    char *text = read_file(path, NULL);
    *table = (StageTable){.count = 0};
    for (char *row = strchr(text, '\n'); row != NULL && row[1] != '\0'; row = strchr(row + 1, '\n'))
        take_row(row + 1, table);
    free(text);
}

/* One stage: a search that ended before its end may have been unlucky without the line, or with it. */
static Freedom judge_stage(const StageTable *free, const StageTable *pinned, size_t i)
{
    bool exact = free->exact[i] && pinned->exact[i];
    double size = fmax(1, fabs(free->value[i]));
    double off = fabs(free->value[i] - free->bound[i]) + fabs(pinned->value[i] - pinned->bound[i]);
    double worse = pinned->value[i] - free->value[i];
    if (strcmp(free->label[i], pinned->label[i]) != 0)
        return exact ? IS_NOT_FREE : NOT_JUDGED;
    if (free->maximise[i])
        worse = -worse;
    if (worse > off + 1e-5 * size)
        return IS_NOT_FREE;
    return fabs(worse) > (exact ? off : 0) + 3e-7 * size ? NOT_JUDGED : IS_FREE;
}

Freedom stage_table_judge(const StageTable *free, const StageTable *pinned)
{
    Freedom all = IS_FREE;
    for (size_t i = 0; i < free->count && i < pinned->count; i++) {
        Freedom one = judge_stage(free, pinned, i);
        bool decides = free->exact[i] && pinned->exact[i];
        if (one == IS_NOT_FREE && (all == IS_FREE || decides))
            return IS_NOT_FREE;
        if (one != IS_FREE && !decides)
            return NOT_JUDGED; /* what comes behind starts from elsewhere */
        all = one == IS_FREE ? all : NOT_JUDGED;
    }
    return free->count == pinned->count ? all : NOT_JUDGED;
}
