/* Texts of a few forms, from one language into another: what stands in the places of a form is taken
 * over as it is, in the same order.
 */
#include "io/text_forms.h"

#include <string.h>

#include "allot/language.h"

enum { PARTS_MOST = 2 };

/* What stands in the place of %d or %s. */
typedef struct Part {
    const char *text;
    size_t length;
} Part;

/* Length of what stands at @p text in a place of the form; @p behind it the form goes on. */
static size_t part_length(char kind, const char *text, const char *behind)
{
    size_t digits = strspn(text, "0123456789"), rest = strlen(behind), length = strlen(text);
    if (kind == 'd')
        return digits;
    return length > rest ? length - rest : 0;
}

/* Is the text of this form? */
static bool is_of_form(const char *text, const char *form, Part parts[PARTS_MOST])
{
    int count = 0;
    for (; *form != '\0'; form++) {
        bool is_place = form[0] == '%' && form[1] != '%';
        if (!is_place) {
            form += form[0] == '%';
            if (*text++ != *form)
                return false;
            continue;
        }
        form++; /* the d or s */
        size_t length = part_length(*form, text, form + 1);
        if (length == 0 || count == PARTS_MOST)
            return false;
        parts[count++] = (Part){text, length};
        text += length;
    }
    return *text == '\0';
}

static const char *fill_form(const char *form, const Part parts[PARTS_MOST], Arena *arena)
{
    char *text = ARENA_NEW(arena, strlen(form) + parts[0].length + parts[1].length + 1, char);
    char *end = text;
    int next = 0;
    for (; text != NULL && *form != '\0'; form++) {
        if (form[0] != '%' || form[1] == '%') {
            form += form[0] == '%';
            *end++ = *form;
            continue;
        }
        form++; /* the d or s */
        if (next == PARTS_MOST)
            break;
        memcpy(end, parts[next].text, parts[next].length);
        end += parts[next++].length;
    }
    return text; /* zeroed memory: it ends here */
}

const char *text_forms_shown(const TextForms *forms, const char *english, Arena *arena)
{
    for (size_t i = 0; i < forms->count; i++) {
        Part parts[PARTS_MOST] = {{"", 0}, {"", 0}};
        if (is_of_form(english, forms->forms[i], parts))
            return fill_form(language_text(forms->forms[i]), parts, arena);
    }
    return english;
}

const char *text_forms_code(const TextForms *forms, const char *shown, Arena *arena)
{
    for (int l = 0; l < LANGUAGE_COUNT; l++)
        for (size_t i = 0; i < forms->count; i++) {
            Part parts[PARTS_MOST] = {{"", 0}, {"", 0}};
            const char *form = language_text_in((Language)l, forms->forms[i]);
            if (is_of_form(shown, form, parts))
                return fill_form(forms->forms[i], parts, arena);
        }
    return shown;
}
