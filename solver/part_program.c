/* A program with some of the pairs: columns that cannot move and rows that cannot break are left out. */
#include "solver/part_program.h"

#include <string.h>

/* A tier before may lose so much, relative to its value and at least this many units: the noise of a
 * program in doubles. Whoever takes its point looks at the exact sums. */
static const double LEVEL_NOISE = 1e-9;

/* PartProgram.at of a column that is left out with its rows, until the program is made. */
enum { PART_LEFT_OUT = -2 };

typedef struct Maker {
    const Formulation *form;
    const bool *open, *whole;
    Arena *arena;
    PartProgram *out;
    double
        *upper; /* [columns] of the formulation's columns, 0 where what they stand for is closed */
    int *columns; /* [columns] scratch: a row */
    double *values;
} Maker;

int part_need_of(const Formulation *form, int column)
{
    const ColumnOrigin *origin = &form->origin[column];
    const Pair *pairs = form->pairs->pairs;
    if (origin->kind == COLUMN_SERVED || origin->kind == COLUMN_FULL)
        return origin->index;
    if (origin->kind == COLUMN_LINE)
        return pairs[origin->index].need;
    if (origin->kind != COLUMN_SWITCH)
        return -1;
    const Switch *set = &form->switches[origin->index];
    for (int k = 1; k < set->count; k++)
        if (pairs[set->pairs[k]].need != pairs[set->pairs[0]].need)
            return -1;
    return pairs[set->pairs[0]].need;
}

/** Is it a whole column of a need that divides here? */
static bool is_divided(const Maker *m, int column)
{
    int need = m->form->lp.integer[column] ? part_need_of(m->form, column) : -1;
    return need >= 0 && !m->whole[need];
}

static bool any_open(const Maker *m, const int *pairs, int count)
{
    for (int k = 0; k < count; k++)
        if (m->open[pairs[k]])
            return true;
    return false;
}

static bool need_is_open(const Maker *m, size_t need)
{
    const PairSet *pairs = m->form->pairs;
    for (size_t p = pairs->first[need]; p < pairs->first[need + 1]; p++)
        if (m->open[p])
            return true;
    return false;
}

/** Closed pairs give nothing; a switch of such pairs alone is off; who has no other is not served. */
static void close_columns(Maker *m)
{
    const Formulation *form = m->form;
    for (size_t p = 0; p < form->pairs->count; p++)
        if (!m->open[p])
            m->upper[p] = form->lp.lower[p];
    for (int k = 0; k < form->switch_count; k++)
        if (!any_open(m, form->switches[k].pairs, form->switches[k].count))
            m->upper[form->switches[k].column] = form->lp.lower[form->switches[k].column];
    for (size_t n = 0; n < form->round->need_count; n++) {
        const Need *need = &form->round->needs[n];
        int served = form->served_column[n], full = form->full_column[n];
        if (need_is_outcome(need) || !need->quantity_known || need->wanted == 0 ||
            form->round->logic.bundle_of[n] >= 0 || need_is_open(m, n))
            continue;
        if (served >= 0)
            m->upper[served] = form->lp.lower[served];
        if (full >= 0)
            m->upper[full] = form->lp.lower[full];
    }
}

static Status add_columns(Maker *m)
{
    const Lp *lp = &m->form->lp;
    PartProgram *out = m->out;
    for (int j = 0; j < lp->column_count; j++) {
        bool divided = is_divided(m, j), line = m->form->origin[j].kind == COLUMN_LINE;
        out->at[j] = divided && !line ? PART_LEFT_OUT : -1;
        if (out->at[j] == PART_LEFT_OUT || !(lp->lower[j] < m->upper[j]))
            continue;
        out->at[j] = out->lp.column_count;
        out->of[out->lp.column_count] = j;
        TRY(lp_add_column(&out->lp, lp->lower[j], m->upper[j], lp->integer[j] && !divided,
                          lp->column_scale[j]));
    }
    return STATUS_OK;
}

/** Adds a row, less what is fixed in it, unless bounds alone keep it. */
static Status add_row(Maker *m, int origin, double lower, double upper, size_t count,
                      const int *columns, const double *values)
{
    const Lp *lp = &m->form->lp;
    PartProgram *out = m->out;
    double rest = 0, least = 0, most = 0;
    size_t free_count = 0;
    for (size_t k = 0; k < count; k++) {
        int j = columns[k];
        double value = values[k];
        if (out->at[j] == PART_LEFT_OUT)
            return STATUS_OK;
        if (out->at[j] < 0) {
            rest += value * lp->lower[j];
            continue;
        }
        m->columns[free_count] = out->at[j];
        m->values[free_count++] = value;
        most += value > 0 ? value * m->upper[j] : value * lp->lower[j];
        least += value > 0 ? value * lp->lower[j] : value * m->upper[j];
    }
    lower -= rest;
    upper -= rest;
    if (free_count == 0 || (least >= lower && most <= upper))
        return STATUS_OK;
    out->row_of[out->lp.row_count] = origin;
    return lp_add_row(&out->lp, lower, upper, free_count, m->columns, m->values);
}

static Status add_rows(Maker *m, size_t stage, const double *reached)
{
    const Formulation *form = m->form;
    const Lp *lp = &form->lp;
    for (int i = 0; i < lp->row_count; i++) {
        size_t first = lp->row_first[i];
        TRY(add_row(m, i, lp->row_lower[i], lp->row_upper[i], lp->row_first[i + 1] - first,
                    lp->element_column + first, lp->element + first));
    }
    for (size_t s = 0; s < stage; s++) {
        const Stage *tier = &form->stages[s];
        double most = reached[s] - tier->constant;
        if (tier->kind == STAGE_TIER)
            TRY(add_row(m, -1, -INFINITY, most + LEVEL_NOISE * fmax(fabs(most), 1), tier->count,
                        tier->columns, tier->costs));
    }
    return STATUS_OK;
}

static Status set_costs(Maker *m, const Stage *stage)
{
    PartProgram *out = m->out;
    out->columns = ARENA_NEW(m->arena, stage->count, int);
    out->costs = ARENA_NEW(m->arena, stage->count, double);
    TRY_NEW(out->columns);
    TRY_NEW(out->costs);
    out->constant = stage->constant;
    for (size_t k = 0; k < stage->count; k++) {
        int j = stage->columns[k];
        if (out->at[j] < 0) {
            out->constant += stage->costs[k] * m->form->lp.lower[j];
            continue;
        }
        out->columns[out->count] = out->at[j];
        out->costs[out->count++] = stage->costs[k];
    }
    return STATUS_OK;
}

Status part_program_build(const Formulation *form, size_t stage, const bool *open,
                          const bool *whole, const double *reached, Arena *arena, PartProgram *out)
{
    size_t columns = (size_t)form->lp.column_count;
    Maker m = {.form = form, .open = open, .whole = whole, .arena = arena, .out = out};
    *out = (PartProgram){.at = ARENA_NEW(arena, columns, int),
                         .of = ARENA_NEW(arena, columns, int),
                         .row_of = ARENA_NEW(arena, (size_t)form->lp.row_count + stage, int)};
    m.upper = ARENA_NEW(arena, columns, double);
    m.columns = ARENA_NEW(arena, columns, int);
    m.values = ARENA_NEW(arena, columns, double);
    TRY_NEW(out->at);
    TRY_NEW(out->of);
    TRY_NEW(out->row_of);
    TRY_NEW(m.upper);
    TRY_NEW(m.columns);
    TRY_NEW(m.values);
    memcpy(m.upper, form->lp.upper, columns * sizeof *m.upper);
    TRY(lp_init(arena, &out->lp));
    close_columns(&m);
    TRY(add_columns(&m));
    TRY(add_rows(&m, stage, reached));
    lp_scale_rows(&out->lp);
    return set_costs(&m, &form->stages[stage]);
}
