/* What can be told of two plans by putting them side by side: lines, stages, needs, donors. What moved
 * a line is found by deciding again, which the front room does.
 */
#include "allot/comparison.h"

#include <string.h>

#include "allot/language.h"
#include "io/totals.h"

/* ---- lines ---------------------------------------------------------------------------------- */

static int compare_pairs(const RecordLine *one, const RecordLine *other)
{
    int needs = strcmp(one->need, other->need);
    return needs != 0 ? needs : strcmp(one->offer, other->offer);
}

/* The line of the same pair in a plan that has none. */
static RecordLine nothing_of(const RecordLine *line)
{
    RecordLine nothing = *line;
    nothing.quantity = 0;
    return nothing;
}

static ChangedLine changed_line(const RecordLine *was, const RecordLine *is)
{
    return (ChangedLine){.need = is->need,
                         .offer = is->offer,
                         .donor = is->donor,
                         .title = "",
                         .unit_before = was->unit,
                         .unit = is->unit,
                         .before = was->quantity,
                         .after = is->quantity,
                         .cause = CAUSE_NOT_KNOWN,
                         .why = ""};
}

static bool is_same(const RecordLine *was, const RecordLine *is)
{
    return was->quantity == is->quantity && strcmp(was->unit.name, is->unit.name) == 0;
}

Status comparison_lines(const PlanRecord *before, const PlanRecord *after, Arena *arena,
                        Comparison *comparison)
{
    size_t b = 0, a = 0;
    comparison->lines = ARENA_NEW(arena, before->line_count + after->line_count, ChangedLine);
    comparison->line_count = 0;
    TRY_NEW(comparison->lines);
    while (b < before->line_count || a < after->line_count) {
        int order = b == before->line_count  ? 1
                    : a == after->line_count ? -1
                                             : compare_pairs(&before->lines[b], &after->lines[a]);
        RecordLine was = order <= 0 ? before->lines[b++] : nothing_of(&after->lines[a]);
        RecordLine is = order >= 0 ? after->lines[a++] : nothing_of(&was);
        if (!is_same(&was, &is))
            comparison->lines[comparison->line_count++] = changed_line(&was, &is);
    }
    return STATUS_OK;
}

/* ---- stages --------------------------------------------------------------------------------- */

static const StageResult *find_stage(const PlanRecord *record, const char *label)
{
    for (size_t i = 0; i < record->stage_count; i++)
        if (strcmp(record->stages[i].label, label) == 0)
            return &record->stages[i];
    return NULL;
}

static ComparedStage compared_stage(const StageResult *was, const StageResult *is)
{
    const StageResult *any = is != NULL ? is : was;
    return (ComparedStage){.label = any->label,
                           .maximise = any->maximise,
                           .is_before = was != NULL,
                           .is_after = is != NULL,
                           .before = was != NULL ? was->value : 0,
                           .after = is != NULL ? is->value : 0};
}

Status comparison_stages(const PlanRecord *before, const PlanRecord *after, Arena *arena,
                         Comparison *comparison)
{
    size_t most = before->stage_count + after->stage_count;
    comparison->stages = ARENA_NEW(arena, most, ComparedStage);
    comparison->stage_count = 0;
    TRY_NEW(comparison->stages);
    for (size_t i = 0; i < after->stage_count; i++)
        comparison->stages[comparison->stage_count++] =
            compared_stage(find_stage(before, after->stages[i].label), &after->stages[i]);
    for (size_t i = 0; i < before->stage_count; i++)
        if (find_stage(after, before->stages[i].label) == NULL)
            comparison->stages[comparison->stage_count++] =
                compared_stage(&before->stages[i], NULL);
    return STATUS_OK;
}

/* ---- needs ---------------------------------------------------------------------------------- */

/* A plan with its sums. */
typedef struct Figures {
    const Round *round;
    const Plan *plan;
    Totals totals;
} Figures;

/* Who may read a plan may not be who may read a restricted title. */
static const char *shown_title(const Need *need)
{
    return strcmp(need->sensitivity, "restricted") == 0 ? _("[restricted]") : need->title;
}

/* Either index may be -1: that round has no such need. */
static ComparedNeed compared_need(const Figures *was, int before, const Figures *is, int now)
{
    const Need *any = now >= 0 ? &is->round->needs[now] : &was->round->needs[before];
    ComparedNeed need = {.id = any->id,
                         .title = shown_title(any),
                         .tier = any->tier,
                         .state_before = "",
                         .state = "",
                         .unit_before = any->unit,
                         .unit = any->unit};
    if (before >= 0) {
        need.state_before = need_state_text(was->totals.needs[before].state);
        need.unit_before = was->round->needs[before].unit;
        need.assigned_before = was->plan->needs[before].assigned;
    }
    if (now >= 0) {
        need.state = need_state_text(is->totals.needs[now].state);
        need.assigned = is->plan->needs[now].assigned;
    }
    return need;
}

static Status build_needs(const Figures *was, const Figures *is, Arena *arena,
                          Comparison *comparison)
{
    size_t b = 0, a = 0, before = was->round->need_count, after = is->round->need_count;
    comparison->needs = ARENA_NEW(arena, before + after, ComparedNeed);
    comparison->need_count = 0;
    TRY_NEW(comparison->needs);
    while (b < before || a < after) {
        int order = b == before  ? 1
                    : a == after ? -1
                                 : strcmp(was->round->needs[b].id, is->round->needs[a].id);
        int at_before = order <= 0 ? (int)b++ : -1, at = order >= 0 ? (int)a++ : -1;
        ComparedNeed need = compared_need(was, at_before, is, at);
        if (strcmp(need.state_before, need.state) != 0)
            comparison->needs[comparison->need_count++] = need;
    }
    return STATUS_OK;
}

/* ---- donors and sums ------------------------------------------------------------------------ */

static int64_t value_given(const DonorTotals *donor)
{
    return donor->cash.value + donor->in_kind.value;
}

static size_t lines_given(const DonorTotals *donor)
{
    return donor->cash.lines + donor->in_kind.lines;
}

static Status build_donors(const Figures *was, const Figures *is, Arena *arena,
                           Comparison *comparison)
{
    const Totals *old = &was->totals, *new = &is->totals;
    size_t b = 0, a = 0;
    comparison->donors = ARENA_NEW(arena, old->donor_count + new->donor_count, ComparedDonor);
    comparison->donor_count = 0;
    TRY_NEW(comparison->donors);
    if (strcmp(was->round->currency.name, is->round->currency.name) != 0)
        return STATUS_OK;
    while (b < old->donor_count || a < new->donor_count) {
        int order = b == old->donor_count   ? 1
                    : a == new->donor_count ? -1
                                            : strcmp(old->donors[b].id, new->donors[a].id);
        ComparedDonor *donor = &comparison->donors[comparison->donor_count++];
        donor->id = order <= 0 ? old->donors[b].id : new->donors[a].id;
        if (order <= 0) {
            donor->before = value_given(&old->donors[b]);
            donor->lines_before = lines_given(&old->donors[b++]);
        }
        if (order >= 0) {
            donor->after = value_given(&new->donors[a]);
            donor->lines = lines_given(&new->donors[a++]);
        }
    }
    return STATUS_OK;
}

static void sum_side(const Figures *figures, ComparedSide *side)
{
    side->needs = figures->totals.all.needs - figures->totals.all.in_state[NEED_NOT_CHOSEN];
    side->met = figures->totals.all.in_state[NEED_MET];
    side->assigned = figures->totals.all.assigned;
    side->unmet = figures->totals.all.unmet;
    side->currency = figures->round->currency;
}

static void title_lines(const Figures *was, const Figures *is, Comparison *comparison)
{
    for (size_t i = 0; i < comparison->line_count; i++) {
        ChangedLine *line = &comparison->lines[i];
        int now = round_find_need(is->round, line->need);
        int before = round_find_need(was->round, line->need);
        const Need *need = now >= 0      ? &is->round->needs[now]
                           : before >= 0 ? &was->round->needs[before]
                                         : NULL;
        if (need != NULL)
            line->title = shown_title(need);
    }
}

Status comparison_figures(const Round *was, const Plan *plan_was, const Round *is,
                          const Plan *plan_is, Arena *arena, Comparison *comparison)
{
    Figures *before = ARENA_NEW(arena, 2, Figures);
    TRY_NEW(before);
    Figures *now = before + 1;
    *before = (Figures){.round = was, .plan = plan_was};
    *now = (Figures){.round = is, .plan = plan_is};
    TRY(totals_build(was, plan_was, arena, &before->totals));
    TRY(totals_build(is, plan_is, arena, &now->totals));
    sum_side(before, &comparison->before);
    sum_side(now, &comparison->after);
    title_lines(before, now, comparison);
    TRY(build_needs(before, now, arena, comparison));
    return build_donors(before, now, arena, comparison);
}
