/* What is held while a question is asked: other needs, tiers above and the urgent need keep what they have,
 * until one of them is let go.
 */
#include "solver/held_internal.h"

#include <math.h>

/* What is held may be missed by this much, relative: less than solvers' own noise. */
static const double HOLD_SLACK = 1e-10;

static void hold_column(Held *held, int column, double lower, double upper)
{
    if (held->hold_lower[column] == lower && held->hold_upper[column] == upper)
        return;
    held->hold_lower[column] = lower;
    held->hold_upper[column] = upper;
    held_refresh(held, column);
}

void held_keep_need(Held *held, int need, bool keep)
{
    int u = held->form->unmet_column[need], f = held->form->full_column[need];
    if (u >= 0)
        hold_column(held, u, -INFINITY, keep ? held->x[u] : INFINITY);
    else if (f >= 0 && held->x[f] > 0.5)
        hold_column(held, f, keep ? 1.0 : -INFINITY, INFINITY);
}

bool held_urgent_is_above(const Held *held)
{
    const Round *round = held->form->round;
    return round->has_urgent && round->needs[round->urgent].tier < held->tier;
}

/** The urgent need as what is free now has it: of the tier asked about it is an equal besides. */
static void hold_urgent(Held *held)
{
    const Formulation *form = held->form;
    const Round *round = form->round;
    bool kept = !held->urgent_free && !(held_urgent_is_above(held) && held->above_free);
    if (!round->has_urgent)
        return;
    for (size_t s = 0; s < form->stage_count; s++)
        if (form->stages[s].kind == STAGE_URGENT && held->level_row[s] >= 0)
            held_bound_row(held, held->level_row[s], -INFINITY,
                           kept ? held->level[s] + held_slack_of(held->level[s]) : INFINITY);
    if (round->needs[round->urgent].tier == held->tier && round->urgent != held->need)
        held_keep_need(held, round->urgent, !held->urgent_free && !held->equals_free);
}

void held_keep_urgent(Held *held, bool keep)
{
    held->urgent_free = !keep;
    hold_urgent(held);
}

void held_keep_equals(Held *held, bool keep)
{
    const Round *round = held->form->round;
    for (size_t n = 0; n < round->need_count; n++)
        if (round->needs[n].tier == held->tier)
            held_keep_need(held, (int)n, keep && (int)n != held->need);
    held->equals_free = !keep;
    hold_urgent(held);
}

double held_slack_of(double value)
{
    return HOLD_SLACK * fmax(1.0, fabs(value));
}

static void keep_shares(Held *held, const Stage *stage, bool keep)
{
    for (size_t g = 0; g < stage->group_count; g++) {
        int column = stage->share_columns[g];
        double share = held->x[column];
        hold_column(held, column, keep ? share - held_slack_of(share) : -INFINITY, INFINITY);
    }
}

bool held_is_kept(const Held *held, const Stage *stage)
{
    if (stage->kind == STAGE_URGENT)
        return true;
    return stage->tier > 0 &&
           (stage->tier < held->tier || (held->below && stage->tier > held->tier));
}

void held_keep_above(Held *held, bool keep)
{
    for (size_t s = 0; s < held->form->stage_count; s++) {
        const Stage *stage = &held->form->stages[s];
        bool above = keep && held_is_kept(held, stage);
        if (stage->kind == STAGE_FAIRNESS)
            keep_shares(held, stage, above);
        if (held->level_row[s] < 0 || stage->kind == STAGE_URGENT)
            continue;
        double level = held->level[s] + held_slack_of(held->level[s]);
        held_bound_row(held, held->level_row[s], -INFINITY, above ? level : INFINITY);
    }
    held->above_free = !keep;
    hold_urgent(held);
}

void held_hold_value(Held *held, size_t stage, double level)
{
    held_bound_row(held, held->level_row[stage], -INFINITY,
                   level + HOLD_SLACK * fmax(1.0, isfinite(level) ? fabs(level) : 0));
}

void held_hold_shares(Held *held, size_t stage, bool keep)
{
    keep_shares(held, &held->form->stages[stage], keep);
}
