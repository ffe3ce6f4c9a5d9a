/* Is it UTF-8? The table of well-formed byte sequences of the Unicode Standard (chapter 3, table
 * 3-7): no overlong forms, no surrogates, nothing above U+10FFFF.
 *
 * Called with every byte of every text file, so runs of ASCII are passed over eight at a time.
 */
#include "io/utf8.h"

#include <string.h>

Utf8Check utf8_start(void)
{
    return (Utf8Check){.bad = false};
}

size_t ascii_length(const char *bytes, size_t size)
{
    static const uint64_t high_bits = UINT64_C(0x8080808080808080);
    size_t length = 0;
    while (size - length >= sizeof(uint64_t)) {
        uint64_t eight;
        memcpy(&eight, bytes + length, sizeof eight);
        if ((eight & high_bits) != 0)
            break;
        length += sizeof eight;
    }
    while (length < size && (unsigned char)bytes[length] < 0x80)
        length++;
    return length;
}

static void set_bad(Utf8Check *check, unsigned char byte, int count)
{
    check->bad_count += (uint64_t)count;
    if (check->bad)
        return;
    check->bad = true;
    check->bad_byte = byte;
    check->bad_offset = check->offset - (uint64_t)(count - 1);
    check->good_before = check->good_count;
}

/* Begins a letter of more than one byte; false when none begins so. */
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
    check->had = 1;
    return true;
}

/* The letter under way ended before its time: all its bytes are wrong. offset is the last of them. */
static void break_off(Utf8Check *check)
{
    check->offset--;
    set_bad(check, check->lead, check->had);
    check->offset++;
    check->missing = 0;
}

static void check_byte(Utf8Check *check, unsigned char byte)
{
    if (check->missing > 0) {
        if (byte >= check->low && byte <= check->high) {
            check->low = 0x80;
            check->high = 0xBF;
            check->had++;
            check->missing--;
            if (check->missing == 0)
                check->good_count++;
            return;
        }
        break_off(check);
    }
    if (byte >= 0x80 && !begin(check, byte))
        set_bad(check, byte, 1);
}

void utf8_check(Utf8Check *check, const char *bytes, size_t size)
{
    size_t i = 0;
    while (i < size) {
        if (check->missing == 0) {
            size_t plain = ascii_length(bytes + i, size - i);
            check->offset += plain;
            i += plain;
            if (i == size)
                return;
        }
        check_byte(check, (unsigned char)bytes[i]);
        check->offset++;
        i++;
    }
}

void utf8_finish(Utf8Check *check)
{
    if (check->missing > 0)
        break_off(check);
}

size_t utf8_write(uint32_t letter, char *out)
{
    if (letter < 0x80) {
        out[0] = (char)letter;
        return 1;
    }
    size_t more = letter < 0x800 ? 1 : letter < 0x10000 ? 2 : 3;
    static const unsigned char lead[] = {0, 0xC0, 0xE0, 0xF0};
    for (size_t i = more; i > 0; i--) {
        out[i] = (char)(0x80 | (letter & 0x3F));
        letter >>= 6;
    }
    out[0] = (char)(lead[more] | letter);
    return more + 1;
}
