/* room: solver
 *
 * Questions about one class of needs at a time in the residual graphs of a plan: with something lifted, can
 * it have more, and how much? What classes of a tier share is searched for once.
 */
#ifndef ALLOT_SOLVER_NETWORK_INQUIRY_H
#define ALLOT_SOLVER_NETWORK_INQUIRY_H

#include "allot/causes.h"
#include "solver/held.h"
#include "solver/hold_graph.h"
#include "solver/hold_program.h"

/** Something to lift. */
typedef struct Candidate {
    Reason reason;
    int supply; /* of EXHAUSTED: index into Inquiry.supply; else -1 */
} Candidate;

/** An offer's quantity or a donor's budget. */
typedef struct Supply {
    int arc; /* of the network, and of every graph */
    Origin origin;
    const char *id, *column;
    bool matters;         /* to the class screened last: may it help to lift it? */
    bool matters_to_tier; /* the same of the tier screened last: to any of its classes? */
} Supply;

/* With what lifted searches are shared. */
enum { STATE_PLAN, STATE_LIMIT, STATE_EQUALS, STATES };

/** A graph and what is known of it. */
typedef struct Side {
    HoldGraph graph;
    bool *reached[STATES]; /* [node_count] from the head */
    bool known[STATES];    /* is it up to date? */
    bool *leads;           /* [node_count] from where the signature can be reached */
    int leads_to;          /* the node of that signature; -1: not up to date */
} Side;

/** A class with needs to ask about. */
typedef struct Asked {
    int class, tier, limit, signature; /* limit: a beneficiary, or -1; signature: its node */
} Asked;

/** What the prices of all classes of a tier at once say of each. */
typedef struct TierScreen {
    int tier;    /* 0: none yet */
    bool said;   /* else any thing may help any class */
    bool *limit; /* [beneficiary_count] may it help to lift the limit? */
} TierScreen;

typedef struct Inquiry {
    const Round *round;
    const Plan *plan;
    const ClassNetwork *net;
    Arena *arena;   /* of the answers */
    Arena *scratch; /* of one tier's graphs */
    HoldPlan hold;
    Side sides[HOLD_RIGOURS];
    HoldProgram program; /* where graphs do not say; opened when first asked, */
    int screened;        /* the class for which supply[].matters and the two others are; -1: none */
    bool limit_matters, equals_matter;
    TierScreen tier;
    bool
        screening; /* was the program's last question one with nothing lifted, and its answer no? */
    double work;   /* and what it has cost: iterations times columns */
    Status status; /* of opening it */
    bool exact;    /* is the strict one enough, the loose one not there? */
    Asked asked;
    int head;       /* where the class's arc ends: the node of its limit, or 0 */
    int64_t most;   /* unmet of the one of its needs that lacks most */
    Supply *supply; /* [supply_count] in the order of the closed list */
    int supply_count;
    int *arc_into;         /* [node_count] of donors and offers */
    int *serves;           /* [first_flow] 1 + the last class that the arc of supply serves */
    Candidate *candidates; /* scratch [supply_count + 3] */
    int candidate_count;
    int *first_need; /* [class_count] the first need to ask about, or -1 */
    int *next_need;  /* [need_count] the next one of its class, or -1 */
    NeedCauses *found;
} Inquiry;

/** How much more is sure, and how much more there can be at most. */
typedef struct Freed {
    int64_t least, most;
} Freed;

/** Graphs for the tier of q->asked. @return STATUS_OK or STATUS_NO_MEMORY. */
Status inquiry_open_tier(Inquiry *q);

/** From now on classes end where q->asked does. */
void inquiry_open_head(Inquiry *q);

void inquiry_lift(Inquiry *q, Candidate candidate, bool lifted);

/** Does it help alone (REASON_NONE: nothing is lifted)? What helps in the strict graph does; what does not
 *  in one that holds less does not; else the program is asked. HELD_OPEN: it does not say. */
HeldAnswer inquiry_helps(Inquiry *q, Candidate candidate);

/** Is there a path with all that is lifted now? Where nothing above is kept, nothing crosses: the strict
 *  graph is exact. */
HeldAnswer inquiry_ask(Inquiry *q);

/** What the class can have with what is lifted now, up to q->most; with this alone lifted. */
Freed inquiry_push(Inquiry *q);
Freed inquiry_freed_by(Inquiry *q, Candidate candidate);

#endif
