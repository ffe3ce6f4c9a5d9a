/* A published instance of a neighbouring problem as a round: what the writers of all families share.
 *
 * The instances are figures that others printed, together with the optimum that they printed beside
 * them; each family says where. What a plan of the round must reach is worked out of that optimum.
 */
#ifndef ALLOT_TEST_INSTANCE_ROUND_H
#define ALLOT_TEST_INSTANCE_ROUND_H

#include "tests/support/text_round.h"

enum { INSTANCE_STAGES = 8, INSTANCE_AMOUNTS = 8 };

/** What a stage of the plan must say. */
typedef struct InstanceStage {
    const char *label;
    double value;
} InstanceStage;

/** What a need must be given where the published plan is the only best one. */
typedef struct InstanceAmount {
    const char *need;
    double amount; /* whole units */
    double level;  /* what fairness makes even: amount over weight */
} InstanceAmount;

typedef struct Instance {
    const char *name;
    TextRound *round; /* owned */
    InstanceStage stages[INSTANCE_STAGES];
    size_t stage_count; /* beside fairness the plan lists these and no others, in this order */
    InstanceAmount amounts[INSTANCE_AMOUNTS];
    size_t
        amount_count; /* 0, or of every need: the R-th smallest level is what fairness 1.R says */
} Instance;

/** An instance without rows: exact search, no fairness, no stages after the tiers. @p name stays. */
Instance instance_new(const char *name, const char *measure);

void instance_free(Instance *instance);

/** Adds what must come out, the amounts in any order; the texts stay. */
void instance_stage(Instance *instance, const char *label, double value);
void instance_amount(Instance *instance, const char *need, double amount, double weight);

/** Adds rows with what every need, offer or pair of these rounds has; more is set by text_set().
 *  @return index of the row. */
size_t instance_need(TextRound *round, const char *id, double quantity, const char *unit);
size_t instance_offer(TextRound *round, const char *id, double quantity, const char *unit);
size_t instance_pair(TextRound *round, const char *need, const char *offer);

/** A rule on the sum over these needs (a list). */
void instance_rule(TextRound *round, const char *id, const char *kind, const char *needs,
                   double quantity, const char *unit);

/** Reads the next figure of a text of figures and moves @p at behind it; fails at the end. */
double instance_figure(const char **at);
int instance_count(const char **at);

/** Fails unless all of the text was read. */
void instance_figures_end(const char *at);

#endif
