/* A name that is not known. Used by the checks of a round and by the reader of a plan's tables, so
 * that both say the same.
 */
#include "allot/unknown_name.h"

#include <string.h>

#include "allot/lookalike.h"
#include "allot/names.h"
#include "allot/quote.h"

enum { TWIN_SIZE = 256 };

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

const char *name_meant(const char *text, KnownNames known)
{
    const char *twin = find_twin(text, known);
    return twin != NULL ? twin : name_nearest(text, known.names, known.count);
}

/* 'А-1' and 'A-1' cannot be told apart by looking: say which is which. */
static void report_twin(Diag *diag, DiagCode code, DiagPlace place, const char *what,
                        const char *text, const char *twin)
{
    char latin[TWIN_SIZE];
    if (lookalike_twin(text, latin, sizeof latin) != SCRIPT_PLAIN && strcmp(latin, twin) == 0)
        diag_add(diag, code, place,
                 "%s '%s' is not known: it is written with %s letters; '%s' in Latin letters is",
                 what, quote(text).text, lookalike_alphabet(text), quote(twin).text);
    else
        diag_add(diag, code, place,
                 "%s '%s' is not known: '%s' is, which looks the same and holds %s letters; write "
                 "both alike",
                 what, quote(text).text, quote(twin).text, lookalike_alphabet(twin));
}

void diag_unknown_name(Diag *diag, DiagCode code, DiagPlace place, const char *what,
                       const char *text, KnownNames known)
{
    const char *twin = find_twin(text, known);
    const char *near = name_nearest(text, known.names, known.count);

    place.text = text;
    if (twin != NULL)
        report_twin(diag, code, place, what, text, twin);
    else if (near != NULL)
        diag_add(diag, code, place, "%s '%s' is not known; did you mean '%s'?", what,
                 quote(text).text, quote(near).text);
    else
        diag_add(diag, code, place, "%s '%s' is not known", what, quote(text).text);
}
