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
    size_t pairs = form->pairs->count;
    if ((size_t)column < pairs) {
        const Pair *pair = &form->pairs->pairs[column];
        snprintf(name, sizeof name, "x%d_%.50s_%.50s", column, round->needs[pair->need].id,
                 round->offers[pair->offer].id);
    } else if ((size_t)column < pairs + (size_t)form->known_count) {
        int need = form->known_needs[(size_t)column - pairs];
        snprintf(name, sizeof name, "u%d_%.100s", column, round->needs[need].id);
    } else {
        snprintf(name, sizeof name, "s%d", column);
    }
    return finish(name, arena);
}

/** The rule of this row, or NULL. */
static const Rule *rule_of_row(const Formulation *form, int row)
{
    size_t low = 0, high = form->rules->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (form->rule_row[middle] == row)
            return &form->rules->rules[middle];
        if (form->rule_row[middle] < row)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

const char *formulation_row_name(const Formulation *form, int row, Arena *arena)
{
    char name[NAME_SIZE];
    const Rule *rule = row < form->known_count ? NULL : rule_of_row(form, row);
    if (row < form->known_count)
        snprintf(name, sizeof name, "C1_%d_%.100s", row,
                 form->round->needs[form->known_needs[row]].id);
    else if (rule != NULL)
        snprintf(name, sizeof name, "%s_%d_%.90s", rule_family_label(rule->family), row, rule->id);
    else
        snprintf(name, sizeof name, "F%d", row);
    return finish(name, arena);
}
