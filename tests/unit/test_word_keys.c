/* Keys of words: each numbered once, in the order of first sight, through all the sizes of the table.
 */
#include "tests/support/test_support.h"

#include <string.h>

#include "allot/word_keys.h"

enum { KEYS_MOST = 3000, WORDS_MOST = 4 };

/** The number of a key among those before it, by looking at all of them. */
static int number_of(uint64_t seen[][WORDS_MOST], int count, const uint64_t *key, int words)
{
    for (int k = 0; k < count; k++) {
        int same = 0;
        while (same < words && seen[k][same] == key[same])
            same++;
        if (same == words)
            return k;
    }
    return count;
}

/** Small numbers, as tiers and rows are, and some that differ in their highest bits alone. */
static uint64_t drawn_word(TestRandom *random, int range)
{
    uint64_t word = (uint64_t)random_between(random, 0, range);
    return random_chance(random, 4) ? word << 60 : word;
}

static void keys_are_numbered_as_they_are_first_seen(void **state)
{
    static uint64_t seen[KEYS_MOST][WORDS_MOST];
    (void)state;
    for (int words = 1; words <= WORDS_MOST; words++)
        for (int range = 3; range <= 30000; range *= 10) {
            Arena *arena = arena_new();
            TestRandom random = random_seeded((uint64_t)words * 100000 + (uint64_t)range);
            WordKeys keys;
            int count = 0;
            assert_int_equal(word_keys_init(&keys, words, arena), STATUS_OK);
            for (int draw = 0; draw < KEYS_MOST; draw++) {
                uint64_t key[WORDS_MOST] = {0};
                int number;
                bool added;
                for (int w = 0; w < words; w++)
                    key[w] = drawn_word(&random, range);
                int wanted = number_of(seen, count, key, words);
                assert_int_equal(word_keys_add(&keys, key, &number, &added), STATUS_OK);
                assert_int_equal(number, wanted);
                assert_int_equal(added, wanted == count);
                if (wanted == count)
                    memcpy(seen[count++], key, sizeof key);
                assert_int_equal(keys.count, count);
            }
            arena_free(arena);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_are_numbered_as_they_are_first_seen),
    };
    return cmocka_run_group_tests_name("word keys", tests, NULL, no_arena_is_left);
}
