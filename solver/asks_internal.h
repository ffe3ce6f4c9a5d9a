/* room: solver
 *
 * The parts of solve_asks(). One file asks in whole numbers without any solve, one keeps what prices
 * have proven, one solves, one looks for what could be loosened; asks.c puts them together need by
 * need, asks_appeal.c one after another.
 */
#ifndef ALLOT_SOLVER_ASKS_INTERNAL_H
#define ALLOT_SOLVER_ASKS_INTERNAL_H

#include "allot/asks.h"
#include "allot/raises.h"
#include "solver/held.h"
#include "solver/hold_program.h"

/** What the prices of one solve prove of every ask of its tier (weak duality): whatever is added to the
 *  offers, the sum over offers of price * added is at least what the needs met are worth. */
typedef struct AskPrices {
    double base;   /* what has to be paid when no further need is met */
    double *need;  /* [need_count] more for each of the need's columns, >= 0 */
    double *offer; /* [offer_count] paid by one whole unit more */
} AskPrices;

enum { ASK_PRICES_MOST = 24 };

/** One offer that might be asked. */
typedef struct AskOption {
    int offer;
    int64_t direct; /* extra with which the need's own line alone can grow; -1: it cannot */
    int stop;       /* the first rule in the way of that, or -1 */
    int64_t extra;  /* enough; -1: not known */
    int64_t least;  /* proven */
    bool refused;   /* proven: no amount is enough */
    bool tried;     /* solved for alone */
    bool swapped;   /* enough with lines of others moved: ask_swap_lines() */
} AskOption;

/** The residual graph of the class network, and what it needs (asks_network.c). */
typedef struct AskNetwork AskNetwork;

typedef struct AskJob {
    const Formulation *form;
    const Plan *plan;
    const SolveSettings *settings;
    Arena *arena, *scratch; /* scratch: emptied with every check */
    Lifts lifts;
    Held held;
    AskNetwork *network; /* NULL: the round is none, or is to be decided the plain way */
    RuleSet rules;       /* own copies, whose bounds grow with what is granted */
    RuleBook book;       /* of them, with the lines at hand */
    Raises raises;
    int *extra_column;   /* [offer_count] of the live program: what is added, whole units; or -1 */
    double *extra_scale; /* [offer_count] of that column: a power of two */
    double *cost;        /* [offer_count] scratch: of the last solve */
    int64_t *granted;    /* [offer_count] extra so far, smallest parts */
    int64_t *grid;       /* [offer_count] extras beyond these steps are of no use; >= 1 */
    int64_t *given;      /* [need_count] of the lines at hand */
    bool *full;          /* [need_count] with outcomes; new offers count */
    bool *met;           /* [need_count] asked for and granted */
    bool *gifted;        /* [need_count] a new offer was granted: met from outside */
    bool appealing;      /* the smallest ask alone is of use */
    bool stale;          /* lines have moved since the live program was told */
    int need;            /* the live program is about this one, or -1 */
    AskPrices pool[ASK_PRICES_MOST];
    int pool_count, pool_tier;
    AskOption *options; /* [offer_count] of the need asked about, by offer */
    int option_count;
    int64_t *trial;    /* [pairs] the lines of the last check that passed */
    int64_t *best;     /* [pairs] the lines of the best answer so far */
    double *point, *x; /* [columns] scratch */
    double *added;     /* [offer_count] scratch */
    double *beside;    /* [rows] scratch: what is granted, in the rows of the live program */
    bool *mark;        /* [need_count] scratch */
    double work;       /* what is left: iterations times columns */
    double class_work; /* the same of the class network's program */
    Asks *out;
    NeedAsk *asks;
    Status status;
} AskJob;

/* ---- asks_book.c ------------------------------------------------------------------------------ */

/** Room for all of the job's arrays; own rules, the plan's lines in their book, grids. @return STATUS_OK,
 *  STATUS_NO_MEMORY, STATUS_INTERNAL: a line is no pair of the formulation. */
Status ask_open_book(AskJob *job);

/* ---- asks_direct.c: in whole numbers ---------------------------------------------------------- */

int64_t ask_lacks(const AskJob *job, int need);

/** Who may be asked for the need: offers that may serve it, or what it cannot be served without; each
 *  with what its own line would take. Fills job->options. */
Status ask_list_options(AskJob *job, int need);

/** Does what needs ask of each other let this need alone be met in full, and its beneficiary's max_value? */
bool ask_stands_alone(const AskJob *job, int need);

/** Do the rules and the numbers of beneficiaries let an offer that is not there yet, of a new donor, give the
 *  need all that it lacks, beside the lines at hand? A row that names donors or offers is not about it.
 *  (asks_new.c) */
bool ask_new_is_allowed(const AskJob *job, int need);

/** The least extra on the offer's grid that is not less. */
int64_t ask_on_grid(const AskJob *job, int offer, int64_t extra);

/** Value in the reporting currency of so much of an offer, asked for the need. */
bool ask_value(const AskJob *job, int need, int offer, int64_t extra, int64_t *value);

/** Works out job->full. */
Status ask_mark_full(AskJob *job);

/** Moves the need's line of the offer up by all that it lacks, the offer by extra. */
Status ask_grant_line(AskJob *job, int need, int offer, int64_t extra);

/** Takes the lines in job->best, the offers grown by the gifts. */
Status ask_grant_lines(AskJob *job, const AskGift *gifts, int count);

/* ---- asks_network.c --------------------------------------------------------------------------- */

/** @return STATUS_OK (job->network may still be NULL), STATUS_NO_MEMORY, STATUS_INTERNAL. */
Status ask_open_network(AskJob *job);
void ask_close_network(AskJob *job);

/** Raises job->options[..].least, and refuses options, by cuts. *impossible: proven, no amounts of all
 *  options together are enough. */
Status ask_use_network(AskJob *job, int need, bool *impossible);

/** What a cut proves through which @p lacks less comes than is asked: of every option how much it has to
 *  grow by, or that no amount is enough. @param set  [nodes] of the network and more: the side where paths
 *  begin (@p inside), or end. @return no option's chain crosses it */
bool ask_use_cut(AskJob *job, int64_t lacks, const bool *set, bool inside);

/** How many arcs of an offer's chain cross it. */
int ask_crossings(const AskJob *job, int offer, const bool *set, bool inside);

/** What others can make room for (asks_swap.h), where options are left open: marks those. *impossible as
 *  above. */
Status ask_use_swaps(AskJob *job, int need, bool *impossible);

/** The lines with which an option that it marked is enough, into job->trial. */
Status ask_lines_of_swap(AskJob *job, int need, const AskOption *option);

/** Tells it that the need is met by its own line of an offer, which grows. Before it is; after
 *  ask_use_network() of the need. */
void ask_grow_network(AskJob *job, int need, int offer, int64_t extra);

/** Tells it that lines have moved, the offers grown by the gifts. */
Status ask_move_network(AskJob *job, const AskGift *gifts, int count);

/** The program of the class network about the need, the lines at hand being its plan; NULL where graphs say all,
 *  or it is too large. Valid until lines move. @return STATUS_OK or STATUS_NO_MEMORY. */
Status ask_class_program(AskJob *job, int need, HoldProgram **out);
void ask_close_program(AskJob *job);

/* ---- asks_classes.c --------------------------------------------------------------------------- */

enum { ASK_CLASS_NEVER = -2 };

/** How much of one option alone is enough, whoever has to make room: *extra, lines in job->trial; -1: not
 *  found. Raises its least, or refuses it. NULL: of all together *extra is -1, or ASK_CLASS_NEVER where
 *  no amounts are enough. @return STATUS_OK or STATUS_NO_MEMORY. */
Status ask_class_single(AskJob *job, int need, AskOption *option, int64_t *extra);

/* ---- asks_prices.c ---------------------------------------------------------------------------- */

/** Keeps what the last solve for the need has proven. */
Status ask_keep_prices(AskJob *job, int need, const double *cost);

/** Tells them that the need is met by its own line, for so much more of the offer. Before it is. */
void ask_move_prices(AskJob *job, int need, int offer, int64_t extra);

/** Raises job->options[..].least to what the prices kept prove. */
void ask_use_prices(AskJob *job, int need);

/** Is an amount of an offer so near to the least there may be that a solve for less is not worth it? */
bool ask_is_near(const AskJob *job, int offer, int64_t extra, int64_t least);

/* What a solve costs besides its iterations, and a check in whole steps, in iterations. */
enum { ASK_SOLVE_ITERATIONS = 100, ASK_CHECK_ITERATIONS = 200 };

/* ---- asks_program.c: on the live program -------------------------------------------------------- */

Status ask_open_program(AskJob *job);

typedef enum AskOutcome { ASK_FOUND, ASK_IMPOSSIBLE, ASK_UNKNOWN } AskOutcome;

enum { ASK_OF_ALL = -1, ASK_OF_NOBODY = -2 };

/** The live program is about the need, everything granted at hand. */
void ask_about(AskJob *job, int need);

/** What may be added, and what it costs: of this offer, ASK_OF_ALL options, ASK_OF_NOBODY. */
void ask_of_offers(AskJob *job, int need, int offer);

/** Are the gifts enough with the lines of the point, in whole steps; with a part more of each as long as
 *  rounding asks for it? Then job->trial, and *outcome ASK_FOUND. */
Status ask_settle(AskJob *job, int need, const double *x, AskGift *gifts, int count,
                  AskOutcome *outcome);

/** The least value of more of the one offer, or of all options, with which the need is met.
 *  ASK_FOUND: gifts [*count] (room for all options) are enough, checked in whole numbers; their lines
 *  are in job->trial. @param known  an answer is known already: wholes are not searched for. */
Status ask_solve(AskJob *job, int need, int offer, bool known, AskGift *gifts, int *count,
                 AskOutcome *outcome);

/* ---- asks_loosen.c ---------------------------------------------------------------------------- */

/** The smallest set of things to loosen, into @p ask. */
Status ask_loosen(AskJob *job, int need, NeedAsk *ask);

/* ---- asks.c, asks_appeal.c ---------------------------------------------------------------------- */

/** What would meet the need, everything granted so far at hand. *lines: the answer's lines are in
 *  job->best (else it is the need's own line that grows). */
Status ask_find(AskJob *job, int need, NeedAsk *ask, bool *lines);

Status ask_appeal(AskJob *job);

#endif
