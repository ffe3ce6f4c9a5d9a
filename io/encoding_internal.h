/* room: io
 *
 * What the scan of a file's bytes leaves for encoding.c to decide by.
 */
#ifndef ALLOT_IO_ENCODING_INTERNAL_H
#define ALLOT_IO_ENCODING_INTERNAL_H

#include "io/code_page.h"
#include "io/encoding.h"
#include "io/utf8.h"

enum {
    SCAN_HEAD_BYTES = 4096, /* the file's first bytes, for marks and the pattern of NUL bytes */
    WORD_BYTES = 64,        /* a longer word counts as several */
    WORDS_MOST = 2048,      /* different words that are counted */
    PLAIN_LETTERS = 256,    /* of UTF-8 before any wrong byte: words need not be looked at */
    WORD_SLOTS = 4096       /* a power of two, twice WORDS_MOST */
};

/** A word of the file as it stands there, to show to people. */
typedef struct WordSample {
    unsigned char bytes[WORD_BYTES];
    size_t length; /* 0: there is none */
    int line;
} WordSample;

/** Where a byte stands in words, each different word once. A word is a run of ASCII letters and of
 *  bytes that are a letter in one of the pages; only words with such a byte count. */
typedef struct BytePlaces {
    uint32_t inside;       /* between two letters */
    uint32_t edge;         /* first or last */
    uint32_t alone;        /* a word by itself */
    uint32_t behind_small; /* any of these, behind a small letter of ASCII */
} BytePlaces;

/** Line of a place in the bytes that pass. */
typedef struct LineCount {
    int line; /* 1-based */
    bool after_cr;
} LineCount;

struct EncodingScan {
    CodePages pages;  /* empty until a byte beyond ASCII passes by */
    bool asked_pages; /* such a byte did */
    bool has_pages;
    unsigned char head[SCAN_HEAD_BYTES];
    size_t head_size;
    uint64_t size;
    Utf8Check utf8;
    int bad_line;   /* of the first byte that is not UTF-8 */
    int nul_line;   /* of the first NUL byte, or 0 */
    LineCount line; /* behind the bytes before this piece */

    /* words */
    bool used[BYTE_COUNT]; /* bytes from FIRST_HIGH on that occur */
    BytePlaces places[BYTE_COUNT];
    uint32_t words;        /* different ones */
    uint32_t mixed;        /* of them, with ASCII letters */
    uint32_t mixed_sure;   /* of these, such as cannot be Cyrillic */
    uint32_t cyrillic;     /* without ASCII letters, three letters or more, all Cyrillic in 1251 */
    uint32_t cyrillic_odd; /* of these, with a capital behind a small letter */
    uint32_t letters;      /* of the cyrillic words */
    uint32_t vowels;       /* of these */
    uint32_t signs_in_words; /* signs in all pages that stand between two letters */
    bool pound_loose;        /* byte 0xA3 stands somewhere without a digit beside it */
    WordSample latin_sample; /* a word that 1250 and 1252 read differently */
    WordSample any_sample;   /* a word that 1251 reads differently */

    /* the piece and the word under way */
    const char *piece;
    size_t piece_at;
    unsigned char word[WORD_BYTES];
    size_t word_length;
    bool word_high;            /* it holds a byte from FIRST_HIGH on */
    unsigned char before;      /* the byte before it */
    unsigned char last;        /* the last byte seen */
    bool after_sign;           /* the byte before this one is such a sign behind a letter */
    uint64_t seen[WORD_SLOTS]; /* hashes of the words counted; 0: free */
};

/** Counts the word that the text ends with. */
void encoding_scan_finish(EncodingScan *scan);

#endif
