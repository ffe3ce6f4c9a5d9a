/* room: solver
 *
 * One run over the stages of a class network: what the files of the fast engine share.
 *
 * Flows of the simplex are `grain` times minor units: while fairness looks for its levels, the shares
 * that it tries out are whole numbers of grains, far finer than a minor unit. Every bound that is
 * kept from one stage to the next is whole minor units.
 */
#ifndef ALLOT_SOLVER_NETWORK_RUN_H
#define ALLOT_SOLVER_NETWORK_RUN_H

#include "allot/ratio.h"
#include "allot/solve.h"
#include "solver/network_simplex.h"

/** Combined costs, and what a cycle changes by them, stay within this: GLPK's doubles hold them, and
 *  sums of a few of them, exactly. */
#define NETWORK_COMBINED_MOST ((int64_t)1 << 50)

/** Up to so many arcs GLPK confirms each stage by itself, beyond it the combined ones. */
enum { NETWORK_EACH_STAGE_ARCS = 60000 };

typedef struct NetworkRun {
    const ClassNetwork *net;
    Arena *arena;
    Arena *scratch;       /* of opening, then of one chunk or fairness stage at a time */
    Arena *program_arena; /* of one certificate at a time */
    const char *asked;    /* what GLPK is asked about at present */
    NetworkSimplex *simplex;
    int64_t grain;        /* a power of two */
    int arc_count;        /* those of the class network, then the spare ones */
    const int *from, *to; /* [arc_count] */
    int *spare;         /* [stage_count] fairness: a second arc beside each of its groups' arcs, the
                             first of them; closed but while levels are looked for */
    bool each_stage;    /* GLPK confirms every stage by itself */
    StageBound *bounds; /* indices into net->stages; */
    size_t bound_count, bound_room;
    bool proven;       /* what network_prove() said last */
    const char *fault; /* why the network did not decide; NULL: it did so far */
} NetworkRun;

/** Notes why the network cannot decide; the first one stays. @return STATUS_OK or STATUS_NO_MEMORY. */
Status network_give_up(NetworkRun *run, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/** Notes the bound of a stage that network_prove() was asked about last. */
Status network_note(NetworkRun *run, size_t stage, int rank, double bound);

/** Value of a linear stage at the present flow. */
double network_run_value(const NetworkRun *run, const NetworkStage *stage);

/* ---- network_chunks.c ----------------------------------------------------------------------- */

/** Stages first .. first + count - 1 as one objective, lexicographic by proof. */
typedef struct NetworkChunk {
    size_t first, count;
    size_t cost_count; /* of the combined objective */
    const int *arcs;
    const int64_t *costs;
    int64_t cycle_most;
} NetworkChunk;

/** As many of the stages from @p first on, linear ones that stand together, as NETWORK_COMBINED_MOST
 *  lets be one objective: at least the first. STATUS_NO_MEMORY possible. */
Status network_chunk(const ClassNetwork *net, size_t first, Arena *arena, NetworkChunk *chunk);

/* ---- network_stages.c ----------------------------------------------------------------------- */

/** Decides the linear stages of a chunk, has them confirmed and freezes them. */
Status network_linear(NetworkRun *run, const NetworkChunk *chunk);

/* ---- network_fairness.c --------------------------------------------------------------------- */

/** Decides a fairness stage: finds its levels, has them confirmed, holds every group at its level. */
Status network_fairness(NetworkRun *run, size_t index);

/* ---- network_levels.c ----------------------------------------------------------------------- */

/** Groups that share a level in the leximin: share = level_num / level_den for all of them. */
typedef struct FairPart {
    int64_t level_num, level_den; /* sum of met + flow, sum of wanted */
    int64_t flow;                 /* sum over its groups, minor units */
    bool done;
} FairPart;

typedef struct FairLevels {
    FairPart *parts; /* [part_count] */
    int part_count;
    int *part_of; /* [group_count] */
} FairLevels;

/** Finds the leximin of a fairness stage by decomposition. Leaves bounds and costs of the simplex in
 *  disorder: to be restored. Look at run->fault. */
Status network_levels(NetworkRun *run, size_t stage, Arena *scratch, FairLevels *levels);

/* ---- network_certify.c ---------------------------------------------------------------------- */

/** Asks GLPK, which has the last word: the simplex's tree with the present bounds and these costs must
 *  be optimal after no iteration, with the same objective, and no arc of the network may improve on it
 *  at GLPK's duals (network_prove()). Sets the simplex's objective to these costs. Called after an optimal solve for these costs, before anything is
 *  frozen, and behind the guard; notes a fault when GLPK disagrees. */
Status network_certify(NetworkRun *run, const char *label, size_t count, const int *arcs,
                       const int64_t *costs);

/* ---- network_proof.c ------------------------------------------------------------------------ */

/** What the present flow costs, in grains. */
Int128 network_run_cost(const NetworkRun *run, size_t count, const int *arcs, const int64_t *costs);

/** Do these potentials prove, in whole numbers and by weak duality, that no circulation within the bounds
 *  costs less than the present flow, which costs @p total? Sets run->proven. @p cost [arc_count], @p potential [node_count], both
 *  within NETWORK_COST_LIMIT. */
bool network_prove(NetworkRun *run, const int64_t *cost, const int64_t *potential, Int128 total);

#endif
