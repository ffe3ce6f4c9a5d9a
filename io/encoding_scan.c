/* A file's bytes pass by, and what tells its encoding is kept: is it UTF-8, has it NUL bytes, and
 * where bytes beyond ASCII stand in its words. The state is bounded and does not depend on where the
 * bytes are cut. Each different word counts once, so that a name on every row weighs no more than
 * another.
 */
#include "io/encoding_internal.h"

#include <string.h>

enum { POUND = 0xA3 };

/* Signs that Windows' three pages share and that never stand between two letters of one word. */
static const unsigned char NEVER_IN_WORDS[] = {0x82, 0x84, 0x86, 0x87, 0x89, 0x8B, 0x9B, 0xA4,
                                               0xA6, 0xA7, 0xA9, 0xAB, 0xAC, 0xB1, 0xB6, 0xBB};

EncodingScan *encoding_scan_new(Arena *scratch)
{
    EncodingScan *scan = ARENA_NEW(scratch, 1, EncodingScan);
    if (scan == NULL)
        return NULL;
    scan->utf8 = utf8_start();
    scan->line.line = 1;
    return scan;
}

/* ---- lines and NUL bytes -------------------------------------------------------------------- */

/* Counts the line ends of the bytes: LF, CR LF and CR. */
static void count_lines(LineCount *count, const char *bytes, size_t size)
{
    const char *at = bytes, *end = bytes + size;
    if (size == 0)
        return;
    if (memchr(bytes, '\r', size) == NULL) {
        if (count->after_cr && *at == '\n')
            at++;
        while (at < end && (at = memchr(at, '\n', (size_t)(end - at))) != NULL) {
            count->line++;
            at++;
        }
        count->after_cr = false;
        return;
    }
    for (; at < end; at++) {
        if (*at == '\r' || (*at == '\n' && !count->after_cr))
            count->line++;
        count->after_cr = *at == '\r';
    }
}

/* The line of the piece's byte @p at. */
static int line_at(const EncodingScan *scan, const char *piece, size_t at)
{
    LineCount count = scan->line;
    count_lines(&count, piece, at);
    return count.line;
}

static void look_at_nul(EncodingScan *scan, const char *bytes, size_t size)
{
    const char *nul = scan->nul_line == 0 ? memchr(bytes, '\0', size) : NULL;
    if (nul != NULL)
        scan->nul_line = line_at(scan, bytes, (size_t)(nul - bytes));
}

static void look_at_utf8(EncodingScan *scan, const char *bytes, size_t size)
{
    const Utf8Check *utf8 = &scan->utf8;
    bool before = utf8->bad;
    uint64_t start = utf8->offset;
    utf8_check(&scan->utf8, bytes, size);
    if (utf8->bad && !before)
        scan->bad_line =
            line_at(scan, bytes, utf8->bad_offset > start ? (size_t)(utf8->bad_offset - start) : 0);
}

/* ---- words ---------------------------------------------------------------------------------- */

static bool is_ascii_letter(unsigned char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

static bool is_digit(unsigned char byte)
{
    return byte >= '0' && byte <= '9';
}

static bool is_word_byte(const EncodingScan *scan, unsigned char byte)
{
    return byte < FIRST_HIGH ? is_ascii_letter(byte) : scan->pages.in_words[byte];
}

/* Remembers the word; false when it was there already or there is no more room. */
static bool is_new_word(EncodingScan *scan)
{
    uint64_t hash = UINT64_C(14695981039346656037); /* FNV-1a */
    for (size_t i = 0; i < scan->word_length; i++)
        hash = (hash ^ scan->word[i]) * UINT64_C(1099511628211);
    hash |= 1;
    size_t slot = (size_t)(hash >> 32) % WORD_SLOTS;
    while (scan->seen[slot] != 0 && scan->seen[slot] != hash)
        slot = (slot + 1) % WORD_SLOTS;
    if (scan->seen[slot] == hash || scan->words == WORDS_MOST)
        return false;
    scan->seen[slot] = hash;
    scan->words++;
    return true;
}

static void keep_sample(const EncodingScan *scan, WordSample *sample, bool differs)
{
    enum { GOOD_LENGTH = 3 };
    bool better = sample->length < GOOD_LENGTH && scan->word_length > sample->length;
    if (!differs || !better)
        return;
    memcpy(sample->bytes, scan->word, scan->word_length);
    sample->length = scan->word_length;
    sample->line = line_at(scan, scan->piece, scan->piece_at);
}

static void keep_samples(EncodingScan *scan)
{
    const CodePages *pages = &scan->pages;
    bool latin = false, any = false;
    for (size_t i = 0; i < scan->word_length; i++) {
        unsigned char b = scan->word[i];
        latin |= pages->letter[PAGE_1250][b] != pages->letter[PAGE_1252][b];
        any |= pages->letter[PAGE_1251][b] != pages->letter[PAGE_1252][b];
    }
    keep_sample(scan, &scan->latin_sample, latin);
    keep_sample(scan, &scan->any_sample, any);
}

static void count_places(EncodingScan *scan)
{
    size_t length = scan->word_length;
    for (size_t i = 0; i < length; i++) {
        BytePlaces *places = &scan->places[scan->word[i]];
        places->behind_small += i > 0 && scan->word[i - 1] >= 'a' && scan->word[i - 1] <= 'z';
        if (length == 1)
            places->alone++;
        else if (i == 0 || i + 1 == length)
            places->edge++;
        else
            places->inside++;
    }
}

/* A word of bytes beyond ASCII alone: is it one in 1251? */
static void count_cyrillic(EncodingScan *scan)
{
    uint32_t vowels = 0;
    bool odd = false, small = false;
    for (size_t i = 0; i < scan->word_length; i++) {
        uint32_t letter = scan->pages.letter[PAGE_1251][scan->word[i]];
        if (!is_cyrillic(letter))
            return;
        bool capital = is_cyrillic_capital(letter);
        odd |= capital && small;
        small = !capital;
        vowels += is_cyrillic_vowel(letter);
    }
    scan->cyrillic++;
    scan->cyrillic_odd += odd;
    scan->letters += (uint32_t)scan->word_length;
    scan->vowels += vowels;
}

/* A word of both: surely not Cyrillic when its bytes beyond ASCII stand one by one and 1251 would
 * make them letters that nobody mistakes for Latin ones, or capitals behind small letters. */
static void count_mixed(EncodingScan *scan, size_t ascii)
{
    bool single = true, sure = false;
    for (size_t i = 0; i < scan->word_length; i++) {
        unsigned char byte = scan->word[i], before = i > 0 ? scan->word[i - 1] : 'A';
        if (byte < FIRST_HIGH)
            continue;
        uint32_t letter = scan->pages.letter[PAGE_1251][byte];
        single = single && before < FIRST_HIGH;
        sure |= ascii >= 2 && !is_lookalike(letter);
        sure |= before >= 'a' && before <= 'z' && is_cyrillic_capital(letter);
    }
    scan->mixed++;
    scan->mixed_sure += single && sure;
}

static void count_word(EncodingScan *scan)
{
    enum { CYRILLIC_LENGTH = 3 };
    size_t ascii = 0;
    for (size_t i = 0; i < scan->word_length; i++)
        ascii += scan->word[i] < FIRST_HIGH;
    count_places(scan);
    if (ascii > 0)
        count_mixed(scan, ascii);
    else if (scan->word_length >= CYRILLIC_LENGTH)
        count_cyrillic(scan);
}

/* The word under way is complete; @p next follows it. */
static void end_word(EncodingScan *scan, unsigned char next)
{
    if (scan->word_high) {
        if (scan->word_length == 1 && scan->word[0] == POUND)
            scan->pound_loose |= !is_digit(next) && !is_digit(scan->before);
        keep_samples(scan);
        if (is_new_word(scan))
            count_word(scan);
    }
    scan->word_length = 0;
    scan->word_high = false;
}

static void take_byte(EncodingScan *scan, unsigned char byte)
{
    if (is_word_byte(scan, byte)) {
        if (scan->word_length == WORD_BYTES)
            end_word(scan, byte);
        if (scan->word_length == 0)
            scan->before = scan->last;
        scan->signs_in_words += scan->after_sign;
        scan->word[scan->word_length++] = byte;
        scan->word_high |= byte >= FIRST_HIGH;
        scan->after_sign = false;
    } else {
        bool behind_letter = scan->word_length > 0;
        end_word(scan, byte);
        scan->after_sign = behind_letter && byte >= FIRST_HIGH &&
                           memchr(NEVER_IN_WORDS, byte, sizeof NEVER_IN_WORDS) != NULL;
    }
    scan->used[byte] = true;
    scan->last = byte;
}

/* Passes over ASCII text up to the word that the next byte beyond ASCII, or the end, stands in. */
static size_t skip_plain(EncodingScan *scan, const char *bytes, size_t size)
{
    size_t plain = ascii_length(bytes, size);
    size_t word = plain;
    while (word > 0 && is_ascii_letter((unsigned char)bytes[word - 1]))
        word--;
    if (word == 0)
        return 0;
    scan->last = (unsigned char)bytes[word - 1];
    return word;
}

static void look_at_words(EncodingScan *scan, const char *bytes, size_t size)
{
    size_t i = 0;
    scan->piece = bytes;
    while (i < size) {
        if (scan->word_length == 0 && !scan->after_sign)
            i += skip_plain(scan, bytes + i, size - i);
        scan->piece_at = i;
        if (i < size)
            take_byte(scan, (unsigned char)bytes[i++]);
    }
}

/* ---- all ------------------------------------------------------------------------------------ */

/* Text of ASCII alone asks nothing of the pages, and to open them takes longer than to read a small
 * table: they are loaded before the first byte beyond. False when the C library lacks them. */
static bool has_pages_for(EncodingScan *scan, const char *bytes, size_t size)
{
    if (!scan->asked_pages && ascii_length(bytes, size) < size) {
        scan->asked_pages = true;
        scan->has_pages = code_pages_load(&scan->pages);
    }
    return !scan->asked_pages || scan->has_pages;
}

void encoding_scan_add(EncodingScan *scan, const char *bytes, size_t size)
{
    size_t room = SCAN_HEAD_BYTES - scan->head_size;
    size_t kept = size < room ? size : room;
    if (size == 0)
        return;
    memcpy(scan->head + scan->head_size, bytes, kept);
    scan->head_size += kept;
    scan->size += size;
    look_at_nul(scan, bytes, size);
    look_at_utf8(scan, bytes, size);
    bool plain = !scan->utf8.bad && scan->utf8.good_count >= PLAIN_LETTERS;
    if (!plain && has_pages_for(scan, bytes, size))
        look_at_words(scan, bytes, size);
    count_lines(&scan->line, bytes, size);
}

void encoding_scan_finish(EncodingScan *scan)
{
    utf8_finish(&scan->utf8);
    if (scan->utf8.bad && scan->bad_line == 0)
        scan->bad_line = scan->line.line;
    scan->piece = "";
    scan->piece_at = 0;
    end_word(scan, '\n');
}
