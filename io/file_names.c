/* What files are called. Names that a disk may take for one share a key: the name in small letters
 * with its accents apart. Called by the pack, which gives names, and by the reader of answers, which
 * looks for them.
 */
#include "io/file_names.h"

#include <stdbool.h>
#include <string.h>

#include "allot/letter.h"
#include "allot/names.h"
#include "io/utf8.h"

struct FileNames {
    Arena *arena;
    NameSet *keys;
    NameMap *values; /* of keys */
};

FileNames *file_names_new(Arena *arena)
{
    FileNames *names = ARENA_NEW(arena, 1, FileNames);
    if (names == NULL)
        return NULL;
    *names = (FileNames){arena, name_set_new(arena), name_map_new(arena)};
    return names->keys != NULL && names->values != NULL ? names : NULL;
}

/* ---- safe names ------------------------------------------------------------------------------ */

/* What lies between letters in Unicode: controls and Latin-1 signs, punctuation and symbols, CJK
 * punctuation, private use, marks of byte order. */
static bool is_sign(unsigned code)
{
    return code < 0xC0 || (code >= 0x2000 && code <= 0x2BFF) ||
           (code >= 0x3000 && code <= 0x303F) || (code >= 0xE000 && code <= 0xF8FF) ||
           code == 0xFEFF || (code >= 0xFFF0 && code <= 0xFFFF) || code >= 0xE0000;
}

static bool stays(unsigned code)
{
    bool is_plain = (code >= 'A' && code <= 'Z') || (code >= 'a' && code <= 'z') ||
                    (code >= '0' && code <= '9') || code == '.' || code == '_' || code == '-';
    return is_plain || !is_sign(code);
}

/* The id as a name holds it; @p out has room for FILE_ID_BYTES_MAX bytes and the NUL. */
static void write_safe(const char *id, char *out)
{
    size_t used = 0;
    bool replaced = false;
    while (*id != '\0') {
        unsigned code;
        size_t length = letter_read(id, &code);
        bool keeps = stays(code);
        size_t written = keeps ? length : replaced ? 0 : 1;
        if (used + written > FILE_ID_BYTES_MAX)
            break;
        memcpy(out + used, keeps ? id : "_", written);
        used += written;
        replaced = !keeps;
        id += length;
    }
    out[used] = '\0';
}

/* ---- keys ------------------------------------------------------------------------------------ */

/* Small letters that are stored as one sign or as a letter and a mark behind it (Unicode 15,
 * UnicodeData.txt, canonical decompositions). */
typedef struct Accent {
    unsigned mark;
    const char *whole, *bare; /* letter by letter */
} Accent;

static const Accent ACCENTS[] = {
    {0x300, "àèìòùѐѝ", "aeiouеи"},
    {0x301, "áéíóúýćĺńŕśźѓќάέήίόύώ", "aeiouyclnrszгкαεηιουω"},
    {0x302, "âêîôûĉĝĥĵŝŵŷ", "aeioucghjswy"},
    {0x303, "ãñõĩũ", "anoiu"},
    {0x304, "āēīōū", "aeiou"},
    {0x306, "ăĕğĭŏŭйў", "aegiouиу"},
    {0x307, "ċėġż", "cegz"},
    {0x308, "äëïöüÿёїϊϋ", "aeiouyеіιυ"},
    {0x30A, "åů", "au"},
    {0x30B, "őű", "ou"},
    {0x30C, "čďěňřšťž", "cdenrstz"},
    {0x326, "șț", "st"},
    {0x327, "çģķļņŗşţ", "cgklnrst"},
    {0x328, "ąęįų", "aeiu"},
};

/* The letter without its accent, and the mark; the letter itself and 0 where it has none. */
static unsigned take_apart(unsigned code, unsigned *mark)
{
    *mark = 0;
    for (size_t i = 0; code >= 0xC0 && i < sizeof ACCENTS / sizeof ACCENTS[0]; i++) {
        const char *whole = ACCENTS[i].whole, *bare = ACCENTS[i].bare;
        while (*whole != '\0') {
            unsigned letter, base;
            whole += letter_read(whole, &letter);
            bare += letter_read(bare, &base);
            if (letter != code)
                continue;
            *mark = ACCENTS[i].mark;
            return base;
        }
    }
    return code;
}

/* The interned key of a name; NULL without memory. A letter of two bytes becomes four at most. */
static const char *key_of(const FileNames *names, const char *name)
{
    size_t size = strlen(name) + 1, used = 0;
    char *small = ARENA_NEW(names->arena, size, char);
    char *key = ARENA_NEW(names->arena, 2 * size, char);
    if (small == NULL || key == NULL)
        return NULL;
    name_lower(name, small, size);
    for (const char *at = small; *at != '\0';) {
        unsigned code, mark, base;
        size_t length = letter_read(at, &code);
        base = take_apart(code, &mark);
        if (mark == 0) {
            memcpy(key + used, at, length);
            used += length;
        } else {
            used += utf8_write(base, key + used);
            used += utf8_write(mark, key + used);
        }
        at += length;
    }
    return name_intern(names->keys, key, used);
}

/* ---- the names ------------------------------------------------------------------------------- */

const char *file_names_add(FileNames *names, const char *kind, const char *id, int value)
{
    char safe[FILE_ID_BYTES_MAX + 1];
    write_safe(id, safe);
    const char *stem = arena_printf(names->arena, "%s-%s", kind, safe);
    for (int number = 2; stem != NULL; number++) {
        bool added;
        const char *key = key_of(names, stem);
        if (key == NULL || !name_map_add(names->values, key, value, &added))
            return NULL;
        if (added)
            return stem;
        stem = arena_printf(names->arena, "%s-%s-%d", kind, safe, number);
    }
    return NULL;
}

int file_names_find(const FileNames *names, const char *stem)
{
    const char *key = key_of(names, stem);
    return key == NULL ? -2 : name_map_get(names->values, key);
}
