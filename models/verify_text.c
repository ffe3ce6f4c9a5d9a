/* How the independent check says what it found: the plan's line as the place, the row of the round
 * that forbids it in the sentence. */
#include "models/verify_internal.h"

#include <stdarg.h>
#include <stdio.h>

#include "allot/language.h"

enum {
    MESSAGE_SIZE = 1024,
    HEADING_LINES = 2, /* assignment 0 stands in line 2 of its table */
    NAMES_SHOWN = 12   /* of a list */
};

int verify_line_row(const Verifier *v, size_t index)
{
    int row = v->plan->assignments[index].row;

    return row > 0 ? row : (int)index + HEADING_LINES;
}

/* Rules bound quantities; what else is wrong with a line is wrong with the whole of it. */
static DiagPlace line_place(const Verifier *v, DiagCode code, size_t index)
{
    DiagPlace place = {.file = v->file, .line = verify_line_row(v, index)};

    if (code == DIAG_PLAN_RULE && v->plan->assignments[index].row > 0) {
        place.column = v->plan->quantity_column;
        place.column_name = v->plan->quantity_heading;
    }
    return place;
}

static void add_error(Verifier *v, DiagCode code, DiagPlace place, const char *format, va_list args)
    __attribute__((format(printf, 4, 0)));

static void add_error(Verifier *v, DiagCode code, DiagPlace place, const char *format, va_list args)
{
    char message[MESSAGE_SIZE];

    if (vsnprintf(message, sizeof message, _(format), args) < 0)
        message[0] = '\0';
    diag_add(v->diag, code, place, "%s", message);
    v->report->broken++;
}

void verify_broken(Verifier *v, DiagCode code, const VerifyLine *line, const char *format, ...)
{
    DiagPlace place =
        line != NULL ? line_place(v, code, line->index) : (DiagPlace){.file = v->file};
    va_list args;

    va_start(args, format);
    add_error(v, code, place, format, args);
    va_end(args);
}

void verify_broken_at(Verifier *v, DiagCode code, size_t index, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    add_error(v, code, line_place(v, code, index), format, args);
    va_end(args);
}

const char *verify_row(const Verifier *v, Origin origin, const char *column)
{
    DiagPlace place = round_place(v->round, origin, column);
    const char *file = place.file != NULL ? place.file : place.table;
    const char *text;

    if (file == NULL)
        file = _("the round");
    if (origin.line < 0)
        text = round_row_text(v->round, origin, v->arena);
    else if (origin.line > 0 && column != NULL)
        text = diag_place_text(&place, v->arena);
    else if (origin.line > 0)
        text = arena_printf(v->arena, "%s:%d", file, origin.line);
    else
        text = arena_printf(v->arena, "%s (%s)", file, column != NULL ? column : _("default"));
    return text != NULL ? text : file;
}

const char *verify_amount(const Verifier *v, Unit unit, Int128 amount)
{
    mpq_t exact;
    const char *text;

    mpq_init(exact);
    exact_set_int128(mpq_numref(exact), amount);
    text = exact_text(v->arena, exact, unit);
    mpq_clear(exact);
    return text;
}

const char *verify_pair(const Verifier *v, const VerifyLine *line)
{
    const Need *need = &v->round->needs[line->need];
    const char *text =
        arena_printf(v->arena, _("%s from %s: %s"), need->id, v->round->offers[line->offer].id,
                     verify_amount(v, need->unit, line->quantity));

    return text != NULL ? text : need->id;
}

const char *verify_names_text(const Verifier *v, const NameList *list)
{
    const char *text = list->count > 0 ? list->names[0] : "";

    for (int i = 1; i < list->count && i < NAMES_SHOWN && text != NULL; i++)
        text = arena_printf(v->arena, "%s;%s", text, list->names[i]);
    if (list->count > NAMES_SHOWN && text != NULL)
        text = arena_printf(v->arena, _("%s and %d more"), text, list->count - NAMES_SHOWN);
    return text != NULL ? text : "";
}
