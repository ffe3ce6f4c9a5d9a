/* Pieces of sentences about asks. */
#include "io/ask_words.h"

#include "allot/language.h"

const char *ask_row(Arena *arena, TableKind table, const char *id, const char *column,
                    const char *each)
{
    const char *name = dictionary_table(table)->name;
    return arena_printf(arena, "%s %s%s%s%s%s", name, id, *column == '\0' ? "" : ", ", column,
                        *each == '\0' ? "" : ", ", each);
}

const char *ask_loosen_text(Arena *arena, const NeedAsk *ask)
{
    const char *text = "";
    for (int i = 0; i < ask->loosen_count && text != NULL; i++) {
        const Cause *cause = &ask->loosen[i];
        const char *row =
            ask_row(arena, cause->origin.table, cause->id, cause->column, cause->each);
        text = row == NULL ? NULL
                           : arena_printf(arena, "%s%s%s", text, i == 0 ? "" : _("; and "), row);
    }
    return text;
}

bool ask_is_least(const Round *round, const AskGift *gift)
{
    Unit unit = round->offers[gift->offer].unit;
    int64_t gap = gift->extra - gift->least;
    return gap <= 0 || (unit.is_money && (gap <= unit_scale(unit) || gap <= gift->extra / 1000));
}
