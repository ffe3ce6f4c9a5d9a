/* room: solver
 *
 * The run over whole columns: the point at hand, one objective at a time.
 */
#ifndef ALLOT_SOLVER_WHOLE_H
#define ALLOT_SOLVER_WHOLE_H

#include "solver/ruin.h"
#include "solver/run.h"

/** A row or a column that holds what a stage reached, give or take the noise of points: its bound is loose
 *  by a slack, of which a relaxation makes use where there is little else to have. */
typedef struct WholeHold {
    bool is_column; /* held from below; a row from above */
    int index;
    double reached; /* the bound without slack */
    double bound;   /* with it */
} WholeHold;

typedef struct WholeRun {
    Run *run;
    const RuinPlan *begun;
    double *x;   /* the point at hand, [columns of the backend]; feasible for every frozen stage */
    size_t room; /* of x */
    bool has_point;
    Lp *live; /* the program as it stands, with every row and column added, for proofs; or NULL */
    long nodes_left;  /* of the present stage, all its ranks together */
    double work_left; /* likewise */
    WholeHold *holds; /* [hold_count] what stages reached, held */
    size_t hold_count, hold_room;
    bool moved;       /* a search has moved the point since the last dive */
    bool keep_before; /* a fairness is frozen: tiers before the present one stay as they are */
    bool stays; /* the point at hand is a plan's, of which something is to be proven: it stays */
} WholeRun;

/** One objective over whole columns: minimise sum cost * x. */
typedef struct Aim {
    size_t count;
    const int *columns;
    const double *costs;
    const Stage *stage;    /* of a linear stage, whose steps may be told exactly; else NULL */
    double constant;       /* of the stage: what the gap is relative to includes it */
    double scale;          /* of its level row: a unit of it in the scaled program */
    double gap_rel;        /* at which its search may stop */
    const Stage *fairness; /* of a rank: columns are its t and d; NULL for a linear stage */
    size_t rank;
    bool proven_before; /* of a rank: those before it are */
    double sum_before;  /* and come to this together, */
    double last_before; /* the last of them to this */
    bool in_shares;     /* the objective is a sum of shares */
    bool blind; /* costs lie so far apart that no search's word can be taken for the smaller ones */
    double
        common; /* divides every change of the objective in whole steps; 0: nothing is known to */
    bool
        has_known; /* the network has proven a bound, which branching may have made better than the */
    double known; /* relaxation's: of the sum without the constant */
    bool is_tier; /* columns are what needs of a tier lack */
    int tier_stage; /* index of the tier stage that this is, for the search in whole steps; -1: none */
    size_t
        cost_stage; /* of the cost stage that this is, to be decided beside the network; 0: of none */
} Aim;

typedef struct Decision {
    double value; /* of the point kept */
    double bound; /* no point that keeps the stages before does better */
    double
        exact; /* the same, proven of the relaxation in exact arithmetic; -INFINITY: nothing is */
    StageStatus status;
} Decision;

/** A row to add to the live program. */
typedef struct WholeRow {
    double lower, upper;
    size_t count;
    const int *columns;
    const double *values;
    double scale;
} WholeRow;

/** Begins the copy of the program that proofs need. */
Status whole_proof_open(WholeRun *w);

/** Adds a column >= 0, or a row, to the live program and to its copy. */
Status whole_add_column(WholeRun *w, double upper, double scale, int *column);
Status whole_add_row(WholeRun *w, const WholeRow *row, int *index);

/** What the duals of the relaxation just solved for this aim prove in exact arithmetic, of all points of
 *  the live program (exact_bound.h); of shares, which are small: of all that keep what stages before reached
 *  without any slack. */
Status whole_prove(const WholeRun *w, const Aim *aim, double *exact);

double whole_value_at(const Aim *aim, const double *x);

/** Makes @p x the point at hand: whole columns to the nearest, defined columns recomputed. */
Status whole_keep_point(WholeRun *w, const double *x, size_t count);

/** The groups' shares at a point, from the smallest up, in *out. */
Status whole_sorted_shares(const WholeRun *w, const Stage *stage, const double *x, double **out);

/** The point at hand, carried into a rank's columns: t = the rank-th smallest share. */
Status whole_extend_point(WholeRun *w, const Stage *stage, size_t rank, const int *columns);

/** A search in whole steps from the point at hand, along the relaxation just solved; takes its point
 *  where that is better (whole_ruin.c). @p bound is what the relaxation proves. */
Status whole_ruin(WholeRun *w, const Aim *aim, double bound);

/** Is the point at hand as near to the bound as the settings ask, the stage's constant included? */
bool whole_is_within_gap(const WholeRun *w, const Aim *aim, double bound);

/** Takes the last search's point where it is better by more than @p noise than the one at hand, of a sum of
 *  shares: worked out anew without the slack of what stages reached. *as_found: without that no better point
 *  has its whole columns, and it is better by far: it is to be taken as it was found. */
Status whole_take_shares(WholeRun *w, const Aim *aim, double noise, bool *as_found);

/** Takes the last search's point where it is better than the one at hand. */
Status whole_take_better(WholeRun *w, const Aim *aim);

/** Searches the surroundings of the point at hand that lie towards the relaxation just solved, and takes
 *  what is better (whole_near.c). @p as  how the stage's own search goes; its nodes and work are not taken. */
Status whole_near(WholeRun *w, const Aim *aim, const BackendSearch *as);

/** Of the stages of an urgent need, of what is taken for it and of tiers after these: lets needs go around the offers
 *  that may serve it, ever more of them, and takes what is better (whole_urgent.c). @p as  how the stage's own search goes; its nodes and work are not taken. @p bound  the
 *  relaxation's. */
Status whole_urgent(WholeRun *w, const Aim *aim, const BackendSearch *as, double bound);

/** Of the cost stage (@p aim): bounds it by the class network with rows beside it, its tiers held at what the
 *  point at hand reaches, and takes a point that is found there (whole_cost.c). */
Status whole_cost(WholeRun *w, const Aim *aim, Decision *decision);

/** Searches what is left of the live program when all columns that follow from others are taken out
 *  (lean.h), where that is whole columns alone: a better point is taken, a better bound noted. */
Status whole_lean(WholeRun *w, const Aim *aim, Decision *decision);

/** Do ranks of fairness plunge, branch on whether needs are served, and end where the slack of levels begins?
 *  In programs that are not small, of rounds of all or nothing whose tiers were decided beside the network. */
bool whole_plunges(const WholeRun *w);

/** What is at stake in whole columns for a fairness, [columns of the backend]: whether a need is served is
 *  decided before what follows from it, of the tier's own needs by the share of their group that they are. */
Status whole_shares_at_stake(const WholeRun *w, const Stage *stage, const double **worth);

/** Looks for a better point of a rank by deciding, from the relaxation just solved, one whole column after
 *  another, from the most at stake down. @param worth  [columns of the backend] what is at stake in a whole
 *  column. The relaxation is at hand again afterwards. */
Status whole_plunge(WholeRun *w, const Aim *aim, const double *worth);

/** Is the fairness stage one among groups of one need each that is met in full or not at all, with a point
 *  at hand? Decides it, then, by how many are met (whole_count.c). */
bool whole_is_count(const WholeRun *w, const Stage *stage);
Status whole_count(WholeRun *w, size_t index, BackendOutcome *outcome);

/** Holds the value that the point at hand reaches, by a row (whole_holds.c). */
Status whole_add_level(WholeRun *w, const Aim *aim);

/** Holds a share of the point at hand from below. */
Status whole_hold_share(WholeRun *w, int column);

/** Every level and share held without its slack, but for what doubles lose: for a while, within saved bounds. */
void whole_hold_exactly(WholeRun *w);

/** Of a sum of shares, after a search whose bound is a little better than the point at hand: as slack promises
 *  that, searches once more with every stage held without any; a better point is taken, a better bound noted
 *  (whole_share_proof.c). */
Status whole_prove_shares(WholeRun *w, const Aim *aim, const BackendSearch *limits,
                          Decision *decision);

/** Did the relaxation use the slack of a level? Then its duals speak of points that no whole one is. */
bool whole_leans_on_level(const WholeRun *w);

/** Decides one objective: relaxation, search, and what is reached is frozen.
 *  @p outcome is BACKEND_OPTIMAL whenever there is a point. */
Status whole_decide(WholeRun *w, const Aim *aim, Decision *decision, BackendOutcome *outcome);

/** The same of a stage whose costs may lie many powers of ten apart (whole_classes.c). */
Status whole_decide_apart(WholeRun *w, const Aim *aim, Decision *decision, BackendOutcome *outcome);

/** Moves the point at hand towards the canonical order (stage @p index), every stage before it kept: as far as
 *  narrow limits allow, see whole_canonical.c. */
Status whole_canonical(WholeRun *w, size_t index);

#endif
