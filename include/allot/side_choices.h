/* room: models
 *
 * Two sides of which every plan is on one, where a flow of the class network with its side rows is on
 * neither: a need of all or nothing is served, or it gets nothing; a need that others require is met in
 * full, or they get nothing; a need of one donor has this one, or nothing of it. The least that any
 * plan costs is then the least of the two sides. Figures are rounded so that no plan is left out.
 */
#ifndef ALLOT_SIDE_CHOICES_H
#define ALLOT_SIDE_CHOICES_H

#include "allot/side_rows.h"

typedef enum SideChoiceKind {
    SIDE_SERVED,   /* the need, of all or nothing, is served */
    SIDE_REQUIRED, /* the need is met in full, or those that require it get nothing */
    SIDE_DONOR,    /* the need's one donor is this one */
    SIDE_CHOICE_KINDS
} SideChoiceKind;

typedef struct SideChoice {
    SideChoiceKind kind;
    int need, donor; /* donor: its item; else -1 */
    double stake;    /* cost of what one side would have to change, roughly */
} SideChoice;

/** What an arc carries: lower <= flow <= upper, besides its own bounds. Minor units. */
typedef struct SideMove {
    int arc;
    int64_t lower, upper;
} SideMove;

enum { SIDES = 2 };

/** What either side comes to: yes, no. */
typedef struct SideMoves {
    SideMove *moves[SIDES];
    size_t count[SIDES];
} SideMoves;

/** The @p most choices with most at stake in @p flow [arc_count], of costs @p cost [arc_count], among
 *  needs that stand apart (@p apart [need_count]): into @p out [most], from the largest stake down.
 *  Returns how many. */
size_t side_choices_find(const SideRules *rules, const ClassNetwork *net, const bool *apart,
                         const double *flow, const int64_t *cost, size_t most, SideChoice *out);

/** @return STATUS_OK, STATUS_NO_MEMORY; what comes out is kept in @p arena. */
Status side_choice_moves(const SideRules *rules, const ClassNetwork *net, const bool *apart,
                         const SideChoice *choice, Arena *arena, SideMoves *out);

#endif
