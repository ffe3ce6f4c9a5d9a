/* What moved each line of a comparison. A change that restores a line when it alone is taken back is its
 * cause. Where there is none, the line is held at its former quantity: if no stage is worse for it, it
 * was free to move. Else all changes are taken back, and left out again, half of them, a quarter, one
 * by one, as long as the line stays restored: a set remains of which none can be left out.
 *
 * With many changes single ones are looked for where a group of them restores a line: tables first, then
 * halves. Every question answers for all lines at once. Called by command_compare.c.
 */
#include "compare_search.h"

#include <stdlib.h>
#include <string.h>

#include "allot/language.h"

enum { SINGLES_MOST = 60, AT_A_TIME = 4 };

static const Ask *ask_at(const Search *search, size_t index)
{
    return &search->asker->asks[index];
}

static bool restores(const Search *search, size_t ask, size_t line)
{
    return ask != NO_ASK && ask_at(search, ask)->restored[line];
}

Status search_note(Search *search, const char *note)
{
    Comparison *comparison = search->comparison;
    const char **grown = arena_grow(search->arena, comparison->notes, comparison->note_count,
                                    comparison->note_count + 1, sizeof *grown);
    TRY_NEW(note);
    TRY_NEW(grown);
    grown[comparison->note_count++] = note;
    comparison->notes = grown;
    return STATUS_OK;
}

/* ---- single changes ------------------------------------------------------------------------- */

bool search_has_cause(const Search *search, size_t line)
{
    for (size_t i = 0; i < search->live_count; i++)
        if (restores(search, search->single[search->live[i]], line))
            return true;
    return false;
}

static Status put_group(Search *search, Group *group)
{
    memset(search->set, 0, search->comparison->input_count * sizeof *search->set);
    for (size_t i = group->from; i < group->end; i++)
        search->set[search->live[i]] = true;
    Status status = asker_put(search->asker, search->set, NULL, 1, &group->ask);
    if (status != STATUS_OK)
        group->ask = NO_ASK;
    return status;
}

static bool is_useful(const Search *search, const Group *group)
{
    for (size_t l = 0; l < search->comparison->line_count; l++)
        if (restores(search, group->ask, l) && !search_has_cause(search, l))
            return true;
    return false;
}

/* Groups to begin with: every change alone, or where these are many one a table. */
static size_t first_groups(const Search *search, Group *groups)
{
    const Comparison *comparison = search->comparison;
    size_t count = 0;
    for (size_t i = 0; i < search->live_count; i++) {
        const char *table = comparison->inputs[search->live[i]].change.table;
        const char *before = i > 0 ? comparison->inputs[search->live[i - 1]].change.table : "";
        if (search->live_count <= SINGLES_MOST || strcmp(table, before) != 0)
            groups[count++] = (Group){.from = i, .end = i + 1};
        else
            groups[count - 1].end = i + 1;
    }
    return count;
}

/* Halves of the groups that restore a line which has no cause yet. */
static size_t halve_groups(Search *search, const Group *groups, size_t count, Group *halves)
{
    size_t made = 0;
    for (size_t g = 0; g < count; g++) {
        const Group *group = &groups[g];
        size_t middle = group->from + (group->end - group->from) / 2;
        if (group->end - group->from < 2 || !is_useful(search, group))
            continue;
        halves[made++] = (Group){.from = group->from, .end = middle};
        halves[made++] = (Group){.from = middle, .end = group->end};
    }
    return made;
}

static Status ask_groups(Search *search, Group *groups, size_t count)
{
    for (size_t g = 0; g < count; g++) {
        Status status = put_group(search, &groups[g]);
        if (status == STATUS_OK)
            continue;
        if (status != STATUS_LIMIT)
            return status;
        search->is_short = true;
        for (; g < count; g++)
            groups[g].ask = NO_ASK;
    }
    TRY(asker_run(search->asker));
    for (size_t g = 0; g < count; g++)
        if (groups[g].end - groups[g].from == 1)
            search->single[search->live[groups[g].from]] = groups[g].ask;
    return STATUS_OK;
}

static Status note_singles(Search *search)
{
    size_t left = 0;
    for (size_t i = 0; i < search->live_count; i++)
        left += search->single[search->live[i]] == NO_ASK;
    if (left == 0)
        return STATUS_OK;
    const char *why = _("the groups that they are in restore no line that has no other cause");
    if (search->is_short)
        why = arena_printf(search->arena, _("that would take %s"), asker_limit_text(search->asker));
    TRY_NEW(why);
    return search_note(search, arena_printf(search->arena,
                                            _("%zu of %zu changes were not taken back alone: %s"),
                                            left, search->live_count, why));
}

static Status find_singles(Search *search)
{
    Group *groups = ARENA_NEW(search->arena, search->live_count + 1, Group);
    Group *halves = ARENA_NEW(search->arena, search->live_count + 1, Group);
    TRY_NEW(groups);
    TRY_NEW(halves);
    for (size_t count = first_groups(search, groups); count > 0;) {
        TRY(ask_groups(search, groups, count));
        count = halve_groups(search, groups, count, halves);
        Group *swapped = groups;
        groups = halves;
        halves = swapped;
    }
    return note_singles(search);
}

/* ---- several together ----------------------------------------------------------------------- */

static size_t count_set(const Search *search, const bool *set)
{
    size_t count = 0;
    for (size_t i = 0; i < search->comparison->input_count; i++)
        count += set[i];
    return count;
}

/* Puts the set without its members number from .. from + chunk - 1. */
static Status put_without(Search *search, const bool *set, size_t from, size_t chunk, size_t *ask)
{
    size_t member = 0;
    for (size_t i = 0; i < search->comparison->input_count; i++) {
        bool out = set[i] && member >= from && member < from + chunk;
        search->set[i] = set[i] && !out;
        member += set[i];
    }
    return asker_put(search->asker, search->set, NULL, 1, ask);
}

/* Leaves out, of the parts of the set from number *part on, the first without which the line stays
 * restored; *part is then the number of the one behind it. False when there is none. */
static Status leave_out(Search *search, size_t line, bool *set, size_t chunk, size_t *part,
                        bool *left_out)
{
    size_t asks[AT_A_TIME], size = count_set(search, set), put = 0;
    *left_out = false;
    while (put < AT_A_TIME && (*part + put) * chunk < size) {
        TRY(put_without(search, set, (*part + put) * chunk, chunk, &asks[put]));
        put++;
    }
    TRY(asker_run(search->asker));
    for (size_t p = 0; p < put && !*left_out; p++) {
        *left_out = restores(search, asks[p], line);
        if (*left_out)
            memcpy(set, ask_at(search, asks[p])->undone,
                   search->comparison->input_count * sizeof *set);
        else
            ++*part;
    }
    return STATUS_OK;
}

/* Goes through the parts of the set once. */
static Status leave_out_parts(Search *search, size_t line, bool *set, size_t chunk, bool *any)
{
    size_t part = 0;
    *any = false;
    while (part * chunk < count_set(search, set)) {
        bool left_out;
        TRY(leave_out(search, line, set, chunk, &part, &left_out));
        *any = *any || left_out;
    }
    return STATUS_OK;
}

/* Of the changes in @p set, which restore the line together, a set of which none can be left out: halves
 * are tried, quarters, ..., and single ones until none of them can go. Where k of n remain that asks
 * about 2 k log(n/k) questions (Zeller and Hildebrandt 2002, doi:10.1109/32.988498, its complements).
 * STATUS_LIMIT when too much would have to be asked. */
static Status reduce(Search *search, size_t line, bool *set)
{
    bool any = false;
    for (size_t chunk = (count_set(search, set) + 1) / 2; chunk > 1; chunk = (chunk + 1) / 2)
        TRY(leave_out_parts(search, line, set, chunk, &any));
    do
        TRY(leave_out_parts(search, line, set, 1, &any));
    while (any);
    return STATUS_OK;
}

/* A set found for another line that restores this one too is a good beginning. */
static void begin_with(const Search *search, size_t line, bool *set)
{
    const Ask *best = ask_at(search, search->all);
    for (size_t a = 0; a < search->asker->count; a++) {
        const Ask *ask = ask_at(search, a);
        if (!ask->holds && ask->restored[line] &&
            count_set(search, ask->undone) < count_set(search, best->undone))
            best = ask;
    }
    memcpy(set, best->undone, search->comparison->input_count * sizeof *set);
}

/* ---- verdicts ------------------------------------------------------------------------------- */

static Status keep_inputs(Search *search, ChangedLine *line, const bool *set, LineCause cause)
{
    Comparison *comparison = search->comparison;
    size_t *inputs = ARENA_NEW(search->arena, count_set(search, set), size_t);
    TRY_NEW(inputs);
    line->cause = cause;
    line->inputs = inputs;
    for (size_t i = 0; i < comparison->input_count; i++) {
        if (!set[i])
            continue;
        inputs[line->input_count++] = i;
        comparison->inputs[i].restores += cause == CAUSE_ONE;
        comparison->inputs[i].shares += cause == CAUSE_SEVERAL;
    }
    return STATUS_OK;
}

static Status keep_singles(Search *search, size_t line)
{
    bool *set = ARENA_NEW(search->arena, search->comparison->input_count, bool);
    TRY_NEW(set);
    for (size_t i = 0; i < search->live_count; i++)
        set[search->live[i]] = restores(search, search->single[search->live[i]], line);
    return keep_inputs(search, &search->comparison->lines[line], set, CAUSE_ONE);
}

static Status find_several(Search *search, size_t line)
{
    ChangedLine *changed = &search->comparison->lines[line];
    bool *set = ARENA_NEW(search->arena, search->comparison->input_count, bool);
    TRY_NEW(set);
    begin_with(search, line, set);
    Status status = reduce(search, line, set);
    if (status == STATUS_LIMIT) {
        changed->why = arena_printf(search->arena,
                                    _("all changes together restore it, no single one that was "
                                      "asked does; to find which of them would take %s"),
                                    asker_limit_text(search->asker));
        return changed->why != NULL ? STATUS_OK : STATUS_NO_MEMORY;
    }
    TRY(status);
    return keep_inputs(search, changed, set,
                       count_set(search, set) == 1 ? CAUSE_ONE : CAUSE_SEVERAL);
}

/* What neither changes nor freedom explain. */
static const char *why_not(const Search *search, size_t line)
{
    const Ask *base = ask_at(search, search->base), *all = ask_at(search, search->all);
    if (!base->has_plan && strcmp(base->answer, "limit") == 0)
        return _("deciding the second round again came to a limit");
    if (!base->kept[line])
        return _("deciding the second round again does not give this line: the plan was edited, or "
                 "made by another version, with other options or within a time limit");
    if (search->live_count == 0)
        return _("nothing of the input has changed: one of the plans was edited, or made by "
                 "another version, with other options or within a time limit");
    if (!all->has_plan)
        return _("with every change taken back the round cannot be decided here");
    return _("taking back every change does not restore it: the first plan was edited, or made by "
             "another version, with other options or within a time limit");
}

static Status judge_line(Search *search, size_t line)
{
    const Ask *base = ask_at(search, search->base);
    ChangedLine *changed = &search->comparison->lines[line];
    if (!base->kept[line]) {
        changed->why = why_not(search, line);
        return STATUS_OK;
    }
    if (search_has_cause(search, line))
        return keep_singles(search, line);
    if (search->is_free[line]) {
        changed->cause = CAUSE_FREE;
        if (stages_unproven(base->stages, base->stage_count) > 0)
            changed->why = _("not every stage of the second plan was decided to its end");
        return STATUS_OK;
    }
    if (search->is_better[line]) {
        changed->why = _("with the former amount a stage would be better: the second plan's search "
                         "came to a limit");
        return STATUS_OK;
    }
    if (restores(search, search->all, line))
        return find_several(search, line);
    changed->why = why_not(search, line);
    if (search->is_open[line])
        changed->why = arena_printf(search->arena,
                                    _("taking back every change does not restore it; whether it "
                                      "was free to move was not asked: that would take %s"),
                                    asker_limit_text(search->asker));
    return changed->why != NULL ? STATUS_OK : STATUS_NO_MEMORY;
}

static bool keeps_all(const Ask *ask, size_t lines)
{
    for (size_t l = 0; l < lines; l++)
        if (!ask->kept[l])
            return false;
    return ask->has_plan;
}

static bool restores_all(const Ask *ask, size_t lines)
{
    for (size_t l = 0; l < lines; l++)
        if (!ask->restored[l])
            return false;
    return ask->has_plan;
}

/* ---- the search ----------------------------------------------------------------------------- */

static Status begin(Search *search)
{
    Comparison *comparison = search->comparison;
    search->live = ARENA_NEW(search->arena, comparison->input_count, size_t);
    search->single = ARENA_NEW(search->arena, comparison->input_count, size_t);
    search->set = ARENA_NEW(search->arena, comparison->input_count, bool);
    search->is_free = ARENA_NEW(search->arena, comparison->line_count, bool);
    search->is_better = ARENA_NEW(search->arena, comparison->line_count, bool);
    search->is_open = ARENA_NEW(search->arena, comparison->line_count, bool);
    search->held = ARENA_NEW(search->arena, comparison->line_count, bool);
    TRY_NEW(search->live);
    TRY_NEW(search->single);
    TRY_NEW(search->set);
    TRY_NEW(search->is_free);
    TRY_NEW(search->is_better);
    TRY_NEW(search->is_open);
    TRY_NEW(search->held);
    for (size_t i = 0; i < comparison->input_count; i++) {
        search->single[i] = NO_ASK;
        if (!comparison->inputs[i].change.is_prose)
            search->live[search->live_count++] = i;
    }
    TRY(asker_put(search->asker, search->set, NULL, 1, &search->base));
    for (size_t i = 0; i < search->live_count; i++)
        search->set[search->live[i]] = true;
    TRY(asker_put(search->asker, search->set, NULL, 1, &search->all));
    return asker_run(search->asker);
}

static void finish(Search *search)
{
    Comparison *comparison = search->comparison;
    comparison->after.is_reproduced =
        keeps_all(ask_at(search, search->base), comparison->line_count);
    comparison->before.is_reproduced =
        restores_all(ask_at(search, search->all), comparison->line_count);
    for (size_t i = 0; i < comparison->input_count; i++) {
        ComparedInput *input = &comparison->inputs[i];
        input->asked = search->single[i] != NO_ASK;
        input->answer = input->asked ? ask_at(search, search->single[i])->answer : "";
    }
}

Status compare_search(Asker *asker)
{
    Search search = {.asker = asker, .comparison = asker->comparison, .arena = asker->s->arena};
    TRY(begin(&search));
    TRY(find_singles(&search));
    TRY(search_find_free(&search));
    for (size_t l = 0; l < search.comparison->line_count; l++)
        TRY(judge_line(&search, l));
    finish(&search);
    return STATUS_OK;
}
