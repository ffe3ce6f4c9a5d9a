/* Small networks for the tests of the network simplex, and judges that owe it nothing: GLPK, a count
 * of all circulations, and the conditions of optimality looked up arc by arc.
 */
#ifndef ALLOT_TEST_NETWORK_CASE_H
#define ALLOT_TEST_NETWORK_CASE_H

#include "tests/support/test_support.h"

#include "solver/network_simplex.h"

enum { CASE_ARCS = 400, CASE_STAGES = 4 };

typedef struct NetworkCase {
    int nodes, arcs, stages;
    int from[CASE_ARCS], to[CASE_ARCS];
    int64_t lower[CASE_ARCS], upper[CASE_ARCS];
    int64_t cost[CASE_STAGES][CASE_ARCS];
    int64_t flow[CASE_ARCS]; /* where drawn around one: it keeps the bounds and balances */
} NetworkCase;

/** The arena of a group of tests, between the two that open and free it. */
extern Arena *network_case_arena;
int network_case_setup(void **state);
int network_case_teardown(void **state);

/** Adds an arc; its costs are 0. */
void network_case_arc(NetworkCase *c, int from, int to, int64_t lower, int64_t upper);

/** Costs of all stages from -most to most. */
void network_case_draw_costs(NetworkCase *c, TestRandom *random, int stages, int64_t most);

/** Arcs between any nodes, loops and parallel ones too; one in @p demands has a lower bound, so that
 *  many have no circulation. 0: none has. */
NetworkCase network_case_drawn(TestRandom *random, int nodes, int arcs, int demands);

/** A sum of random rounds through the nodes, with bounds drawn around it. */
NetworkCase network_case_around_flow(TestRandom *random, int nodes, int rounds);

NetworkSimplex *network_case_open(const NetworkCase *c, Arena *arena);
void network_case_objective(const NetworkCase *c, int stage, NetworkSimplex *net);
int64_t network_case_value(const NetworkCase *c, int stage, const NetworkSimplex *net);

/** GLPK, stage by stage, each held by a row of its own in the next.
 *  @return whether a circulation exists; then values[stages] are the optima. */
bool network_case_judged(const NetworkCase *c, int64_t *values);

/** Solves the first stage and holds outcome, value, flow, proof and tree against GLPK. */
void assert_as_judged(uint64_t seed, const NetworkCase *c, NetworkSimplex *net);

/** Tries every flow of every arc: the optimal circulations must be those, and all those, within the
 *  program's present bounds, its flow among them. @return how many there are. */
long assert_only_optima(const NetworkCase *c, const NetworkSimplex *net);

/** Fails unless the flow keeps these bounds and balances. */
void assert_circulation(const NetworkCase *c, const NetworkSimplex *net);

/** Fails unless the potentials prove the flow optimal for this stage (complementary slackness), the
 *  states tell where the flow stands, and the tree is one. Bounds are the program's present ones. */
void assert_proven(const NetworkCase *c, int stage, const NetworkSimplex *net);

/** Fails unless the tree inside is whole (order, sizes) and strongly feasible. */
void assert_sound_tree(const NetworkSimplex *net);

#endif
