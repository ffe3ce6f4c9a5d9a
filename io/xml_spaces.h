/* room: io
 *
 * Namespaces of XML: what the prefixes in a tag stand for. The parser could say so itself, but takes
 * half as long again, and copies a namespace's name before each attribute that is in it.
 */
#ifndef ALLOT_IO_XML_SPACES_H
#define ALLOT_IO_XML_SPACES_H

#include "io/workbook_internal.h"

/** What is bounded. */
enum {
    XML_ATTRIBUTES_MAX = 1000, /* of one element */
    XML_ALIASED_MAX = 100,     /* of them: in a namespace that has two prefixes or more */
    XML_SPACES_MAX = 128,      /* declared by an element and those around it */
    XML_SPACE_BYTES_MAX = 256, /* of a namespace's name */
    XML_PREFIX_BYTES_MAX = 64  /* of one that is declared */
};

/** What can be wrong with a tag. */
typedef enum SpaceFault {
    SPACES_SOUND,
    SPACE_NAME_BAD,   /* "a:", ":a", "a:b:c" */
    SPACE_UNBOUND,    /* a prefix that nothing declares */
    SPACE_UNDONE,     /* a prefix declared to mean nothing */
    SPACE_XML,        /* "xml" declared to mean something else */
    SPACE_XMLNS,      /* "xmlns" declared */
    SPACE_RESERVED,   /* the namespace of one of the two declared for another prefix */
    SPACE_TWICE,      /* two attributes of one name, under two prefixes */
    SPACE_ATTRIBUTES, /* from here on: more than is allowed */
    SPACE_ALIASED,
    SPACE_MANY,
    SPACE_LONG,
    SPACE_PREFIX_LONG,
    SPACE_FAULTS
} SpaceFault;

typedef struct XmlSpaces XmlSpaces;

/** Room for one document at a time, or NULL without memory. */
XmlSpaces *xml_spaces_new(Arena *arena);

/** Begins a document. @p number tells namespaces apart, as XmlEvents.space. */
void xml_spaces_start(XmlSpaces *spaces, int (*number)(const char *space, size_t length));

/** A tag opens, up to XML_DEPTH_MAX inside each other: its name and attributes as the parser has
 *  them (name, value, ..., NULL) become @p name and @p out, valid until the next tag. */
SpaceFault xml_spaces_open(XmlSpaces *spaces, const char *whole, const char *const *attributes,
                           XmlName *name, const XmlAttribute **out);

/** The innermost open tag closes; @p whole is its name again. */
XmlName xml_spaces_close(XmlSpaces *spaces, const char *whole);

#endif
