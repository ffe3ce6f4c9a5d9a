/* Bytes of any encoding into UTF-8, piece by piece, through the C library's iconv. What is UTF-8
 * already is only checked, and handed on where it lies.
 */
#include "io/encoding.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>
#include <strings.h>

#include "io/utf8.h"

enum {
    OUT_BYTES = 32 * 1024,
    REST_BYTES = 32 /* of a letter cut by the end of a piece; iconv's longest is shorter */
};

struct Decoder {
    bool plain;     /* the bytes are UTF-8 */
    Utf8Check utf8; /* of plain bytes */
    iconv_t iconv;
    bool open;
    size_t skip;           /* bytes of the mark still to be left out */
    uint64_t offset;       /* bytes of the file decoded, or left out */
    char rest[REST_BYTES]; /* the letter under way */
    size_t rest_size;
    char *out; /* [OUT_BYTES] */
    bool bad;
    unsigned char bad_byte;
};

/* An empty name, or one with options behind "//", would mean something else to iconv. */
static bool open_iconv(const char *name, iconv_t *opened)
{
    if (name[0] == '\0' || strchr(name, '/') != NULL || strcasecmp(name, "char") == 0)
        return false;
    *opened = iconv_open("UTF-8", name);
    return (intptr_t)*opened != -1;
}

bool encoding_is_known(const char *name)
{
    iconv_t opened;
    if (!open_iconv(name, &opened))
        return false;
    iconv_close(opened);
    return true;
}

Decoder *decoder_new(const Encoding *encoding, Arena *scratch)
{
    Decoder *decoder = ARENA_NEW(scratch, 1, Decoder);
    if (decoder == NULL)
        return NULL;
    decoder->skip = encoding->mark_bytes;
    decoder->plain = strcasecmp(encoding->name, "UTF-8") == 0 || //
                     strcasecmp(encoding->name, "UTF8") == 0;
    decoder->utf8 = utf8_start();
    if (decoder->plain)
        return decoder;
    decoder->out = arena_alloc(scratch, OUT_BYTES, 1);
    if (decoder->out == NULL)
        return NULL;
    decoder->open = open_iconv(encoding->name, &decoder->iconv);
    return decoder->open ? decoder : NULL;
}

void decoder_free(Decoder *decoder)
{
    if (decoder != NULL && decoder->open)
        iconv_close(decoder->iconv);
}

static Status set_bad(Decoder *decoder, unsigned char byte)
{
    decoder->bad = true;
    decoder->bad_byte = byte;
    return STATUS_FINDINGS;
}

/* ---- UTF-8 ---------------------------------------------------------------------------------- */

static Status hand_over(const char *bytes, size_t size, DecoderTake *take, void *context)
{
    return size > 0 ? take(context, bytes, size) : STATUS_OK;
}

/* The good bytes before the first wrong one; offset counts those of the file up to them. */
static Status end_plain(Decoder *decoder, const char *bytes, size_t size, uint64_t before,
                        DecoderTake *take, void *context)
{
    const Utf8Check *utf8 = &decoder->utf8;
    if (utf8->bad_offset > before)
        TRY(hand_over(bytes, (size_t)(utf8->bad_offset - before), take, context));
    (void)size;
    decoder->offset += utf8->bad_offset;
    return set_bad(decoder, utf8->bad_byte);
}

/* Completes the letter that the last piece was cut in; *used bytes of this piece belong to it. */
static Status end_rest(Decoder *decoder, const char *bytes, size_t size, DecoderTake *take,
                       void *context, size_t *used)
{
    Utf8Check *utf8 = &decoder->utf8;
    uint64_t before = utf8->offset - decoder->rest_size;
    *used = 0;
    while (decoder->rest_size > 0 && *used < size) {
        char byte = bytes[*used];
        utf8_check(utf8, &byte, 1);
        if (utf8->bad)
            return end_plain(decoder, decoder->rest, decoder->rest_size, before, take, context);
        decoder->rest[decoder->rest_size++] = byte;
        (*used)++;
        if (utf8->missing == 0) {
            size_t whole = decoder->rest_size;
            decoder->rest_size = 0;
            TRY(take(context, decoder->rest, whole));
        }
    }
    return STATUS_OK;
}

static Status feed_plain(Decoder *decoder, const char *bytes, size_t size, DecoderTake *take,
                         void *context)
{
    Utf8Check *utf8 = &decoder->utf8;
    size_t used;
    TRY(end_rest(decoder, bytes, size, take, context, &used));
    bytes += used;
    size -= used;
    uint64_t before = utf8->offset;
    utf8_check(utf8, bytes, size);
    if (utf8->bad)
        return end_plain(decoder, bytes, size, before, take, context);
    if (size > 0 && utf8->missing > 0) {
        decoder->rest_size = (size_t)utf8->had;
        size -= decoder->rest_size;
        memcpy(decoder->rest, bytes + size, decoder->rest_size);
    }
    return hand_over(bytes, size, take, context);
}

/* ---- others --------------------------------------------------------------------------------- */

/* Decodes all it can; *size becomes what is left, at *bytes. */
static Status convert(Decoder *decoder, char **bytes, size_t *size, DecoderTake *take,
                      void *context)
{
    for (;;) {
        char *out = decoder->out;
        size_t room = OUT_BYTES, before = *size;
        size_t done = iconv(decoder->iconv, bytes, size, &out, &room);
        int error = done == (size_t)-1 ? errno : 0;
        decoder->offset += before - *size;
        TRY(hand_over(decoder->out, OUT_BYTES - room, take, context));
        if (error == EILSEQ)
            return set_bad(decoder, (unsigned char)**bytes);
        if (error != E2BIG)
            return STATUS_OK; /* all, or half a letter is left */
    }
}

/* Decodes the letter that the last piece was cut in, with as many bytes of this one as it needs. */
static Status convert_rest(Decoder *decoder, const char **bytes, size_t *size, DecoderTake *take,
                           void *context)
{
    while (decoder->rest_size > 0 && *size > 0) {
        char *rest = decoder->rest;
        if (decoder->rest_size == REST_BYTES)
            return set_bad(decoder, (unsigned char)rest[0]);
        decoder->rest[decoder->rest_size++] = **bytes;
        (*bytes)++;
        (*size)--;
        size_t left = decoder->rest_size;
        TRY(convert(decoder, &rest, &left, take, context));
        memmove(decoder->rest, rest, left);
        decoder->rest_size = left;
    }
    return STATUS_OK;
}

static Status feed_other(Decoder *decoder, const char *bytes, size_t size, DecoderTake *take,
                         void *context)
{
    TRY(convert_rest(decoder, &bytes, &size, take, context));
    if (decoder->rest_size > 0)
        return STATUS_OK;     /* the piece was too short to end the letter */
    char *at = (char *)bytes; /* iconv does not write there */
    TRY(convert(decoder, &at, &size, take, context));
    if (size > REST_BYTES)
        return set_bad(decoder, (unsigned char)*at);
    memcpy(decoder->rest, at, size);
    decoder->rest_size = size;
    return STATUS_OK;
}

/* ---- all ------------------------------------------------------------------------------------ */

Status decoder_feed(Decoder *decoder, const char *bytes, size_t size, DecoderTake *take,
                    void *context)
{
    size_t skip = decoder->skip < size ? decoder->skip : size;
    if (decoder->bad)
        return STATUS_FINDINGS;
    decoder->skip -= skip;
    decoder->offset += skip;
    bytes += skip;
    size -= skip;
    if (size == 0)
        return STATUS_OK;
    return decoder->plain ? feed_plain(decoder, bytes, size, take, context)
                          : feed_other(decoder, bytes, size, take, context);
}

Status decoder_finish(Decoder *decoder, DecoderTake *take, void *context)
{
    if (decoder->bad)
        return STATUS_FINDINGS;
    if (decoder->rest_size > 0) {
        if (decoder->plain)
            decoder->offset += decoder->utf8.offset - decoder->rest_size;
        return set_bad(decoder, (unsigned char)decoder->rest[0]);
    }
    if (decoder->plain)
        return STATUS_OK;
    char *out = decoder->out; /* some encodings hold a letter back until the end */
    size_t room = OUT_BYTES;
    if (iconv(decoder->iconv, NULL, NULL, &out, &room) == (size_t)-1)
        return set_bad(decoder, 0);
    return hand_over(decoder->out, OUT_BYTES - room, take, context);
}

uint64_t decoder_bad_offset(const Decoder *decoder)
{
    return decoder->offset;
}

unsigned char decoder_bad_byte(const Decoder *decoder)
{
    return decoder->bad_byte;
}
