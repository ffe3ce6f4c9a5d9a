/* UTF-8: which bytes are letters, what the first wrong one is, how many there are of both. */
#include "tests/support/test_support.h"

#include <stdio.h>
#include <string.h>

#include "io/utf8.h"

typedef struct Case {
    const char *label;
    const char *bytes;
    int64_t bad_offset; /* -1: none */
    unsigned bad_byte;
    int64_t good, bad; /* letters of several bytes; bytes of none */
} Case;

static const Case CASES[] = {
    {"nothing", "", -1, 0, 0, 0},
    {"ASCII", "abcdefghijklmnopq", -1, 0, 0, 0},
    {"two bytes", "a\xC3\xA9z", -1, 0, 1, 0},
    {"three bytes", "\xE2\x82\xAC\xE2\x82\xAC", -1, 0, 2, 0},
    {"four bytes", "\xF0\x9D\x84\x9E", -1, 0, 1, 0},
    {"the last letter of all", "\xF4\x8F\xBF\xBF", -1, 0, 1, 0},
    {"one byte alone", "ab\xE9z", 2, 0xE9, 0, 1},
    {"a sequence cut off by ASCII", "a\xE2\x80z", 1, 0xE2, 0, 2},
    {"a sequence cut off by a letter", "\xE2\x80\xC3\xA9", 0, 0xE2, 1, 2},
    {"a sequence cut off by the end", "\xC3\xA9\xF0\x9F\x98", 2, 0xF0, 1, 3},
    {"an overlong form", "\xC0\xAF", 0, 0xC0, 0, 2},
    {"an overlong form of three bytes", "\xE0\x80\xAF", 0, 0xE0, 0, 3},
    {"an overlong form of four bytes", "\xF0\x80\x80\xAF", 0, 0xF0, 0, 4},
    {"a surrogate", "\xED\xA0\x80", 0, 0xED, 0, 3},
    {"above U+10FFFF", "\xF4\x90\x80\x80", 0, 0xF4, 0, 4},
    {"far above", "\xF5\x80\x80\x80", 0, 0xF5, 0, 4},
    {"good letters behind bad bytes", "\xFF\xC3\xA9\xFE\xC3\xA9", 0, 0xFF, 2, 2},
    {"beyond eight ASCII bytes", "01234567\xE9", 8, 0xE9, 0, 1},
};

static void letters_and_wrong_bytes_are_counted_at_every_size_of_pieces(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        const Case *c = &CASES[i];
        size_t size = strlen(c->bytes);
        for (size_t piece = 1; piece <= size + 1; piece++) {
            Utf8Check check = utf8_start();
            for (size_t at = 0; at < size; at += piece)
                utf8_check(&check, c->bytes + at, size - at < piece ? size - at : piece);
            utf8_finish(&check);
            assert_case_int(c->label, check.bad ? (int64_t)check.bad_offset : -1, c->bad_offset);
            assert_case_int(c->label, check.bad_byte, c->bad_byte);
            assert_case_int(c->label, (int64_t)check.good_count, c->good);
            assert_case_int(c->label, (int64_t)check.bad_count, c->bad);
            assert_case_int(c->label, (int64_t)check.offset, (int64_t)size);
        }
    }
}

static void ascii_is_measured_from_every_place(void **state)
{
    static const char text[] = "0123456789abcdef\xC3\xA9";
    (void)state;
    for (size_t from = 0; from <= 16; from++)
        for (size_t to = from; to < sizeof text; to++)
            assert_int_equal(ascii_length(text + from, to - from), (to < 16 ? to : 16) - from);
}

static void letters_are_written_in_one_to_four_bytes(void **state)
{
    static const struct {
        uint32_t letter;
        const char *want;
    } cases[] = {{'a', "a"},
                 {0x7F, "\x7F"},
                 {0x80, "\xC2\x80"},
                 {0x457, "\xD1\x97"},
                 {0x7FF, "\xDF\xBF"},
                 {0x800, "\xE0\xA0\x80"},
                 {0x20AC, "\xE2\x82\xAC"},
                 {0x1D11E, "\xF0\x9D\x84\x9E"}};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char got[UTF8_LETTER_BYTES_MAX + 1];
        got[utf8_write(cases[i].letter, got)] = '\0';
        assert_string_equal(got, cases[i].want);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters_and_wrong_bytes_are_counted_at_every_size_of_pieces),
        cmocka_unit_test(ascii_is_measured_from_every_place),
        cmocka_unit_test(letters_are_written_in_one_to_four_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
