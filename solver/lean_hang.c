/* What hangs from a switch: columns that are 0 where it is 0. A capacity that only such columns use is one
 * that is not there without the switch: "sum of uses <= capacity" becomes "<= capacity times switch". No
 * whole point is lost, and the relaxation pays for as much of the switch as it uses of the capacity, not for
 * a thing's share of it alone (coefficient tightening: Savelsbergh 1994, doi:10.1287/ijoc.6.4.445).
 */
#include "solver/lean_internal.h"

enum { PAIR = 2 };

/* As near to a whole unit as that a row must allow, for it to allow it. */
static const double NEARLY = 1e-6;

/** Is column @p k of the two at 0 where the other is? */
static bool hangs(const Leaning *l, const LeanRow *row, int k)
{
    int x = row->columns[k], z = row->columns[1 - k];
    double value = row->values[k], unit = fabs(value) * (1 - NEARLY);
    bool binary = l->integer[z] && l->lower[z] == 0 && l->upper[z] == 1;
    double room = value > 0 ? row->upper : -row->lower; /* of fabs(value) * x where z is 0 */
    return binary && l->integer[x] && l->lower[x] == 0 && room < unit;
}

/** Is it known already, from another row, that column @p j hangs from the switch @p z? */
static bool is_known(const LeanHangs *h, int j, int z)
{
    for (int e = h->first[j]; e >= 0; e = h->next[e])
        if (h->from[e] == z)
            return true;
    return false;
}

Status lean_find_hangs(Leaning *l, LeanHangs *out)
{
    size_t columns = (size_t)l->source->lp->column_count, rows = (size_t)l->source->lp->row_count;
    int count = 0;
    out->first = ARENA_NEW(l->arena, columns, int);
    out->next = ARENA_NEW(l->arena, rows * PAIR, int);
    out->from = ARENA_NEW(l->arena, rows * PAIR, int);
    out->gain = ARENA_NEW(l->arena, columns, double);
    out->switches = ARENA_NEW(l->arena, columns, int);
    TRY_NEW(out->first);
    TRY_NEW(out->next);
    TRY_NEW(out->from);
    TRY_NEW(out->gain);
    TRY_NEW(out->switches);
    for (size_t j = 0; j < columns; j++)
        out->first[j] = -1;
    for (size_t i = 0; i < rows; i++) {
        LeanRow row = {.count = 0};
        if (!l->dropped[i])
            row = lean_row(l, (int)i);
        for (int k = 0; row.count == PAIR && k < PAIR; k++) {
            if (!hangs(l, &row, k) || is_known(out, row.columns[k], row.columns[1 - k]))
                continue; /* twice, it would free twice as much of a capacity as it uses */
            out->from[count] = row.columns[1 - k];
            out->next[count] = out->first[row.columns[k]];
            out->first[row.columns[k]] = count++;
        }
    }
    return STATUS_OK;
}

/** What the row can come to, and what of it hangs from each switch. @return how many switches. */
static int weigh(const Leaning *l, LeanHangs *h, const LeanDraft *row, double *least, double *most)
{
    int count = 0;
    *least = *most = 0;
    for (int k = 0; k < row->count; k++) {
        int j = row->columns[k];
        double low = row->values[k] * l->lower[j], high = row->values[k] * l->upper[j];
        *least += fmin(low, high);
        *most += fmax(low, high);
        if (row->values[k] < 0)
            continue;
        for (int e = h->first[j]; e >= 0; e = h->next[e]) {
            if (h->gain[h->from[e]] == 0)
                h->switches[count++] = h->from[e];
            h->gain[h->from[e]] += high;
        }
    }
    return count;
}

static bool is_in(const LeanDraft *row, int column)
{
    for (int k = 0; k < row->count; k++)
        if (row->columns[k] == column)
            return true;
    return false;
}

void lean_hang(const Leaning *l, LeanHangs *hangs, LeanDraft *row)
{
    double least, most, best = 0;
    int from = -1, count = weigh(l, hangs, row, &least, &most);
    for (int k = 0; k < count; k++) {
        int z = hangs->switches[k];
        double more = row->upper - (most - hangs->gain[z]); /* than is used without the switch */
        hangs->gain[z] = 0;
        if (more > best && !is_in(row, z)) {
            best = more;
            from = z;
        }
    }
    if (from < 0 || !isfinite(row->upper) || row->lower > least)
        return;
    row->columns[row->count] = from;
    row->values[row->count++] = -best;
    row->lower = -INFINITY;
    row->upper -= best;
}
