/* The walk: a line moves, what that breaks is mended by another line of what is broken, and so on for a few lines;
 * the lot stays where less is broken than before, or now and then where a little more is.
 */
#include "solver/cents_walk.h"

#include <math.h>
#include <string.h>

#include "solver/cents_board.h"

/* Moves of one walk, walks from the start, and lines that mend one move at most. */
enum { MOVES = 60000, WALKS = 3, CHAIN_MOST = 7 };

/* What may be broken more, in reporting minor units, at the start of a walk and at its end. */
static const double HOT = 4.0, COLD = 0.05;

/** A line of what is broken, chosen at random: the rule's, or the need's. */
static int choose_line(CentsBoard *b, size_t index)
{
    const RuleSet *rules = b->form->rules;
    const PairSet *pairs = b->form->pairs;
    if (index < rules->count) {
        const Rule *rule = &rules->rules[index];
        return rule->count == 0 ? -1 : rule->pairs[draw_below(&b->draw, (int)rule->count)];
    }
    size_t need = index - rules->count, count = pairs->first[need + 1] - pairs->first[need];
    return count == 0 ? -1 : (int)pairs->first[need] + draw_below(&b->draw, (int)count);
}

/** Moves a line of what is broken so far that it holds, where one line can. */
static bool mend(CentsBoard *b, size_t index)
{
    size_t rules = b->form->rules->count;
    int pair = choose_line(b, index);
    int64_t quantity;
    if (pair < 0 || cents_board_moved(b, pair))
        return false;
    if (index < rules)
        return cents_board_mend(b, index, pair, &quantity) && cents_board_move(b, pair, quantity);
    size_t need = index - rules;
    int64_t over = b->given[need] - b->form->round->needs[need].wanted;
    int64_t under = b->least[need] - b->given[need];
    return cents_board_move(b, pair,
                            b->book->quantity[pair] + (over > 0    ? -over
                                                       : under > 0 ? under
                                                                   : 0));
}

/** Something broken among what the line counts under, chosen at random; false: all of it holds. */
static bool choose_broken(CentsBoard *b, int pair, size_t *index)
{
    const RuleBook *book = b->book;
    size_t own = book->first[pair + 1] - book->first[pair], all = own + book->share_rule_count + 1;
    size_t found = 0;
    for (size_t k = 0; k < all; k++) {
        size_t at = k < own ? (size_t)book->rule_of[book->first[pair] + k]
                    : k + 1 < all
                        ? (size_t)book->share_rules[k - own]
                        : b->form->rules->count + (size_t)b->form->pairs->pairs[pair].need;
        if (b->broken[at] > 0 && draw_below(&b->draw, (int)++found) == 0)
            *index = at;
    }
    return found > 0;
}

/** Anything broken, chosen at random. */
static bool choose_any(CentsBoard *b, size_t *index)
{
    size_t found = 0;
    for (size_t i = 0; i < b->form->rules->count + b->form->round->need_count; i++)
        if (b->broken[i] > 0 && draw_below(&b->draw, (int)++found) == 0)
            *index = i;
    return found > 0;
}

/** A line goes anywhere: by a few steps, by many, to one of its ends, or to where its rounding is used up. */
static bool stir(CentsBoard *b)
{
    const PairSet *pairs = b->form->pairs;
    int pair = draw_below(&b->draw, (int)pairs->count);
    const Pair *row = &pairs->pairs[pair];
    int64_t step = b->form->round->needs[row->need].step, now = b->book->quantity[pair], to = now;
    size_t own = b->book->first[pair + 1] - b->book->first[pair];
    double most = (double)(row->upper - row->lower) / (double)step;
    int sign = draw_below(&b->draw, 2) == 0 ? -1 : 1;
    switch (draw_below(&b->draw, 5)) {
    case 0: to = now + sign * step * (1 + draw_below(&b->draw, 4)); break;
    case 1: to = now + sign * step * (int64_t)pow(most + 1, draw_unit(&b->draw)); break;
    case 2: to = sign < 0 ? row->lower : row->upper; break;
    case 3:
    case 4:
        if (own == 0 ||
            !cents_board_same(
                b,
                (size_t)
                    b->book->rule_of[b->book->first[pair] + (size_t)draw_below(&b->draw, (int)own)],
                pair, sign > 0, &to))
            return false;
        break;
    }
    return cents_board_move(b, pair, to);
}

/** Two needs exchange what they have of two offers. */
static bool exchange(CentsBoard *b)
{
    const PairSet *pairs = b->form->pairs;
    int a = draw_below(&b->draw, (int)pairs->count), c = draw_below(&b->draw, (int)pairs->count);
    const Pair *one = &pairs->pairs[a], *two = &pairs->pairs[c];
    if (one->need == two->need || one->offer == two->offer)
        return false;
    int across = pair_set_find(pairs, one->need, two->offer);
    int back = pair_set_find(pairs, two->need, one->offer);
    if (across < 0 || back < 0)
        return false;
    int64_t has = b->book->quantity[across];
    double most = (double)has / (double)b->form->round->needs[one->need].step;
    int64_t step = b->form->round->needs[one->need].step;
    int64_t more =
        draw_below(&b->draw, 3) == 0 ? has : step * (int64_t)pow(most + 1, draw_unit(&b->draw));
    if (!cents_board_move(b, a, b->book->quantity[a] + more) ||
        !cents_board_move(b, across, has - more))
        return false;
    size_t broken = 0;
    int64_t to = 0;
    if (choose_broken(b, a, &broken) && broken < b->form->rules->count &&
        cents_board_mend(b, broken, back, &to)) {
        int64_t before = b->book->quantity[back];
        if (cents_board_move(b, back, to))
            (void)cents_board_move(b, c, b->book->quantity[c] + before - b->book->quantity[back]);
    }
    return true;
}

/** One move and what mends it. */
static bool propose(CentsBoard *b)
{
    size_t index = 0;
    bool moved = false;
    switch (draw_below(&b->draw, 4)) {
    case 0:
    case 1: moved = choose_any(b, &index) && mend(b, index); break;
    case 2: moved = stir(b); break;
    case 3: moved = exchange(b); break;
    }
    for (int k = 0; moved && k < CHAIN_MOST && b->broken_count > 0; k++)
        if (!choose_broken(b, b->pair[draw_below(&b->draw, b->moves)], &index) || !mend(b, index))
            continue;
    return b->moves > 0;
}

static void walk_once(CentsBoard *b)
{
    for (int k = 0; k < MOVES && b->broken_count > 0; k++) {
        double heat = HOT * pow(COLD / HOT, (double)k / MOVES), before = b->energy;
        if (!propose(b))
            continue;
        double worse = b->energy - before;
        if (worse <= 0 || worse <= -heat * log(1 - draw_unit(&b->draw)))
            cents_board_mark(b);
        else
            cents_board_undo(b);
    }
    cents_board_mark(b);
}

Status cents_walk(const Formulation *form, Arena *arena, RuleBook *book, bool *kept)
{
    CentsBoard board;
    size_t pairs = form->pairs->count;
    int64_t *start = ARENA_NEW(arena, pairs, int64_t);
    TRY_NEW(start);
    *kept = false;
    if (pairs == 0)
        return STATUS_OK;
    memcpy(start, book->quantity, pairs * sizeof *start);
    TRY(cents_board_open(form, book, arena, &board));
    for (int k = 0; k < WALKS && !*kept; k++) {
        for (size_t p = 0; p < pairs; p++) {
            (void)cents_board_move(&board, (int)p, start[p]);
            cents_board_mark(&board);
        }
        walk_once(&board);
        *kept = board.broken_count == 0;
    }
    for (size_t p = 0; p < pairs && !*kept; p++)
        TRY(rule_book_set(book, (int)p, start[p]));
    return STATUS_OK;
}
