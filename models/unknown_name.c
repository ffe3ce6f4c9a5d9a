/* A name that is not known. Used by the checks of a round and by the reader of a plan's tables, so
 * that both say the same.
 */
#include "allot/unknown_name.h"
#include "allot/language.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "allot/letter.h"
#include "allot/lookalike.h"
#include "allot/names.h"
#include "allot/quote.h"

enum {
    TWIN_SIZE = 256,
    CODE_LETTERS_MAX = 3,
    NAMES_SHOWN = 6,
    NAMES_LOOKED_AT = 64,
    NAMES_SIZE = NAMES_SHOWN * (QUOTE_SIZE + 2) + 8
};

/* The known name that looks the same and is another text, or NULL. */
static const char *find_twin(const char *text, KnownNames known)
{
    for (size_t i = 0; i < known.count; i++) {
        const char *name = known.names[i];
        if (name != NULL && strcmp(name, text) != 0 && lookalike_same(name, text))
            return name;
    }
    return NULL;
}

/* EE, MOH: among names of so few letters every second is one slip from another. Digits and signs, as
 * in N-3, tell that the names are counted, not coded. */
static bool is_code(const char *text)
{
    int letters = 0;
    for (; *text != '\0'; letters++) {
        unsigned code;
        text += letter_read(text, &code);
        bool is_letter =
            code >= 0x80 || (code >= 'A' && code <= 'Z') || (code >= 'a' && code <= 'z');
        if (!is_letter || letters == CODE_LETTERS_MAX)
            return false;
    }
    return true;
}

static const char *without_zeros(const char *text)
{
    while (text[0] == '0' && text[1] != '\0')
        text++;
    return text;
}

/* 7 where 007 is known: spreadsheets drop zeros in front. Else the nearest. */
static const char *find_near(const char *text, KnownNames known)
{
    for (size_t i = 0; i < known.count; i++) {
        const char *name = known.names[i];
        if (name != NULL && strcmp(name, text) != 0 &&
            strcmp(without_zeros(name), without_zeros(text)) == 0)
            return name;
    }
    return name_nearest(text, known.names, known.count);
}

const char *name_meant(const char *text, KnownNames known)
{
    const char *twin = find_twin(text, known);
    const char *near = twin != NULL ? NULL : find_near(text, known);
    if (twin != NULL)
        return twin;
    return near != NULL && (!is_code(text) || name_distance(text, near, 0) == 0) ? near : NULL;
}

/* 'А-1' and 'A-1' cannot be told apart by looking: say which is which. */
static void report_twin(Diag *diag, DiagCode code, DiagPlace place, const char *what,
                        const char *text, const char *twin)
{
    char latin[TWIN_SIZE];
    if (lookalike_twin(text, latin, sizeof latin) != SCRIPT_PLAIN && strcmp(latin, twin) == 0)
        diag_add(diag, code, place,
                 "%s '%s' is not known: it is written with %s letters; '%s' in Latin letters is",
                 what, quote(text).text, _(lookalike_alphabet(text)), quote(twin).text);
    else
        diag_add(diag, code, place,
                 "%s '%s' is not known: '%s' is, which looks the same and holds %s letters; write "
                 "both alike",
                 what, quote(text).text, quote(twin).text, _(lookalike_alphabet(twin)));
}

typedef struct NameTexts {
    char text[NAMES_SIZE];
} NameTexts;

static bool stands_before(KnownNames known, size_t index)
{
    size_t i = 0;
    if (known.names[index] == NULL)
        return true;
    while (i < index && (known.names[i] == NULL || strcmp(known.names[i], known.names[index]) != 0))
        i++;
    return i < index;
}

/* The first few different ones, in their order. */
static NameTexts first_names(KnownNames known)
{
    NameTexts names = {""};
    size_t length = 0, i = 0;
    int shown = 0;
    for (; i < known.count && i < NAMES_LOOKED_AT && shown < NAMES_SHOWN; i++) {
        if (stands_before(known, i))
            continue;
        length += (size_t)snprintf(names.text + length, NAMES_SIZE - length, "%s%s",
                                   shown++ == 0 ? "" : ", ", quote(known.names[i]).text);
    }
    if (i < known.count)
        (void)snprintf(names.text + length, NAMES_SIZE - length, ", ...");
    return names;
}

void diag_unknown_name(Diag *diag, DiagCode code, DiagPlace place, const char *what,
                       const char *text, KnownNames known)
{
    const char *twin = find_twin(text, known);
    const char *near = find_near(text, known);

    place.text = text;
    if (twin != NULL)
        report_twin(diag, code, place, what, text, twin);
    else if (near != NULL)
        diag_add(diag, code, place, "%s '%s' is not known; did you mean '%s'?", what,
                 quote(text).text, quote(near).text);
    else if (known.count > 0)
        diag_add(diag, code, place, "%s '%s' is not known; known are: %s", what, quote(text).text,
                 first_names(known).text);
    else
        diag_add(diag, code, place, "%s '%s' is not known; the round has none", what,
                 quote(text).text);
}

void diag_unlisted_name(Diag *diag, DiagPlace place, const char *what, const char *table,
                        const char *text, KnownNames known)
{
    const char *near = find_near(text, known);
    if (near == NULL || find_twin(text, known) != NULL) {
        diag_unknown_name(diag, DIAG_ID_UNKNOWN, place, what, text, known);
        return;
    }
    place.text = text;
    diag_add(diag, DIAG_ID_UNKNOWN, place,
             "%s '%s' is not known; did you mean '%s'? correct it, or add a row to %s", what,
             quote(text).text, quote(near).text, table);
}
