/* allot solve: decides a round and writes the plan. */
#include "command.h"

#include <stdio.h>

#include "allot/amount_text.h"
#include "allot/chosen.h"
#include "allot/effects.h"
#include "allot/language.h"
#include "allot/ratio.h"
#include "allot/replies.h"
#include "allot/tables.h"
#include "outputs.h"
#include "urgent_told.h"
#include "waiting.h"

static const char *book_of(const Options *options)
{
    return output_book(options, "plan.xlsx");
}

static Status write_results(Session *s)
{
    const Options *options = s->options;
    const char *book = book_of(options);
    if (book != NULL) {
        Report *report;
        diag_sort(s->diag);
        TRY(report_build(&s->round, &s->plan, &s->info, s->diag, s->arena, &report));
        TRY(book_write(report, book, s->arena, s->diag));
    }
    if (options->tables != NULL)
        TRY(tables_write(options->tables, &s->round, &s->plan, &s->info, s->arena, s->diag));
    return STATUS_OK;
}

/** Lines of other needs that gave something to the urgent need, or to whoever stood in for them. */
typedef struct Taken {
    size_t lines, unvalued; /* the latter without a money value */
    int64_t value;          /* reporting currency, of the others */
} Taken;

static Taken count_taken(const Session *s)
{
    Taken taken = {.lines = 0};
    const Effects *moved = s->plan.answers.moved;
    for (size_t i = 0; moved != NULL && i < moved->count; i++) {
        const Effect *line = &moved->rows[i];
        const Need *need = &s->round.needs[line->need];
        int64_t value = 0;
        if (!effect_gives_way(&s->round, line))
            continue;
        taken.lines++;
        taken.unvalued += !need->has_value;
        if (need->has_value &&
            ratio_apply(line->before - line->now, need->value, ROUND_HALF_EVEN, &value))
            taken.value += value;
    }
    return taken;
}

/** How many lines are open again; of one that is gone, and was before, nothing is asked any more. */
static size_t count_open(const Session *s)
{
    const Replies *open = s->round.reopened;
    size_t count = 0;
    for (size_t i = 0; open != NULL && i < open->count; i++)
        count += plan_line_now(&s->plan, open->rows[i].need, open->rows[i].offer) > 0 ||
                 plan_line_before(&s->round, open->rows[i].need, open->rows[i].offer) > 0;
    return count;
}

/** What the urgent need got, and what that took from the plan before. */
static void print_urgent(const Session *s)
{
    const Need *need = &s->round.needs[s->round.urgent];
    const NeedResult *result = &s->plan.needs[s->round.urgent];
    Taken taken = count_taken(s);
    Unit currency = s->round.currency;
    AmountInUnit given = amount_in_unit(need->unit, result->assigned);
    AmountInUnit value = amount_in_unit(currency, taken.value);
    if (!need->quantity_known)
        printf(_("urgent %s: its amount is not known; "), need->id);
    else if (need_is_outcome(need))
        printf(_("urgent %s: %s; "), need->id, result->full ? _("met") : _("not met"));
    else
        printf(_("urgent %s: given %s of %s; "), need->id, given.text,
               amount_in_unit(need->unit, need->wanted).text);
    if (!s->round.has_previous)
        printf(_("no plan before is named, and nothing is taken from what is agreed\n"));
    else if (taken.lines == 0)
        printf(_("nothing is taken from the plan before\n"));
    else
        printf(_("%s is taken from %zu line%s of the plan before%s\n"), value.text, taken.lines,
               taken.lines == 1 ? "" : "s",
               taken.unvalued > 0 ? _(", beside what has no money value") : "");
    if (count_open(s) > 0)
        printf(_("lines that donors had agreed to and that are open again: %zu\n"), count_open(s));
}

/** What donors have answered by now, and what waits for an answer. */
static Status print_answers(const Session *s)
{
    size_t of[REPLY_DECISION_COUNT] = {0};
    const Replies *replies = s->round.replies;
    Waiting waiting;
    for (size_t i = 0; replies != NULL && i < replies->count; i++)
        of[replies->rows[i].decision]++;
    TRY(waiting_find(s, waiting_is_open, &waiting));
    printf(_("answers: %zu agree, %zu agree less, %zu decline, %zu propose another need; "),
           of[REPLY_AGREE], of[REPLY_LESS], of[REPLY_DECLINE], of[REPLY_PROPOSE]);
    if (waiting.lines == 0)
        printf(_("no line waits for one\n"));
    else
        printf(_("lines that wait for one: %zu (%s)\n"), waiting.lines, waiting.named);
    return STATUS_OK;
}

/** Of alternatives the one is counted that stands for their mark, as on the sheet Summary. */
static Status print_summary(const Session *s)
{
    size_t met = 0, partly = 0, counted = 0;
    const bool *not_chosen = plan_not_chosen(&s->round, &s->plan, s->arena);
    TRY_NEW(not_chosen);
    for (size_t n = 0; n < s->round.need_count; n++) {
        const NeedResult *need = &s->plan.needs[n];
        if (not_chosen[n])
            continue;
        counted++;
        met += need->full;
        partly += need->unmet > 0 && (need->assigned > 0 || s->round.needs[n].covered > 0);
    }
    printf(_("%zu of %zu needs met, %zu in part; %zu assignment%s from %zu offer%s; %s\n"), met,
           counted, partly, s->plan.assignment_count, s->plan.assignment_count == 1 ? "" : "s",
           s->round.offer_count, s->round.offer_count == 1 ? "" : "s", _(s->info.outcome));
    if (s->options->answers != NULL)
        TRY(print_answers(s));
    if (s->round.has_urgent)
        print_urgent(s);
    if (s->options->verbose && s->info.engine_spoken != NULL)
        printf(_("decided by: %s\n"), s->info.engine_spoken);
    print_outputs(s->options, book_of(s->options));
    return STATUS_OK;
}

Status command_solve(Session *s)
{
    TRY(open_round(s));
    TRY(try_outputs(s, book_of(s->options)));
    TRY(make_plan(s));
    TRY(check_plan(s));
    TRY(find_answers(s, s->options->explain));
    TRY(find_effects(s));
    TRY(urgent_tell_undelivered(s));
    describe_run(s);
    TRY(write_results(s));
    return s->options->quiet ? STATUS_OK : print_summary(s);
}
