/* The plan at hand of ruin and recreate: lines, exact sums, what each tier comes to, and the way back. */
#include <math.h>
#include <string.h>

#include "solver/ruin_internal.h"

static void note_move(Ruin *r, int pair)
{
    if (r->move_count == r->move_room) {
        size_t room = r->move_room * 2 + 1024;
        RuinMove *moves = arena_grow(r->arena, r->moves, r->move_count, room, sizeof *moves);
        if (moves == NULL) {
            r->failed = true;
            return;
        }
        r->moves = moves;
        r->move_room = room;
    }
    r->moves[r->move_count++] = (RuinMove){.pair = pair, .before = r->book.quantity[pair]};
}

/** The line alone, without a note. */
static void set_line(Ruin *r, int pair, int64_t quantity)
{
    int need = r->form->pairs->pairs[pair].need;
    int64_t more = quantity - r->book.quantity[pair];
    const RuinGain *gain = &r->gain[need];
    if (rule_book_set(&r->book, pair, quantity) != STATUS_OK) {
        r->failed = true;
        return;
    }
    r->given[need] += more;
    if (gain->stage >= 0)
        r->value[gain->stage] -= gain->each * (double)more;
}

void ruin_put(Ruin *r, int pair, int64_t quantity)
{
    if (r->failed || r->book.quantity[pair] == quantity)
        return;
    note_move(r, pair);
    if (!r->failed)
        set_line(r, pair, quantity);
}

void ruin_undo(Ruin *r, size_t mark)
{
    while (r->move_count > mark) {
        const RuinMove *move = &r->moves[--r->move_count];
        set_line(r, move->pair, move->before);
    }
}

bool ruin_keeps_rules(Ruin *r, size_t mark, bool floors)
{
    const RuleBook *book = &r->book;
    if (r->failed)
        return false;
    r->stamp++;
    for (size_t m = mark; m < r->move_count; m++) {
        int pair = r->moves[m].pair;
        for (size_t k = book->first[pair]; k < book->first[pair + 1]; k++) {
            int rule = book->rule_of[k];
            if (r->seen[rule] == r->stamp)
                continue;
            r->seen[rule] = r->stamp;
            if (!floors && book->rules->rules[rule].has_lower)
                continue;
            if (rule_book_slack(book, (size_t)rule) < 0)
                return false;
        }
    }
    for (size_t k = 0; floors && mark < r->move_count && k < book->share_rule_count; k++)
        if (rule_book_slack(book, (size_t)book->share_rules[k]) < 0)
            return false;
    return true;
}

/** What is left under one sum, in the need's smallest parts; never more than fits, but for the
 *  rounding of single lines, which ruin_keeps_rules() sees. */
static int64_t left_under(const RuleBook *book, size_t k, int pair)
{
    const Rule *rule = &book->rules->rules[book->rule_of[k]];
    int64_t slack = rule->upper - book->sum[book->rule_of[k]];
    Ratio factor;
    if (slack <= 0)
        return 0;
    if (book->plain[k])
        return slack;
    if (!rule_factor(book->round, book->pairs, rule, pair, &factor))
        return 0;
    double each = ratio_to_double(factor);
    if (each <= 0)
        return INT64_MAX;
    /* a part of the rule's unit less: what rounding up takes */
    double left = floor(((double)slack - (each < 1 ? 0 : 1)) / each + 1e-9);
    return left <= 0 ? 0 : left >= 9e18 ? INT64_MAX : (int64_t)left;
}

int64_t ruin_headroom(const Ruin *r, int pair)
{
    const RuleBook *book = &r->book;
    const Pair *row = &r->form->pairs->pairs[pair];
    const Need *need = &r->form->round->needs[row->need];
    int64_t room = row->upper - book->quantity[pair];
    if (need->wanted - r->given[row->need] < room)
        room = need->wanted - r->given[row->need];
    for (size_t k = book->first[pair]; k < book->first[pair + 1] && room > 0; k++) {
        const Rule *rule = &book->rules->rules[book->rule_of[k]];
        if (rule->form == FORM_AT_MOST && book->item_lines[book->item_of[k]] == 0 &&
            book->sum[book->rule_of[k]] >= rule->upper)
            return 0;
        if (rule->form != FORM_BOUND || !rule->has_upper || rule->of_total)
            continue;
        int64_t left = left_under(book, k, pair);
        room = left < room ? left : room;
    }
    return room <= 0 ? 0 : room - room % need->step;
}

static bool is_full(const Ruin *r, int need);

static bool requirements_hold(const Ruin *r, int need)
{
    const Logic *logic = &r->form->round->logic;
    for (size_t q = logic->first[need]; q < logic->first[need + 1]; q++) {
        const Requirement *requirement = &logic->requirements[q];
        bool met = false;
        for (int k = 0; k < requirement->count && !met; k++)
            met = is_full(r, requirement->any_of[k]);
        if (!met)
            return false;
    }
    return true;
}

/** An outcome is looked at once a question, however many ways lead to it. */
static bool is_full(const Ruin *r, int need)
{
    const Need *row = &r->form->round->needs[need];
    if (!need_is_outcome(row))
        return row->quantity_known && r->given[need] >= row->wanted;
    RuinSight *sight = &r->sights[need];
    if (sight->question != r->sights[r->form->round->need_count].question) {
        sight->is_full = requirements_hold(r, need);
        sight->question = r->sights[r->form->round->need_count].question;
    }
    return sight->is_full;
}

/** What was seen before no longer counts. */
static void ask_anew(const Ruin *r)
{
    r->sights[r->form->round->need_count].question++;
}

bool ruin_requirements_hold(const Ruin *r, int need)
{
    const Logic *logic = &r->form->round->logic;
    if (logic->first[need] == logic->first[need + 1])
        return true;
    ask_anew(r);
    return requirements_hold(r, need);
}

bool ruin_is_full(const Ruin *r, int need)
{
    if (need_is_outcome(&r->form->round->needs[need]))
        ask_anew(r);
    return is_full(r, need);
}

bool ruin_all_requirements_hold(const Ruin *r)
{
    ask_anew(r);
    for (int n = 0; n < (int)r->form->round->need_count; n++)
        if (r->given[n] > 0 && !requirements_hold(r, n))
            return false;
    return true;
}
