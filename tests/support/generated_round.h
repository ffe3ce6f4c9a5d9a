/* A round of any size, drawn from a seed, written as the CSV tables that people would write. Needs in
 * five tiers, log-normal amounts, supply for two thirds of them, earmarks, exclusions, windows,
 * budgets, ceilings, five currencies. Equal shapes give equal bytes.
 */
#ifndef ALLOT_TEST_GENERATED_ROUND_H
#define ALLOT_TEST_GENERATED_ROUND_H

#include <stdbool.h>
#include <stdint.h>

typedef struct RoundShape {
    int needs;
    double things;        /* share of the needs that ask for whole things; 0: money only */
    double supply;        /* value on offer over value asked, say 0.65 */
    bool one_tier;        /* every need in tier 1, so that the first stage decides the most */
    const char *fairness; /* setting; NULL leaves the default */
    uint64_t seed;
} RoundShape;

/** Writes needs, offers, donors, beneficiaries, rates and settings into the folder @p dir. */
void generated_round_write(const char *dir, const RoundShape *shape);

#endif
