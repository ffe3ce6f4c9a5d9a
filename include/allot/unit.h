/* room: base
 *
 * Units: a currency code (money) or the name of a thing. Amounts are int64_t counts of a unit's
 * smallest part: the currency's minor unit, or a millionth of a thing.
 */
#ifndef ALLOT_UNIT_H
#define ALLOT_UNIT_H

#include <stdbool.h>
#include <stdint.h>

enum { UNIT_THING_PLACES = 6 };

typedef struct Unit {
    const char *name; /* interned in the round's names: compare by pointer */
    bool is_money;
    int places; /* decimal places of the smallest part: EUR 2, JPY 0, things UNIT_THING_PLACES */
} Unit;

/** No amount or value of the input is above so many smallest parts (ten trillion euros): whole steps in the
 *  doubles that solvers count in, with room for sums of thousands of them in int64_t. */
#define AMOUNT_MOST INT64_C(1000000000000000)

/** Minor-unit decimals of an ISO 4217 code in upper case, or -1 when it is none. */
int currency_places(const char *code);

/** The code itself, stored for good; NULL when it is none. */
const char *currency_code(const char *code);

/** Smallest parts in one whole unit: 100 for EUR, 1,000,000 for a seat. */
int64_t unit_scale(Unit unit);

/** Writes an amount for tables into @p out (at least 32 bytes): money with all its decimals
 *  ("1234.50"), things without trailing zeros ("12", "0.5"). */
void unit_format(Unit unit, int64_t amount, char *out);

#endif
