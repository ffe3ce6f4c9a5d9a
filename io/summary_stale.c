/* What summary.csv says beside what the plan makes. People copy these figures into letters; who changed one there,
 * and not in the lines, is to be told. Called once by tables_read().
 */
#include "io/summary_stale.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "allot/language.h"
#include "allot/names.h"
#include "allot/quote.h"
#include "io/number.h"
#include "io/plan_sheets.h"
#include "io/summary_page_stale.h"
#include "io/tables_internal.h"

/* ---- the file ------------------------------------------------------------------------------- */

typedef struct Written {
    const Sheet *sheet;
    size_t key, value; /* columns */
    Diag *diag;
} Written;

/* NULL where the folder has none, or none that can be read: nothing is said then. */
static Status read_written(const char *path, Arena *arena, Sheet **sheet)
{
    Diag *unheard = diag_new(arena);
    TRY_NEW(unheard);
    Status status = plan_summary_read(path, arena, unheard, sheet);
    if (status != STATUS_OK || (*sheet != NULL && !(*sheet)->readable))
        *sheet = NULL;
    return status == STATUS_NO_MEMORY ? status : STATUS_OK;
}

/* The row of a key, or -1. */
static int row_of(const Written *written, const char *key)
{
    for (size_t row = 0; row < written->sheet->row_count; row++)
        if (strcmp(sheet_cell(written->sheet, row, written->key)->text, key) == 0)
            return (int)row;
    return -1;
}

/* ---- one row -------------------------------------------------------------------------------- */

/* 12.50 and 12.5 are the same; a spreadsheet program may have saved the file. */
static bool says_figure(const char *text, const char *figure)
{
    Number said, made;
    if (strcmp(text, figure) == 0)
        return true;
    return number_read(text, SIGN_POINT, &said) == NUMBER_READ &&
           number_read(figure, SIGN_POINT, &made) == NUMBER_READ && !said.percent &&
           said.currencies == NULL && decimal_compare(said.value, made.value) == 0;
}

static void check_figure(const Written *written, const char *key, const char *figure)
{
    int row = row_of(written, key);
    if (row < 0)
        return;
    DiagPlace place = sheet_place(written->sheet, (size_t)row, written->value);
    if (!says_figure(place.text != NULL ? place.text : "", figure))
        diag_add(written->diag, DIAG_PLAN_STALE, place,
                 N_("'%s' is written; the round and the plan's lines make it '%s' (%s)"),
                 quote(place.text != NULL ? place.text : "").text, figure, key);
}

/* The figures as they would be written now, "key,value" a line. */
static void check_figures(const Written *written, char *text)
{
    for (char *line = text, *next; *line != '\0'; line = next) {
        next = line + strcspn(line, "\n");
        if (*next != '\0')
            *next++ = '\0';
        char *comma = strchr(line, ',');
        if (comma == NULL)
            continue;
        *comma = '\0';
        check_figure(written, line, comma + 1);
    }
}

/* What the worst of the stages says is what the plan says; where value and bound are one there is nothing better. */
static StageStatus worst_status(const Plan *plan)
{
    StageStatus worst = STAGE_OPTIMAL;
    for (size_t i = 0; i < plan->stage_count; i++) {
        const StageResult *stage = &plan->stages[i];
        if (stage->status == STAGE_OPTIMAL || stage->value == stage->bound)
            continue;
        if (stage->status >= STAGE_LIMIT)
            return STAGE_LIMIT;
        worst = STAGE_WITHIN_GAP;
    }
    return worst;
}

/* Fairness that was not carried on makes it a limit, too, and no figure tells. */
static bool is_partial(const Plan *plan)
{
    for (size_t i = 0; i < plan->stage_count; i++)
        if (plan->stages[i].status == STAGE_PARTIAL)
            return true;
    return false;
}

static void check_status(const Written *written, const Plan *plan)
{
    int row = row_of(written, "status");
    const char *status = stage_status_text(worst_status(plan));
    if (row < 0 || plan->stage_count == 0)
        return;
    DiagPlace place = sheet_place(written->sheet, (size_t)row, written->value);
    const char *text = place.text != NULL ? place.text : "";
    if (strcmp(text, status) != 0 &&
        !(is_partial(plan) && strcmp(text, stage_status_text(STAGE_LIMIT)) == 0))
        diag_add(written->diag, DIAG_PLAN_STALE, place,
                 N_("'%s' is written; the plan's stages make it '%s' (status)"), quote(text).text,
                 status);
}

/* ---- all of them ---------------------------------------------------------------------------- */

static Status figures_text(const Round *round, const Plan *plan, Arena *arena, char **text)
{
    Totals totals;
    size_t size = 0;
    *text = NULL;
    TRY(totals_build(round, plan, arena, &totals));
    FILE *file = open_memstream(text, &size);
    TRY_NEW(file);
    CsvWriter out = {.file = file};
    tables_write_figures(&out, &(TablesInput){.round = round, .plan = plan, .totals = &totals});
    bool whole = ferror(file) == 0;
    whole = fclose(file) == 0 && whole;
    if (whole)
        return STATUS_OK;
    free(*text);
    return STATUS_NO_MEMORY;
}

static Status check_folder(const char *path, const Round *round, const Plan *plan, Arena *arena,
                           Diag *diag)
{
    Sheet *sheet;
    char *text;
    TRY(read_written(path, arena, &sheet));
    if (sheet == NULL || sheet->column_count < 2)
        return STATUS_OK;
    Written written = {.sheet = sheet, .key = 0, .value = 1, .diag = diag};
    check_status(&written, plan);
    TRY(figures_text(round, plan, arena, &text));
    check_figures(&written, text);
    free(text);
    return STATUS_OK;
}

Status summary_find_stale(const char *path, const PlanSheets *sheets, const Round *round,
                          const Plan *plan, Arena *arena, Diag *diag)
{
    struct stat about;
    if (sheets->summary != NULL)
        return summary_page_find_stale(sheets, round, plan, arena, diag);
    if (stat(path, &about) != 0 || !S_ISDIR(about.st_mode))
        return STATUS_OK;
    return check_folder(path, round, plan, arena, diag);
}
