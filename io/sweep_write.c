/* The text of a sweep's part: its head and the results of its cases. Every figure is written exactly:
 * amounts as whole numbers of smallest parts, doubles as their bits. sweep_read.c reads it.
 */
#include "allot/language.h"
#include "allot/sweep.h"

#include <stdlib.h>
#include <string.h>

#include "io/hash.h"
#include "io/number_text.h"
#include "io/sweep_text.h"
#include "io/totals.h"

enum { SETTINGS_MOST = 64 };

const char *sweep_kind_text(SweepKind kind)
{
    switch (kind) {
    case SWEEP_SCENARIOS: return "scenarios";
    case SWEEP_RULES: return "rules";
    case SWEEP_STRESS: return "stress";
    }
    return "";
}

/* ---- fields --------------------------------------------------------------------------------- */

static void put_escaped(FILE *out, const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text == '\t')
            fputs("\\t", out);
        else if (*text == '\n')
            fputs("\\n", out);
        else if (*text == '\\')
            fputs("\\\\", out);
        else
            fputc(*text, out);
    }
}

/* A line: its word, and texts behind it. */
static void put_line(FILE *out, const char *word, const char *const *texts, size_t count)
{
    fputs(word, out);
    for (size_t i = 0; i < count; i++) {
        fputc('\t', out);
        put_escaped(out, texts[i] != NULL ? texts[i] : "");
    }
    fputc('\n', out);
}

#define PUT_LINE(out, word, ...)                                                                   \
    put_line((out), (word), (const char *const[]){__VA_ARGS__},                                    \
             sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

static void put_count(FILE *out, int64_t count)
{
    fprintf(out, "\t%lld", (long long)count);
}

/* ---- the head ------------------------------------------------------------------------------- */

/* What the cases are decided with beside the round: parts of one sweep have it in common. */
static void put_terms(FILE *out, const SweepHead *head)
{
    const InputTable *previous = &head->round->previous_input;
    char seconds[NUMBER_TEXT_SIZE];
    if (previous->present)
        PUT_LINE(out, SWEEP_FACT, "the plan before", previous->sha256);
    number_text(head->time_limit_s, seconds);
    if (head->time_limit_s > 0)
        PUT_LINE(out, SWEEP_FACT, "seconds a case (--time-limit)", seconds);
}

static void put_facts(FILE *out, const SweepHead *head, Arena *scratch)
{
    SettingRow rows[SETTINGS_MOST];
    size_t count = settings_describe(&head->round->settings, scratch, rows, SETTINGS_MOST);
    PUT_LINE(out, SWEEP_FACT, "allot", head->info->allot_version);
    PUT_LINE(out, SWEEP_FACT, "GLPK", head->info->glpk_version);
    for (int t = 0; t < TABLE_COUNT; t++)
        if (head->round->tables[t].present)
            PUT_LINE(out, SWEEP_FACT, dictionary_table((TableKind)t)->name,
                     head->round->tables[t].sha256);
    for (size_t i = 0; i < count; i++)
        PUT_LINE(out, SWEEP_FACT, rows[i].key, rows[i].value);
    for (size_t i = 0; i < head->fact_count; i++)
        PUT_LINE(out, SWEEP_FACT, head->facts[i].key, head->facts[i].value);
    put_terms(out, head);
}

static const char *marking_of(const Round *round)
{
    for (size_t i = 0; i < round->need_count; i++)
        if (strcmp(round->needs[i].sensitivity, "restricted") == 0)
            return _("INTERNAL: holds restricted titles");
    return "";
}

static void put_round(FILE *out, const SweepHead *head)
{
    const Round *round = head->round;
    char start[16] = "", end[16] = "";
    if (round->settings.start != DATE_NONE)
        date_format(round->settings.start, start);
    if (round->settings.end != DATE_NONE)
        date_format(round->settings.end, end);
    PUT_LINE(out, SWEEP_ROUND, round->settings.title, round->settings.round, start, end,
             round->currency.name, marking_of(round), head->info->created);
    for (size_t n = 0; n < round->need_count; n++) {
        const Need *need = &round->needs[n];
        bool restricted = strcmp(need->sensitivity, "restricted") == 0;
        fputs(SWEEP_NEED "\t", out);
        put_escaped(out, need->id);
        fputs(restricted ? "\t" SWEEP_RESTRICTED : "\t", out);
        put_escaped(out, need->title);
        fputc('\t', out);
        put_escaped(out, need->beneficiary);
        fputc('\n', out);
    }
    for (size_t o = 0; o < round->offer_count; o++)
        PUT_LINE(out, SWEEP_OFFER, round->offers[o].id, round->offers[o].donor);
}

Status sweep_write_head(FILE *out, const SweepHead *head, Arena *scratch)
{
    PUT_LINE(out, SWEEP_FIRST, SWEEP_FORMAT, sweep_kind_text(head->kind));
    put_facts(out, head, scratch);
    put_round(out, head);
    for (size_t c = 0; c < head->case_count; c++)
        PUT_LINE(out, SWEEP_CASE, head->cases[c].name, head->cases[c].about);
    fprintf(out, SWEEP_PART "\t%zu\t%zu\n", head->part, head->parts);
    return STATUS_OK;
}

/* ---- a case --------------------------------------------------------------------------------- */

static void put_result(FILE *out, size_t index, const char *outcome, bool has_plan,
                       const char *currency)
{
    fputs(SWEEP_RESULT, out);
    put_count(out, (int64_t)index);
    put_count(out, has_plan);
    fprintf(out, "\t%s\t%s\n", outcome, currency);
}

static Status put_findings(FILE *out, const Diag *findings, Arena *scratch)
{
    size_t count;
    const Finding *list = diag_findings(findings, &count);
    for (size_t i = 0; i < count; i++) {
        if (list[i].severity != DIAG_ERROR)
            continue;
        const char *line = diag_format(&list[i], scratch);
        TRY_NEW(line);
        PUT_LINE(out, SWEEP_FINDING, line);
    }
    return STATUS_OK;
}

static int compare_changed(const void *a, const void *b)
{
    const ChangedCell *one = a, *other = b;
    if (one->table != other->table)
        return one->table < other->table ? -1 : 1;
    int ids = strcmp(one->id, other->id);
    return ids != 0 ? ids : strcmp(one->column, other->column);
}

/* By id, wherever their rows stand in the files. */
static Status put_changes(FILE *out, const Round *round, Arena *scratch)
{
    size_t count = round->changed_count;
    ChangedCell *cells = ARENA_NEW(scratch, count, ChangedCell);
    TRY_NEW(cells);
    if (count > 0) {
        memcpy(cells, round->changed, count * sizeof *cells);
        qsort(cells, count, sizeof *cells, compare_changed);
    }
    for (size_t i = 0; i < count; i++) {
        const ChangedCell *cell = &cells[i];
        PUT_LINE(out, SWEEP_CHANGE, dictionary_table(cell->table)->name, cell->id, cell->column,
                 cell->before, cell->after);
    }
    return STATUS_OK;
}

/* The bits of a double (IEEE 754), so that not one is lost, whatever the locale. */
static void put_double(FILE *out, double number)
{
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    fprintf(out, "\t%016llx", (unsigned long long)bits);
}

static void put_stages(FILE *out, const Plan *plan)
{
    for (size_t i = 0; i < plan->stage_count; i++) {
        const StageResult *stage = &plan->stages[i];
        fprintf(out, SWEEP_STAGE "\t%s\t%s", stage->label, stage->maximise ? "max" : "min");
        put_double(out, stage->value);
        put_double(out, stage->bound);
        put_double(out, stage->gap);
        fprintf(out, "\t%s\n", stage_status_text(stage->status));
    }
}

static void put_need(FILE *out, const Need *need, const NeedResult *result,
                     const NeedTotals *totals)
{
    fputs(SWEEP_GOT "\t", out);
    put_escaped(out, need->unit.name);
    put_count(out, need->unit.is_money);
    put_count(out, need->unit.places);
    put_count(out, need->tier);
    put_count(out, totals->state);
    put_count(out, need->quantity);
    put_count(out, need->covered < need->quantity ? need->covered : need->quantity);
    put_count(out, result->assigned);
    put_count(out, result->unmet);
    put_count(out, totals->has_value);
    put_count(out, totals->has_value ? totals->asked : 0);
    put_count(out, totals->has_value ? totals->covered : 0);
    put_count(out, totals->has_value ? result->value_assigned : 0);
    put_count(out, totals->has_value ? result->value_unmet : 0);
    put_count(out, totals->has_value ? totals->held : 0);
    fputc('\n', out);
}

static Status put_plan(FILE *out, const Round *round, const Plan *plan, Arena *scratch)
{
    Totals totals;
    TRY(totals_build(round, plan, scratch, &totals));
    put_stages(out, plan);
    for (size_t n = 0; n < round->need_count; n++)
        put_need(out, &round->needs[n], &plan->needs[n], &totals.needs[n]);
    for (size_t i = 0; i < plan->assignment_count; i++) {
        const Assignment *line = &plan->assignments[i];
        fputs(SWEEP_LINE, out);
        put_count(out, line->need);
        put_count(out, line->offer);
        put_count(out, line->quantity);
        put_count(out, line->has_value);
        put_count(out, line->has_value ? line->value : 0);
        fputc('\n', out);
    }
    return STATUS_OK;
}

Status sweep_write_case(FILE *out, size_t index, const Round *round, const Plan *plan,
                        const char *outcome, const Diag *findings, Arena *scratch)
{
    put_result(out, index, outcome, plan != NULL, round->currency.name);
    TRY(put_findings(out, findings, scratch));
    TRY(put_changes(out, round, scratch));
    return plan != NULL ? put_plan(out, round, plan, scratch) : STATUS_OK;
}

void sweep_write_failed(FILE *out, size_t index, const char *currency)
{
    put_result(out, index, "failed", false, currency);
}

Status sweep_write_end(FILE *out, const char *bytes, size_t length, Arena *scratch)
{
    Hash *hash = hash_new(scratch);
    TRY_NEW(hash);
    hash_add(hash, bytes, length);
    const char *text = hash_text(hash, scratch);
    TRY_NEW(text);
    PUT_LINE(out, SWEEP_END, text);
    return STATUS_OK;
}
