/* Lines sorted by root offer and amount; for each tier and reason that asks, the first of them and how
 * many there are, kept. The list of a tier holds the asking need's own lines too: those are few, and are
 * taken out of the answer.
 */
#include "io/cause_users.h"

#include <stdlib.h>

/* A kept list reaches this far, so that a need's own lines seldom use it up. */
enum { KEPT_LINES = USERS_NAMED + 5 };

typedef enum Rivals { RIVALS_EQUAL, RIVALS_ABOVE, RIVALS_URGENT, RIVALS_ANY } Rivals;

/** What one tier's needs are told of one root offer. */
typedef struct KeptList {
    struct KeptList *next; /* of the same root offer */
    Rivals rivals;
    int tier;
    int count; /* of lines */
    int lines[KEPT_LINES];
} KeptList;

struct CauseUsers {
    const Round *round;
    const Plan *plan;
    Arena *arena;
    int *first;      /* [offer_count + 1] lines paid out of a root offer: lines[first[root]] .. */
    int *lines;      /* [assignment_count] */
    KeptList **kept; /* [offer_count] of each root */
};

static const Assignment *line_at(const CauseUsers *users, int i)
{
    return &users->plan->assignments[i];
}

/* ---- sorting --------------------------------------------------------------------------------- */

typedef struct Ranked {
    int64_t amount;
    int line;
} Ranked;

static int by_amount(const void *one, const void *two)
{
    const Ranked *a = one, *b = two;
    if (a->amount != b->amount)
        return a->amount > b->amount ? -1 : 1;
    return a->line < b->line ? -1 : a->line > b->line;
}

/** Sorts lines of one unit, the largest first; equal ones stay as they come. */
static void sort_run(const CauseUsers *users, int *lines, int count, Ranked *ranked)
{
    for (int i = 0; i < count; i++)
        ranked[i] = (Ranked){line_at(users, lines[i])->offer_quantity, lines[i]};
    qsort(ranked, (size_t)count, sizeof *ranked, by_amount);
    for (int i = 0; i < count; i++)
        lines[i] = ranked[i].line;
}

static const char *unit_of(const CauseUsers *users, int line)
{
    return users->round->offers[line_at(users, line)->offer].unit.name;
}

/** Sorts what lies between changes of the unit. */
static void sort_lines(const CauseUsers *users, int *lines, int count, Ranked *ranked)
{
    for (int from = 0, to = 0; from < count; from = to) {
        while (to < count && unit_of(users, lines[to]) == unit_of(users, lines[from]))
            to++;
        sort_run(users, lines + from, to - from, ranked);
    }
}

Status cause_users_build(const Round *round, const Plan *plan, Arena *arena, CauseUsers **out)
{
    CauseUsers *users = ARENA_NEW(arena, 1, CauseUsers);
    TRY_NEW(users);
    *users = (CauseUsers){.round = round,
                          .plan = plan,
                          .arena = arena,
                          .first = ARENA_NEW(arena, round->offer_count + 1, int),
                          .lines = ARENA_NEW(arena, plan->assignment_count, int),
                          .kept = ARENA_NEW(arena, round->offer_count, KeptList *)};
    int *next = ARENA_NEW(arena, round->offer_count + 1, int);
    Ranked *ranked = ARENA_NEW(arena, plan->assignment_count, Ranked);
    if (users->first == NULL || users->lines == NULL || users->kept == NULL || next == NULL ||
        ranked == NULL)
        return STATUS_NO_MEMORY;
    for (size_t i = 0; i < plan->assignment_count; i++)
        users->first[round->offers[plan->assignments[i].offer].root + 1]++;
    for (size_t o = 0; o < round->offer_count; o++) {
        users->first[o + 1] += users->first[o];
        next[o] = users->first[o];
    }
    for (size_t i = 0; i < plan->assignment_count; i++)
        users->lines[next[round->offers[plan->assignments[i].offer].root]++] = (int)i;
    for (size_t o = 0; o < round->offer_count; o++)
        sort_lines(users, users->lines + users->first[o], users->first[o + 1] - users->first[o],
                   ranked);
    *out = users;
    return STATUS_OK;
}

/* ---- asking ---------------------------------------------------------------------------------- */

static bool counts(const CauseUsers *users, int line, Rivals rivals, int tier)
{
    const Round *round = users->round;
    int need = line_at(users, line)->need, its = round->needs[need].tier;
    if (rivals == RIVALS_URGENT)
        return round->has_urgent && need == round->urgent;
    return rivals == RIVALS_EQUAL ? its == tier : rivals == RIVALS_ANY || its < tier;
}

/** Goes through a root offer's lines; those of @p aside do not count. Fills @p lines [@p room] with
 *  the first. @return how many there are. */
static int collect(const CauseUsers *users, int root, const KeptList *of, int aside, int *lines,
                   int room)
{
    int count = 0;
    for (int i = users->first[root]; i < users->first[root + 1]; i++) {
        int line = users->lines[i];
        if (line_at(users, line)->need == aside || !counts(users, line, of->rivals, of->tier))
            continue;
        if (count < room)
            lines[count] = line;
        count++;
    }
    return count;
}

static Status kept_list(CauseUsers *users, int root, Rivals rivals, int tier, KeptList **out)
{
    KeptList *list = users->kept[root];
    while (list != NULL && (list->rivals != rivals || list->tier != tier))
        list = list->next;
    if (list == NULL) {
        list = ARENA_NEW(users->arena, 1, KeptList);
        TRY_NEW(list);
        *list = (KeptList){.next = users->kept[root], .rivals = rivals, .tier = tier};
        list->count = collect(users, root, list, -1, list->lines, KEPT_LINES);
        users->kept[root] = list;
    }
    *out = list;
    return STATUS_OK;
}

/** The need's first line, by halving: the plan's lines are by need. */
static size_t first_line(const Plan *plan, int need)
{
    size_t low = 0, high = plan->assignment_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (plan->assignments[middle].need < need)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/** How many of the list's lines are the need's own. */
static int own_count(const CauseUsers *users, int root, const KeptList *list, int need)
{
    const Plan *plan = users->plan;
    int count = 0;
    for (size_t i = first_line(plan, need);
         i < plan->assignment_count && plan->assignments[i].need == need; i++)
        count += users->round->offers[plan->assignments[i].offer].root == root &&
                 counts(users, (int)i, list->rivals, list->tier);
    return count;
}

Status cause_users_of(CauseUsers *users, int need, int offer, Reason reason, UserList *out)
{
    int root = users->round->offers[offer].root;
    Rivals rivals = reason == REASON_EQUALS         ? RIVALS_EQUAL
                    : reason == REASON_HIGHER_TIERS ? RIVALS_ABOVE
                    : reason == REASON_URGENT       ? RIVALS_URGENT
                                                    : RIVALS_ANY;
    int tier = rivals == RIVALS_ANY ? 0 : users->round->needs[need].tier;
    KeptList *list;
    TRY(kept_list(users, root, rivals, tier, &list));
    int own = own_count(users, root, list, need), found = 0;
    *out = (UserList){.count = list->count - own};
    if (own > KEPT_LINES - USERS_NAMED) {
        (void)collect(users, root, list, need, out->lines, USERS_NAMED);
        return STATUS_OK;
    }
    for (int i = 0; i < list->count && i < KEPT_LINES && found < USERS_NAMED; i++)
        if (line_at(users, list->lines[i])->need != need)
            out->lines[found++] = list->lines[i];
    return STATUS_OK;
}
