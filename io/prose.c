/* Plain text that grows: one buffer in the arena, doubled when it is full. */
#include "io/prose.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "allot/amount_text.h"

#include "allot/language.h"

enum { ROOM_FIRST = 1024 };

/** Room for @p length bytes more, and the NUL. */
static bool make_room(Prose *prose, size_t length)
{
    size_t room = prose->room == 0 ? ROOM_FIRST : prose->room;
    while (room - prose->length <= length)
        room *= 2;
    if (room == prose->room)
        return true;
    char *text = arena_grow(prose->arena, prose->text, prose->room, room, 1);
    prose->failed = prose->failed || text == NULL;
    if (text == NULL)
        return false;
    prose->text = text;
    prose->room = room;
    return true;
}

static void append(Prose *prose, const char *words)
{
    size_t length = strlen(words);
    if (!make_room(prose, length))
        return;
    memcpy(prose->text + prose->length, words, length + 1);
    prose->length += length;
}

static const char *print(Prose *prose, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));

static const char *print(Prose *prose, const char *format, va_list args)
{
    const char *text = arena_vprintf(prose->arena, _(format), args);
    prose->failed = prose->failed || text == NULL;
    return text == NULL ? "" : text;
}

void prose_say(Prose *prose, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    append(prose, print(prose, format, args));
    va_end(args);
}

const char *prose_piece(Prose *prose, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *text = print(prose, format, args);
    va_end(args);
    return text;
}

const char *prose_amount(Prose *prose, Unit unit, int64_t amount)
{
    return prose_piece(prose, "%s", amount_in_unit(unit, amount).text);
}

/** Takes blanks and line ends off the end. @return whether anything is left. */
static bool trim(Prose *prose)
{
    while (prose->length > 0 &&
           (prose->text[prose->length - 1] == '\n' || prose->text[prose->length - 1] == ' '))
        prose->length--;
    return prose->length > 0;
}

void prose_end_line(Prose *prose)
{
    if (trim(prose))
        append(prose, "\n");
}

void prose_end_paragraph(Prose *prose)
{
    if (trim(prose))
        append(prose, "\n\n");
}
