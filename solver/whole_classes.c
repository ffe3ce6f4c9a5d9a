/* Costs of one stage that lie many powers of ten apart, over whole columns.
 *
 * A relaxation takes reduced costs below RUN_ZERO_COST of the largest for zero, and a search drops what
 * promises less than its own tolerance. So the costs are ordered from the largest down and cut into
 * classes where a cut loses nothing: where the least by which a sum of the larger costs can change, all
 * amounts being counted in whole steps, is more than everything that the smaller costs can come to. One
 * class after the other is then as good as the sum of all, and each is an objective like any other. The
 * least change is at least the greatest common measure of the costs of one step each, taken exactly. Where only the
 * smallest of them is known to be more, the cut is made all the same, and nothing is claimed for it.
 */
#include <stdlib.h>

#include "solver/whole.h"

/* Costs within this factor are told apart by relaxations and searches without loss. */
static const double TOLD_APART = 1e4;

/* Beyond this factor the word of a search is not taken: it may have dropped the smaller ones' share. */
static const double IN_SIGHT = 1e6;

typedef struct Term {
    int column;
    double cost;
    double size; /* of the cost in the scaled program: what relaxations see */
    double step; /* what one step of the column changes the sum by; 0: it has no steps */
    Ratio exact; /* the step in exact arithmetic, */
    bool known;  /* where it can be told */
    double most; /* what all of it can come to */
} Term;

typedef struct Classes {
    Term *terms; /* [count] from the largest size down */
    size_t count;
    double *rest;   /* [count + 1] what the terms from here on can come to together */
    double *common; /* [count] common measure of the steps up to and with this one; 0: none known */
    double *least;  /* [count] the smallest of them */
} Classes;

static int larger_first(const void *a, const void *b)
{
    const Term *x = a, *y = b;
    if (x->size != y->size)
        return x->size > y->size ? -1 : 1;
    return (x->column > y->column) - (x->column < y->column);
}

/** The amount of a need by which its column changes at least, in 1.0 of the column. */
static double need_step(const Formulation *form, int need, bool unmet)
{
    const Need *row = &form->round->needs[need];
    int64_t step = unmet && row->indivisible ? row->wanted : row->step;
    return (double)step / form->quantum[need];
}

/** By how much a column changes at least when it changes, or 0: by anything. */
static double column_step(const Formulation *form, int column)
{
    if (column >= form->lp.column_count)
        return 0;
    const ColumnOrigin *origin = &form->origin[column];
    if (origin->kind == COLUMN_UNMET)
        return need_step(form, origin->index, true);
    if (origin->kind == COLUMN_LINE)
        return need_step(form, form->pairs->pairs[origin->index].need, false);
    return form->lp.integer[column] ? 1.0 : 0;
}

static Term term_of(const WholeRun *w, const Stage *stage, int column, double cost)
{
    const Formulation *form = w->run->form;
    double lower, upper, size = fabs(cost);
    backend_column_bounds(w->run->backend, column, &lower, &upper);
    bool moves = lower < upper && size > 0;
    Ratio exact = {0, 1};
    bool known = stage != NULL && formulation_column_step(form, stage, column, &exact);
    return (Term){.column = column,
                  .cost = cost,
                  .size = moves ? size * form->lp.column_scale[column] : 0,
                  .step = size * column_step(form, column),
                  .exact = exact,
                  .known = known,
                  .most = moves ? size * (upper - lower) : 0};
}

/** From the largest size down; what cannot move counts as large, and comes first. */
static void sort_terms(const WholeRun *w, const Aim *aim, Classes *c)
{
    double largest = 0;
    for (size_t k = 0; k < c->count; k++) {
        c->terms[k] = term_of(w, aim->stage, aim->columns[k], aim->costs[k]);
        largest = fmax(largest, c->terms[k].size);
    }
    for (size_t k = 0; k < c->count; k++)
        if (c->terms[k].most <= 0)
            c->terms[k].size = largest;
    qsort(c->terms, c->count, sizeof *c->terms, larger_first);
}

/** Common measures are exact: those of doubles, off by the noise of one remainder after another, once became a
 *  thousand times what they are, and bounds that were taken up to the next multiple were false. */
static void sum_up(Classes *c)
{
    Ratio common = {0, 1};
    bool known = true;
    double least = INFINITY;
    for (size_t k = c->count; k > 0; k--)
        c->rest[k - 1] = c->rest[k] + c->terms[k - 1].most;
    for (size_t k = 0; k < c->count; k++) {
        if (c->terms[k].most > 0) {
            known = known && c->terms[k].known &&
                    ratio_common_measure(common, c->terms[k].exact, &common);
            least = fmin(least, c->terms[k].step);
        }
        c->least[k] = least;
        c->common[k] = known ? ratio_to_double(common) : 0;
    }
}

static Status classes_open(const WholeRun *w, const Aim *aim, Classes *c)
{
    c->count = aim->count;
    c->terms = ARENA_NEW(w->run->arena, aim->count, Term);
    c->rest = ARENA_NEW(w->run->arena, aim->count + 1, double);
    c->common = ARENA_NEW(w->run->arena, aim->count, double);
    c->least = ARENA_NEW(w->run->arena, aim->count, double);
    TRY_NEW(c->terms);
    TRY_NEW(c->rest);
    TRY_NEW(c->common);
    TRY_NEW(c->least);
    sort_terms(w, aim, c);
    sum_up(c);
    return STATUS_OK;
}

/** Where the class that begins at @p first ends: at the first cut that loses nothing as far as steps
 *  tell, once costs are too far apart for one objective; else at the end. */
static size_t end_of_class(const Classes *c, size_t first)
{
    double largest = c->terms[first].size;
    if (c->terms[c->count - 1].size * TOLD_APART >= largest)
        return c->count;
    for (size_t k = first + 1; k < c->count; k++)
        if (c->terms[k].size < c->terms[k - 1].size && c->least[k - 1] > c->rest[k])
            return k;
    return c->count;
}

/** Are the costs of a class too far apart even so? */
static bool is_blind(const Classes *c, size_t first, size_t end)
{
    return c->terms[end - 1].size * IN_SIGHT < c->terms[first].size;
}

/** The class as an aim of its own. */
static Status aim_of_class(const WholeRun *w, const Aim *aim, const Classes *c, size_t first,
                           size_t end, Aim *out)
{
    int *columns = ARENA_NEW(w->run->arena, end - first, int);
    double *costs = ARENA_NEW(w->run->arena, end - first, double);
    TRY_NEW(columns);
    TRY_NEW(costs);
    for (size_t k = first; k < end; k++) {
        columns[k - first] = c->terms[k].column;
        costs[k - first] = c->terms[k].cost;
    }
    *out = *aim;
    out->count = end - first;
    out->columns = columns;
    out->costs = costs;
    out->common = c->common[end - 1];
    out->blind = is_blind(c, first, end);
    if (first > 0 || end < c->count) {
        out->gap_rel = 0; /* of the sum nothing is to be lost to a part of it */
        out->has_known = false;
    }
    if (first > 0) {
        out->tier_stage = -1;
        out->constant = 0;
    }
    return STATUS_OK;
}

/** The least that the terms from @p first on can come to by their bounds. */
static double least_of(const WholeRun *w, const Classes *c, size_t first)
{
    double sum = 0;
    for (size_t k = first; k < c->count; k++) {
        double lower, upper, cost = c->terms[k].cost;
        backend_column_bounds(w->run->backend, c->terms[k].column, &lower, &upper);
        sum += cost * (cost > 0 ? lower : upper);
    }
    return sum;
}

/** What the classes so far came to together. */
typedef struct Sum {
    Decision decision;
    bool proven; /* no plan has less of any of them, so that what bounds the next one counts */
    bool exact;  /* the same, in exact arithmetic */
} Sum;

/** Adds a class. Behind one that is not proven, or whose cut is not known to lose nothing, smaller costs are
 *  bounded by their columns alone: @p trivial. */
static void add_class(Sum *sum, const Decision *part, double trivial, bool lossless, double common)
{
    Decision *all = &sum->decision;
    all->value += part->value;
    all->bound += sum->proven ? part->bound : trivial;
    all->exact += sum->exact ? part->exact : trivial;
    all->status = part->status > all->status ? part->status : all->status;
    if (!sum->proven && part->value > trivial && all->status == STAGE_OPTIMAL)
        all->status = STAGE_UNPROVEN;
    sum->proven = sum->proven && lossless && part->status == STAGE_OPTIMAL;
    sum->exact = sum->exact && lossless && part->exact > part->value - common;
}

static Status decide_classes(WholeRun *w, const Aim *aim, const Classes *c, Decision *decision,
                             BackendOutcome *outcome)
{
    Sum sum = {.decision = {.status = STAGE_OPTIMAL}, .proven = true, .exact = true};
    for (size_t first = 0, end; first < c->count; first = end) {
        Aim part;
        Decision of_part = {.exact = -INFINITY, .status = STAGE_OPTIMAL};
        end = end_of_class(c, first);
        double trivial = least_of(w, c, first) - least_of(w, c, end);
        TRY(aim_of_class(w, aim, c, first, end, &part));
        TRY(whole_decide(w, &part, &of_part, outcome));
        if (*outcome != BACKEND_OPTIMAL)
            return STATUS_OK;
        bool lossless = end == c->count || c->common[end - 1] > c->rest[end];
        add_class(&sum, &of_part, trivial, lossless, c->common[end - 1]);
    }
    *decision = sum.decision;
    return STATUS_OK;
}

Status whole_decide_apart(WholeRun *w, const Aim *aim, Decision *decision, BackendOutcome *outcome)
{
    Classes c;
    if (aim->count == 0)
        return whole_decide(w, aim, decision, outcome);
    TRY(classes_open(w, aim, &c));
    Aim all = *aim;
    all.common = c.common[c.count - 1];
    all.blind = is_blind(&c, 0, c.count);
    return end_of_class(&c, 0) == c.count ? whole_decide(w, &all, decision, outcome)
                                          : decide_classes(w, aim, &c, decision, outcome);
}
