/* Decides a file's encoding by what its scan has seen (encoding_scan.c).
 *
 * Between Windows-1250 and 1252: each page is read as the language that fits it best, and what the
 * letters cost there is added up in bits, -log2 of their share in that language's words. A page wins
 * when it is DECISIVE_BITS cheaper than the other, one to millions, and few of its letters are
 * foreign to the language. Nothing is decided by a difference that is smaller.
 */
#include "io/encoding_internal.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "allot/language.h"

enum {
    COST_ONE_BIT = 100,  /* costs are in hundredths of a bit */
    COST_FOREIGN = 1000, /* a letter that the language has not */
    COST_SIGN_EDGE =
        500, /* a sign that touches a letter, or stands alone: a square metre is usual */
    COST_SIGN_INSIDE = 1300,    /* a sign between two letters */
    COST_CAPITAL_INSIDE = 1000, /* a capital behind a small letter, on top of what it costs */
    COST_ACCENT = 1600,         /* an accent without a letter */
    DECISIVE_BITS = 23,
    FOREIGN_ONE_IN = 20,    /* letters of the page that wins */
    CYRILLIC_LETTERS = 8,   /* in words of Cyrillic letters alone, at least */
    CYRILLIC_TIMES = 5,     /* words of the one kind to one of the other */
    CYRILLIC_VOWELS = 3,    /* of so many letters one is a vowel, at least */
    CYRILLIC_ODD = 10,      /* of so many words at most one has a capital inside */
    MIXED_WORDS = 3,        /* with look-alikes only: so many are no accident */
    ODD_ONE_IN = 20,        /* words: with more signs or capitals inside, no page fits */
    DAMAGED_ONE_IN = 3,     /* wrong bytes: with more good letters it is no page's text */
    WIDE_UNITS = 2,         /* bytes */
    WIDE_ODD_ONE_IN = 32,   /* units of UTF-16 that are no letter of ours */
    WIDE_ASCII_ONE_IN = 12, /* units of UTF-16 that are ASCII, at least */
    EURO = 0x80,
    POUND = 0xA3
};

static Encoding found_as(EncodingFound found, const char *name)
{
    return (Encoding){.found = found, .name = name, .reason = ""};
}

/* Keeps the reason; @p text is NULL without memory. */
static Status set_reason(Encoding *out, EncodingFound found, int line, const char *text)
{
    *out = (Encoding){.found = found, .name = "", .reason = text, .line = line};
    return text != NULL ? STATUS_OK : STATUS_NO_MEMORY;
}

/* ---- marks and NUL bytes -------------------------------------------------------------------- */

static bool find_mark(const EncodingScan *scan, Encoding *out)
{
    static const struct {
        const char *mark;
        size_t length;
        const char *name;
    } marks[] = {
        {"\xFF\xFE\0\0", 4, "UTF-32LE"}, {"\0\0\xFE\xFF", 4, "UTF-32BE"},
        {"\xEF\xBB\xBF", 3, "UTF-8"},    {"\xFF\xFE", 2, "UTF-16LE"},
        {"\xFE\xFF", 2, "UTF-16BE"},
    };
    for (size_t m = 0; m < sizeof marks / sizeof marks[0]; m++) {
        bool long_enough = scan->head_size >= marks[m].length;
        if (long_enough && memcmp(scan->head, marks[m].mark, marks[m].length) == 0) {
            *out = found_as(ENCODING_MARKED, marks[m].name);
            out->mark_bytes = marks[m].length;
            return true;
        }
    }
    return false;
}

/* A letter or sign of the texts we know, as opposed to two bytes that met by chance. */
static bool is_usual(uint32_t letter)
{
    return letter == '\t' || letter == '\n' || letter == '\r' ||
           (letter >= 0x20 && letter < 0x7F) || (letter >= 0xA0 && letter < 0x590) ||
           (letter >= 0x1E00 && letter < 0x2300) || letter == 0xFEFF;
}

/* True when the head makes sense in units of @p width bytes. */
static bool is_wide(const EncodingScan *scan, size_t width, bool big_endian)
{
    size_t units = scan->head_size / width, usual = 0, ascii = 0;
    if (units == 0 || scan->size % width != 0)
        return false;
    for (size_t u = 0; u < units; u++) {
        uint32_t letter = 0;
        for (size_t i = 0; i < width; i++)
            letter = letter << 8 | scan->head[u * width + (big_endian ? i : width - 1 - i)];
        usual += is_usual(letter);
        ascii += letter < 0x7F && is_usual(letter);
    }
    return (units - usual) * WIDE_ODD_ONE_IN <= units && ascii * WIDE_ASCII_ONE_IN >= units;
}

static bool find_wide(const EncodingScan *scan, Encoding *out)
{
    const char *name = NULL;
    if (is_wide(scan, 2 * WIDE_UNITS, false))
        name = "UTF-32LE";
    else if (is_wide(scan, 2 * WIDE_UNITS, true))
        name = "UTF-32BE";
    else if (is_wide(scan, WIDE_UNITS, false))
        name = "UTF-16LE";
    else if (is_wide(scan, WIDE_UNITS, true))
        name = "UTF-16BE";
    if (name != NULL)
        *out = found_as(ENCODING_DETECTED, name);
    return name != NULL;
}

/* True when the name is one of an encoding whose texts hold NUL bytes. */
static bool has_nul_bytes(const char *name)
{
    return strncasecmp(name, "UTF-16", 6) == 0 || strncasecmp(name, "UTF-32", 6) == 0 ||
           strncasecmp(name, "UTF16", 5) == 0 || strncasecmp(name, "UTF32", 5) == 0 ||
           strncasecmp(name, "UCS", 3) == 0;
}

/* ---- what speaks for the pages -------------------------------------------------------------- */

/* What a Latin page costs, read as the language that fits it best. */
typedef struct PageCost {
    uint64_t cost;
    uint64_t foreign; /* letters and signs that do not belong there */
} PageCost;

typedef struct Evidence {
    bool fits[PAGE_COUNT];     /* every byte means something */
    PageCost page[PAGE_COUNT]; /* of the Latin ones */
    uint64_t letters;          /* bytes of different words, beyond ASCII */
    bool cyrillic;             /* clearly */
    bool latin;                /* clearly */
} Evidence;

static uint64_t occurrences(const BytePlaces *places)
{
    return (uint64_t)places->inside + places->edge + places->alone;
}

/* -log2 of a share in thousandths, in hundredths of a bit; straight between the powers of two. */
static unsigned cost_of_share(unsigned share)
{
    unsigned cost = 0;
    for (; 2 * share <= 1000; share *= 2)
        cost += COST_ONE_BIT;
    return cost + (1000 - share) / 5;
}

static void add_byte(const BytePlaces *places, uint32_t letter, CodePage page, size_t language,
                     PageCost *sum)
{
    uint64_t all = occurrences(places);
    unsigned share = is_latin(letter) ? alphabet_share(page, language, letter) : 0;
    if (is_latin_capital(letter)) {
        sum->cost += (uint64_t)places->behind_small * COST_CAPITAL_INSIDE;
        sum->foreign += places->behind_small;
    }
    if (share > 0) {
        sum->cost += all * cost_of_share(share);
    } else if (is_latin(letter)) {
        sum->cost += all * COST_FOREIGN;
        sum->foreign += all;
    } else if (is_bare_accent(letter)) {
        sum->cost += all * COST_ACCENT;
        sum->foreign += all;
    } else {
        sum->cost += places->inside * COST_SIGN_INSIDE;
        sum->cost += (all - places->inside) * COST_SIGN_EDGE;
        sum->foreign += places->inside;
    }
}

static PageCost cost_of_page(const EncodingScan *scan, CodePage page)
{
    PageCost least = {.cost = UINT64_MAX};
    for (size_t l = 0; l < alphabet_count(page); l++) {
        PageCost sum = {.cost = 0};
        for (int b = FIRST_HIGH; b < BYTE_COUNT; b++)
            if (occurrences(&scan->places[b]) > 0)
                add_byte(&scan->places[b], scan->pages.letter[page][b], page, l, &sum);
        if (sum.cost < least.cost)
            least = sum;
    }
    return least;
}

static Evidence gather(const EncodingScan *scan)
{
    Evidence evidence = {.letters = 0};
    for (int p = 0; p < PAGE_COUNT; p++) {
        evidence.fits[p] = true;
        for (int b = FIRST_HIGH; b < BYTE_COUNT; b++)
            evidence.fits[p] &= !scan->used[b] || scan->pages.letter[p][b] != 0;
        evidence.page[p] = cost_of_page(scan, (CodePage)p);
    }
    for (int b = FIRST_HIGH; b < BYTE_COUNT; b++)
        evidence.letters += occurrences(&scan->places[b]);
    evidence.cyrillic = scan->letters >= CYRILLIC_LETTERS &&
                        scan->vowels * CYRILLIC_VOWELS >= scan->letters &&
                        scan->cyrillic_odd * CYRILLIC_ODD <= scan->cyrillic &&
                        scan->mixed * CYRILLIC_TIMES <= scan->cyrillic;
    evidence.latin = scan->cyrillic * CYRILLIC_TIMES <= scan->mixed &&
                     (scan->mixed_sure > 0 || (scan->mixed >= MIXED_WORDS && scan->cyrillic == 0));
    return evidence;
}

/* True when the byte is a currency sign: it never touches a letter, and a pound has its figure. */
static bool is_currency(const EncodingScan *scan, int byte)
{
    bool apart = scan->places[byte].inside == 0 && scan->places[byte].edge == 0;
    return apart && (byte == EURO || (byte == POUND && !scan->pound_loose));
}

/* True when all bytes mean the same in both pages, or are currency signs. */
static bool agree(const EncodingScan *scan, CodePage one, CodePage other)
{
    for (int b = FIRST_HIGH; b < BYTE_COUNT; b++) {
        bool same = scan->pages.letter[one][b] == scan->pages.letter[other][b];
        if (scan->used[b] && !same && !is_currency(scan, b))
            return false;
    }
    return true;
}

static bool is_plausible(const Evidence *evidence, CodePage page)
{
    return evidence->page[page].foreign * FOREIGN_ONE_IN <= evidence->letters;
}

/* True when the letters decide for the one page. */
static bool is_clear(const Evidence *evidence, CodePage one, CodePage other)
{
    uint64_t needed = evidence->page[one].cost + DECISIVE_BITS * COST_ONE_BIT;
    return evidence->page[other].cost >= needed && is_plausible(evidence, one);
}

/* Which of the Latin pages, or PAGE_COUNT. */
static CodePage choose_latin(const EncodingScan *scan, const Evidence *evidence)
{
    bool central = evidence->fits[PAGE_1250], western = evidence->fits[PAGE_1252];
    if (central && western && agree(scan, PAGE_1250, PAGE_1252))
        return PAGE_1252;
    if (is_clear(evidence, PAGE_1250, PAGE_1252))
        return central ? PAGE_1250 : PAGE_COUNT;
    if (is_clear(evidence, PAGE_1252, PAGE_1250))
        return western ? PAGE_1252 : PAGE_COUNT;
    if (central == western)
        return PAGE_COUNT;
    CodePage left = central ? PAGE_1250 : PAGE_1252;
    return is_plausible(evidence, left) ? left : PAGE_COUNT;
}

/* True when the words are none in any of the pages: with signs inside, or capitals behind small
 * letters. */
static bool is_gibberish(const EncodingScan *scan)
{
    uint32_t odd = scan->signs_in_words;
    for (int b = FIRST_HIGH; b < BYTE_COUNT; b++) {
        bool capital = is_latin_capital(scan->pages.letter[PAGE_1250][b]) &&
                       is_latin_capital(scan->pages.letter[PAGE_1252][b]);
        odd += capital ? scan->places[b].behind_small : 0;
    }
    return odd > 0 && odd * ODD_ONE_IN >= scan->words;
}

/* Which page, or PAGE_COUNT when that is in doubt. */
static CodePage choose_page(const EncodingScan *scan, const Evidence *evidence)
{
    bool signs_only = evidence->fits[PAGE_1252] && agree(scan, PAGE_1252, PAGE_1251) &&
                      agree(scan, PAGE_1252, PAGE_1250);
    if (is_gibberish(scan))
        return PAGE_COUNT;
    if (signs_only)
        return PAGE_1252;
    if (evidence->cyrillic)
        return evidence->fits[PAGE_1251] ? PAGE_1251 : PAGE_COUNT;
    return evidence->latin ? choose_latin(scan, evidence) : PAGE_COUNT;
}

/* ---- doubt ---------------------------------------------------------------------------------- */

static const char *sample_text(const EncodingScan *scan, const WordSample *sample, CodePage page,
                               Arena *scratch)
{
    char text[WORD_BYTES * UTF8_LETTER_BYTES_MAX];
    size_t length = 0;
    for (size_t i = 0; i < sample->length; i++) {
        unsigned char byte = sample->bytes[i];
        uint32_t letter = byte < FIRST_HIGH ? byte : scan->pages.letter[page][byte];
        length += utf8_write(letter != 0 ? letter : '?', text + length);
    }
    return arena_text(scratch, text, length);
}

/* "'a' as Windows-1250, 'b' as Windows-1252" with the options to type behind it. */
static const char *describe(const EncodingScan *scan, const WordSample *sample,
                            const bool candidate[PAGE_COUNT], Arena *scratch)
{
    const char *readings = "", *options = "";
    for (int p = 0; p < PAGE_COUNT; p++) {
        const char *text = sample_text(scan, sample, (CodePage)p, scratch);
        if (text == NULL)
            return NULL;
        if (!candidate[p])
            continue;
        bool first = readings[0] == '\0';
        readings = arena_printf(scratch, _("%s%s'%s' as %s"), readings, first ? "" : ", ", text,
                                code_page_name((CodePage)p));
        options = arena_printf(scratch, _("%s%s--encoding %s"), options, first ? "" : _(" or "),
                               code_page_option((CodePage)p));
        if (readings == NULL || options == NULL)
            return NULL;
    }
    return arena_printf(
        scratch,
        _("the letters do not tell the encoding; a word reads %s: say which is right with %s"),
        readings, options);
}

static Status set_doubtful(const EncodingScan *scan, const Evidence *evidence, Arena *scratch,
                           Encoding *out)
{
    bool candidate[PAGE_COUNT];
    bool latin = evidence->fits[PAGE_1250] && evidence->fits[PAGE_1252];
    const WordSample *sample = &scan->any_sample;
    size_t count = 0;
    for (int p = 0; p < PAGE_COUNT; p++) {
        candidate[p] = evidence->fits[p] && !(p == PAGE_1251 && evidence->latin) &&
                       !(p != PAGE_1251 && evidence->cyrillic);
        count += candidate[p];
    }
    if (latin && scan->latin_sample.length > 0)
        sample = &scan->latin_sample;
    if (count == 0 || sample->length == 0 || is_gibberish(scan))
        return set_reason(out, ENCODING_DOUBTFUL, scan->bad_line,
                          _("it is not UTF-8, and its letters make no words in Windows-1250, 1251 "
                            "or 1252; name its encoding with --encoding"));
    return set_reason(out, ENCODING_DOUBTFUL, sample->line,
                      describe(scan, sample, candidate, scratch));
}

/* Many good letters and few wrong bytes: no page's text looks so. */
static bool is_damaged_utf8(const EncodingScan *scan)
{
    const Utf8Check *utf8 = &scan->utf8;
    return utf8->good_before >= PLAIN_LETTERS ||
           utf8->good_count * DAMAGED_ONE_IN > utf8->bad_count;
}

static Status set_damaged(const EncodingScan *scan, Arena *scratch, Encoding *out)
{
    const char *text =
        arena_printf(scratch,
                     _("byte 0x%02X at offset %llu is not UTF-8, as other letters of the file are; "
                       "retype the cell, or save the table as CSV again"),
                     scan->utf8.bad_byte, (unsigned long long)scan->utf8.bad_offset);
    return set_reason(out, ENCODING_DOUBTFUL, scan->bad_line, text);
}

/* ---- all ------------------------------------------------------------------------------------ */

static Status decide_page(const EncodingScan *scan, Arena *scratch, Encoding *out)
{
    if (!scan->has_pages)
        return set_reason(out, ENCODING_DOUBTFUL, scan->bad_line,
                          _("it is not UTF-8, and this machine's C library lacks the Windows code "
                            "pages; save the table as CSV UTF-8"));
    Evidence evidence = gather(scan);
    CodePage page = choose_page(scan, &evidence);
    if (page == PAGE_COUNT)
        return set_doubtful(scan, &evidence, scratch, out);
    *out = found_as(ENCODING_LETTERS, code_page_name(page));
    return STATUS_OK;
}

Status encoding_decide(EncodingScan *scan, const char *declared, Arena *scratch, Encoding *out)
{
    encoding_scan_finish(scan);
    if (find_mark(scan, out) || (scan->nul_line > 0 && find_wide(scan, out)))
        return STATUS_OK;
    if (scan->nul_line > 0 && (declared == NULL || !has_nul_bytes(declared)))
        return set_reason(
            out, ENCODING_NONE, scan->nul_line,
            _("the file holds a NUL byte; it is no text file: save the table as CSV again"));
    if (!scan->utf8.bad && scan->nul_line == 0) {
        *out = found_as(ENCODING_PLAIN, "UTF-8");
        return STATUS_OK;
    }
    bool damaged = is_damaged_utf8(scan) && scan->nul_line == 0;
    if (damaged && (declared == NULL || scan->utf8.good_count >= PLAIN_LETTERS))
        return set_damaged(scan, scratch, out);
    if (declared == NULL)
        return decide_page(scan, scratch, out);
    *out = found_as(ENCODING_DECLARED, arena_text(scratch, declared, strlen(declared)));
    return out->name != NULL ? STATUS_OK : STATUS_NO_MEMORY;
}
