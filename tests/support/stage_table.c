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

/* One stage of both: a search that ended before its end may have been unlucky without the line, or with
 * it. */
static Freedom judge_stage(const StageTable *free, size_t i, const StageTable *pinned, size_t j)
{
    bool exact = free->exact[i] && pinned->exact[j];
    double size = fmax(1, fabs(free->value[i]));
    double off = fabs(free->value[i] - free->bound[i]) + fabs(pinned->value[j] - pinned->bound[j]);
    double worse = pinned->value[j] - free->value[i];
    if (free->maximise[i])
        worse = -worse;
    if (worse > off + 1e-5 * size)
        return IS_NOT_FREE;
    return fabs(worse) > (exact ? off : 0) + 3e-7 * size ? NOT_JUDGED : IS_FREE;
}

/* "fairness 2.1" and "fairness 2.3": ranks of one tier. */
static bool same_tier(const char *one, const char *other)
{
    size_t length = strcspn(one, ".");
    return strncmp(one, "fairness ", 9) == 0 && strcspn(other, ".") == length &&
           strncmp(one, other, length) == 0;
}

/* A rank of fairness that says nothing new has no row: it is as the one before. False where the tables part
 * in another way. */
static bool next_rows(const StageTable *free, const StageTable *pinned, size_t at[2],
                      size_t compared[2])
{
    bool more = at[0] < free->count, more_pinned = at[1] < pinned->count;
    compared[0] = at[0];
    compared[1] = at[1];
    if (more && more_pinned && strcmp(free->label[at[0]], pinned->label[at[1]]) == 0) {
        at[0]++;
        at[1]++;
    } else if (more && at[1] > 0 && same_tier(free->label[at[0]], pinned->label[at[1] - 1])) {
        compared[1] = at[1] - 1;
        at[0]++;
    } else if (more_pinned && at[0] > 0 &&
               same_tier(pinned->label[at[1]], free->label[at[0] - 1])) {
        compared[0] = at[0] - 1;
        at[1]++;
    } else {
        return false;
    }
    return true;
}

Freedom stage_table_judge(const StageTable *free, const StageTable *pinned)
{
    Freedom all = IS_FREE;
    size_t at[2] = {0, 0}, compared[2];
    while (at[0] < free->count || at[1] < pinned->count) {
        if (!next_rows(free, pinned, at, compared))
            return NOT_JUDGED;
        Freedom one = judge_stage(free, compared[0], pinned, compared[1]);
        bool decides = free->exact[compared[0]] && pinned->exact[compared[1]];
        if (one == IS_NOT_FREE && (all == IS_FREE || decides))
            return IS_NOT_FREE;
        if (one != IS_FREE && !decides)
            return NOT_JUDGED; /* what comes behind starts from elsewhere */
        all = one == IS_FREE ? all : NOT_JUDGED;
    }
    return all;
}
