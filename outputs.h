/* room: front
 *
 * What a command is told to write to: held against what it reads, and named to whoever asked.
 */
#ifndef ALLOT_OUTPUTS_H
#define ALLOT_OUTPUTS_H

#include "session.h"

/** Refuses, with a finding, to write over a file that this run reads: the round, once it is in s->round,
 *  its tables, the ledger, a plan, a part, an answer. NULL is no file. @return STATUS_OK, STATUS_IO, STATUS_NO_MEMORY. */
Status check_output(const Session *s, const char *path);

/** The same for a folder of tables. @return STATUS_OK, STATUS_IO. */
Status check_output_folder(const Session *s, const char *path);

/** The workbook to write; NULL: tables alone are asked for. @param usual  its name where none is given */
const char *output_book(const Options *options, const char *usual);

/** Says where the results are: the workbook @p book, or none (NULL), and the folder of --tables. */
void print_outputs(const Options *options, const char *book);

#endif
