/* Which lines of a comparison were free to move: held at their former quantity they make no stage worse.
 * All are held together first, then halves of those that lose something. Called by compare_search.c.
 */
#include "compare_search.h"

#include <math.h>
#include <string.h>

#include "allot/language.h"

/* Of all the work: the rest is for what several changes did together. */
static const double HOLDS_SHARE = 0.5;

/* What values hold that nothing was rounded for, and what others do, relative to 1 and their size. */
static const double EXACT = 1e-9, ROUNDED = 3e-7;

/* A pair on which something is agreed that a second row of this kind would only replace. */
static bool is_agreed(const Search *search, const ChangedLine *line)
{
    const Round *round = &search->asker->after->session.round;
    for (size_t i = 0; i < round->commitment_count; i++) {
        const Commitment *row = &round->commitments[i];
        if ((row->kind == COMMITMENT_FIXED || row->kind == COMMITMENT_FORBIDDEN) &&
            strcmp(row->need_id, line->need) == 0 && strcmp(row->offer_id, line->offer) == 0)
            return true;
    }
    return false;
}

static bool may_be_held(const Search *search, const ChangedLine *line)
{
    const Round *round = &search->asker->after->session.round;
    return round_find_need(round, line->need) >= 0 && round_find_offer(round, line->offer) >= 0 &&
           strcmp(line->unit_before.name, line->unit.name) == 0 && !is_agreed(search, line);
}

static double off_bound(const StageResult *stage)
{
    return fabs(stage->value - stage->bound);
}

/* By how much two values of a stage may differ and be the same: what rounding to cents took of either,
 * and what figures hold. @p starts_even: no stage up to this one is off its bound, so that both plans have
 * the very same to choose from; else cents given elsewhere above show here as well. */
static double noise_of(const StageResult *was, const StageResult *is, bool starts_even)
{
    double size = fmax(1, fmax(fabs(was->value), fabs(is->value)));
    double rounding = (was->status == STAGE_OPTIMAL ? off_bound(was) : 0) +
                      (is->status == STAGE_OPTIMAL ? off_bound(is) : 0);
    return rounding + (starts_even ? EXACT : ROUNDED) * size;
}

/* Ranks of one fairness: "fairness 2.1" and "fairness 2.3"? */
static bool same_fairness(const StageResult *one, const StageResult *other)
{
    static const char RANK[] = "fairness ";
    size_t length = strcspn(one->label, ".");
    return strncmp(one->label, RANK, strlen(RANK)) == 0 && strcspn(other->label, ".") == length &&
           strncmp(one->label, other->label, length) == 0;
}

/* The stages at number *i of the one and *j of the other, both moved on. A rank that says nothing new is not
 * listed: it is as the one before it. False when there are none that stand for the same. */
static bool next_stages(const Ask *base, const Ask *held, size_t *i, size_t *j,
                        const StageResult **was, const StageResult **is)
{
    bool more_was = *i < base->stage_count, more_is = *j < held->stage_count;
    *was = more_was ? &base->stages[*i] : NULL;
    *is = more_is ? &held->stages[*j] : NULL;
    if (more_was && more_is && strcmp((*was)->label, (*is)->label) == 0) {
        ++*i;
        ++*j;
    } else if (more_was && *j > 0 && same_fairness(*was, &held->stages[*j - 1])) {
        *is = &held->stages[*j - 1];
        ++*i;
    } else if (more_is && *i > 0 && same_fairness(*is, &base->stages[*i - 1])) {
        *was = &base->stages[*i - 1];
        ++*j;
    } else {
        return false;
    }
    return true;
}

HeldVerdict compare_held(const Ask *base, const Ask *held)
{
    const StageResult *was, *is;
    bool even = true;
    if (!held->has_plan)
        return HELD_WORSE;
    for (size_t i = 0, j = 0; i < base->stage_count || j < held->stage_count;) {
        if (!next_stages(base, held, &i, &j, &was, &is))
            return HELD_WORSE;
        double worse = was->maximise ? was->value - is->value : is->value - was->value;
        double size = fmax(1, fmax(fabs(was->value), fabs(is->value)));
        even = even && off_bound(was) + off_bound(is) <= EXACT * size;
        double noise = noise_of(was, is, even);
        if (worse > noise)
            return HELD_WORSE;
        if (worse < -noise)
            return HELD_BETTER; /* a search that ended at its limits was luckier */
    }
    return HELD_AS_GOOD;
}

/* Lines that wait for a verdict, by index. */
typedef struct Waiting {
    size_t *lines; /* [count] */
    size_t count;
} Waiting;

static Status put_held(Search *search, const Waiting *waiting, Group *group)
{
    memset(search->held, 0, search->comparison->line_count * sizeof *search->held);
    for (size_t i = group->from; i < group->end; i++)
        search->held[waiting->lines[i]] = true;
    return asker_put(search->asker, NULL, search->held, HOLDS_SHARE, &group->ask);
}

/* A plan without loss shows of every line that has its former quantity there that it was free, or, where that
 * plan is better, that the second one was not decided to its end. */
static void take_lines(const Search *search, const Ask *ask, bool *lines)
{
    for (size_t l = 0; l < search->comparison->line_count; l++)
        lines[l] = lines[l] || ask->restored[l];
}

static bool is_settled(const Search *search, const Waiting *waiting, const Group *group)
{
    for (size_t i = group->from; i < group->end; i++)
        if (!search->is_free[waiting->lines[i]])
            return false;
    return true;
}

/* How many lines of the group have no verdict yet, and get none. */
static size_t leave_open(Search *search, const Waiting *waiting, const Group *group)
{
    size_t left = 0;
    for (size_t i = group->from; i < group->end; i++) {
        bool *is_open = &search->is_open[waiting->lines[i]];
        *is_open = !search->is_free[waiting->lines[i]];
        left += *is_open;
    }
    return left;
}

/* Puts the groups of a level that are open, as far as there is room; *left counts the lines of the
 * others. */
static Status put_level(Search *search, const Waiting *waiting, Group *groups, size_t count,
                        size_t *left)
{
    for (size_t g = 0; g < count; g++) {
        groups[g].ask = NO_ASK;
        if (is_settled(search, waiting, &groups[g]))
            continue;
        Status status = put_held(search, waiting, &groups[g]);
        if (status == STATUS_LIMIT) {
            groups[g].ask = NO_ASK;
            *left += leave_open(search, waiting, &groups[g]);
        } else {
            TRY(status);
        }
    }
    return asker_run(search->asker);
}

/* Of the groups that were asked about and lose something, the halves; lines that are held together
 * without loss are free, each of them. */
static size_t halve_level(Search *search, const Group *groups, size_t count, Group *halves)
{
    size_t made = 0;
    for (size_t g = 0; g < count; g++) {
        const Group *group = &groups[g];
        size_t middle = group->from + (group->end - group->from) / 2;
        if (group->ask == NO_ASK)
            continue;
        const Ask *ask = &search->asker->asks[group->ask];
        HeldVerdict verdict = compare_held(&search->asker->asks[search->base], ask);
        if (verdict != HELD_WORSE) {
            take_lines(search, ask, verdict == HELD_BETTER ? search->is_better : search->is_free);
        } else if (group->end - group->from > 1) {
            halves[made++] = (Group){.from = group->from, .end = middle};
            halves[made++] = (Group){.from = middle, .end = group->end};
        }
    }
    return made;
}

static Status note_held(Search *search, size_t left)
{
    return search_note(
        search,
        arena_printf(
            search->arena,
            _("of %zu lines it was not asked whether they were free to move: that would take %s"),
            left, asker_limit_text(search->asker)));
}

static Status find_waiting(const Search *search, Waiting *waiting)
{
    *waiting = (Waiting){.lines = ARENA_NEW(search->arena, search->comparison->line_count, size_t),
                         .count = 0};
    TRY_NEW(waiting->lines);
    for (size_t l = 0; l < search->comparison->line_count; l++)
        if (!search_has_cause(search, l) && may_be_held(search, &search->comparison->lines[l]))
            waiting->lines[waiting->count++] = l;
    return STATUS_OK;
}

Status search_find_free(Search *search)
{
    Waiting waiting;
    TRY(find_waiting(search, &waiting));
    Group *groups = ARENA_NEW(search->arena, waiting.count + 1, Group);
    Group *halves = ARENA_NEW(search->arena, waiting.count + 1, Group);
    size_t count = waiting.count > 0 ? 1 : 0, left = 0;
    TRY_NEW(groups);
    TRY_NEW(halves);
    groups[0] = (Group){.from = 0, .end = waiting.count};
    while (count > 0) {
        TRY(put_level(search, &waiting, groups, count, &left));
        count = halve_level(search, groups, count, halves);
        Group *swapped = groups;
        groups = halves;
        halves = swapped;
    }
    return left > 0 ? note_held(search, left) : STATUS_OK;
}
