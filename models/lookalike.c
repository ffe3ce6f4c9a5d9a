/* Letters that look like those of another alphabet. A keyboard switched to Ukrainian or Greek types
 * them without anybody seeing it, and "A-1" is then two ids.
 *
 * Only letters that are drawn alike in print are here: of the capitals most, of the small letters
 * few (a Cyrillic small "en" is no Latin letter). Letters with dots on them are left out: who types
 * a Ukrainian "yi" means it. Called by the typing of cells and by what is said about unknown names.
 */
#include "allot/lookalike.h"
#include "allot/language.h"

#include "allot/letter.h"

#include <string.h>

typedef struct Alike {
    unsigned code;
    char latin;
} Alike;

/* By code, after Unicode's confusables.txt (UTS 39). */
static const Alike ALIKE[] = {
    /* Greek */
    {0x391, 'A'},
    {0x392, 'B'},
    {0x395, 'E'},
    {0x396, 'Z'},
    {0x397, 'H'},
    {0x399, 'I'},
    {0x39A, 'K'},
    {0x39C, 'M'},
    {0x39D, 'N'},
    {0x39F, 'O'},
    {0x3A1, 'P'},
    {0x3A4, 'T'},
    {0x3A5, 'Y'},
    {0x3A7, 'X'},
    {0x3BD, 'v'},
    {0x3BF, 'o'},
    /* Cyrillic capitals */
    {0x405, 'S'},
    {0x406, 'I'},
    {0x408, 'J'},
    {0x410, 'A'},
    {0x412, 'B'},
    {0x415, 'E'},
    {0x41A, 'K'},
    {0x41C, 'M'},
    {0x41D, 'H'},
    {0x41E, 'O'},
    {0x420, 'P'},
    {0x421, 'C'},
    {0x422, 'T'},
    {0x423, 'Y'},
    {0x425, 'X'},
    /* Cyrillic small letters */
    {0x430, 'a'},
    {0x435, 'e'},
    {0x43E, 'o'},
    {0x440, 'p'},
    {0x441, 'c'},
    {0x443, 'y'},
    {0x445, 'x'},
    {0x455, 's'},
    {0x456, 'i'},
    {0x458, 'j'},
    /* letters of other languages in Cyrillic */
    {0x4AE, 'Y'},
    {0x4BB, 'h'},
    {0x4C0, 'I'},
    {0x4CF, 'l'},
    {0x501, 'd'},
    {0x51A, 'Q'},
    {0x51B, 'q'},
    {0x51C, 'W'},
    {0x51D, 'w'},
};

static bool is_greek(unsigned code)
{
    return code >= 0x370 && code <= 0x3FF;
}

static bool is_cyrillic(unsigned code)
{
    return code >= 0x400 && code <= 0x52F;
}

static bool is_latin(unsigned code)
{
    return (code >= 'A' && code <= 'Z') || (code >= 'a' && code <= 'z') ||
           (code >= 0xC0 && code <= 0x24F && code != 0xD7 && code != 0xF7);
}

/* The Latin letter that this one looks like, or 0. */
static char latin_of(unsigned code)
{
    for (size_t i = 0; i < sizeof ALIKE / sizeof ALIKE[0]; i++)
        if (ALIKE[i].code == code)
            return ALIKE[i].latin;
    return 0;
}

/* How many characters of a text are what. */
typedef struct Letters {
    size_t latin; /* digits too: ids hold them */
    size_t alike;
    size_t unlike; /* Cyrillic or Greek, and like no Latin letter */
} Letters;

static Letters count_letters(const char *text)
{
    Letters count = {0, 0, 0};
    while (*text != '\0') {
        unsigned code;
        text += letter_read(text, &code);
        if (is_latin(code) || (code >= '0' && code <= '9'))
            count.latin++;
        else if (is_greek(code) || is_cyrillic(code))
            *(latin_of(code) != 0 ? &count.alike : &count.unlike) += 1;
    }
    return count;
}

static void write_twin(const char *text, char *twin, size_t size)
{
    size_t used = 0;
    while (*text != '\0') {
        unsigned code;
        size_t length = letter_read(text, &code);
        char latin = latin_of(code);
        size_t written = latin != 0 ? 1 : length;
        if (used + written >= size) /* whole characters only */
            break;
        memcpy(twin + used, latin != 0 ? &latin : text, written);
        used += written;
        text += length;
    }
    if (size > 0)
        twin[used] = '\0';
}

Script lookalike_twin(const char *text, char *twin, size_t size)
{
    Letters count = count_letters(text);
    if (count.alike == 0 || count.unlike > 0)
        return SCRIPT_PLAIN;
    write_twin(text, twin, size);
    return count.latin > 0 ? SCRIPT_MIXED : SCRIPT_DOUBLE;
}

const char *lookalike_alphabet(const char *text)
{
    const char *found = "";
    while (*text != '\0') {
        unsigned code;
        text += letter_read(text, &code);
        if (latin_of(code) == 0)
            continue;
        if (is_cyrillic(code))
            return N_("Cyrillic");
        found = N_("Greek");
    }
    return found;
}

/* The next character, as its Latin twin where it has one. */
static unsigned next_as_latin(const char **text)
{
    unsigned code;
    size_t length = letter_read(*text, &code);
    char latin = latin_of(code);
    if (code == 0) /* no character: the byte itself, beyond all characters */
        code = 0x110000u + (unsigned char)**text;
    *text += length;
    return latin != 0 ? (unsigned char)latin : code;
}

bool lookalike_same(const char *a, const char *b)
{
    while (*a != '\0' && *b != '\0')
        if (next_as_latin(&a) != next_as_latin(&b))
            return false;
    return *a == *b;
}
