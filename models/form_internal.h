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

/** In FormBuilder.full_column: the need can never be met in full. */
enum { NEVER_FULL = -2 };

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
    int total_column;     /* value of all lines, -1 until a rule asks for it */
    ColumnOrigin *origin; /* [origin_room] */
    size_t origin_room;
    int *served_column; /* [need_count] -1 until asked for */
    int *full_column;   /* [need_count] likewise */
    int *bundle_column; /* [bundle_count] likewise */
    int *pair_switch;   /* [pairs->count] index into switches, -1 until asked for */
    Switch *switches;
    size_t switch_count, switch_room;
    int *switch_slots; /* hash table of sets: index + 1, 0 when free */
    size_t slot_count;
    double *most;       /* [pairs->count] see form_most() */
    int *minimum_row;   /* [need_count] (C6) the row of its least amount, -1 without one */
    const char *label;  /* of the rows that are added next, */
    const char *row_id; /* and the id of what they belong to; for names */
    Imposer by;         /* of the row that is added next alone */
    bool loose;
    bool wide; /* formulation_build_wide() */
    RowOrigin *row_origin;
    size_t row_room;
    Terms terms; /* scratch */
    int *place;  /* scratch of terms_merge(), all 0 between calls */
    size_t place_room;
    size_t stage_room;
} FormBuilder;

Status terms_add(FormBuilder *b, int column, double value);

/** Adds up terms of the same column. */
Status terms_merge(FormBuilder *b);

/** The scratch terms as arrays of their own, for a stage. */
Status terms_take(FormBuilder *b, Stage *stage);

/** Adds a column and notes what it stands for; its index in *column when not NULL. */
Status form_new_column(FormBuilder *b, ColumnOrigin origin, double lower, double upper,
                       bool integer, double scale, int *column);

/** Adds the scratch terms as a row and empties them. */
Status form_add_row(FormBuilder *b, double lower, double upper);

/** The same for a row that something of the round imposes: lifting it frees the row. */
Status form_impose_row(FormBuilder *b, Imposer by, double lower, double upper);

/** The rule as an imposer. */
Imposer form_rule(const FormBuilder *b, const Rule *rule);

/** Can the need have any line at all? */
bool form_can_be_served(const Formulation *form, const int *unmet_column, int need);

/** The scale of a need's columns: what 1.0 of them counts in its tier is about 1 in the scaled
 *  program. */
double form_column_scale(const FormBuilder *b, int need);

/** What is wanted of a need, in its columns' units. */
double form_wanted(const FormBuilder *b, int need);

/** Is the need counted in steps, in columns that are whole? Else it is money to the minor unit. */
bool form_in_steps(const Need *need);

/** The most a pair's column can be, by its own bounds and those of every rule it stands in. */
double form_most(const FormBuilder *b, int pair);

/** The column that is 1 when any of these pairs (ascending) has a line: equal sets share one. It may
 *  be a line's own column where that is 0 or 1. */
Status form_switch(FormBuilder *b, const int *pairs, size_t count, int *column); /* form_switch.c */

Status form_served(FormBuilder *b, int need, int *column); /* form_logic.c: y, with its rows */
Status form_full(FormBuilder *b, int need, int *column);  /* form_logic.c: f, -1 when it is never */
Status form_add_logic(FormBuilder *b);                    /* form_logic.c: C9 to C11 */
Status form_add_number(FormBuilder *b, const Rule *rule); /* form_sets.c: C8 */
/** (C7), form_sets.c. *row is the one that formulation_tighten() may tighten, or -1. */
Status form_add_ticket(FormBuilder *b, const Rule *rule, int *row);
Status form_find_most(FormBuilder *b);              /* form_switch.c: what form_most() gives */
Status form_add_burden(FormBuilder *b);             /* form_burden.c */
Status form_add_change(FormBuilder *b);             /* form_change.c */
Status form_add_columns(FormBuilder *b);            /* form_columns.c */
Status form_add_need_rows(FormBuilder *b);          /* form_rows.c: C1 */
Status form_add_rule_rows(FormBuilder *b);          /* form_rows.c: C2 to C8, C12, C14 */
Status form_add_tier_stages(FormBuilder *b);        /* form_tiers.c: T, K */
Status form_add_fairness(FormBuilder *b, int tier); /* form_fairness.c: F */
Status form_add_later_stages(FormBuilder *b);       /* form_later.c */
Status form_add_urgent_stages(FormBuilder *b);      /* form_urgent.c: urgent, taken */
Status form_add_canonical(FormBuilder *b);          /* form_canonical.c */
Status form_add_stage(FormBuilder *b, Stage stage);

/** What a complete outcome is worth in its tier. */
double form_outcome_worth(const FormBuilder *b, int need);

/** Whole reporting units of 1.0 of a need's columns; 0 without a value. */
double form_value(const FormBuilder *b, int need);

/** What 1.0 of the need's columns counts where lines are held against the previous plan: its value, or
 *  its share (@p unvalued); 0 when it counts in the other of the two stages. */
double form_counted(const FormBuilder *b, int need, bool unvalued); /* form_change.c */

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
