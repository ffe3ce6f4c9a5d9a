/* allot check and allot verify: what is wrong with a round, and with a plan. */
#include "command.h"

#include <stdio.h>
#include <string.h>

#include "allot/contradictions.h"
#include "allot/language.h"
#include "allot/quote.h"
#include "allot/verify.h"

/** True when the round as it is has this finding too. */
static bool is_known(const Session *s, const Finding *finding)
{
    size_t count;
    const Finding *list = diag_findings(s->diag, &count);
    for (size_t i = 0; i < count; i++)
        if (list[i].code == finding->code && list[i].place.line == finding->place.line &&
            strcmp(list[i].message, finding->message) == 0)
            return true;
    return false;
}

static const char *keep(const Session *s, const char *text)
{
    return text == NULL ? NULL : arena_text(s->arena, text, strlen(text));
}

/** Takes over what is wrong with a scenario alone: its own rows, and what they make of others. */
static void take_findings(Session *s, const char *scenario, const Diag *diag)
{
    size_t count;
    const Finding *list = diag_findings(diag, &count);
    for (size_t i = 0; i < count; i++) {
        DiagPlace place = list[i].place;
        if (list[i].severity != DIAG_ERROR || is_known(s, &list[i]))
            continue;
        place.file = keep(s, place.file);
        place.column_name = keep(s, place.column_name);
        place.table = keep(s, place.table);
        place.text = keep(s, place.text);
        diag_add(s->diag, list[i].code, place, "in scenario '%s': %s", quote(scenario).text,
                 list[i].message);
    }
}

/** Reads the round as this scenario makes it. */
static Status check_scenario(Session *s, const char *scenario)
{
    Arena *arena = arena_new();
    TRY_NEW(arena);
    Session read = {.options = s->options, .arena = arena, .scenario = scenario};
    read.diag = diag_new(arena);
    Status status = read.diag == NULL ? STATUS_NO_MEMORY : open_round_to_review(&read);
    if (status == STATUS_OK || status == STATUS_FINDINGS) {
        take_findings(s, scenario, read.diag);
        status = STATUS_OK;
    }
    arena_free(arena);
    return status;
}

/** Each scenario once, in the order of their first rows. */
static Status check_scenarios(Session *s)
{
    const Round *round = &s->round;
    for (size_t i = 0; i < round->scenario_count; i++) {
        size_t first = 0;
        while (round->scenarios[first].scenario != round->scenarios[i].scenario)
            first++;
        if (first == i)
            TRY(check_scenario(s, round->scenarios[i].scenario));
    }
    return STATUS_OK;
}

/** What no plan can keep, as far as it shows without a search. */
static Status check_contradictions(Session *s)
{
    if (s->why_plain == NULL || !round_demands_something(&s->round))
        return STATUS_OK; /* what a class network takes only forbids: the empty plan is one */
    TRY(list_pairs(s));
    return round_contradictions(&s->round, &s->pairs, &s->rules, s->arena, s->diag);
}

Status command_check(Session *s)
{
    Status status = open_round_to_review(s);
    if (status == STATUS_OK)
        status = check_contradictions(s);
    if (status == STATUS_OK || status == STATUS_FINDINGS) {
        Status scenarios = check_scenarios(s);
        status = status == STATUS_OK ? scenarios : status;
    }
    size_t errors = diag_count(s->diag, DIAG_ERROR);
    if (!s->options->quiet && (status == STATUS_OK || status == STATUS_FINDINGS))
        printf(_("%zu error%s, %zu warning%s\n"), errors, errors == 1 ? "" : "s",
               diag_count(s->diag, DIAG_WARNING),
               diag_count(s->diag, DIAG_WARNING) == 1 ? "" : "s");
    return status;
}

/** What was checked; without stages in the plan there is nothing that could be worse. */
static void print_verified(const Session *s, const VerifyReport *report)
{
    printf(_("%zu assignment%s checked: %zu rule%s broken, "), s->plan.assignment_count,
           s->plan.assignment_count == 1 ? "" : "s", report->broken,
           report->broken == 1 ? "" : "s");
    if (s->plan.rows_unread > 0)
        printf(_("stages were not compared\n"));
    else if (s->plan.stage_count == 0)
        printf(_("no stages were given to compare with\n"));
    else
        printf(_("%zu stage%s worse than proven\n"), report->worse, report->worse == 1 ? "" : "s");
}

Status command_verify(Session *s)
{
    VerifyReport report;
    TRY(open_round_to_check(s));
    Status status = read_plan(s, &report);
    if (!s->options->quiet && s->plan.needs != NULL &&
        (status == STATUS_OK || status == STATUS_FINDINGS))
        print_verified(s, &report);
    return status;
}
