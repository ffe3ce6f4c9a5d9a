/* Branch and bound on dense tableaus. Every node's bound is proven from its prices with the program's own whole
 * numbers, so that what thousands of pivots do to a tableau costs time at worst. A column whose reduced cost
 * says so is fixed below a node (Dantzig, Fulkerson and Johnson 1954); the next to be branched on is the one of
 * which both ways cost most, by one pivot (Driebeek 1966, doi:10.1287/mnsc.12.7.576). Of things to be chosen,
 * how many are chosen is decided first: at a given number there is far less to choose (Vimont, Boussier and
 * Vasquez 2008, doi:10.1007/s10878-007-9074-4).
 */
#include "solver/lean_dense.h"

#include <string.h>

#include "solver/deadline.h"
#include "solver/lean_tableau.h"

/* Larger programs are not looked at; deeper trees are left. */
enum { ELEMENTS_MOST = 30000, COLUMNS_MOST = 1500, DEPTH_MOST = 400 };

/* What a bound may be off by, relative to 1 + its size; as near to a whole number is whole. */
static const double NOISE = 1e-9, WHOLE = 1e-6;

/* A way that costs nothing by one pivot counts as this much, so that the other's cost counts. */
static const double LITTLE = 1e-3;

/* Work that is left for points of any value, if there is none that is good, is what this part leaves. */
static const double RISING_PART = 0.9;

/* How far above the relaxation points are looked for first, as a part of its size; how much farther then. */
static const double FIRST_STEP = 1e-3, GROWTH = 1.5;

typedef struct Node {
    Tableau tableau;
    double bound; /* of what is below it */
    bool open;    /* memory is there */
} Node;

typedef struct Dense {
    const Lean *lean;
    const DenseSearch *search;
    Arena *arena;
    TableauProgram program;
    int *column; /* [program.columns] of the lean program */
    Node *nodes; /* [DEPTH_MOST] */
    int depth;   /* nodes that wait */
    double *best, *value, *x;
    double allowed; /* work of what is being looked for */
    double limit;   /* points are looked for that are better than this */
    DenseAnswer *out;
} Dense;

static double round_up(double bound)
{
    return isfinite(bound) ? ceil(bound - NOISE * (1 + fabs(bound))) : bound;
}

/** The rows over the columns that are not fixed, one that counts them last. */
static Status write_rows(Dense *d, const int *at, double *element, double *lower, double *upper)
{
    const Lp *lp = &d->lean->lp;
    int columns = d->program.columns, rows = 0;
    for (int i = 0; i < lp->row_count; i++) {
        double held = 0;
        bool any = false;
        for (size_t k = lp->row_first[i]; k < lp->row_first[i + 1]; k++) {
            int j = lp->element_column[k];
            if (at[j] < 0)
                held += lp->element[k] * d->best[j];
            else
                element[(size_t)rows * (size_t)columns + (size_t)at[j]] = lp->element[k];
            any = any || at[j] >= 0;
        }
        if (!any)
            continue;
        lower[columns + rows] = lp->row_lower[i] - held;
        upper[columns + rows++] = lp->row_upper[i] - held;
    }
    for (int k = 0; d->search->counted && k < columns; k++) {
        element[(size_t)rows * (size_t)columns + (size_t)k] = 1;
        lower[columns + rows] += lower[k];
        upper[columns + rows] += upper[k];
    }
    d->program.rows = rows + d->search->counted;
    return STATUS_OK;
}

static Status open_dense(Dense *d, int columns)
{
    const Lp *lp = &d->lean->lp;
    size_t width = (size_t)columns, height = (size_t)lp->row_count + 1;
    int *at = ARENA_NEW(d->arena, (size_t)lp->column_count, int), count = 0;
    double *cost = ARENA_NEW(d->arena, width, double);
    double *element = ARENA_NEW(d->arena, width * height, double);
    double *lower = ARENA_NEW(d->arena, width + height, double);
    double *upper = ARENA_NEW(d->arena, width + height, double);
    d->column = ARENA_NEW(d->arena, width, int);
    d->nodes = ARENA_NEW(d->arena, DEPTH_MOST, Node);
    d->x = ARENA_NEW(d->arena, (size_t)lp->column_count, double);
    if (!at || !cost || !element || !lower || !upper || !d->column || !d->nodes || !d->x)
        return STATUS_NO_MEMORY;
    for (int j = 0; j < lp->column_count; j++) {
        at[j] = -1;
        if (d->search->fixed[j])
            continue;
        cost[count] = d->lean->cost[j];
        lower[count] = lp->lower[j];
        upper[count] = lp->upper[j];
        d->column[count] = j;
        at[j] = count++;
    }
    d->program = (TableauProgram){columns, 0, cost, element, lower, upper};
    return write_rows(d, at, element, lower, upper);
}

static double constant_of(const Dense *d)
{
    double sum = 0;
    for (int j = 0; j < d->lean->lp.column_count; j++)
        if (d->search->fixed[j])
            sum += d->lean->cost[j] * d->best[j];
    return sum;
}

/** Room for one node more. */
static Status push(Dense *d, Node **out)
{
    Node *node = &d->nodes[d->depth];
    if (!node->open)
        TRY(tableau_open(&d->program, d->arena, &node->tableau));
    node->open = true;
    d->depth++;
    *out = node;
    return STATUS_OK;
}

/** Fixes what no better point has elsewhere, by what the last bound left of the costs. */
static void fix_columns(Tableau *t, double bound, double most)
{
    double room = most - bound + NOISE * (1 + fabs(bound));
    for (int k = 0; k < t->program->columns; k++) {
        double side = t->left[k] > 0 ? t->lower[k] : t->upper[k];
        if (t->lower[k] < t->upper[k] && fabs(t->left[k]) > room)
            tableau_set_bounds(t, k, side, side);
    }
}

/** Takes the node's point, where it is one and better. @return is it one? */
static bool take_point(Dense *d, const Tableau *t)
{
    const Lp *lp = &d->lean->lp;
    for (int j = 0; j < lp->column_count; j++)
        d->x[j] = d->search->fixed[j] ? d->best[j] : 0;
    for (int k = 0; k < t->program->columns; k++)
        if (t->other[k] < t->program->columns)
            d->x[d->column[t->other[k]]] =
                t->high[k] ? t->upper[t->other[k]] : t->lower[t->other[k]];
    for (int i = 0; i < t->program->rows; i++)
        if (t->basic[i] < t->program->columns)
            d->x[d->column[t->basic[i]]] = round(t->at[i]);
    if (!lean_admits(d->lean, d->x))
        return false;
    double value = lean_value(d->lean, d->x);
    if (value < *d->value) {
        *d->value = value;
        d->limit = fmin(d->limit, value);
        memcpy(d->best, d->x, (size_t)lp->column_count * sizeof *d->x);
        d->out->found = true;
    }
    return true;
}

/** A variable to branch on. */
typedef struct Branch {
    int variable; /* -1: none */
    double lower; /* it is this at most, or one more at least */
    bool up;      /* the way to go first */
} Branch;

/** The count, where it is broken; else the broken column of which both ways cost most. */
static Branch choose(const Dense *d, const Tableau *t)
{
    int columns = t->program->columns, count = columns + t->program->rows - 1;
    Branch best = {-1, 0, false};
    double most = -1;
    for (int i = 0; i < t->program->rows; i++) {
        int variable = t->basic[i];
        bool is_count = d->search->counted && variable == count;
        double down = t->at[i] - floor(t->at[i] + WHOLE);
        bool inside = t->at[i] > t->lower[variable] && t->at[i] < t->upper[variable];
        if ((variable >= columns && !is_count) || down <= WHOLE || !inside)
            continue;
        double lower = tableau_penalty(t, i, -down), upper = tableau_penalty(t, i, 1 - down);
        double score = fmax(lower, LITTLE) * fmax(upper, LITTLE);
        if (is_count)
            score = INFINITY;
        if (score > most) {
            most = score;
            best = (Branch){variable, floor(t->at[i]), upper < lower};
        }
    }
    return best;
}

/** Any column that is not yet decided: where the tableau's numbers have nothing to say. */
static Branch any_open(const Tableau *t)
{
    for (int k = 0; k < t->program->columns; k++)
        if (t->lower[k] < t->upper[k])
            return (Branch){k, floor((t->lower[k] + t->upper[k]) / 2), false};
    return (Branch){-1, 0, false};
}

/** The node becomes its second child; the first is put above it. */
static Status divide(Dense *d, Node *node, Branch branch)
{
    Node *first;
    double lower = node->tableau.lower[branch.variable];
    double upper = node->tableau.upper[branch.variable];
    TRY(push(d, &first));
    tableau_copy(&node->tableau, &first->tableau);
    first->bound = node->bound;
    Node *below = branch.up ? node : first, *above = branch.up ? first : node;
    tableau_set_bounds(&below->tableau, branch.variable, lower, branch.lower);
    tableau_set_bounds(&above->tableau, branch.variable, branch.lower + 1, upper);
    return STATUS_OK;
}

/** Solves the uppermost node, and drops or divides it. */
static Status look_at_top(Dense *d, double constant)
{
    Node *node = &d->nodes[d->depth - 1];
    Tableau *t = &node->tableau;
    double most = d->limit - 1 - constant; /* of a better point */
    if (node->bound >= d->limit) {
        d->depth--;
        return STATUS_OK;
    }
    d->out->nodes++;
    TableauEnd end = tableau_solve(t, most + WHOLE + 2 * NOISE * (1 + fabs(most)), &d->out->pivots);
    double bound = end == TABLEAU_EMPTY ? INFINITY : tableau_bound(t);
    node->bound = fmax(node->bound, round_up(bound + constant));
    if (node->bound >= d->limit) {
        d->depth--;
        return STATUS_OK;
    }
    if (isfinite(most))
        fix_columns(t, bound, most);
    Branch branch = choose(d, t);
    if (branch.variable < 0 && end == TABLEAU_OPTIMAL && take_point(d, t)) {
        d->depth--;
        return STATUS_OK;
    }
    if (branch.variable < 0)
        branch = any_open(t);
    if (branch.variable < 0) {
        (void)take_point(d, t); /* nothing is left to decide */
        d->depth--;
        return STATUS_OK;
    }
    return divide(d, node, branch);
}

static bool is_over(const Dense *d)
{
    return d->out->work >= d->allowed || deadline_is_past(d->search->deadline);
}

/** Looks for points below the limit, from the root. */
static Status descend(Dense *d, double constant)
{
    Node *root;
    double size = (double)d->program.columns * d->program.rows;
    d->depth = 0;
    TRY(push(d, &root));
    tableau_begin(&root->tableau);
    root->bound = -INFINITY;
    while (d->depth > 0 && d->depth < DEPTH_MOST && !is_over(d)) {
        TRY(look_at_top(d, constant));
        d->out->work = (double)(d->out->pivots + 2 * d->out->nodes) * size;
    }
    return STATUS_OK;
}

/** What the relaxation proves of all points, and how large its objective is. */
static Status relax(Dense *d, double constant, double *size)
{
    Node *root;
    TRY(push(d, &root));
    tableau_begin(&root->tableau);
    TableauEnd end = tableau_solve(&root->tableau, INFINITY, &d->out->pivots);
    double bound = end == TABLEAU_EMPTY ? INFINITY : tableau_bound(&root->tableau);
    d->out->bound = round_up(bound + constant);
    *size = isfinite(bound) ? fabs(bound) : 0;
    return STATUS_OK;
}

/** Looks for any better point with the work that is left. */
static Status take_any(Dense *d, double constant)
{
    d->limit = *d->value;
    d->allowed = d->search->work;
    return descend(d, constant);
}

/** Looks below a limit that is near the bound, then below one that is less near: as long as there is no point,
 *  the bound rises, and it takes less than to look for points that are too good, and for proofs that they
 *  are not, with no point that is any good. */
static Status rise(Dense *d, double constant)
{
    double size;
    TRY(relax(d, constant, &size));
    double step = fmax(1, FIRST_STEP * size);
    while (d->out->bound < *d->value) {
        double from = d->out->bound;
        d->limit = fmin(*d->value, ceil(from + step));
        step *= GROWTH;
        TRY(descend(d, constant));
        double open = d->limit;
        for (int n = 0; n < d->depth; n++)
            open = fmin(open, d->nodes[n].bound);
        d->out->bound = fmax(from, open);
        if (d->depth > 0)
            return d->out->found ? STATUS_OK : take_any(d, constant);
    }
    d->out->bound = fmin(d->out->bound, *d->value);
    d->out->ended = true;
    return STATUS_OK;
}

Status lean_dense(const Lean *lean, const DenseSearch *search, Arena *arena, double *best,
                  double *value, DenseAnswer *out)
{
    int columns = 0;
    Dense d = {
        .lean = lean, .search = search, .arena = arena, .best = best, .value = value, .out = out};
    *out = (DenseAnswer){.looked = false};
    for (int j = 0; j < lean->lp.column_count; j++)
        columns += !search->fixed[j];
    double size = (double)columns * (lean->lp.row_count + search->counted);
    if (columns == 0 || columns > COLUMNS_MOST || size > ELEMENTS_MOST)
        return STATUS_OK;
    TRY(open_dense(&d, columns));
    out->looked = true;
    d.allowed = search->work * RISING_PART;
    return rise(&d, constant_of(&d));
}
