/* The stages of a plan as one vector that two runs of alike rounds share: every stage of the
 * published order, every rank of a fairness, also those that are not listed because they equal the
 * rank before.
 */
#ifndef ALLOT_TEST_STAGE_VECTOR_H
#define ALLOT_TEST_STAGE_VECTOR_H

#include "tests/support/pipeline.h"

typedef struct StageEntry {
    const char *label;
    bool maximise;
    double bound;
    double noise; /* what slack and minor units may move it */
    StageStatus status;
} StageEntry;

typedef struct StageVector {
    StageEntry *entries;
    size_t count;
} StageVector;

/** Of a run that has a plan; in the run's arena. */
StageVector stage_vector(const Pipeline *run);

/** What was proven of @p one against @p other, stage after stage: -1 worse, 1 better, 0 equal, until
 *  the first that differs by more than noise, or the first that either has not proven. *at is that
 *  stage. */
int stage_vector_compare(const StageVector *one, const StageVector *other, size_t *at);

bool stage_vector_is_proven(const StageVector *vector);

#endif
