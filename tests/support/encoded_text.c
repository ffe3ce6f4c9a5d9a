/* Text in other encodings, for tests. */
#include "tests/support/encoded_text.h"

#include "tests/support/test_support.h"

#include <iconv.h>
#include <stdlib.h>
#include <string.h>

bool encode_text(const char *text, size_t size, const char *encoding, EncodedText *out)
{
    iconv_t opened = iconv_open(encoding, "UTF-8");
    char *in = (char *)text, *at = out->at;
    size_t left = ENCODED_SIZE;
    assert_true((intptr_t)opened != -1);
    bool done = iconv(opened, &in, &size, &at, &left) != (size_t)-1 &&
                iconv(opened, NULL, NULL, &at, &left) != (size_t)-1;
    iconv_close(opened);
    out->size = (size_t)(at - out->at);
    return done;
}

static Status collect(void *context, const char *utf8, size_t size)
{
    EncodedText *out = context;
    assert_true(out->size + size < ENCODED_SIZE);
    memcpy(out->at + out->size, utf8, size);
    out->size += size;
    return STATUS_OK;
}

Status decode_in_pieces(const Encoding *encoding, const char *bytes, size_t size, size_t piece,
                        EncodedText *out, uint64_t *bad_offset)
{
    Arena *arena = arena_new();
    Decoder *decoder = decoder_new(encoding, arena);
    Status status = STATUS_OK;
    assert_non_null(decoder);
    out->size = 0;
    for (size_t i = 0; i < size && status == STATUS_OK; i += piece) {
        size_t length = size - i < piece ? size - i : piece;
        char *copy = malloc(length);
        assert_non_null(copy);
        memcpy(copy, bytes + i, length);
        status = decoder_feed(decoder, copy, length, collect, out);
        free(copy);
    }
    if (status == STATUS_OK)
        status = decoder_finish(decoder, collect, out);
    *bad_offset = decoder_bad_offset(decoder);
    decoder_free(decoder);
    arena_free(arena);
    return status;
}

Encoding decide_in_pieces(const char *bytes, size_t size, size_t piece, const char *declared,
                          Arena *arena)
{
    Encoding encoding;
    EncodingScan *scan = encoding_scan_new(arena);
    assert_non_null(scan);
    for (size_t i = 0; i < size; i += piece) {
        size_t length = size - i < piece ? size - i : piece;
        char *copy = malloc(length);
        assert_non_null(copy);
        memcpy(copy, bytes + i, length);
        encoding_scan_add(scan, copy, length);
        free(copy);
    }
    assert_int_equal(encoding_decide(scan, declared, arena, &encoding), STATUS_OK);
    return encoding;
}
