/* room: io
 *
 * Is it UTF-8? Byte by byte, however the bytes are cut; the first wrong one is kept.
 */
#ifndef ALLOT_IO_UTF8_H
#define ALLOT_IO_UTF8_H

#include <stdbool.h>
#include <stddef.h>

typedef struct Utf8Check {
    bool bad;
    unsigned bad_byte; /* first byte of the wrong sequence */
    size_t bad_offset; /* its place in the file, 0-based */
    int bad_line;      /* its line, 1-based; LF, CRLF and CR end lines */
    /* state */
    size_t offset; /* bytes seen */
    int line;
    unsigned char last;      /* byte before this one */
    unsigned char lead;      /* first byte of the sequence under way */
    unsigned char low, high; /* what its next byte may be */
    int missing;             /* bytes it still needs */
    size_t lead_offset;
} Utf8Check;

Utf8Check utf8_start(void);
void utf8_check(Utf8Check *check, const char *bytes, size_t size);

/** Ends the text: a sequence cut off is wrong too. */
void utf8_finish(Utf8Check *check);

#endif
