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
    char name[NAME_SIZE];
    const Round *round = form->round;
    if ((size_t)column < form->pairs->count) {
        const Pair *pair = &form->pairs->pairs[column];
        snprintf(name, sizeof name, "x%d_%.50s_%.50s", column, round->needs[pair->need].id,
                 round->offers[pair->offer].id);
        return finish(name, arena);
    }
    for (size_t n = 0; n < round->need_count; n++)
        if (form->unmet_column[n] == column) {
            snprintf(name, sizeof name, "u%d_%.100s", column, round->needs[n].id);
            return finish(name, arena);
        }
    snprintf(name, sizeof name, "s%d", column);
    return finish(name, arena);
}

const char *formulation_row_name(const Formulation *form, int row, Arena *arena)
{
    char name[NAME_SIZE];
    int i = 0;
    for (size_t n = 0; n < form->round->need_count; n++) {
        if (form->unmet_column[n] < 0)
            continue;
        if (i++ == row) {
            snprintf(name, sizeof name, "C1_%d_%.100s", row, form->round->needs[n].id);
            return finish(name, arena);
        }
    }
    for (size_t r = 0; r < form->rules->count; r++)
        if (form->rule_row[r] == row) {
            const Rule *rule = &form->rules->rules[r];
            snprintf(name, sizeof name, "%s_%d_%.90s", rule_family_label(rule->family), row,
                     rule->id);
            return finish(name, arena);
        }
    snprintf(name, sizeof name, "F%d", row);
    return finish(name, arena);
}
