/* Pieces of sentences about asks. */
#include "io/ask_words.h"

#include "allot/language.h"

static const char *row_text(Arena *arena, TableKind table, const char *id, const char *column,
                            const char *each)
{
    const char *name = dictionary_table(table)->name;
    return arena_printf(arena, "%s %s%s%s%s%s", name, id, *column == '\0' ? "" : ", ", column,
                        *each == '\0' ? "" : ", ", each);
}

/** "answers N-3/O-1 (DE)", "commitments N-3/O-1 (DE)": of all rows about a need, this line of that donor. */
static const char *agreed_row(const Round *round, Arena *arena, const Cause *cause)
{
    for (size_t c = 0; c < round->commitment_count; c++) {
        const Commitment *row = &round->commitments[c];
        if (row->origin.line == cause->origin.line)
            return arena_printf(arena, "%s %s/%s (%s)",
                                row->author != NULL ? "answers" : "commitments", row->need_id,
                                row->offer_id, round->offers[row->offer].donor);
    }
    return row_text(arena, TABLE_COMMITMENTS, cause->id, cause->column, cause->each);
}

const char *ask_cause_row(const Round *round, Arena *arena, const Cause *cause)
{
    if (cause->origin.table == TABLE_COMMITMENTS)
        return agreed_row(round, arena, cause);
    return row_text(arena, cause->origin.table, cause->id, cause->column, cause->each);
}

const char *ask_loosen_text(const Round *round, Arena *arena, const NeedAsk *ask)
{
    const char *text = "";
    for (int i = 0; i < ask->loosen_count && text != NULL; i++) {
        const char *row = ask_cause_row(round, arena, &ask->loosen[i]);
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
