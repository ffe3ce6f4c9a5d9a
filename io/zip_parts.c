/* The parts of a zip archive, through minizip. The only file that includes its headers.
 *
 * minizip looks a name up by walking the whole directory, so the directory is walked once, into a
 * sorted list; the walk also finds two parts of one name, which would let two programs read two
 * different workbooks out of one file. While a part is unpacked its bytes are counted, in and out:
 * minizip stops at the size that the archive declares and checks the checksum only when exactly
 * that much came.
 */
#include "io/zip_parts.h"

#include "allot/language.h"
#include "allot/quote.h"
#include "io/limits.h"

#include <minizip/unzip.h>

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum {
    BUFFER_BYTES = 64 * 1024,
    NAME_BYTES_MAX = 1024, /* of a part; what readers look for has less than 100 */
    FIRST_ENTRIES = 32,
    FLAG_ENCRYPTED = 1,
    METHOD_STORED = 0,
    METHOD_DEFLATED = 8
};

typedef struct ZipEntry {
    const char *name; /* '/' between folders */
    unz64_file_pos place;
} ZipEntry;

struct ZipParts {
    Arena *scratch;
    unzFile archive;   /* NULL when it could not be opened */
    ZipEntry *entries; /* [entry_count] sorted by name */
    size_t entry_count;
    size_t entry_capacity;
    int64_t taken; /* unpacked bytes of all parts read so far */
    char *buffer;  /* [BUFFER_BYTES] */
    ZipFault fault;
    const char *fault_text;
};

/* ---- faults --------------------------------------------------------------------------------- */

static Status fail(ZipParts *zip, ZipFault fault, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static Status fail(ZipParts *zip, ZipFault fault, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    zip->fault = fault;
    zip->fault_text = arena_vprintf(zip->scratch, _(format), args);
    va_end(args);
    return zip->fault_text != NULL ? STATUS_FINDINGS : STATUS_NO_MEMORY;
}

static Status fail_damaged(ZipParts *zip, const char *name, const char *what)
{
    return fail(zip, ZIP_DAMAGED,
                "part '%s' of the file is damaged: %s; save the workbook again, or have it sent "
                "again",
                quote(name).text, what);
}

ZipFault zip_fault(const ZipParts *zip)
{
    return zip->fault;
}

const char *zip_fault_text(const ZipParts *zip)
{
    return zip->fault_text;
}

/* ---- the directory -------------------------------------------------------------------------- */

static int folded(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A' + 'a';
    return c == '\\' ? '/' : (unsigned char)c;
}

static int compare_names(const char *a, const char *b)
{
    while (*a != '\0' && folded(*a) == folded(*b)) {
        a++;
        b++;
    }
    return folded(*a) - folded(*b);
}

static int compare_entries(const void *a, const void *b)
{
    return compare_names(((const ZipEntry *)a)->name, ((const ZipEntry *)b)->name);
}

static const ZipEntry *find_entry(const ZipParts *zip, const char *name)
{
    ZipEntry wanted = {.name = name};
    if (zip->entry_count == 0)
        return NULL;
    return bsearch(&wanted, zip->entries, zip->entry_count, sizeof *zip->entries, compare_entries);
}

static Status add_entry(ZipParts *zip, const char *name, size_t length)
{
    if (zip->entry_count == zip->entry_capacity) {
        size_t capacity = zip->entry_capacity == 0 ? FIRST_ENTRIES : 2 * zip->entry_capacity;
        ZipEntry *grown = arena_grow(zip->scratch, zip->entries, zip->entry_capacity, capacity,
                                     sizeof *zip->entries);
        TRY_NEW(grown);
        zip->entries = grown;
        zip->entry_capacity = capacity;
    }
    char *copy = arena_text(zip->scratch, name, length);
    TRY_NEW(copy);
    for (char *c = copy; *c != '\0'; c++)
        *c = *c == '\\' ? '/' : *c;
    ZipEntry *entry = &zip->entries[zip->entry_count++];
    entry->name = copy;
    if (unzGetFilePos64(zip->archive, &entry->place) != UNZ_OK)
        return fail_damaged(zip, copy, _("its entry in the archive cannot be read"));
    return STATUS_OK;
}

static Status fail_directory(ZipParts *zip)
{
    return fail(zip, ZIP_DAMAGED,
                "the list of parts in the file is damaged or cut short; save the workbook again, "
                "or have it sent again");
}

/* The entry under the cursor; those of folders (they end in '/') are left out. */
static Status take_entry(ZipParts *zip)
{
    char name[NAME_BYTES_MAX + 1];
    unz_file_info64 info;

    if (unzGetCurrentFileInfo64(zip->archive, &info, name, sizeof name, NULL, 0, NULL, 0) != UNZ_OK)
        return fail_directory(zip);
    if (info.size_filename > NAME_BYTES_MAX)
        return fail(zip, ZIP_LIMIT,
                    "the name of a part has more than %d bytes; no spreadsheet program writes such "
                    "a file: open it in Excel or LibreOffice and save it again",
                    NAME_BYTES_MAX);
    name[info.size_filename] = '\0';
    size_t length = strlen(name);
    if (length > 0 && folded(name[length - 1]) == '/')
        return STATUS_OK;
    return add_entry(zip, name, length);
}

static Status fail_entries(ZipParts *zip)
{
    return fail(zip, ZIP_LIMIT,
                "the file holds more than %d parts; open it in Excel or LibreOffice and save it "
                "again",
                ZIP_ENTRIES_MAX);
}

static Status check_names(ZipParts *zip)
{
    if (zip->entry_count > 0)
        qsort(zip->entries, zip->entry_count, sizeof *zip->entries, compare_entries);
    for (size_t i = 1; i < zip->entry_count; i++)
        if (compare_entries(&zip->entries[i - 1], &zip->entries[i]) == 0)
            return fail(zip, ZIP_DAMAGED,
                        "part '%s' is in the file twice; open it in Excel or LibreOffice and save "
                        "it again",
                        quote(zip->entries[i].name).text);
    return STATUS_OK;
}

static Status list_entries(ZipParts *zip)
{
    unz_global_info64 info;
    if (unzGetGlobalInfo64(zip->archive, &info) != UNZ_OK)
        return fail_directory(zip);
    if (info.number_entry > ZIP_ENTRIES_MAX)
        return fail_entries(zip);
    if (info.number_entry == 0)
        return STATUS_OK;
    int next = unzGoToFirstFile(zip->archive);
    for (int count = 1; next == UNZ_OK; count++) {
        if (count > ZIP_ENTRIES_MAX)
            return fail_entries(zip);
        TRY(take_entry(zip));
        next = unzGoToNextFile(zip->archive);
    }
    if (next != UNZ_END_OF_LIST_OF_FILE)
        return fail_directory(zip);
    return check_names(zip);
}

Status zip_open(const char *path, Arena *scratch, ZipParts **zip)
{
    ZipParts *opened = ARENA_NEW(scratch, 1, ZipParts);
    TRY_NEW(opened);
    opened->scratch = scratch;
    opened->buffer = arena_alloc(scratch, BUFFER_BYTES, 1);
    TRY_NEW(opened->buffer);
    *zip = opened;
    opened->archive = unzOpen64(path);
    return opened->archive != NULL ? list_entries(opened) : fail_directory(opened);
}

void zip_close(ZipParts *zip)
{
    if (zip != NULL && zip->archive != NULL)
        (void)unzClose(zip->archive); /* read only: nothing can be lost */
}

bool zip_has(const ZipParts *zip, const char *name)
{
    return find_entry(zip, name) != NULL;
}

/* ---- a part --------------------------------------------------------------------------------- */

/* Where one part stands. */
typedef struct Unpacking {
    const char *name;
    ZPOS64_T start;    /* of its packed bytes in the file */
    int64_t taken;     /* unpacked bytes so far */
    ZPOS64_T declared; /* unpacked bytes, as the archive says */
} Unpacking;

static Status check_limits(ZipParts *zip, const Unpacking *part)
{
    ZPOS64_T place = unzGetCurrentFileZStreamPos64(zip->archive);
    ZPOS64_T packed = place > part->start ? place - part->start : 0;

    if (part->taken > PART_BYTES_MAX)
        return fail(zip, ZIP_LIMIT,
                    "part '%s' unpacks to more than %d MiB; delete rows and columns that are not "
                    "needed, or split the workbook",
                    quote(part->name).text, (int)(PART_BYTES_MAX >> 20));
    if (zip->taken > FILE_BYTES_MAX)
        return fail(zip, ZIP_LIMIT,
                    "the file unpacks to more than %d MiB; delete sheets that are not needed, or "
                    "split the workbook",
                    (int)(FILE_BYTES_MAX >> 20));
    if (part->taken > ZIP_RATIO_FROM && (ZPOS64_T)part->taken / ZIP_RATIO_MAX > packed)
        return fail(zip, ZIP_LIMIT,
                    "part '%s' unpacks to more than %d times its size, as files made to do harm "
                    "do; delete blank rows and columns, and save the workbook again",
                    quote(part->name).text, ZIP_RATIO_MAX);
    return STATUS_OK;
}

static Status unpack(ZipParts *zip, Unpacking *part, ZipTake *take, void *context)
{
    int got;
    while ((got = unzReadCurrentFile(zip->archive, zip->buffer, BUFFER_BYTES)) > 0) {
        part->taken += got;
        zip->taken += got;
        TRY(check_limits(zip, part));
        TRY(take(context, zip->buffer, (size_t)got));
    }
    if (got < 0)
        return fail_damaged(zip, part->name, _("its packed bytes make no sense"));
    return STATUS_OK;
}

/* Opens the part under the cursor. */
static Status begin_part(ZipParts *zip, Unpacking *part)
{
    unz_file_info64 info;
    if (unzGetCurrentFileInfo64(zip->archive, &info, NULL, 0, NULL, 0, NULL, 0) != UNZ_OK)
        return fail_directory(zip);
    if ((info.flag & FLAG_ENCRYPTED) != 0)
        return fail(zip, ZIP_LOCKED,
                    "part '%s' is protected by a password; save the workbook without one",
                    quote(part->name).text);
    if (info.compression_method != METHOD_STORED && info.compression_method != METHOD_DEFLATED)
        return fail(zip, ZIP_DAMAGED,
                    "part '%s' is packed in a way (method %lu) that workbooks do not use; open it "
                    "in Excel or LibreOffice and save it again",
                    quote(part->name).text, info.compression_method);
    part->declared = info.uncompressed_size;
    if (unzOpenCurrentFile(zip->archive) != UNZ_OK)
        return fail_damaged(zip, part->name, _("its header does not fit the archive's list"));
    part->start = unzGetCurrentFileZStreamPos64(zip->archive);
    return STATUS_OK;
}

Status zip_read(ZipParts *zip, const char *name, ZipTake *take, void *context)
{
    const ZipEntry *entry = find_entry(zip, name);
    Unpacking part = {.name = name};

    if (entry == NULL)
        return fail_damaged(zip, name, _("it is missing"));
    if (unzGoToFilePos64(zip->archive, &entry->place) != UNZ_OK)
        return fail_directory(zip);
    TRY(begin_part(zip, &part));
    Status status = unpack(zip, &part, take, context);
    int closed = unzCloseCurrentFile(zip->archive);
    if (status == STATUS_OK && (ZPOS64_T)part.taken != part.declared)
        return fail_damaged(zip, name, _("it ends too early"));
    if (status == STATUS_OK && closed != UNZ_OK)
        return fail_damaged(zip, name, _("its checksum is wrong"));
    return status;
}
