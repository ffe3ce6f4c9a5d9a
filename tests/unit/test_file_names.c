/* Names of files, each by hand: what stays, what goes, and which names a disk may take for one. */
#include "io/file_names.h"

#include <string.h>

#include "tests/support/test_support.h"

static void letters_of_any_alphabet_stay_and_other_signs_are_one_line(void **state)
{
    static const char *const cases[][2] = {
        {"PL", "donor-PL"},
        {"Š-1.b_c", "donor-Š-1.b_c"},
        {"Міністерство охорони здоров’я", "donor-Міністерство_охорони_здоров_я"},
        {"../a b%", "donor-.._a_b_"},
        {"a<>:\"/\\|?*\x01\x7f"
         "b",
         "donor-a_b"},
        {"日本 (JICA)", "donor-日本_JICA_"},
        {"CON", "donor-CON"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        Arena *arena = arena_new();
        FileNames *names = file_names_new(arena);
        assert_non_null(names);
        assert_string_equal(file_names_add(names, "donor", cases[i][0], 0), cases[i][1]);
        arena_free(arena);
    }
}

static void names_that_a_disk_may_take_for_one_are_numbered(void **state)
{
    static const char *const cases[][2] = {
        {"CON", "donor-CON"},
        {"con", "donor-con-2"},
        {"a b", "donor-a_b"},
        {"a/b", "donor-a_b-2"},
        {"A_B-2", "donor-A_B-2-2"},
        {"ЇЖАК", "donor-ЇЖАК"},
        {"їжак", "donor-їжак-2"}, /* and with its dots apart: */
        {"\xD1\x96\xCC\x88жак", "donor-\xD1\x96\xCC\x88жак-3"},
        {"Š", "donor-Š"},
        {"s\xCC\x8C", "donor-s\xCC\x8C-2"},
        {"S", "donor-S"},
        {"й", "donor-й"},
        {"и", "donor-и"},
        {"\xCE\x86", "donor-\xCE\x86"}, /* Greek, with a tonos */
        {"\xCE\xAC", "donor-\xCE\xAC-2"},
    };
    Arena *arena = arena_new();
    FileNames *names = file_names_new(arena);
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_string_equal(file_names_add(names, "donor", cases[i][0], (int)i), cases[i][1]);
    assert_string_equal(file_names_add(names, "beneficiary", "CON", 99), "beneficiary-CON");
    assert_int_equal(file_names_find(names, "donor-con"), 0); /* as a disk would find it */
    assert_int_equal(file_names_find(names, "DONOR-A_B-2"), 3);
    assert_int_equal(file_names_find(names, "donor-nobody"), -1);
    arena_free(arena);
}

/* 49 letters of two bytes and one of one are 99 bytes: half of another would be the hundredth. */
static void a_long_id_is_cut_behind_a_letter(void **state)
{
    char id[202] = "x", want[128] = "donor-x";
    Arena *arena = arena_new();
    FileNames *names = file_names_new(arena);
    (void)state;
    for (size_t i = 0; i < 100; i++)
        memcpy(id + 1 + 2 * i, "Ж", 3);
    for (size_t i = 0; i < 49; i++)
        memcpy(want + 7 + 2 * i, "Ж", 3);
    assert_string_equal(file_names_add(names, "donor", id, 0), want);
    memcpy(want + strlen(want), "-2", 3);
    id[200] = '!';
    assert_string_equal(file_names_add(names, "donor", id, 1), want);
    assert_int_equal(file_names_find(names, want), 1);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters_of_any_alphabet_stay_and_other_signs_are_one_line),
        cmocka_unit_test(names_that_a_disk_may_take_for_one_are_numbered),
        cmocka_unit_test(a_long_id_is_cut_behind_a_letter),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
