/* room: models
 *
 * Sides of which every plan is on one, where a flow of the class network with its side rows is on none:
 * a need of all or nothing is served, or it gets nothing; a need that others require is met in full, or
 * they get nothing; an offer gives a need its ticket, or nothing; of those that give most to a need with a
 * count of donors one gives nothing, or the others do. The least that any plan costs is then the least
 * of the sides. Figures are rounded so that no plan is left out.
 */
#ifndef ALLOT_SIDE_CHOICES_H
#define ALLOT_SIDE_CHOICES_H

#include "allot/side_rows.h"

typedef enum SideChoiceKind {
    SIDE_SERVED,   /* the need, of all or nothing, is served */
    SIDE_REQUIRED, /* the need is met in full, or those that require it get nothing */
    SIDE_TICKET,   /* the need gets this offer's ticket */
    SIDE_DONORS,   /* these are all donors of the need, else one of them is not */
    SIDE_CHOICE_KINDS
} SideChoiceKind;

enum { SIDES_MOST = 4, SIDE_DONORS_MOST = SIDES_MOST - 1 };

typedef struct SideChoice {
    SideChoiceKind kind;
    int need;
    int offer;                    /* ticket: whose */
    int donors[SIDE_DONORS_MOST]; /* donors: their items, as many as the need may have */
    double stake;                 /* cost of what some side would have to change, roughly */
} SideChoice;

/** What an arc carries: lower <= flow <= upper, besides its own bounds. Minor units. */
typedef struct SideMove {
    int arc;
    int64_t lower, upper;
} SideMove;

/** What each side comes to. */
typedef struct SideMoves {
    int sides;
    SideMove *moves[SIDES_MOST];
    size_t count[SIDES_MOST];
} SideMoves;

/** The @p most choices with most at stake in @p flow [arc_count], of costs @p cost [arc_count], among
 *  needs that stand apart (@p apart [need_count]): into @p out [most], from the largest stake down.
 *  Returns how many. */
size_t side_choices_find(const SideRules *rules, const ClassNetwork *net, const bool *apart,
                         const double *flow, const int64_t *cost, size_t most, SideChoice *out);

/** How many sides it has. */
int side_choice_sides(const SideRules *rules, const SideChoice *choice);

/** Of a need that is served, or of a ticket: what @p flow gives, and what it would have to be at least. */
void side_choice_flow(const SideRules *rules, const ClassNetwork *net, const SideChoice *choice,
                      const double *flow, double *has, double *least);

/** The side that the flow of a plan [arc_count] is on. */
int side_choice_side(const SideRules *rules, const ClassNetwork *net, const SideChoice *choice,
                     const double *flow);

/** @return STATUS_OK, STATUS_NO_MEMORY; what comes out is kept in @p arena. */
Status side_choice_moves(const SideRules *rules, const ClassNetwork *net, const bool *apart,
                         const SideChoice *choice, Arena *arena, SideMoves *out);

#endif
