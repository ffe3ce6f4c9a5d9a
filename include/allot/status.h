/* room: base
 *
 * Whether a call worked. What a person must read goes to Diag (diag.h); what an answer means is a
 * SolveOutcome (solve_result.h). The three are never mixed.
 */
#ifndef ALLOT_STATUS_H
#define ALLOT_STATUS_H

typedef enum Status {
    STATUS_OK = 0,
    STATUS_NO_MEMORY,    /* an arena or a library ran out of memory */
    STATUS_IO,           /* a file could not be read or written; a finding says which and why */
    STATUS_FINDINGS,     /* the input (or a plan) has errors; the findings name them */
    STATUS_USAGE,        /* the command line is wrong */
    STATUS_NO_PLAN,      /* no plan can exist; findings name the conflict and the concession */
    STATUS_LIMIT,        /* a limit was reached before any plan was found */
    STATUS_SOLVER_FAULT, /* the solver library failed or contradicted itself */
    STATUS_INTERNAL      /* a fault of the program itself */
} Status;

/** The status as one English phrase, never NULL. */
const char *status_text(Status status);

/** Returns from the calling function when @p call did not work. Safe because arenas own the memory:
 *  functions that hold a FILE, a parser or a workbook use one `done:` label instead. */
#define TRY(call)                                                                                  \
    do {                                                                                           \
        Status try_status_ = (call);                                                               \
        if (try_status_ != STATUS_OK)                                                              \
            return try_status_;                                                                    \
    } while (0)

/** The same for an allocation: returns STATUS_NO_MEMORY when @p pointer is NULL. */
#define TRY_NEW(pointer)                                                                           \
    do {                                                                                           \
        if ((pointer) == NULL)                                                                     \
            return STATUS_NO_MEMORY;                                                               \
    } while (0)

#endif
