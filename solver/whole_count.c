/* Fairness among groups each of which is one need, or one mark, met in full or not at all: its shares are
 * 0 and 1, so that the fairest plan is one that meets the most of them. One sum of shares decides what sums
 * of the k smallest would decide one k after another, with nothing to prove but that each of them is nothing.
 */
#include <math.h>

#include "solver/whole.h"

/* Counts that are nearer than this to a whole number are it. */
static const double NOISE = 1e-6;

/** Is the group one need of which nothing or all is given, and nothing covered elsewhere, or one mark of
 *  alternatives that are such needs? A mark's row stands at the number of its members. */
static bool is_all_or_nothing(const Formulation *form, const Stage *stage, size_t group)
{
    const Lp *lp = &form->lp;
    int row = stage->share_rows[group], needs = 0;
    for (size_t k = lp->row_first[row]; k < lp->row_first[row + 1]; k++) {
        int j = lp->element_column[k];
        if (j == stage->share_columns[group])
            continue;
        const ColumnOrigin *origin = &form->origin[j];
        const Need *need = &form->round->needs[origin->index];
        if (origin->kind != COLUMN_UNMET || need->least < need->quantity)
            return false;
        needs++;
    }
    return needs > 0 && lp->row_upper[row] == needs;
}

bool whole_is_count(const WholeRun *w, const Stage *stage)
{
    if (!w->has_point || stage->group_count == 0)
        return false;
    for (size_t g = 0; g < stage->group_count; g++)
        if (!is_all_or_nothing(w->run->form, stage, g))
            return false;
    return true;
}

/** How many groups are met at most, when the sum of shares is at most this. */
static size_t met_at_most(const Stage *stage, double sum)
{
    if (!(sum < (double)stage->group_count))
        return stage->group_count;
    return sum > 0 ? (size_t)floor(sum + NOISE) : 0;
}

/** The ranks of the groups that are not met, and the first of those that are. */
static Status note_ranks(WholeRun *w, size_t index, const Decision *decision)
{
    const Stage *stage = &w->run->form->stages[index];
    size_t groups = stage->group_count, met = met_at_most(stage, -decision->value);
    size_t unmet = groups - met, proven = groups - met_at_most(stage, -decision->bound);
    size_t exact = groups - met_at_most(stage, -decision->exact);
    bool open = decision->status != STAGE_OPTIMAL;
    for (size_t rank = 1; rank <= unmet; rank++) {
        bool left = open && rank > proven;
        TRY(run_note(w->run, index, (int)rank, left ? 1 : 0,
                     left ? decision->status : STAGE_OPTIMAL));
        run_note_reached(w->run, 0);
        run_note_exact(w->run, rank > exact ? 1 : 0);
    }
    return unmet < groups ? run_note(w->run, index, (int)unmet + 1, 1, STAGE_OPTIMAL) : STATUS_OK;
}

Status whole_count(WholeRun *w, size_t index, BackendOutcome *outcome)
{
    const Stage *stage = &w->run->form->stages[index];
    double *costs = ARENA_NEW(w->run->arena, stage->group_count, double);
    Decision decision;
    TRY_NEW(costs);
    for (size_t g = 0; g < stage->group_count; g++)
        costs[g] = -1;
    Aim aim = {.count = stage->group_count,
               .columns = stage->share_columns,
               .costs = costs,
               .scale = 1 / w->run->form->lp.column_scale[stage->level_column],
               .in_shares = true,
               .common = 1,
               .tier_stage = -1};
    TRY(whole_decide(w, &aim, &decision, outcome));
    return *outcome == BACKEND_OPTIMAL ? note_ranks(w, index, &decision) : STATUS_OK;
}
