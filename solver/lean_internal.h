/* room: solver
 *
 * A program on its way to a lean one (lean.h): columns tied to others, rows seen through that.
 */
#ifndef ALLOT_SOLVER_LEAN_INTERNAL_H
#define ALLOT_SOLVER_LEAN_INTERNAL_H

#include "solver/lean.h"

/** A row over the columns that are left. */
typedef struct LeanRow {
    int count;
    const int *columns;
    const double *values;
    double lower, upper;
    double
        noise; /* what both may be off by: what is taken out of the row may be far larger than they */
} LeanRow;

typedef struct Leaning {
    const LeanSource *source;
    Arena *arena;
    int *rep;                      /* [columns] as in Lean; itself where it is left */
    double *shift, *slope;         /* [columns] */
    double *lower, *upper;         /* [columns] */
    bool *integer;                 /* [columns] */
    bool *dropped;                 /* [rows] */
    double *row_lower, *row_upper; /* [rows] without what slacks take up */
    int *slack_of; /* [columns] the row whose slack the column is, or -1; *slack_in [rows]: */
    int *slack_in; /* the column, or -1 */
    double *cost;  /* [columns] of those that are left, lean_costs() */
    double constant;
    bool changed, broken; /* broken: no point is left, or so it seems */
    double *sum;          /* [columns] scratch, 0 between rows */
    bool *seen;
    int *columns;
    double *values;
} Leaning;

/** Looks up what a column is tied to: l->rep[column] is then one that is left. */
void lean_resolve(Leaning *l, int column);

/** Row @p i as it is now; good until the next call. */
LeanRow lean_row(Leaning *l, int i);

/** Replaces a column by shift + slope * kept. */
void lean_tie(Leaning *l, int column, int kept, double shift, double slope);

/** Tightens the bounds of a column; whole ones to whole numbers. */
void lean_bound(Leaning *l, int column, double lower, double upper);

/** Replaces one of the two columns of an equation by the other, where that keeps it whole. */
bool lean_tie_pair(Leaning *l, const LeanRow *row);

void lean_costs(Leaning *l);

/** Is the value whole but for noise? */
bool lean_is_whole(double value);

/** What divides all these values, or 0: also where one of them is nothing beside the largest. */
double lean_divisor(const double *values, int count);

/** Is there nothing to decide about the column itself: fixed, or the slack of a row? */
bool lean_is_settled(const Leaning *l, int column);

/** Takes columns out that cost nothing and stand in one row (lean_slack.c). */
Status lean_slacks(Leaning *l);

/** Marks columns that are whole by themselves (lean_whole.c). */
Status lean_find_whole(Leaning *l);

/** What nothing holds, and what one other column alone pulls up (lean_dominated.c). */
Status lean_dominated(Leaning *l);

/** Two rows over the same two columns that leave one line between them are an equation (lean_parallel.c). */
Status lean_parallel(Leaning *l);

/** Which columns are 0 where a switch is (lean_hang.c). */
typedef struct LeanHangs {
    int *first;    /* [columns] of the source: the first hang of the column, or -1 */
    int *next;     /* [count] the next one of the same column, or -1 */
    int *from;     /* [count] the switch */
    double *gain;  /* [columns] scratch, 0 between rows: what hangs from the switch */
    int *switches; /* [columns] scratch */
} LeanHangs;

/** A row that is being written: columns of the source, whole values and bounds. */
typedef struct LeanDraft {
    int count;
    int *columns;
    double *values; /* both with room for one more */
    double lower, upper;
} LeanDraft;

Status lean_find_hangs(Leaning *l, LeanHangs *out);

/** Makes a capacity one that is there only with the switch that what uses it hangs from. */
void lean_hang(const Leaning *l, LeanHangs *hangs, LeanDraft *row);

#endif
