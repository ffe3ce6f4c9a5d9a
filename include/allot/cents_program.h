/* room: models
 *
 * The surroundings of a plan in whole steps as a program of small whole numbers: by how many steps each line
 * goes up or down. What a line counts under a rule is rounded, to cents say, line by line; here that rounding
 * is a whole column of its own, so that a rule is kept to the last part where its row holds. Amounts being
 * differences, none is too large for the tolerances of a solver. What is on stays on, what is off stays off:
 * needs served, tickets, items of counts, prerequisites met in full.
 */
#ifndef ALLOT_CENTS_PROGRAM_H
#define ALLOT_CENTS_PROGRAM_H

#include "allot/formulation.h"
#include "allot/rule_book.h"

/** A need that others require and that lacks no more steps is one to be met in full. */
enum { CENTS_NEARLY_FULL = 16 };

typedef struct CentsProgram {
    Lp lp;
    size_t count;        /* columns 0 .. count - 1 are steps of the lines that may move */
    const int *pair;     /* [count] whose line it is */
    const int *distance; /* [count] columns that are at least the steps moved, up or down */
} CentsProgram;

/** Builds the program around the lines of @p book, each of which may move by up to @p steps_most of its steps.
 *  *out has no columns (count 0) where nothing may move, where a count is exceeded already, or where
 *  some figure does not fit.
 *  @return STATUS_OK, STATUS_NO_MEMORY. */
Status cents_program_build(const Formulation *form, const RuleBook *book, int64_t steps_most,
                           Arena *arena, CentsProgram *out);

/** What a stage counts for one step of each line that may move, in @p costs [count]. False where it counts
 *  nothing that lines or unmet amounts by themselves make up. */
bool cents_program_costs(const Formulation *form, const CentsProgram *program, const Stage *stage,
                         Arena *arena, double **costs);

#endif
