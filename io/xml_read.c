/* XML parts as events, through expat. The only file that includes expat.h.
 *
 * expat expands no entity here, since the DOCTYPE that could declare one is refused. What is left
 * to bound is what it keeps in memory: the depth, the bytes of one tag (a tag is read whole and, cut
 * into pieces, again and again) and the names of elements and attributes (each is kept to the end).
 * Namespaces are xml_spaces.c's, which says why.
 */
#include "io/xml_spaces.h"

#include "allot/language.h"
#include "allot/quote.h"

#include <expat.h>

#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    FILE_BUFFER_BYTES = 64 * 1024,
    TAG_BYTES_MAX = 256 * 1024,         /* a tag, or a comment */
    PARSER_BYTES_MAX = 32 * 1024 * 1024 /* genuine parts take less than one */
};

typedef struct XmlReading {
    WorkbookReading *reading;
    const char *part; /* name in findings */
    XML_Parser parser;
    XmlSpaces *spaces;
    const XmlEvents *events;
    void *context;
    int depth;
    int64_t fed;   /* bytes */
    Status status; /* of the events */
} XmlReading;

static void stop(XmlReading *xml, Status status)
{
    xml->status = status;
    if (status != STATUS_OK)
        (void)XML_StopParser(xml->parser, XML_FALSE);
}

static Status fail_limit(const XmlReading *xml, const char *what, int limit)
{
    return workbook_fail(
        xml->reading, DIAG_WORKBOOK_LIMIT, 0, 0,
        "part '%s' has more than %d %s; open it in Excel or LibreOffice and save it again",
        quote(xml->part).text, limit, _(what));
}

static Status fail_xml(const XmlReading *xml, enum XML_Error error)
{
    return workbook_fail(xml->reading, DIAG_WORKBOOK, 0, 0,
                         "part '%s' is not well-formed XML (%s, line %lu); open it in Excel or "
                         "LibreOffice and save it again",
                         quote(xml->part).text, XML_ErrorString(error),
                         (unsigned long)XML_GetCurrentLineNumber(xml->parser));
}

static Status fail_spaces(const XmlReading *xml, SpaceFault fault)
{
    static const struct {
        enum XML_Error error;
        const char *what; /* a limit instead */
        int limit;
    } faults[SPACE_FAULTS] = {
        [SPACE_NAME_BAD] = {.error = XML_ERROR_INVALID_TOKEN},
        [SPACE_UNBOUND] = {.error = XML_ERROR_UNBOUND_PREFIX},
        [SPACE_UNDONE] = {.error = XML_ERROR_UNDECLARING_PREFIX},
        [SPACE_XML] = {.error = XML_ERROR_RESERVED_PREFIX_XML},
        [SPACE_XMLNS] = {.error = XML_ERROR_RESERVED_PREFIX_XMLNS},
        [SPACE_RESERVED] = {.error = XML_ERROR_RESERVED_NAMESPACE_URI},
        [SPACE_TWICE] = {.error = XML_ERROR_DUPLICATE_ATTRIBUTE},
        [SPACE_ATTRIBUTES] = {.what = N_("attributes at one element"), .limit = XML_ATTRIBUTES_MAX},
        [SPACE_ALIASED] = {.what =
                               N_("attributes at one element in a namespace of several prefixes"),
                           .limit = XML_ALIASED_MAX},
        [SPACE_MANY] = {.what = N_("namespaces at one place"), .limit = XML_SPACES_MAX},
        [SPACE_LONG] = {.what = N_("bytes in the name of a namespace"),
                        .limit = XML_SPACE_BYTES_MAX},
        [SPACE_PREFIX_LONG] = {.what = N_("bytes in the prefix of a namespace"),
                               .limit = XML_PREFIX_BYTES_MAX},
    };
    if (faults[fault].what != NULL)
        return fail_limit(xml, faults[fault].what, faults[fault].limit);
    return fail_xml(xml, faults[fault].error);
}

/* ---- expat's memory ------------------------------------------------------------------------- */

/* What stands before each block. */
typedef union BlockHead {
    size_t bytes;
    max_align_t align;
} BlockHead;

/* Taken by this thread's parser, which cannot say to whom it belongs; 0 when it was freed. */
static _Thread_local size_t parser_bytes;
static _Thread_local bool parser_refused; /* it wanted more than it may have */

static void *take_again(void *old, size_t bytes)
{
    BlockHead *block = old != NULL ? (BlockHead *)old - 1 : NULL;
    size_t others = parser_bytes - (block != NULL ? block->bytes : 0);
    if (bytes > PARSER_BYTES_MAX - others) {
        parser_refused = true;
        return NULL;
    }
    block = realloc(block, sizeof *block + bytes);
    if (block == NULL)
        return NULL;
    block->bytes = bytes;
    parser_bytes = others + bytes;
    return block + 1;
}

static void *take(size_t bytes)
{
    return take_again(NULL, bytes);
}

static void give_back(void *old)
{
    if (old == NULL)
        return;
    BlockHead *block = (BlockHead *)old - 1;
    parser_bytes -= block->bytes;
    free(block);
}

static XML_Parser new_parser(void)
{
    static const XML_Memory_Handling_Suite memory = {take, take_again, give_back};
    parser_refused = false;
    return XML_ParserCreate_MM(NULL, &memory, NULL);
}

/* ---- expat's callbacks ---------------------------------------------------------------------- */

static void XMLCALL on_start(void *context, const XML_Char *whole, const XML_Char **parsed)
{
    XmlReading *xml = context;
    XmlName name;
    const XmlAttribute *attributes;
    if (xml->status != STATUS_OK)
        return;
    if (++xml->depth > XML_DEPTH_MAX) {
        stop(xml, fail_limit(xml, N_("elements inside each other"), XML_DEPTH_MAX));
        return;
    }
    SpaceFault fault = xml_spaces_open(xml->spaces, whole, parsed, &name, &attributes);
    if (fault != SPACES_SOUND)
        stop(xml, fail_spaces(xml, fault));
    else if (xml->events->start != NULL)
        stop(xml, xml->events->start(xml->context, &name, attributes));
}

static void XMLCALL on_end(void *context, const XML_Char *whole)
{
    XmlReading *xml = context;
    if (xml->status != STATUS_OK)
        return;
    xml->depth--;
    XmlName name = xml_spaces_close(xml->spaces, whole);
    if (xml->events->end != NULL)
        stop(xml, xml->events->end(xml->context, &name));
}

static void XMLCALL on_text(void *context, const XML_Char *text, int length)
{
    XmlReading *xml = context;
    if (xml->status == STATUS_OK)
        stop(xml, xml->events->text(xml->context, text, (size_t)length));
}

static void XMLCALL on_doctype(void *context, const XML_Char *name, const XML_Char *system,
                               const XML_Char *public, int internal)
{
    XmlReading *xml = context;
    (void)name;
    (void)system;
    (void)public;
    (void)internal;
    if (xml->status == STATUS_OK)
        stop(xml, workbook_fail(xml->reading, DIAG_WORKBOOK, 0, 0,
                                "part '%s' holds a DOCTYPE, which no workbook may; open it in "
                                "Excel or LibreOffice and save it again",
                                quote(xml->part).text));
}

/* ---- feeding -------------------------------------------------------------------------------- */

static Status fail_parse(const XmlReading *xml)
{
    enum XML_Error error = XML_GetErrorCode(xml->parser);
    if (error != XML_ERROR_NO_MEMORY)
        return fail_xml(xml, error);
    if (!parser_refused)
        return STATUS_NO_MEMORY;
    return fail_limit(xml, N_("MiB of names that differ"), PARSER_BYTES_MAX >> 20);
}

/* Refuses a tag that has begun and does not end. */
static Status check_tag(const XmlReading *xml, size_t size)
{
    int64_t whole = (int64_t)XML_GetCurrentByteIndex(xml->parser); /* what was passed on, or -1 */
    if (whole >= 0 && xml->fed - whole > TAG_BYTES_MAX + (int64_t)size)
        return fail_limit(xml, N_("bytes in one tag"), TAG_BYTES_MAX);
    return STATUS_OK;
}

static Status feed(void *context, const char *bytes, size_t size)
{
    XmlReading *xml = context;
    xml->fed += (int64_t)size;
    if (XML_Parse(xml->parser, bytes, (int)size, XML_FALSE) == XML_STATUS_ERROR)
        return xml->status != STATUS_OK ? xml->status : fail_parse(xml);
    return check_tag(xml, size);
}

static Status feed_end(XmlReading *xml)
{
    if (XML_Parse(xml->parser, "", 0, XML_TRUE) == XML_STATUS_ERROR)
        return xml->status != STATUS_OK ? xml->status : fail_parse(xml);
    return xml->status;
}

static Status report_file(const WorkbookReading *reading)
{
    diag_add(reading->diag, DIAG_FILE, (DiagPlace){.file = reading->file},
             N_("the file cannot be read: %s; make it readable, or name another"), strerror(errno));
    return STATUS_IO;
}

static Status feed_stream(XmlReading *xml, FILE *stream, char *buffer)
{
    size_t got;
    while ((got = fread(buffer, 1, FILE_BUFFER_BYTES, stream)) > 0) {
        TRY(feed(xml, buffer, got));
        if (xml->fed > PART_BYTES_MAX)
            return workbook_fail(xml->reading, DIAG_WORKBOOK_LIMIT, 0, 0,
                                 "the file has more than %d MiB; delete rows, columns and pictures "
                                 "that are not needed, or split the workbook",
                                 (int)(PART_BYTES_MAX >> 20));
    }
    return ferror(stream) ? report_file(xml->reading) : STATUS_OK;
}

static Status feed_file(XmlReading *xml)
{
    char *buffer = arena_alloc(xml->reading->scratch, FILE_BUFFER_BYTES, 1);
    TRY_NEW(buffer);
    FILE *stream = fopen(xml->reading->path, "rb");
    if (stream == NULL)
        return report_file(xml->reading);
    Status status = feed_stream(xml, stream, buffer);
    fclose(stream); /* read only: nothing can be lost */
    return status;
}

static Status feed_part(XmlReading *xml)
{
    WorkbookReading *reading = xml->reading;
    Status status = zip_read(reading->zip, xml->part, feed, xml);
    if (status == STATUS_FINDINGS && zip_fault(reading->zip) != ZIP_SOUND)
        return workbook_fail_zip(reading);
    return status;
}

Status xml_read(WorkbookReading *reading, const char *part, const XmlEvents *events, void *context)
{
    XmlReading xml = {.reading = reading,
                      .part = part != NULL ? part : reading->file,
                      .events = events,
                      .context = context};
    if (reading->spaces == NULL)
        reading->spaces = xml_spaces_new(reading->scratch);
    TRY_NEW(reading->spaces);
    xml.spaces = reading->spaces;
    xml_spaces_start(xml.spaces, events->space);
    xml.parser = new_parser();
    TRY_NEW(xml.parser);
    XML_SetUserData(xml.parser, &xml);
    XML_SetElementHandler(xml.parser, on_start, on_end);
    XML_SetStartDoctypeDeclHandler(xml.parser, on_doctype);
    if (events->text != NULL)
        XML_SetCharacterDataHandler(xml.parser, on_text);
    Status status = part != NULL ? feed_part(&xml) : feed_file(&xml);
    if (status == STATUS_OK)
        status = feed_end(&xml);
    XML_ParserFree(xml.parser);
    return status;
}

/* ---- names ---------------------------------------------------------------------------------- */

const char *xml_attribute_in(const XmlAttribute *attributes, int space, const char *local)
{
    for (; attributes->name.local != NULL; attributes++)
        if (attributes->name.space == space && strcmp(attributes->name.local, local) == 0)
            return attributes->value;
    return NULL;
}

const char *xml_attribute(const XmlAttribute *attributes, const char *local)
{
    return xml_attribute_in(attributes, XML_NO_SPACE, local);
}

/* minizip does not tell its version; 1.1 is what Debian 12 has. */
const char *workbook_library_version(void)
{
#define XML_TEXT_OF(number) #number
#define XML_TEXT(number) XML_TEXT_OF(number)
    return "expat " XML_TEXT(XML_MAJOR_VERSION) "." XML_TEXT(XML_MINOR_VERSION) "." XML_TEXT(
        XML_MICRO_VERSION) ", minizip 1.1";
#undef XML_TEXT
#undef XML_TEXT_OF
}
