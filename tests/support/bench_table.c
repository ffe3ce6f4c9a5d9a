/* Lines are kept until the end, so that they stand together. */
#include "tests/support/bench_table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "tests/support/bench_peers.h"
#include "tests/support/test_support.h"

BenchLine *bench_line(BenchTable *table, const char *round, const char *beside)
{
    if (table->count == TABLE_LINES_MOST)
        fail_msg("more lines than a table holds");
    BenchLine *line = &table->lines[table->count++];
    *line = (BenchLine){.verdict = VERDICT_NOT_MEASURED};
    (void)snprintf(line->round, sizeof line->round, "%s", round);
    (void)snprintf(line->beside, sizeof line->beside, "%s", beside);
    return line;
}

void bench_line_times(BenchLine *line, double ours, double theirs, bool theirs_more, double times)
{
    line->ours = ours;
    line->theirs = theirs;
    line->theirs_more = theirs_more;
    line->ratio = ours > 0 ? theirs / ours : 0;
    line->verdict = VERDICT_BESIDE;
    if (times <= 0)
        return;
    (void)snprintf(line->wanted, sizeof line->wanted, ">= %gx", times);
    line->verdict = line->ratio >= times ? VERDICT_REACHED : VERDICT_MISSED;
    if (theirs_more && line->verdict == VERDICT_MISSED)
        (void)snprintf(line->note, sizeof line->note, "the other was cut off too early to tell");
}

void bench_line_most(BenchLine *line, double ours, double most)
{
    line->ours = ours;
    line->verdict = VERDICT_BESIDE;
    if (most <= 0)
        return;
    (void)snprintf(line->wanted, sizeof line->wanted, "<= %g s", most);
    line->verdict = ours <= most ? VERDICT_REACHED : VERDICT_MISSED;
}

static const char *verdict_text(BenchVerdict verdict)
{
    switch (verdict) {
    case VERDICT_NOT_MEASURED: return "not measured";
    case VERDICT_BESIDE: return "beside";
    case VERDICT_REACHED: return "reached";
    case VERDICT_MISSED: return "NOT REACHED";
    }
    return "";
}

static void print_line(const BenchLine *line)
{
    printf("%-48s %-22s", line->round, line->beside);
    if (line->verdict == VERDICT_NOT_MEASURED)
        printf(" %9s", "-");
    else
        printf(" %9.4f", line->ours);
    if (line->theirs > 0)
        printf(" %s%9.3f", line->theirs_more ? ">" : " ", line->theirs);
    else
        printf(" %10s", "");
    if (line->ratio > 0)
        printf(" %s%8.2fx", line->theirs_more ? ">" : " ", line->ratio);
    else
        printf(" %10s", "");
    printf("  %-10s %s%s%s\n", line->wanted, verdict_text(line->verdict),
           *line->note != '\0' ? ": " : "", line->note);
}

void bench_table_print(const BenchTable *table)
{
    printf("\n%-48s %-22s %9s %10s %10s  %-10s\n", "round", "beside", "allot s", "other s", "ratio",
           "wanted");
    for (int k = 0; k < table->count; k++)
        print_line(&table->lines[k]);
    (void)fflush(stdout);
}

/* ---- the machine ---------------------------------------------------------------------------- */

static void print_processor(void)
{
    FILE *file = fopen("/proc/cpuinfo", "r");
    char line[256];
    while (file != NULL && fgets(line, (int)sizeof line, file) != NULL)
        if (strncmp(line, "model name", 10) == 0 && strchr(line, ':') != NULL) {
            printf("processor:%s", strchr(line, ':') + 1);
            break;
        }
    if (file != NULL)
        (void)fclose(file);
}

static void print_load(void)
{
    FILE *file = fopen("/proc/loadavg", "r");
    char line[128];
    if (file != NULL && fgets(line, (int)sizeof line, file) != NULL)
        printf("load when it began: %.2f\n", strtod(line, NULL));
    if (file != NULL)
        (void)fclose(file);
}

void bench_print_machine(void)
{
    struct utsname name;
    print_processor();
    if (uname(&name) == 0)
        printf("system: %s %s, %s, %ld processors\n", name.sysname, name.release, name.machine,
               sysconf(_SC_NPROCESSORS_ONLN));
    print_load();
    for (int peer = 0; peer < PEER_COUNT; peer++) {
        char *version = bench_peer_version((BenchPeer)peer);
        if (peer != PEER_GLPSOL_WHOLE)
            printf("%s: %s\n", bench_peer_text((BenchPeer)peer), version);
        free(version);
    }
    printf("\n");
}
