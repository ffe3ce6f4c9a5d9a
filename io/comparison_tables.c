/* A comparison as CSV tables: lines.csv, inputs.csv, stages.csv. All are written, or none. */
#include "allot/comparison.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/atomic_file.h"
#include "io/csv_writer.h"

typedef struct Tables {
    const Comparison *comparison;
    Arena *arena;
    bool no_memory;
} Tables;

static void put_heads(CsvWriter *out, const char *const *heads, size_t count)
{
    for (size_t i = 0; i < count; i++)
        csv_writer_text(out, heads[i]);
    csv_writer_end(out);
}

#define PUT_HEADS(out, ...)                                                                        \
    put_heads((out), (const char *const[]){__VA_ARGS__},                                           \
              sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

/* ---- tables --------------------------------------------------------------------------------- */

/* What a line's `inputs` and the rows of inputs.csv are called by: 1, 2, ... */
static const char *numbers_of(Tables *tables, const ChangedLine *line)
{
    const char *text = "";
    for (size_t i = 0; i < line->input_count && text != NULL; i++)
        text = arena_printf(tables->arena, "%s%s%zu", text, i > 0 ? ";" : "", line->inputs[i] + 1);
    tables->no_memory = tables->no_memory || text == NULL;
    return text != NULL ? text : "";
}

static const char *unit_name(Unit unit)
{
    return unit.name != NULL ? unit.name : "";
}

static void write_lines(CsvWriter *out, Tables *tables)
{
    PUT_HEADS(out, "need", "offer", "donor", "unit_before", "before", "unit", "after", "cause",
              "inputs", "sentence");
    for (size_t i = 0; i < tables->comparison->line_count; i++) {
        const ChangedLine *line = &tables->comparison->lines[i];
        const char *sentence = line_cause_sentence(tables->comparison, line, tables->arena);
        tables->no_memory = tables->no_memory || sentence == NULL;
        csv_writer_text(out, line->need);
        csv_writer_text(out, line->offer);
        csv_writer_text(out, line->donor);
        csv_writer_text(out, unit_name(line->unit_before));
        csv_writer_amount(out, line->unit_before, line->before);
        csv_writer_text(out, unit_name(line->unit));
        csv_writer_amount(out, line->unit, line->after);
        csv_writer_text(out, line_cause_text(line->cause));
        csv_writer_text(out, numbers_of(tables, line));
        csv_writer_text(out, sentence != NULL ? sentence : "");
        csv_writer_end(out);
    }
}

static const char *kind_text(InputChangeKind kind)
{
    switch (kind) {
    case INPUT_CELL: return "cell";
    case INPUT_ADDED: return "row added";
    case INPUT_DROPPED: return "row dropped";
    case INPUT_PREVIOUS: return "plan before";
    case INPUT_LEDGER: return "ledger";
    case INPUT_URGENT: return "urgent need";
    case INPUT_ANSWER: return "answer";
    }
    return "";
}

static void write_inputs(CsvWriter *out, Tables *tables)
{
    PUT_HEADS(out, "input", "kind", "table", "row", "column", "before", "after", "taken_back_alone",
              "restores", "restores_with_others");
    for (size_t i = 0; i < tables->comparison->input_count; i++) {
        const ComparedInput *input = &tables->comparison->inputs[i];
        csv_writer_count(out, (long long)i + 1);
        csv_writer_text(out, kind_text(input->change.kind));
        csv_writer_text(out, input->change.table);
        csv_writer_text(out, input->change.id);
        csv_writer_text(out, input->change.column);
        csv_writer_text(out, input->change.before);
        csv_writer_text(out, input->change.after);
        csv_writer_text(out, input->asked ? input->answer : "");
        csv_writer_count(out, (long long)input->restores);
        csv_writer_count(out, (long long)input->shares);
        csv_writer_end(out);
    }
}

static void write_stages(CsvWriter *out, Tables *tables)
{
    PUT_HEADS(out, "stage", "sense", "before", "after");
    for (size_t i = 0; i < tables->comparison->stage_count; i++) {
        const ComparedStage *stage = &tables->comparison->stages[i];
        csv_writer_text(out, stage->label);
        csv_writer_text(out, stage->maximise ? "max" : "min");
        if (stage->is_before)
            csv_writer_number(out, stage->before);
        else
            csv_writer_empty(out);
        if (stage->is_after)
            csv_writer_number(out, stage->after);
        else
            csv_writer_empty(out);
        csv_writer_end(out);
    }
}

/* ---- files ---------------------------------------------------------------------------------- */

typedef void WriteTable(CsvWriter *out, Tables *tables);

static const struct {
    const char *name;
    WriteTable *write;
} FILES[] = {{"lines", write_lines}, {"inputs", write_inputs}, {"stages", write_stages}};

/** One of the files. */
typedef struct Table {
    Tables *tables;
    WriteTable *write;
} Table;

static Status write_table(FILE *file, void *context)
{
    const Table *table = context;
    CsvWriter out = {.file = file};
    table->write(&out, table->tables);
    return table->tables->no_memory ? STATUS_NO_MEMORY : STATUS_OK;
}

static Status write_files(const char *path, Tables *tables, AtomicSet *set, Diag *diag)
{
    for (size_t f = 0; f < sizeof FILES / sizeof *FILES; f++) {
        Table table = {tables, FILES[f].write};
        const char *target = arena_printf(tables->arena, "%s/%s.csv", path, FILES[f].name);
        TRY_NEW(target);
        TRY(atomic_set_write(set, target, target, write_table, &table, diag));
    }
    return STATUS_OK;
}

Status comparison_tables_write(const char *path, const Comparison *comparison, Arena *arena,
                               Diag *diag)
{
    Tables tables = {.comparison = comparison, .arena = arena};
    AtomicSet *set = atomic_set_new(arena);
    TRY_NEW(set);
    bool made = mkdir(path, 0777) == 0;
    if (!made && errno != EEXIST)
        return atomic_file_failed(diag, path, errno);
    Status status = write_files(path, &tables, set, diag);
    if (status == STATUS_OK)
        return atomic_set_commit(set, diag);
    atomic_set_abandon(set);
    if (made)
        (void)rmdir(path);
    return status;
}
