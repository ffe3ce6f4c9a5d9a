/* room: models
 *
 * A round as a linear program and the published order of stages (see models/README.md for the
 * labels C1, T, ..., and for the canonical order that is decided last). Columns: one x a pair, one u
 * (unmet) a need, one share and one level a fairness stage's groups; binaries only where a row asks
 * for one: y (served), f (met in full), switches (some pair of a set has a line). A column of 1.0 is
 * `quantum` smallest parts of the need's unit.
 */
#ifndef ALLOT_FORMULATION_H
#define ALLOT_FORMULATION_H

#include "allot/arena.h"
#include "allot/diag.h"
#include "allot/eligibility.h"
#include "allot/lp.h"
#include "allot/plan.h"
#include "allot/ratio.h"
#include "allot/round.h"
#include "allot/rule.h"
#include "allot/status.h"

/** A stage to decide: a linear objective to minimise, or a fairness (leximin) over groups. */
typedef struct Stage {
    StageKind kind;
    const char *label; /* fairness: without its rank, "fairness 1" */
    int tier;
    Basis basis;
    bool unvalued;
    bool in_kind;
    Date date;

    size_t count; /* linear: minimise sum cost * x + constant */
    const int *columns;
    const double *costs;
    double constant;

    size_t group_count;       /* fairness: */
    const int *share_columns; /* [group_count] the groups' met shares */
    const int *share_rows;    /* [group_count] the rows that define them: share + sum of u = all */
    const int *level_rows;    /* [group_count] rows share - level >= 0, free until used */
    int level_column;         /* the common level, to be made as large as possible */
} Stage;

typedef enum ColumnKind {
    COLUMN_LINE,   /* x of pair `index` */
    COLUMN_UNMET,  /* u of need `index` */
    COLUMN_SERVED, /* y of need `index`; of a bundle: of its first member that wants something */
    COLUMN_FULL,   /* f of need `index` */
    COLUMN_SWITCH, /* switch `index`: 1 when any of its pairs has a line */
    COLUMN_SUM,    /* defined by the equation in row `index`: total, shares, what donors give */
    COLUMN_LEVEL,  /* of a fairness stage */
    COLUMN_AWAY,   /* at least the difference that rows `index` and `index` + 1 state */
    COLUMN_SHORT   /* at least the difference that row `index` states */
} ColumnKind;

/** What a column stands for. */
typedef struct ColumnOrigin {
    ColumnKind kind;
    int index;
} ColumnOrigin;

/** What of the round imposes a row of the program: without it the row asks for nothing. */
typedef enum ImposerKind {
    IMPOSED_BY_NOTHING,     /* it defines columns; never to be lifted */
    IMPOSED_BY_RULE,        /* rules->rules[index] */
    IMPOSED_BY_LEAST,       /* the least amount of need `index` (C6) */
    IMPOSED_BY_REQUIREMENT, /* logic.requirements[index] (C9) */
    IMPOSED_BY_BUNDLE,      /* logic.bundles[index] (C10) */
    IMPOSED_BY_ALTERNATIVE  /* logic.alternatives[index] (C11) */
} ImposerKind;

typedef struct Imposer {
    ImposerKind kind;
    int index;
} Imposer;

/** What a row belongs to: "C2" and the id of the row of the round that imposes it. */
typedef struct RowOrigin {
    const char *label;
    const char *id;
    Imposer by; /* loose formulations only */
} RowOrigin;

/** A binary over a set of pairs. */
typedef struct Switch {
    const int *pairs; /* [count] ascending */
    int count;
    int column;
} Switch;

typedef struct Formulation {
    const Round *round;
    const PairSet *pairs;
    const RuleSet *rules;
    Lp lp;
    const int *unmet_column; /* [need_count], -1 where the amount is unknown, and of outcomes */
    const double *quantum;   /* [need_count] smallest parts in 1.0 of the need's columns */
    const int *rule_row;     /* [rules->count] the row formulation_tighten() tightens, or -1 */
    const int *known_needs;  /* [known_count] needs of known amount, outcomes left out: rows
                                0 .. known_count - 1 are their C1, columns pairs->count .. their u */
    int known_count;
    const ColumnOrigin *origin;  /* [lp.column_count] */
    const RowOrigin *row_origin; /* [lp.row_count] */
    const int *served_column;    /* [need_count] y, or -1 where no row asks for it */
    const int *full_column;      /* [need_count] f, or -1; of an indivisible need its y */
    const Switch *switches;      /* [switch_count] */
    int switch_count;
    Stage *stages;
    size_t stage_count;
    bool loose;        /* built by formulation_build_loose() */
    bool wide;         /* built by formulation_build_wide() */
    bool whole;        /* some column must be whole */
    bool has_switches; /* some of them are not lines: y, f or switches */
} Formulation;

/** What a solver proved about one stage, or about one rank of a fairness stage. */
typedef struct StageBound {
    size_t stage; /* index into Formulation.stages */
    int rank;     /* fairness: 1 = the smallest share, ...; else 0 */
    double bound; /* no plan does better: of cost + constant, or of the rank's share */
    StageStatus status;
    bool proven;    /* the bound is proven in exact arithmetic; else it is the search's own word */
    bool has_exact; /* and then this much is: */
    double exact;   /* what the linear relaxation proves in exact arithmetic */
    bool has_reached; /* the stages after it were decided with this stage held, */
    double reached;   /* at this: their bounds hold for no plan that has less of it */
} StageBound;

/** Builds program and stages; columns 0 .. pairs->count - 1 are the pairs.
 *  @return STATUS_OK, STATUS_NO_MEMORY, STATUS_INTERNAL (a figure that does not fit). */
Status formulation_build(const Round *round, const PairSet *pairs, const RuleSet *rules,
                         Arena *arena, Formulation *form);

/** The same plans as a program in which every thing of the round stands in rows and column bounds of its own
 *  (lifts.h lists them): none is made tighter by what another one says, so that freeing those rows
 *  and bounds is the same as taking the thing out of the round. Slower to search than the other. */
Status formulation_build_loose(const Round *round, const PairSet *pairs, const RuleSet *rules,
                               Arena *arena, Formulation *form);

/** The same program with rows of rules that give way by all that rounding lines can come to: every plan in whole
 *  steps that keeps the rules is a point of it, so that where it has none there is no plan. Its other points may
 *  miss a rule by parts of cents. */
Status formulation_build_wide(const Round *round, const PairSet *pairs, const RuleSet *rules,
                              Arena *arena, Formulation *form);

/** The loose formulation over every pair that could be lifted into the round: pairs that things bar are
 *  columns kept at 0, what bars them is in lifts_build()'s list. Builds pairs and rules of its own.
 *  @return STATUS_OK, STATUS_NO_MEMORY, STATUS_INTERNAL; STATUS_FINDINGS where figures of a barred pair
 *  do not fit exact arithmetic: then there is no such formulation. */
Status formulation_build_widened(const Round *round, Arena *arena, Formulation *form);

/** The same over the pairs that nothing but commitments bar (pair_set_build_agreed()): where there is no plan, what
 *  is ruled out is among what cannot be kept together. */
Status formulation_build_agreed(const Round *round, Arena *arena, Formulation *form);

/** Tightens a rule's row by @p amount smallest parts of its unit (rounding would break it); an index
 *  of rules->count + n means that need n is never met in full. False when there is no row to tighten: a
 *  count has none, a need that nobody asks to be full no f. */
bool formulation_tighten(Formulation *form, size_t rule, int64_t amount);

/** Takes off the upper bounds of rules in money what rounding the lines of @p x [lp.column_count] to
 *  whole steps may use more: of every line one of its steps and one smallest part. False when there is
 *  nothing to take. */
bool formulation_leave_room(Formulation *form, const double *x);

/** Given the columns of all pairs in @p x [lp.column_count], works out every other: what is unmet,
 *  who is served and met in full, every switch, sum and difference. Levels are 0. */
void formulation_complete(const Formulation *form, double *x);

/** The best that the columns' own bounds allow in a stage, the constant included: what is known when
 *  nothing was proven. Of a fairness the largest share there can be. */
double formulation_trivial_bound(const Formulation *form, const Stage *stage);

/** What one step of a column counts in a stage that is a sum of columns: between plans in whole steps the column
 *  moves its value by whole numbers of times that. False where that is not known exactly. */
bool formulation_column_step(const Formulation *form, const Stage *stage, int column, Ratio *out);

/** By how much a stage's value changes at least between two plans in whole steps, if it changes at all:
 *  every difference is a whole number of times it. 0 where nothing is known, as where amounts are money
 *  of several currencies whose rates have little in common, or where after the tiers it is below a millionth;
 *  INFINITY where no plan changes the value. */
double formulation_stage_step(const Formulation *form, const Stage *stage);

/** Is a plan's value of a stage to be minimised proven the best by this bound: does no value that a plan
 *  in whole steps can have lie between them, or only the noise of doubles? */
bool formulation_decides(const Formulation *form, const Stage *stage, double value, double bound);

/** Is a rank's share proven the largest by this bound of it, the ranks before as they are: can no group have a
 *  share above @p share and not above @p bound in whole steps? Within 1e-9 shares are one. */
bool formulation_decides_share(const Formulation *form, const Stage *stage, double share,
                               double bound);

/** What rounding may take from a group's share in a fairness, at most: a smallest part of each of its needs, or what
 *  is worth one of the reporting currency. Only money is rounded: whatever else there is comes in whole steps. */
double formulation_rounded_share(const Formulation *form, const Stage *stage);

/** Names for exports: graphic ASCII only, unique, at most 120 bytes, in @p arena. */
const char *formulation_column_name(const Formulation *form, int column, Arena *arena);
const char *formulation_row_name(const Formulation *form, int row, Arena *arena);

#endif
