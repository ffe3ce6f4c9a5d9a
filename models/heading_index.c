/* The names of a table's columns as three maps, asked in the order of dictionary_column(): canonical
 * names, synonyms, canonical names without their marks; and as one list for slips of the finger.
 */
#include "allot/heading_index.h"
#include "allot/language.h"

#include <string.h>

#include "allot/names.h"
#include "allot/near_name.h"
#include "allot/synonyms.h"
#include "models/synonym_table.h"

enum { FOLDED_SIZE = 128, NO_COLUMN = -1 };

/* A name that people may have meant. */
typedef struct KnownName {
    const char *folded; /* synonym_fold() */
    const char *shown;
    int column;
    KnownAs as;
    struct KnownName *next;
} KnownName;

struct HeadingIndex {
    Arena *arena;
    KnownName *known; /* canonical names, then synonyms */
    KnownName **last;
    NameSet *names;
    NameMap *canonical; /* name_fold() of the canonical names */
    NameMap *synonyms;  /* synonym_fold() of the synonyms */
    NameMap *unmarked;  /* synonym_fold() of the canonical names */
};

static bool add(const HeadingIndex *index, NameMap *map, const char *folded, size_t column)
{
    bool added; /* the first of equal names stands */
    const char *name = name_intern(index->names, folded, strlen(folded));
    return name != NULL && name_map_add(map, name, (int)column, &added);
}

/* Puts a name at the end of the list. */
static bool add_known(HeadingIndex *index, const char *folded, const char *shown, size_t column,
                      KnownAs as)
{
    KnownName *known = ARENA_NEW(index->arena, 1, KnownName);
    if (known == NULL)
        return false;
    *known = (KnownName){.folded = name_intern(index->names, folded, strlen(folded)),
                         .shown = name_intern(index->names, shown, strlen(shown)),
                         .column = (int)column,
                         .as = as};
    *index->last = known;
    index->last = &known->next;
    return known->folded != NULL && known->shown != NULL;
}

static bool add_canonical(HeadingIndex *index, const TableSpec *table)
{
    for (size_t c = 0; c < table->column_count; c++) {
        char folded[FOLDED_SIZE];
        name_fold(table->columns[c].name, folded, sizeof folded);
        if (!add(index, index->canonical, folded, c))
            return false;
        synonym_fold(table->columns[c].name, folded, sizeof folded);
        if (!add(index, index->unmarked, folded, c) ||
            !add_known(index, folded, table->columns[c].name, c, KNOWN_NAME))
            return false;
    }
    return true;
}

static bool add_names(HeadingIndex *index, const char *names, size_t column)
{
    while (names != NULL && *names != '\0') {
        char name[FOLDED_SIZE], folded[FOLDED_SIZE];
        size_t length = strcspn(names, "|");
        size_t kept = length < sizeof name ? length : sizeof name - 1;
        memcpy(name, names, kept);
        name[kept] = '\0';
        synonym_fold(name, folded, sizeof folded);
        if (!add(index, index->synonyms, folded, column) ||
            !add_known(index, folded, name, column, KNOWN_SYNONYM))
            return false;
        names += length + (names[length] == '|');
    }
    return true;
}

static int column_named(const TableSpec *table, const char *name)
{
    for (size_t c = 0; c < table->column_count; c++)
        if (strcmp(table->columns[c].name, name) == 0)
            return (int)c;
    return NO_COLUMN;
}

/* An entry of the table stands in place of the one of any table, which comes later. */
static bool add_synonyms(HeadingIndex *index, const TableSpec *table, bool *done)
{
    size_t count;
    const Synonym *entries = synonym_entries(&count);
    for (size_t i = 0; i < count; i++) {
        const Synonym *entry = &entries[i];
        if (entry->column == NULL ||
            (entry->table != NULL && strcmp(entry->table, table->name) != 0))
            continue;
        int column = column_named(table, entry->column);
        if (column < 0 || done[column])
            continue;
        done[column] = true;
        for (int l = 0; l < SYNONYM_LANGUAGES; l++)
            if (!add_names(index, entry->names[l], (size_t)column))
                return false;
    }
    return true;
}

HeadingIndex *heading_index_new(const TableSpec *table, Arena *arena)
{
    HeadingIndex *index = ARENA_NEW(arena, 1, HeadingIndex);
    bool *done = ARENA_NEW(arena, table->column_count, bool);
    if (index == NULL || done == NULL)
        return NULL;
    index->arena = arena;
    index->last = &index->known;
    index->names = name_set_new(arena);
    index->canonical = name_map_new(arena);
    index->synonyms = name_map_new(arena);
    index->unmarked = name_map_new(arena);
    if (index->names == NULL || index->canonical == NULL || index->synonyms == NULL ||
        index->unmarked == NULL)
        return NULL;
    return add_canonical(index, table) && add_synonyms(index, table, done) ? index : NULL;
}

static int find(const HeadingIndex *index, const NameMap *map, const char *folded)
{
    const char *name = name_find(index->names, folded);
    return name != NULL ? name_map_get(map, name) : NO_COLUMN;
}

int heading_index_column(const HeadingIndex *index, const char *text)
{
    char folded[FOLDED_SIZE];
    name_fold(text, folded, sizeof folded);
    int column = find(index, index->canonical, folded);
    if (column >= 0)
        return column;
    synonym_fold(text, folded, sizeof folded);
    if (folded[0] == '\0')
        return NO_COLUMN;
    column = find(index, index->synonyms, folded);
    return column >= 0 ? column : find(index, index->unmarked, folded);
}

static int look_up(const void *context, const char *text)
{
    return heading_index_column(context, text);
}

int heading_index_find(const HeadingIndex *index, const char *heading, const char **remark)
{
    return dictionary_heading(look_up, index, heading, remark);
}

int heading_index_near(const HeadingIndex *index, const char *heading, const char **name)
{
    char folded[FOLDED_SIZE];
    int column = NO_COLUMN, least = 0;

    synonym_fold(heading, folded, sizeof folded);
    for (const KnownName *known = index->known; known != NULL; known = known->next) {
        int slips = name_slips(folded, known->folded, known->as);
        if (slips < 0 || (column >= 0 && slips >= least))
            continue;
        column = known->column;
        least = slips;
        *name = known->shown;
    }
    return column;
}

bool heading_index_speak(HeadingIndex *index, const char *english)
{
    const char *remark; /* "Bound (no plan can do better)" is the bound */
    int column = heading_index_find(index, english, &remark);
    for (int l = 0; l < LANGUAGE_COUNT && column >= 0; l++) {
        const char *heading = language_text_in((Language)l, english);
        char folded[FOLDED_SIZE];
        synonym_fold(heading, folded, sizeof folded);
        if (!add(index, index->synonyms, folded, (size_t)column) ||
            !add_known(index, folded, heading, (size_t)column, KNOWN_SYNONYM))
            return false;
    }
    return true;
}
