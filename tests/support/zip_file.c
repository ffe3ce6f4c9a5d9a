/* Archives are written through minizip; what they say about themselves is then patched in place,
 * found through the list at their end (APPNOTE.TXT 4.3).
 */
#include "tests/support/zip_file.h"

#include "tests/support/test_support.h"

#include <minizip/zip.h>
#include <zlib.h>

#include <stdlib.h>
#include <string.h>

enum {
    CHUNK_BYTES = 256 * 1024, /* packed once and repeated */
    RAW_DEFLATE = -15,        /* zlib's word for no header */
    END_BYTES = 22,           /* of the record at the archive's end */
    LIST_ENTRY_BYTES = 46,
    LOCAL_ENTRY_BYTES = 30
};

struct ZipFile {
    zipFile archive;
};

ZipFile *zip_file_new(const char *dir, const char *name)
{
    char *path = test_path(dir, name);
    ZipFile *zip = calloc(1, sizeof *zip);
    assert_non_null(zip);
    zip->archive = zipOpen64(path, APPEND_STATUS_CREATE);
    assert_non_null(zip->archive);
    free(path);
    return zip;
}

void zip_file_close(ZipFile *zip)
{
    assert_int_equal(zipClose(zip->archive, NULL), ZIP_OK);
    free(zip);
}

static void begin_part(ZipFile *zip, const char *part, int method, bool raw)
{
    int status = zipOpenNewFileInZip2_64(zip->archive, part, NULL, NULL, 0, NULL, 0, NULL, method,
                                         Z_DEFAULT_COMPRESSION, raw, 0);
    assert_int_equal(status, ZIP_OK);
}

static void write_bytes(ZipFile *zip, const void *bytes, size_t length)
{
    assert_int_equal(zipWriteInFileInZip(zip->archive, bytes, (unsigned)length), ZIP_OK);
}

void zip_file_add(ZipFile *zip, const char *part, const void *bytes, size_t length, bool packed)
{
    begin_part(zip, part, packed ? Z_DEFLATED : 0, false);
    write_bytes(zip, bytes, length);
    assert_int_equal(zipCloseFileInZip(zip->archive), ZIP_OK);
}

void zip_file_add_text(ZipFile *zip, const char *part, const char *text)
{
    zip_file_add(zip, part, text, strlen(text), true);
}

/* ---- long parts ----------------------------------------------------------------------------- */

/* Packed bytes that stand alone: nothing in them looks back. */
typedef struct Packed {
    unsigned char *bytes;
    size_t length;
    size_t unpacked;
    uLong checksum;
} Packed;

static Packed pack(const char *bytes, size_t length, int flush)
{
    Packed packed = {.unpacked = length};
    z_stream stream;
    memset(&stream, 0, sizeof stream);
    assert_int_equal(deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, RAW_DEFLATE,
                                  MAX_MEM_LEVEL, Z_DEFAULT_STRATEGY),
                     Z_OK);
    size_t room = deflateBound(&stream, length) + 64;
    packed.bytes = malloc(room);
    assert_non_null(packed.bytes);
    char *copy = malloc(length + 1); /* zlib takes no constant bytes */
    assert_non_null(copy);
    memcpy(copy, bytes, length);
    stream.next_in = (unsigned char *)copy;
    stream.avail_in = (unsigned)length;
    stream.next_out = packed.bytes;
    stream.avail_out = (unsigned)room;
    int status = deflate(&stream, flush);
    assert_true(status == Z_OK || status == Z_STREAM_END);
    packed.length = room - stream.avail_out;
    packed.checksum = crc32(0, (unsigned char *)copy, (unsigned)length);
    deflateEnd(&stream);
    free(copy);
    return packed;
}

static char *repeat(const char *unit, int64_t times)
{
    size_t length = strlen(unit);
    char *text = malloc(length * (size_t)times + 1);
    assert_non_null(text);
    for (int64_t i = 0; i < times; i++)
        memcpy(text + (size_t)i * length, unit, length);
    text[length * (size_t)times] = '\0';
    return text;
}

/* A long part on its way. */
typedef struct LongPart {
    ZipFile *zip;
    int64_t unpacked;
    uLong checksum;
} LongPart;

static void add_packed(LongPart *part, const char *text, int64_t times, int flush)
{
    size_t length = strlen(text);
    Packed packed = pack(text, length, flush);
    for (int64_t i = 0; i < times; i++) {
        write_bytes(part->zip, packed.bytes, packed.length);
        part->checksum = crc32_combine(part->checksum, packed.checksum, (z_off_t)length);
        part->unpacked += (int64_t)length;
    }
    free(packed.bytes);
}

void zip_file_add_repeated(ZipFile *zip, const char *part, const char *head, const char *unit,
                           int64_t times, const char *tail)
{
    int64_t in_chunk = CHUNK_BYTES / (int64_t)strlen(unit);
    LongPart made = {.zip = zip, .checksum = crc32(0, NULL, 0)};
    char *chunk = repeat(unit, in_chunk);
    char *rest = repeat(unit, times % in_chunk);

    begin_part(zip, part, Z_DEFLATED, true);
    add_packed(&made, head, 1, Z_FULL_FLUSH);
    add_packed(&made, chunk, times / in_chunk, Z_FULL_FLUSH);
    add_packed(&made, rest, 1, Z_FULL_FLUSH);
    add_packed(&made, tail, 1, Z_FINISH);
    assert_int_equal(zipCloseFileInZipRaw64(zip->archive, (ZPOS64_T)made.unpacked, made.checksum),
                     ZIP_OK);
    free(chunk);
    free(rest);
}

/* ---- lies ----------------------------------------------------------------------------------- */

/* A written archive in memory. */
typedef struct Image {
    unsigned char *bytes;
    size_t length;
    size_t entry; /* of the part, in the list */
    size_t local; /* of the part itself */
} Image;

static uint32_t get(const unsigned char *bytes, int count)
{
    uint32_t value = 0;
    for (int i = count - 1; i >= 0; i--)
        value = value << 8 | bytes[i];
    return value;
}

static void put(unsigned char *bytes, int count, uint32_t value)
{
    for (int i = 0; i < count; i++)
        bytes[i] = (unsigned char)(value >> 8 * i);
}

static Image load(const char *path, const char *part)
{
    Image image = {.bytes = NULL};
    image.bytes = (unsigned char *)read_file(path, &image.length);
    const unsigned char *end = image.bytes + image.length - END_BYTES; /* there is no comment */
    int count = (int)get(end + 10, 2);
    image.entry = get(end + 16, 4);
    for (int i = 0; i < count; i++) {
        const unsigned char *entry = image.bytes + image.entry;
        size_t name_length = get(entry + 28, 2);
        image.local = get(entry + 42, 4);
        if (name_length == strlen(part) && memcmp(entry + LIST_ENTRY_BYTES, part, name_length) == 0)
            return image;
        image.entry += LIST_ENTRY_BYTES + name_length + get(entry + 30, 2) + get(entry + 32, 2);
    }
    fail_msg("no part '%s' in %s", part, path);
    return image;
}

static void save(const char *path, const Image *image, size_t length)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(image->bytes, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
    free(image->bytes);
}

void zip_file_patch(const char *path, const char *part, ZipField field, uint32_t value)
{
    static const struct {
        int in_list;
        int in_local;
        int bytes;
    } places[] = {
        [ZIP_FIELD_FLAGS] = {8, 6, 2},      [ZIP_FIELD_METHOD] = {10, 8, 2},
        [ZIP_FIELD_CHECKSUM] = {16, 14, 4}, [ZIP_FIELD_PACKED] = {20, 18, 4},
        [ZIP_FIELD_UNPACKED] = {24, 22, 4},
    };
    Image image = load(path, part);
    put(image.bytes + image.entry + places[field].in_list, places[field].bytes, value);
    put(image.bytes + image.local + places[field].in_local, places[field].bytes, value);
    save(path, &image, image.length);
}

void zip_file_damage(const char *path, const char *part, size_t offset)
{
    Image image = load(path, part);
    const unsigned char *local = image.bytes + image.local;
    size_t start = image.local + LOCAL_ENTRY_BYTES + get(local + 26, 2) + get(local + 28, 2);
    image.bytes[start + offset] ^= 0xFF;
    save(path, &image, image.length);
}

void zip_file_cut(const char *path, size_t length)
{
    Image image = {.bytes = NULL};
    image.bytes = (unsigned char *)read_file(path, &image.length);
    assert_true(length < image.length);
    save(path, &image, length);
}
