/* A comparison in words: what moved a line, and the short text that the screen shows. */
#include "allot/comparison.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "allot/amount_text.h"
#include "allot/language.h"
#include "io/number_text.h"
#include "io/stage_label.h"

enum { LINES_SHOWN = 20, NEEDS_SHOWN = 10, CAUSES_SHOWN = 4 };

const char *line_cause_text(LineCause cause)
{
    switch (cause) {
    case CAUSE_ONE: return N_("one change");
    case CAUSE_SEVERAL: return N_("several together");
    case CAUSE_FREE: return N_("free choice");
    case CAUSE_NOT_KNOWN: return N_("not known");
    }
    return "";
}

/* "40 sets", "EUR 1000.00"; "nothing" for 0. NULL without memory. */
static const char *quantity_text(Unit unit, int64_t quantity, Arena *arena)
{
    const char *name = unit.name != NULL ? unit.name : "";
    const char *gap = *name != '\0' ? " " : "";
    if (quantity == 0)
        return _("nothing");
    if (unit.is_money)
        return arena_printf(arena, "%s%s%s", name, gap, amount_text(unit, quantity).digits);
    return arena_printf(arena, "%s%s%s", amount_text(unit, quantity).digits, gap, name);
}

/* ---- causes --------------------------------------------------------------------------------- */

static const char *shown(const char *value)
{
    return *value != '\0' ? value : _("empty");
}

/* "needs N1, quantity: 40, now 60 (row 2)", "rules R1, added: kind limit, value 50 (row 2)" */
static const char *change_words(const InputChange *change, Arena *arena)
{
    const char *name = input_change_name(change, arena), *row = "";
    if (change->line > 0)
        row = arena_printf(arena, _(" (row %d)"), change->line);
    if (name == NULL || row == NULL)
        return NULL;
    switch (change->kind) {
    case INPUT_ADDED: return arena_printf(arena, "%s: %s%s", name, change->after, row);
    case INPUT_DROPPED: return arena_printf(arena, "%s: %s", name, change->before);
    case INPUT_ANSWER:
        if (*change->before == '\0')
            return arena_printf(arena, "%s: %s", name, change->after);
        if (*change->after == '\0')
            return arena_printf(arena, _("%s, which stands no more: %s"), name, change->before);
        break;
    case INPUT_CELL:
    case INPUT_PREVIOUS:
    case INPUT_URGENT:
    case INPUT_LEDGER: break;
    }
    return arena_printf(arena, _("%s: %s, now %s%s"), name, shown(change->before),
                        shown(change->after), row);
}

/* The first @p most of them; the others are counted. */
static const char *list_changes(const Comparison *comparison, const ChangedLine *line, size_t most,
                                const char *between, Arena *arena)
{
    const char *text = "";
    for (size_t i = 0; i < line->input_count && i < most && text != NULL; i++) {
        const char *words = change_words(&comparison->inputs[line->inputs[i]].change, arena);
        if (words == NULL)
            return NULL;
        text = arena_printf(arena, "%s%s%s", text, i > 0 ? between : "", words);
    }
    if (text != NULL && line->input_count > most)
        text = arena_printf(arena, _("%s%s%zu more"), text, between, line->input_count - most);
    return text;
}

const char *line_cause_sentence(const Comparison *comparison, const ChangedLine *line, Arena *arena)
{
    const char *list;
    switch (line->cause) {
    case CAUSE_ONE: return list_changes(comparison, line, CAUSES_SHOWN, _("; or as well: "), arena);
    case CAUSE_SEVERAL:
        list = list_changes(comparison, line, line->input_count, _("; and "), arena);
        return list != NULL ? arena_printf(arena, _("together: %s"), list) : NULL;
    case CAUSE_FREE:
        if (*line->why != '\0')
            return arena_printf(arena,
                                _("free choice, as far as is known: with the former amount every "
                                  "stage would be as good, but %s"),
                                line->why);
        return _("free choice: with the former amount every stage would be as good");
    case CAUSE_NOT_KNOWN: return arena_printf(arena, _("not known: %s"), line->why);
    }
    return "";
}

/* ---- the screen ----------------------------------------------------------------------------- */

static void put_side(FILE *out, const char *which, const ComparedSide *side)
{
    fprintf(out, "%s: %s", which, side->plan);
    if (side->round == NULL) {
        fprintf(out, " (%s)\n", side->why_not);
        return;
    }
    fprintf(out, _(" of %s"), side->round);
    if (side->currency.name != NULL)
        fprintf(out, _(": %zu of %zu needs met, %s %s assigned, %s unmet"), side->met, side->needs,
                side->currency.name, amount_text(side->currency, side->assigned).digits,
                amount_text(side->currency, side->unmet).digits);
    fputc('\n', out);
}

static size_t count_cause(const Comparison *comparison, LineCause cause)
{
    size_t count = 0;
    for (size_t i = 0; i < comparison->line_count; i++)
        count += comparison->lines[i].cause == cause;
    return count;
}

static void put_counts(FILE *out, const Comparison *comparison)
{
    static const LineCause causes[] = {CAUSE_ONE, CAUSE_SEVERAL, CAUSE_FREE, CAUSE_NOT_KNOWN};
    static const char *const counted[] = {N_("by one change"), N_("by several together"),
                                          N_("by free choice"), N_("not known")};
    size_t put = 0;
    if (comparison->line_count == 0) {
        fputs(_("no line differs"), out);
        if (comparison->has_rounds)
            fprintf(out, _("; changes of the input: %zu"), comparison->input_count);
        fputc('\n', out);
        return;
    }
    fprintf(out, _("%zu line%s differ%s ("), comparison->line_count,
            comparison->line_count == 1 ? "" : "s", comparison->line_count == 1 ? "s" : "");
    for (size_t c = 0; c < sizeof causes / sizeof *causes; c++) {
        size_t count = count_cause(comparison, causes[c]);
        if (count > 0)
            fprintf(out, "%s%zu %s", put++ > 0 ? ", " : "", count, _(counted[c]));
    }
    fprintf(out, ")");
    if (comparison->has_rounds)
        fprintf(out, _("; changes of the input: %zu; rounds decided: %zu"), comparison->input_count,
                comparison->solves);
    fputc('\n', out);
}

static bool put_line(FILE *out, const Comparison *comparison, const ChangedLine *line, Arena *arena)
{
    const char *before = quantity_text(line->unit_before, line->before, arena);
    const char *after = quantity_text(line->unit, line->after, arena);
    const char *cause = line_cause_sentence(comparison, line, arena);
    if (before == NULL || after == NULL || cause == NULL)
        return false;
    fprintf(out, _("  %s from %s%s%s%s: %s, now %s\n      %s\n"), line->need, line->offer,
            *line->donor != '\0' ? " (" : "", line->donor, *line->donor != '\0' ? ")" : "", before,
            after, cause);
    return true;
}

static bool put_lines(FILE *out, const Comparison *comparison, Arena *arena)
{
    for (size_t i = 0; i < comparison->line_count && i < LINES_SHOWN; i++)
        if (!put_line(out, comparison, &comparison->lines[i], arena))
            return false;
    if (comparison->line_count > LINES_SHOWN)
        fprintf(out, _("  ... and %zu more (-o FILE.xlsx or --tables DIR lists all)\n"),
                comparison->line_count - LINES_SHOWN);
    return true;
}

/* A stage's value into OUT, or that there is none. */
static const char *stage_value(bool decided, double value, char out[NUMBER_TEXT_SIZE])
{
    if (!decided)
        return _("not decided");
    char plain[NUMBER_TEXT_SIZE];
    number_text(value, plain);
    (void)snprintf(out, NUMBER_TEXT_SIZE, "%s", amount_grouped(plain).digits);
    return out;
}

/* False without memory. */
static bool put_stages(FILE *out, const Comparison *comparison, Arena *arena)
{
    for (size_t i = 0; i < comparison->stage_count; i++) {
        const ComparedStage *stage = &comparison->stages[i];
        char first[NUMBER_TEXT_SIZE], second[NUMBER_TEXT_SIZE];
        const char *before = stage_value(stage->is_before, stage->before, first);
        const char *after = stage_value(stage->is_after, stage->after, second);
        if (strcmp(before, after) == 0)
            continue;
        const char *label = stage_label_shown(stage->label, arena);
        if (label == NULL)
            return false;
        fprintf(out, _("  stage %s (%s): %s, now %s\n"), label,
                stage->maximise ? _("largest") : _("least"), before, after);
    }
    return true;
}

static void put_needs(FILE *out, const Comparison *comparison)
{
    for (size_t i = 0; i < comparison->need_count && i < NEEDS_SHOWN; i++) {
        const ComparedNeed *need = &comparison->needs[i];
        fprintf(out, _("  need %s (tier %d): %s, now %s\n"), need->id, need->tier,
                *need->state_before != '\0' ? _(need->state_before) : _("not there"),
                *need->state != '\0' ? _(need->state) : _("not there"));
    }
    if (comparison->need_count > NEEDS_SHOWN)
        fprintf(out, _("  ... and %zu more needs\n"), comparison->need_count - NEEDS_SHOWN);
}

const char *comparison_summary(const Comparison *comparison, Arena *arena)
{
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    if (out == NULL)
        return NULL;
    put_side(out, _("before"), &comparison->before);
    put_side(out, _("after "), &comparison->after);
    put_counts(out, comparison);
    bool enough = put_lines(out, comparison, arena);
    enough = put_stages(out, comparison, arena) && enough;
    put_needs(out, comparison);
    for (size_t i = 0; i < comparison->note_count; i++)
        fprintf(out, _("note: %s\n"), comparison->notes[i]);
    enough = fclose(out) == 0 && enough;
    const char *kept = enough ? arena_text(arena, text, length) : NULL;
    free(text);
    return kept;
}
