/* A run that tests write about without caring what it was made of. */
#include "tests/support/any_run_info.h"

RunInfo any_run_info(const char *outcome, const char *engine)
{
    return (RunInfo){.allot_version = "0",
                     .glpk_version = "0",
                     .csv_version = "0",
                     .reader_version = "0",
                     .xlsx_version = "0",
                     .gmp_version = "0",
                     .outcome = outcome,
                     .engine = engine,
                     .engine_spoken = engine,
                     .created = "2026-01-01"};
}
