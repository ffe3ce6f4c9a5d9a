/* Names: interning, the map to row numbers, folding, edit distance, the nearest known name. */
#include "tests/support/test_support.h"

#include "allot/names.h"

#include <stdio.h>
#include <string.h>

enum { MANY = 100000 };

static void make_set(Arena **arena, NameSet **set)
{
    *arena = arena_new();
    assert_non_null(*arena);
    *set = name_set_new(*arena);
    assert_non_null(*set);
}

/* ---- the set -------------------------------------------------------------------------------- */

static void equal_texts_are_one_pointer(void **state)
{
    Arena *arena;
    NameSet *set;
    (void)state;
    make_set(&arena, &set);
    char text[] = "EE-17 and more";
    const char *first = name_intern(set, text, 5);
    assert_string_equal(first, "EE-17");
    text[0] = 'X'; /* the set has its own copy */
    assert_string_equal(first, "EE-17");
    assert_ptr_equal(name_intern(set, "EE-17", 5), first);
    assert_ptr_equal(name_find(set, "EE-17"), first);
    assert_ptr_not_equal(name_intern(set, "EE-18", 5), first);
    assert_ptr_not_equal(name_intern(set, "ee-17", 5), first);
    assert_ptr_not_equal(name_intern(set, "EE-1", 4), first);
    arena_free(arena);
}

static void what_was_never_interned_is_not_found(void **state)
{
    Arena *arena;
    NameSet *set;
    (void)state;
    make_set(&arena, &set);
    assert_null(name_find(set, ""));
    assert_null(name_find(set, "a"));
    assert_non_null(name_intern(set, "ab", 2));
    assert_null(name_find(set, "a"));
    assert_null(name_find(set, "abc"));
    arena_free(arena);
}

static void the_empty_text_and_bytes_with_a_nul_are_names_too(void **state)
{
    Arena *arena;
    NameSet *set;
    (void)state;
    make_set(&arena, &set);
    const char *empty = name_intern(set, "", 0);
    assert_string_equal(empty, "");
    assert_ptr_equal(name_intern(set, "x", 0), empty);
    const char *with_nul = name_intern(set, "a\0b", 3);
    const char *without = name_intern(set, "a", 1);
    assert_ptr_not_equal(with_nul, without);
    assert_ptr_equal(name_intern(set, "a\0b", 3), with_nul);
    assert_ptr_equal(name_find(set, "a"), without);
    arena_free(arena);
}

static void a_hundred_thousand_names_keep_their_pointers_while_the_set_grows(void **state)
{
    static const char *names[MANY];
    Arena *arena;
    NameSet *set;
    char text[32];
    (void)state;
    make_set(&arena, &set);
    for (int i = 0; i < MANY; i++) {
        int length = snprintf(text, sizeof text, "N-%d", i);
        names[i] = name_intern(set, text, (size_t)length);
        assert_non_null(names[i]);
    }
    for (int i = 0; i < MANY; i++) {
        int length = snprintf(text, sizeof text, "N-%d", i);
        if (name_intern(set, text, (size_t)length) != names[i] || name_find(set, text) != names[i])
            fail_msg("%s moved", text);
        assert_string_equal(names[i], text);
    }
    arena_free(arena);
}

static void a_set_without_memory_gives_null_and_stays_as_it_was(void **state)
{
    (void)state;
    for (size_t calls = 0;; calls++) {
        Arena *arena = arena_new();
        char text[16];
        int done = 0;
        bool failed = false;
        arena_fail_after(arena, calls);
        NameSet *set = name_set_new(arena);
        for (; set != NULL && done < 200 && !failed; done++) {
            int length = snprintf(text, sizeof text, "n%d", done);
            failed = name_intern(set, text, (size_t)length) == NULL;
        }
        arena_fail_after(arena, SIZE_MAX);
        for (int i = 0; set != NULL && i < done; i++) {
            (void)snprintf(text, sizeof text, "n%d", i);
            const char *found = name_find(set, text);
            if ((found != NULL) != (i < done - (failed ? 1 : 0)))
                fail_msg("allocation %zu failed: %s", calls, text);
        }
        assert_true(set == NULL || name_intern(set, "again", 5) != NULL);
        arena_free(arena);
        if (set != NULL && !failed)
            break;
    }
}

/* ---- the map -------------------------------------------------------------------------------- */

static void the_first_value_of_a_name_stays(void **state)
{
    Arena *arena;
    NameSet *set;
    bool added = false;
    (void)state;
    make_set(&arena, &set);
    NameMap *map = name_map_new(arena);
    const char *name = name_intern(set, "EE-17", 5);
    assert_int_equal(name_map_get(map, name), -1);
    assert_true(name_map_add(map, name, 7, &added));
    assert_true(added);
    assert_true(name_map_add(map, name, 8, &added));
    assert_false(added);
    assert_int_equal(name_map_get(map, name), 7);
    assert_int_equal(name_map_get(map, name_intern(set, "EE-18", 5)), -1);
    assert_int_equal(name_map_get(map, NULL), -1);
    arena_free(arena);
}

static void a_hundred_thousand_names_keep_their_values_while_the_map_grows(void **state)
{
    Arena *arena;
    NameSet *set;
    char text[32];
    bool added = false;
    (void)state;
    make_set(&arena, &set);
    NameMap *map = name_map_new(arena);
    for (int i = 0; i < MANY; i++) {
        int length = snprintf(text, sizeof text, "offer %d", i);
        assert_true(name_map_add(map, name_intern(set, text, (size_t)length), i, &added));
        assert_true(added);
    }
    for (int i = 0; i < MANY; i++) {
        (void)snprintf(text, sizeof text, "offer %d", i);
        if (name_map_get(map, name_find(set, text)) != i)
            fail_msg("%s lost its value", text);
    }
    arena_free(arena);
}

static void a_map_without_memory_says_so_and_stays_as_it_was(void **state)
{
    enum { NAMES = 200 };
    const char *names[NAMES];
    Arena *arena;
    NameSet *set;
    (void)state;
    make_set(&arena, &set);
    for (int i = 0; i < NAMES; i++) {
        char text[16];
        int length = snprintf(text, sizeof text, "n%d", i);
        names[i] = name_intern(set, text, (size_t)length);
    }
    for (size_t calls = 0;; calls++) {
        Arena *own = arena_new();
        int done = 0;
        bool added = false;
        arena_fail_after(own, calls);
        NameMap *map = name_map_new(own);
        while (map != NULL && done < NAMES && name_map_add(map, names[done], done, &added))
            done++;
        assert_true(map == NULL || done == NAMES || !added);
        for (int i = 0; map != NULL && i < NAMES; i++)
            assert_int_equal(name_map_get(map, names[i]), i < done ? i : -1);
        arena_free(own);
        if (map != NULL && done == NAMES)
            break;
    }
    arena_free(arena);
}

/* ---- folding -------------------------------------------------------------------------------- */

static void headings_fold_to_one_form(void **state)
{
    static const struct {
        const char *text, *folded;
    } CASES[] = {
        {"unit_cost", "unitcost"},
        {"Unit Cost", "unitcost"},
        {"UNIT-COST", "unitcost"},
        {" unit  cost ", "unitcost"},
        {"unit\ncost", "unitcost"},
        {"unit\r\ncost\t", "unitcost"},
        {"unit\u00A0cost", "unitcost"},
        {"unit\u202Fcost", "unitcost"},
        {"tier_1", "tier1"},
        {"", ""},
        {"_-_", ""},
        {"\xC2", "\xC2"}, /* cut off in the middle */
        {"\xE2\x80", "\xE2\x80"},
        {"A\xD0", "a\xD0"},
        {"КІЛЬКІСТЬ", "кількість"},
        {"Кількість", "кількість"},
        {"ЄІЇҐ Ё", "єіїґё"},
        {"АБВГДЕЖЗИЙКЛМНОП", "абвгдежзийклмноп"},
        {"РСТУФХЦЧШЩЪЫЬЭЮЯ", "рстуфхцчшщъыьэюя"},
        {"ĄĆĘŁŃÓŚŹŻ", "ąćęłńóśźż"},
        {"ąćęłńóśźż", "ąćęłńóśźż"},
        {"ČĎĚŇŘŠŤŮŽ", "čďěňřšťůž"},
        {"ÄÖÜß×÷", "äöüß×÷"},
        {"ÕŪĢĶĻŅĮŸȘȚ", "õūģķļņįÿșț"},
        {"ΣΩ", "σω"},
        {"№ 5", "№5"},
        {"обов'язковий", "обовязковий"},
        {"Обов\u2019язковий", "обовязковий"},
        {"Обов\u02BCязковий", "обовязковий"},
        {"unit\u2010cost", "unitcost"},
        {"unit \u2013 cost", "unitcost"},
        {"unit\u2014cost", "unitcost"},
        {"unit\u00ADcost", "unitcost"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        char folded[64];
        name_fold(CASES[i].text, folded, sizeof folded);
        assert_case_text(CASES[i].text, folded, CASES[i].folded);
    }
}

static void folding_never_writes_more_than_its_room(void **state)
{
    (void)state;
    for (size_t size = 0; size < 12; size++) {
        char folded[16];
        memset(folded, '#', sizeof folded);
        name_fold("Unit Cost", folded, size);
        for (size_t i = size; i < sizeof folded; i++)
            assert_int_equal(folded[i], '#');
        if (size > 0) {
            size_t length = size - 1 < 8 ? size - 1 : 8;
            assert_int_equal(strlen(folded), length);
            assert_memory_equal(folded, "unitcost", length);
        }
    }
}

static void a_letter_is_folded_whole_or_not_at_all(void **state)
{
    char folded[8];
    (void)state;
    name_fold("ЄЇ", folded, 5);
    assert_string_equal(folded, "єї");
    name_fold("ЄЇ", folded, 4);
    assert_string_equal(folded, "є");
    name_fold("ЄЇ", folded, 2);
    assert_string_equal(folded, "");
}

static void lower_case_removes_nothing(void **state)
{
    char lower[32];
    (void)state;
    name_lower("Brak_Danych - НІ", lower, sizeof lower);
    assert_string_equal(lower, "brak_danych - ні");
}

/* ---- distance ------------------------------------------------------------------------------- */

static void edits_are_counted_with_swaps_as_one(void **state)
{
    static const struct {
        const char *a, *b;
        int limit, want;
    } CASES[] = {
        {"", "", 3, 0},
        {"", "abc", 3, 3},
        {"abc", "abc", 0, 0},
        {"abc", "abd", 0, 1}, /* above the limit */
        {"priority", "priorty", 3, 1},
        {"priority", "prioritty", 3, 1},
        {"priority", "proirity", 3, 1}, /* swap */
        {"priority", "Priority", 3, 0},
        {"ab", "ba", 3, 1},
        {"abcd", "badc", 3, 2}, /* two swaps */
        {"ca", "abc", 3, 3},    /* restricted form: nothing between swapped letters */
        {"kitten", "sitting", 3, 3},
        {"kitten", "sitting", 5, 3},
        {"kitten", "sitting", 2, 3}, /* above the limit */
        {"saturday", "sunday", 3, 3},
        {"abc", "xyz", 2, 3},
        {"abc", "xyz", 64, 3},
        {"abcdef", "", 3, 4},
        {"needs", "needs and more", 3, 4},
        {"EE-17", "EE-71", 3, 1},
        {"abc", "abc", -1, 0}, /* 0 is above a limit of -1 */
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        char label[64];
        (void)snprintf(label, sizeof label, "%s, %s, %d", CASES[i].a, CASES[i].b, CASES[i].limit);
        assert_case_int(label, name_distance(CASES[i].a, CASES[i].b, CASES[i].limit),
                        CASES[i].want);
        assert_case_int(label, name_distance(CASES[i].b, CASES[i].a, CASES[i].limit),
                        CASES[i].want);
    }
}

static void long_texts_and_high_limits_stay_in_their_rows(void **state)
{
    char a[5000];
    char b[5000];
    (void)state;
    memset(a, 'a', sizeof a - 1);
    memset(b, 'a', sizeof b - 1);
    a[sizeof a - 1] = '\0';
    b[sizeof b - 1] = '\0';
    for (size_t i = 0; i < 64; i++)
        b[i * 70] = 'b';
    assert_int_equal(name_distance(a, b, 64), 64);
    assert_int_equal(name_distance(a, b, 63), 64);
    b[4900] = 'b';
    assert_int_equal(name_distance(a, b, 64), 65);
    assert_int_equal(name_distance(a, b, INT32_MAX), 65); /* as the header says */
    assert_int_equal(name_distance(a, "", 64), 65);
}

/* Damerau's recurrence as it is written down, without rows, band or limit. */
static int distance_by_definition(const char *a, size_t i, const char *b, size_t j)
{
    if (i == 0 || j == 0)
        return (int)(i + j);
    int best = distance_by_definition(a, i - 1, b, j - 1) + (a[i - 1] != b[j - 1] ? 1 : 0);
    int del = distance_by_definition(a, i - 1, b, j) + 1;
    int ins = distance_by_definition(a, i, b, j - 1) + 1;
    best = del < best ? del : best;
    best = ins < best ? ins : best;
    if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        int swap = distance_by_definition(a, i - 2, b, j - 2) + 1;
        best = swap < best ? swap : best;
    }
    return best;
}

static void random_distances_agree_with_the_definition_at_every_limit(void **state)
{
    const int seed = 1964;
    TestRandom random = random_seeded((uint64_t)seed);
    (void)state;
    for (int round = 0; round < 3000; round++) {
        char texts[2][8] = {"", ""};
        size_t lengths[2];
        for (int t = 0; t < 2; t++) {
            lengths[t] = (size_t)random_between(&random, 0, 6);
            for (size_t i = 0; i < lengths[t]; i++)
                texts[t][i] = (char)random_between(&random, 'a', 'c');
        }
        int exact = distance_by_definition(texts[0], lengths[0], texts[1], lengths[1]);
        for (int limit = 0; limit <= 7; limit++) {
            int want = exact <= limit ? exact : limit + 1;
            int got = name_distance(texts[0], texts[1], limit);
            if (got != want)
                fail_msg("seed %d: '%s' to '%s' within %d: %d, expected %d", seed, texts[0],
                         texts[1], limit, got, want);
        }
    }
}

static void the_nearest_name_is_a_slip_away_or_none(void **state)
{
    static const char *const COLUMNS[] = {
        "id",   "title",     "beneficiary", "region", "category",     NULL,           "quantity",
        "unit", "unit_cost", "priority",    "weight", "min_quantity", "max_quantity", "N-01",
    };
    static const struct {
        const char *text, *nearest;
    } CASES[] = {
        {"priorty", "priority"},
        {"prioirty", "priority"},
        {"PRIORITY", "priority"}, /* case is no edit, but another text */
        {"quantiy", "quantity"},
        {"beneficary", "beneficiary"},
        {"benificairy", "beneficiary"},
        {"bneifciayr", "beneficiary"}, /* a letter and two swaps */
        {"benxxxxiary", NULL},         /* four edits */
        {"max_quantitty", "max_quantity"},
        {"mix_quantity", "min_quantity"}, /* one edit each: the first */
        {"uni", "unit"},                  /* one for up to 4 letters */
        {"un", NULL},                     /* two edits */
        {"units", "unit"},
        {"ix", "id"},
        {"x", NULL}, /* another letter is no slip */
        {"n-01", "N-01"},
        {"N-10", "N-01"},
        {"regime", "region"}, /* two for up to 8 */
        {"budget", NULL},
        {"", NULL},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(CASES); i++)
        assert_case_text(CASES[i].text, name_nearest(CASES[i].text, COLUMNS, COUNT_OF(COLUMNS)),
                         CASES[i].nearest);
    assert_null(name_nearest("priorty", COLUMNS, 0));
}

static void the_text_itself_is_never_its_nearest(void **state)
{
    static const char *const IDS[] = {"N-01", "N-02", "N-03"};
    static const char *const ALONE[] = {"N-01"};
    (void)state;
    assert_string_equal(name_nearest("N-01", IDS, COUNT_OF(IDS)), "N-02");
    assert_null(name_nearest("N-01", ALONE, COUNT_OF(ALONE)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_texts_are_one_pointer),
        cmocka_unit_test(what_was_never_interned_is_not_found),
        cmocka_unit_test(the_empty_text_and_bytes_with_a_nul_are_names_too),
        cmocka_unit_test(a_hundred_thousand_names_keep_their_pointers_while_the_set_grows),
        cmocka_unit_test(a_set_without_memory_gives_null_and_stays_as_it_was),
        cmocka_unit_test(the_first_value_of_a_name_stays),
        cmocka_unit_test(a_hundred_thousand_names_keep_their_values_while_the_map_grows),
        cmocka_unit_test(a_map_without_memory_says_so_and_stays_as_it_was),
        cmocka_unit_test(headings_fold_to_one_form),
        cmocka_unit_test(folding_never_writes_more_than_its_room),
        cmocka_unit_test(a_letter_is_folded_whole_or_not_at_all),
        cmocka_unit_test(lower_case_removes_nothing),
        cmocka_unit_test(edits_are_counted_with_swaps_as_one),
        cmocka_unit_test(long_texts_and_high_limits_stay_in_their_rows),
        cmocka_unit_test(random_distances_agree_with_the_definition_at_every_limit),
        cmocka_unit_test(the_nearest_name_is_a_slip_away_or_none),
        cmocka_unit_test(the_text_itself_is_never_its_nearest),
    };
    return cmocka_run_group_tests_name("names", tests, NULL, no_arena_is_left);
}
