/* Headings of the sheets Assignments, Method, Settings, Inputs, Answers, Lines and About, as they are
 * written.
 */
#include "io/own_headings.h"

#include "allot/language.h"

static const char *const HEADINGS[] = {
    N_("Need"),       N_("Offer"),    N_("Donor"),          N_("Quantity"),
    N_("Unit"),       N_("Cash"),     N_("Offer quantity"), N_("Offer unit"),
    N_("In kind"),    N_("Basis"),    N_("Locked"),         N_("Stage"),
    N_("Sought"),     N_("Gap"),      N_("Value reached"),  N_("Result"),
    N_("Decision"),   N_("Before"),   N_("Agreed"),         N_("Other need"),
    N_("Source"),     N_("Comment"),  N_("need"),           N_("offer"),
    N_("quantity"),   N_("decision"), N_("agreed"),         N_("other_need"),
    N_("comment"),    N_("key"),      N_("value"),          N_("Bound (no plan can do better)"),
    N_("Money from"), N_("Turn"),     N_("Input table"),    N_("SHA-256 of the file"),
    N_("Rows"),       N_("File"),     N_("Stands"),
};

HeadingIndex *own_headings_new(const TableSpec *table, Arena *arena)
{
    HeadingIndex *index = heading_index_new(table, arena);
    bool spoken = index != NULL;
    for (size_t i = 0; i < sizeof HEADINGS / sizeof *HEADINGS && spoken; i++)
        spoken = heading_index_speak(index, HEADINGS[i]);
    return spoken ? index : NULL;
}
