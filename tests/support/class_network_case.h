/* A round as its class network, for the tests of it. */
#ifndef ALLOT_TEST_CLASS_NETWORK_CASE_H
#define ALLOT_TEST_CLASS_NETWORK_CASE_H

#include "allot/class_network.h"
#include "tests/support/pipeline.h"
#include "tests/support/test_support.h"

typedef struct NetworkCase {
    char label[64];
    const Round *round;
    Arena *arena;
    ClassNetwork net;
    int64_t *flow; /* [arc_count] scratch, 0 at first */
} NetworkCase;

/** Builds the network of a run's round. False when the round does not fit. */
bool class_case_open(NetworkCase *c, Pipeline *run);

/** Does a flow keep every bound, and does what enters a node leave it? */
bool class_case_holds(const NetworkCase *c, const int64_t *flow);

/** The value that the stage gives to a flow. */
double class_stage_value(const NetworkStage *stage, const int64_t *flow);

#endif
