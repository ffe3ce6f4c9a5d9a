/* A round through the library's own functions, in a process of its own, each step timed. */
#ifndef ALLOT_TEST_BENCH_PHASES_H
#define ALLOT_TEST_BENCH_PHASES_H

#include <stdbool.h>
#include <stddef.h>

#include "allot/solve_result.h"

typedef enum BenchPhase {
    BENCH_READ,
    BENCH_CHECK, /* and who may serve whom */
    BENCH_BUILD, /* pairs, rules, formulation: nothing where the round is a network */
    BENCH_SOLVE, /* from the checked round, or its formulation, to the plan in whole steps */
    BENCH_REASONS,
    BENCH_VERIFY,
    BENCH_TABLES,
    BENCH_REPORT,  /* the sheets, as plain data */
    BENCH_BOOK,    /* the workbook of them */
    BENCH_LIBRARY, /* the same cells through libxlsxwriter as it comes; only when it is asked for */
    BENCH_PHASE_COUNT
} BenchPhase;

const char *bench_phase_text(BenchPhase phase);

typedef struct BenchSetting {
    const char *key, *value;
} BenchSetting;

enum { BENCH_SETTINGS_MOST = 4, BENCH_TIERS_MOST = 8 };

typedef struct BenchRun {
    const char *dir; /* the round's folder; what is written lands there */
    BenchSetting settings[BENCH_SETTINGS_MOST]; /* as with --set; key NULL ends them */
    BenchPhase last;                            /* no step after this one */
    int limit_s;
    bool
        programs; /* then writes each tier's program into the folder, bench_tier_path(), with what this
                      run came to in the stages before as rows; timed by nothing */
} BenchRun;

typedef struct BenchFigures {
    double seconds[BENCH_PHASE_COUNT];
    BenchPhase last; /* asked for */
    int phases;      /* how many were done */
    long peak_kb;
    bool network; /* decided on the network of classes */
    SolveOutcome outcome;
    size_t lines;
    double value, bound, gap; /* of the first stage */
    double asked;             /* its value when nobody is given anything; 0 on the network */
    int stages, proven;       /* listed; of those optimal or within the gap */
    double open_gap;          /* the largest of the others */
    int tiers;                /* programs written; */
    double tier_value[BENCH_TIERS_MOST],
        tier_bound[BENCH_TIERS_MOST]; /* what was reached, proven */
} BenchFigures;

BenchFigures bench_phases(const BenchRun *run);

/** Each step's median over the runs, the largest peak, the rest of the last. */
BenchFigures bench_phases_median(const BenchFigures *runs, int count);

/** Where a run with `programs` writes that of its tier with this index, as free MPS. To be freed. */
char *bench_tier_path(const char *dir, int index);

/** Writes the program of the first stage, in full, as free MPS. False when it cannot be. */
bool bench_export(const char *dir, const char *path, int limit_s);

#endif
