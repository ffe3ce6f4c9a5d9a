/* Headings matched against a table, for tests. */
#include "tests/support/matched_headings.h"

#include <string.h>

#include "allot/heading_index.h"
#include "tests/support/test_support.h"

Matched match_headings(TableKind kind, const char *const *headings)
{
    Matched m = {.arena = arena_new(), .table = dictionary_table(kind)};
    const char *texts[MATCHED_COLUMNS_MAX];
    Sheet sheet = {
        .file = "round.xlsx!t", .table = m.table, .heading_line = MATCHED_LINE, .headings = texts};
    for (; headings[sheet.column_count] != NULL; sheet.column_count++)
        texts[sheet.column_count] = headings[sheet.column_count];
    assert_non_null(m.arena);
    m.diag = diag_new(m.arena);
    sheet.names = heading_index_new(m.table, m.arena);
    assert_true(m.diag != NULL && sheet.names != NULL);
    /* Places are borrowed: the texts are the caller's. */
    assert_int_equal(headings_match(&sheet, true, m.arena, m.diag, &m.headings), STATUS_OK);
    return m;
}

int matched_column(const Matched *m, const char *column)
{
    return m->headings.column_of[dictionary_column(m->table, column)];
}

const Finding *matched_finding(const Matched *m, DiagCode code)
{
    size_t count;
    const Finding *findings = diag_findings(m->diag, &count), *found = NULL;
    for (size_t i = 0; i < count; i++)
        if (findings[i].code == code) {
            assert_null(found);
            found = &findings[i];
        }
    return found;
}

void assert_matched_message(const Matched *m, DiagCode code, int column, const char *message)
{
    const Finding *finding = matched_finding(m, code);
    assert_case(diag_code_text(code), finding != NULL);
    if (finding == NULL)
        return;
    assert_string_equal(finding->message, message);
    assert_int_equal(finding->place.line, MATCHED_LINE);
    assert_int_equal(finding->place.column, column);
    assert_string_equal(finding->place.file, "round.xlsx!t");
    assert_string_equal(finding->place.table, m->table->name);
}

void assert_matched_counts(const Matched *m, size_t errors, size_t warnings, size_t notes)
{
    assert_int_equal(diag_count(m->diag, DIAG_ERROR), errors);
    assert_int_equal(diag_count(m->diag, DIAG_WARNING), warnings);
    assert_int_equal(diag_count(m->diag, DIAG_NOTE), notes);
}
