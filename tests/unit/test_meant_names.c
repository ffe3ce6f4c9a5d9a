/* What wrong names were meant to be, searched once a name.
 */
#include "models/meant_names.h"

#include <string.h>

#include "tests/support/test_support.h"

enum { NAMES = 3 };

typedef struct Fixture {
    Arena *arena;
    NameSet *set;
    const char *known[NAMES];
    MeantNames names;
} Fixture;

static const char *keep(const Fixture *f, const char *text)
{
    const char *kept = name_intern(f->set, text, strlen(text));
    assert_non_null(kept);
    return kept;
}

static void fixture_open(Fixture *f)
{
    static const char *const texts[NAMES] = {"TERNOPIL", "KHARKIV", "ODESA"};
    f->arena = arena_new();
    assert_non_null(f->arena);
    f->set = name_set_new(f->arena);
    assert_non_null(f->set);
    for (int i = 0; i < NAMES; i++)
        f->known[i] = keep(f, texts[i]);
    assert_int_equal(meant_names_init(f->arena, (KnownNames){f->known, NAMES}, &f->names),
                     STATUS_OK);
}

static const char *meant(const Fixture *f, const char *text)
{
    const char *out = "not written";
    assert_int_equal(meant_names_find(&f->names, keep(f, text), &out), STATUS_OK);
    return out;
}

static void a_slip_is_the_known_name_itself(void **state)
{
    Fixture f;
    (void)state;
    fixture_open(&f);
    assert_ptr_equal(meant(&f, "TERNOPOL"), f.known[0]); /* one letter of eight */
    assert_ptr_equal(meant(&f, "KHARKOV"), f.known[1]);
    assert_ptr_equal(meant(&f, "ODESSA"), f.known[2]);
    /* О (Cyrillic) DESA looks the same */
    assert_ptr_equal(meant(&f, "\xD0\x9E"
                               "DESA"),
                     f.known[2]);
    arena_free(f.arena);
}

static void a_known_name_and_one_like_none_mean_nothing(void **state)
{
    Fixture f;
    (void)state;
    fixture_open(&f);
    assert_null(meant(&f, "ODESA"));
    assert_null(meant(&f, "ZHYTOMYR"));
    assert_null(meant(&f, ""));
    arena_free(f.arena);
}

/* The answer is kept: what was asked before is found again although the list has changed since. */
static void a_name_is_searched_once(void **state)
{
    Fixture f;
    (void)state;
    fixture_open(&f);
    assert_ptr_equal(meant(&f, "ODESSA"), f.known[2]);
    assert_null(meant(&f, "LVIV"));
    const char *odesa = f.known[2];
    f.known[2] = keep(&f, "LVIW");
    assert_ptr_equal(meant(&f, "ODESSA"), f.known[2]); /* by its place in the list */
    assert_null(meant(&f, "LVIV"));
    assert_ptr_not_equal(odesa, f.known[2]);
    arena_free(f.arena);
}

static void without_names_nothing_is_meant(void **state)
{
    Fixture f;
    (void)state;
    fixture_open(&f);
    assert_int_equal(meant_names_init(f.arena, (KnownNames){NULL, 0}, &f.names), STATUS_OK);
    assert_null(meant(&f, "ODESSA"));
    arena_free(f.arena);
}

static void without_memory_nothing_is_said(void **state)
{
    Fixture f;
    (void)state;
    fixture_open(&f);
    MeantNames names;
    arena_fail_after(f.arena, 0);
    assert_int_equal(meant_names_init(f.arena, (KnownNames){f.known, NAMES}, &names),
                     STATUS_NO_MEMORY);
    arena_free(f.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_slip_is_the_known_name_itself),
        cmocka_unit_test(a_known_name_and_one_like_none_mean_nothing),
        cmocka_unit_test(a_name_is_searched_once),
        cmocka_unit_test(without_names_nothing_is_meant),
        cmocka_unit_test(without_memory_nothing_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
