/* No plan can exist: the rows that cannot be kept together, what each says, by how much each alone
 * would have to give way, and the cheapest concession, in words.
 */
#include "allot/conflict.h"
#include "allot/language.h"

#include "io/conflict_words.h"

/* Rows of a conflict that are told one by one, and that are named in its first sentence. */
enum { ROWS_MOST = 40, NAMES_MOST = 10 };

typedef struct Telling {
    const Conflicts *conflicts;
    const Round *round;
    Arena *arena;
    Diag *diag;
} Telling;

static const Lift *lift_of(const Telling *t, size_t lift)
{
    return &t->conflicts->lifts.lifts[lift];
}

static DiagPlace place_of(const Telling *t, const Lift *lift)
{
    return round_place(t->round, lift->origin, lift->column);
}

static const char *alone_by(const Telling *t, const Lift *lift, const ConflictMember *member)
{
    const char *amount = conflict_amount(&t->conflicts->lifts, lift, member->amount, t->arena);
    bool raised = member->upwards && lift->kind != LIFT_RESERVE;
    if (member->least)
        return arena_printf(t->arena,
                            raised ? _("; alone it would have to be raised by %s")
                                   : _("; alone it would have to be lowered by %s"),
                            amount);
    return arena_printf(t->arena,
                        raised ? _("; alone it would have to be raised by %s at most")
                               : _("; alone it would have to be lowered by %s at most"),
                        amount);
}

/** "; alone it would have to be lowered by 30 EUR" and so on. */
static const char *alone(const Telling *t, const ConflictMember *member)
{
    const Lift *lift = lift_of(t, member->lift);
    switch (member->give) {
    case GIVE_AMOUNT: return alone_by(t, lift, member);
    case GIVE_WHOLLY: return _("; without it there is a plan");
    case GIVE_NOT_ENOUGH: return _("; that it alone gives way is not enough");
    case GIVE_UNKNOWN: break;
    }
    return _("; the limits of the search did not tell whether it alone could give way");
}

/** The other rows of a conflict as places: "offers.csv:2, offers.csv:3 and 4 more". */
static const char *others(const Telling *t, const Conflict *set, size_t self)
{
    const char *text = "";
    size_t named = 0;
    for (size_t m = 0; m < set->count && text != NULL; m++) {
        DiagPlace place = place_of(t, lift_of(t, set->members[m].lift));
        if (m == self || named == NAMES_MOST)
            continue;
        named++;
        const char *where = diag_place_text(&place, t->arena);
        text = where == NULL
                   ? NULL
                   : arena_printf(t->arena, "%s%s%s", text, *text == '\0' ? "" : ", ", where);
    }
    size_t left = set->count - 1 - named;
    if (left > 0 && text != NULL)
        text = arena_printf(t->arena, _("%s and %zu more"), text, left);
    return text;
}

/** What stands behind a conflict's first demand: what it cannot be kept together with. */
static const char *headline(const Telling *t, const Conflict *set, size_t self)
{
    if (set->count == 1)
        return _(": no plan can keep it, whatever else gives way");
    return arena_printf(
        t->arena, _(": no plan can keep it together with %s%s"), others(t, set, self),
        set->minimal ? "" : _(" (fewer rows may do: the limits of the search were reached)"));
}

static Status tell_member(const Telling *t, size_t number, const Conflict *set, size_t m,
                          bool first)
{
    const ConflictMember *member = &set->members[m];
    const Lifts *lifts = &t->conflicts->lifts;
    const Lift *lift = lift_of(t, member->lift);
    const char *clause = conflict_clause(lifts, lift, t->arena);
    const char *head = first ? headline(t, set, m) : "", *give = alone(t, member);
    TRY_NEW(clause);
    TRY_NEW(head);
    TRY_NEW(give);
    diag_add(t->diag, lift_demands(lifts, lift) ? DIAG_CONFLICT : DIAG_CONFLICT_WITH,
             place_of(t, lift), "conflict %zu: %s%s%s", number, clause, head, give);
    return STATUS_OK;
}

static Status tell_set(const Telling *t, size_t number, const Conflict *set)
{
    const Lifts *lifts = &t->conflicts->lifts;
    bool first = true;
    size_t told = 0;
    for (size_t m = 0; m < set->count; m++) {
        bool demands = lift_demands(lifts, lift_of(t, set->members[m].lift));
        if (told >= ROWS_MOST && !(demands && first))
            continue;
        told++;
        TRY(tell_member(t, number, set, m, demands && first));
        first = first && !demands;
    }
    if (told < set->count)
        diag_add(t->diag, DIAG_CONFLICT_WITH, (DiagPlace){.file = t->round->source},
                 N_("conflict %zu: %zu rows more stand in it"), number, set->count - told);
    return STATUS_OK;
}

/** Where findings of a set first show, once they are sorted. */
static DiagPlace first_place(const Telling *t, const Conflict *set)
{
    DiagPlace first = place_of(t, lift_of(t, set->members[0].lift));
    for (size_t m = 1; m < set->count; m++) {
        DiagPlace place = place_of(t, lift_of(t, set->members[m].lift));
        if (diag_compare_places(&place, &first) < 0)
            first = place;
    }
    return first;
}

/** Sets are numbered in the order in which people come upon them. */
static Status tell_sets(const Telling *t)
{
    const Conflicts *c = t->conflicts;
    const Conflict **sets = ARENA_NEW(t->arena, c->count, const Conflict *);
    TRY_NEW(sets);
    for (size_t s = 0; s < c->count; s++) {
        size_t at = s;
        DiagPlace place = first_place(t, &c->sets[s]);
        for (; at > 0; at--) {
            DiagPlace before = first_place(t, sets[at - 1]);
            if (diag_compare_places(&before, &place) <= 0)
                break;
            sets[at] = sets[at - 1];
        }
        sets[at] = &c->sets[s];
    }
    for (size_t s = 0; s < c->count; s++) {
        diag_group(t->diag, (int)s + 1); /* row by row would mix them */
        TRY(tell_set(t, s + 1, sets[s]));
    }
    diag_group(t->diag, (int)c->count + 1);
    return STATUS_OK;
}

/** @p least  behind the cheapest one: what it is least in */
static void tell_concession(const Telling *t, DiagPlace place, const char *amount,
                            const char *least)
{
    bool cheapest = t->conflicts->smallest, alone = t->conflicts->concession_count == 1;
    if (cheapest)
        diag_add(t->diag, DIAG_CONCESSION, place,
                 alone ? N_("cheapest: lower this by %s%s")
                       : N_("cheapest: lower this by %s, with the others that are called so%s"),
                 amount, least);
    else
        diag_add(t->diag, DIAG_CONCESSION, place,
                 alone
                     ? N_("enough, if not the cheapest: lower this by %s")
                     : N_("enough, if not the cheapest: lower this by %s, with the others that are "
                          "called so"),
                 amount);
}

/** Only floors, reserves and commitments can make a round impossible. */
static size_t count_demands(const Lifts *lifts)
{
    size_t count = 0;
    for (size_t k = 0; k < lifts->count; k++)
        count += lift_demands(lifts, &lifts->lifts[k]);
    return count;
}

static Status tell_concessions(const Telling *t)
{
    const Conflicts *c = t->conflicts;
    bool choice = count_demands(&c->lifts) > 1;
    for (size_t k = 0; k < c->concession_count; k++) {
        const Lift *lift = lift_of(t, c->concessions[k].lift);
        const char *amount = conflict_amount(&c->lifts, lift, c->concessions[k].amount, t->arena);
        TRY_NEW(amount);
        tell_concession(
            t, place_of(t, lift), amount,
            choice ? _("; of all floors, reserves and commitments together this gives way least, "
                       "each measured as a share of what it asks for, whatever the tiers of "
                       "their needs")
                   : "");
    }
    return STATUS_OK;
}

Status conflict_report_concessions(const Conflicts *conflicts, Arena *arena, Diag *diag)
{
    Telling t = {.conflicts = conflicts,
                 .round = conflicts->lifts.form->round,
                 .arena = arena,
                 .diag = diag};
    return tell_concessions(&t);
}

Status conflict_report(const Conflicts *conflicts, Arena *arena, Diag *diag)
{
    const Round *round = conflicts->lifts.form->round;
    Telling t = {.conflicts = conflicts, .round = round, .arena = arena, .diag = diag};
    DiagPlace everywhere = {.file = round->source};
    if (conflicts->count == 0 && count_demands(&conflicts->lifts) == 0) {
        diag_add(diag, DIAG_SOLVER, everywhere,
                 "the solver lost its way: nothing is demanded here, so that a plan always exists");
        return STATUS_SOLVER_FAULT;
    }
    TRY(tell_sets(&t));
    if (conflicts->more)
        diag_add(diag, DIAG_CONFLICT, everywhere,
                 "there are conflicts besides those listed; they show once these are mended");
    TRY(tell_concessions(&t));
    if (conflicts->count == 0)
        diag_add(diag, DIAG_CONFLICT, everywhere,
                 "no plan in whole steps keeps every floor, reserve and commitment; the limits of "
                 "the search did not tell which of them collide; loosen one, or raise nodes");
    return STATUS_NO_PLAN;
}

/** A need that others wait for: its last steps were not to be had. */
static Status report_not_full(const Round *round, int need, Diag *diag)
{
    const Need *row = &round->needs[need];
    diag_add(diag, DIAG_CONFLICT, round_place(round, row->origin, "quantity"),
             "no plan in whole steps was found: others wait for '%s', which lacks its last step; "
             "ask for a little less of it, or loosen a floor, a reserve or a commitment",
             row->id);
    return STATUS_NO_PLAN;
}

Status conflict_report_steps(const Formulation *form, const SolveResult *result, bool conceded,
                             Arena *arena, Diag *diag)
{
    const RuleSet *rules = form->rules;
    if ((size_t)result->broken >= rules->count)
        return report_not_full(form->round, result->broken - (int)rules->count, diag);
    const Rule *rule = &rules->rules[result->broken];
    const char *amount = conflict_unit_amount(rule->unit, result->excess, arena);
    TRY_NEW(amount);
    DiagPlace place = round_place(form->round, rule->origin, rule->column);
    if (conceded)
        diag_add(diag, DIAG_CONFLICT, place,
                 "no plan in whole steps was found: once amounts are whole, '%s' is missed by %s",
                 rule->id, amount);
    else if (rule->has_upper)
        diag_add(diag, DIAG_CONFLICT, place,
                 "no plan in whole steps was found: what is demanded goes %s beyond what '%s' "
                 "allows; loosen a floor, a reserve or a commitment by about as much",
                 amount, rule->id);
    else
        diag_add(diag, DIAG_CONFLICT, place,
                 "no plan in whole steps was found: '%s' lacks %s, which nothing can give "
                 "without another row lacking as much; lower it by about as much",
                 rule->id, amount);
    return STATUS_NO_PLAN;
}

Status conflict_report_concession(DiagPlace place, Unit unit, int64_t amount, Arena *arena,
                                  Diag *diag)
{
    const char *text = conflict_unit_amount(unit, amount, arena);
    TRY_NEW(text);
    diag_add(diag, DIAG_CONCESSION, place, "enough, if not the cheapest: lower this by %s", text);
    return STATUS_OK;
}
