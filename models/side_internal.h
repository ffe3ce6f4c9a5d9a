/* room: models
 *
 * What rows beside the class network and choices between its plans are made from. Amounts are in minor
 * units of the reporting currency.
 */
#ifndef ALLOT_SIDE_INTERNAL_H
#define ALLOT_SIDE_INTERNAL_H

#include "allot/side_rows.h"

/* A class is served in part when it lacks, and has, more than so many minor units. */
static const double SIDE_PARTLY = 0.5;

/** Value of what the need gets at least when it gets anything; 0: less than a minor unit. */
int64_t side_need_least(const SideRules *r, int need);

/** Value of all the need wants; 0: it can never get it, or that is less than a minor unit. */
int64_t side_need_full(const SideRules *r, int need);

bool side_is_all_or_nothing(const SideRules *r, int need);

/** The one requirement that asks nothing: somebody in it is covered in full elsewhere. */
bool side_is_met_already(const SideRules *r, const Requirement *requirement);

/** What goes over a pair at least when anything does: the offer's ticket; 0: anything. */
int64_t side_pair_least(const SideRules *r, int need, int offer);

/** The arc of a need's class, or -1 when it takes no part. */
int side_class_arc(const ClassNetwork *net, int need);

/** The arcs into the signature node of a need that takes part: *first to *end - 1. */
void side_line_arcs(const ClassNetwork *net, int need, int *first, int *end);

int side_offer_of(const ClassNetwork *net, int arc);

#endif
