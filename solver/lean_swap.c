/* Simulated annealing on assignments: a thing is given to another, two things change places; what a
 * capacity is exceeded by is paid for at a price that rises while it is exceeded and falls while it is
 * not, so that the search goes along the edge of what is possible (strategic oscillation: Diaz and
 * Fernandez 2001, doi:10.1016/S0377-2217(00)00108-9).
 */
#include "solver/lean_swap.h"

#include <stdint.h>
#include <string.h>

/* Prices are looked at after so many moves, and change by these factors. */
enum { PRICE_EACH = 1000 };
static const double DEARER = 1.08, CHEAPER = 0.97;

/* Prices stay within this factor of what they were at first. */
static const double PRICE_RANGE = 50;

/* Larger tables of groups and rows are not made. */
enum { AWAY_MOST = 8000000 };

/* From how hot to how cold: of what the second choice of a thing costs more than the first; of a step. */
static const double HOT = 0.5, COLD = 0.15;

static bool is_choice(const Lp *lp, int i)
{
    if (lp->row_lower[i] != 1 || lp->row_upper[i] != 1)
        return false;
    for (size_t k = lp->row_first[i]; k < lp->row_first[i + 1]; k++) {
        int j = lp->element_column[k];
        if (lp->element[k] != 1 || lp->lower[j] != 0 || lp->upper[j] != 1)
            return false;
    }
    return true;
}

static Status open_choices(const Lp *lp, Arena *arena, LeanChoices *out)
{
    size_t columns = (size_t)lp->column_count, elements = lp->row_first[lp->row_count];
    out->grouped = ARENA_NEW(arena, (size_t)lp->row_count, bool);
    out->first = ARENA_NEW(arena, (size_t)lp->row_count + 1, int);
    out->member = ARENA_NEW(arena, columns, int);
    out->column_first = ARENA_NEW(arena, columns + 2, size_t);
    out->column_row = ARENA_NEW(arena, elements, int);
    out->column_value = ARENA_NEW(arena, elements, double);
    out->home = ARENA_NEW(arena, columns, int);
    bool all = out->grouped && out->first && out->member && out->column_first && out->column_row &&
               out->column_value && out->home;
    return all ? STATUS_OK : STATUS_NO_MEMORY;
}

/** The elements of the other rows, column by column. */
static void sort_elements(const Lp *lp, LeanChoices *out)
{
    for (int i = 0; i < lp->row_count; i++)
        for (size_t k = lp->row_first[i]; !out->grouped[i] && k < lp->row_first[i + 1]; k++)
            out->column_first[lp->element_column[k] + 2]++;
    for (int j = 0; j < lp->column_count; j++) {
        out->column_first[j + 2] += out->column_first[j + 1];
        out->home[j] = -1;
    }
    for (int i = 0; i < lp->row_count; i++)
        for (size_t k = lp->row_first[i]; !out->grouped[i] && k < lp->row_first[i + 1]; k++) {
            int j = lp->element_column[k];
            size_t at = out->column_first[j + 1]++;
            out->column_row[at] = i;
            out->column_value[at] = lp->element[k];
            if (out->home[j] < 0)
                out->home[j] = i;
        }
}

Status lean_choices(const Lean *lean, Arena *arena, LeanChoices *out)
{
    const Lp *lp = &lean->lp;
    *out = (LeanChoices){.found = false};
    TRY(open_choices(lp, arena, out));
    int members = 0;
    bool *taken = ARENA_NEW(arena, (size_t)lp->column_count, bool);
    TRY_NEW(taken);
    for (int i = 0; i < lp->row_count; i++) {
        bool choice = is_choice(lp, i);
        for (size_t k = lp->row_first[i]; choice && k < lp->row_first[i + 1]; k++)
            choice = !taken[lp->element_column[k]];
        if (!choice)
            continue;
        for (size_t k = lp->row_first[i]; k < lp->row_first[i + 1]; k++) {
            taken[lp->element_column[k]] = true;
            out->member[members++] = lp->element_column[k];
        }
        out->grouped[i] = true;
        out->first[++out->groups] = members;
    }
    if (members < lp->column_count || out->groups < 2 ||
        (size_t)out->groups * (size_t)lp->row_count > AWAY_MOST)
        return STATUS_OK;
    sort_elements(lp, out);
    size_t rows = (size_t)lp->row_count;
    out->away = ARENA_NEW(arena, (size_t)out->groups * rows, int);
    TRY_NEW(out->away);
    for (size_t k = 0; k < (size_t)out->groups * rows; k++)
        out->away[k] = -1;
    for (int g = 0; g < out->groups; g++)
        for (int k = out->first[g]; k < out->first[g + 1]; k++)
            if (out->home[out->member[k]] >= 0)
                out->away[(size_t)g * rows + (size_t)out->home[out->member[k]]] = out->member[k];
    out->found = true;
    return STATUS_OK;
}

typedef struct Anneal {
    const Lean *lean;
    const LeanChoices *choices;
    int *choice;   /* [groups] the column taken */
    double *sum;   /* [rows] */
    double *price; /* [rows] */
    double *first; /* [rows] what it was at first */
    double value;  /* of the choices, without what is broken */
    double broken; /* by how much rows are broken, all together: whole numbers */
    uint64_t state;
} Anneal;

static uint32_t draw(Anneal *a, uint32_t below)
{
    a->state = a->state * 6364136223846793005U + 1442695040888963407U;
    return (uint32_t)(((a->state >> 32) * below) >> 32);
}

static double excess(const Anneal *a, int row, double sum)
{
    const Lp *lp = &a->lean->lp;
    return fmax(0, fmax(sum - lp->row_upper[row], lp->row_lower[row] - sum));
}

/** Adds a column @p times (1 or -1) to the sums; returns what that costs beside its own cost. */
static double put(Anneal *a, int column, double times)
{
    double cost = 0;
    const LeanChoices *c = a->choices;
    for (size_t k = c->column_first[column]; k < c->column_first[column + 1]; k++) {
        int row = c->column_row[k];
        double before = excess(a, row, a->sum[row]);
        a->sum[row] += times * c->column_value[k];
        double more = excess(a, row, a->sum[row]) - before;
        a->broken += more;
        cost += a->price[row] * more;
    }
    a->value += times * a->lean->cost[column];
    return cost + times * a->lean->cost[column];
}

static double give(Anneal *a, int group, int column)
{
    double cost = put(a, a->choice[group], -1);
    a->choice[group] = column;
    return cost + put(a, column, 1);
}

static bool is_accepted(Anneal *a, double cost, double heat)
{
    if (cost <= 0)
        return true;
    double luck = ((double)draw(a, UINT32_MAX) + 1) / 4294967296.0;
    return cost < -heat * log(luck);
}

/** One thing to another, or two change places. */
static void move(Anneal *a, double heat)
{
    const LeanChoices *c = a->choices;
    int g = (int)draw(a, (uint32_t)c->groups), rows = a->lean->lp.row_count, was = a->choice[g];
    if (draw(a, 2) == 0) {
        int count = c->first[g + 1] - c->first[g];
        int column = c->member[c->first[g] + (int)draw(a, (uint32_t)count)];
        if (column != was && !is_accepted(a, give(a, g, column), heat))
            (void)give(a, g, was);
        return;
    }
    int h = (int)draw(a, (uint32_t)c->groups), other = a->choice[h];
    int here = c->home[was], there = c->home[other];
    if (g == h || here < 0 || there < 0 || here == there)
        return;
    int to = c->away[(size_t)g * (size_t)rows + (size_t)there];
    int from = c->away[(size_t)h * (size_t)rows + (size_t)here];
    if (to < 0 || from < 0)
        return;
    double cost = give(a, g, to) + give(a, h, from);
    if (!is_accepted(a, cost, heat)) {
        (void)give(a, g, was);
        (void)give(a, h, other);
    }
}

static void change_prices(Anneal *a)
{
    for (int i = 0; i < a->lean->lp.row_count; i++) {
        bool over = excess(a, i, a->sum[i]) > 0;
        double price = a->price[i] * (over ? DEARER : CHEAPER);
        a->price[i] = fmin(fmax(price, a->first[i] / PRICE_RANGE), a->first[i] * PRICE_RANGE);
    }
}

/** How much more the second choice of a thing costs than the first, on average, at the prices. */
static double usual_step(const Anneal *a)
{
    const LeanChoices *c = a->choices;
    double sum = 0;
    for (int g = 0; g < c->groups; g++) {
        double least = INFINITY, second = INFINITY;
        for (int k = c->first[g]; k < c->first[g + 1]; k++) {
            int j = c->member[k];
            double cost = a->lean->cost[j];
            for (size_t e = c->column_first[j]; e < c->column_first[j + 1]; e++)
                cost += a->first[c->column_row[e]] * c->column_value[e];
            second = fmin(second, fmax(cost, least));
            least = fmin(least, cost);
        }
        sum += isfinite(second) ? second - least : 0;
    }
    return sum / c->groups;
}

static Status open_anneal(const Lean *lean, const LeanChoices *choices, const double *price,
                          const double *x, Arena *arena, Anneal *a)
{
    size_t rows = (size_t)lean->lp.row_count;
    a->lean = lean;
    a->choices = choices;
    a->choice = ARENA_NEW(arena, (size_t)choices->groups, int);
    a->sum = ARENA_NEW(arena, rows, double);
    a->price = ARENA_NEW(arena, rows, double);
    a->first = ARENA_NEW(arena, rows, double);
    TRY_NEW(a->choice);
    TRY_NEW(a->sum);
    TRY_NEW(a->price);
    TRY_NEW(a->first);
    double largest = 0;
    for (size_t i = 0; i < rows; i++)
        largest = fmax(largest, price[i]);
    for (size_t i = 0; i < rows; i++) {
        a->price[i] = a->first[i] = fmax(price[i], fmax(largest / PRICE_RANGE, 1e-3));
        a->broken += choices->grouped[i] ? 0 : excess(a, (int)i, 0);
    }
    for (int g = 0; g < choices->groups; g++) {
        int best = choices->member[choices->first[g]];
        for (int k = choices->first[g]; k < choices->first[g + 1]; k++)
            if (x[choices->member[k]] > x[best])
                best = choices->member[k];
        a->choice[g] = best;
        (void)put(a, best, 1);
    }
    return STATUS_OK;
}

Status lean_anneal(const Lean *lean, const LeanChoices *choices, const LeanCooling *cooling,
                   Arena *arena, double *best, double *value)
{
    Anneal a = {.state = cooling->seed * 2654435769U + 1};
    TRY(open_anneal(lean, choices, cooling->price, best, arena, &a));
    size_t columns = (size_t)lean->lp.column_count;
    double cold = COLD * lean->grain;
    double hot = fmax(HOT * usual_step(&a), 2 * cold);
    for (long m = 0; m<cooling->moves && * value> cooling->low; m++) {
        double heat = hot * pow(cold / hot, (double)m / (double)cooling->moves);
        for (int k = 0; k < PRICE_EACH; k++, m++) {
            move(&a, heat);
            if (a.broken > 0 || a.value >= *value)
                continue;
            memset(best, 0, columns * sizeof *best);
            for (int g = 0; g < choices->groups; g++)
                best[a.choice[g]] = 1;
            *value = a.value;
        }
        change_prices(&a);
    }
    return STATUS_OK;
}
