/* room: io
 *
 * In which encoding a text file is written: by its byte order mark, its NUL bytes, by being UTF-8,
 * else by its letters among Windows-1250, 1251 and 1252. Where two pages read its bytes differently
 * and the letters do not tell which, that is said, never guessed.
 */
#ifndef ALLOT_IO_ENCODING_H
#define ALLOT_IO_ENCODING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "allot/arena.h"
#include "allot/status.h"

/** How an encoding was found. */
typedef enum EncodingFound {
    ENCODING_MARKED,   /* a byte order mark */
    ENCODING_PLAIN,    /* it is UTF-8 (ASCII too) */
    ENCODING_DECLARED, /* the user named it */
    ENCODING_DETECTED, /* by its NUL bytes */
    ENCODING_LETTERS,  /* by its letters */
    ENCODING_DOUBTFUL, /* several fit, or none: reason says which, with a sample; ask */
    ENCODING_NONE      /* no text: reason says why (NUL bytes) */
} EncodingFound;

typedef struct Encoding {
    EncodingFound found;
    const char *name;   /* for iconv, as shown to people: "UTF-8", "UTF-16LE", "Windows-1251" */
    size_t mark_bytes;  /* of the byte order mark, to be left out */
    const char *reason; /* for ENCODING_DOUBTFUL and ENCODING_NONE: what and what to do; else "" */
    int line;           /* where that shows, 1-based; 0 when nowhere */
} Encoding;

/** What is seen of a file while its bytes pass; an own type so that a file need not fit memory. */
typedef struct EncodingScan EncodingScan;

/** NULL without memory. */
EncodingScan *encoding_scan_new(Arena *scratch);
void encoding_scan_add(EncodingScan *scan, const char *bytes, size_t size);

/** Decides, after the last byte. @p declared is the user's word for it or NULL: it decides where
 *  there is no mark and the bytes are not UTF-8. @return STATUS_OK, STATUS_NO_MEMORY. */
Status encoding_decide(EncodingScan *scan, const char *declared, Arena *scratch, Encoding *out);

/** True when iconv knows the name. */
bool encoding_is_known(const char *name);

/** Turns bytes of any encoding into UTF-8, however they are cut. */
typedef struct Decoder Decoder;
typedef Status DecoderTake(void *context, const char *utf8, size_t size);

/** NULL without memory or when the encoding is not known. Ended with decoder_free(). */
Decoder *decoder_new(const Encoding *encoding, Arena *scratch);

/** Hands whole letters to @p take; what is UTF-8 already is not copied.
 *  @return STATUS_OK; STATUS_FINDINGS at bytes that the encoding has no meaning for
 *  (decoder_bad_offset()), all before them being handed over; what @p take returned. */
Status decoder_feed(Decoder *decoder, const char *bytes, size_t size, DecoderTake *take,
                    void *context);

/** Ends the text; half a letter is bad. @return as decoder_feed(). */
Status decoder_finish(Decoder *decoder, DecoderTake *take, void *context);

uint64_t decoder_bad_offset(const Decoder *decoder);    /* in the file, its mark included */
unsigned char decoder_bad_byte(const Decoder *decoder); /* what stands there */
void decoder_free(Decoder *decoder);                    /* NULL is allowed */

#endif
