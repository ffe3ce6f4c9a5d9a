/* The greedy basis is triangular: every line is as large as it can be, so that it fills a row (its
 * need's, an offer's, a budget's ...) or reaches its own upper bound. It becomes basic in the row that
 * it fills, and no later line touches that row. Where a need is not filled, u is basic; sums and
 * differences are basic in the rows that define them.
 */
#include "solver/crash.h"

#include <stdlib.h>

/* What is left of a row counts as nothing below this, in units of the scaled program. */
static const double NOTHING = 1e-6;

/* Instead of a row: the column's own upper bound is what stops it. */
enum { NO_ROW = -1 };

typedef struct Greedy {
    const Formulation *form;
    const LpColumns *columns;
    Crash *crash;
    double *x;           /* [column_count] */
    double *above;       /* [row_count] how much the row can still take */
    double *below;       /* [row_count] how far it stands above its lower bound, if it has one */
    double *wanted;      /* [known_count] what is left of a need */
    bool *is_definition; /* [row_count] C1 and rows of sums and differences: they limit nothing */
    bool *is_full;       /* [row_count] some line is basic in it */
    int *spread;         /* [offer_count] how many needs it can serve */
} Greedy;

static int need_row(const Greedy *g, int pair)
{
    int need = g->form->pairs->pairs[pair].need;
    return g->form->unmet_column[need] - (int)g->form->pairs->count;
}

/** How much larger a line may become, and the row that stops it. */
static double room_of(const Greedy *g, int pair, int *stop)
{
    const LpColumns *columns = g->columns;
    double most = g->form->lp.upper[pair] - g->x[pair];
    int row = need_row(g, pair);
    *stop = NO_ROW;
    if (g->wanted[row] <= most) {
        most = g->wanted[row];
        *stop = row;
    }
    for (size_t k = columns->first[pair]; k < columns->first[pair + 1]; k++) {
        int i = columns->row[k];
        double element = columns->value[k];
        if (g->is_definition[i])
            continue;
        double room = element > 0 ? g->above[i] / element : g->below[i] / -element;
        if (g->is_full[i])
            return 0;
        if (room < most) {
            most = room;
            *stop = i;
        }
    }
    return most;
}

static void add_amount(Greedy *g, int pair, double amount)
{
    const LpColumns *columns = g->columns;
    g->x[pair] += amount;
    g->wanted[need_row(g, pair)] -= amount;
    for (size_t k = columns->first[pair]; k < columns->first[pair + 1]; k++) {
        g->above[columns->row[k]] -= columns->value[k] * amount;
        g->below[columns->row[k]] += columns->value[k] * amount;
    }
}

/** Makes a line as large as it can be. */
static void serve(Greedy *g, int pair)
{
    const Lp *lp = &g->form->lp;
    int stop;
    double room = room_of(g, pair, &stop);
    if (room <= NOTHING * lp->column_scale[pair])
        return;
    add_amount(g, pair, room);
    if (stop == NO_ROW) {
        g->crash->column[pair] = PLACE_UPPER;
        return;
    }
    g->crash->column[pair] = PLACE_BASIC;
    g->is_full[stop] = true;
    if (stop < g->form->known_count) {
        g->wanted[stop] = 0;
        g->crash->column[(int)g->form->pairs->count + stop] = PLACE_LOWER;
        return;
    }
    bool at_lower = fabs(g->below[stop]) < fabs(g->above[stop]);
    g->crash->row[stop] = at_lower ? PLACE_LOWER : PLACE_UPPER;
}

/* ---- what comes first -------------------------------------------------------------------------- */

typedef struct Turn {
    int index; /* of a need, known ones counted; or of a pair */
    size_t stage;
    double weight; /* the larger the sooner */
} Turn;

static int sooner_first(const void *a, const void *b)
{
    const Turn *x = a, *y = b;
    if (x->stage != y->stage)
        return (x->stage > y->stage) - (x->stage < y->stage);
    if (x->weight != y->weight)
        return (x->weight < y->weight) - (x->weight > y->weight);
    return (x->index > y->index) - (x->index < y->index);
}

static void sort_turns(Turn *turns, size_t count)
{
    if (count > 1)
        qsort(turns, count, sizeof *turns, sooner_first);
}

/** The known needs by the first stage that counts what they lack, by what it counts there. */
static Status order_needs(const Greedy *g, Arena *arena, Turn **out)
{
    const Formulation *form = g->form;
    size_t known = (size_t)form->known_count, pairs = form->pairs->count;
    Turn *turns = ARENA_NEW(arena, known, Turn);
    TRY_NEW(turns);
    for (size_t k = 0; k < known; k++)
        turns[k] = (Turn){.index = (int)k, .stage = form->stage_count};
    for (size_t s = 0; s < form->stage_count; s++)
        for (size_t k = 0; k < form->stages[s].count; k++) {
            size_t u = (size_t)form->stages[s].columns[k] - pairs;
            if ((size_t)form->stages[s].columns[k] < pairs || u >= known ||
                turns[u].stage < form->stage_count)
                continue;
            turns[u].stage = s;
            turns[u].weight = form->stages[s].costs[k] * form->lp.column_scale[pairs + u];
        }
    sort_turns(turns, known);
    *out = turns;
    return STATUS_OK;
}

/** Fills rows that ask for something, floors and reserves, as far as they ask. */
static void serve_floors(Greedy *g)
{
    const Lp *lp = &g->form->lp;
    for (int i = g->form->known_count; i < lp->row_count; i++)
        for (size_t k = lp->row_first[i];
             !g->is_definition[i] && g->below[i] < 0 && k < lp->row_first[i + 1]; k++)
            if (lp->element_column[k] < (int)g->form->pairs->count && lp->element[k] > 0)
                serve(g, lp->element_column[k]);
}

static Status serve_needs(Greedy *g, Arena *arena)
{
    const PairSet *pairs = g->form->pairs;
    Turn *needs, *offers = ARENA_NEW(arena, g->form->round->offer_count, Turn);
    TRY_NEW(offers);
    TRY(order_needs(g, arena, &needs));
    for (int t = 0; t < g->form->known_count; t++) {
        int need = g->form->known_needs[needs[t].index];
        size_t count = 0;
        for (size_t p = pairs->first[need]; p < pairs->first[need + 1]; p++)
            offers[count++] = (Turn){.index = (int)p, .weight = -g->spread[pairs->pairs[p].offer]};
        sort_turns(offers, count);
        for (size_t k = 0; k < count && g->wanted[needs[t].index] > 0; k++)
            serve(g, offers[k].index);
    }
    return STATUS_OK;
}

/* ---- the rest of the basis --------------------------------------------------------------------- */

static double activity(const Greedy *g, int row)
{
    const Lp *lp = &g->form->lp;
    double sum = 0;
    for (size_t k = lp->row_first[row]; k < lp->row_first[row + 1]; k++)
        sum += lp->element[k] * g->x[lp->element_column[k]];
    return sum;
}

/** Sums are basic in their rows, differences in the one of their two rows that they just keep. */
static void place_defined(Greedy *g)
{
    const Lp *lp = &g->form->lp;
    formulation_complete(g->form, g->x);
    for (int j = (int)g->form->pairs->count + g->form->known_count; j < lp->column_count; j++) {
        int row = g->form->origin[j].index;
        switch (g->form->origin[j].kind) {
        case COLUMN_AWAY:
            if (g->x[j] <= NOTHING * lp->column_scale[j])
                continue;
            row += lp->row_upper[row + 1] - activity(g, row + 1) <
                   lp->row_upper[row] - activity(g, row);
            g->crash->row[row] = PLACE_UPPER;
            break;
        case COLUMN_SHORT:
            if (g->x[j] <= NOTHING * lp->column_scale[j])
                continue;
            g->crash->row[row] = PLACE_UPPER;
            break;
        case COLUMN_SUM: g->crash->row[row] = PLACE_LOWER; break;
        case COLUMN_LINE:
        case COLUMN_UNMET:
        case COLUMN_SERVED:
        case COLUMN_FULL:
        case COLUMN_SWITCH:
        case COLUMN_LEVEL: continue;
        }
        g->crash->column[j] = PLACE_BASIC;
    }
}

static void find_definitions(Greedy *g)
{
    for (int i = 0; i < g->form->known_count; i++)
        g->is_definition[i] = true;
    for (int j = 0; j < g->form->lp.column_count; j++) {
        const ColumnOrigin *origin = &g->form->origin[j];
        if (origin->kind == COLUMN_SUM || origin->kind == COLUMN_AWAY ||
            origin->kind == COLUMN_SHORT)
            g->is_definition[origin->index] = true;
        if (origin->kind == COLUMN_AWAY)
            g->is_definition[origin->index + 1] = true;
    }
}

/** Everything unmet, but for what commitments demand. */
static void begin(Greedy *g)
{
    const Lp *lp = &g->form->lp;
    int pairs = (int)g->form->pairs->count;
    find_definitions(g);
    for (int i = 0; i < lp->row_count; i++) {
        bool is_need = i < g->form->known_count;
        g->above[i] = lp->row_upper[i];
        g->below[i] = -lp->row_lower[i];
        g->crash->row[i] = is_need ? PLACE_LOWER : PLACE_BASIC;
        if (is_need)
            g->wanted[i] = lp->row_upper[i];
    }
    for (int j = 0; j < lp->column_count; j++) {
        bool is_unmet = j >= pairs && j < pairs + g->form->known_count;
        g->crash->column[j] = is_unmet ? PLACE_BASIC : PLACE_LOWER;
        if (j < pairs && lp->lower[j] > 0)
            add_amount(g, j, lp->lower[j]);
    }
    for (int p = 0; p < pairs; p++)
        g->spread[g->form->pairs->pairs[p].offer]++;
}

Status crash_find(const Formulation *form, const LpColumns *columns, Arena *arena, Crash *crash)
{
    size_t rows = (size_t)form->lp.row_count, count = (size_t)form->lp.column_count;
    Greedy g = {.form = form, .columns = columns, .crash = crash};
    crash->column = ARENA_NEW(arena, count, BackendPlace);
    crash->row = ARENA_NEW(arena, rows, BackendPlace);
    g.x = ARENA_NEW(arena, count, double);
    g.above = ARENA_NEW(arena, rows, double);
    g.below = ARENA_NEW(arena, rows, double);
    g.wanted = ARENA_NEW(arena, (size_t)form->known_count, double);
    g.is_definition = ARENA_NEW(arena, rows, bool);
    g.is_full = ARENA_NEW(arena, rows, bool);
    g.spread = ARENA_NEW(arena, form->round->offer_count, int);
    TRY_NEW(crash->column);
    TRY_NEW(crash->row);
    TRY_NEW(g.x);
    TRY_NEW(g.above);
    TRY_NEW(g.below);
    TRY_NEW(g.wanted);
    TRY_NEW(g.is_definition);
    TRY_NEW(g.is_full);
    TRY_NEW(g.spread);
    begin(&g);
    serve_floors(&g);
    TRY(serve_needs(&g, arena));
    place_defined(&g);
    return STATUS_OK;
}
