/* room: io
 *
 * Reading one part of a sweep. Private to sweep_read.c and sweep_part.c.
 */
#ifndef ALLOT_IO_SWEEP_PART_H
#define ALLOT_IO_SWEEP_PART_H

#include "allot/sweep.h"

enum { PART_FIELDS_MOST = 16 };

/* A part being read. */
typedef struct PartReader {
    const SweepText *text;
    const char *begin;                    /* of the line read last */
    const char *next;                     /* line to be read */
    int line;                             /* its number */
    const char *word;                     /* of the line read last: its word ... */
    const char *fields[PART_FIELDS_MOST]; /* ... and what stands behind it */
    size_t field_count;
    Sweep *sweep;
    Arena *arena;
    Diag *diag;
    SweepCase *current; /* whose result is read, or NULL */
    size_t got;         /* needs of it read so far */
    size_t part, parts;
} PartReader;

/** Does the text begin as every part does? */
bool part_begins(const SweepText *text);

/** Says that it does not. @return STATUS_FINDINGS. */
Status part_is_none(const SweepText *text, Diag *diag);

/** The others: STATUS_OK, STATUS_FINDINGS with a finding, STATUS_NO_MEMORY. */

/** Reads the head into the sweep, up to the line `part`, whose numbers it takes. */
Status part_read_head(PartReader *reader);

/** Reads the line `part` alone, where the head is known already. */
Status part_read_number(PartReader *reader);

/** Reads the results behind it, to the end of the text. */
Status part_read_results(PartReader *reader);

#endif
