/* The options of a benchmark: names and values in pairs, "--needs 1000 --out build/bench". */
#ifndef ALLOT_TEST_BENCH_OPTIONS_H
#define ALLOT_TEST_BENCH_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

/** Where a value goes: into *number, from least to most, or into *text as it stands. */
typedef struct BenchOption {
    const char *name; /* "--needs" */
    int *number;      /* or NULL */
    int least, most;
    const char **text; /* or NULL */
} BenchOption;

/** Fills in what is there, the rest stays as it was. False when a name or a value is wrong. */
bool bench_options_read(int argc, char **argv, const BenchOption *options, size_t count);

#endif
