/* A sweep as a CSV table, for programs: one long table of small facts, each with what it is in the
 * first case and in its own. And the files of parts.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/atomic_file.h"
#include "io/csv_writer.h"
#include "io/number_text.h"
#include "io/sweep_totals.h"

#include "allot/language.h"

/* ---- rows ----------------------------------------------------------------------------------- */

/* case, outcome, part, item, field, base, value */
typedef struct Rows {
    CsvWriter out;
    const Sweep *sweep;
    const SweepTotals *totals;
    Arena *arena;
    size_t index; /* of the case */
    bool no_memory;
} Rows;

static void put(Rows *rows, const char *part, const char *item, const char *field, const char *base,
                const char *value)
{
    const SweepCase *one = &rows->sweep->cases[rows->index];
    csv_writer_text(&rows->out, one->name.name);
    csv_writer_text(&rows->out, one->outcome);
    csv_writer_text(&rows->out, part);
    csv_writer_text(&rows->out, item);
    csv_writer_text(&rows->out, field);
    csv_writer_text(&rows->out, base);
    csv_writer_text(&rows->out, value);
    csv_writer_end(&rows->out);
}

static const SweepCase *first_of(const Rows *rows)
{
    return &rows->sweep->cases[0];
}

/* An amount in the first case and in this one; what it counts may have changed too. */
typedef struct TwoAmounts {
    Unit unit_before;
    int64_t before;
    Unit unit;
    int64_t now;
} TwoAmounts;

static void put_amount(Rows *rows, const char *part, const char *item, const char *field,
                       TwoAmounts amounts)
{
    char base[32] = "", value[32];
    if (first_of(rows)->has_plan)
        unit_format(amounts.unit_before, amounts.before, base);
    unit_format(amounts.unit, amounts.now, value);
    put(rows, part, item, field, base, value);
}

static void put_count(Rows *rows, const char *item, const char *field, size_t before, size_t now)
{
    char base[32] = "", value[32];
    if (first_of(rows)->has_plan)
        (void)snprintf(base, sizeof base, "%zu", before);
    (void)snprintf(value, sizeof value, "%zu", now);
    put(rows, "totals", item, field, base, value);
}

static void put_totals(Rows *rows, const char *item, const TierTotals *before,
                       const TierTotals *now)
{
    Unit old = first_of(rows)->currency, unit = rows->sweep->cases[rows->index].currency;
    put_count(rows, item, "needs", before->needs, now->needs);
    put_count(rows, item, "met", before->met, now->met);
    put_count(rows, item, "partly", before->partly, now->partly);
    put_amount(rows, "totals", item, "asked", (TwoAmounts){old, before->asked, unit, now->asked});
    put_amount(rows, "totals", item, "covered",
               (TwoAmounts){old, before->covered, unit, now->covered});
    if (before->held > 0 || now->held > 0)
        put_amount(rows, "totals", item, "earlier",
                   (TwoAmounts){old, before->held, unit, now->held});
    put_amount(rows, "totals", item, "assigned",
               (TwoAmounts){old, before->assigned, unit, now->assigned});
    put_amount(rows, "totals", item, "unmet", (TwoAmounts){old, before->unmet, unit, now->unmet});
}

static void put_number(Rows *rows, const char *item, const char *field, double before, double now)
{
    char base[NUMBER_TEXT_SIZE] = "", value[NUMBER_TEXT_SIZE];
    if (first_of(rows)->has_plan)
        number_text(before, base);
    number_text(now, value);
    put(rows, "shares", item, field, base, value);
}

static void put_all_totals(Rows *rows)
{
    const CaseTotals *before = &rows->totals->cases[0], *now = &rows->totals->cases[rows->index];
    for (size_t t = 0; t < rows->totals->tier_count; t++) {
        char item[32];
        (void)snprintf(item, sizeof item, "tier %d", rows->totals->tiers[t]);
        put_totals(rows, item, &before->tiers[t], &now->tiers[t]);
    }
    put_totals(rows, "all", &before->all, &now->all);
    if (now->groups == 0)
        return;
    put_number(rows, "beneficiaries", "smallest", before->smallest_share, now->smallest_share);
    put_number(rows, "beneficiaries", "mean", before->mean_share, now->mean_share);
}

/* ---- changes, stages, needs ----------------------------------------------------------------- */

static void put_changes(Rows *rows, const SweepCase *one)
{
    for (size_t i = 0; i < one->change_count; i++) {
        const CaseChange *change = &one->changes[i];
        const char *item = arena_printf(rows->arena, "%s/%s", change->table, change->id);
        rows->no_memory = rows->no_memory || item == NULL;
        put(rows, "change", item != NULL ? item : "", change->column, change->before,
            change->after);
    }
}

static void put_stages(Rows *rows, const SweepCase *one)
{
    for (size_t i = 0; i < one->stage_count; i++) {
        const CaseStage *stage = &one->stages[i];
        char base[NUMBER_TEXT_SIZE] = "", value[NUMBER_TEXT_SIZE], bound[NUMBER_TEXT_SIZE];
        const char *bound_before = "", *status = "";
        for (size_t j = 0; j < first_of(rows)->stage_count; j++) {
            const CaseStage *before = &first_of(rows)->stages[j];
            if (strcmp(before->label, stage->label) != 0)
                continue;
            number_text(before->value, base);
            number_text(before->bound, bound);
            bound_before = arena_printf(rows->arena, "%s", bound);
            rows->no_memory = rows->no_memory || bound_before == NULL;
            status = before->status;
        }
        number_text(stage->value, value);
        number_text(stage->bound, bound);
        put(rows, "stage", stage->label, "value", base, value);
        put(rows, "stage", stage->label, "bound", bound_before != NULL ? bound_before : "", bound);
        put(rows, "stage", stage->label, "status", status, stage->status);
    }
}

static void put_need(Rows *rows, size_t need)
{
    const CaseNeed *before = &first_of(rows)->needs[need];
    const CaseNeed *now = &rows->sweep->cases[rows->index].needs[need];
    const char *id = rows->sweep->needs[need].id;
    const char *less = case_shifts(rows->sweep, rows->index, need, (ShiftText){0}, rows->arena);
    const char *more =
        case_shifts(rows->sweep, rows->index, need, (ShiftText){.more = true}, rows->arena);
    rows->no_memory = rows->no_memory || less == NULL || more == NULL;
    put(rows, "need", id, "state", case_need_state(before), case_need_state(now));
    put_amount(rows, "need", id, "assigned",
               (TwoAmounts){before->unit, before->assigned, now->unit, now->assigned});
    if (less != NULL && *less != '\0')
        put(rows, "need", id, "less from", "", less);
    if (more != NULL && *more != '\0')
        put(rows, "need", id, "more from", "", more);
}

static void put_needs(Rows *rows)
{
    const Sweep *sweep = rows->sweep;
    for (size_t n = 0; n < sweep->need_count; n++)
        if (case_need_differs(sweep, rows->index, n) || case_need_loses(sweep, rows->index, n))
            put_need(rows, n);
}

static void put_case(Rows *rows)
{
    const SweepCase *one = &rows->sweep->cases[rows->index];
    put_changes(rows, one);
    for (size_t i = 0; i < one->finding_count; i++)
        put(rows, "finding", "", "", "", one->findings[i]);
    if (!one->has_plan) {
        if (one->finding_count == 0)
            put(rows, "finding", "", "", "", one->outcome);
        return;
    }
    put_stages(rows, one);
    put_all_totals(rows);
    if (rows->index > 0 && first_of(rows)->has_plan)
        put_needs(rows);
}

static void put_table(Rows *rows)
{
    static const char *const head[] = {"case", "outcome", "part", "item", "field", "base", "value"};
    for (size_t i = 0; i < sizeof head / sizeof head[0]; i++)
        csv_writer_text(&rows->out, head[i]);
    csv_writer_end(&rows->out);
    for (rows->index = 0; rows->index < rows->sweep->case_count; rows->index++)
        put_case(rows);
}

/* ---- files ---------------------------------------------------------------------------------- */

/* What a file is written by; false without memory. */
static Status write_table(FILE *file, void *context)
{
    Rows *rows = context;
    rows->out = (CsvWriter){.file = file};
    put_table(rows);
    return rows->no_memory ? STATUS_NO_MEMORY : STATUS_OK;
}

Status sweep_tables_write(const char *path, const Sweep *sweep, Arena *arena, Diag *diag)
{
    SweepTotals totals;
    Rows *rows = ARENA_NEW(arena, 1, Rows);
    const char *file = arena_printf(arena, "%s/%s.csv", path, sweep_kind_text(sweep->kind));
    TRY_NEW(rows);
    TRY_NEW(file);
    TRY(sweep_totals_build(sweep, arena, &totals));
    *rows = (Rows){.sweep = sweep, .totals = &totals, .arena = arena};
    bool made = mkdir(path, 0777) == 0;
    if (!made && errno != EEXIST)
        return atomic_file_failed(diag, path, errno);
    Status status = atomic_file_write(file, write_table, rows, arena, diag);
    if (status != STATUS_OK && made)
        (void)rmdir(path);
    return status;
}

/* ---- parts ---------------------------------------------------------------------------------- */

static Status write_text(FILE *file, void *context)
{
    const SweepText *text = context;
    (void)fwrite(text->bytes, 1, text->length, file);
    return STATUS_OK;
}

Status sweep_part_write(const char *path, const char *bytes, size_t length, Arena *arena,
                        Diag *diag)
{
    SweepText text = {path, bytes, length};
    return atomic_file_write(path, write_text, &text, arena, diag);
}

static Status read_failed(const char *path, Diag *diag)
{
    diag_add(diag, DIAG_FILE, (DiagPlace){.file = path},
             N_("cannot be read: %s; make it readable, or name another"), strerror(errno));
    return STATUS_IO;
}

static Status read_all(FILE *file, const char *path, Arena *arena, Diag *diag, SweepText *text)
{
    enum { FIRST_BYTES = 64 * 1024 };
    char *bytes = NULL;
    size_t length = 0, room = 0, got;
    do {
        if (length == room) {
            size_t more = room == 0 ? FIRST_BYTES : 2 * room;
            bytes = arena_grow(arena, bytes, room, more, 1);
            TRY_NEW(bytes);
            room = more;
        }
        got = fread(bytes + length, 1, room - length, file);
        length += got;
    } while (got > 0);
    if (ferror(file) != 0)
        return read_failed(path, diag);
    *text = (SweepText){path, bytes, length};
    return STATUS_OK;
}

Status sweep_part_read(const char *path, Arena *arena, Diag *diag, SweepText *text)
{
    errno = 0;
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return read_failed(path, diag);
    Status status = read_all(file, path, arena, diag, text);
    (void)fclose(file); /* nothing was written */
    return status;
}
