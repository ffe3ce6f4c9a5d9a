/* Whom a round of ruin and recreate empties: a few needs served by offers that the short one could use,
 * or, by ejection, so many that the short one fits in whole, into one offer where one is large enough.
 */
#include "solver/ruin_choose.h"

#include <math.h>

/* Needs emptied as a rule; looks for a line of an offer before another is tried; how many rounds in ten
 * are ejections, into how many pairs at most, and how many of them are drawn for each. */
enum {
    EMPTIED_USUAL = 6,
    LOOKS = 12,
    FORCED_LOOKS = 40,
    FORCED_TENTHS = 3,
    FORCED_PAIRS = 4,
    FORCED_DRAWS = 4
};

static bool add_emptied(Search *s, int need)
{
    for (int i = 0; i < s->emptied_count; i++)
        if (s->emptied[i] == need)
            return false;
    if (s->emptied_count == EMPTIED_MOST || need_is_outcome(&s->r->form->round->needs[need]))
        return false;
    s->had[s->emptied_count] = s->r->given[need];
    s->emptied[s->emptied_count++] = need;
    return true;
}

/** A random line of this offer, or -1. */
static int draw_line(Search *s, size_t offer)
{
    if (s->line_count[offer] == 0)
        return -1;
    int pair = s->lines[s->r->pairs_first[offer] + (size_t)draw_below(&s->r->draw, s->line_count[offer])];
    return s->r->book.quantity[pair] > 0 ? pair : -1;
}

/** A random need with something out of what this rule bounds, or -1. */
static int draw_bound_need(Search *s, const Rule *rule)
{
    const Pair *pairs = s->r->form->pairs->pairs;
    const Pair *pair = &pairs[rule->pairs[draw_below(&s->r->draw, (int)rule->count)]];
    if (rule->family == FAMILY_BENEFICIARY)
        return s->r->given[pair->need] > 0 ? pair->need : -1;
    int line = draw_line(s, (size_t)pair->offer);
    return line >= 0 ? pairs[line].need : -1;
}

/** Smallest parts of the rule's unit in one of the pair's need. */
static double each_of(const Ruin *r, const Rule *rule, int pair)
{
    Ratio factor;
    return rule_factor(r->form->round, r->form->pairs, rule, pair, &factor)
               ? ratio_to_double(factor)
               : 0;
}

/** What the need's lines count in the rule: of its offer or donor those, of its beneficiary all. */
static double given_within(const Ruin *r, const Rule *rule, int need)
{
    const PairSet *pairs = r->form->pairs;
    double sum = 0;
    for (size_t p = pairs->first[need]; p < pairs->first[need + 1]; p++)
        for (size_t k = r->book.first[p]; r->book.quantity[p] > 0 && k < r->book.first[p + 1]; k++)
            if (&r->book.rules->rules[r->book.rule_of[k]] == rule)
                sum += each_of(r, rule, (int)p) * (double)r->book.quantity[p];
    return sum;
}

double ruin_room(const Ruin *r, int pair)
{
    const RuleBook *book = &r->book;
    double most = (double)r->form->pairs->pairs[pair].upper;
    for (size_t k = book->first[pair]; k < book->first[pair + 1]; k++) {
        const Rule *rule = &book->rules->rules[book->rule_of[k]];
        double each = each_of(r, rule, pair);
        if (rule->form == FORM_BOUND && rule->has_upper && !rule->of_total && each > 0)
            most = fmin(most, (double)rule->upper / each);
    }
    return most;
}

/** Empties so much of whatever bounds this pair (its offer, a budget, a limit of its beneficiary) that
 *  @p amount of the short need fits into it. */
static void free_pair(Search *s, int pair, double amount)
{
    const Ruin *r = s->r;
    const RuleBook *book = &r->book;
    for (size_t k = book->first[pair]; k < book->first[pair + 1]; k++) {
        size_t index = (size_t)book->rule_of[k];
        const Rule *rule = &book->rules->rules[index];
        if (rule->form != FORM_BOUND || !rule->has_upper || rule->of_total || rule->count < 2)
            continue;
        double lacks = each_of(r, rule, pair) * amount - (double)rule_book_slack(book, index);
        for (int look = 0; look < FORCED_LOOKS && lacks > 0; look++) {
            int other = draw_bound_need(s, rule);
            if (other >= 0 && add_emptied(s, other))
                lacks -= given_within(r, rule, other);
        }
    }
}

/** Makes place for the whole of a short need: in one pair where one is large enough, else in as many
 *  as its donors may be, each the largest of a few drawn. */
static void free_enough(Search *s, int need)
{
    const Need *row = &s->r->form->round->needs[need];
    size_t first = s->r->form->pairs->first[need];
    int count = (int)(s->r->form->pairs->first[need + 1] - first);
    int most = row->max_donors > 0 ? row->max_donors : FORCED_PAIRS;
    double lacks = (double)row->wanted;
    for (int k = 0; k < most && count > 0 && k < FORCED_PAIRS && lacks > 0; k++) {
        int best = -1;
        double best_room = 0;
        for (int draw = 0; draw < FORCED_DRAWS && best_room < lacks; draw++) {
            int pair = (int)first + draw_below(&s->r->draw, count);
            double room = ruin_room(s->r, pair);
            if (room > best_room) {
                best = pair;
                best_room = room;
            }
        }
        if (best < 0)
            return;
        free_pair(s, best, fmin(lacks, best_room));
        lacks -= best_room;
    }
}

/** Empties a few needs that are served by offers the short one could use. */
static void free_some(Search *s, const size_t *offers)
{
    int wanted = 1 + draw_below(&s->r->draw, EMPTIED_USUAL);
    for (int look = 0; look < LOOKS && s->emptied_count <= wanted; look++) {
        int line = draw_line(s, offers[draw_below(&s->r->draw, 2)]);
        if (line >= 0)
            (void)add_emptied(s, s->r->form->pairs->pairs[line].need);
    }
}

/** The real needs that a short one still waits for, first. */
static void add_required(Search *s, int need, int depth)
{
    const Logic *logic = &s->r->form->round->logic;
    for (size_t q = logic->first[need]; q < logic->first[need + 1]; q++) {
        const Requirement *requirement = &logic->requirements[q];
        int pick =
            requirement->any_of[requirement->count == 1 ? 0 : draw_below(&s->r->draw, requirement->count)];
        if (ruin_is_full(s->r, pick) || depth > 16)
            continue;
        add_required(s, pick, depth + 1);
        (void)add_emptied(s, pick);
    }
}

/** Needs that wait for one of those emptied go with it, and so do the members of its bundle and, to
 *  make place, the one of its mark that is served. */
static void add_bound_needs(Search *s)
{
    const Ruin *r = s->r;
    const Logic *logic = &r->form->round->logic;
    for (int i = 0; i < s->emptied_count; i++) {
        int need = s->emptied[i], bundle = logic->bundle_of[need],
            mark = logic->alternative_of[need];
        for (size_t d = r->dependents_first[need]; d < r->dependents_first[need + 1]; d++)
            if (r->given[r->dependents[d]] > 0)
                (void)add_emptied(s, r->dependents[d]);
        for (int k = 0; bundle >= 0 && k < logic->bundles[bundle].count; k++)
            (void)add_emptied(s, logic->bundles[bundle].members[k]);
        for (int k = 0; mark >= 0 && k < logic->alternatives[mark].count; k++)
            if (r->given[logic->alternatives[mark].members[k]] > 0)
                (void)add_emptied(s, logic->alternatives[mark].members[k]);
    }
}

bool ruin_choose(Search *s, int need)
{
    const Ruin *r = s->r;
    const PairSet *pairs = r->form->pairs;
    s->emptied_count = 0;
    s->ahead = 0;
    add_required(s, need, 0);
    (void)add_emptied(s, need);
    int asking = s->emptied_count;
    int around = need_is_outcome(&r->form->round->needs[need]) && s->emptied_count > 0
                     ? s->emptied[draw_below(&s->r->draw, s->emptied_count)]
                     : need;
    size_t first = pairs->first[around], count = pairs->first[around + 1] - first;
    if (count == 0)
        return false;
    int one = (int)(first + (size_t)draw_below(&s->r->draw, (int)count));
    int other = (int)(first + (size_t)draw_below(&s->r->draw, (int)count));
    size_t offers[2] = {(size_t)pairs->pairs[one].offer, (size_t)pairs->pairs[other].offer};
    if (draw_below(&s->r->draw, 10) < FORCED_TENTHS) {
        for (int i = 0; i < asking; i++)
            free_enough(s, s->emptied[i]);
        s->ahead = asking;
    } else {
        free_some(s, offers);
    }
    if (draw_below(&s->r->draw, 4) == 0)
        (void)add_emptied(s, s->shorts[draw_below(&s->r->draw, (int)s->short_count)].need);
    add_bound_needs(s);
    return true;
}
