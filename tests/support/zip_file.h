/* Zip archives for tests: sound ones, and ones that lie about themselves.
 *
 * Everything fails the running test by itself when the machine does not cooperate.
 */
#ifndef ALLOT_TEST_ZIP_FILE_H
#define ALLOT_TEST_ZIP_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct ZipFile ZipFile;

/** Starts the archive @p name in @p dir; ended with zip_file_close(). */
ZipFile *zip_file_new(const char *dir, const char *name);
void zip_file_close(ZipFile *zip);

/** Adds a part, packed or stored. */
void zip_file_add(ZipFile *zip, const char *part, const void *bytes, size_t length, bool packed);

/** Adds a part of text, packed. */
void zip_file_add_text(ZipFile *zip, const char *part, const char *text);

/** Adds a part that unpacks to @p head, @p times the text @p unit, and @p tail, however long: little
 *  is packed, and repeated. */
void zip_file_add_repeated(ZipFile *zip, const char *part, const char *head, const char *unit,
                           int64_t times, const char *tail);

/** What an archive says about a part. */
typedef enum ZipField {
    ZIP_FIELD_FLAGS,  /* 1: encrypted */
    ZIP_FIELD_METHOD, /* 0: stored, 8: deflated */
    ZIP_FIELD_CHECKSUM,
    ZIP_FIELD_PACKED, /* bytes */
    ZIP_FIELD_UNPACKED
} ZipField;

/** Makes the written archive say something else about a part, in its list and at the part itself. */
void zip_file_patch(const char *path, const char *part, ZipField field, uint32_t value);

/** Flips the bits of one packed byte of a part. */
void zip_file_damage(const char *path, const char *part, size_t offset);

/** Cuts the file to so many bytes. */
void zip_file_cut(const char *path, size_t length);

#endif
