/* Rounds for the measurements of speed, drawn from a seed and written as CSV tables: log-normal needs
 * of five kinds of urgency, supply for 65 % of what they ask, offers held back by category, quarter,
 * region and list, budgets, ceilings. Equal shapes give equal bytes.
 */
#ifndef ALLOT_TEST_BENCH_ROUND_H
#define ALLOT_TEST_BENCH_ROUND_H

#include <stdbool.h>
#include <stdint.h>

typedef enum BenchFamily {
    BENCH_MONEY, /* one currency, everything divides: a linear program */
    BENCH_UNITS, /* 15 % of the offers count things; each need has a price of its own for them (table
                    pairs, `use`): still linear, but no network */
    BENCH_WHOLE, /* money with 30 % indivisible needs, least shares, tickets, max_donors, requires */
    BENCH_MIXED  /* as in life: six currencies, overheads, money passed through, seats in kind */
} BenchFamily;

typedef struct BenchRound {
    BenchFamily family;
    int needs;
    bool one_tier; /* urgency as weights 81, 27, 9, 3, 1 of one tier instead of as tiers 1 to 5:
                             the first stage is then all there is to decide */
    const char *fairness; /* setting; NULL leaves the default */
    const char *stages;   /* setting; NULL leaves the default */
    uint64_t seed;
} BenchRound;

/** Writes the tables into the folder @p dir, which is there. */
void bench_round_write(const char *dir, const BenchRound *shape);

const char *bench_family_text(BenchFamily family); /* "money", "unit prices", ... */

#endif
