/* The sheet: which blanks are trimmed off its cells. */
#include "tests/support/test_support.h"

#include "io/sheet.h"

#include <stdio.h>
#include <string.h>

#define NBSP "\xC2\xA0"

/* ---- blanks --------------------------------------------------------------------------------- */

static void blanks_of_every_kind_are_trimmed(void **state)
{
    static const char *const blanks[] = {
        " ",           "\t", "\n", "\r\n", NBSP, "\xE2\x80\xAF", "\xE2\x80\x89", "\xE2\x80\x8B",
        "\xEF\xBB\xBF"};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(blanks); i++) {
        for (size_t j = 0; j < COUNT_OF(blanks); j++) {
            char text[32];
            snprintf(text, sizeof text, "%s%sa b%s%s", blanks[i], blanks[j], blanks[j], blanks[i]);
            const char *trimmed = text;
            size_t length = strlen(text);
            trim_blanks(&trimmed, &length);
            assert_int_equal(length, 3);
            assert_memory_equal(trimmed, "a b", 3);
        }
    }
}

static void a_text_of_blanks_alone_becomes_empty(void **state)
{
    const char *text = " " NBSP "\t\xE2\x80\xAF";
    size_t length = strlen(text);
    (void)state;
    trim_blanks(&text, &length);
    assert_int_equal(length, 0);
}

static void letters_that_share_bytes_with_blanks_stay(void **state)
{
    static const char *const texts[] = {"\xC3\xA0", "\xE2\x80\x9E", "\xE2\x80\xA6", "\xD0\xA0"};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        const char *text = texts[i];
        size_t length = strlen(text);
        trim_blanks(&text, &length);
        assert_int_equal(length, strlen(texts[i]));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blanks_of_every_kind_are_trimmed),
        cmocka_unit_test(a_text_of_blanks_alone_becomes_empty),
        cmocka_unit_test(letters_that_share_bytes_with_blanks_stay),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
