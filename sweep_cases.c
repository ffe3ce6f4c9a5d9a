/* The cases of scenarios and rules: small stacks of changed cells, which the round or this file
 * names. Those of a stress test are sweep_stress.c.
 */
#include "sweep.h"

#include <stdlib.h>
#include <string.h>

#include "allot/language.h"
#include "allot/order.h"
#include "io/page_text.h"

static Status make_room(const Session *s, SweepPlan *plan, size_t count)
{
    plan->names = ARENA_NEW(s->arena, count, CaseName);
    plan->tasks = ARENA_NEW(s->arena, count, SweepTask);
    TRY_NEW(plan->names);
    TRY_NEW(plan->tasks);
    return STATUS_OK;
}

/* ---- scenarios ------------------------------------------------------------------------------ */

/* The distinct names, sorted; in scenarios.csv their rows may be anywhere. */
static Status scenario_names(const Session *s, const char ***names, size_t *count)
{
    const Round *round = &s->round;
    const char **list = ARENA_NEW(s->arena, round->scenario_count, const char *);
    size_t kept = 0;
    TRY_NEW(list);
    for (size_t i = 0; i < round->scenario_count; i++)
        list[i] = round->scenarios[i].scenario;
    if (round->scenario_count > 0)
        qsort(list, round->scenario_count, sizeof *list, order_of_texts);
    for (size_t i = 0; i < round->scenario_count; i++)
        if (kept == 0 || strcmp(list[kept - 1], list[i]) != 0)
            list[kept++] = list[i];
    *names = list;
    *count = kept;
    return STATUS_OK;
}

/* Changed cells that "What differs" tells of a scenario; of the others it says how many. */
enum { CELLS_TOLD = 4, VALUE_TOLD = 60 };

/** "needs N-1 quantity = 50; settings measure = share and 2 more"; NULL when memory is short. A cell with
 *  an empty value is emptied. */
static const char *what_differs(const Session *s, const char *scenario)
{
    const char *text = "";
    size_t told = 0, more = 0;
    for (size_t i = 0; i < s->round.scenario_count; i++) {
        const ScenarioRow *row = &s->round.scenarios[i];
        if (strcmp(row->scenario, scenario) != 0)
            continue;
        if (told == CELLS_TOLD) {
            more++;
            continue;
        }
        const char *value = *row->value == '\0' ? "\"\"" : row->value;
        size_t bytes = page_text_prefix(value, VALUE_TOLD);
        text = arena_printf(s->arena, "%s%s%s %s %s = %.*s%s", text, told++ > 0 ? "; " : "",
                            row->table, row->id, row->column, (int)bytes, value,
                            value[bytes] != '\0' ? "..." : "");
        if (text == NULL)
            return NULL;
    }
    return more == 0 ? text : arena_printf(s->arena, _("%s and %zu more"), text, more);
}

/* The round itself is a case, and has the only name that no scenario can have. */
static const char BASE[] = "base";

static Status check_names(const Session *s)
{
    for (size_t i = 0; i < s->round.scenario_count; i++) {
        const ScenarioRow *row = &s->round.scenarios[i];
        if (strcmp(row->scenario, BASE) != 0)
            continue;
        diag_add(s->diag, DIAG_ID_TWICE, round_place(&s->round, row->origin, "scenario"),
                 "'%s' is the name of the round as it is, beside its scenarios; give the scenario "
                 "another name",
                 BASE);
        return STATUS_FINDINGS;
    }
    return STATUS_OK;
}

Status sweep_scenarios(const Session *s, SweepPlan *plan)
{
    const char **names;
    size_t count;
    TRY(check_names(s));
    TRY(scenario_names(s, &names, &count));
    if (count == 0) {
        diag_add(s->diag, DIAG_TABLE_MISSING, (DiagPlace){.file = s->round.source},
                 N_("the round has no scenarios; write them into a table scenarios (scenario, "
                    "table, id, column, value), or compare rules with --rules"));
        return STATUS_FINDINGS;
    }
    *plan = (SweepPlan){.kind = SWEEP_SCENARIOS, .count = count + 1};
    TRY(make_room(s, plan, count + 1));
    plan->names[0] = (CaseName){BASE, _("the round as it is")};
    for (size_t i = 0; i < count; i++) {
        const char *about = what_differs(s, names[i]);
        TRY_NEW(about);
        plan->names[i + 1] = (CaseName){names[i], about};
        plan->tasks[i + 1] = (SweepTask){.scenario = names[i]};
    }
    return STATUS_OK;
}

/* ---- rules ---------------------------------------------------------------------------------- */

#define SETTING(of, is)                                                                            \
    {                                                                                              \
        .table = "settings", .id = (of), .column = "value", .value = (is), .place = {              \
            .file = "--rules"                                                                      \
        }                                                                                          \
    }

/* All even out shares, which is what they are compared by. */
static const CellChange VALUE_FIRST[] = {SETTING("fairness", "none"),
                                         SETTING("fairness_by", "share")};
static const CellChange EQUAL_SHARE[] = {SETTING("fairness", "beneficiary"),
                                         SETTING("fairness_by", "share"),
                                         SETTING("within_tier", "fairness;shortfall")};
static const CellChange LEXIMIN[] = {SETTING("fairness", "beneficiary"),
                                     SETTING("fairness_by", "share"),
                                     SETTING("within_tier", "shortfall;fairness")};

static const struct {
    CaseName name;
    const CellChange *changes;
    size_t count;
} RULES[] = {
    {{"value first", N_("as much as possible in each tier, however it is shared")},
     VALUE_FIRST,
     sizeof VALUE_FIRST / sizeof *VALUE_FIRST},
    {{"equal share", N_("as even as possible among beneficiaries, then as much as possible")},
     EQUAL_SHARE,
     sizeof EQUAL_SHARE / sizeof *EQUAL_SHARE},
    {{"leximin", N_("as much as possible, then as even as possible among beneficiaries")},
     LEXIMIN,
     sizeof LEXIMIN / sizeof *LEXIMIN},
};

enum { RULE_COUNT_OF = sizeof RULES / sizeof *RULES };

Status sweep_rules(const Session *s, SweepPlan *plan)
{
    *plan = (SweepPlan){.kind = SWEEP_RULES, .count = RULE_COUNT_OF};
    TRY(make_room(s, plan, RULE_COUNT_OF));
    for (size_t i = 0; i < RULE_COUNT_OF; i++) {
        plan->names[i] = (CaseName){RULES[i].name.name, _(RULES[i].name.about)};
        plan->tasks[i] = (SweepTask){.changes = RULES[i].changes, .change_count = RULES[i].count};
    }
    return STATUS_OK;
}
