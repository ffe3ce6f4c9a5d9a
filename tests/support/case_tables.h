/* Tables of a round_case.h round, as tests write them: columns that every row needs are said here, a
 * test adds its own behind them.
 */
#ifndef ALLOT_TEST_CASE_TABLES_H
#define ALLOT_TEST_CASE_TABLES_H

#include "tests/support/round_case.h"

/** NEEDS(",min_share", "N1,HW,10,EUR,0.5\n"): columns of the test's own begin with a comma. */
#define NEEDS(columns, ...)                                                                        \
    {                                                                                              \
        "needs.csv", "id,category,quantity,unit" columns "\n" __VA_ARGS__                          \
    }
#define OFFERS(columns, ...)                                                                       \
    {                                                                                              \
        "offers.csv", "id,donor,quantity,unit" columns "\n" __VA_ARGS__                            \
    }
#define RULES(columns, rows)                                                                       \
    {                                                                                              \
        "rules.csv", "id,kind" columns "\n" rows                                                   \
    }
#define SETTINGS(rows)                                                                             \
    {                                                                                              \
        "settings.csv", "key,value\n" rows                                                         \
    }
#define RATES                                                                                      \
    {                                                                                              \
        "rates.csv", "currency,rate\nUSD,0.8\n"                                                    \
    }

/** The same with other columns altogether: the whole text of the table. */
#define NEEDS_TABLE(text)                                                                          \
    {                                                                                              \
        "needs.csv", text                                                                          \
    }
#define OFFERS_TABLE(text)                                                                         \
    {                                                                                              \
        "offers.csv", text                                                                         \
    }

#endif
