/* One character of UTF-8 at a time. Texts reach this room checked, but a name may be cut off in the
 * middle of a character: such bytes are passed on as they are.
 */
#include "allot/letter.h"

enum { FIRST_OF_TWO_BYTES = 0x80, FIRST_OF_THREE_BYTES = 0x800 };

size_t letter_read(const char *text, unsigned *code)
{
    const unsigned char *p = (const unsigned char *)text;
    size_t length = p[0] < 0x80         ? 1
                    : p[0] >> 5 == 0x06 ? 2
                    : p[0] >> 4 == 0x0E ? 3
                    : p[0] >> 3 == 0x1E ? 4
                                        : 0;
    unsigned value = length == 1 ? p[0] : p[0] & (0xFFu >> (length + 1));

    *code = 0;
    for (size_t i = 1; i < length; i++) {
        if ((p[i] & 0xC0) != 0x80) /* the NUL at the end too */
            return 1;
        value = value << 6 | (p[i] & 0x3Fu);
    }
    if (length == 0)
        return 1;
    *code = value;
    return length;
}

size_t letter_write(unsigned code, char *out)
{
    if (code < FIRST_OF_TWO_BYTES) {
        out[0] = (char)code;
        return 1;
    }
    if (code >= FIRST_OF_THREE_BYTES)
        return 0;
    out[0] = (char)(0xC0 | code >> 6);
    out[1] = (char)(0x80 | (code & 0x3F));
    return 2;
}
