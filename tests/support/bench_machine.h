/* What figures were measured on: nothing that tells when, or whose machine it is. */
#ifndef ALLOT_TEST_BENCH_MACHINE_H
#define ALLOT_TEST_BENCH_MACHINE_H

enum { MACHINE_TEXT = 256 };

/** "AMD EPYC, 2 processors, Linux 6.18 x86_64", written into @p out. */
const char *bench_machine_text(char out[MACHINE_TEXT]);

/** "glpsol 5.0, clp 1.17.6, cbc not installed" */
const char *bench_peers_text(char out[MACHINE_TEXT]);

/** Both, and the load at this moment: on a busy machine only ratios say something. */
void bench_print_machine(void);

#endif
