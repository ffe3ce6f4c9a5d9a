/* room: solver
 *
 * What the search of ruin and recreate keeps, and whom a round of it empties.
 */
#ifndef ALLOT_SOLVER_RUIN_CHOOSE_H
#define ALLOT_SOLVER_RUIN_CHOOSE_H

#include "solver/ruin_internal.h"

/* Needs emptied in one round. */
enum { EMPTIED_MOST = 60 };

typedef struct Short {
    int need;
    double weight; /* sum up to and with this one */
} Short;

typedef struct Search {
    Ruin *r;
    size_t stage;
    bool keep_before;
    int tier;
    Short *shorts;
    size_t short_count;
    int *lines; /* pairs with a line, by offer: CSR over pairs_first, counts below */
    int *line_count;
    int emptied[EMPTIED_MOST];
    int64_t had[EMPTIED_MOST]; /* what each of them had */
    int emptied_count;
    int ahead; /* so many of them, from the first, are to be served before the others; 0: any order */
    double *before; /* [stages] values before the round */

    double heat; /* annealing: how much worse a round may leave the stage, on average */

    /* the best plan so far, by the way back to it */
    double *best; /* [stages] its values */
    int *moved;   /* [moved_count] pairs changed since */
    int moved_count;
    bool *is_moved; /* [pairs] */
    int64_t *gave;  /* [pairs] what those changed gave in it */
} Search;

/** Chooses around a short need who is emptied: s->emptied, and what each of them had. False when there
 *  is nothing to try. */
bool ruin_choose(Search *s, int need);

#endif
