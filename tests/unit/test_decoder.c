/* The decoder: every encoding at every size of the pieces, and the first byte that does not fit. */
#include "tests/support/test_support.h"

#include <string.h>

#include "io/encoding.h"
#include "tests/support/encoded_text.h"

#define BYTES(text) (text), sizeof(text) - 1

static void every_encoding_decodes_at_every_size_of_pieces(void **state)
{
    static const char *const names[] = {"UTF-8",   "UTF-16LE", "UTF-16BE",  "UTF-32LE",
                                        "GB18030", "UTF-7",    "SHIFT_JIS", "windows-1251"};
    static const char text[] = "id;назва\n1;Київ, Львів\n2;центр\n";
    static EncodedText bytes, back;
    uint64_t bad_offset;
    (void)state;
    for (size_t n = 0; n < COUNT_OF(names); n++) {
        const char *all =
            strcmp(names[n], "SHIFT_JIS") == 0 ? "id\nназвание\n\xE6\x97\xA5\n" : text;
        Encoding encoding = {.found = ENCODING_DECLARED, .name = names[n], .reason = ""};
        assert_true(encode_text(all, strlen(all), names[n], &bytes));
        for (size_t piece = 1; piece <= bytes.size; piece++) {
            assert_case_int(
                names[n],
                decode_in_pieces(&encoding, bytes.at, bytes.size, piece, &back, &bad_offset),
                STATUS_OK);
            back.at[back.size] = '\0';
            assert_case_text(names[n], back.at, all);
        }
    }
}

static void the_first_bad_byte_is_named_at_every_size_of_pieces(void **state)
{
    static const struct {
        const char *name, *bytes;
        size_t size, mark, offset;
        const char *before;
    } cases[] = {
        {"UTF-8", BYTES("ab\xFF"), 0, 2, "ab"},
        {"UTF-8",
         BYTES("\xEF\xBB\xBF"
               "a\xE2\x80"
               "b"),
         3, 4, "a"},
        {"UTF-8", BYTES("\xC3\xA9\xF0\x9F\x98"), 0, 2, "\xC3\xA9"},
        {"UTF-8", BYTES("a\xC0\xAF"), 0, 1, "a"},
        {"UTF-8", BYTES("a\xED\xA0\x80"), 0, 1, "a"},
        {"UTF-8", BYTES("a\xF4\x90\x80\x80"), 0, 1, "a"},
        {"UTF-16LE", BYTES("\xFF\xFEi\0\0\xDCx\0"), 2, 4, "i"},
        {"UTF-16BE", BYTES("\0i\0"), 0, 2, "i"},
        {"windows-1251", BYTES("\xCA\xE8\x98\xE2"), 0, 2, "Ки"},
    };
    static EncodedText back;
    uint64_t bad_offset;
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        Encoding encoding = {.name = cases[i].name, .mark_bytes = cases[i].mark, .reason = ""};
        for (size_t piece = 1; piece <= cases[i].size; piece++) {
            Status status = decode_in_pieces(&encoding, cases[i].bytes, cases[i].size, piece, &back,
                                             &bad_offset);
            assert_case_int(cases[i].name, status, STATUS_FINDINGS);
            assert_case_int(cases[i].name, (int64_t)bad_offset, (int64_t)cases[i].offset);
            back.at[back.size] = '\0';
            assert_case_text(cases[i].name, back.at, cases[i].before);
        }
    }
}

static void names_are_known_that_iconv_knows(void **state)
{
    static const char *const known[] = {"windows-1250", "CP1251", "koi8-u", "utf-8", "ISO-8859-2"};
    static const char *const unknown[] = {"", "windows-125", "utf-8//IGNORE", "char", "//", "none"};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(known); i++)
        assert_case(known[i], encoding_is_known(known[i]));
    for (size_t i = 0; i < COUNT_OF(unknown); i++)
        assert_case(unknown[i], !encoding_is_known(unknown[i]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_encoding_decodes_at_every_size_of_pieces),
        cmocka_unit_test(the_first_bad_byte_is_named_at_every_size_of_pieces),
        cmocka_unit_test(names_are_known_that_iconv_knows),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
