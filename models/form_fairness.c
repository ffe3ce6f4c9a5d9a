/* (F) the met shares of the groups of a tier, to be made leximin by the solver:
 *
 *   share[k] + sum over the group of g u / sum of g Q = 1        (all needs of the group have value)
 *   share[k] + mean over the group of u / Q = 1                  (some have none)
 *   share[n] + u / weight = Q / weight, in whole units           (fairness_by = quantity)
 *   share[k] - level >= 0                                        (free until its stage)
 *
 * What is covered elsewhere is in Q and not in u, so that it counts as met.
 *
 * A mark of alternatives asks once in every group that one of its members is of: as much as the member
 * with coverage from elsewhere, or else as its cheapest, of which it has the part that whichever is served
 * has of its own amount. With W what that is of the group's share:
 *
 *   share[k] + .. + W (1 - sum over the members of (1 - u / Q)) = 1
 *
 * So a group whose marks are met by any member lacks nothing, and no member makes it fairer than another.
 */
#include "models/form_internal.h"

typedef struct Groups {
    int *of_need; /* [need_count] group or -1 */
    int *first;   /* [count] first need of the group */
    int *next;    /* [need_count] the group's next need, or -1 */
    size_t count;
} Groups;

static const char *grouped_by(const FormBuilder *b, const Need *need)
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

static const NeedMark *alternatives_of(const FormBuilder *b, int need)
{
    int mark = b->round->logic.alternative_of[need];
    return mark < 0 ? NULL : &b->round->logic.alternatives[mark];
}

/** The group a need is of, a new one where it is the first: alternatives that nothing groups are one. */
static Status group_of(const FormBuilder *b, NameMap *marks, int *of_mark, int need, size_t next,
                       int *group)
{
    const char *mark = grouped_by(b, &b->round->needs[need]);
    int alternative = b->round->logic.alternative_of[need];
    bool added = true;
    *group = (int)next;
    if (*mark != '\0') {
        if (!name_map_add(marks, mark, (int)next, &added))
            return STATUS_NO_MEMORY;
        *group = added ? (int)next : name_map_get(marks, mark);
    } else if (alternative >= 0) {
        if (of_mark[alternative] == 0)
            of_mark[alternative] = (int)next + 1;
        *group = of_mark[alternative] - 1;
    }
    return STATUS_OK;
}

static Status find_groups(FormBuilder *b, int tier, Groups *groups)
{
    NameMap *marks = name_map_new(b->arena);
    int *of_mark = ARENA_NEW(b->arena, b->round->logic.alternative_count, int); /* group + 1 */
    groups->of_need = ARENA_NEW(b->arena, b->round->need_count, int);
    groups->first = ARENA_NEW(b->arena, b->round->need_count, int);
    groups->next = ARENA_NEW(b->arena, b->round->need_count, int);
    groups->count = 0;
    TRY_NEW(marks);
    TRY_NEW(of_mark);
    TRY_NEW(groups->of_need);
    TRY_NEW(groups->first);
    TRY_NEW(groups->next);
    for (size_t n = b->round->need_count; n-- > 0;) { /* so that lists run upwards */
        int group;
        groups->of_need[n] = -1;
        if (b->round->needs[n].tier != tier || b->unmet_column[n] < 0)
            continue;
        TRY(group_of(b, marks, of_mark, (int)n, groups->count, &group));
        groups->next[n] = (size_t)group == groups->count ? -1 : groups->first[group];
        groups->count += (size_t)group == groups->count;
        groups->first[group] = (int)n;
        groups->of_need[n] = group;
    }
    return STATUS_OK;
}

/** Is it the first of its mark, if it has one, in its group? */
static bool asks_first(const FormBuilder *b, const Groups *groups, int need)
{
    const NeedMark *mark = alternatives_of(b, need);
    for (int i = 0; mark != NULL && mark->members[i] != need; i++)
        if (groups->of_need[mark->members[i]] == groups->of_need[need])
            return false;
    return true;
}

/** Can the member have anything at all? */
static bool may_join(const FormBuilder *b, const NeedMark *mark, int member)
{
    bool taken = mark->chosen >= 0 && b->unmet_column[mark->chosen] >= 0;
    return b->unmet_column[member] >= 0 && (!taken || member == mark->chosen);
}

static double worth_of(const FormBuilder *b, int need)
{
    return form_value(b, need) * (double)b->round->needs[need].quantity / b->quantum[need];
}

/** The need whose amount is asked: itself, or of a mark the member with coverage from elsewhere, the first
 *  without a money value, or the cheapest, the first of equals. */
static int standing_for(const FormBuilder *b, int need)
{
    const NeedMark *mark = alternatives_of(b, need);
    int best = -1;
    for (int i = 0; mark != NULL && i < mark->count; i++) {
        int n = mark->members[i];
        if (!may_join(b, mark, n))
            continue;
        if (!b->round->needs[n].has_value)
            return n;
        if (best < 0 || worth_of(b, n) < worth_of(b, best))
            best = n;
    }
    return best < 0 ? need : best;
}

/** What a group's share is divided by, and what asks in it: needs, and marks once each. */
typedef struct GroupSum {
    double value; /* sum of g Q in whole reporting units */
    int needs;
    bool by_value;
} GroupSum;

static void sum_groups(const FormBuilder *b, const Groups *groups, GroupSum *sums)
{
    for (size_t n = 0; n < b->round->need_count; n++) {
        if (groups->of_need[n] < 0 || !asks_first(b, groups, (int)n))
            continue;
        GroupSum *sum = &sums[groups->of_need[n]];
        int stands = standing_for(b, (int)n);
        sum->by_value = b->round->needs[stands].has_value && (sum->needs == 0 || sum->by_value);
        sum->value += worth_of(b, stands);
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

/** W: what all that a mark asks is of its group's share. */
static double share_of_mark(const FormBuilder *b, int stands, const GroupSum *sum)
{
    if (b->round->settings.fairness_by_quantity)
        return full_share(b, stands);
    return sum->by_value ? worth_of(b, stands) / sum->value : 1.0 / (double)sum->needs;
}

/** Adds W sum (u / Q), and to @p all what that is more than W while nothing is given to any. */
static Status add_mark(FormBuilder *b, const NeedMark *mark, double share, double *all)
{
    int members = 0;
    for (int i = 0; i < mark->count; i++) {
        int n = mark->members[i];
        if (!may_join(b, mark, n))
            continue;
        TRY(terms_add(b, b->unmet_column[n], share * form_share(b, n)));
        members++;
    }
    *all += share * (double)(members - 1);
    return STATUS_OK;
}

static Status add_share_row(FormBuilder *b, const Groups *groups, int group, const GroupSum *sum,
                            int *column, int *row, double *full)
{
    double all = 0; /* that a share would reach if every alternative were met */
    *full = 1.0;
    for (int n = groups->first[group]; n >= 0; n = groups->next[n]) {
        const NeedMark *mark = alternatives_of(b, n);
        if (!asks_first(b, groups, n))
            continue;
        int stands = standing_for(b, n);
        *full = full_share(b, stands);
        if (mark == NULL)
            TRY(terms_add(b, b->unmet_column[n], share_of_unmet(b, n, sum)));
        else
            TRY(add_mark(b, mark, share_of_mark(b, stands, sum), &all));
    }
    all += *full;
    *row = b->form->lp.row_count;
    TRY(form_new_column(b, (ColumnOrigin){COLUMN_SUM, *row}, 0, all, false, share_scale(b, sum),
                        column));
    TRY(terms_add(b, *column, 1.0));
    b->label = "F";
    b->row_id = "";
    return form_add_row(b, all, all);
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
