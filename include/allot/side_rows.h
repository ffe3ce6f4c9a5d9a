/* room: models
 *
 * Rows beside the class network of a relaxed round (relaxed_round.h): what is left of its rules of all
 * or nothing when their 0 or 1 becomes a share. With x what flows over an arc, y 1 when a need is
 * served, least and most what a need gets at least when it is served, and at most:
 *
 *   prerequisite   x[n] / most[n] <= y[n] <= sum over those required of x[p] / wanted[p]
 *   bundle         x[a] / most[a] <= y <= x[b] / least[b], round the ring of its members
 *   donors         sum over donors d of x[n,d] / most[n,d] <= max_donors y[n], y[n] <= x[n] / least[n]
 *   all or nothing x[n,o] / most[n,o] <= y[n] <= x[n] / least[n]
 *
 *   level          1 <= sum over the classes of a tier of x[c] / (least / weight[c]): what a tier before
 *                  has come to, where the objective is another one
 *
 * Those of all or nothing are many and few of them matter: they are added where a flow breaks them. Every need in a
 * row stands apart in the network (class_network_build_apart()). All figures are integers, in minor
 * units of the reporting currency, rounded so that a row never cuts a plan off.
 */
#ifndef ALLOT_SIDE_ROWS_H
#define ALLOT_SIDE_ROWS_H

#include "allot/class_network.h"
#include "allot/formulation.h"

/** flow[arc] / size, size > 0. */
typedef struct SideTerm {
    int arc;
    int64_t size;
} SideTerm;

/** sum of the terms at the left <= most * 1 (no term at the right) or most * sum of those. The terms
 *  at the left fall into groups of which a plan uses at most `most`, each of at most 1; a right side of
 *  less than 1 means that all of the left is 0. A level has no term at the left: 1 <= sum of the right. */
typedef struct SideRow {
    size_t left, left_count; /* terms left .. left + left_count - 1 */
    size_t right, right_count;
    int64_t most;
    bool at_most_one; /* the right side is 1; else the sum of its terms, 0 when there are none */
    bool is_level;    /* the left side is 1; else the sum of its terms, likewise; most is 1 */
} SideRow;

typedef struct SideRows {
    SideTerm *terms;
    size_t term_count, term_room;
    SideRow *rows;
    size_t row_count, row_room;
} SideRows;

/** What the rows of a round are made from; all borrowed. */
typedef struct SideRules {
    const Formulation *form;
    const Round *relaxed;
    Arena *arena;
    int64_t *offer_most;    /* [offer_count] what the offer can pass on at most */
    struct SideMove *moves; /* [most_moves] scratch of a choice's sides */
    size_t most_moves;      /* that all sides of a choice have together */
} SideRules;

/** @return STATUS_OK, STATUS_NO_MEMORY. */
Status side_rules_init(const Formulation *form, const Round *relaxed, Arena *arena,
                       SideRules *rules);

/** Marks in @p apart [need_count] the needs that rows are known of from the start. */
Status side_rules_mark(const SideRules *rules, bool *apart);

/** Marks the needs of all or nothing in classes that @p flow [arc_count] serves in part. Returns how
 *  many are new. */
int side_rules_mark_partly(const SideRules *rules, const ClassNetwork *net, const double *flow,
                           bool *apart);

/** Marks every need that a flow might serve in a way that no plan does: of a least amount, of few donors,
 *  or out of an offer with a ticket. */
void side_rules_mark_all(const SideRules *rules, bool *apart);

/** The rows of all needs that stand apart in @p net, but for those that are added where they matter.
 *  @return STATUS_OK, STATUS_NO_MEMORY. */
Status side_rows_build(const SideRules *rules, const ClassNetwork *net, const bool *apart,
                       SideRows *out);

/** Adds the level sum over @p count arcs of weight * flow >= @p least, all of them > 0.
 *  @return STATUS_OK, STATUS_NO_MEMORY. */
Status side_rows_level(const SideRules *rules, size_t count, const int *arcs,
                       const int64_t *weights, int64_t least, SideRows *out);

/** Adds rows of all or nothing that @p flow [arc_count] breaks. */
Status side_rows_cut(const SideRules *rules, const ClassNetwork *net, const bool *apart,
                     const double *flow, SideRows *rows);

#endif
