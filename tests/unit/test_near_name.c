/* Slips of the finger counted in letters: what may be meant for a known name, and what may not. */
#include "tests/support/test_support.h"

#include "allot/near_name.h"

#include <string.h>

static void slips_are_counted_in_letters(void **state)
{
    static const struct {
        const char *text, *known;
        KnownAs as;
        int slips; /* -1: too many */
    } cases[] = {
        {"priority", "priority", KNOWN_NAME, 0},
        {"priorty", "priority", KNOWN_NAME, 1},
        {"wieght", "weight", KNOWN_NAME, 1}, /* a swap */
        {"quantity2", "quantity", KNOWN_NAME, 1},
        {"beneficiaries", "beneficiary", KNOWN_NAME, 3},
        {"приорітет", "пріоритет", KNOWN_SYNONYM, 2},
        {"кількисть", "кількість", KNOWN_SYNONYM, 1},
        {"ікст", "кіст", KNOWN_SYNONYM, 1}, /* a swap of letters of two bytes */
        {"цена", "ціна", KNOWN_SYNONYM, 1},
        {"сумма", "сума", KNOWN_SYNONYM, 1},
        /* how many may be: by the shorter */
        {"i", "id", KNOWN_NAME, -1},
        {"ix", "id", KNOWN_NAME, 1},
        {"phase", "share", KNOWN_NAME, -1},
        {"urgency", "currency", KNOWN_NAME, -1},
        {"kurrensy", "currency", KNOWN_NAME, 2},
        {"subcategory", "category", KNOWN_NAME, -1},
        {"abcdefghijk", "abcdefghxyz", KNOWN_NAME, 3},
        {"abcdefghijk", "abcdefghxyz", KNOWN_SYNONYM, -1},
        {"abcdefghij", "abcdefgxyz", KNOWN_NAME, -1},
        {"rok", "rak", KNOWN_SYNONYM, -1},
        {"kod", "kody", KNOWN_SYNONYM, -1},
        {"wartosc", "waznosc", KNOWN_SYNONYM, -1},
        {"додаток", "початок", KNOWN_SYNONYM, -1},
        /* other words */
        {"maxilosc", "minilosc", KNOWN_SYNONYM, -1},
        {"minshare", "maxshare", KNOWN_NAME, -1},
        {"максчастка", "мінчастка", KNOWN_SYNONYM, -1},
        {"ocena", "cena", KNOWN_SYNONYM, -1},
        {"dzial", "udzial", KNOWN_SYNONYM, -1},
        {"reference", "preference", KNOWN_SYNONYM, -1},
        {"nit", "unit", KNOWN_NAME, 1},
        {"", "", KNOWN_NAME, 0},
        {"", "id", KNOWN_NAME, -1},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_case_int(cases[i].text, name_slips(cases[i].text, cases[i].known, cases[i].as),
                        cases[i].slips);
        assert_case_int(cases[i].known, name_slips(cases[i].known, cases[i].text, cases[i].as),
                        cases[i].slips);
    }
}

static void long_texts_are_far_from_everything(void **state)
{
    char text[67], other[67];
    (void)state;
    memset(text, 'a', sizeof text);
    memset(other, 'a', sizeof other);
    text[64] = other[64] = '\0';
    other[9] = 'b';
    assert_int_equal(name_slips(text, other, KNOWN_NAME), 1);
    text[64] = other[64] = 'a';
    text[65] = other[65] = '\0';
    assert_int_equal(name_slips(text, other, KNOWN_NAME), -1);
}

static void a_letter_cut_in_two_is_a_letter(void **state)
{
    (void)state;
    assert_int_equal(name_slips("abcd\xD0", "abcd", KNOWN_SYNONYM), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slips_are_counted_in_letters),
        cmocka_unit_test(long_texts_are_far_from_everything),
        cmocka_unit_test(a_letter_cut_in_two_is_a_letter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
