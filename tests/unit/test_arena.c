/* The arena: zeroed and aligned memory, growing, texts, reset, and the switch that makes it fail. */
#include "tests/support/test_support.h"

#include "allot/arena.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_zero(const void *memory, size_t bytes)
{
    const unsigned char *byte = memory;
    for (size_t i = 0; i < bytes; i++)
        if (byte[i] != 0)
            return false;
    return true;
}

static void make_arena(Arena **arena)
{
    *arena = arena_new();
    assert_non_null(*arena);
}

/* ---- allocating ----------------------------------------------------------------------------- */

static void memory_is_zeroed_and_aligned_for_any_type(void **state)
{
    Arena *arena;
    (void)state;
    make_arena(&arena);
    for (size_t size = 1; size < 3000; size += 7) {
        void *memory = arena_alloc(arena, 1, size);
        assert_non_null(memory);
        assert_int_equal((uintptr_t)memory % _Alignof(max_align_t), 0);
        assert_true(is_zero(memory, size));
        memset(memory, 0xAB, size); /* what comes next must not see it */
    }
    arena_free(arena);
}

static void objects_do_not_overlap(void **state)
{
    enum { OBJECTS = 2000 };
    const int seed = 7;
    TestRandom random = random_seeded((uint64_t)seed);
    unsigned char *objects[OBJECTS];
    size_t sizes[OBJECTS];
    Arena *arena;
    (void)state;
    make_arena(&arena);
    for (int i = 0; i < OBJECTS; i++) {
        sizes[i] = (size_t)random_between(&random, 0, i % 100 == 0 ? 200000 : 300);
        objects[i] = arena_alloc(arena, sizes[i], 1);
        assert_non_null(objects[i]);
        memset(objects[i], i % 251, sizes[i]);
    }
    for (int i = 0; i < OBJECTS; i++)
        for (size_t k = 0; k < sizes[i]; k++)
            if (objects[i][k] != i % 251)
                fail_msg("seed %d: byte %zu of object %d was overwritten", seed, k, i);
    arena_free(arena);
}

static void a_count_of_zero_gives_a_pointer_of_its_own(void **state)
{
    Arena *arena;
    (void)state;
    make_arena(&arena);
    void *nothing = arena_alloc(arena, 0, 8);
    void *nothing_too = arena_alloc(arena, 8, 0);
    void *something = arena_alloc(arena, 1, 8);
    assert_non_null(nothing);
    assert_non_null(nothing_too);
    assert_ptr_not_equal(nothing, nothing_too);
    assert_ptr_not_equal(nothing_too, something);
    arena_free(arena);
}

static void sizes_that_overflow_are_refused(void **state)
{
    static const struct {
        const char *label;
        size_t count, size;
    } CASES[] = {
        {"count * size wraps to 0", SIZE_MAX / 2 + 1, 2},
        {"count * size wraps to 2", SIZE_MAX / 2 + 2, 2},
        {"everything", SIZE_MAX, 1},
        {"everything twice", SIZE_MAX, SIZE_MAX},
        {"rounding up would wrap", SIZE_MAX - 7, 1},
        {"just above half of everything", (size_t)PTRDIFF_MAX + 1, 1},
        {"half of everything", PTRDIFF_MAX, 1},
        {"half of everything less a little", PTRDIFF_MAX - 64, 1},
    };
    Arena *arena;
    (void)state;
    make_arena(&arena);
    size_t before = arena_bytes(arena);
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        assert_case(CASES[i].label, arena_alloc(arena, CASES[i].count, CASES[i].size) == NULL);
        assert_case(CASES[i].label,
                    arena_grow(arena, NULL, 0, CASES[i].count, CASES[i].size) == NULL);
    }
    assert_null(arena_text(arena, "", SIZE_MAX));
    assert_int_equal(arena_bytes(arena), before);
    assert_non_null(arena_alloc(arena, 1, 8)); /* still of use */
    arena_free(arena);
}

static void bytes_held_cover_what_was_handed_out_and_grow_by_doubling(void **state)
{
    enum { MEGABYTE = 1024 * 1024 };
    Arena *arena;
    (void)state;
    make_arena(&arena);
    size_t changes = 0;
    size_t last = arena_bytes(arena);
    for (int i = 0; i < 16 * 1024; i++) {
        assert_non_null(arena_alloc(arena, 1024, 1));
        changes += arena_bytes(arena) != last ? 1 : 0;
        last = arena_bytes(arena);
    }
    assert_in_range(last, 16 * MEGABYTE, 50 * MEGABYTE);
    assert_in_range(changes, 2, 10); /* 64 KiB doubled 9 times is 32 MiB */
    arena_free(arena);
}

/* ---- growing -------------------------------------------------------------------------------- */

static int *numbers(Arena *arena, size_t count)
{
    int *array = ARENA_NEW(arena, count, int);
    assert_non_null(array);
    for (size_t i = 0; i < count; i++)
        array[i] = (int)i + 1;
    return array;
}

static void assert_numbers(const int *array, size_t count, size_t zeros)
{
    for (size_t i = 0; i < count; i++)
        assert_int_equal(array[i], i + 1);
    assert_true(is_zero(array + count, zeros * sizeof(int)));
}

static void the_last_block_grows_in_place(void **state)
{
    Arena *arena;
    (void)state;
    make_arena(&arena);
    int *array = numbers(arena, 10);
    int *larger = arena_grow(arena, array, 10, 1000, sizeof(int));
    assert_ptr_equal(larger, array);
    assert_numbers(larger, 10, 990);
    memset(larger, 0xAB, 1000 * sizeof(int));
    int *next = numbers(arena, 10); /* does not lie in what was grown */
    assert_true(next >= larger + 1000);
    arena_free(arena);
}

static void another_block_is_copied_and_stays_valid(void **state)
{
    Arena *arena;
    (void)state;
    make_arena(&arena);
    int *array = numbers(arena, 10);
    int *other = numbers(arena, 10);
    int *larger = arena_grow(arena, array, 10, 20, sizeof(int));
    assert_ptr_not_equal(larger, array);
    larger[0] = 99;
    assert_numbers(array, 10, 0);
    assert_numbers(other, 10, 0);
    larger[0] = 1;
    assert_numbers(larger, 10, 10);
    arena_free(arena);
}

static void growing_past_the_end_of_its_block_moves_the_array(void **state)
{
    enum { MANY = 1000000 };
    Arena *arena;
    (void)state;
    make_arena(&arena);
    int *array = numbers(arena, 100);
    int *larger = arena_grow(arena, array, 100, MANY, sizeof(int));
    assert_non_null(larger);
    assert_numbers(array, 100, 0);
    assert_numbers(larger, 100, MANY - 100);
    arena_free(arena);
}

static void growing_from_nothing_or_to_less_works(void **state)
{
    Arena *arena;
    (void)state;
    make_arena(&arena);
    int *array = arena_grow(arena, NULL, 0, 5, sizeof(int));
    assert_non_null(array);
    assert_numbers(array, 0, 5);
    for (int i = 0; i < 5; i++)
        array[i] = i + 1;
    int *smaller = arena_grow(arena, array, 5, 3, sizeof(int));
    assert_numbers(smaller, 3, 0);
    /* What was given up is zero again when it comes back. */
    int *again = arena_grow(arena, smaller, 3, 5, sizeof(int));
    assert_numbers(again, 3, 2);
    assert_non_null(arena_grow(arena, again, 5, 0, sizeof(int)));
    arena_free(arena);
}

/* ---- texts ---------------------------------------------------------------------------------- */

static void texts_are_copied_with_a_nul(void **state)
{
    Arena *arena;
    (void)state;
    make_arena(&arena);
    char source[] = "needs.csv";
    char *copy = arena_text(arena, source, 5);
    source[0] = 'N';
    assert_string_equal(copy, "needs");
    assert_string_equal(arena_text(arena, NULL, 0), "");
    char *with_nul = arena_text(arena, "a\0b", 3);
    assert_memory_equal(with_nul, "a\0b", 4);
    arena_free(arena);
}

static void prints_of_every_length_are_whole(void **state)
{
    Arena *arena;
    char want[600];
    (void)state;
    make_arena(&arena);
    for (int length = 0; length < 600; length++) {
        memset(want, 'x', (size_t)length);
        want[length] = '\0';
        assert_string_equal(arena_printf(arena, "%s", want), want);
    }
    assert_string_equal(arena_printf(arena, "%s:%d (%c)", "needs.csv", 14, 'C'),
                        "needs.csv:14 (C)");
    arena_free(arena);
}

/* ---- reset and end -------------------------------------------------------------------------- */

static void reset_reuses_the_memory_and_zeroes_it_again(void **state)
{
    Arena *arena;
    (void)state;
    make_arena(&arena);
    arena_reset(arena); /* of an empty arena */
    assert_non_null(arena_alloc(arena, 300000, 1));
    arena_reset(arena);
    size_t held = arena_bytes(arena);
    for (int phase = 0; phase < 100; phase++) {
        void *memory = arena_alloc(arena, 200000, 1);
        assert_non_null(memory);
        assert_true(is_zero(memory, 200000));
        memset(memory, 0xAB, 200000);
        arena_reset(arena);
        assert_int_equal(arena_bytes(arena), held);
    }
    arena_free(arena);
}

/** Blocks of this size come from malloc, from the system as large pages, and from malloc again. */
static void blocks_of_every_size_are_zeroed_anew_and_fit_what_was_asked(void **state)
{
    enum { KILOBYTE = 1024 };
    static const size_t SIZES[] = {100 * KILOBYTE,           511 * KILOBYTE,
                                   513 * KILOBYTE,           2047 * KILOBYTE,
                                   2 * KILOBYTE * KILOBYTE,  3333333,
                                   31 * KILOBYTE * KILOBYTE, 33 * KILOBYTE * KILOBYTE};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(SIZES); i++) {
        Arena *arena;
        make_arena(&arena);
        for (int phase = 0; phase < 2; phase++) {
            unsigned char *memory = arena_alloc(arena, SIZES[i], 1);
            assert_non_null(memory);
            assert_true(arena_bytes(arena) >= SIZES[i]);
            assert_true(is_zero(memory, SIZES[i]));
            memset(memory, 0xAB, SIZES[i]);
            unsigned char *next = arena_alloc(arena, 1000, 1);
            assert_true(is_zero(next, 1000));
            arena_reset(arena);
        }
        arena_free(arena);
    }
}

#ifndef __SANITIZE_ADDRESS__ /* which keeps what is freed for a while */
/** Pages of address space that the process has. */
static long pages_mapped(void)
{
    char line[200] = "";
    FILE *file = fopen("/proc/self/statm", "r");
    if (file != NULL && fgets(line, sizeof line, file) == NULL)
        line[0] = '\0';
    if (file != NULL)
        (void)fclose(file);
    return strtol(line, NULL, 10);
}

static void large_blocks_are_given_back(void **state)
{
    enum { ARENAS = 200, BLOCK_BYTES = 3000000, PAGE_BYTES = 4096 };
    long before = pages_mapped();
    (void)state;
    for (int i = 0; i < ARENAS; i++) {
        Arena *arena;
        make_arena(&arena);
        assert_non_null(arena_alloc(arena, BLOCK_BYTES, 1));
        arena_free(arena);
    }
    assert_true(pages_mapped() - before < 20L * BLOCK_BYTES / PAGE_BYTES);
}
#endif

static void reset_forgets_which_block_was_last(void **state)
{
    Arena *arena;
    (void)state;
    make_arena(&arena);
    int *first = numbers(arena, 4);
    arena_reset(arena);
    int *second = numbers(arena, 4);
    assert_ptr_equal(first, second); /* the same place, now another's */
    int *third = numbers(arena, 4);
    int *grown = arena_grow(arena, second, 4, 8, sizeof(int));
    assert_true(grown >= third + 4);
    assert_numbers(third, 4, 0);
    arena_free(arena);
}

static void live_arenas_are_counted(void **state)
{
    (void)state;
    assert_int_equal(arena_live_count(), 0);
    Arena *a = arena_new();
    Arena *b = arena_new();
    assert_int_equal(arena_live_count(), 2);
    arena_free(a);
    assert_int_equal(arena_live_count(), 1);
    arena_free(NULL);
    assert_int_equal(arena_live_count(), 1);
    arena_free(b);
    assert_int_equal(arena_live_count(), 0);
}

/* ---- failing -------------------------------------------------------------------------------- */

static void the_chosen_allocation_and_all_later_ones_fail(void **state)
{
    (void)state;
    for (size_t calls = 0; calls < 10; calls++) {
        Arena *arena;
        make_arena(&arena);
        void *before = arena_alloc(arena, 1, 8);
        assert_non_null(before); /* not counted: it was before the switch */
        arena_fail_after(arena, calls);
        for (size_t i = 0; i < 20; i++) {
            bool worked = arena_alloc(arena, 1, 8) != NULL;
            if (worked != (i < calls))
                fail_msg("fail_after(%zu): allocation %zu %s", calls, i,
                         worked ? "worked" : "failed");
        }
        arena_free(arena);
    }
}

static void every_way_to_allocate_counts_once_and_can_fail(void **state)
{
    Arena *arena;
    (void)state;
    make_arena(&arena);
    int *array = numbers(arena, 4);
    arena_fail_after(arena, 5);
    assert_non_null(arena_alloc(arena, 1, 1));
    assert_non_null(arena_text(arena, "a", 1));
    assert_non_null(arena_printf(arena, "%300d", 1)); /* formatted twice, counted once */
    int *grown = arena_grow(arena, array, 4, 5, sizeof(int));
    assert_non_null(grown);
    assert_ptr_equal(arena_grow(arena, grown, 5, 6, sizeof(int)), grown); /* in place, too */
    assert_null(arena_grow(arena, grown, 6, 7, sizeof(int)));
    assert_numbers(grown, 4, 2); /* a failed grow leaves the array as it was */
    assert_null(arena_text(arena, "a", 1));
    assert_null(arena_printf(arena, "a"));
    assert_null(arena_printf(arena, "%300d", 1));
    assert_null(arena_alloc(arena, 0, 0));
    arena_fail_after(arena, SIZE_MAX);
    assert_non_null(arena_alloc(arena, 1, 1));
    arena_free(arena);
}

/* ---- under AddressSanitizer ----------------------------------------------------------------- */

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>

static void writing_past_an_object_or_after_a_reset_would_be_caught(void **state)
{
    Arena *arena;
    (void)state;
    make_arena(&arena);
    char *object = arena_alloc(arena, 13, 1);
    assert_false(__asan_address_is_poisoned(object + 12));
    assert_true(__asan_address_is_poisoned(object + 13));
    char *next = arena_alloc(arena, 16, 1);
    assert_true(__asan_address_is_poisoned(next - 1));
    assert_true(__asan_address_is_poisoned(next + 16));
    char *grown = arena_grow(arena, next, 16, 20, 1);
    assert_false(__asan_address_is_poisoned(grown + 19));
    assert_true(__asan_address_is_poisoned(grown + 20));
    char *nothing = arena_alloc(arena, 0, 1);
    assert_true(__asan_address_is_poisoned(nothing));
    arena_reset(arena);
    assert_true(__asan_address_is_poisoned(object));
    arena_free(arena);
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(live_arenas_are_counted),
        cmocka_unit_test(memory_is_zeroed_and_aligned_for_any_type),
        cmocka_unit_test(objects_do_not_overlap),
        cmocka_unit_test(a_count_of_zero_gives_a_pointer_of_its_own),
        cmocka_unit_test(sizes_that_overflow_are_refused),
        cmocka_unit_test(bytes_held_cover_what_was_handed_out_and_grow_by_doubling),
        cmocka_unit_test(the_last_block_grows_in_place),
        cmocka_unit_test(another_block_is_copied_and_stays_valid),
        cmocka_unit_test(growing_past_the_end_of_its_block_moves_the_array),
        cmocka_unit_test(growing_from_nothing_or_to_less_works),
        cmocka_unit_test(texts_are_copied_with_a_nul),
        cmocka_unit_test(prints_of_every_length_are_whole),
        cmocka_unit_test(reset_reuses_the_memory_and_zeroes_it_again),
        cmocka_unit_test(reset_forgets_which_block_was_last),
        cmocka_unit_test(blocks_of_every_size_are_zeroed_anew_and_fit_what_was_asked),
#ifndef __SANITIZE_ADDRESS__
        cmocka_unit_test(large_blocks_are_given_back),
#endif
        cmocka_unit_test(the_chosen_allocation_and_all_later_ones_fail),
        cmocka_unit_test(every_way_to_allocate_counts_once_and_can_fail),
#ifdef __SANITIZE_ADDRESS__
        cmocka_unit_test(writing_past_an_object_or_after_a_reset_would_be_caught),
#endif
    };
    return cmocka_run_group_tests_name("arena", tests, NULL, no_arena_is_left);
}
