/* room: io
 *
 * Is it UTF-8? However the bytes are cut. The first wrong byte is kept; counting goes on behind it,
 * because a text with many good letters and a few wrong bytes is damaged UTF-8 and no other encoding.
 */
#ifndef ALLOT_IO_UTF8_H
#define ALLOT_IO_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct Utf8Check {
    bool bad;
    unsigned char bad_byte; /* first byte of the first wrong sequence */
    uint64_t bad_offset;    /* its place in the text, 0-based */
    uint64_t good_before;   /* letters of several bytes before it */
    uint64_t good_count;    /* letters of several bytes */
    uint64_t bad_count;     /* bytes that belong to none */
    /* state */
    uint64_t offset;         /* bytes seen */
    unsigned char lead;      /* first byte of the letter under way */
    unsigned char low, high; /* what its next byte may be */
    int missing;             /* bytes it still needs */
    int had;                 /* bytes of it seen */
} Utf8Check;

Utf8Check utf8_start(void);
void utf8_check(Utf8Check *check, const char *bytes, size_t size);

/** Ends the text: a letter cut off is wrong too. */
void utf8_finish(Utf8Check *check);

/** Bytes from @p bytes on that are ASCII. */
size_t ascii_length(const char *bytes, size_t size);

enum { UTF8_LETTER_BYTES_MAX = 4 };

/** Writes the letter, 1 to 4 bytes without NUL; @return how many. */
size_t utf8_write(uint32_t letter, char *out);

#endif
