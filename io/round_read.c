/* Reads a round: finds where each table is, reads it into a sheet, hands the sheet to the table's
 * reader, in the order in which tables depend on each other.
 *
 * Called by every command. Sheets lie in a scratch arena, of a folder one table at a time, of a
 * workbook all together; what the round and the findings keep lies in the caller's arena.
 */
#include "allot/round_read.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "allot/language.h"
#include "io/csv_reader.h"
#include "io/read_tables.h"
#include "io/round_changes.h"
#include "io/round_source.h"
#include "io/workbook.h"

typedef struct TableOrder {
    TableKind table;
    Status (*read)(const Reading *reading, const Sheet *sheet);
} TableOrder;

/* Scenarios change what the others say. Settings give the currency that rates are in; both decide
 * how units and defaults are read. */
static const TableOrder ORDER[TABLE_COUNT] = {
    {TABLE_SCENARIOS, read_scenarios},
    {TABLE_SETTINGS, read_settings},
    {TABLE_RATES, read_rates},
    {TABLE_DONORS, read_donors},
    {TABLE_BENEFICIARIES, read_beneficiaries},
    {TABLE_NEEDS, read_needs},
    {TABLE_OFFERS, read_offers},
    {TABLE_PAIRS, read_pairs},
    {TABLE_COMMITMENTS, read_commitments},
    {TABLE_RULES, read_rules},
};

/* The source once it was looked at: files by name, or the sheets of a workbook. */
typedef struct OpenSource {
    const RoundSource *source;
    bool is_folder;
    TableNames files;
    Sheet *sheets[TABLE_COUNT];
} OpenSource;

/* ---- tables --------------------------------------------------------------------------------- */

/* The table's rows stand, the overrides follow them and win, and over both what is changed. */
static Status apply_settings(const Reading *reading, const SettingRow *overrides, size_t count)
{
    Round *round = reading->round;
    size_t before = round->setting_row_count;
    SettingRow *rows =
        arena_grow(round->arena, round->setting_rows, before, before + count, sizeof(SettingRow));

    TRY_NEW(rows);
    for (size_t i = 0; i < count; i++)
        rows[before + i] = overrides[i];
    round->setting_rows = rows;
    round->setting_row_count = before + count;
    TRY(round_changes_settings(reading));
    TRY(settings_apply(round->setting_rows, round->setting_row_count, round->arena, round->names,
                       reading->diag, &round->settings));
    round->currency = round_unit(round, round->settings.currency);
    return STATUS_OK;
}

/* The table's sheet, NULL when the source has none. */
static Status get_sheet(const Reading *reading, const OpenSource *open, TableKind kind,
                        Sheet **sheet)
{
    const char *file = open->files.of[kind];
    *sheet = open->sheets[kind];
    if (!open->is_folder || file == NULL)
        return STATUS_OK;
    const char *path = arena_printf(reading->scratch, "%s/%s", open->source->path, file);
    TRY_NEW(path);
    reading->round->tables[kind].present = true;
    reading->round->tables[kind].file = file;
    SheetTarget target = {.file = file,
                          .table = dictionary_table(kind),
                          .texts = reading->round->arena,
                          .grid = reading->scratch,
                          .diag = reading->diag};
    return csv_read_file(path, open->source->encoding, &target, sheet);
}

static Status read_table(const Reading *reading, const OpenSource *open, const TableOrder *order)
{
    InputTable *input = &reading->round->tables[order->table];
    Sheet *sheet = NULL;

    TRY(get_sheet(reading, open, order->table, &sheet));
    if (sheet == NULL)
        TRY(round_changes_sheet(reading, order->table, reading->scratch, &sheet));
    if (sheet == NULL)
        return STATUS_OK;
    input->present = true;
    input->file = sheet->file;
    input->sha256 = sheet->sha256;
    if (!sheet->readable)
        return STATUS_OK;
    TRY(order->read(reading, sheet));
    /* The template has a sheet for every table: one that nobody filled in is none. */
    if (!open->is_folder && !dictionary_table(order->table)->required && input->rows == 0)
        input->present = false;
    return STATUS_OK;
}

static Status read_tables(const Reading *reading, const OpenSource *open)
{
    Status worst = STATUS_OK;
    for (size_t i = 0; i < TABLE_COUNT; i++) {
        Status status = read_table(reading, open, &ORDER[i]);
        if (status == STATUS_IO)
            worst = status; /* its finding stands; the other files are worth reading */
        else
            TRY(status);
        if (ORDER[i].table == TABLE_SCENARIOS)
            TRY(round_changes_collect(reading, open->source));
        if (ORDER[i].table == TABLE_SETTINGS)
            TRY(apply_settings(reading, open->source->overrides, open->source->override_count));
        if (open->is_folder)
            arena_reset(reading->scratch);
    }
    round_changes_finish(reading);
    return worst;
}

/* ---- the source ----------------------------------------------------------------------------- */

static Status open_source(const Reading *reading, OpenSource *open)
{
    const char *path = open->source->path;
    struct stat about;
    if (stat(path, &about) != 0)
        return source_fail(path, strerror(errno), reading->diag);
    open->is_folder = S_ISDIR(about.st_mode);
    if (open->is_folder)
        return folder_list(path, reading->round->arena, reading->diag, &open->files);
    return workbook_sheets(path, reading->round->arena, reading->scratch, reading->diag,
                           open->sheets);
}

/* The template has an example on every sheet, which nobody has to hear of ten times. */
static Status say_skipped(const Reading *reading)
{
    const SkippedRows *skipped = reading->skipped;
    if (skipped->count == 1)
        diag_add(reading->diag, DIAG_ROW_SKIPPED, skipped->first,
                 N_("the row is an EXAMPLE and is skipped"));
    if (skipped->count < 2)
        return STATUS_OK;
    TRY_NEW(skipped->rows);
    diag_add(reading->diag, DIAG_ROW_SKIPPED, (DiagPlace){.file = reading->round->source},
             N_("%zu rows are the template's EXAMPLE and are skipped: %s"), skipped->count,
             skipped->rows);
    return STATUS_OK;
}

Status round_read(const RoundSource *source, Arena *arena, Diag *diag, Round *round)
{
    OpenSource open = {.source = source};

    TRY(round_init(arena, round));
    round->source = source->path;
    Arena *scratch = arena_new();
    TRY_NEW(scratch);
    RoundChanges changes = {.list = NULL};
    SkippedRows skipped = {.count = 0};
    Reading reading = {.round = round,
                       .scratch = scratch,
                       .diag = diag,
                       .decimal = decimal_sign_of(source->decimal),
                       .changes = &changes,
                       .texts = source->texts,
                       .skipped = &skipped};
    Status status = open_source(&reading, &open);
    if (status == STATUS_OK)
        status = read_tables(&reading, &open);
    if (status == STATUS_OK)
        status = say_skipped(&reading);
    arena_free(scratch);
    return status;
}

const char *round_read_library_version(void)
{
    return csv_library_version();
}

const char *round_read_workbook_version(void)
{
    return workbook_library_version();
}
