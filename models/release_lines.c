/* Where a reader's own lines stand: what the plan before gave and what this one gives, and the donor's own
 * answer. Whose answer moved a line is not taken over.
 */
#include "models/release_internal.h"

#include <stdlib.h>
#include <string.h>

#include "allot/effects.h"

/** A pair of indices in the whole round. */
typedef struct Pair {
    int need, offer;
} Pair;

static int by_pair(const void *a, const void *b)
{
    const Pair *x = a, *y = b;
    if (x->need != y->need)
        return x->need < y->need ? -1 : 1;
    return (x->offer > y->offer) - (x->offer < y->offer);
}

static ReleaseLine line_of(const Round *round, const Plan *plan, Pair pair)
{
    const Reply *reply = replies_find(round->replies, pair.need, pair.offer);
    ReleaseLine line = {.need = round->needs[pair.need].id,
                        .offer = round->offers[pair.offer].id,
                        .unit = round->needs[pair.need].unit,
                        .before = plan_line_before(round, pair.need, pair.offer),
                        .now = plan_line_now(plan, pair.need, pair.offer)};
    const Reply *open = replies_find(round->reopened, pair.need, pair.offer);
    if (open != NULL) {
        line.reopened = true;
        line.agreed = open->agreed;
        line.turn = open->turn;
    }
    if (reply == NULL)
        return line;
    line.answered = true;
    line.decision = reply->decision;
    line.turn = reply->turn;
    if (!round->has_previous) /* what was answered is what the plan before had */
        line.before = reply->planned;
    return line;
}

/** Takes the pair when its offer is the donor's. */
static void add_pair(const Round *round, const Release *release, Pair pair, Pair *pairs,
                     size_t *count)
{
    if (strcmp(round->offers[pair.offer].donor, release->reader.id) == 0)
        pairs[(*count)++] = pair;
}

static size_t count_of(const Replies *replies)
{
    return replies != NULL ? replies->count : 0;
}

static void add_answered(const Round *round, const Release *release, const Replies *replies,
                         Pair *pairs, size_t *count)
{
    for (size_t i = 0; i < count_of(replies); i++)
        add_pair(round, release, (Pair){replies->rows[i].need, replies->rows[i].offer}, pairs,
                 count);
}

/** The donor's pairs that have a line in this plan or the one before, or were answered; in order, some
 *  of them twice. */
static Status list_pairs(const Round *round, const Plan *plan, const Release *release, Arena *arena,
                         Pair **out, size_t *count)
{
    size_t answered = count_of(round->replies) + count_of(round->reopened);
    Pair *pairs = ARENA_NEW(arena, plan->assignment_count + round->previous_count + answered, Pair);
    TRY_NEW(pairs);
    *out = pairs;
    *count = 0;
    for (size_t i = 0; i < plan->assignment_count; i++)
        add_pair(round, release, (Pair){plan->assignments[i].need, plan->assignments[i].offer},
                 pairs, count);
    for (size_t i = 0; i < round->previous_count; i++)
        add_pair(round, release, (Pair){round->previous[i].need, round->previous[i].offer}, pairs,
                 count);
    add_answered(round, release, round->replies, pairs, count);
    add_answered(round, release, round->reopened, pairs, count);
    if (*count > 1)
        qsort(pairs, *count, sizeof *pairs, by_pair);
    return STATUS_OK;
}

/** The plan's lines of the donor stand in the same order in the copy. */
static Status point_at_lines(const ReleaseLine *lines, Arena *arena, Release *release)
{
    size_t at = 0, count = release->plan.assignment_count;
    const ReleaseLine **own = ARENA_NEW(arena, count, const ReleaseLine *);
    TRY_NEW(own);
    for (size_t i = 0; i < count; i++) {
        if (!release_is_own(release, &release->plan.assignments[i]))
            continue;
        while (lines[at].now == 0)
            at++;
        own[i] = &lines[at++];
    }
    release->own = own;
    return STATUS_OK;
}

static Status add_donor_lines(const Round *round, const Plan *plan, Arena *arena, Release *release)
{
    Pair *pairs;
    size_t count;
    TRY(list_pairs(round, plan, release, arena, &pairs, &count));
    ReleaseLine *lines = ARENA_NEW(arena, count, ReleaseLine);
    TRY_NEW(lines);
    for (size_t i = 0; i < count; i++)
        if (i == 0 || by_pair(&pairs[i - 1], &pairs[i]) != 0)
            lines[release->line_count++] = line_of(round, plan, pairs[i]);
    release->lines = lines;
    return point_at_lines(lines, arena, release);
}

/** What the plan before gave to a need, what of it rested on pledges, and whether each offer still gives as
 *  much. */
static void add_before(const Round *round, const Plan *plan, int need, ReleaseLine *line)
{
    for (size_t i = 0; i < round->previous_count; i++) {
        const PreviousLine *was = &round->previous[i];
        if (was->need != need)
            continue;
        line->before += was->quantity;
        if (round->offers[was->offer].basis == BASIS_PLEDGED)
            line->pledged_before += was->quantity;
        line->from_others |= plan_line_now(plan, need, was->offer) != was->quantity;
    }
}

/** Every need of the beneficiary's, with all that is given to it. */
static Status add_needs(const Round *round, const Plan *plan, Arena *arena, Release *release)
{
    ReleaseLine *lines = ARENA_NEW(arena, round->need_count, ReleaseLine);
    TRY_NEW(lines);
    for (size_t n = 0; n < round->need_count; n++) {
        const Need *need = &round->needs[n];
        if (strcmp(need->beneficiary, release->reader.id) != 0 || need_is_outcome(need))
            continue;
        ReleaseLine *line = &lines[release->line_count++];
        *line = (ReleaseLine){
            .need = need->id, .offer = "", .unit = need->unit, .now = plan->needs[n].assigned};
        line->pledged = plan->needs[n].pledged;
        add_before(round, plan, (int)n, line);
    }
    release->lines = lines;
    return STATUS_OK;
}

Status release_lines(const Round *round, const Plan *plan, Arena *arena, Release *release)
{
    release->before_known = round->has_previous;
    release->answers_kept = count_of(round->replies) + count_of(round->reopened) > 0;
    return release->reader.kind == READER_DONOR ? add_donor_lines(round, plan, arena, release)
                                                : add_needs(round, plan, arena, release);
}

bool release_line_agreed(const ReleaseLine *line)
{
    return line->now > 0 && line->answered &&
           (line->decision == REPLY_AGREE || line->decision == REPLY_LESS);
}

size_t release_own_count(const Release *release, size_t *waiting)
{
    size_t count = 0;
    *waiting = 0;
    for (size_t i = 0; i < release->line_count; i++) {
        count += release->lines[i].now > 0;
        *waiting += release->lines[i].now > 0 && !release_line_agreed(&release->lines[i]);
    }
    return count;
}
