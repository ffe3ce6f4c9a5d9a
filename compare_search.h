/* room: front
 *
 * What the parts of looking for causes share (compare_search.c, compare_free.c).
 */
#ifndef ALLOT_FRONT_COMPARE_SEARCH_H
#define ALLOT_FRONT_COMPARE_SEARCH_H

#include <stdint.h>

#include "compare.h"

#define NO_ASK SIZE_MAX /* in place of a question: it was not put */

/** What holding lines at their former quantities does: in the order decided the first stage that differs says. */
typedef enum HeldVerdict { HELD_WORSE, HELD_AS_GOOD, HELD_BETTER } HeldVerdict;

/** @p base the second round as it is, @p held with lines held; no plan is worse. */
HeldVerdict compare_held(const Ask *base, const Ask *held);

typedef struct Search {
    Asker *asker;
    Comparison *comparison;
    Arena *arena;
    size_t *live; /* [live_count] changes from which a figure comes, by index of input */
    size_t live_count;
    bool is_short;   /* not all single changes were asked about that had to be */
    size_t *single;  /* [input_count] the question of this change alone, or NO_ASK */
    size_t base;     /* the question with nothing taken back */
    size_t all;      /* and with everything */
    bool *is_free;   /* [line_count] held at its former quantity every stage is as good */
    bool *is_better; /* [line_count] held so a stage is better: its search came to a limit */
    bool *is_open;   /* [line_count] it was not asked whether it was: too much work */
    bool *held;      /* [line_count] to put a question with */
    bool *set;       /* [input_count] to put a question with */
} Search;

/* Members from .. end - 1 of a list, asked about together. */
typedef struct Group {
    size_t from, end;
    size_t ask;
} Group;

/** Does any change that was taken back alone restore the line? */
bool search_has_cause(const Search *search, size_t line);

/** Adds what a reader has to know; NULL is taken for no memory. */
Status search_note(Search *search, const char *note);

/** Finds which lines without a cause were free to move, in search->is_free.
 *  @return STATUS_OK; what asker_run() gives. */
Status search_find_free(Search *search);

#endif
