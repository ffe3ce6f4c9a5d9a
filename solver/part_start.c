/* The basis is triangular. A whole column beside the pairs (a switch, served, met in full) stands as low
 * as the one row lets it that it shares with no other of its kind, and is basic there. All other rows
 * are of pairs alone: one that its lines fill takes one of them into the basis, found by peeling: a row
 * in which one line is left takes it, a line that is left in one row is taken by it. A row that is not
 * filled, or that nothing is left for, has its own slack.
 */
#include "solver/part_start.h"

#include <math.h>

#include "solver/lp_columns.h"

/* A row is filled, a column at a bound, within this part of its size. */
static const double NEAR = 1e-7;

enum { NOWHERE = -1, SEVERAL = -2 };

typedef struct Start {
    const Lp *lp;
    LpColumns columns;
    double *x;                   /* [columns] */
    bool *beside;                /* [columns] a whole column that is no pair's */
    int *about;                  /* [rows] its column of that kind; NOWHERE: none, or SEVERAL */
    BackendPlace *place;         /* [rows] of the slack */
    bool *filled;                /* [rows] and waiting for a line to be basic in it */
    bool *waiting;               /* [columns] a line that could be */
    bool *basic;                 /* [columns] */
    int *row_left, *column_left; /* lines waiting in a filled row, filled rows of such a line */
    int *queue;                  /* rows, and columns from row_count on, in which one is left */
    int head, tail;
} Start;

static Status start_new(const PartProgram *part, Arena *arena, Start *s)
{
    const Lp *lp = &part->lp;
    size_t columns = (size_t)lp->column_count, rows = (size_t)lp->row_count;
    *s = (Start){.lp = lp,
                 .x = ARENA_NEW(arena, columns, double),
                 .beside = ARENA_NEW(arena, columns, bool),
                 .about = ARENA_NEW(arena, rows, int),
                 .place = ARENA_NEW(arena, rows, BackendPlace),
                 .filled = ARENA_NEW(arena, rows, bool),
                 .waiting = ARENA_NEW(arena, columns, bool),
                 .basic = ARENA_NEW(arena, columns, bool),
                 .row_left = ARENA_NEW(arena, rows, int),
                 .column_left = ARENA_NEW(arena, columns, int),
                 .queue = ARENA_NEW(arena, rows + columns, int)};
    TRY_NEW(s->x);
    TRY_NEW(s->beside);
    TRY_NEW(s->about);
    TRY_NEW(s->place);
    TRY_NEW(s->filled);
    TRY_NEW(s->waiting);
    TRY_NEW(s->basic);
    TRY_NEW(s->row_left);
    TRY_NEW(s->column_left);
    TRY_NEW(s->queue);
    return lp_columns_build(lp, arena, &s->columns);
}

/* ---- the point ------------------------------------------------------------------------------ */

static double within(const Lp *lp, int column, double value)
{
    return fmin(fmax(value, lp->lower[column]), lp->upper[column]);
}

/** The row's sum without @p but; *size receives that of its terms. */
static double sum_without(const Start *s, int row, int but, double *size)
{
    const Lp *lp = s->lp;
    double sum = 0;
    *size = 0;
    for (size_t k = lp->row_first[row]; k < lp->row_first[row + 1]; k++) {
        double term = lp->element[k] * s->x[lp->element_column[k]];
        if (lp->element_column[k] == but)
            continue;
        sum += term;
        *size += fabs(term);
    }
    return sum;
}

/** The column of what is unmet of the need whose own row this is; NOWHERE: it is no such row, or the
 *  column cannot move. */
static int unmet_of(const Formulation *form, const PartProgram *part, int row)
{
    if (row < 0 || row >= form->known_count)
        return NOWHERE;
    int unmet = form->unmet_column[form->known_needs[row]];
    return unmet < 0 ? NOWHERE : part->at[unmet];
}

/** Lines as they are given, what is unmet as it follows from them. */
static void lay_lines(Start *s, const Formulation *form, const PartProgram *part,
                      const double *lines)
{
    const Lp *lp = s->lp;
    double size;
    for (int j = 0; j < lp->column_count; j++) {
        ColumnKind kind = form->origin[part->of[j]].kind;
        s->beside[j] = lp->integer[j] && kind != COLUMN_LINE;
        s->x[j] = kind == COLUMN_LINE ? within(lp, j, lines[part->of[j]]) : lp->lower[j];
    }
    for (int i = 0; i < lp->row_count; i++) {
        int unmet = unmet_of(form, part, part->row_of[i]);
        if (unmet >= 0)
            s->x[unmet] = within(lp, unmet, lp->row_upper[i] - sum_without(s, i, unmet, &size));
    }
}

/** The whole column that the row is about; its element. */
static int find_about(const Start *s, int row, double *element)
{
    const Lp *lp = s->lp;
    int found = NOWHERE;
    for (size_t k = lp->row_first[row]; k < lp->row_first[row + 1]; k++) {
        if (!s->beside[lp->element_column[k]])
            continue;
        if (found != NOWHERE)
            return SEVERAL;
        found = lp->element_column[k];
        *element = lp->element[k];
    }
    return found;
}

/** Raises each whole column as far as its rows ask, and makes it basic in the one that asks most. */
static Status raise_wholes(Start *s, Arena *arena)
{
    const Lp *lp = s->lp;
    int *holds = ARENA_NEW(arena, (size_t)lp->column_count, int); /* the row that asks most + 1 */
    TRY_NEW(holds);
    for (int i = 0; i < lp->row_count; i++) {
        double element = 0, size;
        int column = s->about[i] = find_about(s, i, &element);
        if (column < 0)
            continue;
        double bound = element > 0 ? lp->row_lower[i] : lp->row_upper[i];
        double least = (bound - sum_without(s, i, column, &size)) / element;
        if (!(least > s->x[column] + NEAR))
            continue;
        s->x[column] = within(lp, column, least);
        holds[column] = i + 1;
    }
    for (int j = 0; j < lp->column_count; j++) {
        if (!s->beside[j] || holds[j] == 0 || s->x[j] >= lp->upper[j] - NEAR)
            continue;
        int row = holds[j] - 1;
        bool upper = s->lp->row_upper[row] < INFINITY;
        s->basic[j] = true;
        s->place[row] = upper ? PLACE_UPPER : PLACE_LOWER;
    }
    return STATUS_OK;
}

/* ---- peeling -------------------------------------------------------------------------------- */

/** Where the row stands, and whether it waits for a line. */
static void find_filled(Start *s)
{
    const Lp *lp = s->lp;
    for (int i = 0; i < lp->row_count; i++) {
        double size, sum = sum_without(s, i, NOWHERE, &size);
        double noise = NEAR * fmax(size, NEAR);
        bool low = fabs(sum - lp->row_lower[i]) <= noise;
        if (s->about[i] != NOWHERE || !(low || fabs(sum - lp->row_upper[i]) <= noise))
            continue;
        s->filled[i] = true;
        s->row_left[i] = 0;
        s->place[i] = low ? PLACE_LOWER : PLACE_UPPER; /* unless nothing is found for it */
    }
}

static void push_if_single(Start *s, int left, int item)
{
    if (left == 1)
        s->queue[s->tail++] = item;
}

static void count_lines(Start *s)
{
    const Lp *lp = s->lp;
    for (int j = 0; j < lp->column_count; j++) {
        s->waiting[j] = !s->beside[j] && s->x[j] > lp->lower[j] + NEAR;
        for (size_t k = s->columns.first[j]; s->waiting[j] && k < s->columns.first[j + 1]; k++) {
            s->column_left[j] += s->filled[s->columns.row[k]];
            s->row_left[s->columns.row[k]] += s->filled[s->columns.row[k]];
        }
    }
}

/** The row needs no line any more. */
static void drop_row(Start *s, int row)
{
    const Lp *lp = s->lp;
    s->filled[row] = false;
    for (size_t k = lp->row_first[row]; k < lp->row_first[row + 1]; k++) {
        int j = lp->element_column[k];
        if (s->waiting[j])
            push_if_single(s, --s->column_left[j], lp->row_count + j);
    }
}

static void drop_line(Start *s, int column)
{
    s->waiting[column] = false;
    for (size_t k = s->columns.first[column]; k < s->columns.first[column + 1]; k++) {
        int row = s->columns.row[k];
        if (s->filled[row])
            push_if_single(s, --s->row_left[row], row);
    }
}

static void take(Start *s, int row, int column)
{
    s->basic[column] = true;
    drop_line(s, column);
    drop_row(s, row);
}

/** Takes what is single, and what becomes so by that. */
static void peel(Start *s)
{
    const Lp *lp = s->lp;
    while (s->head < s->tail) {
        int item = s->queue[s->head++];
        if (item < lp->row_count) {
            size_t k = lp->row_first[item];
            while (k < lp->row_first[item + 1] && !s->waiting[lp->element_column[k]])
                k++;
            if (s->filled[item] && k < lp->row_first[item + 1])
                take(s, item, lp->element_column[k]);
        } else if (s->waiting[item - lp->row_count]) {
            int j = item - lp->row_count;
            size_t k = s->columns.first[j];
            while (k < s->columns.first[j + 1] && !s->filled[s->columns.row[k]])
                k++;
            if (k < s->columns.first[j + 1])
                take(s, s->columns.row[k], j);
        }
    }
}

/** Every filled row gets a line, or its slack: of what goes around in a circle, the last row of it. */
static void pair_up(Start *s)
{
    const Lp *lp = s->lp;
    count_lines(s);
    for (int i = 0; i < lp->row_count; i++)
        if (s->filled[i])
            push_if_single(s, s->row_left[i], i);
    for (int j = 0; j < lp->column_count; j++)
        if (s->waiting[j])
            push_if_single(s, s->column_left[j], lp->row_count + j);
    peel(s);
    for (int i = lp->row_count - 1; i >= 0; i--) {
        if (!s->filled[i])
            continue;
        s->place[i] = PLACE_BASIC;
        drop_row(s, i);
        peel(s);
    }
}

static void place_all(const Start *s, Backend *backend)
{
    const Lp *lp = s->lp;
    for (int i = 0; i < lp->row_count; i++)
        backend_place_row(backend, i, s->place[i]);
    for (int j = 0; j < lp->column_count; j++) {
        bool low = s->x[j] - lp->lower[j] <= lp->upper[j] - s->x[j];
        backend_place_column(backend, j,
                             s->basic[j] ? PLACE_BASIC
                             : low       ? PLACE_LOWER
                                         : PLACE_UPPER);
    }
}

Status part_start(const Formulation *form, const PartProgram *part, const double *lines,
                  Arena *arena, Backend *backend)
{
    Start s;
    TRY(start_new(part, arena, &s));
    for (int i = 0; i < part->lp.row_count; i++)
        s.place[i] = PLACE_BASIC;
    lay_lines(&s, form, part, lines);
    TRY(raise_wholes(&s, arena));
    find_filled(&s);
    pair_up(&s);
    place_all(&s, backend);
    return STATUS_OK;
}
