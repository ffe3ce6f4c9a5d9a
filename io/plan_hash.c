/* The hash over a plan's lines: made when the plan is written, and looked up when it is read again. */
#include "io/plan_hash.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "allot/plan_name.h"
#include "io/csv_writer.h"
#include "io/hash.h"

static void write_lines(CsvWriter *out, const Round *round, const Plan *plan)
{
    csv_writer_text(out, "need");
    csv_writer_text(out, "offer");
    csv_writer_text(out, "quantity");
    csv_writer_end(out);
    for (size_t i = 0; i < plan->assignment_count; i++) {
        const Assignment *line = &plan->assignments[i];
        const Need *need = &round->needs[line->need];
        csv_writer_text(out, need->id);
        csv_writer_text(out, round->offers[line->offer].id);
        csv_writer_amount(out, need->unit, line->quantity);
        csv_writer_end(out);
    }
}

const char *plan_hash(const Round *round, const Plan *plan, Arena *arena)
{
    char *text = NULL;
    size_t size = 0;
    const char *hex = NULL;
    FILE *file = open_memstream(&text, &size);
    if (file == NULL)
        return NULL;
    CsvWriter out = {.file = file};
    write_lines(&out, round, plan);
    bool whole = ferror(file) == 0;
    whole = fclose(file) == 0 && whole;
    Hash *hash = whole ? hash_new(arena) : NULL;
    if (hash != NULL) {
        hash_add(hash, text, size);
        hex = hash_text(hash, arena);
    }
    free(text);
    return hex;
}

const char *plan_name(const Round *round, const Plan *plan, Arena *arena)
{
    enum { NAME_DIGITS = 16 };
    const char *hash = plan_hash(round, plan, arena);
    return hash != NULL ? arena_text(arena, hash, NAME_DIGITS) : NULL;
}

/* ---- looking it up -------------------------------------------------------------------------- */

/** Takes the 64 hex digits that stand at @p text, with nothing of their kind behind them. */
static bool take_digits(const char *text, char hash[PLAN_HASH_SIZE])
{
    size_t count = 0;
    for (; count < PLAN_HASH_SIZE - 1 && isxdigit((unsigned char)text[count]); count++)
        hash[count] = (char)tolower((unsigned char)text[count]);
    hash[count] = '\0';
    return count == PLAN_HASH_SIZE - 1 && !isalnum((unsigned char)text[count]);
}

/** A line `plan_sha256,HASH`, with whatever separator and quotes. */
static bool take_line(const char *line, char hash[PLAN_HASH_SIZE])
{
    line += strspn(line, "\" ");
    if (strncmp(line, PLAN_HASH_KEY, strlen(PLAN_HASH_KEY)) != 0)
        return false;
    line += strlen(PLAN_HASH_KEY);
    return take_digits(line + strspn(line, "\",;\t "), hash);
}

bool plan_hash_of_folder(const char *dir, char hash[PLAN_HASH_SIZE])
{
    char path[4096], line[1024];
    int length = snprintf(path, sizeof path, "%s/summary.csv", dir);
    FILE *file = length > 0 && (size_t)length < sizeof path ? fopen(path, "rb") : NULL;
    bool found = false;
    if (file == NULL)
        return false;
    while (!found && fgets(line, sizeof line, file) != NULL)
        found = take_line(line, hash);
    (void)fclose(file);
    return found;
}

bool plan_hash_of_sheet(const Sheet *sheet, char hash[PLAN_HASH_SIZE])
{
    if (sheet == NULL)
        return false;
    for (size_t row = 0; row < sheet->row_count; row++)
        for (size_t column = 0; column + 1 < sheet->column_count; column++)
            if (strcmp(sheet_cell(sheet, row, column)->text, PLAN_HASH_KEY) == 0)
                return take_digits(sheet_cell(sheet, row, column + 1)->text, hash);
    return false;
}
