/* Each peer: how it is asked, and what in its log says how it went. */
#include "tests/support/bench_peers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/bench_process.h"
#include "tests/support/test_support.h"

enum { SCRIPT_BYTES = 4096, MARKS = 3 };

typedef struct PeerKind {
    const char *name;
    const char *version; /* what prints it, as its first line of output */
    const char *reading; /* a script that only reads $file */
    const char *solving; /* one that solves it, with $gap and $limit */
    const char *finished[MARKS];
    const char *value[MARKS]; /* it stands behind the last of any of these */
} PeerKind;

#define FOUND "INTEGER OPTIMAL SOLUTION FOUND"
#define NEAR "RELATIVE MIP GAP TOLERANCE REACHED"

static const PeerKind PEERS[PEER_COUNT] = {
    [PEER_GLPSOL] = {"glpsol",
                     "glpsol --version | sed -n 's/.*Solver,* *//p'",
                     "glpsol --check --freemps \"$file\"",
                     "glpsol --freemps \"$file\"",
                     {"OPTIMAL LP SOLUTION FOUND", "OPTIMAL SOLUTION FOUND BY LP PREPROCESSOR"},
                     {"obj = "}},
    [PEER_CLP] = {"clp",
                  "clp -quit | sed -n 's/.*version \\([0-9.]*\\).*/\\1/p'",
                  "clp \"$file\" -quit",
                  "clp \"$file\" -primalsimplex",
                  {"Optimal objective "},
                  {"Optimal objective "}},
    [PEER_GLPSOL_WHOLE] = {"glpsol",
                           NULL,
                           "glpsol --check --freemps \"$file\"",
                           "glpsol --freemps \"$file\" --cuts --pcost --mipgap $gap",
                           {FOUND, NEAR},
                           {"mip = ", ">>>>> "}},
    [PEER_CBC] = {"cbc",
                  "cbc -quit | sed -n 's/^Version: *//p'",
                  "cbc \"$file\" -quit",
                  "cbc \"$file\" -ratioGap $gap -sec $limit -solve -quit",
                  {"Result - Optimal solution found"},
                  {"Objective value: "}}};

const char *bench_peer_text(BenchPeer peer)
{
    return PEERS[peer].name;
}

bool bench_peer_there(BenchPeer peer)
{
    return bench_program_there(PEERS[peer].name);
}

char *bench_peer_version(BenchPeer peer)
{
    TestRun run = {.out = NULL};
    if (PEERS[peer].version == NULL || !bench_peer_there(peer))
        return strdup("not installed");
    run = run_shell(NULL, PEERS[peer].version);
    run.out[strcspn(run.out, " \n")] = '\0'; /* cbc writes a blank behind its version */
    char *version = strdup(*run.out != '\0' ? run.out : "of unknown version");
    test_run_free(&run);
    return version;
}

static BenchUse use_peer(const char *script, const char *path, const char *log, double gap,
                         int limit_s)
{
    char whole[SCRIPT_BYTES];
    (void)snprintf(whole, sizeof whole, "file='%s' gap=%g limit=%d\nexec %s", path, gap, limit_s,
                   script);
    return bench_program(whole, log, limit_s + limit_s / 10 + 10);
}

static void read_log(const PeerKind *kind, const char *log, BenchPeerRun *run)
{
    char *text = file_exists(log) ? read_file(log, NULL) : calloc(1, 1);
    const char *last = NULL;
    for (int k = 0; k < MARKS && kind->finished[k] != NULL; k++)
        run->finished = run->finished || strstr(text, kind->finished[k]) != NULL;
    for (int k = 0; k < MARKS && kind->value[k] != NULL; k++)
        for (const char *at = text; (at = strstr(at, kind->value[k])) != NULL;) {
            char *end;
            at += strlen(kind->value[k]);
            double value = strtod(at, &end);
            if (end != at && (last == NULL || at > last)) {
                run->value = value;
                run->has_value = true;
                last = at;
            }
        }
    free(text);
}

BenchPeerRun bench_peer_run(BenchPeer peer, const char *path, double gap, int limit_s)
{
    const PeerKind *kind = &PEERS[peer];
    BenchPeerRun run = {0};
    char log[SCRIPT_BYTES];
    (void)snprintf(log, sizeof log, "%s.%s.log", path, kind->name);
    BenchUse reading = use_peer(kind->reading, path, log, gap, limit_s);
    BenchUse solving = use_peer(kind->solving, path, log, gap, limit_s);
    read_log(kind, log, &run);
    run.seconds = solving.cpu_s - reading.cpu_s;
    run.peak_kb = solving.peak_kb;
    return run;
}
