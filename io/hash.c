/* SHA-256 through Nettle, which takes the processor's own instructions where it has them: a fifth of
 * reading a large round was the hash before. Called by the readers with every piece of a file, so
 * that the hash is of the very bytes that were read.
 */
#include "io/hash.h"

#include <nettle/base16.h>
#include <nettle/sha2.h>
#include <stdio.h>
#include <string.h>

enum { BUFFER_BYTES = 16 * 1024 };

struct Hash {
    struct sha256_ctx context;
};

Hash *hash_new(Arena *arena)
{
    Hash *hash = ARENA_NEW(arena, 1, Hash);
    if (hash != NULL)
        sha256_init(&hash->context);
    return hash;
}

void hash_add(Hash *hash, const void *bytes, size_t size)
{
    sha256_update(&hash->context, size, bytes);
}

const char *hash_text(Hash *hash, Arena *arena)
{
    uint8_t digest[SHA256_DIGEST_SIZE];
    char *text = arena_alloc(arena, BASE16_ENCODE_LENGTH(sizeof digest) + 1, 1);
    if (text == NULL)
        return NULL;
    sha256_digest(&hash->context, sizeof digest, digest);
    base16_encode_update(text, sizeof digest, digest);
    text[BASE16_ENCODE_LENGTH(sizeof digest)] = '\0';
    return text;
}

uint64_t hash_sum(uint64_t before, const void *bytes, size_t size)
{
    const unsigned char *at = bytes;
    const uint64_t odd = UINT64_C(0x9E3779B97F4A7C15); /* 2^64 over the golden ratio */
    uint64_t sum = before ^ size, word = 0;
    for (; size > 0; size -= size < sizeof word ? size : sizeof word) {
        size_t taken = size < sizeof word ? size : sizeof word;
        word = 0;
        memcpy(&word, at, taken);
        sum = (sum ^ word) * odd;
        sum ^= sum >> 32;
        at += taken;
    }
    return sum;
}

bool hash_file(const char *path, Arena *arena, const char **text)
{
    char buffer[BUFFER_BYTES];
    Hash *hash = hash_new(arena);
    FILE *stream = fopen(path, "rb");
    size_t got;

    *text = NULL;
    if (stream == NULL)
        return false;
    while (hash != NULL && (got = fread(buffer, 1, sizeof buffer, stream)) > 0)
        hash_add(hash, buffer, got);
    bool sound = ferror(stream) == 0;
    fclose(stream); /* read only: nothing can be lost */
    if (sound && hash != NULL)
        *text = hash_text(hash, arena);
    return sound;
}
