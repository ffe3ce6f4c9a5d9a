/* Namespaces of XML, element by element: declarations lie on a stack, found through a hash of their
 * prefix, and go when their element ends. All room is set aside once; no tag takes memory.
 */
#include "io/xml_spaces.h"

#include <string.h>

enum { BUCKETS = 64, NO_PLACE = -1 };

#define XML_SPACE "http://www.w3.org/XML/1998/namespace"
#define XMLNS_SPACE "http://www.w3.org/2000/xmlns/"

typedef struct Declaration {
    unsigned hash;        /* of the prefix */
    size_t prefix_length; /* 0: of names without a prefix */
    size_t length;
    int number; /* of the namespace, as the reader counts */
    int first;  /* place of the first declaration of this namespace, perhaps this one */
    int below;  /* place of the declaration before it in its bucket, or NO_PLACE */
    bool alias; /* another prefix means this namespace already */
    char prefix[XML_PREFIX_BYTES_MAX];
    char name[XML_SPACE_BYTES_MAX];
} Declaration;

/* An open element. */
typedef struct OpenTag {
    int declared;  /* before it */
    int space;     /* of its name */
    size_t prefix; /* bytes of its name up to the local part */
} OpenTag;

struct XmlSpaces {
    int (*number)(const char *space, size_t length);
    size_t depth;
    int count;
    int buckets[BUCKETS]; /* place of the newest declaration in each, or NO_PLACE */
    OpenTag tags[XML_DEPTH_MAX];
    Declaration list[XML_SPACES_MAX + 1];                /* [count] first that of "xml" */
    XmlAttribute attributes[XML_ATTRIBUTES_MAX + 1];     /* of the newest tag, then one of NULL */
    const Declaration *declarations[XML_ATTRIBUTES_MAX]; /* of their prefixes; NULL without one */
};

/* ---- declarations --------------------------------------------------------------------------- */

static const Declaration *find(const XmlSpaces *spaces, const char *prefix, size_t length,
                               unsigned hash)
{
    for (int at = spaces->buckets[hash % BUCKETS]; at != NO_PLACE; at = spaces->list[at].below) {
        const Declaration *found = &spaces->list[at];
        if (found->hash == hash && found->prefix_length == length &&
            memcmp(found->prefix, prefix, length) == 0)
            return found;
    }
    return NULL;
}

static unsigned next_hash(unsigned hash, char c)
{
    return 31 * hash + (unsigned char)c;
}

/* Sets first and alias by what was declared before. */
static void find_alike(const XmlSpaces *spaces, Declaration *made)
{
    for (int at = 0; at < spaces->count; at++) {
        const Declaration *other = &spaces->list[at];
        if (other->length != made->length || memcmp(other->name, made->name, made->length) != 0)
            continue;
        if (made->first > at)
            made->first = at;
        if (other->prefix_length > 0 &&
            (other->prefix_length != made->prefix_length ||
             memcmp(other->prefix, made->prefix, made->prefix_length) != 0))
            made->alias = true;
    }
}

static SpaceFault declare(XmlSpaces *spaces, const char *prefix, const char *name)
{
    size_t prefix_length = strlen(prefix);
    size_t length = strlen(name);
    if (length > XML_SPACE_BYTES_MAX)
        return SPACE_LONG;
    if (prefix_length > XML_PREFIX_BYTES_MAX)
        return SPACE_PREFIX_LONG;
    if (spaces->count > XML_SPACES_MAX)
        return SPACE_MANY;
    Declaration *made = &spaces->list[spaces->count];
    made->hash = 0;
    for (size_t i = 0; i < prefix_length; i++)
        made->hash = next_hash(made->hash, prefix[i]);
    made->prefix_length = prefix_length;
    made->length = length;
    memcpy(made->prefix, prefix, prefix_length);
    memcpy(made->name, name, length);
    made->number = length > 0 ? spaces->number(name, length) : XML_NO_SPACE;
    made->first = spaces->count;
    made->alias = false;
    find_alike(spaces, made);
    int *bucket = &spaces->buckets[made->hash % BUCKETS];
    made->below = *bucket;
    *bucket = spaces->count++;
    return SPACES_SOUND;
}

/* What "Namespaces in XML 1.0" forbids, then the declaration. */
static SpaceFault check_and_declare(XmlSpaces *spaces, const char *prefix, const char *name)
{
    bool is_xml = strcmp(prefix, "xml") == 0;
    if (*prefix != '\0' && *name == '\0')
        return SPACE_UNDONE;
    if (strcmp(prefix, "xmlns") == 0)
        return SPACE_XMLNS;
    if (is_xml && strcmp(name, XML_SPACE) != 0)
        return SPACE_XML;
    if ((!is_xml && strcmp(name, XML_SPACE) == 0) || strcmp(name, XMLNS_SPACE) == 0)
        return SPACE_RESERVED;
    if (strchr(prefix, ':') != NULL)
        return SPACE_NAME_BAD;
    return declare(spaces, prefix, name);
}

/* The prefix that an attribute declares, "" the default; NULL when it declares nothing. */
static const char *declared_prefix(const char *attribute, SpaceFault *fault)
{
    static const char word[] = "xmlns";
    if (attribute[0] != 'x' || strncmp(attribute, word, sizeof word - 1) != 0)
        return NULL;
    const char *behind = attribute + sizeof word - 1;
    if (*behind == '\0')
        return behind;
    if (*behind != ':')
        return NULL;
    if (behind[1] == '\0')
        *fault = SPACE_NAME_BAD;
    return behind + 1;
}

/* ---- names ---------------------------------------------------------------------------------- */

/* Splits a name; *declaration is that of its prefix, or with @p by_default of names without one. */
static SpaceFault resolve(const XmlSpaces *spaces, const char *whole, bool by_default,
                          XmlName *name, const Declaration **declaration)
{
    unsigned hash = 0;
    size_t length = 0;
    for (; whole[length] != ':'; length++) {
        if (whole[length] == '\0') {
            *declaration = by_default ? find(spaces, "", 0, 0) : NULL;
            *name = (XmlName){*declaration != NULL ? (*declaration)->number : XML_NO_SPACE, whole};
            return SPACES_SOUND;
        }
        hash = next_hash(hash, whole[length]);
    }
    const char *local = whole + length + 1;
    if (length == 0 || *local == '\0' || strchr(local, ':') != NULL)
        return SPACE_NAME_BAD;
    *declaration = find(spaces, whole, length, hash);
    if (*declaration == NULL)
        return SPACE_UNBOUND;
    *name = (XmlName){(*declaration)->number, local};
    return SPACES_SOUND;
}

/* True when an attribute of the tag has the name of attribute @p at under another prefix. */
static bool is_twice(const XmlSpaces *spaces, size_t at, size_t count)
{
    const Declaration *mine = spaces->declarations[at];
    for (size_t i = 0; i < count; i++) {
        const Declaration *other = spaces->declarations[i];
        if (other != NULL && other != mine && other->first == mine->first &&
            strcmp(spaces->attributes[i].name.local, spaces->attributes[at].name.local) == 0)
            return true;
    }
    return false;
}

/* Two attributes of one name and two prefixes are the parser's to refuse when prefixes are equal, and
 * ours when they mean the same. */
static SpaceFault check_aliased(const XmlSpaces *spaces, size_t count)
{
    size_t aliased = 0;
    for (size_t i = 0; i < count; i++) {
        if (spaces->declarations[i] == NULL || !spaces->declarations[i]->alias)
            continue;
        if (++aliased > XML_ALIASED_MAX)
            return SPACE_ALIASED;
        if (is_twice(spaces, i, count))
            return SPACE_TWICE;
    }
    return SPACES_SOUND;
}

/* ---- tags ----------------------------------------------------------------------------------- */

XmlSpaces *xml_spaces_new(Arena *arena)
{
    return ARENA_NEW(arena, 1, XmlSpaces);
}

static int no_number(const char *space, size_t length)
{
    (void)space;
    (void)length;
    return XML_OTHER_SPACE;
}

void xml_spaces_start(XmlSpaces *spaces, int (*number)(const char *space, size_t length))
{
    spaces->number = number != NULL ? number : no_number;
    spaces->depth = 0;
    spaces->count = 0;
    for (int i = 0; i < BUCKETS; i++)
        spaces->buckets[i] = NO_PLACE;
    (void)declare(spaces, "xml", XML_SPACE); /* has room */
}

static SpaceFault declare_all(XmlSpaces *spaces, const char *const *attributes)
{
    SpaceFault fault = SPACES_SOUND;
    for (; *attributes != NULL && fault == SPACES_SOUND; attributes += 2) {
        const char *prefix = declared_prefix(attributes[0], &fault);
        if (prefix != NULL && fault == SPACES_SOUND)
            fault = check_and_declare(spaces, prefix, attributes[1]);
    }
    return fault;
}

static SpaceFault resolve_all(XmlSpaces *spaces, const char *const *attributes)
{
    SpaceFault fault = SPACES_SOUND;
    size_t count = 0;
    bool aliased = false;
    for (; *attributes != NULL; attributes += 2) {
        if (declared_prefix(attributes[0], &fault) != NULL)
            continue;
        if (count == XML_ATTRIBUTES_MAX)
            return SPACE_ATTRIBUTES;
        XmlAttribute *attribute = &spaces->attributes[count];
        const Declaration **declaration = &spaces->declarations[count];
        fault = resolve(spaces, attributes[0], false, &attribute->name, declaration);
        if (fault != SPACES_SOUND)
            return fault;
        attribute->value = attributes[1];
        aliased = aliased || (*declaration != NULL && (*declaration)->alias);
        count++;
    }
    spaces->attributes[count] = (XmlAttribute){.value = NULL};
    return aliased ? check_aliased(spaces, count) : SPACES_SOUND;
}

SpaceFault xml_spaces_open(XmlSpaces *spaces, const char *whole, const char *const *attributes,
                           XmlName *name, const XmlAttribute **out)
{
    const Declaration *declaration;
    OpenTag *tag = &spaces->tags[spaces->depth++];
    tag->declared = spaces->count;
    SpaceFault fault = declare_all(spaces, attributes);
    if (fault == SPACES_SOUND)
        fault = resolve(spaces, whole, true, name, &declaration);
    if (fault == SPACES_SOUND)
        fault = resolve_all(spaces, attributes);
    if (fault != SPACES_SOUND)
        return fault;
    tag->space = name->space;
    tag->prefix = (size_t)(name->local - whole);
    *out = spaces->attributes;
    return SPACES_SOUND;
}

XmlName xml_spaces_close(XmlSpaces *spaces, const char *whole)
{
    const OpenTag *tag = &spaces->tags[--spaces->depth];
    while (spaces->count > tag->declared) {
        const Declaration *last = &spaces->list[--spaces->count];
        spaces->buckets[last->hash % BUCKETS] = last->below;
    }
    return (XmlName){tag->space, whole + tag->prefix};
}
