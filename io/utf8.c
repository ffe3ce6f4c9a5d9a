/* Is it UTF-8? The table of well-formed byte sequences of the Unicode Standard (chapter 3, table
 * 3-7): no overlong forms, no surrogates, nothing above U+10FFFF.
 *
 * Called by the CSV reader with every byte of a file.
 */
#include "io/utf8.h"

Utf8Check utf8_start(void)
{
    return (Utf8Check){.line = 1};
}

static void set_bad(Utf8Check *check, unsigned char byte, size_t offset)
{
    check->bad = true;
    check->bad_byte = byte;
    check->bad_offset = offset;
    check->bad_line = check->line;
}

/* Begins a sequence of more than one byte; false when no sequence begins so. */
static bool begin(Utf8Check *check, unsigned char byte)
{
    check->low = 0x80;
    check->high = 0xBF;
    if (byte >= 0xC2 && byte <= 0xDF) {
        check->missing = 1;
    } else if (byte >= 0xE0 && byte <= 0xEF) {
        check->missing = 2;
        if (byte == 0xE0)
            check->low = 0xA0;
        if (byte == 0xED)
            check->high = 0x9F;
    } else if (byte >= 0xF0 && byte <= 0xF4) {
        check->missing = 3;
        if (byte == 0xF0)
            check->low = 0x90;
        if (byte == 0xF4)
            check->high = 0x8F;
    } else {
        return false;
    }
    check->lead = byte;
    check->lead_offset = check->offset;
    return true;
}

static void check_byte(Utf8Check *check, unsigned char byte)
{
    if (check->missing > 0) {
        if (byte < check->low || byte > check->high) {
            set_bad(check, check->lead, check->lead_offset);
            return;
        }
        check->low = 0x80;
        check->high = 0xBF;
        check->missing--;
    } else if (byte >= 0x80) {
        if (!begin(check, byte))
            set_bad(check, byte, check->offset);
    } else if (byte == '\r' || (byte == '\n' && check->last != '\r')) {
        check->line++;
    }
}

void utf8_check(Utf8Check *check, const char *bytes, size_t size)
{
    for (size_t i = 0; i < size && !check->bad; i++) {
        unsigned char byte = (unsigned char)bytes[i];
        check_byte(check, byte);
        check->last = byte;
        check->offset++;
    }
}

void utf8_finish(Utf8Check *check)
{
    if (!check->bad && check->missing > 0)
        set_bad(check, check->lead, check->lead_offset);
}
