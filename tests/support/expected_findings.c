/* Findings in tests. */
#include "tests/support/expected_findings.h"

#include "tests/support/test_support.h"

#include <string.h>

static bool same_text(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static bool is_expected(const Finding *finding, const ExpectedFinding *want)
{
    const DiagPlace *place = &finding->place;
    return finding->code == want->code && same_text(place->file, want->file) &&
           place->line == want->line && place->column == want->column &&
           same_text(place->text, want->text) && strstr(finding->message, want->hint) != NULL;
}

static void print_findings(const Diag *diag)
{
    Arena *arena = arena_new();
    size_t count;
    const Finding *findings = diag_findings(diag, &count);
    for (size_t i = 0; i < count; i++) {
        const char *text = findings[i].place.text;
        print_error("  %s  [%s]\n", diag_format(&findings[i], arena), text != NULL ? text : "");
    }
    arena_free(arena);
}

void assert_finding(const char *label, const Diag *diag, const ExpectedFinding *want)
{
    size_t count, found = 0;
    const Finding *findings = diag_findings(diag, &count);
    for (size_t i = 0; i < count; i++)
        found += is_expected(&findings[i], want);
    if (found == 1)
        return;
    print_findings(diag);
    fail_msg("case \"%s\": %zu findings are %s at %s:%d:%d [%s] with \"%s\"", label, found,
             diag_code_text(want->code), want->file != NULL ? want->file : "", want->line,
             want->column, want->text != NULL ? want->text : "", want->hint);
}

void assert_finding_count(const char *label, const Diag *diag, size_t count)
{
    size_t found;
    (void)diag_findings(diag, &found);
    if (found == count)
        return;
    print_findings(diag);
    fail_msg("case \"%s\": %zu findings, expected %zu", label, found, count);
}
