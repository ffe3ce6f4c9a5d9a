/* Headings of a grid that come from the input. */
#include <string.h>

#include "io/page_text.h"
#include "io/report_internal.h"

enum { HEADING_CHARACTERS = 120 };

const char *grid_carried_heading(Report *report, const char *heading)
{
    const char *clean = report_clean(report, heading);
    if (*clean == '\0')
        return "input_column";
    int bytes = (int)page_text_prefix(clean, HEADING_CHARACTERS);
    const char *copy = report_printf(report, "%.*s", bytes, clean);
    if (strpbrk(copy, "\t\r\n") == NULL)
        return copy;
    char *line = report_alloc(report, strlen(copy) + 1, 1);
    for (size_t i = 0; line != NULL && copy[i] != '\0'; i++)
        line[i] = strchr("\t\r\n", copy[i]) != NULL ? ' ' : copy[i];
    return line != NULL ? line : "";
}
