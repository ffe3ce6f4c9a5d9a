/* room: front
 *
 * allot compare: two plans and their rounds opened (compare_sides.c), the second round decided again
 * with changes taken back (compare_ask.c), and what moved each line found by that (compare_search.c).
 */
#ifndef ALLOT_FRONT_COMPARE_H
#define ALLOT_FRONT_COMPARE_H

#include "allot/comparison.h"
#include "session.h"

/** One of the two plans. */
typedef struct CompareSide {
    PlanRecord record;
    Options options;  /* as its round is read: its path, its settings, the plan before it */
    KeptAnswers kept; /* its own */
    Session session;  /* its round, when has_round; the plan as it was written, with its figures */
    RowTexts texts;
    bool has_round;
    const char *why_not; /* why there is none; else "" */
} CompareSide;

/** Reads the plan @p path and looks for its round: at @p round (of the option @p option, "--before"),
 *  else where the plan says, there or beside the plan. A round that is not found is a warning, one
 *  that is another than the plan was made from an error; the plan's lines are there all the same.
 *  @return STATUS_OK; what reading the plan gives; STATUS_NO_MEMORY. */
Status compare_side_open(Session *s, const char *path, const char *round, const char *option,
                         CompareSide *side);

/** The second round, decided with some changes taken back or some lines held. */
typedef struct Ask {
    bool *undone; /* [input_count] */
    bool *held;   /* [line_count] this line is held at its former quantity */
    bool holds;   /* any is */
    bool is_answered;
    bool has_plan;
    double work;         /* iterations times columns: what deciding it was, told by no clock */
    const char *answer;  /* "optimal", ..., "no plan", "errors in the input" */
    bool *restored;      /* [line_count] has its former quantity */
    bool *kept;          /* [line_count] has the second plan's */
    StageResult *stages; /* [stage_count] label, sense, value, bound and status alone */
    size_t stage_count;
} Ask;

typedef struct Asker {
    Session *s; /* of the command */
    const CompareSide *before, *after;
    Comparison *comparison;
    Ask *asks; /* [count] each at most once */
    size_t count, room;
    size_t answered; /* of them, from the first on */
    double work;     /* of those */
    double most;     /* that may be: ASKS_WORK */
    double deadline; /* of the monotonic clock, for all of them together; 0: none */
} Asker;

/** Most rounds that one comparison decides. */
enum { ASKS_MOST = 400 };

/** Most that deciding them may be, in Ask.work: a few minutes of one core. The first two are always decided. */
#define ASKS_WORK 1e10

/** Adds a question, or finds that it was put before; its index goes to *index. @p undone [input_count]
 *  and @p held [line_count] are copied; NULL: none. @param share  of asker->most that may be spent then,
 *  each question that waits being reckoned as the first was.
 *  @return STATUS_OK; STATUS_LIMIT, and nothing added, when that is too many; STATUS_NO_MEMORY. */
Status asker_put(Asker *asker, const bool *undone, const bool *held, double share, size_t *index);

/** What is too many, to follow "would take": "more work than ...". */
const char *asker_limit_text(const Asker *asker);

/** Decides all that was put and is not answered, in processes. @return STATUS_OK, also when a round has
 *  no plan; STATUS_NO_MEMORY, STATUS_IO with a finding. */
Status asker_run(Asker *asker);

/** How many changes of answers there can be; and these, behind the inputs that @p comparison has, which has
 *  room for them. @return STATUS_OK, STATUS_NO_MEMORY. */
size_t compare_answers_most(const CompareSide *before, const CompareSide *after);
Status compare_answers_add(const CompareSide *before, const CompareSide *after, Arena *arena,
                           Comparison *comparison);

/** Commits to the round of @p s the second plan's answers; in place of those that @p ask takes back, the
 *  first plan's. @return STATUS_OK, STATUS_FINDINGS, STATUS_NO_MEMORY. */
Status compare_answers_take(const Asker *asker, const Ask *ask, Session *s);

/** Finds what moved each line, into the comparison of @p asker, which has lines and inputs.
 *  @return STATUS_OK; what asker_run() gives. */
Status compare_search(Asker *asker);

#endif
