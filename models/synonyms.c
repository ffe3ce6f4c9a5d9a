/* Synonyms: finding the table or column that people mean. The words themselves are
 * synonym_table.c. An entry of a table stands in place of the entry of any table for that column.
 */
#include "allot/synonyms.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "allot/dictionary.h"
#include "allot/names.h"
#include "allot/near_name.h"
#include "models/synonym_table.h"

enum { FOLDED_SIZE = 128 };

/* ---- folding -------------------------------------------------------------------------------- */

/* Letters that people also write without their mark, in lower case. */
static const struct {
    char marked[3];
    char plain[3];
} MARKED[] = {
    {"ą", "a"}, {"ć", "c"}, {"ę", "e"}, {"ł", "l"}, {"ń", "n"},
    {"ó", "o"}, {"ś", "s"}, {"ź", "z"}, {"ż", "z"}, {"ґ", "г"},
};

/* Bytes of the mark at @p text that says nothing about a name and that name_fold() keeps, 0 when
 * there is none: ASCII punctuation, quotes. */
static size_t mark_length(const char *text)
{
    static const char *const quotes[] = {"«", "»", "“", "”", "„", "‟"};
    if ((unsigned char)*text < 0x80)
        return strchr(".,:;()[]*\"`?!%", *text) != NULL;
    if (*text != '\xC2' && *text != '\xE2') /* the first byte of every quote */
        return 0;
    for (size_t i = 0; i < sizeof quotes / sizeof quotes[0]; i++)
        if (strncmp(text, quotes[i], strlen(quotes[i])) == 0)
            return strlen(quotes[i]);
    return 0;
}

/* The plain letter for the marked one at @p text, or NULL. */
static const char *plain_letter(const char *text)
{
    if ((unsigned char)*text < 0x80)
        return NULL;
    for (size_t m = 0; m < sizeof MARKED / sizeof MARKED[0]; m++)
        if (text[0] == MARKED[m].marked[0] && text[1] == MARKED[m].marked[1])
            return MARKED[m].plain;
    return NULL;
}

void synonym_fold(const char *text, char *out, size_t size)
{
    char folded[FOLDED_SIZE];
    size_t length = 0;

    if (size == 0)
        return;
    name_fold(text, folded, sizeof folded);
    for (const char *at = folded; *at != '\0';) {
        size_t bytes = mark_length(at);
        if (bytes > 0) {
            at += bytes;
            continue;
        }
        const char *plain = plain_letter(at);
        const char *from = plain != NULL ? plain : at;
        size_t letter = plain != NULL ? strlen(plain) : 1;
        if (length + letter >= size)
            break;
        memcpy(out + length, from, letter);
        length += letter;
        at += plain != NULL ? 2 : 1;
    }
    out[length] = '\0';
}

/* ---- looking up ----------------------------------------------------------------------------- */

static bool same(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

/* Copies the name at @p names, which ends at '|', and returns what follows it; NULL at the end. */
static const char *next_name(const char *names, char *out, size_t size)
{
    if (names == NULL || *names == '\0')
        return NULL;
    size_t length = strcspn(names, "|");
    snprintf(out, size, "%.*s", (int)length, names);
    return names + length + (names[length] == '|');
}

static bool is_called(const Synonym *entry, const char *wanted)
{
    char name[FOLDED_SIZE], folded[FOLDED_SIZE];

    for (int l = 0; l < SYNONYM_LANGUAGES; l++) {
        const char *names = entry->names[l];
        while ((names = next_name(names, name, sizeof name)) != NULL) {
            synonym_fold(name, folded, sizeof folded);
            if (strcmp(folded, wanted) == 0)
                return true;
        }
    }
    return false;
}

const Synonym *synonym_of(const char *table, const char *column)
{
    size_t count;
    const Synonym *entries = synonym_entries(&count);

    for (size_t i = 0; i < count; i++)
        if (same(entries[i].column, column) &&
            (same(entries[i].table, table) || (entries[i].table == NULL && column != NULL)))
            return &entries[i];
    return NULL;
}

const char *synonym_column(const char *table, const char *heading)
{
    char wanted[FOLDED_SIZE];
    size_t count;
    const Synonym *entries = synonym_entries(&count);

    synonym_fold(heading, wanted, sizeof wanted);
    if (wanted[0] == '\0')
        return NULL;
    for (size_t i = 0; i < count; i++)
        if (entries[i].column != NULL && is_called(&entries[i], wanted) &&
            synonym_of(table, entries[i].column) == &entries[i])
            return entries[i].column;
    return NULL;
}

const char *synonym_table(const char *name)
{
    char wanted[FOLDED_SIZE];
    size_t count;
    const Synonym *entries = synonym_entries(&count);

    synonym_fold(name, wanted, sizeof wanted);
    if (wanted[0] == '\0')
        return NULL;
    for (size_t i = 0; i < count; i++)
        if (entries[i].column == NULL && is_called(&entries[i], wanted))
            return entries[i].table;
    return NULL;
}

/* Fewest slips between a folded name and what a table is called; -1 when it is far from all. */
static int slips_to_table(const char *wanted, const Synonym *entry)
{
    char name[FOLDED_SIZE], folded[FOLDED_SIZE];
    synonym_fold(entry->table, folded, sizeof folded);
    int least = name_slips(wanted, folded, KNOWN_NAME);

    for (int l = 0; l < SYNONYM_LANGUAGES; l++) {
        const char *names = entry->names[l];
        while ((names = next_name(names, name, sizeof name)) != NULL) {
            synonym_fold(name, folded, sizeof folded);
            int slips = name_slips(wanted, folded, KNOWN_SYNONYM);
            if (slips >= 0 && (least < 0 || slips < least))
                least = slips;
        }
    }
    return least;
}

const char *synonym_near_table(const char *name)
{
    char wanted[FOLDED_SIZE];
    const char *nearest = NULL;
    int least = 0;
    size_t count;
    const Synonym *entries = synonym_entries(&count);

    synonym_fold(name, wanted, sizeof wanted);
    for (size_t i = 0; i < count; i++) {
        if (entries[i].column != NULL || dictionary_find(entries[i].table) == NULL)
            continue;
        int slips = slips_to_table(wanted, &entries[i]);
        if (slips < 0 || (nearest != NULL && slips >= least))
            continue;
        nearest = entries[i].table;
        least = slips;
    }
    return nearest;
}

void synonym_label(const Synonym *synonym, SynonymLanguage language, char *out, size_t size)
{
    const char *names = synonym != NULL ? synonym->names[language] : NULL;
    if (size > 0)
        out[0] = '\0';
    (void)next_name(names, out, size);
}
