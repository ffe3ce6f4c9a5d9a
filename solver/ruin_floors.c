/* Floors that no order of serving meets: of needs of all or nothing those whose sum is just enough, and
 * then a walk by annealing (Kirkpatrick, Gelatt and Vecchi 1983) that lets some needs go, serves others,
 * and looks at nothing but what the floors lack.
 */
#include <math.h>
#include <stdlib.h>

#include "solver/floor_sums.h"
#include "solver/ruin_internal.h"

/* Choices by their sums; of how many needs at most, so that each takes a few milliseconds. */
enum { CHOICES = 8, CHOSEN_OF_MOST = 32 };

/* Work of the walk: pairs looked at; needs let go, and others tried, in one round. */
static const long WALK_WORK = 1000000;
enum { DROPPED_MOST = 3, TRIED_MOST = 40 };

/* How much worse a round may be on average at first, of what the floors ask. */
static const double HEAT = 0.02;

/* ---- a choice by its sum ------------------------------------------------------------------------ */

/** Leaves needs out by chance until the sums can be told, and but for the first choice one more. */
static void thin(Ruin *r, FloorSums *sums, int choice)
{
    size_t most = choice == 0 || sums->count < 2 ? sums->count : sums->count - 1;
    bool few = sums->count <= CHOSEN_OF_MOST;
    if (!few && (sums->count <= SUBSET_SUMS_MOST || !subset_sums_tell(sums->sizes, (int)most)))
        most = CHOSEN_OF_MOST;
    while (sums->count > most) {
        int at = draw_below(&r->draw, (int)sums->count);
        sums->count--;
        sums->needs[at] = sums->needs[sums->count];
        sums->sizes[at] = sums->sizes[sums->count];
    }
}

/** Serves of those left the set whose sum is nearest above what the rule lacks; the large ones first. */
static Status serve_chosen(Ruin *r, size_t index, int choice)
{
    FloorSums sums;
    bool found, *chosen;
    int64_t sum, slack = rule_book_slack(&r->book, index);
    const Rule *rule = &r->form->rules->rules[index];
    if (slack >= 0 || !floor_sums_tell(rule))
        return STATUS_OK;
    TRY(floor_sums_of(r->form, rule, NULL, false, r->arena, &sums));
    size_t kept = 0;
    for (size_t k = 0; k < sums.count; k++)
        if (r->given[sums.needs[k]] == 0) {
            sums.needs[kept] = sums.needs[k];
            sums.sizes[kept++] = sums.sizes[k];
        }
    sums.count = kept;
    thin(r, &sums, choice);
    chosen = ARENA_NEW(r->arena, sums.count, bool);
    TRY_NEW(chosen);
    TRY(subset_sum_from(sums.sizes, (int)sums.count, -slack, &found, &sum, chosen));
    for (size_t turn = 0; found && turn < sums.count; turn++) {
        int largest = -1;
        for (int k = 0; k < (int)sums.count; k++)
            if (chosen[k] && (largest < 0 || sums.sizes[k] > sums.sizes[largest]))
                largest = k;
        if (largest < 0)
            break;
        chosen[largest] = false;
        (void)ruin_fund(r, sums.needs[largest]);
    }
    return STATUS_OK;
}

/* ---- the walk ------------------------------------------------------------------------------------ */

typedef struct Walk {
    Ruin *r;
    int *needs; /* [count] those that count for a floor and stand for themselves */
    size_t count;
    long work;
} Walk;

/** What floors lack, each as a share of what it asks. */
static double lack_of(const Ruin *r)
{
    double lack = 0;
    for (size_t k = 0; k < r->form->rules->count; k++) {
        const Rule *rule = &r->form->rules->rules[k];
        int64_t slack = rule->has_lower ? rule_book_slack(&r->book, k) : 0;
        double asked = rule->of_total ? (double)r->book.total : (double)rule->lower;
        if (slack < 0)
            lack += -(double)slack / fmax(asked, 1);
    }
    return lack;
}

/** Needs that others wait for, and members of bundles, stay as they are. */
static Status list_needs(Walk *walk)
{
    const Ruin *r = walk->r;
    const Formulation *form = r->form;
    bool *counts = ARENA_NEW(r->arena, form->round->need_count, bool);
    walk->needs = ARENA_NEW(r->arena, form->round->need_count, int);
    TRY_NEW(counts);
    TRY_NEW(walk->needs);
    for (size_t k = 0; k < form->rules->count; k++)
        for (size_t i = 0; form->rules->rules[k].has_lower && i < form->rules->rules[k].count; i++)
            counts[form->pairs->pairs[form->rules->rules[k].pairs[i]].need] = true;
    for (size_t n = 0; n < form->round->need_count; n++)
        if (counts[n] && form->round->logic.bundle_of[n] < 0 &&
            r->dependents_first[n] == r->dependents_first[n + 1])
            walk->needs[walk->count++] = (int)n;
    return STATUS_OK;
}

static void look(Walk *walk, int need)
{
    const PairSet *pairs = walk->r->form->pairs;
    walk->work -= (long)(pairs->first[need + 1] - pairs->first[need]) + 1;
}

/** Lets a few needs go and serves others; false when that breaks a rule. */
static bool change(Walk *walk, size_t mark)
{
    Ruin *r = walk->r;
    int drops = 1 + draw_below(&r->draw, DROPPED_MOST), count = (int)walk->count;
    int first = draw_below(&r->draw, count);
    for (int k = 0, dropped = 0; k < count && dropped < drops; k++) {
        int need = walk->needs[draw_below(&r->draw, count)];
        dropped += r->given[need] > 0;
        ruin_drop(r, need);
        look(walk, need);
    }
    for (int k = 0; k < count && k < TRIED_MOST && lack_of(r) > 0; k++) {
        int need = walk->needs[(first + k * (1 + first % 7)) % count];
        look(walk, need);
        if (r->given[need] == 0)
            (void)ruin_fund(r, need);
    }
    return !r->failed && ruin_keeps_rules(r, mark, false);
}

/** From the plan at hand, whatever it lacks. */
static Status walk_to_floors(Ruin *r)
{
    Walk walk = {.r = r, .work = WALK_WORK};
    TRY(list_needs(&walk));
    double lack = lack_of(r);
    while (walk.count > 0 && walk.work > 0 && lack > 0 && !r->failed) {
        size_t mark = r->move_count;
        double heat = HEAT * (double)walk.work / (double)WALK_WORK;
        bool holds = change(&walk, mark);
        double now = lack_of(r);
        if (holds && now <= lack - heat * log(1 - draw_unit(&r->draw)))
            lack = now;
        else
            ruin_undo(r, mark);
    }
    return STATUS_OK;
}

Status ruin_meet_floors(Ruin *r, bool *met)
{
    size_t mark = r->move_count;
    *met = false;
    for (int choice = 0; choice < CHOICES && !r->failed; choice++) {
        ruin_undo(r, mark);
        for (size_t k = 0; k < r->form->rules->count; k++)
            if (r->form->rules->rules[k].has_lower)
                TRY(serve_chosen(r, k, choice));
        *met = ruin_start_holds(r);
        if (*met)
            return STATUS_OK;
    }
    TRY(walk_to_floors(r));
    *met = !r->failed && ruin_start_holds(r);
    if (!*met)
        ruin_undo(r, mark);
    return STATUS_OK;
}
