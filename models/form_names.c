/* Names of rows and columns for exported programs: ids where they are plain, always unique through
 * the leading number.
 */
#include <stdio.h>

#include "models/form_internal.h"

enum { NAME_SIZE = 121 };

/** Letters, digits and a few marks stay; everything else becomes '_'. */
static void make_plain(char *name)
{
    for (char *c = name; *c != '\0'; c++) {
        bool plain = (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') ||
                     (*c >= '0' && *c <= '9') || *c == '_' || *c == '.';
        if (!plain)
            *c = '_';
    }
}

static const char *finish(char *name, Arena *arena)
{
    make_plain(name);
    return arena_printf(arena, "%s", name);
}

const char *formulation_column_name(const Formulation *form, int column, Arena *arena)
{
    static const char *const LETTER[] = {
        [COLUMN_LINE] = "x",  [COLUMN_UNMET] = "u",  [COLUMN_SERVED] = "y",
        [COLUMN_FULL] = "f",  [COLUMN_SWITCH] = "z", [COLUMN_SUM] = "s",
        [COLUMN_LEVEL] = "t", [COLUMN_AWAY] = "d",   [COLUMN_SHORT] = "l"};
    char name[NAME_SIZE];
    const Round *round = form->round;
    const ColumnOrigin *origin = &form->origin[column];
    const Pair *pair = &form->pairs->pairs[origin->index];
    switch (origin->kind) {
    case COLUMN_LINE:
        snprintf(name, sizeof name, "x%d_%.50s_%.50s", column, round->needs[pair->need].id,
                 round->offers[pair->offer].id);
        break;
    case COLUMN_UNMET:
    case COLUMN_SERVED:
    case COLUMN_FULL:
        snprintf(name, sizeof name, "%s%d_%.100s", LETTER[origin->kind], column,
                 round->needs[origin->index].id);
        break;
    case COLUMN_SWITCH:
    case COLUMN_SUM:
    case COLUMN_LEVEL:
    case COLUMN_AWAY:
    case COLUMN_SHORT: snprintf(name, sizeof name, "%s%d", LETTER[origin->kind], column); break;
    }
    return finish(name, arena);
}

const char *formulation_row_name(const Formulation *form, int row, Arena *arena)
{
    char name[NAME_SIZE];
    const RowOrigin *origin = &form->row_origin[row];
    snprintf(name, sizeof name, "%s_%d_%.90s", origin->label, row, origin->id);
    return finish(name, arena);
}
