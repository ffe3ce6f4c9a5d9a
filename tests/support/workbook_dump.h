/* What a workbook's reader made of a file, as a text to compare.
 *
 * "[sheet]" (", hidden", ", 1904"), then a line a row below the headings, "3:t abc|n 12": each cell
 * with the first letter of its kind and "-" for none, line ends in it as '/'. Then the findings about
 * hidden and merged cells; or, when the file was refused, the finding that says why. Findings are cut
 * at their first ';'.
 */
#ifndef ALLOT_TEST_WORKBOOK_DUMP_H
#define ALLOT_TEST_WORKBOOK_DUMP_H

#include <stddef.h>

typedef struct WorkbookDump {
    char text[8192];
    size_t length;
} WorkbookDump;

/** Reads the workbook, called "w" in findings; sheets named @p passed_over (or NULL) are not asked
 *  for. */
void dump_workbook(const char *path, const char *passed_over, WorkbookDump *dump);

/** The same of a flat .fods with these bytes. */
void dump_flat(const char *xml, size_t size, const char *passed_over, WorkbookDump *dump);

/** A flat .fods, and what it must come to. */
typedef struct FlatCase {
    const char *label;
    const char *xml;
    const char *want;
} FlatCase;

void assert_flat_cases(const FlatCase *cases, size_t count);

#endif
