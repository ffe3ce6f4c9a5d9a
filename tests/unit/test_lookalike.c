/* Letters of another alphabet that look Latin, and what is said when a name is unknown for them. */
#include "tests/support/expected_findings.h"
#include "tests/support/test_support.h"

#include "allot/lookalike.h"
#include "allot/unknown_name.h"

#include <string.h>

/* Cyrillic and Greek letters are written as escapes here: one cannot see them. */
#define CYRILLIC_A "\u0410"
#define CYRILLIC_HB "\u041D\u0412"
#define CYRILLIC_SOS "\u0421\u041E\u0421"
#define CYRILLIC_I "\u0456"
#define GREEK_A "\u0391"

static void a_text_is_judged_by_its_letters(void **state)
{
    static const struct {
        const char *text;
        Script script;
        const char *twin;
        const char *alphabet;
    } cases[] = {
        {"A-1", SCRIPT_PLAIN, "", ""},
        {"", SCRIPT_PLAIN, "", ""},
        {"12", SCRIPT_PLAIN, "", ""},
        {"\u00C4\u0141-1", SCRIPT_PLAIN, "", ""}, /* Latin letters with marks */
        {CYRILLIC_A "-1", SCRIPT_MIXED, "A-1", "Cyrillic"},
        {CYRILLIC_HB "-7", SCRIPT_MIXED, "HB-7", "Cyrillic"},
        {"H\u0412", SCRIPT_MIXED, "HB", "Cyrillic"},
        {"V\u0456ta", SCRIPT_MIXED, "Vita", "Cyrillic"},
        {CYRILLIC_SOS, SCRIPT_DOUBLE, "COC", "Cyrillic"},
        {CYRILLIC_A " - " CYRILLIC_A, SCRIPT_DOUBLE, "A - A", "Cyrillic"},
        {GREEK_A "1", SCRIPT_MIXED, "A1", "Greek"},
        {GREEK_A CYRILLIC_A, SCRIPT_DOUBLE, "AA", "Cyrillic"},
        {"\u041F-1", SCRIPT_PLAIN, "", ""}, /* pe looks like no Latin letter */
        {"\u041A\u0438\u0457\u0432-1", SCRIPT_PLAIN, "", "Cyrillic"}, /* Kyiv */
        {"\u0407-1", SCRIPT_PLAIN, "", ""},                           /* yi is meant */
        {"\u03A3-1", SCRIPT_PLAIN, "", ""},                           /* sigma */
        {"\u0410\u0412\u0415\u0406\u0408\u041A\u041C\u041D\u041E\u0420\u0421\u0422\u0423\u0425"
         "\u0405",
         SCRIPT_DOUBLE, "ABEIJKMHOPCTYXS", "Cyrillic"},
        {"\u0430\u0435\u0456\u0458\u043E\u0440\u0441\u0443\u0445\u0455", SCRIPT_DOUBLE,
         "aeijopcyxs", "Cyrillic"},
        {"\u0391\u0392\u0395\u0396\u0397\u0399\u039A\u039C\u039D\u039F\u03A1\u03A4\u03A5\u03A7",
         SCRIPT_DOUBLE, "ABEZHIKMNOPTYX", "Greek"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char twin[32] = "";
        assert_case_int(cases[i].text, lookalike_twin(cases[i].text, twin, sizeof twin),
                        cases[i].script);
        assert_case_text(cases[i].text, twin, cases[i].twin);
        assert_case_text(cases[i].text, lookalike_alphabet(cases[i].text), cases[i].alphabet);
    }
}

static void a_twin_stays_in_its_room(void **state)
{
    (void)state;
    for (size_t size = 0; size < 6; size++) {
        char twin[8];
        memset(twin, '#', sizeof twin);
        assert_int_equal(lookalike_twin(CYRILLIC_A "\u00DF-1", twin, size), SCRIPT_MIXED);
        for (size_t i = size; i < sizeof twin; i++)
            assert_int_equal(twin[i], '#');
        if (size > 0)
            assert_string_equal(twin, size < 2   ? ""
                                      : size < 4 ? "A" /* the next letter has two bytes */
                                      : size < 5 ? "A\u00DF"
                                                 : "A\u00DF-");
    }
}

static void texts_look_the_same_letter_by_letter(void **state)
{
    (void)state;
    assert_true(lookalike_same("A-1", "A-1"));
    assert_true(lookalike_same("A-1", CYRILLIC_A "-1"));
    assert_true(lookalike_same(GREEK_A "-1", CYRILLIC_A "-1"));
    assert_true(
        lookalike_same("\u041B\u044C\u0432\u0456\u0432", "\u041B\u044C\u0432i\u0432")); /* Lviv */
    assert_false(lookalike_same("A-1", "a-1"));
    assert_false(lookalike_same("A-1", CYRILLIC_A "-11"));
    assert_false(lookalike_same("\xD0", "\xD1")); /* cut off: bytes */
    assert_true(lookalike_same("", ""));
}

static void an_unknown_name_that_looks_like_a_known_one_says_so(void **state)
{
    static const char *const names[] = {NULL, "A-1", "A-2", CYRILLIC_HB "-7",
                                        "\u041F" CYRILLIC_I "-1"};
    static const KnownNames known = {names, COUNT_OF(names)};
    static const struct {
        const char *text;
        const char *meant;
        const char *message;
    } cases[] = {
        {CYRILLIC_A "-1", "A-1",
         "need '" CYRILLIC_A "-1' is not known: it is written with Cyrillic letters; 'A-1' in "
         "Latin letters is"},
        {GREEK_A "-2", "A-2", "it is written with Greek letters; 'A-2' in Latin letters is"},
        {"HB-7", CYRILLIC_HB "-7",
         "need 'HB-7' is not known: '" CYRILLIC_HB "-7' is, which looks the same and holds "
         "Cyrillic letters; write both alike"},
        {"\u041Fi-1", "\u041F" CYRILLIC_I "-1", "looks the same and holds Cyrillic letters"},
        {"A-3", "A-1", "need 'A-3' is not known; did you mean 'A-1'?"},
        {"Z-99", NULL, "need 'Z-99' is not known"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        Arena *arena = arena_new();
        Diag *diag = diag_new(arena);
        ExpectedFinding want = {DIAG_ID_UNKNOWN, "pairs.csv",     2, 0,
                                cases[i].text,   cases[i].message};
        assert_case_text(cases[i].text, name_meant(cases[i].text, known), cases[i].meant);
        diag_unknown_name(diag, DIAG_ID_UNKNOWN, (DiagPlace){.file = "pairs.csv", .line = 2},
                          "need", cases[i].text, known);
        assert_finding(cases[i].text, diag, &want);
        arena_free(arena);
    }
}

/* The ministry of health and that of education, Estonia and Germany: names of their own. */
static void a_short_code_is_no_slip_of_another(void **state)
{
    static const char *const names[] = {"DE", "МОН", "N1", "EEAS"};
    static const KnownNames known = {names, COUNT_OF(names)};
    static const struct {
        const char *text, *meant;
    } cases[] = {{"EE", NULL},  {"МОЗ", NULL}, {"de", "DE"},  {"ЕЕ", NULL},    {"N2", "N1"},
                 {"EAS", NULL}, {"EES", NULL}, {"DEE", NULL}, {"EEAA", "EEAS"}};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_case_text(cases[i].text, name_meant(cases[i].text, known), cases[i].meant);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_is_judged_by_its_letters),
        cmocka_unit_test(a_twin_stays_in_its_room),
        cmocka_unit_test(texts_look_the_same_letter_by_letter),
        cmocka_unit_test(a_short_code_is_no_slip_of_another),
        cmocka_unit_test(an_unknown_name_that_looks_like_a_known_one_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
