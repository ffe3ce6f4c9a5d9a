/* Stages as stages.csv has them, and whether a plan with less to choose from comes out as well.
 */
#ifndef ALLOT_TEST_STAGE_TABLE_H
#define ALLOT_TEST_STAGE_TABLE_H

#include <stdbool.h>
#include <stddef.h>

enum { STAGE_TABLE_MOST = 100, STAGE_LABEL_SIZE = 64 };

typedef struct StageTable {
    char label[STAGE_TABLE_MOST][STAGE_LABEL_SIZE];
    double value[STAGE_TABLE_MOST], bound[STAGE_TABLE_MOST];
    bool maximise[STAGE_TABLE_MOST];
    bool exact[STAGE_TABLE_MOST]; /* decided to its end */
    size_t count;
} StageTable;

/** Reads the file, which must be there. */
void stage_table_read(const char *path, StageTable *table);

typedef enum Freedom { IS_FREE, IS_NOT_FREE, NOT_JUDGED } Freedom;

/** Are the stages of a round that leaves less to choose from (@p pinned) as good as those of @p free? None
 *  can be better, but for what rounding money takes and gives: about what a value is off its bound.
 *  What may be that or a loss is not judged. */
Freedom stage_table_judge(const StageTable *free, const StageTable *pinned);

#endif
