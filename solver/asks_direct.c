/* Asks in whole numbers, without a solve: the need's own line of an offer takes all that it lacks, and
 * the offer grows by what that is short of. Exact, and nobody else's line moves: an answer that is
 * enough; prices say whether less would do.
 */
#include "solver/asks_internal.h"

#include <stdlib.h>
#include <string.h>

#include "allot/logic.h"

int64_t ask_lacks(const AskJob *job, int need)
{
    const Need *row = &job->form->round->needs[need];
    return row->quantity_known && row->wanted > job->given[need] ? row->wanted - job->given[need]
                                                                 : 0;
}

/** May the pair have a line at all, nothing lifted? */
static bool is_open(const AskJob *job, int pair)
{
    double lower, upper;
    lifts_bounds(&job->lifts, NULL, pair, &lower, &upper);
    return upper > 0 && job->form->pairs->pairs[pair].upper > 0;
}

/** (C4) of lines at hand, and of what the need lacks. */
static bool fits_beneficiary(const AskJob *job, int need)
{
    const Round *round = job->form->round;
    const Need *row = &round->needs[need];
    int64_t sum, value;
    if (row->beneficiary_row < 0 || !round->beneficiaries[row->beneficiary_row].has_max_value ||
        !row->has_value || !ratio_apply(ask_lacks(job, need), row->value, ROUND_HALF_EVEN, &sum))
        return true;
    for (size_t n = 0; n < round->need_count; n++)
        if (round->needs[n].beneficiary_row == row->beneficiary_row && round->needs[n].has_value &&
            ratio_apply(job->given[n], round->needs[n].value, ROUND_HALF_EVEN, &value) &&
            __builtin_add_overflow(sum, value, &sum))
            return false;
    return sum <= round->beneficiaries[row->beneficiary_row].max_value;
}

bool ask_stands_alone(const AskJob *job, int need)
{
    const Round *round = job->form->round;
    int bundle = round->logic.bundle_of[need], mark = round->logic.alternative_of[need];
    if (!logic_satisfied(round, need, job->full))
        return false;
    for (int i = 0; bundle >= 0 && i < round->logic.bundles[bundle].count; i++) {
        int other = round->logic.bundles[bundle].members[i];
        const Need *row = &round->needs[other];
        if (other != need && (!row->quantity_known || (row->wanted > 0 && job->given[other] == 0)))
            return false;
    }
    for (int i = 0; mark >= 0 && i < round->logic.alternatives[mark].count; i++) {
        int other = round->logic.alternatives[mark].members[i];
        if (other != need &&
            (job->given[other] > 0 || round->logic.alternatives[mark].chosen == other))
            return false;
    }
    return fits_beneficiary(job, need);
}

/** The raise of a rule by an offer, or NULL. */
static const Raise *raise_for(const AskJob *job, int offer, int rule)
{
    for (size_t k = job->raises.first[offer]; k < job->raises.first[offer + 1]; k++)
        if (job->raises.raises[k].rule == rule)
            return &job->raises.raises[k];
    return NULL;
}

/** Of a rule that lacks @p growth: the offer's extra beyond what is granted; -1: it does not help. */
static int64_t extra_for(const AskJob *job, int offer, int rule, int64_t growth)
{
    const Raise *raise = raise_for(job, offer, rule);
    int64_t now, extra;
    if (raise == NULL || !raise_of(raise, job->granted[offer], &now) ||
        __builtin_add_overflow(growth, now, &growth) || !raise_least(raise, growth, &extra))
        return -1;
    return extra - job->granted[offer];
}

/** What the rules of the pair ask the offer to grow by, the line as it is in the book; -1: one of them,
 *  *stop, does not grow. */
static int64_t missing(const AskJob *job, int pair, int *stop)
{
    const RuleBook *book = &job->book;
    int offer = job->form->pairs->pairs[pair].offer;
    size_t own = book->first[pair + 1] - book->first[pair];
    int64_t extra = 0;
    for (size_t k = 0; k < own + book->share_rule_count; k++) {
        int rule = k < own ? book->rule_of[book->first[pair] + k] : book->share_rules[k - own];
        int64_t slack = rule_book_slack(book, (size_t)rule);
        int64_t more = slack >= 0 ? 0 : extra_for(job, offer, rule, -slack);
        if (more < 0) {
            *stop = rule;
            return -1;
        }
        extra = more > extra ? more : extra;
    }
    return extra;
}

static void ask_line(AskJob *job, int need, int pair, AskOption *option)
{
    int64_t before = job->book.quantity[pair], after = before + ask_lacks(job, need);
    if (after > job->form->pairs->pairs[pair].upper || !ask_stands_alone(job, need))
        return;
    if (rule_book_set(&job->book, pair, after) != STATUS_OK)
        return;
    int64_t extra = missing(job, pair, &option->stop);
    (void)rule_book_set(&job->book, pair, before); /* it fitted a moment ago */
    if (extra >= 0)
        option->direct = option->extra = ask_on_grid(job, option->offer, extra);
}

/** Marks what the need cannot be served without: the others of its bundle, what they require, ... */
static void mark_circle(AskJob *job, int need)
{
    const Logic *logic = &job->form->round->logic;
    bool grown = true;
    memset(job->mark, 0, job->form->round->need_count * sizeof *job->mark);
    job->mark[need] = true;
    if (logic->first[need] == logic->first[need + 1] && logic->bundle_of[need] < 0)
        return;
    while (grown) {
        grown = false;
        for (size_t n = 0; n < job->form->round->need_count; n++) {
            int bundle = logic->bundle_of[n];
            if (!job->mark[n])
                continue;
            for (int i = 0; bundle >= 0 && i < logic->bundles[bundle].count; i++) {
                bool *other = &job->mark[logic->bundles[bundle].members[i]];
                grown = grown || !*other;
                *other = true;
            }
            for (size_t r = logic->first[n]; r < logic->first[n + 1]; r++)
                for (int k = 0; k < logic->requirements[r].count; k++) {
                    bool *other = &job->mark[logic->requirements[r].any_of[k]];
                    grown = grown || !*other;
                    *other = true;
                }
        }
    }
}

static AskOption *option_of(AskJob *job, int offer)
{
    for (int i = 0; i < job->option_count; i++)
        if (job->options[i].offer == offer)
            return &job->options[i];
    AskOption *option = &job->options[job->option_count++];
    *option = (AskOption){.offer = offer, .direct = -1, .stop = -1, .extra = -1};
    return option;
}

static int by_offer(const void *a, const void *b)
{
    int x = ((const AskOption *)a)->offer, y = ((const AskOption *)b)->offer;
    return (x > y) - (x < y);
}

Status ask_list_options(AskJob *job, int need)
{
    const PairSet *pairs = job->form->pairs;
    job->option_count = 0;
    mark_circle(job, need);
    for (size_t n = 0; n < job->form->round->need_count; n++) {
        if (!job->mark[n] || ask_lacks(job, (int)n) == 0)
            continue;
        for (size_t p = pairs->first[n]; p < pairs->first[n + 1]; p++) {
            int offer = pairs->pairs[p].offer;
            if (!is_open(job, (int)p) || job->raises.first[offer] == job->raises.first[offer + 1])
                continue;
            AskOption *option = option_of(job, offer);
            if ((int)n == need)
                ask_line(job, need, (int)p, option);
        }
    }
    qsort(job->options, (size_t)job->option_count, sizeof *job->options, by_offer);
    return STATUS_OK;
}

int64_t ask_on_grid(const AskJob *job, int offer, int64_t extra)
{
    int64_t grid = job->grid[offer], quantity = job->form->round->offers[offer].quantity;
    int64_t all = quantity + job->granted[offer] + extra, rest = all % grid;
    return extra > 0 && rest != 0 ? extra + grid - rest : extra;
}

/** Reporting minor units for one smallest part. */
static bool worth_of(const AskJob *job, int need, int offer, Ratio *out)
{
    const Round *round = job->form->round;
    const Offer *row = &round->offers[offer];
    Ratio price = ratio_of(1, 1), rate;
    int pair = pair_set_find(job->form->pairs, need, offer);
    if (!row->unit.is_money && !row->has_unit_value)
        return round->needs[need].has_value && pair >= 0 &&
               ratio_divide(round->needs[need].value, job->form->pairs->pairs[pair].use, out);
    if (!row->unit.is_money)
        price = ratio_of_decimal(row->unit_value);
    return round_rate(round, row->unit.is_money ? row->unit.name : row->currency, &rate) &&
           ratio_multiply(price, rate, &rate) &&
           ratio_multiply(rate, ratio_of(unit_scale(round->currency), unit_scale(row->unit)), out);
}

bool ask_value(const AskJob *job, int need, int offer, int64_t extra, int64_t *value)
{
    Ratio worth;
    return worth_of(job, need, offer, &worth) && ratio_apply(extra, worth, ROUND_HALF_EVEN, value);
}

static Status grow(AskJob *job, int offer, int64_t extra)
{
    int64_t all;
    if (__builtin_add_overflow(job->granted[offer], extra, &all) ||
        !raises_apply(&job->raises, offer, -job->granted[offer], &job->rules) ||
        !raises_apply(&job->raises, offer, all, &job->rules))
        return STATUS_INTERNAL;
    job->granted[offer] = all;
    return STATUS_OK;
}

/** What was given from outside counts as given. */
Status ask_mark_full(AskJob *job)
{
    const Round *round = job->form->round;
    arena_reset(job->scratch);
    int64_t *given = ARENA_NEW(job->scratch, round->need_count, int64_t);
    TRY_NEW(given);
    for (size_t n = 0; n < round->need_count; n++)
        given[n] = job->gifted[n] ? round->needs[n].wanted : job->given[n];
    logic_full(round, given, job->full);
    return STATUS_OK;
}

Status ask_grant_line(AskJob *job, int need, int offer, int64_t extra)
{
    int pair = pair_set_find(job->form->pairs, need, offer);
    int64_t more = ask_lacks(job, need);
    ask_move_prices(job, need, offer, extra);
    ask_grow_network(job, need, offer, extra);
    TRY(grow(job, offer, extra));
    TRY(rule_book_set(&job->book, pair, job->book.quantity[pair] + more));
    job->given[need] += more;
    job->stale = true;
    return ask_mark_full(job);
}

Status ask_grant_lines(AskJob *job, const AskGift *gifts, int count)
{
    const PairSet *pairs = job->form->pairs;
    for (int i = 0; i < count; i++)
        TRY(grow(job, gifts[i].offer, gifts[i].extra));
    memset(job->given, 0, job->form->round->need_count * sizeof *job->given);
    for (size_t p = 0; p < pairs->count; p++) {
        if (job->book.quantity[p] != job->best[p])
            TRY(rule_book_set(&job->book, (int)p, job->best[p]));
        job->given[pairs->pairs[p].need] += job->best[p];
    }
    job->stale = true;
    job->pool_count = 0; /* what others have has moved */
    TRY(ask_move_network(job, gifts, count));
    return ask_mark_full(job);
}
