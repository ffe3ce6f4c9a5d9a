/* Behind every unmet need: causes found by re-solving or read from the tables, offers barred or taken. */
#include "io/grounds.h"

#include "allot/causes.h"
#include "allot/chosen.h"
#include "allot/language.h"

typedef struct GroundLists {
    const Round *round;
    const Plan *plan;
    Arena *arena;
    GroundCause *causes;
    size_t cause_count, cause_room;
    GroundPair *pairs;
    size_t pair_count, pair_room;
} GroundLists;

static Status add_cause(GroundLists *lists, GroundCause cause)
{
    if (lists->cause_count == lists->cause_room) {
        size_t room = lists->cause_room * 2 + 64;
        lists->causes =
            arena_grow(lists->arena, lists->causes, lists->cause_count, room, sizeof cause);
        TRY_NEW(lists->causes);
        lists->cause_room = room;
    }
    lists->causes[lists->cause_count++] = cause;
    return STATUS_OK;
}

static Status add_pair(GroundLists *lists, GroundPair pair)
{
    if (lists->pair_count == lists->pair_room) {
        size_t room = lists->pair_room * 2 + 64;
        lists->pairs = arena_grow(lists->arena, lists->pairs, lists->pair_count, room, sizeof pair);
        TRY_NEW(lists->pairs);
        lists->pair_room = room;
    }
    lists->pairs[lists->pair_count++] = pair;
    return STATUS_OK;
}

/** Of a commitment that an answer made: the number of that answer. */
static GroundCause imposed(int need, Reason code, Origin origin, const char *id, const char *column)
{
    return (GroundCause){.need = need,
                         .code = code,
                         .table = origin.line < 0   ? "answers"
                                  : origin.line > 0 ? dictionary_table(origin.table)->name
                                                    : "",
                         .line = origin.line < 0 ? -origin.line : origin.line,
                         .id = id,
                         .column = column,
                         .part = ""};
}

/** What re-solving found. */
static Status add_found(GroundLists *lists, int need, const NeedCauses *found)
{
    for (int i = 0; i < found->count; i++) {
        const Cause *cause = &found->causes[i];
        GroundCause row = imposed(need, cause->reason, cause->origin, cause->id, cause->column);
        row.part = cause->each;
        row.freed = found->freed;
        row.proof = found->proof == CAUSE_PROVEN ? N_("proven") : N_("helps");
        row.found = cause;
        TRY(add_cause(lists, row));
    }
    return STATUS_OK;
}

/** Every row that bars an offer of the need's kind, once. */
static Status add_barring(GroundLists *lists, int need, Reason code)
{
    size_t first = lists->cause_count;
    for (int o = 0; o < (int)lists->round->offer_count; o++) {
        Bar bar = eligibility_bar(lists->round, need, o);
        if (bar.check == BAR_NOTHING || !bar_is_of_kind(bar.check))
            continue;
        GroundCause row = imposed(need, code, bar.origin, bar.id, bar.column);
        bool known = false;
        for (size_t i = first; i < lists->cause_count && !known; i++)
            known = lists->causes[i].table == row.table && lists->causes[i].line == row.line &&
                    lists->causes[i].column == row.column;
        row.proof = N_("in the tables");
        if (!known)
            TRY(add_cause(lists, row));
    }
    return STATUS_OK;
}

/** What stands in the tables. */
static Status add_standing(GroundLists *lists, int need, Reason code)
{
    const Need *row = &lists->round->needs[need];
    const char *column = "";
    switch (code) {
    case REASON_NOT_READY: column = "ready"; break;
    case REASON_AMOUNT_UNKNOWN: column = "quantity"; break;
    case REASON_PREREQUISITE: column = "requires"; break;
    case REASON_NO_OFFER: column = "category"; break;
    default: return add_barring(lists, need, code);
    }
    GroundCause cause = imposed(need, code, row->origin, row->id, column);
    cause.proof = N_("in the tables");
    return add_cause(lists, cause);
}

static Status add_causes(GroundLists *lists, int need)
{
    const NeedCauses *all = lists->plan->answers.causes;
    const NeedCauses *found = all == NULL ? NULL : &all[need];
    Reason code = lists->plan->needs[need].reason;
    bool asked = found != NULL && found->proof != CAUSE_NOT_ASKED;
    if (asked && (found->proof == CAUSE_PROVEN || found->proof == CAUSE_HELPS))
        return add_found(lists, need, found);
    if (code != REASON_UNPROVEN && !asked)
        return add_standing(lists, need, code);
    GroundCause cause = imposed(need, code, (Origin){TABLE_NEEDS, 0}, "", "");
    cause.proof = !asked                         ? N_("not asked")
                  : found->proof == CAUSE_BETTER ? N_("better exists")
                                                 : N_("open");
    return add_cause(lists, cause);
}

/** Every offer of its kind, unless the need's own state keeps it from being served. */
static Status add_pairs(GroundLists *lists, int need)
{
    for (int o = 0; o < (int)lists->round->offer_count; o++) {
        Bar bar = eligibility_bar(lists->round, need, o);
        if (bar.check == BAR_NOTHING || (bar.check < BAR_NEED_UNKNOWN && bar_is_of_kind(bar.check)))
            TRY(add_pair(lists, (GroundPair){need, o, bar}));
    }
    return STATUS_OK;
}

/** The lines, gathered by what they are paid out of. */
static Status list_users(const Round *round, const Plan *plan, Arena *arena, Grounds *out)
{
    size_t *first = ARENA_NEW(arena, round->offer_count + 2, size_t);
    int *users = ARENA_NEW(arena, plan->assignment_count + 1, int);
    TRY_NEW(first);
    TRY_NEW(users);
    for (size_t a = 0; a < plan->assignment_count; a++)
        first[round->offers[plan->assignments[a].offer].root + 2]++;
    for (size_t o = 2; o <= round->offer_count + 1; o++)
        first[o] += first[o - 1];
    for (size_t a = 0; a < plan->assignment_count; a++)
        users[first[round->offers[plan->assignments[a].offer].root + 1]++] = (int)a;
    out->first_user = first;
    out->users = users;
    return STATUS_OK;
}

Status grounds_build(const Round *round, const Plan *plan, Arena *arena, Grounds *out)
{
    GroundLists lists = {.round = round, .plan = plan, .arena = arena};
    const bool *not_chosen = plan_not_chosen(round, plan, arena);
    bool too_many = false;
    TRY_NEW(not_chosen);
    for (int n = 0; n < (int)round->need_count; n++) {
        if (plan->needs[n].reason == REASON_NONE || not_chosen[n])
            continue;
        TRY(add_causes(&lists, n));
        too_many = too_many || lists.pair_count > GROUND_PAIRS_MOST;
        if (!too_many && !need_is_outcome(&round->needs[n]))
            TRY(add_pairs(&lists, n));
    }
    *out = (Grounds){.causes = lists.causes,
                     .cause_count = lists.cause_count,
                     .pairs = lists.pairs,
                     .pair_count = too_many ? 0 : lists.pair_count,
                     .too_many = too_many};
    return list_users(round, plan, arena, out);
}

bool ground_is_rival(const Round *round, const Assignment *line, int need, int offer)
{
    return line->need != need && round->offers[line->offer].root == round->offers[offer].root;
}
