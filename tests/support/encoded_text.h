/* Text in other encodings, for tests: written by iconv, read back by the decoder under test.
 */
#ifndef ALLOT_TEST_ENCODED_TEXT_H
#define ALLOT_TEST_ENCODED_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "io/encoding.h"

enum { ENCODED_SIZE = 8 * 1024 };

typedef struct EncodedText {
    char at[ENCODED_SIZE]; /* zeros may be among them */
    size_t size;
} EncodedText;

/** The UTF-8 text in another encoding; false when that has not all of its letters. */
bool encode_text(const char *text, size_t size, const char *encoding, EncodedText *out);

/** Decodes the bytes in pieces of this size, each a block of its own so that a read beyond its end is
 *  caught. *bad_offset is where the decoder stopped. @return what it returned. */
Status decode_in_pieces(const Encoding *encoding, const char *bytes, size_t size, size_t piece,
                        EncodedText *out, uint64_t *bad_offset);

/** The decision for these bytes, handed over in the same way. */
Encoding decide_in_pieces(const char *bytes, size_t size, size_t piece, const char *declared,
                          Arena *arena);

#endif
