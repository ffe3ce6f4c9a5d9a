/* A new offer, asked of whoever may come: what it meets beside what is there. It takes nothing from anybody,
 * so that only rows of the rules table that are about the need, whoever gives, and numbers of needs can
 * stand in its way.
 */
#include "solver/asks_internal.h"

#include <string.h>

/** A rule and the new line under it. */
typedef struct NewLine {
    const AskJob *job;
    const RuleRow *row;
    int need;
    int64_t counts; /* the line itself, as the rule counts; 0: it does not */
    int64_t sum;    /* of the lines at hand under the same rule, and of it */
} NewLine;

static bool shares_tag(const RuleRow *row, const Need *a, const Need *b)
{
    const NameList *words = &row->select[SELECT_TAG];
    for (int t = 0; t < a->tags.count; t++)
        if ((words->count == 0 || name_list_has(words, a->tags.names[t])) &&
            name_list_has(&b->tags, a->tags.names[t]))
            return true;
    return false;
}

static bool is_each(const RuleRow *row, Selector word)
{
    return (row->each & (1u << word)) != 0;
}

/** Does the rule hold for both needs together? A new offer of a new donor is with no other in `each`. */
static bool is_together(const RuleRow *row, const Need *a, const Need *b)
{
    return !is_each(row, SELECT_OFFER) && !is_each(row, SELECT_DONOR) &&
           (!is_each(row, SELECT_NEED) || a == b) &&
           (!is_each(row, SELECT_BENEFICIARY) || strcmp(a->beneficiary, b->beneficiary) == 0) &&
           (!is_each(row, SELECT_REGION) || strcmp(a->region, b->region) == 0) &&
           (!is_each(row, SELECT_CATEGORY) || strcmp(a->category, b->category) == 0) &&
           (!is_each(row, SELECT_PRIORITY) || a->tier == b->tier) &&
           (!is_each(row, SELECT_TAG) || shares_tag(row, a, b));
}

/** What so much of a need counts: in the rule's unit where it has one, by value else. */
static bool count_line(const Round *round, const RuleRow *row, const Need *need, int64_t quantity,
                       const Pair *pair, int64_t *out)
{
    bool own = row->has_quantity && need->unit.name == row->unit.name;
    *out = own ? quantity : 0;
    if (row->has_quantity) /* or in units of the offers, or not at all */
        return own || pair == NULL || round->offers[pair->offer].unit.name != row->unit.name ||
               ratio_apply(quantity, pair->use, ROUND_UP, out);
    return !need->has_value || ratio_apply(quantity, need->value, ROUND_HALF_EVEN, out);
}

/** What the lines at hand count under the rule, and of all lines together. */
static bool add_up(NewLine *line, int64_t *total)
{
    const AskJob *job = line->job;
    const PairSet *pairs = job->form->pairs;
    const Need *needs = job->form->round->needs, *own = &needs[line->need];
    *total = line->sum = line->counts;
    for (size_t p = 0; p < pairs->count; p++) {
        const Pair *pair = &pairs->pairs[p];
        int64_t amount;
        if (job->book.quantity[p] == 0)
            continue;
        if (!count_line(job->form->round, line->row, &needs[pair->need], job->book.quantity[p],
                        pair, &amount) ||
            __builtin_add_overflow(*total, amount, total))
            return false;
        if (rule_row_matches(job->form->round, line->row, pair->need, pair->offer) &&
            is_together(line->row, own, &needs[pair->need]))
            line->sum += amount; /* no more than the total, which fits */
    }
    return true;
}

/** The rule's bound in smallest parts of what it counts in. */
static bool bound_of(const NewLine *line, int64_t total, int64_t *out)
{
    const Round *round = line->job->form->round;
    const RuleRow *row = line->row;
    Ratio rate, amount;
    if (row->has_quantity)
        return ratio_apply(unit_scale(row->unit), ratio_of_decimal(row->quantity), ROUND_DOWN, out);
    if (row->has_share)
        return ratio_apply(total, ratio_of_decimal(row->share), ROUND_DOWN, out);
    return round_rate(round, row->currency, &rate) &&
           ratio_multiply(ratio_of_decimal(row->value), rate, &amount) &&
           ratio_apply(unit_scale(round->currency), amount, ROUND_DOWN, out);
}

/** Is the item of the line met for the first time among those before it? */
static bool is_new_item(const NewLine *line, size_t at)
{
    const AskJob *job = line->job;
    const Round *round = job->form->round;
    const Pair *pairs = job->form->pairs->pairs, *own = &pairs[at];
    const char *of = line->row->of;
    for (size_t p = 0; p < at; p++) {
        const Need *a = &round->needs[pairs[p].need], *b = &round->needs[own->need];
        bool same = strcmp(of, "needs") == 0           ? a == b
                    : strcmp(of, "beneficiaries") == 0 ? strcmp(a->beneficiary, b->beneficiary) == 0
                    : strcmp(of, "offers") == 0        ? pairs[p].offer == own->offer
                                                       : strcmp(round->offers[pairs[p].offer].donor,
                                                                round->offers[own->offer].donor) == 0;
        if (same && job->book.quantity[p] > 0 &&
            rule_row_matches(round, line->row, pairs[p].need, pairs[p].offer) &&
            is_together(line->row, &round->needs[line->need], a))
            return false;
    }
    return true;
}

/** Different items that the rule counts with the new line: donor and offer are new, its need and
 *  beneficiary may have lines already. */
static int64_t count_items(const NewLine *line)
{
    const AskJob *job = line->job;
    const Need *needs = job->form->round->needs, *own = &needs[line->need];
    const char *of = line->row->of;
    bool known = false;
    int64_t count = 0;
    for (size_t p = 0; p < job->form->pairs->count; p++) {
        const Pair *pair = &job->form->pairs->pairs[p];
        if (job->book.quantity[p] == 0 ||
            !rule_row_matches(job->form->round, line->row, pair->need, pair->offer) ||
            !is_together(line->row, own, &needs[pair->need]) || !is_new_item(line, p))
            continue;
        count++;
        known = known || (strcmp(of, "needs") == 0 && pair->need == line->need) ||
                (strcmp(of, "beneficiaries") == 0 &&
                 strcmp(needs[pair->need].beneficiary, own->beneficiary) == 0);
    }
    return count + (known ? 0 : 1);
}

static bool is_allowed_by(const AskJob *job, const RuleRow *row, int need)
{
    const Need *own = &job->form->round->needs[need];
    NewLine line = {.job = job, .row = row, .need = need};
    int64_t total, bound;
    if (row->select[SELECT_OFFER].count > 0 || row->select[SELECT_DONOR].count > 0 ||
        !rule_row_selects_need(row, own))
        return true;
    if (row->kind == RULE_FORBID)
        return false;
    if (row->kind == RULE_COUNT)
        return count_items(&line) <= row->count;
    if (row->kind != RULE_LIMIT && row->kind != RULE_TICKET)
        return true;
    if (!count_line(job->form->round, row, own, ask_lacks(job, need), NULL, &line.counts) ||
        !add_up(&line, &total) || !bound_of(&line, total, &bound))
        return false;
    return row->kind == RULE_LIMIT ? line.sum <= bound : line.sum == 0 || line.sum >= bound;
}

/** Is there a place left for one need more of its beneficiary? */
static bool is_counted_in(const AskJob *job, int need)
{
    const Round *round = job->form->round;
    int row = round->needs[need].beneficiary_row, served = 0;
    if (row < 0 || round->beneficiaries[row].max_needs == 0 || job->given[need] > 0)
        return true;
    for (size_t n = 0; n < round->need_count; n++)
        served += round->needs[n].beneficiary_row == row && job->given[n] > 0;
    return served < round->beneficiaries[row].max_needs;
}

bool ask_new_is_allowed(const AskJob *job, int need)
{
    const Round *round = job->form->round;
    for (size_t r = 0; r < round->rule_count; r++)
        if (!is_allowed_by(job, &round->rules[r], need))
            return false;
    return is_counted_in(job, need);
}
