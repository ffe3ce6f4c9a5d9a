/* What the fuzzers feed: bytes of a stranger's file, through all of reading and checking a round.
 *
 * A target fails by crashing, by a sanitizer's report, or by an assertion of its own: a file that
 * cannot be used has an error finding, and one input reads the same way twice.
 */
#ifndef ALLOT_TEST_FUZZ_TARGETS_H
#define ALLOT_TEST_FUZZ_TARGETS_H

#include <stddef.h>
#include <stdint.h>

/** A CSV file: the first byte chooses its table and the options, the rest is the file. */
void fuzz_csv(const uint8_t *data, size_t size);

/** A workbook: the first byte chooses whether the rest is the file, a flat file, or one part of an
 *  archive whose other parts are sound. */
void fuzz_workbook(const uint8_t *data, size_t size);

/** Removes the scratch folder. */
void fuzz_clean(void);

#endif
