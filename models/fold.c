/* Folding: texts that people take for the same get one form. Lower case for the letters of the
 * languages that rounds are written in, without the C library's locale.
 *
 * Called wherever headings, words of a vocabulary and keys are compared. Owns the table below.
 */
#include "allot/names.h"

#include "allot/letter.h"

#include <string.h>

/* Capitals from first to last, every so many; shift leads to the small letter (Unicode 15,
 * UnicodeData.txt, simple lower case). */
typedef struct Capitals {
    unsigned first, last;
    unsigned every;
    int shift;
} Capitals;

static const Capitals CAPITALS[] = {
    {0xC0, 0xD6, 1, 32},  /* Latin-1; U+00D7 is the sign of multiplication */
    {0xD8, 0xDE, 1, 32},  /**/
    {0x100, 0x12E, 2, 1}, /* Latin Extended-A: small letters stand behind their capitals */
    {0x132, 0x136, 2, 1}, /* (U+0130 is Turkish) */
    {0x139, 0x147, 2, 1}, /* U+0138 has no capital, here they change places */
    {0x14A, 0x176, 2, 1}, /**/
    {0x178, 0x178, 1, -121}, {0x179, 0x17D, 2, 1}, /**/
    {0x218, 0x21A, 2, 1},                          /* Romanian, comma below */
    {0x386, 0x386, 1, 38},                         /* Greek, with a tonos */
    {0x388, 0x38A, 1, 37},   {0x38C, 0x38C, 1, 64}, {0x38E, 0x38F, 1, 63}, /**/
    {0x391, 0x3A1, 1, 32},   {0x3A3, 0x3AB, 1, 32},                        /**/
    {0x400, 0x40F, 1, 80}, /* Cyrillic: Ukrainian and Serbian letters among them */
    {0x410, 0x42F, 1, 32}, /**/
    {0x460, 0x480, 2, 1},  /**/
    {0x48A, 0x4BE, 2, 1},  /* Ukrainian U+0490 */
    {0x4C0, 0x4C0, 1, 15}, /**/
    {0x4C1, 0x4CD, 2, 1},  /**/
    {0x4D0, 0x52E, 2, 1},
};

static unsigned small_letter(unsigned code)
{
    if (code < 0x80) /* most letters by far */
        return code >= 'A' && code <= 'Z' ? code + 32 : code;
    for (size_t i = 0; i < sizeof CAPITALS / sizeof CAPITALS[0]; i++) {
        const Capitals *range = &CAPITALS[i];
        if (code < range->first)
            return code;
        if (code <= range->last && (code - range->first) % range->every == 0)
            return (unsigned)((int)code + range->shift);
    }
    return code;
}

/* Blanks, '_', hyphens, dashes and apostrophes: headings copied from spreadsheets and letters come
 * with line breaks, with blanks and hyphens that do not or may break, and with typographic signs. */
static bool is_filler(unsigned code)
{
    if (code < 0x80)
        return code == ' ' || code == '_' || code == '-' || code == '\'' || code == '\t' ||
               code == '\r' || code == '\n';
    return code == 0xA0 || code == 0xAD || code == 0x2BC || (code >= 0x2000 && code <= 0x200B) ||
           (code >= 0x2010 && code <= 0x2014) || code == 0x2018 || code == 0x2019 ||
           code == 0x202F || code == 0xFEFF;
}

static void fold(const char *text, bool keep_fillers, char *out, size_t size)
{
    size_t used = 0;

    if (size == 0)
        return;
    while (*text != '\0') {
        char letter[LETTER_SIZE];
        unsigned code;
        size_t length = letter_read(text, &code), small_length = length;
        unsigned small = small_letter(code);
        const char *from = text;

        text += length;
        if (!keep_fillers && is_filler(code))
            continue;
        if (small != code) {
            small_length = letter_write(small, letter);
            from = letter;
        }
        if (used + small_length >= size) /* whole characters only */
            break;
        memcpy(out + used, from, small_length);
        used += small_length;
    }
    out[used] = '\0';
}

void name_fold(const char *text, char *out, size_t size)
{
    fold(text, false, out, size);
}

void name_lower(const char *text, char *out, size_t size)
{
    fold(text, true, out, size);
}
