/* The parts of `make bench BENCH=figures`, each with its own lines in the table. */
#ifndef ALLOT_TEST_BENCH_PARTS_H
#define ALLOT_TEST_BENCH_PARTS_H

#include "tests/support/bench_phases.h"
#include "tests/support/bench_round.h"
#include "tests/support/bench_table.h"

typedef struct BenchOptions {
    int all;     /* the long cases too */
    int needs;   /* only rounds of this size; 0: all */
    int seeds;   /* of discrete rounds; 0: 3, with all 10 */
    int repeats; /* of short cases; 0: as the cases say */
    int limit_s; /* of one process */
    int peers;   /* 0: without the other solvers */
} BenchOptions;

/** Linear programs: money and unit prices beside glpsol and clp, phases at all sizes. */
void bench_linear(const BenchOptions *options, BenchTable *table);

/** All-or-nothing rounds to a proven gap beside cbc and glpsol. */
void bench_discrete(const BenchOptions *options, BenchTable *table);

/** All-or-nothing rounds of five tiers, stage after stage; the tiers beside cbc. */
void bench_tiers(const BenchOptions *options, BenchTable *table);

/** The program from its start to its files: a million needs, two hundred needs with the workbook. */
void bench_whole_runs(const BenchOptions *options, BenchTable *table);

/** A workbook of 100,000 rows beside the library as it comes. */
void bench_workbook(const BenchOptions *options, BenchTable *table);

/** A round in a folder of its own, written by a process of its own. Ended by test_dir_remove(). */
char *bench_round_dir(const BenchRound *round);

/** Prints the headings of what bench_print_phases() prints. */
void bench_print_headings(void);
void bench_print_phases(const BenchRound *round, const char *what, const BenchFigures *figures);

#endif
