/* The phrases of models/class_network_fits.c, and ids taken out of the English and put into the other
 * language. The first phrase that fits is taken: what is more exact stands before.
 */
#include "io/misfit_words.h"

#include <string.h>

#include "allot/language.h"

enum { IDS_MOST = 2 };

static const char *const PHRASES[] = {
    N_("settings measure: not value"),
    N_("settings fairness_by: quantity"),
    N_("an urgent need"),
    N_("answers to settle"),
    N_("settings stages: burden"),
    N_("settings stages: splits"),
    N_("settings stages: change, with a previous plan"),
    N_("needs %s: an outcome"),
    N_("needs %s: a least useful amount"),
    N_("needs %s: indivisible"),
    N_("needs %s: max_donors"),
    N_("needs %s: requires"),
    N_("needs %s: bundle"),
    N_("needs %s: alternative"),
    N_("needs %s: step"),
    N_("needs %s: unit_cost"),
    N_("needs %s: amounts too large to add up"),
    N_("needs %s: weight too large or too fine"),
    N_("needs %s: unit %s"),
    N_("beneficiaries %s: max_value across the groups of fairness"),
    N_("beneficiaries %s: max_needs"),
    N_("donors %s: max_share"),
    N_("donors %s: min_ticket"),
    N_("donors %s: max_needs"),
    N_("donors %s: budget in %s"),
    N_("offers %s: overhead"),
    N_("offers %s: max_share"),
    N_("offers %s: min_ticket"),
    N_("offers %s: max_needs"),
    N_("offers %s: civil_only, with a civil_share below 1"),
    N_("offers %s: cost too large or too fine"),
    N_("offers %s: unit %s"),
    N_("offers: costs too large for the amounts wanted"),
    N_("rules %s: not of kind forbid"),
    N_("commitments %s, %s: not of kind forbidden"),
    N_("pairs %s, %s: use, cost or max"),
    N_("memory is short"),
};

typedef struct Id {
    const char *text;
    size_t length;
} Id;

/** Where the next part of a phrase ends: at its %s, or at its end. */
static size_t part_length(const char *phrase)
{
    const char *mark = strstr(phrase, "%s");
    return mark == NULL ? strlen(phrase) : (size_t)(mark - phrase);
}

/** Finds @p part [@p length] in the text; at its end where nothing follows in the phrase. */
static const char *find_part(const char *text, const char *part, size_t length, bool last)
{
    size_t left = strlen(text);
    if (last)
        return left >= length && memcmp(text + left - length, part, length) == 0
                   ? text + left - length
                   : NULL;
    for (; left >= length; text++, left--)
        if (memcmp(text, part, length) == 0)
            return text;
    return NULL;
}

/** Is the text this phrase with ids in it? */
static bool take_ids(const char *text, const char *phrase, Id ids[IDS_MOST])
{
    size_t length = part_length(phrase);
    if (strncmp(text, phrase, length) != 0)
        return false;
    text += length;
    phrase += length;
    for (int i = 0; *phrase != '\0' && i < IDS_MOST; i++) {
        phrase += 2; /* %s */
        length = part_length(phrase);
        const char *end = find_part(text, phrase, length, phrase[length] == '\0');
        if (end == NULL)
            return false;
        ids[i] = (Id){text, (size_t)(end - text)};
        text = end + length;
        phrase += length;
    }
    return *text == '\0' && *phrase == '\0';
}

/** The translated phrase with the ids where its %s are; in their order. */
static const char *put_ids(Arena *arena, const char *phrase, const Id ids[IDS_MOST])
{
    const char *out = "";
    for (int i = 0; out != NULL; i++) {
        size_t length = part_length(phrase);
        bool more = phrase[length] != '\0' && i < IDS_MOST;
        out = arena_printf(arena, "%s%.*s%.*s", out, (int)length, phrase,
                           more ? (int)ids[i].length : 0, more ? ids[i].text : "");
        if (!more)
            return out;
        phrase += length + 2;
    }
    return out;
}

static const char *phrase_of(const char *english, Id ids[IDS_MOST])
{
    for (size_t i = 0; i < sizeof PHRASES / sizeof *PHRASES; i++)
        if (take_ids(english, PHRASES[i], ids))
            return PHRASES[i];
    return NULL;
}

const char *misfit_phrase(const char *english)
{
    Id ids[IDS_MOST] = {{"", 0}, {"", 0}};
    return phrase_of(english, ids);
}

const char *misfit_spoken(Arena *arena, const char *english)
{
    Id ids[IDS_MOST] = {{"", 0}, {"", 0}};
    const char *phrase = phrase_of(english, ids);
    return phrase == NULL ? english : put_ids(arena, _(phrase), ids);
}
