/* Measurements, each in a process of its own, so that its time and its peak memory are its own.
 *
 * Seconds are those of the processor, the user's and the system's together, unless they are called
 * those of the clock.
 */
#ifndef ALLOT_TEST_BENCH_PROCESS_H
#define ALLOT_TEST_BENCH_PROCESS_H

#include <stdbool.h>
#include <stddef.h>

double bench_cpu_seconds(void); /* of this process so far */
double bench_clock_seconds(void);
long bench_peak_kb(void); /* of this process */

/** Work that fills in *result, and may send it again and again: what was sent is not lost when the
 *  limit cuts the work off. @p to is for bench_send(). False when it failed. */
typedef bool BenchWork(const void *context, void *result, int to);

/** Sends the result as it is now. */
void bench_send(const void *result, size_t size, int to);

/** Runs the work in a child process of at most @p limit_s seconds; it and what it sends is in *result
 *  [size], left as it was when nothing came. True when the work was done. */
bool bench_in_process(BenchWork *work, const void *context, void *result, size_t size, int limit_s);

/** What a program took. */
typedef struct BenchUse {
    double cpu_s, clock_s;
    long peak_kb; /* of the largest of its processes */
    int exit_code;
    bool cut_off; /* by the limit */
} BenchUse;

/** Runs a line of shell; what it prints goes into the file @p log. */
BenchUse bench_program(const char *script, const char *log, int limit_s);

/** Is there such a program? */
bool bench_program_there(const char *name);

double bench_median(const double *values, int count);

#endif
