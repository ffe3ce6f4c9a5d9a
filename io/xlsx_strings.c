/* Texts of an .xlsx: cells that come in pieces, escapes, and the table of shared strings.
 *
 * The table is kept compactly, for it can be larger than the sheets that are wanted: texts one after
 * another in blocks, and pages of pointers to them.
 */
#include "io/xlsx_internal.h"

#include <stdint.h>
#include <string.h>

enum {
    FIRST_TEXT_BYTES = 256,
    TEXT_BLOCK_BYTES = 64 * 1024,
    PAGE_STRINGS = 4096,
    STRINGS_MAX = WORKBOOK_CELLS_MAX, /* more cannot be in use */
    PAGES_MAX = STRINGS_MAX / PAGE_STRINGS + 1,
    ESCAPE_LENGTH = 7 /* _x000D_ */
};

typedef struct SharedString {
    const char *text; /* terminated */
    size_t length;
} SharedString;

struct XlsxStrings {
    size_t count;
    SharedString *pages[PAGES_MAX]; /* [PAGE_STRINGS] each */
};

/* ---- a text in pieces ----------------------------------------------------------------------- */

Status xlsx_text_new(XlsxText *text, Arena *arena)
{
    *text = (XlsxText){.arena = arena, .capacity = FIRST_TEXT_BYTES};
    text->bytes = arena_alloc(arena, FIRST_TEXT_BYTES, 1);
    return text->bytes != NULL ? STATUS_OK : STATUS_NO_MEMORY;
}

void xlsx_text_clear(XlsxText *text)
{
    text->length = 0;
    text->bytes[0] = '\0';
}

Status xlsx_text_add(XlsxText *text, const char *piece, size_t length, bool *too_long)
{
    size_t needed = text->length + length + 1;
    if (needed > CELL_BYTES_MAX + 1) {
        *too_long = true;
        return STATUS_OK;
    }
    if (needed > text->capacity) {
        size_t capacity = text->capacity;
        while (capacity < needed)
            capacity *= 2;
        char *grown = arena_grow(text->arena, text->bytes, text->capacity, capacity, 1);
        TRY_NEW(grown);
        text->bytes = grown;
        text->capacity = capacity;
    }
    memcpy(text->bytes + text->length, piece, length);
    text->length += length;
    text->bytes[text->length] = '\0';
    return STATUS_OK;
}

/* ---- escapes -------------------------------------------------------------------------------- */

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* The UTF-16 unit of the escape at @p text, or -1 when there is none. */
static int escaped_unit(const char *text, size_t length)
{
    int unit = 0;
    if (length < ESCAPE_LENGTH || text[0] != '_' || text[1] != 'x' || text[6] != '_')
        return -1;
    for (int i = 2; i < 6; i++) {
        int digit = hex_digit(text[i]);
        if (digit < 0)
            return -1;
        unit = 16 * unit + digit;
    }
    return unit;
}

static bool is_first_surrogate(int unit)
{
    return unit >= 0xD800 && unit < 0xDC00;
}

static bool is_second_surrogate(int unit)
{
    return unit >= 0xDC00 && unit < 0xE000;
}

/* The character of the escapes at @p text and how many bytes they take; false when there is none:
 * half a surrogate pair, or NUL. */
static bool escaped_character(const char *text, size_t length, uint32_t *character, size_t *taken)
{
    int unit = escaped_unit(text, length);
    *taken = ESCAPE_LENGTH;
    if (unit <= 0 || is_second_surrogate(unit))
        return false;
    *character = (uint32_t)unit;
    if (!is_first_surrogate(unit))
        return true;
    int second = escaped_unit(text + ESCAPE_LENGTH, length - ESCAPE_LENGTH);
    if (!is_second_surrogate(second))
        return false;
    *taken = 2 * (size_t)ESCAPE_LENGTH;
    *character = 0x10000 + (((uint32_t)unit - 0xD800) << 10) + ((uint32_t)second - 0xDC00);
    return true;
}

static size_t write_utf8(char *out, uint32_t c)
{
    static const unsigned char first[] = {0, 0, 0xC0, 0xE0, 0xF0};
    size_t bytes = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (size_t i = bytes; i > 1; i--) {
        out[i - 1] = (char)(0x80 | (c & 0x3F));
        c >>= 6;
    }
    out[0] = (char)(first[bytes] | c);
    return bytes;
}

void xlsx_text_unescape(XlsxText *text)
{
    char *bytes = text->bytes;
    char *mark = memchr(bytes, '_', text->length);
    if (mark == NULL)
        return;
    size_t out = (size_t)(mark - bytes);
    for (size_t in = out; in < text->length;) {
        uint32_t character;
        size_t taken;
        if (bytes[in] == '_' &&
            escaped_character(bytes + in, text->length - in, &character, &taken)) {
            out += write_utf8(bytes + out, character);
            in += taken;
        } else {
            bytes[out++] = bytes[in++];
        }
    }
    text->length = out;
    bytes[out] = '\0';
}

/* ---- the table ------------------------------------------------------------------------------ */

typedef struct StringsReading {
    WorkbookReading *reading;
    const char *part;
    XlsxStrings *strings;
    XlsxText text;
    char *room; /* what is left of the current block */
    size_t room_bytes;
    int64_t bytes; /* of all strings */
    int phonetic;  /* depth inside <rPh> */
    bool rooted;
    bool in_text;
} StringsReading;

static const char *keep(StringsReading *table)
{
    size_t bytes = table->text.length + 1;
    if (bytes > table->room_bytes) {
        size_t block = bytes < TEXT_BLOCK_BYTES ? TEXT_BLOCK_BYTES : bytes;
        table->room = arena_alloc(table->reading->scratch, block, 1);
        table->room_bytes = table->room != NULL ? block : 0;
        if (table->room == NULL)
            return NULL;
    }
    char *copy = table->room;
    memcpy(copy, table->text.bytes, bytes);
    table->room += bytes;
    table->room_bytes -= bytes;
    return copy;
}

static Status check_table(StringsReading *table)
{
    if (table->strings->count == STRINGS_MAX)
        return workbook_fail(table->reading, DIAG_WORKBOOK_LIMIT, 0, 0,
                             "the table of strings has more than %d strings; delete what is not "
                             "needed, or split the workbook",
                             STRINGS_MAX);
    table->bytes += (int64_t)table->text.length + 1;
    if (table->bytes > STRING_BYTES_MAX)
        return workbook_fail(table->reading, DIAG_WORKBOOK_LIMIT, 0, 0,
                             "the table of strings has more than %d MiB; delete what is not "
                             "needed, or split the workbook",
                             (int)(STRING_BYTES_MAX >> 20));
    return STATUS_OK;
}

static Status add_string(StringsReading *table)
{
    XlsxStrings *strings = table->strings;
    SharedString **page = &strings->pages[strings->count / PAGE_STRINGS];
    xlsx_text_unescape(&table->text);
    TRY(check_table(table));
    if (*page == NULL)
        *page = ARENA_NEW(table->reading->scratch, PAGE_STRINGS, SharedString);
    TRY_NEW(*page);
    const char *text = keep(table);
    TRY_NEW(text);
    (*page)[strings->count++ % PAGE_STRINGS] = (SharedString){text, table->text.length};
    return STATUS_OK;
}

static Status on_start(void *context, const XmlName *name, const XmlAttribute *attributes)
{
    StringsReading *table = context;
    (void)attributes;
    if (!table->rooted) {
        table->rooted = true;
        return xlsx_check_root(table->reading, name, "sst", table->part);
    }
    if (!xlsx_is_main(name))
        return STATUS_OK;
    if (strcmp(name->local, "si") == 0)
        xlsx_text_clear(&table->text);
    else if (strcmp(name->local, "rPh") == 0)
        table->phonetic++;
    else if (strcmp(name->local, "t") == 0)
        table->in_text = table->phonetic == 0;
    return STATUS_OK;
}

static Status on_end(void *context, const XmlName *name)
{
    StringsReading *table = context;
    if (!xlsx_is_main(name))
        return STATUS_OK;
    if (strcmp(name->local, "t") == 0)
        table->in_text = false;
    else if (strcmp(name->local, "rPh") == 0)
        table->phonetic--;
    else if (strcmp(name->local, "si") == 0)
        return add_string(table);
    return STATUS_OK;
}

static Status on_text(void *context, const char *text, size_t length)
{
    StringsReading *table = context;
    bool too_long = false;
    if (!table->in_text)
        return STATUS_OK;
    TRY(xlsx_text_add(&table->text, text, length, &too_long));
    if (too_long)
        return workbook_fail(table->reading, DIAG_WORKBOOK_LIMIT, 0, 0,
                             "text %zu of the table of strings has more than %d bytes; shorten the "
                             "cell that holds it",
                             table->strings->count + 1, CELL_BYTES_MAX);
    return STATUS_OK;
}

Status xlsx_strings_read(WorkbookReading *reading, const char *part, XlsxStrings **strings)
{
    static const XmlEvents events = {on_start, on_end, on_text, xlsx_space};
    StringsReading table = {.reading = reading, .part = part};
    table.strings = ARENA_NEW(reading->scratch, 1, XlsxStrings);
    TRY_NEW(table.strings);
    TRY(xlsx_text_new(&table.text, reading->scratch));
    if (part != NULL)
        TRY(xml_read(reading, part, &events, &table));
    *strings = table.strings;
    return STATUS_OK;
}

const char *xlsx_string(const XlsxStrings *strings, size_t index, size_t *length)
{
    if (index >= strings->count)
        return NULL;
    const SharedString *string = &strings->pages[index / PAGE_STRINGS][index % PAGE_STRINGS];
    *length = string->length;
    return string->text;
}
