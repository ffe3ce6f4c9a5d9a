/* What needs ask of each other: bundles and alternatives by their marks, prerequisites by id or mark
 * (C9 to C11). Circles among prerequisites are round_circles.c.
 */
#include <stdlib.h>
#include <string.h>

#include "models/round_internal.h"

#include "allot/language.h"

bool need_is_outcome(const Need *need)
{
    return need->quantity_known && need->quantity == 0;
}

bool need_is_restricted(const Need *need)
{
    return strcmp(need->sensitivity, "restricted") == 0;
}

/* ---- marks ---------------------------------------------------------------------------------- */

static const char *bundle_of(const Need *need)
{
    return need->bundle;
}

static const char *alternative_of(const Need *need)
{
    return need->alternative;
}

/** The needs of each mark, in order of their first member. */
static Status collect_marks(Round *round, NeedText *text, NeedMark **out, size_t *count, int *of)
{
    NameMap *seen = name_map_new(round->arena);
    NeedMark *marks = ARENA_NEW(round->arena, round->need_count, NeedMark);
    int *members = ARENA_NEW(round->arena, round->need_count, int);
    TRY_NEW(seen);
    TRY_NEW(marks);
    TRY_NEW(members);
    *count = 0;
    for (size_t n = 0; n < round->need_count; n++) {
        const char *mark = text(&round->needs[n]);
        bool added = false;
        of[n] = -1;
        if (*mark == '\0')
            continue;
        if (!name_map_add(seen, mark, (int)*count, &added))
            return STATUS_NO_MEMORY;
        if (added)
            marks[(*count)++] = (NeedMark){.mark = mark, .chosen = -1};
        of[n] = name_map_get(seen, mark);
        marks[of[n]].count++;
    }
    for (size_t m = 0; m < *count; m++) {
        marks[m].members = members;
        members += marks[m].count;
        marks[m].count = 0;
    }
    for (size_t n = 0; n < round->need_count; n++)
        if (of[n] >= 0)
            ((int *)marks[of[n]].members)[marks[of[n]].count++] = (int)n;
    *out = marks;
    return STATUS_OK;
}

static void refuse_outcome(const Round *round, Diag *diag, const Need *need, const char *column)
{
    diag_add(
        diag, DIAG_CONTRADICTION, round_place(round, need->origin, column),
        "'%s' is an outcome (quantity 0), which takes nothing itself; it can have no %s: empty "
        "the cell, or state a quantity",
        need->id, column);
}

static void check_bundle(const Round *round, Diag *diag, const NeedMark *bundle)
{
    for (int i = 0; i < bundle->count; i++) {
        const Need *need = &round->needs[bundle->members[i]];
        if (need_is_outcome(need))
            refuse_outcome(round, diag, need, "bundle");
    }
}

/** Two members of one bundle among the alternatives: together or not at all, and only one of them. */
static void check_one_bundle(const Round *round, Diag *diag, const NeedMark *mark, int member)
{
    const int *bundle_of = round->logic.bundle_of;
    const Need *need = &round->needs[mark->members[member]];
    for (int i = 0; i < member && *need->bundle != '\0'; i++) {
        const Need *other = &round->needs[mark->members[i]];
        if (bundle_of[mark->members[i]] != bundle_of[mark->members[member]])
            continue;
        diag_add(diag, DIAG_CONTRADICTION, round_place(round, need->origin, "alternative"),
                 "'%s' and '%s' (row %d) are alternatives, of which one is served, and of bundle "
                 "'%s', served together or not at all: neither can ever be served; take one of "
                 "them out of the bundle or of the mark '%s'",
                 need->id, other->id, other->origin.line, need->bundle, mark->mark);
        return;
    }
}

static void check_alternative(const Round *round, Diag *diag, NeedMark *mark)
{
    const Need *first = &round->needs[mark->members[0]];
    for (int i = 0; i < mark->count; i++) {
        const Need *need = &round->needs[mark->members[i]];
        if (need_is_outcome(need))
            refuse_outcome(round, diag, need, "alternative");
        if (need->tier != first->tier)
            diag_add(diag, DIAG_CONTRADICTION, round_place(round, need->origin, "priority"),
                     "'%s' is of tier %d and '%s' (row %d) of tier %d; alternatives share a tier: "
                     "give both one priority",
                     need->id, need->tier, first->id, first->origin.line, first->tier);
        check_one_bundle(round, diag, mark, i);
        if (need->covered == 0)
            continue;
        if (mark->chosen >= 0)
            diag_add(diag, DIAG_CONTRADICTION, round_place(round, need->origin, "covered"),
                     "'%s' and '%s' (row %d) are both covered elsewhere, but of alternatives only "
                     "one is served; take one out of the mark, or empty its covered",
                     need->id, round->needs[mark->chosen].id,
                     round->needs[mark->chosen].origin.line);
        else
            mark->chosen = mark->members[i];
    }
}

/* ---- prerequisites -------------------------------------------------------------------------- */

/** Ids of needs and marks of alternatives: what `requires` can name. */
static Status known_requirements(Round *round, KnownNames *out)
{
    size_t count = round->need_count + round->logic.alternative_count;
    const char **names = ARENA_NEW(round->arena, count, const char *);
    TRY_NEW(names);
    for (size_t n = 0; n < round->need_count; n++)
        names[n] = round->needs[n].id;
    for (size_t m = 0; m < round->logic.alternative_count; m++)
        names[round->need_count + m] = round->logic.alternatives[m].mark;
    out->names = names;
    out->count = count;
    return STATUS_OK;
}

/** What names can be resolved to. */
typedef struct Required {
    NameMap *marks; /* of alternatives */
    KnownNames known;
} Required;

static Status required_init(Round *round, Required *required)
{
    required->marks = name_map_new(round->arena);
    TRY_NEW(required->marks);
    for (size_t m = 0; m < round->logic.alternative_count; m++) {
        bool added;
        if (!name_map_add(required->marks, round->logic.alternatives[m].mark, (int)m, &added))
            return STATUS_NO_MEMORY;
    }
    return known_requirements(round, &required->known);
}

/** Resolves one name; nothing is added for a name that is unknown or means two things. */
static Status add_requirement(Round *round, Diag *diag, int need, const char *name,
                              const Required *required)
{
    Logic *logic = &round->logic;
    int other = round_find_need(round, name);
    int marked = name_map_get(required->marks, name);
    const NeedMark *mark = marked < 0 ? NULL : &logic->alternatives[marked];
    DiagPlace place = round_place(round, round->needs[need].origin, "requires");
    Requirement *out = &logic->requirements[logic->requirement_count];
    *out = (Requirement){.need = need, .name = name};
    if (other >= 0 && mark != NULL) {
        diag_add(diag, DIAG_CONTRADICTION, place,
                 "'%s' is a need and also a mark of alternatives; rename one of them", name);
        return STATUS_OK;
    }
    if (other < 0 && mark == NULL) {
        diag_unknown_name(diag, DIAG_ID_UNKNOWN, place, _("need"), name, required->known);
        return STATUS_OK;
    }
    if (mark != NULL) {
        out->any_of = mark->members;
        out->count = mark->count;
    } else {
        int *one = ARENA_NEW(round->arena, 1, int);
        TRY_NEW(one);
        *one = other;
        out->any_of = one;
        out->count = 1;
    }
    logic->requirement_count++;
    return STATUS_OK;
}

static bool listed_before(const NameList *list, int index)
{
    for (int i = 0; i < index; i++)
        if (list->names[i] == list->names[index])
            return true;
    return false;
}

static size_t listed_count(const Need *need)
{
    return (size_t)need->requires.count;
}

static Status collect_requirements(Round *round, Diag *diag)
{
    Logic *logic = &round->logic;
    Required required = {0};
    size_t total = 0;
    for (size_t n = 0; n < round->need_count; n++)
        total += listed_count(&round->needs[n]);
    logic->first = ARENA_NEW(round->arena, round->need_count + 1, size_t);
    logic->requirements = ARENA_NEW(round->arena, total + 1, Requirement);
    TRY_NEW(logic->first);
    TRY_NEW(logic->requirements);
    if (total > 0)
        TRY(required_init(round, &required));
    for (size_t n = 0; n < round->need_count; n++) {
        const Need *need = &round->needs[n];
        logic->first[n] = logic->requirement_count;
        for (int i = 0; i < need->requires.count; i++)
            if (!listed_before(&need->requires, i))
                TRY(add_requirement(round, diag, (int)n, need->requires.names[i], &required));
    }
    logic->first[round->need_count] = logic->requirement_count;
    return STATUS_OK;
}

/** A least amount of nothing: of an outcome, which is met all or nothing in any case. */
static void check_outcome_least(const Round *round, Diag *diag, const Need *need)
{
    if (need->has_min_quantity && need->min_quantity > 0)
        refuse_outcome(round, diag, need, "min_quantity");
    if (need->has_min_share && need->min_share.digits > 0)
        refuse_outcome(round, diag, need, "min_share");
}

static void check_outcomes(const Round *round, Diag *diag)
{
    for (size_t n = 0; n < round->need_count; n++) {
        const Need *need = &round->needs[n];
        if (!need_is_outcome(need))
            continue;
        check_outcome_least(round, diag, need);
        if (need->requires.count == 0)
            diag_add(diag, DIAG_CELL_EMPTY, round_place(round, need->origin, "requires"),
                     "'%s' asks for 0: it is an outcome, met when all that it requires is; list "
                     "what it requires, or give a quantity",
                     need->id);
        if (round->settings.measure == MEASURE_VALUE && !need->has_unit_cost)
            diag_add(diag, DIAG_CELL_EMPTY, round_place(round, need->origin, "unit_cost"),
                     "the outcome '%s' needs a unit_cost: what the complete whole is worth",
                     need->id);
    }
}

Status round_check_logic(Round *round, Diag *diag)
{
    Logic *logic = &round->logic;
    logic->bundle_of = ARENA_NEW(round->arena, round->need_count, int);
    logic->alternative_of = ARENA_NEW(round->arena, round->need_count, int);
    TRY_NEW(logic->bundle_of);
    TRY_NEW(logic->alternative_of);
    TRY(collect_marks(round, bundle_of, &logic->bundles, &logic->bundle_count, logic->bundle_of));
    TRY(collect_marks(round, alternative_of, &logic->alternatives, &logic->alternative_count,
                      logic->alternative_of));
    for (size_t m = 0; m < logic->bundle_count; m++)
        check_bundle(round, diag, &logic->bundles[m]);
    for (size_t m = 0; m < logic->alternative_count; m++)
        check_alternative(round, diag, &logic->alternatives[m]);
    TRY(collect_requirements(round, diag));
    check_outcomes(round, diag);
    return round_check_circles(round, diag);
}
