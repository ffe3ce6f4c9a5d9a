/* Windows-1250, 1251 and 1252: asked of iconv, so that what decides and what decodes cannot differ.
 */
#include "io/code_page.h"

#include <iconv.h>
#include <string.h>

#include "io/utf8.h"

enum { ALPHABET_MOST = 20 };

static const char *const NAMES[PAGE_COUNT] = {"Windows-1250", "Windows-1251", "Windows-1252"};
static const char *const OPTIONS[PAGE_COUNT] = {"windows-1250", "windows-1251", "windows-1252"};

/* Letters beyond ASCII of a language, small ones, and how many of a thousand such letters each is:
 * rough, from word lists. A language that has the same bytes in both pages stands in both. */
typedef struct Alphabet {
    const char *letters;
    uint16_t shares[ALPHABET_MOST];
} Alphabet;

#define GERMAN                                                                                     \
    {                                                                                              \
        "üäöß",                                                                                    \
        {                                                                                          \
            400, 330, 180, 90                                                                      \
        }                                                                                          \
    }
#define FINNISH                                                                                    \
    {                                                                                              \
        "äö",                                                                                      \
        {                                                                                          \
            870, 125                                                                               \
        }                                                                                          \
    }
#define ALBANIAN                                                                                   \
    {                                                                                              \
        "ëç",                                                                                      \
        {                                                                                          \
            920, 75                                                                                \
        }                                                                                          \
    }

static const Alphabet CENTRAL[] = {
    GERMAN,
    FINNISH,
    ALBANIAN,
    /* Polish */ {"łąóęśżćńź", {200, 165, 105, 105, 90, 85, 80, 75, 15}},
    /* Czech */
    {"íáéýřěčšžůúňóťď", {200, 200, 110, 90, 85, 85, 75, 70, 50, 25, 8, 6, 4, 3, 2}},
    /* Slovak */
    {"áčýíéúšťžľóňäôďĺŕ", {210, 125, 115, 110, 100, 70, 65, 60, 50, 43, 15, 10, 8, 8, 5, 3, 2}},
    /* Hungarian */ {"áéíóöőüúű", {340, 240, 100, 95, 72, 66, 32, 23, 20}},
    /* Romanian */ {"ăţşîâ", {560, 200, 110, 80, 50}},
    /* Croatian, Bosnian */ {"čšžćđ", {380, 240, 170, 120, 75}},
    /* Slovene */ {"čšž", {470, 370, 150}},
};
static const Alphabet WESTERN[] = {
    GERMAN,
    FINNISH,
    ALBANIAN,
    /* French */
    {"éèàêçôîâûœùïë", {600, 110, 60, 55, 40, 35, 30, 25, 20, 10, 8, 6, 5}},
    /* Spanish */ {"óáíéñúü", {340, 220, 200, 130, 55, 50, 6}},
    /* Portuguese */ {"çãáíéóêõúâôà", {200, 190, 140, 120, 80, 70, 60, 60, 35, 30, 12, 8}},
    /* Italian */ {"àèùòìé", {420, 250, 110, 110, 60, 50}},
    /* Catalan */ {"àóèíòçéúïü", {270, 210, 145, 105, 72, 63, 60, 41, 25, 11}},
    /* Danish */ {"æøåé", {390, 350, 230, 20}},
    /* Norwegian */ {"øåæé", {500, 420, 60, 13}},
    /* Swedish */ {"äåöé", {440, 280, 270, 12}},
    /* Estonian */ {"äüõöšž", {370, 270, 220, 65, 10, 5}},
    /* Icelandic */ {"íðáóúöæþéý", {230, 190, 160, 110, 80, 80, 70, 60, 40, 30}},
    /* Dutch */ {"ëéïèöüóê", {420, 250, 120, 60, 40, 40, 20, 10}},
};
static const char LOOKALIKES[] = "АВЕКМНОРСТУХІЈЅЇЁаекорсухіјѕїё";
static const char VOWELS[] = "АЕИІОУЇЄЮЯЫЭЁаеиіоуїєюяыэё";

bool code_pages_load(CodePages *pages)
{
    memset(pages, 0, sizeof *pages);
    for (int p = 0; p < PAGE_COUNT; p++) {
        iconv_t opened = iconv_open("UTF-32LE", NAMES[p]);
        if ((intptr_t)opened == -1)
            return false;
        for (int b = FIRST_HIGH; b < BYTE_COUNT; b++) {
            char byte = (char)b, *in = &byte;
            unsigned char four[4];
            char *out = (char *)four;
            size_t in_left = 1, out_left = sizeof four;
            if (iconv(opened, &in, &in_left, &out, &out_left) == (size_t)-1 || out_left != 0)
                continue;
            uint32_t letter = (uint32_t)four[0] | (uint32_t)four[1] << 8 | (uint32_t)four[2] << 16;
            pages->letter[p][b] = letter;
            pages->in_words[b] |= is_latin(letter) || is_cyrillic(letter);
        }
        iconv_close(opened);
    }
    return true;
}

const char *code_page_name(CodePage page)
{
    return NAMES[page];
}

const char *code_page_option(CodePage page)
{
    return OPTIONS[page];
}

/* ---- letters -------------------------------------------------------------------------------- */

static bool text_has(const char *text, uint32_t letter)
{
    char bytes[UTF8_LETTER_BYTES_MAX + 1];
    bytes[utf8_write(letter, bytes)] = '\0';
    return strstr(text, bytes) != NULL;
}

bool is_latin(uint32_t letter)
{
    return letter >= 0xC0 && letter <= 0x24F && letter != 0xD7 && letter != 0xF7;
}

/* Small letter of a Latin one beyond ASCII. */
static uint32_t to_small(uint32_t letter)
{
    bool odd = (letter & 1) != 0;
    if (letter >= 0xC0 && letter <= 0xDE)
        return letter + 0x20;
    if (letter == 0x178)
        return 0xFF;
    if (letter < 0x100 || letter > 0x17E)
        return letter;
    bool odd_is_capital = (letter >= 0x139 && letter <= 0x148) || letter >= 0x179;
    return odd == odd_is_capital ? letter + 1 : letter;
}

bool is_latin_capital(uint32_t letter)
{
    return is_latin(letter) && to_small(letter) != letter;
}

bool is_cyrillic(uint32_t letter)
{
    return letter >= 0x400 && letter <= 0x4FF;
}

bool is_cyrillic_capital(uint32_t letter)
{
    return (letter >= 0x400 && letter <= 0x42F) || letter == 0x490;
}

bool is_cyrillic_vowel(uint32_t letter)
{
    return is_cyrillic(letter) && text_has(VOWELS, letter);
}

bool is_lookalike(uint32_t letter)
{
    return is_cyrillic(letter) && text_has(LOOKALIKES, letter);
}

bool is_bare_accent(uint32_t letter)
{
    return (letter >= 0x2C6 && letter <= 0x2DD) || letter == 0xAF;
}

/* ---- alphabets ------------------------------------------------------------------------------ */

size_t alphabet_count(CodePage page)
{
    switch (page) {
    case PAGE_1250: return sizeof CENTRAL / sizeof CENTRAL[0];
    case PAGE_1252: return sizeof WESTERN / sizeof WESTERN[0];
    case PAGE_1251:
    case PAGE_COUNT: break;
    }
    return 0;
}

unsigned alphabet_share(CodePage page, size_t language, uint32_t letter)
{
    const Alphabet *alphabet = page == PAGE_1250 ? &CENTRAL[language] : &WESTERN[language];
    char small[UTF8_LETTER_BYTES_MAX + 1];
    small[utf8_write(to_small(letter), small)] = '\0';
    const char *at = strstr(alphabet->letters, small);
    /* every letter of the alphabets is two bytes long */
    return at != NULL ? alphabet->shares[(at - alphabet->letters) / 2] : 0;
}
