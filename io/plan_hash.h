/* room: io
 *
 * The plan's own hash: what tells whether its lines are still those that the program wrote.
 */
#ifndef ALLOT_IO_PLAN_HASH_H
#define ALLOT_IO_PLAN_HASH_H

#include <stdbool.h>

#include "allot/plan.h"
#include "allot/round.h"
#include "io/sheet.h"

/** The key in summary.csv, and on the Method sheet. */
#define PLAN_HASH_KEY "plan_sha256"

/** Further keys of both: where the round was, and what the command line set (`set_fairness`). */
#define PLAN_ROUND_KEY "round_path"
#define PLAN_SET_KEY "set_"

/** SHA-256 of the columns need, offer and quantity of assignments.csv, headings and all, as
 *  tables_write() writes them: `cut -d, -f1,2,4 assignments.csv | sha256sum` where no id has a comma.
 *  64 lower-case hex digits in @p arena, or NULL without memory. */
const char *plan_hash(const Round *round, const Plan *plan, Arena *arena);

enum { PLAN_HASH_SIZE = 65 };

/** The hash that summary.csv in @p dir records, also when a spreadsheet program has saved it since.
 *  False when the file or the hash is not there. */
bool plan_hash_of_folder(const char *dir, char hash[PLAN_HASH_SIZE]);

/** The same of the Method sheet; NULL has none. */
bool plan_hash_of_sheet(const Sheet *sheet, char hash[PLAN_HASH_SIZE]);

#endif
