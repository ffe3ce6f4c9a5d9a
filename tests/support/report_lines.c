#include "tests/support/report_lines.h"

#include <string.h>

#include "allot/report.h"
#include "tests/support/report_text.h"
#include "tests/support/test_support.h"

const char *report_of(SmallRound *small)
{
    Report *report;
    assert_int_equal(
        report_build(&small->round, &small->plan, &small->info, small->diag, small->arena, &report),
        STATUS_OK);
    const char *text = report_text(report, small->arena);
    assert_non_null(text);
    return text;
}

void assert_report_lines(SmallRound *small, const char *expected)
{
    const char *text = report_of(small);
    for (size_t length; *expected != '\0'; expected += length) {
        length = strcspn(expected, "\n") + 1;
        const char *line = arena_text(small->arena, expected, length);
        const char *found = line == NULL ? NULL : strstr(text, line);
        while (found != NULL && found > text && found[-1] != '\n') /* the end of another line */
            found = strstr(found + 1, line);
        if (found == NULL)
            fail_msg("the report lacks the line (or has it elsewhere): %s", line);
        else
            text = found + length;
    }
}
