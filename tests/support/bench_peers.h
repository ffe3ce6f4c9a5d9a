/* Other solvers on an exported program: what solving alone takes them. What reading the same file
 * takes is measured by itself and taken off.
 */
#ifndef ALLOT_TEST_BENCH_PEERS_H
#define ALLOT_TEST_BENCH_PEERS_H

#include <stdbool.h>

typedef enum BenchPeer {
    PEER_GLPSOL,       /* linear: primal simplex, as it comes */
    PEER_CLP,          /* linear: primal simplex */
    PEER_GLPSOL_WHOLE, /* branch and cut: presolve, all cuts, hybrid pseudocost branching */
    PEER_CBC,          /* branch and cut, as it comes */
    PEER_COUNT
} BenchPeer;

const char *bench_peer_text(BenchPeer peer); /* the program's name */
bool bench_peer_there(BenchPeer peer);       /* is it on this machine? */

/** Its version, or "not installed". To be freed by the caller. */
char *bench_peer_version(BenchPeer peer);

typedef struct BenchPeerRun {
    double seconds; /* of solving; where it did not finish, as long as it was given at least */
    bool finished;  /* it says that this is optimal, or within the gap */
    bool has_value; /* it found something */
    double value;
    long peak_kb;
} BenchPeerRun;

/** Runs the peer on the program at @p path for at most @p limit_s seconds; @p gap: the relative gap at
 *  which branch and cut may stop. Its log lands beside the program. */
BenchPeerRun bench_peer_run(BenchPeer peer, const char *path, double gap, int limit_s);

#endif
