/* A plan before this one, drawn at random. */
#include "tests/support/random_previous.h"

void random_previous(Round *round, TestRandom *random)
{
    size_t cells = round->need_count * round->offer_count;
    PreviousLine *lines = ARENA_NEW(round->arena, cells, PreviousLine);
    Brute *brute = brute_new(round, round->arena);
    assert_non_null(lines);
    round->previous_count = 0;
    for (size_t n = 0; n < round->need_count; n++) {
        const Need *need = &round->needs[n];
        int64_t left = need->quantity_known ? need->quantity / need->step : 0;
        for (size_t o = 0; o < round->offer_count && left > 0; o++) {
            if (random_chance(random, brute_may_serve(brute, (int)n, (int)o) ? 3 : 8) ==
                brute_may_serve(brute, (int)n, (int)o))
                continue;
            int64_t steps = random_between(random, 1, left);
            lines[round->previous_count++] = (PreviousLine){(int)n, (int)o, steps * need->step};
            left -= steps;
        }
    }
    round->previous = lines;
    round->has_previous = true;
}
