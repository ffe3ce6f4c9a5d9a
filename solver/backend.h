/* room: solver
 *
 * A live linear program: the contract between the stages and the library that solves. Everything
 * here runs inside glpk_guard_run(). Rows and columns count from 0; values are unscaled, duals are
 * those of the scaled program with the largest cost scaled to 1, so that one tolerance fits all.
 */
#ifndef ALLOT_SOLVER_BACKEND_H
#define ALLOT_SOLVER_BACKEND_H

#include <stdbool.h>
#include <stddef.h>

#include "allot/arena.h"
#include "allot/lp.h"
#include "allot/status.h"

typedef struct Backend Backend;

typedef enum BackendOutcome {
    BACKEND_OPTIMAL,
    BACKEND_WITHIN_GAP, /* whole columns: stopped at the gap */
    BACKEND_LIMIT,      /* stopped at a limit; a point may be there */
    BACKEND_INFEASIBLE,
    BACKEND_UNBOUNDED,
    BACKEND_FAILED
} BackendOutcome;

/** Loads the program; needs the guard. NULL without memory. Freed by backend_close(). */
Backend *backend_open(const Lp *lp, Arena *arena);
void backend_close(Backend *backend);

/** The same with these columns alone (@p loaded [columns]); the others stand at their lower bound,
 *  which must be 0, and cost no time until backend_load(). They have bounds and a value, and may be
 *  in an objective; everything else below, searches too, asks of columns that are loaded. */
Backend *backend_open_part(const Lp *lp, const bool *loaded, Arena *arena);

/** A network: a row a node, where what enters less what leaves is its gain; a column an arc. */
typedef struct BackendNetwork {
    int node_count, arc_count;
    const int *from, *to;        /* [arc_count]; an arc from a node to itself is in no row */
    const double *lower, *upper; /* [arc_count] */
    const double *gain;          /* [node_count] */
} BackendNetwork;

/** backend_open() of a network, without an Lp; nothing of @p net is kept. Its columns are all loaded
 *  and stay so. */
Backend *backend_open_network(const BackendNetwork *net, Arena *arena);

bool backend_is_loaded(const Backend *backend, int column);

/** Of columns that are not loaded too. */
bool backend_is_basic(const Backend *backend, int column);

/** Not basic, and at a bound of 0. */
bool backend_is_idle(const Backend *backend, int column);

/** Lets a column in, at its lower bound: its cost in the present objective, its elements. The basis
 *  stays. */
void backend_load(Backend *backend, int column, double cost, size_t count, const int *rows,
                  const double *values);

/** Lets go columns that are not basic and fixed at 0. The basis and the last solve stay. */
void backend_unload(Backend *backend, size_t count, const int *columns);

/** Minimise sum cost * x over these columns; all others cost nothing. */
void backend_objective(Backend *backend, size_t count, const int *columns, const double *costs);

/** Brings the basis near the optimum by solving only the part in which something can still move;
 *  does nothing where that is nearly all. With @p bounds rows that hold one column, and one that stands in no
 *  other row, are bounds there. For a program of which much is fixed, before
 *  backend_solve(), which then has little left to do. */
void backend_approach(Backend *backend, bool bounds);

/** From now on backend_solve() gives up past this moment (deadline.h), BACKEND_FAILED; 0: never, as at first. */
void backend_until(Backend *backend, double deadline);

/** Is that moment past? */
bool backend_is_late(const Backend *backend);

/** Solves the linear relaxation from the present basis. */
BackendOutcome backend_solve(Backend *backend);

/** Moves to an optimal basis that GLPK's presolver finds from nothing, once it has taken out what is
 *  fixed and what follows from it; finding none, to a basis of slacks. For a program of which nearly all
 *  has just been fixed away from where the basis stands, before backend_solve(). */
void backend_presolve(Backend *backend);

/** The same by the dual simplex method, for a basis whose reduced costs are right while rows added
 *  since are broken; from any other start it is a trap. One attempt: a failure proves nothing. */
BackendOutcome backend_solve_dual(Backend *backend);

/** Puts column @p column into the basis in place of row @p row, before the first solve. */
void backend_start_basic(Backend *backend, int row, int column);

/** Where a column or row stands in a starting basis. */
typedef enum BackendPlace { PLACE_BASIC, PLACE_LOWER, PLACE_UPPER } BackendPlace;

/** A whole basis of somebody else's, column by column and row by row, before the first solve: as many
 *  basic ones as there are rows. A place at a bound that is not there means the other one. */
void backend_place_column(Backend *backend, int column, BackendPlace place);
void backend_place_row(Backend *backend, int row, BackendPlace place);

/** Limits of a search over whole columns. */
typedef struct BackendSearch {
    double
        gap_rel;   /* the search may stop so near, relative to value and bound, constant included */
    long patience; /* nodes in which it is to end by itself before gap_rel will do */
    double gap_abs;  /* or so near, in the objective; 0: not for that */
    double constant; /* of the objective, which GLPK does not have */
    double
        value_rel; /* a node that promises less than this is dropped, relative to 1 + the value found in
                         the scaled objective, whose largest cost is about 1; 0: GLPK's own 1e-7,
                         and no word of it in the bound */
    long nodes;
    double
        work; /* most iterations (a node counts as 100) times columns: its cost, told by no clock */
    double deadline;     /* stops past it, too (deadline.h); 0: none */
    const double *start; /* [columns] a point known to be feasible, or NULL */
    const bool *held;    /* [columns] what stays as in the start, so that the search is one of its
                            surroundings and proves nothing; or NULL */
    const double
        *worth; /* [columns] what is at stake in a whole column, in one unit of the objective
                            for all: the search branches where most is; NULL: GLPK's own rule */
    bool
        simple_branching; /* not by pseudo-costs: GLPK 5.0 stops with a fault where a bound of a column
                              of millions is kept only within its tolerance */
    bool
        switches_first; /* branches on the first broken column, in the program's order, where programs are
                            too large for pseudo-costs: a quarter of the time a node of GLPK's own rule */
    bool
        as_said; /* whole are the columns that the program says, and not those as well that cannot be but
                    whole: the way is another one, and may come to points where that does not */
    bool
        cuts; /* GLPK's cuts and its feasibility pump: fewer nodes, each of which costs more. A search that
                  ends after a few nodes is made again without */
} BackendSearch;

/** Are there columns that cannot be but whole, and are not said to be? */
bool backend_implies_whole(const Backend *backend);

/** Branch and cut from the optimal basis of backend_solve(). The point found is read with
 *  backend_whole_value(); *bound is the proven bound of the objective. */
BackendOutcome backend_search(Backend *backend, const BackendSearch *limits, bool *found,
                              double *bound);

/** The value of the objective at the point of the last backend_solve(). */
double backend_objective_value(const Backend *backend);

int backend_column_count(const Backend *backend);
int backend_row_count(const Backend *backend);
double backend_value(const Backend *backend, int column);        /* of the relaxation */
double backend_row_value(const Backend *backend, int row);       /* likewise */
double backend_whole_value(const Backend *backend, int column);  /* of the last search */
double backend_reduced_cost(const Backend *backend, int column); /* scaled; 0 for basic ones */
double backend_row_dual(const Backend *backend, int row);        /* scaled; 0 for basic ones */

/** Dual of a row in the units of the costs given, or 0 when scaled it is no larger than @p zero. */
double backend_frozen_dual(const Backend *backend, int row, double zero);

/** What the costs given are multiplied with, so that the largest of the scaled program is about 1. */
double backend_cost_scale(const Backend *backend);

void backend_column_bounds(const Backend *backend, int column, double *lower, double *upper);
void backend_bound_column(Backend *backend, int column, double lower, double upper);
void backend_bound_row(Backend *backend, int row, double lower, double upper);

void backend_row_bounds(const Backend *backend, int row, double *lower, double *upper);

/** Does the point keep every row and bound as they are now, but for noise? */
bool backend_admits(Backend *backend, const double *x);

/** Opens the bounds of columns and rows that a point misses by noise alone, so that it is one of the live
 *  program's: bounds of later stages are then those of a program that is wider by as much, and hold.
 *  True when any was opened. @param x  [columns] */
bool backend_admit(Backend *backend, const double *x);

/** Takes in a point that the program admits: what it misses by more than noise is opened to it. A plan in whole
 *  cents may be better than any point of the rows, which know nothing of how lines are rounded: held to what it
 *  reaches, later stages would have no point but it, and call it the best.
 *  False, and nothing is opened: the program does not admit it. @param x  [columns] */
bool backend_take_in(Backend *backend, const double *x);

/** Every bound as it is now, to be put back after a trial. */
typedef struct BackendBounds {
    double *lower, *upper;         /* [columns] */
    double *row_lower, *row_upper; /* [rows] */
    int columns, rows;
} BackendBounds;
Status backend_save_bounds(const Backend *backend, Arena *arena, BackendBounds *saved);
void backend_restore_bounds(Backend *backend, const BackendBounds *saved);

/** Who is basic, and where the others stand. Keeping takes as many columns and rows as the program has
 *  then; rows that come later are basic when it is put back, which makes it a basis again. */
typedef struct BackendBasis {
    char *columns, *rows; /* [column_room + 1], [row_room + 1] the backend's own codes, from 1 */
    int column_room, row_room;
    int column_count, row_count; /* of the program when it was kept */
} BackendBasis;
Status backend_new_basis(const Backend *backend, Arena *arena, BackendBasis *basis);
void backend_keep_basis(const Backend *backend, BackendBasis *basis);
void backend_put_basis(Backend *backend, const BackendBasis *basis);

/** Wider bounds that leave a nonbasic column or row where it stands, so that the basis stays feasible: of
 *  the wider range only the part beyond the bound it stood at is opened. */
void backend_open_column(Backend *backend, int column, double lower, double upper);
void backend_open_row(Backend *backend, int row, double lower, double upper);

/** Fixes a nonbasic column or row at the bound it stands at. */
void backend_fix_column(Backend *backend, int column);
void backend_fix_row(Backend *backend, int row);

/** Adds a continuous column or a row; they enter nonbasic and basic. Returns the index. */
int backend_add_column(Backend *backend, double lower, double upper, double scale);
/** Gives a column that backend_add_column() added its elements. */
void backend_fill_column(Backend *backend, int column, size_t count, const int *rows,
                         const double *values);
int backend_add_row(Backend *backend, double lower, double upper, size_t count, const int *columns,
                    const double *values, double scale);

long backend_iterations(const Backend *backend);
long backend_nodes(const Backend *backend);
double backend_work(const Backend *backend); /* as BackendSearch.work, of all searches */

/** Names for exports; graphic ASCII of at most 255 bytes. */
void backend_name_column(Backend *backend, int column, const char *name);
void backend_name_row(Backend *backend, int row, const char *name);

/** Writes the program with its costs as given, as free MPS or in the LP format. False when that
 *  failed at once. */
bool backend_write(Backend *backend, const char *path, bool lp_format);

const char *backend_library_version(void);

#endif
