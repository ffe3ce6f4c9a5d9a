/* The figures that were set as goals for speed: generates the rounds, runs everything, says which are
 * reached.
 *
 *   make bench BENCH=figures [BENCH_ARGS="--part linear|discrete|tiers|runs|workbook --needs N --all 1
 *                             --seeds N --repeats N --peers 0|1 --limit SECONDS"]
 *
 * Every measurement is a process of its own of at most --limit seconds. Times are CPU seconds, of
 * user and system together, medians where a case is repeated; ratios are formed inside one run only.
 * Peers are glpsol, clp and cbc, where they are installed. Without --all 1 the long cases (a million
 * needs, 5,000 discrete ones, ten seeds) are left out. Last stands a table in Markdown: the round, what
 * it is beside, the goal, both times, their ratio (the other's time over ours; of reading, ours over
 * reading's), and whether the goal is reached.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/bench_machine.h"
#include "tests/support/bench_options.h"
#include "tests/support/bench_parts.h"
#include "tests/support/test_support.h"

typedef void Part(const BenchOptions *options, BenchTable *table);

static const struct {
    const char *name;
    Part *run;
} PARTS[] = {{"linear", bench_linear},
             {"runs", bench_whole_runs},
             {"workbook", bench_workbook},
             {"discrete", bench_discrete},
             {"tiers", bench_tiers}};

/** The index of the part of this name; NULL: COUNT_OF(PARTS), all. False when there is none. */
static bool find_part(const char *name, size_t *part)
{
    *part = 0;
    while (*part < COUNT_OF(PARTS) && (name == NULL || strcmp(name, PARTS[*part].name) != 0))
        (*part)++;
    return name == NULL || *part < COUNT_OF(PARTS);
}

static bool read_options(int argc, char **argv, BenchOptions *options, size_t *part)
{
    const char *name = NULL;
    const BenchOption known[] = {{"--part", NULL, 0, 0, &name},
                                 {"--all", &options->all, 0, 1, NULL},
                                 {"--needs", &options->needs, 1, 1000000, NULL},
                                 {"--seeds", &options->seeds, 1, 30, NULL},
                                 {"--repeats", &options->repeats, 1, 15, NULL},
                                 {"--peers", &options->peers, 0, 1, NULL},
                                 {"--limit", &options->limit_s, 1, 100000, NULL}};
    return bench_options_read(argc, argv, known, COUNT_OF(known)) && find_part(name, part);
}

/** Each part's lines as soon as it is done: a long run may be cut off. Then all in one table. */
static void run_parts(size_t part, const BenchOptions *options, BenchTable *table)
{
    char text[MACHINE_TEXT];
    for (size_t k = 0; k < COUNT_OF(PARTS); k++) {
        int first = table->count;
        if (part != COUNT_OF(PARTS) && part != k)
            continue;
        printf("%s\n\n", PARTS[k].name);
        PARTS[k].run(options, table);
        if (part == COUNT_OF(PARTS))
            bench_table_print(table, first);
    }
    bench_table_print(table, 0);
    printf("CPU seconds, user and system together; medians. Measured on %s",
           bench_machine_text(text));
    printf("; %s.\n", bench_peers_text(text));
}

int main(int argc, char **argv)
{
    BenchOptions options = {.peers = 1, .limit_s = 200};
    size_t part;
    BenchTable *table = calloc(1, sizeof *table);
    if (table == NULL || !read_options(argc, argv, &options, &part)) {
        fprintf(
            stderr,
            "usage: bench_figures [--part linear|runs|workbook|discrete|tiers]"
            " [--all 0|1] [--needs N] [--seeds N] [--repeats N] [--peers 0|1] [--limit SECONDS]\n");
        free(table);
        return EXIT_FAILURE;
    }
    bench_print_machine();
    run_parts(part, &options, table);
    free(table);
    return EXIT_SUCCESS;
}
