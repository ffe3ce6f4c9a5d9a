/* A run that tests write about without caring what it was made of. */
#ifndef ALLOT_TEST_ANY_RUN_INFO_H
#define ALLOT_TEST_ANY_RUN_INFO_H

#include "allot/run_info.h"

/** Versions "0", created on 2026-01-01. @p engine may be NULL. */
RunInfo any_run_info(const char *outcome, const char *engine);

#endif
