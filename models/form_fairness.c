/* (F) the met shares of the groups of a tier, to be made leximin by the solver:
 *
 *   share[k] + sum over the group of g u / sum of g Q = 1        (all needs of the group have value)
 *   share[k] + mean over the group of u / Q = 1                  (some have none)
 *   share[n] + u / weight = Q / weight, in whole units           (fairness_by = quantity)
 *   share[k] - level >= 0                                        (free until its stage)
 *
 * What is covered elsewhere is in Q and not in u, so that it counts as met.
 */
#include "models/form_internal.h"

typedef struct Groups {
    int *of_need; /* [need_count] group or -1 */
    int *first;   /* [count] first need of the group */
    int *next;    /* [need_count] the group's next need, or -1 */
    size_t count;
} Groups;

static const char *mark_of(const FormBuilder *b, const Need *need)
{
    switch (b->round->settings.fairness) {
    case FAIRNESS_BENEFICIARY: return need->beneficiary;
    case FAIRNESS_REGION: return need->region;
    case FAIRNESS_CATEGORY: return need->category;
    case FAIRNESS_NEED:
    case FAIRNESS_NONE: break;
    }
    return ""; /* a group of its own */
}

static Status find_groups(FormBuilder *b, int tier, Groups *groups)
{
    NameMap *marks = name_map_new(b->arena);
    groups->of_need = ARENA_NEW(b->arena, b->round->need_count, int);
    groups->first = ARENA_NEW(b->arena, b->round->need_count, int);
    groups->next = ARENA_NEW(b->arena, b->round->need_count, int);
    groups->count = 0;
    TRY_NEW(marks);
    TRY_NEW(groups->of_need);
    TRY_NEW(groups->first);
    TRY_NEW(groups->next);
    for (size_t n = b->round->need_count; n-- > 0;) { /* so that lists run upwards */
        const Need *need = &b->round->needs[n];
        bool added = true;
        groups->of_need[n] = -1;
        if (need->tier != tier || b->unmet_column[n] < 0)
            continue;
        const char *mark = mark_of(b, need);
        if (*mark != '\0' && !name_map_add(marks, mark, (int)groups->count, &added))
            return STATUS_NO_MEMORY;
        int group = added ? (int)groups->count++ : name_map_get(marks, mark);
        groups->next[n] = added ? -1 : groups->first[group];
        groups->first[group] = (int)n;
        groups->of_need[n] = group;
    }
    return STATUS_OK;
}

/** What a group's share is divided by, and its needs. */
typedef struct GroupSum {
    double value; /* sum of g Q in whole reporting units */
    int needs;
    bool by_value;
} GroupSum;

static void sum_groups(const FormBuilder *b, const Groups *groups, GroupSum *sums)
{
    for (size_t n = 0; n < b->round->need_count; n++) {
        const Need *need = &b->round->needs[n];
        if (groups->of_need[n] < 0)
            continue;
        GroupSum *sum = &sums[groups->of_need[n]];
        sum->by_value = need->has_value && (sum->needs == 0 || sum->by_value);
        sum->value += form_value(b, (int)n) * (double)need->quantity / b->quantum[n];
        sum->needs++;
    }
}

/** Weight of u[n] in its group's share. */
static double share_of_unmet(const FormBuilder *b, int need, const GroupSum *sum)
{
    if (b->round->settings.fairness_by_quantity)
        return form_units(b, need) / decimal_to_double(b->round->needs[need].weight);
    if (sum->by_value)
        return form_value(b, need) / sum->value;
    return form_share(b, need) / (double)sum->needs;
}

/** The largest share the group can reach: 1, or the weighted quantity. */
static double full_share(const FormBuilder *b, int need)
{
    const Need *row = &b->round->needs[need];
    if (!b->round->settings.fairness_by_quantity)
        return 1.0;
    return (double)row->quantity / (double)unit_scale(row->unit) / decimal_to_double(row->weight);
}

/** Where tiers count value, a share is scaled to the value that stands behind it, so that it moves
 *  with the x and u of its group one for one. */
static double share_scale(const FormBuilder *b, const GroupSum *sum)
{
    bool in_value =
        b->round->settings.measure == MEASURE_VALUE && !b->round->settings.fairness_by_quantity;
    return in_value && sum->value > 1.0 ? 1.0 / sum->value : 1.0;
}

static Status add_share_row(FormBuilder *b, const Groups *groups, int group, const GroupSum *sum,
                            int *column, int *row, double *full)
{
    *full = 1.0;
    for (int n = groups->first[group]; n >= 0; n = groups->next[n]) {
        *full = full_share(b, n);
        TRY(terms_add(b, b->unmet_column[n], share_of_unmet(b, n, sum)));
    }
    *row = b->form->lp.row_count;
    TRY(form_new_column(b, (ColumnOrigin){COLUMN_SUM, *row}, 0, *full, false, share_scale(b, sum),
                        column));
    TRY(terms_add(b, *column, 1.0));
    b->label = "F";
    b->row_id = "";
    return form_add_row(b, *full, *full);
}

Status form_add_fairness(FormBuilder *b, int tier)
{
    Groups groups;
    Lp *lp = &b->form->lp;
    if (b->round->settings.fairness == FAIRNESS_NONE)
        return STATUS_OK;
    TRY(find_groups(b, tier, &groups));
    if (groups.count == 0) /* outcomes alone: nobody to be fair to */
        return STATUS_OK;
    GroupSum *sums = ARENA_NEW(b->arena, groups.count, GroupSum);
    int *columns = ARENA_NEW(b->arena, groups.count, int);
    int *share_rows = ARENA_NEW(b->arena, groups.count, int);
    int *rows = ARENA_NEW(b->arena, groups.count, int);
    TRY_NEW(sums);
    TRY_NEW(columns);
    TRY_NEW(share_rows);
    TRY_NEW(rows);
    sum_groups(b, &groups, sums);
    double largest = 0, scale = 1.0;
    for (size_t g = 0; g < groups.count; g++) {
        double full;
        scale = fmin(scale, share_scale(b, &sums[g]));
        TRY(add_share_row(b, &groups, (int)g, &sums[g], &columns[g], &share_rows[g], &full));
        largest = full > largest ? full : largest;
    }
    int level;
    TRY(form_new_column(b, (ColumnOrigin){COLUMN_LEVEL, tier}, 0, largest, false, scale, &level));
    for (size_t g = 0; g < groups.count; g++) {
        rows[g] = lp->row_count;
        TRY(terms_add(b, columns[g], 1.0));
        TRY(terms_add(b, level, -1.0));
        TRY(form_add_row(b, -INFINITY, INFINITY));
    }
    Stage stage = {.kind = STAGE_FAIRNESS,
                   .tier = tier,
                   .date = DATE_NONE,
                   .label = arena_printf(b->arena, "fairness %d", tier),
                   .group_count = groups.count,
                   .share_columns = columns,
                   .share_rows = share_rows,
                   .level_rows = rows,
                   .level_column = level};
    return form_add_stage(b, stage);
}
