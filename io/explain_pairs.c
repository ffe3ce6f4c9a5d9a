/* The offers of one need in plain text: which wait for nothing but the need, which something bars, which may
 * serve it and who else has them. A large round has thousands of each: those that matter most are told, in the
 * table's order, and the others counted.
 */
#include <stdlib.h>

#include "allot/language.h"
#include "io/explain_internal.h"
#include "io/grounds.h"

enum {
    PAIRS_TOLD = 8,
    PAIRS_BORNE = 12
}; /* of a list: so many where it has more than a reader bears */

/** One of a list, with what it matters by: larger first, then the earlier one. */
typedef struct Ranked {
    int index;
    int64_t first, second;
} Ranked;

/** What is told, and how much besides is not. */
typedef struct Choice {
    Ranked *items; /* [count]; NULL without memory */
    size_t count;
    size_t left_out;
} Choice;

static int by_rank(const void *a, const void *b)
{
    const Ranked *left = a, *right = b;
    if (left->first != right->first)
        return left->first > right->first ? -1 : 1;
    if (left->second != right->second)
        return left->second > right->second ? -1 : 1;
    return (left->index > right->index) - (left->index < right->index);
}

static int by_index(const void *a, const void *b)
{
    const Ranked *left = a, *right = b;
    return (left->index > right->index) - (left->index < right->index);
}

/** An empty list with room for so many; without memory one without any room, which is remembered. */
static Choice choice_new(Explanation *e, size_t room)
{
    Choice choice = {.items = ARENA_NEW(e->prose.arena, room, Ranked)};
    e->prose.failed = e->prose.failed || choice.items == NULL;
    return choice;
}

static void choice_add(Choice *choice, Ranked item)
{
    if (choice->items != NULL)
        choice->items[choice->count++] = item;
}

/** Keeps the best, in the order in which they came. */
static void choice_keep(const Explanation *e, Choice *choice)
{
    if (e->all || choice->count <= PAIRS_BORNE)
        return;
    qsort(choice->items, choice->count, sizeof(Ranked), by_rank);
    choice->left_out = choice->count - PAIRS_TOLD;
    choice->count = PAIRS_TOLD;
    qsort(choice->items, choice->count, sizeof(Ranked), by_index);
}

static void say_left_out(Explanation *e, const Choice *choice)
{
    if (choice->left_out > 0)
        prose_say(&e->prose, "- and %zu more; allot explain --verbose names all of them.\n",
                  choice->left_out);
}

/* ---- barred --------------------------------------------------------------------------------- */

/** Offers of its kind that something else than the need itself bars: the nearest are those that get furthest
 *  through the checks. */
static void tell_barred(Explanation *e, int index)
{
    Choice choice = choice_new(e, e->round->offer_count);
    for (int o = 0; o < (int)e->round->offer_count; o++) {
        Bar bar = eligibility_bar(e->round, index, o);
        if (bar.check != BAR_NOTHING && bar.check < BAR_NEED_UNKNOWN && bar_is_of_kind(bar.check))
            choice_add(&choice, (Ranked){.index = o, .first = (int64_t)bar.check});
    }
    choice_keep(e, &choice);
    if (choice.count > 0)
        prose_say(&e->prose, "Offers of its kind that may not serve it:\n");
    for (size_t i = 0; i < choice.count; i++) {
        const Offer *offer = &e->round->offers[choice.items[i].index];
        Bar bar = eligibility_bar(e->round, index, choice.items[i].index);
        prose_say(&e->prose, "- %s of %s %s (%s).\n", offer->id,
                  explain_donor_name(e, offer->donor), bar_text(bar.check),
                  explain_bar_row(e, index, choice.items[i].index, bar));
    }
    say_left_out(e, &choice);
    prose_end_paragraph(&e->prose);
}

/* ---- may serve ------------------------------------------------------------------------------ */

/** The list, and behind it "N-1 of tier 1 has EUR 30.00": of this offer, or of another that is paid out of the same. */
static const char *add_user(Explanation *e, const char *list, const Assignment *line, int offer)
{
    const Round *round = e->round;
    const Need *user = &round->needs[line->need];
    const char *amount = explain_line_amount(e, line), *comma = *list == '\0' ? "" : "; ";
    bool is_urgent = round->has_urgent && line->need == round->urgent;
    if (line->offer == offer)
        return prose_piece(&e->prose,
                           is_urgent ? N_("%s%s%s of tier %d, which is urgent, has %s")
                                     : N_("%s%s%s of tier %d has %s"),
                           list, comma, user->id, user->tier, amount);
    return prose_piece(&e->prose,
                       is_urgent ? N_("%s%s%s of tier %d, which is urgent, has %s through %s")
                                 : N_("%s%s%s of tier %d has %s through %s"),
                       list, comma, user->id, user->tier, amount, round->offers[line->offer].id);
}

/** Who else uses what this offer is paid out of: first of lower tiers, then the most. */
static void tell_users(Explanation *e, int index, int offer)
{
    const Round *round = e->round;
    size_t rivals = 0;
    const char *list = "";
    for (size_t i = 0; i < e->plan->assignment_count; i++)
        rivals += ground_is_rival(round, &e->plan->assignments[i], index, offer);
    Choice choice = choice_new(e, rivals);
    for (size_t i = 0; i < e->plan->assignment_count; i++) {
        const Assignment *line = &e->plan->assignments[i];
        if (ground_is_rival(round, line, index, offer))
            choice_add(&choice, (Ranked){.index = (int)i,
                                         .first = round->needs[line->need].tier,
                                         .second = line->value});
    }
    choice_keep(e, &choice);
    for (size_t i = 0; i < choice.count; i++) {
        const Assignment *line = &e->plan->assignments[choice.items[i].index];
        list = add_user(e, list, line, offer);
    }
    if (choice.left_out > 0)
        list = prose_piece(&e->prose, "%s; and %d more", list, (int)choice.left_out);
    if (*list == '\0')
        prose_say(&e->prose, "No other need uses it.");
    else
        prose_say(&e->prose, "%s.", list);
}

static bool has_line(const Plan *plan, int need, int offer)
{
    for (size_t i = 0; i < plan->assignment_count; i++)
        if (plan->assignments[i].need == need && plan->assignments[i].offer == offer)
            return true;
    return false;
}

/** Behind those that give to it: of which most is left, then of which most is used. */
static void tell_could(Explanation *e, int index)
{
    size_t room = e->round->offer_count;
    Choice giving = choice_new(e, room), choice = choice_new(e, room);
    for (int o = 0; o < (int)room; o++) {
        const OfferResult *result = &e->plan->offers[o];
        if (eligibility_bar(e->round, index, o).check != BAR_NOTHING)
            continue;
        choice_add(has_line(e->plan, index, o) ? &giving : &choice,
                   (Ranked){.index = o, .first = result->value_left, .second = result->value_used});
    }
    choice_keep(e, &choice);
    for (size_t i = 0; i < giving.count && choice.items != NULL; i++)
        choice_add(&choice, giving.items[i]);
    if (choice.count > 0)
        qsort(choice.items, choice.count, sizeof(Ranked), by_index);
    if (choice.count > 0)
        prose_say(&e->prose, "Offers that may serve it, and who else has them:\n");
    for (size_t i = 0; i < choice.count; i++) {
        int o = choice.items[i].index;
        const Offer *offer = &e->round->offers[o];
        prose_say(&e->prose, "- %s of %s. ", offer->id, explain_donor_name(e, offer->donor));
        explain_what_is_left(e, o);
        tell_users(e, index, o);
        prose_end_line(&e->prose);
    }
    say_left_out(e, &choice);
    prose_end_paragraph(&e->prose);
}

/* ---- waiting -------------------------------------------------------------------------------- */

/** Offers that only the need's own state bars. */
static void tell_waiting(Explanation *e, int index)
{
    const char *list = "";
    Choice choice = choice_new(e, e->round->offer_count);
    if (need_is_outcome(&e->round->needs[index]))
        return;
    for (int o = 0; o < (int)e->round->offer_count; o++)
        if (eligibility_bar(e->round, index, o).check >= BAR_NEED_UNKNOWN)
            choice_add(&choice, (Ranked){.index = o, .first = e->plan->offers[o].value_left});
    choice_keep(e, &choice);
    for (size_t i = 0; i < choice.count; i++)
        list = prose_piece(&e->prose, "%s%s%s", list, i == 0 ? "" : ", ",
                           e->round->offers[choice.items[i].index].id);
    if (choice.left_out > 0)
        list = prose_piece(&e->prose, "%s, and %zu more", list, choice.left_out);
    if (*list != '\0')
        prose_say(&e->prose, "Nothing but this bars these offers from serving it: %s. ", list);
    prose_end_paragraph(&e->prose);
}

void explain_pairs_of_need(Explanation *e, int need)
{
    tell_waiting(e, need);
    tell_barred(e, need);
    tell_could(e, need);
}
