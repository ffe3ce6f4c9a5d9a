/* room: models
 *
 * What the parts of the formulation share while it is built.
 */
#ifndef ALLOT_MODELS_FORM_INTERNAL_H
#define ALLOT_MODELS_FORM_INTERNAL_H

#include "allot/formulation.h"

/** Builder of sparse vectors over columns; reused row after row. */
typedef struct Terms {
    int *columns;
    double *values;
    size_t count, room;
} Terms;

typedef struct FormBuilder {
    const Round *round;
    const PairSet *pairs;
    const RuleSet *rules;
    Arena *arena;
    Formulation *form;
    int *unmet_column;
    int *known_needs;
    double *quantum;
    int *rule_row;
    int total_column; /* value of all lines, -1 until a rule asks for it */
    Terms terms;      /* scratch */
    size_t stage_room;
} FormBuilder;

Status terms_add(FormBuilder *b, int column, double value);

/** The scratch terms as arrays of their own, for a stage. */
Status terms_take(FormBuilder *b, Stage *stage);

Status form_add_columns(FormBuilder *b);            /* form_columns.c */
Status form_add_need_rows(FormBuilder *b);          /* form_rows.c: C1 */
Status form_add_rule_rows(FormBuilder *b);          /* form_rows.c: C2 to C14 */
Status form_add_tier_stages(FormBuilder *b);        /* form_tiers.c: T, K */
Status form_add_fairness(FormBuilder *b, int tier); /* form_fairness.c: F */
Status form_add_later_stages(FormBuilder *b);       /* form_later.c */
Status form_add_stage(FormBuilder *b, Stage stage);

/** Whole reporting units of 1.0 of a need's columns; 0 without a value. */
double form_value(const FormBuilder *b, int need);

/** Share of the need's full quantity in 1.0 of its columns. */
double form_share(const FormBuilder *b, int need);

/** Whole units of the need in 1.0 of its columns. */
double form_units(const FormBuilder *b, int need);

/** Whole reporting units of one smallest part of an offer, gross (in kind: at its unit_value, else
 *  0). */
double form_offer_price(const Round *round, const Offer *offer);

/** Whole reporting units of gross (an offer in kind: at its unit_value, else 0) in 1.0 of the
 *  pair's column. */
double form_gross_value(const FormBuilder *b, int pair);

#endif
