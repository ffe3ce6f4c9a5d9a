/* Languages: whose name is whose, capitals, and texts known in any language. The catalogs are those that
 * are built beside the tests; words are looked up in io/languages by hand.
 */
#include <stdlib.h>
#include <string.h>

#include "allot/language.h"
#include "tests/support/test_support.h"

static const char CATALOGS[] = TEST_BUILD_DIR "/../locale";

static int end_language(void **state)
{
    (void)state;
    language_begin(LANGUAGE_ENGLISH, CATALOGS);
    return 0;
}

static void a_locale_names_its_language(void **state)
{
    Language language = LANGUAGE_ENGLISH;
    (void)state;
    assert_true(language_find("uk_UA.UTF-8", &language));
    assert_int_equal(language, LANGUAGE_UKRAINIAN);
    assert_true(language_find("pl", &language));
    assert_int_equal(language, LANGUAGE_POLISH);
    assert_true(language_find("en-GB", &language));
    assert_int_equal(language, LANGUAGE_ENGLISH);
    assert_false(language_find("plx", &language));
    assert_false(language_find("p", &language));
    assert_false(language_find("", &language));
    assert_false(language_find("C.UTF-8", &language));
    assert_int_equal(language, LANGUAGE_ENGLISH);
}

static void the_first_variable_that_says_anything_counts(void **state)
{
    (void)state;
    assert_int_equal(setenv("LC_ALL", "", 1) + setenv("LC_MESSAGES", "pl_PL", 1) +
                         setenv("LANG", "uk_UA.UTF-8", 1),
                     0);
    assert_int_equal(language_of_locale(), LANGUAGE_POLISH);
    assert_int_equal(setenv("LC_ALL", "C", 1), 0);
    assert_int_equal(language_of_locale(), LANGUAGE_ENGLISH);
    assert_int_equal(unsetenv("LC_ALL") + unsetenv("LC_MESSAGES"), 0);
    assert_int_equal(language_of_locale(), LANGUAGE_UKRAINIAN);
}

static void a_sentence_begins_with_a_capital(void **state)
{
    static const char *const pairs[][2] = {{"limited: x", "Limited: x"},
                                           {"обмежено", "Обмежено"},
                                           {"єдина", "Єдина"},
                                           {"її", "Її"},
                                           {"ґрунт", "Ґрунт"},
                                           {"яка", "Яка"},
                                           {"łącznie", "Łącznie"},
                                           {"żadna", "Żadna"},
                                           {"źródło", "Źródło"},
                                           {"ósma", "Ósma"},
                                           {"ćwiczenia", "Ćwiczenia"},
                                           {"środki", "Środki"},
                                           {"EUR", "EUR"},
                                           {"12 x", "12 x"},
                                           {"Łódź", "Łódź"},
                                           {"Ґ", "Ґ"},
                                           {"÷", "÷"},
                                           {"«x", "«x"},
                                           {"", ""}};
    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        char text[32];
        memcpy(text, pairs[i][0], strlen(pairs[i][0]) + 1);
        language_capitalise(text);
        assert_string_equal(text, pairs[i][1]);
    }
}

static void texts_come_in_the_language_begun_and_in_english_without_a_catalog(void **state)
{
    (void)state;
    assert_string_equal(_("Needs"), "Needs");
    language_begin(LANGUAGE_POLISH, CATALOGS);
    assert_string_equal(_("Needs"), "Potrzeby");
    assert_string_equal(_(""), "");
    assert_string_equal(_("no text of the program"), "no text of the program");
    assert_string_equal(language_text_in(LANGUAGE_UKRAINIAN, "Needs"), "Потреби");
    assert_string_equal(_("Needs"), "Potrzeby");
    language_begin(LANGUAGE_POLISH, TEST_BUILD_DIR);
    assert_string_equal(_("Needs"), "Needs");
}

static void what_the_program_writes_is_known_in_any_language(void **state)
{
    (void)state;
    language_begin(LANGUAGE_ENGLISH, CATALOGS);
    assert_true(language_is("Potrzeby", "Needs"));
    assert_true(language_is(" ПОТРЕБИ ", "Needs"));
    assert_true(language_is("needs", "Needs"));
    assert_false(language_is("Potrzeba", "Needs"));
    assert_false(language_is("", "Needs"));
    assert_string_equal(_("Needs"), "Needs");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_locale_names_its_language),
        cmocka_unit_test(the_first_variable_that_says_anything_counts),
        cmocka_unit_test(a_sentence_begins_with_a_capital),
        cmocka_unit_test_teardown(texts_come_in_the_language_begun_and_in_english_without_a_catalog,
                                  end_language),
        cmocka_unit_test_teardown(what_the_program_writes_is_known_in_any_language, end_language),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
