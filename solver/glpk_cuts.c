/* Mixed integer rounding cuts (Marchand and Wolsey 2001, doi:10.1287/opre.49.3.363.11211): what proves
 * most where amounts hang on switches.
 *
 * GLPK 5.0 makes them and, left to itself, puts them into the program as they come: in the units of the
 * columns, where an amount may count ten millions and a switch one. Nodes that hold such rows are then
 * called infeasible though a plan is in them. So each cut is brought to the size of the scaled program
 * first, gives way by what its arithmetic may be off, and is left out where its elements lie too far
 * apart to be told from noise, or where it forbids the point that is at hand.
 */
#define GLP_UNDOC /* glp_mir_*: in the header and in the library, not in the manual */
#include "solver/glpk_cuts.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>

/* How often a node is asked for cuts: the root, and those below it. */
enum { ROUNDS_AT_ROOT = 30, ROUNDS_BELOW = 3 };

/* Elements of a cut in the scaled program lie no further apart. */
static const double FAR_APART = 1e6;

/* What the arithmetic of a cut may be off, relative to all that is summed up in it. */
static const double OFF_BY = 1e-11;

/* The point at hand may miss a row by so much: the noise of a search. */
static const double POINT_NOISE = 1e-9;

struct RoundingCuts {
    glp_mir *maker;
    glp_prob *pool; /* a row a cut */
    const double *start;
    int columns;
    int *columns_of; /* [columns + 1] scratch: a cut */
    double *values;
    int node, rounds; /* at the node asked last */
};

RoundingCuts *rounding_cuts_open(glp_prob *problem, const double *start, Arena *arena)
{
    RoundingCuts *cuts = ARENA_NEW(arena, 1, RoundingCuts);
    if (cuts == NULL)
        return NULL;
    cuts->start = start;
    cuts->columns = glp_get_num_cols(problem);
    cuts->columns_of = ARENA_NEW(arena, (size_t)cuts->columns + 1, int);
    cuts->values = ARENA_NEW(arena, (size_t)cuts->columns + 1, double);
    if (cuts->columns_of == NULL || cuts->values == NULL)
        return NULL;
    cuts->maker = glp_mir_init(problem);
    cuts->pool = glp_create_prob();
    glp_add_cols(cuts->pool, cuts->columns);
    return cuts;
}

void rounding_cuts_close(RoundingCuts *cuts)
{
    if (cuts == NULL)
        return;
    glp_mir_free(cuts->maker);
    glp_delete_prob(cuts->pool);
}

/** Where a column goes that makes the cut's term smallest; infinite without a bound there. */
static double lowest(glp_prob *problem, int column, double value)
{
    double at = value > 0 ? glp_get_col_lb(problem, column) : glp_get_col_ub(problem, column);
    return fabs(at) < DBL_MAX ? value * at : -INFINITY;
}

static double highest(glp_prob *problem, int column, double value)
{
    return -lowest(problem, column, -value);
}

/** The largest element that the cut has in the scaled program. */
static double size_of(const RoundingCuts *cuts, glp_prob *problem, int count)
{
    double largest = 0;
    for (int k = 1; k <= count; k++)
        largest = fmax(largest, fabs(cuts->values[k]) * glp_get_sjj(problem, cuts->columns_of[k]));
    return largest;
}

/** Replaces elements that are too small to be told from noise by the least that their columns make of
 *  them. Returns how many are left. */
static int drop_small(const RoundingCuts *cuts, glp_prob *problem, double largest, int count,
                      double *most)
{
    int left = 0;
    for (int k = 1; k <= count; k++) {
        int j = cuts->columns_of[k];
        double value = cuts->values[k];
        if (fabs(value) * glp_get_sjj(problem, j) * FAR_APART < largest) {
            *most -= lowest(problem, j, value);
            continue;
        }
        cuts->columns_of[++left] = j;
        cuts->values[left] = value;
    }
    return left;
}

/** The cut in the scratch of @p cuts, "sum <= *most": sizes it, and lets it give way. Returns how many
 *  elements it has, 0 where it is not one to be trusted. */
static int prepare(const RoundingCuts *cuts, glp_prob *problem, int count, double *most)
{
    double largest = size_of(cuts, problem, count), sum = fabs(*most), at_start = 0;
    if (!(largest > 0))
        return 0;
    count = drop_small(cuts, problem, largest, count, most);
    for (int k = 1; k <= count; k++) {
        int j = cuts->columns_of[k];
        double value = cuts->values[k];
        sum += fmax(fabs(lowest(problem, j, value)), fabs(highest(problem, j, value)));
        at_start += cuts->start != NULL ? value * cuts->start[j] : 0;
    }
    *most += OFF_BY * sum;
    if (!isfinite(*most) || (cuts->start != NULL && at_start > *most + POINT_NOISE * largest))
        return 0;
    for (int k = 1; k <= count; k++)
        cuts->values[k] /= largest;
    *most /= largest;
    return count;
}

/** Is this node to be asked once more? */
static bool is_asked_again(RoundingCuts *cuts, glp_tree *tree)
{
    int node = glp_ios_curr_node(tree);
    bool root = glp_ios_node_level(tree, node) == 0;
    if (node != cuts->node)
        cuts->rounds = 0;
    cuts->node = node;
    cuts->rounds++;
    return cuts->rounds <= (root ? ROUNDS_AT_ROOT : ROUNDS_BELOW);
}

void rounding_cuts_add(RoundingCuts *cuts, glp_tree *tree)
{
    glp_prob *problem = glp_ios_get_prob(tree);
    if (!is_asked_again(cuts, tree))
        return;
    glp_mir_gen(problem, cuts->maker, cuts->pool);
    int made = glp_get_num_rows(cuts->pool);
    for (int i = 1; i <= made; i++) {
        double most = glp_get_row_ub(cuts->pool, i);
        int count = glp_get_mat_row(cuts->pool, i, cuts->columns_of, cuts->values);
        count = prepare(cuts, problem, count, &most);
        if (count > 0)
            glp_ios_add_row(tree, NULL, GLP_RF_MIR, 0, count, cuts->columns_of, cuts->values,
                            GLP_UP, most);
    }
    glp_erase_prob(cuts->pool);
    glp_add_cols(cuts->pool, cuts->columns);
}
