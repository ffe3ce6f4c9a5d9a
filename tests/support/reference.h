/* models/allocation.mod asked through glpsol: what the stages of a round come to by the model's second
 * statement.
 */
#ifndef ALLOT_TEST_REFERENCE_H
#define ALLOT_TEST_REFERENCE_H

#include "allot/export_data.h"
#include "tests/support/pipeline.h"

typedef enum ReferenceAnswer {
    REFERENCE_FOUND,
    REFERENCE_NO_PLAN, /* no plan keeps every rule and level */
    REFERENCE_NO_TIME
} ReferenceAnswer;

/** Asks for one stage, those before it held at @p levels [count]; in the folder @p dir. Fails the
 *  test, after showing what glpsol said, when it gives no answer. */
ReferenceAnswer reference_ask(const Pipeline *run, const char *dir, const char *label,
                              const StageLevel *levels, size_t count, int seconds, double *value);

/** Walks all stages up to @p label; NAN where there is no plan. */
double reference_value(const Pipeline *run, const char *dir, const char *label);

#endif
