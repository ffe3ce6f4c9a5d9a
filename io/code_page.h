/* room: io
 *
 * The three code pages in which spreadsheets of our users write CSV, as the C library knows them, and
 * the letters of the languages written in them.
 */
#ifndef ALLOT_IO_CODE_PAGE_H
#define ALLOT_IO_CODE_PAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum CodePage { PAGE_1250, PAGE_1251, PAGE_1252, PAGE_COUNT } CodePage;

enum { BYTE_COUNT = 256, FIRST_HIGH = 0x80 };

typedef struct CodePages {
    uint32_t letter[PAGE_COUNT][BYTE_COUNT]; /* what a byte means, from FIRST_HIGH on; 0: nothing */
    bool in_words[BYTE_COUNT];               /* it is a letter in one of the pages at least */
} CodePages;

/** False when the C library lacks one of the pages. */
bool code_pages_load(CodePages *pages);

const char *code_page_name(CodePage page);   /* "Windows-1250" */
const char *code_page_option(CodePage page); /* "windows-1250", as people type it */

bool is_latin(uint32_t letter); /* beyond ASCII */
bool is_latin_capital(uint32_t letter);
bool is_cyrillic(uint32_t letter);
bool is_cyrillic_capital(uint32_t letter);
bool is_cyrillic_vowel(uint32_t letter);

/** True for a Cyrillic letter that looks like a Latin one. */
bool is_lookalike(uint32_t letter);

/** An accent that stands alone, which no text holds. */
bool is_bare_accent(uint32_t letter);

/** Languages of a Latin page; index below alphabet_count(). */
size_t alphabet_count(CodePage page);

/** How many of a thousand letters beyond ASCII, in the language's words, are this one, small or
 *  capital; 0 when its alphabet has it not. */
unsigned alphabet_share(CodePage page, size_t language, uint32_t letter);

#endif
