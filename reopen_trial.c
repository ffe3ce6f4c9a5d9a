/* Trials of what gives way to an urgent need. */
#include "reopen_trial.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "allot/effects.h"

/* What stages may differ by without being worse: half a cent of money, noise of shares. */
static const double CENTS_NOISE = 0.005, SHARE_NOISE = 1e-6;

/* Trials that look for the fewest lines: fewer where one takes long, by eligible pairs. */
enum { TRIALS_MOST = 24, TRIALS_LEAST = 2, TRIAL_PAIRS = 100000 }; /* in each order */

typedef enum TrialKind {
    TRIAL_EVEN, /* all tiers and fairness */
    TRIAL_SUMS /* without fairness: where it ends few lines lose, and what it reaches is known sooner */
} TrialKind;

/** The agreed lines as the plan before: what `taken` then counts is what they lose. */
static Status agreed_as_before(const Replies *replies, Round *round)
{
    PreviousLine *lines = ARENA_NEW(round->arena, replies->count, PreviousLine);
    size_t count = 0;
    TRY_NEW(lines);
    for (size_t i = 0; i < replies->count; i++) {
        const Reply *reply = &replies->rows[i];
        if (reply_agrees(reply))
            lines[count++] = (PreviousLine){reply->need, reply->offer, reply->agreed};
    }
    round->has_previous = true;
    round->previous = lines;
    round->previous_count = count;
    return STATUS_OK;
}

static bool is_asked(const Stage *stage, TrialKind kind)
{
    return stage->kind == STAGE_URGENT || stage->kind == STAGE_TAKEN || stage->kind == STAGE_TIER ||
           stage->kind == STAGE_UNVALUED || (stage->kind == STAGE_FAIRNESS && kind == TRIAL_EVEN);
}

/** Which of the lines give way follows from tiers and fairness; nobody loses by what is decided behind them. */
static void leave_stages(Formulation *form, TrialKind kind)
{
    size_t count = 0;
    for (size_t i = 0; i < form->stage_count; i++)
        if (is_asked(&form->stages[i], kind))
            form->stages[count++] = form->stages[i];
    form->stage_count = count;
}

/** Decides the round with agreed lines free to give way. What is wrong with it is said when it is decided. */
static Status decide(Session *trial, const Replies *replies, const bool *loose, TrialKind kind,
                     bool *found)
{
    *found = false;
    Status status = replies_commit_loose(replies, loose, &trial->round, trial->diag);
    if (status == STATUS_FINDINGS)
        return STATUS_OK;
    TRY(status);
    TRY(agreed_as_before(replies, &trial->round));
    status = formulate(trial);
    if (status == STATUS_FINDINGS)
        return STATUS_OK;
    TRY(status);
    leave_stages(&trial->form, kind);
    SolveSettings settings = solve_settings(trial);
    status = solve_plan(&trial->form, &settings, trial->arena, &trial->result, &trial->plan);
    *found = status == STATUS_OK && solve_outcome_has_plan(trial->result.outcome);
    return status == STATUS_NO_MEMORY ? status : STATUS_OK;
}

/** The same in a session of its own, in @p arena. */
static Status decide_apart(Session *s, Arena *arena, const Replies *replies, const bool *loose,
                           TrialKind kind, Trial *out)
{
    Session trial = {.options = s->options,
                     .arena = arena,
                     .diag = diag_new(arena),
                     .round = s->round,
                     .line = s->line};
    TRY_NEW(trial.diag);
    trial.round.arena = arena;
    Status status = decide(&trial, replies, loose, kind, &out->found);
    out->plan = trial.plan;
    progress_line_clear(&trial.line);
    return status;
}

/* ---- as good as another ------------------------------------------------------------------------ */

/** The first stage from @p at on that is no rank of a fairness, of which plans have as many as differ; NULL: none. */
static const StageResult *next_sum(const Plan *plan, size_t *at)
{
    while (*at < plan->stage_count && plan->stages[*at].kind == STAGE_FAIRNESS)
        (*at)++;
    return *at < plan->stage_count ? &plan->stages[(*at)++] : NULL;
}

/** What a plan's stage may be worse by. @p money: of a stage that counts money. */
static double slack_of(const Round *round, const StageResult *stage, double money)
{
    if (stage->kind == STAGE_URGENT)
        return round->needs[round->urgent].unit.is_money ? CENTS_NOISE : SHARE_NOISE;
    if (stage->kind == STAGE_TAKEN)
        return stage->unvalued ? SHARE_NOISE : money;
    return stage->kind == STAGE_TIER && round->settings.measure == MEASURE_VALUE ? money
                                                                                 : SHARE_NOISE;
}

/** Does the urgent need have as much, and do agreed lines and tiers lose no more, but for so much @p money? What comes
 *  first wins. */
static bool is_as_good(const Round *round, const Plan *plan, const Plan *other, double money)
{
    size_t at = 0, there = 0;
    const StageResult *was, *is;
    while ((was = next_sum(plan, &at)) != NULL) {
        is = next_sum(other, &there);
        if (is == NULL || is->kind != was->kind || is->tier != was->tier)
            return false;
        if (is->value - was->value > slack_of(round, was, money))
            return false;
        if (was->value - is->value > slack_of(round, was, CENTS_NOISE))
            return true;
    }
    return true;
}

/* ---- the fewest lines --------------------------------------------------------------------------- */

/** A line that loses something. Worths are smallest parts of the reporting currency; of what has no value, of its unit. */
typedef struct Loser {
    size_t reply;
    double agreed, lost; /* worths */
    double donor_lost;   /* the same of all lines of its donor that lose something */
} Loser;

/** In which order lines are held: what is left in the end differs. */
typedef int HoldOrder(const void *a, const void *b);

typedef struct Search {
    Session *s;
    const Replies *replies;
    const Plan *best; /* what the others are held against */
    bool *loose;      /* [replies->count] lines that may give way */
    bool *needed;     /* [replies->count] those without which something gets worse */
    Loser *losers,
        *next; /* [count], [next_count]: of the last plan that is taken, and of the one tried */
    size_t count, next_count;
    HoldOrder *order;
    size_t trials; /* that are left */
    SolveSettings until;
} Search;

static int compare(double x, double y)
{
    return (x > y) - (x < y);
}

/** First the lines of which the least could be taken. */
static int by_line(const void *a, const void *b)
{
    const Loser *x = a, *y = b;
    int order = compare(x->agreed, y->agreed);
    if (order == 0)
        order = compare(x->donor_lost, y->donor_lost);
    return order != 0 ? order : (x->reply > y->reply) - (x->reply < y->reply);
}

/** First the lines of the donor from whom the least is taken. */
static int by_donor(const void *a, const void *b)
{
    const Loser *x = a, *y = b;
    int order = compare(x->donor_lost, y->donor_lost);
    return order != 0 ? order : by_line(a, b);
}

static int64_t loss_of(const Plan *plan, const Reply *reply)
{
    return reply->agreed - plan_line_now(plan, reply->need, reply->offer);
}

static const char *donor_of(const Search *search, const Loser *loser)
{
    return search->replies->rows[loser->reply].author;
}

/** What all lines of @p donor lose. */
static double lost_by(const Search *search, const char *donor)
{
    double sum = 0;
    for (size_t i = 0; i < search->next_count; i++)
        if (strcmp(donor_of(search, &search->next[i]), donor) == 0)
            sum += search->next[i].lost;
    return sum;
}

/** The lines that lose something in @p plan, in the order in which they are held. */
static void list_losers(Search *search, const Plan *plan)
{
    search->next_count = 0;
    for (size_t i = 0; i < search->replies->count; i++) {
        const Reply *reply = &search->replies->rows[i];
        int64_t lost = search->loose[i] ? loss_of(plan, reply) : 0;
        const Need *need = &search->s->round.needs[reply->need];
        double worth = need->has_value ? ratio_to_double(need->value) : 1;
        if (lost > 0)
            search->next[search->next_count++] = (Loser){
                .reply = i, .agreed = worth * (double)reply->agreed, .lost = worth * (double)lost};
    }
    for (size_t i = 0; i < search->next_count; i++)
        search->next[i].donor_lost = lost_by(search, donor_of(search, &search->next[i]));
    qsort(search->next, search->next_count, sizeof *search->next, search->order);
}

/** Decides with the lines that are loose now. *good: nothing is worse, and search->next are its losers. */
static Status attempt(Search *search, bool *good)
{
    Trial trial;
    Arena *arena = arena_new();
    TRY_NEW(arena);
    Status status =
        decide_apart(search->s, arena, search->replies, search->loose, TRIAL_SUMS, &trial);
    *good = status == STATUS_OK && trial.found &&
            is_as_good(&search->s->round, search->best, &trial.plan, CENTS_NOISE);
    if (*good)
        list_losers(search, &trial.plan);
    if (search->trials > 0)
        search->trials--;
    arena_free(arena);
    return status;
}

static void take_losers(Search *search)
{
    Loser *losers = search->losers;
    search->losers = search->next;
    search->count = search->next_count;
    search->next = losers;
}

/** The next line to be held, or none: *at is search->count. */
static void find_next(const Search *search, size_t *at)
{
    *at = 0;
    while (*at < search->count && search->needed[search->losers[*at].reply])
        (*at)++;
}

/** Holds one line after the other, as long as nothing is worse by it and no more lines lose. */
static Status hold_lines(Search *search)
{
    bool good;
    size_t at;
    for (;;) {
        find_next(search, &at);
        if (at == search->count || search->count <= 1 || search->trials == 0 ||
            solve_is_late(&search->until))
            return STATUS_OK;
        size_t reply = search->losers[at].reply;
        search->loose[reply] = false;
        TRY(attempt(search, &good));
        if (good && search->next_count <= search->count) {
            take_losers(search);
            continue;
        }
        search->loose[reply] = search->needed[reply] = true;
    }
}

static size_t trials_of(const Session *s)
{
    size_t pairs = s->round.need_count * s->round.offer_count;
    size_t trials = TRIAL_PAIRS / (pairs > 0 ? pairs : 1);
    return trials > TRIALS_MOST ? TRIALS_MOST : trials < TRIALS_LEAST ? TRIALS_LEAST : trials;
}

static Status new_search(Search *search)
{
    Arena *arena = search->s->arena;
    size_t count = search->replies->count;
    search->until = solve_settings(search->s);
    search->trials = trials_of(search->s);
    search->loose = ARENA_NEW(arena, count, bool);
    search->needed = ARENA_NEW(arena, count, bool);
    search->losers = ARENA_NEW(arena, count, Loser);
    search->next = ARENA_NEW(arena, count, Loser);
    return search->loose == NULL || search->needed == NULL || search->losers == NULL ||
                   search->next == NULL
               ? STATUS_NO_MEMORY
               : STATUS_OK;
}

/** From @p loose, with which search->best was decided, holds what can be held, in one order. */
static Status find_few(Search *search, const bool *loose, HoldOrder *order)
{
    TRY(new_search(search));
    memcpy(search->loose, loose, search->replies->count * sizeof *loose);
    search->order = order;
    list_losers(search, search->best);
    take_losers(search);
    return hold_lines(search);
}

/** The same with all lines of @p donor held; *good: nothing is worse. */
static Status find_without(Search *search, const bool *loose, const char *donor, bool *good)
{
    TRY(new_search(search));
    search->order = by_line;
    for (size_t i = 0; i < search->replies->count; i++)
        search->loose[i] = loose[i] && strcmp(search->replies->rows[i].author, donor) != 0;
    TRY(attempt(search, good));
    if (!*good)
        return STATUS_OK;
    take_losers(search);
    return hold_lines(search);
}

/** How many donors are asked again; in *least who loses the least of them. */
static size_t donors_asked(const Search *search, const char **least)
{
    size_t count = 0;
    double lost = INFINITY;
    for (size_t i = 0; i < search->count; i++) {
        size_t first = 0;
        const Loser *loser = &search->losers[i];
        while (strcmp(donor_of(search, &search->losers[first]), donor_of(search, loser)) != 0)
            first++;
        count += first == i;
        if (loser->donor_lost < lost)
            *least = donor_of(search, loser);
        lost = fmin(lost, loser->donor_lost);
    }
    return count;
}

/** Fewer lines, or as many of fewer donors. */
static bool is_fewer(const Search *one, const Search *other)
{
    const char *least;
    return one->count != other->count ? one->count < other->count
                                      : donors_asked(one, &least) < donors_asked(other, &least);
}

/** Leaves of @p loose, with which @p best was decided, few that have to lose something. */
static Status leave_few(Session *s, const Replies *replies, const Plan *best, bool *loose)
{
    const Search begun = {.s = s, .replies = replies, .best = best};
    Search few = begun, other = begun;
    const char *least;
    bool good;
    TRY(find_few(&few, loose, by_line));
    TRY(find_few(&other, loose, by_donor));
    if (is_fewer(&other, &few))
        few = other;
    if (donors_asked(&few, &least) > 1) {
        other = begun;
        TRY(find_without(&other, loose, least, &good));
        if (good && is_fewer(&other, &few))
            few = other;
    }
    memset(loose, 0, replies->count * sizeof *loose);
    for (size_t i = 0; i < few.count; i++)
        loose[few.losers[i].reply] = true;
    return STATUS_OK;
}

/** What is lost, as even as it can be among the lines that are loose; else as it comes. */
static Status even_out(Session *s, const Replies *replies, const bool *loose, Trial *trial)
{
    Trial even, sums;
    TRY(decide_apart(s, s->arena, replies, loose, TRIAL_EVEN, &even));
    if (even.found && is_as_good(&s->round, &trial->plan, &even.plan, CENTS_NOISE)) {
        *trial = even;
        return STATUS_OK;
    }
    TRY(decide_apart(s, s->arena, replies, loose, TRIAL_SUMS, &sums));
    if (sums.found && is_as_good(&s->round, &trial->plan, &sums.plan, CENTS_NOISE))
        *trial = sums;
    return STATUS_OK;
}

/** Holds all that do not lose one whole unit or more. @return how many of them lose something. */
static size_t hold_small(const Round *round, const Plan *plan, const Replies *replies, bool *loose)
{
    size_t losing = 0;
    for (size_t i = 0; i < replies->count; i++) {
        const Reply *reply = &replies->rows[i];
        int64_t lost = loss_of(plan, reply);
        if (!loose[i] || lost >= unit_scale(round->needs[reply->need].unit))
            continue;
        loose[i] = false;
        losing += lost > 0;
    }
    return losing;
}

/** No donor is asked again for cents, where those that are asked anyway give these as well. */
static Status spare_small(Session *s, const Replies *replies, bool *loose, Trial *trial)
{
    Trial other;
    if (hold_small(&s->round, &trial->plan, replies, loose) == 0)
        return STATUS_OK;
    TRY(decide_apart(s, s->arena, replies, loose, TRIAL_EVEN, &other));
    if (other.found && is_as_good(&s->round, &trial->plan, &other.plan, 1 - CENTS_NOISE))
        *trial = other;
    return STATUS_OK;
}

/** Does the plan prove what the urgent need has, and what is taken for it? */
static bool proves_what_gives_way(const Plan *plan)
{
    for (size_t i = 0; i < plan->stage_count; i++)
        if ((plan->stages[i].kind == STAGE_URGENT || plan->stages[i].kind == STAGE_TAKEN) &&
            plan->stages[i].status != STAGE_OPTIMAL)
            return false;
    return true;
}

Status reopen_decide(Session *s, const Replies *replies, bool *loose, Trial *out)
{
    TRY(decide_apart(s, s->arena, replies, loose, TRIAL_SUMS, out));
    if (!out->found)
        return STATUS_OK;
    bool proven = proves_what_gives_way(&out->plan);
    if (proven) /* else each trial would take as long, and end as uncertain */
        TRY(leave_few(s, replies, &out->plan, loose));
    TRY(even_out(s, replies, loose, out));
    TRY(spare_small(s, replies, loose, out));
    out->proven =
        proven; /* of all lines: with some of them held a plan proves nothing for the others */
    return STATUS_OK;
}
