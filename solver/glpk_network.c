/* A network as a live GLPK program: each column has two elements at most, so it is written into
 * GLPK's matrix column by column, with no copy of the program between.
 */
#include "solver/glpk_internal.h"

static void load_arc(Backend *backend, const BackendNetwork *net, int arc)
{
    int rows[3], count = net->from[arc] != net->to[arc] ? 2 : 0;
    double values[3];
    rows[1] = net->from[arc] + 1;
    values[1] = -1;
    rows[2] = net->to[arc] + 1;
    values[2] = 1;
    backend->at[arc] = arc + 1;
    backend_bound_column(backend, arc, net->lower[arc], net->upper[arc]);
    glp_set_mat_col(backend->problem, arc + 1, count, rows, values);
}

Backend *backend_open_network(const BackendNetwork *net, Arena *arena)
{
    Backend *backend = ARENA_NEW(arena, 1, Backend);
    if (backend == NULL)
        return NULL;
    backend->arena = arena;
    backend->cost_scale = 1.0;
    backend->column_count = backend->column_room = net->arc_count;
    backend->at = ARENA_NEW(arena, (size_t)net->arc_count, int);
    if (backend->at == NULL)
        return NULL;
    backend->problem = glp_create_prob();
    if (net->node_count > 0)
        glp_add_rows(backend->problem, net->node_count);
    for (int v = 0; v < net->node_count; v++)
        backend_bound_row(backend, v, net->gain[v], net->gain[v]);
    if (net->arc_count > 0)
        glp_add_cols(backend->problem, net->arc_count);
    for (int a = 0; a < net->arc_count; a++)
        load_arc(backend, net, a);
    return backend;
}
