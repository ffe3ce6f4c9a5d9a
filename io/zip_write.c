/* A zip archive copied, with text put into some parts, through minizip. Used for workbooks with long
 * lists (book_rows.c): libxlsxwriter writes everything but their rows.
 */
#include "io/zip_write.h"

#include <stdbool.h>
#include <string.h>

#include <minizip/unzip.h>
#include <minizip/zip.h>

enum {
    BUFFER_BYTES = 64 * 1024,
    NAME_BYTES = 256,
    /* Level 6 takes three times as long for lists of 100,000 rows, and saves a fifth. */
    LEVEL = 2
};

struct ZipSink {
    zipFile to;
};

typedef struct ZipCopy {
    unzFile from;
    ZipSink sink;
    const ZipInsert *inserts;
    size_t insert_count;
    size_t inserted;
    Arena *scratch;
    char *buffer; /* [BUFFER_BYTES] */
    char name[NAME_BYTES];
    unz_file_info64 about; /* of the part at hand */
} ZipCopy;

Status zip_put(ZipSink *sink, const char *bytes, size_t size)
{
    bool written = size == 0 || zipWriteInFileInZip(sink->to, bytes, (unsigned)size) == ZIP_OK;
    return written ? STATUS_OK : STATUS_IO;
}

static const ZipInsert *insert_for(const ZipCopy *copy)
{
    for (size_t i = 0; i < copy->insert_count; i++)
        if (strcmp(copy->inserts[i].part, copy->name) == 0)
            return &copy->inserts[i];
    return NULL;
}

/* Begins the part in the new archive; RAW: packed bytes will come. */
static Status begin_part(ZipCopy *copy, bool raw)
{
    zip_fileinfo about = {.dosDate = copy->about.dosDate,
                          .internal_fa = copy->about.internal_fa,
                          .external_fa = copy->about.external_fa};
    int method = raw ? (int)copy->about.compression_method : Z_DEFLATED;
    int level = raw ? Z_DEFAULT_COMPRESSION : LEVEL;
    return zipOpenNewFileInZip2_64(copy->sink.to, copy->name, &about, NULL, 0, NULL, 0, NULL,
                                   method, level, raw, 0) == ZIP_OK
               ? STATUS_OK
               : STATUS_IO;
}

static Status copy_packed(ZipCopy *copy)
{
    int got, method, level;
    if (unzOpenCurrentFile2(copy->from, &method, &level, 1) != UNZ_OK)
        return STATUS_IO;
    TRY(begin_part(copy, true));
    while ((got = unzReadCurrentFile(copy->from, copy->buffer, BUFFER_BYTES)) > 0)
        TRY(zip_put(&copy->sink, copy->buffer, (size_t)got));
    if (got < 0 || unzCloseCurrentFile(copy->from) != UNZ_OK)
        return STATUS_IO;
    return zipCloseFileInZipRaw64(copy->sink.to, copy->about.uncompressed_size, copy->about.crc) ==
                   ZIP_OK
               ? STATUS_OK
               : STATUS_IO;
}

/* The whole part at hand, as a text. */
static Status read_part(ZipCopy *copy, const char **text)
{
    size_t size = (size_t)copy->about.uncompressed_size, at = 0;
    int got = 1;
    char *bytes = ARENA_NEW(copy->scratch, size + 1, char);
    TRY_NEW(bytes);
    if (unzOpenCurrentFile(copy->from) != UNZ_OK)
        return STATUS_IO;
    while (at < size && got > 0) {
        size_t more = size - at < BUFFER_BYTES ? size - at : BUFFER_BYTES;
        got = unzReadCurrentFile(copy->from, bytes + at, (unsigned)more);
        at += got > 0 ? (size_t)got : 0;
    }
    *text = bytes;
    return at == size && unzCloseCurrentFile(copy->from) == UNZ_OK ? STATUS_OK : STATUS_IO;
}

static Status copy_with(ZipCopy *copy, const ZipInsert *insert)
{
    const char *text;
    TRY(read_part(copy, &text));
    const char *place = strstr(text, insert->before);
    if (place == NULL)
        return STATUS_IO;
    TRY(begin_part(copy, false));
    TRY(zip_put(&copy->sink, text, (size_t)(place - text)));
    TRY(insert->write(insert->context, &copy->sink));
    TRY(zip_put(&copy->sink, place, strlen(place)));
    copy->inserted++;
    return zipCloseFileInZip(copy->sink.to) == ZIP_OK ? STATUS_OK : STATUS_IO;
}

static Status copy_parts(ZipCopy *copy)
{
    int found = unzGoToFirstFile(copy->from);
    for (; found == UNZ_OK; found = unzGoToNextFile(copy->from)) {
        if (unzGetCurrentFileInfo64(copy->from, &copy->about, copy->name, NAME_BYTES, NULL, 0, NULL,
                                    0) != UNZ_OK)
            return STATUS_IO;
        const ZipInsert *insert = insert_for(copy);
        TRY(insert != NULL ? copy_with(copy, insert) : copy_packed(copy));
    }
    bool all = found == UNZ_END_OF_LIST_OF_FILE && copy->inserted == copy->insert_count;
    return all ? STATUS_OK : STATUS_IO;
}

Status zip_copy(const char *from, const char *to, const ZipInsert *inserts, size_t count,
                Arena *scratch)
{
    ZipCopy *copy = ARENA_NEW(scratch, 1, ZipCopy);
    TRY_NEW(copy);
    copy->inserts = inserts;
    copy->insert_count = count;
    copy->scratch = scratch;
    copy->buffer = ARENA_NEW(scratch, BUFFER_BYTES, char);
    TRY_NEW(copy->buffer);
    copy->from = unzOpen64(from);
    copy->sink.to = zipOpen64(to, APPEND_STATUS_CREATE);
    Status status = STATUS_IO;
    if (copy->from != NULL && copy->sink.to != NULL)
        status = copy_parts(copy);
    if (copy->from != NULL)
        (void)unzClose(copy->from); /* read only: nothing can be lost */
    if (copy->sink.to != NULL && zipClose(copy->sink.to, NULL) != ZIP_OK && status == STATUS_OK)
        status = STATUS_IO;
    return status;
}
