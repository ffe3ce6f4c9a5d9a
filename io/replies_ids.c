/* The ids in answers: as the round has them, or, as people type them and disks store them, the only one
 * that differs by capitals alone.
 */
#include "io/replies_internal.h"

#include <string.h>

enum { FOLDED_SIZE = 1024 };

static bool same_but_case(const char *id, const char *text)
{
    char one[FOLDED_SIZE], other[FOLDED_SIZE];
    name_lower(id, one, sizeof one);
    name_lower(text, other, sizeof other);
    return strcmp(one, other) == 0;
}

/** Keeps the one row that fits, -2 for more than one. */
static void keep(int row, int *found)
{
    *found = *found == -1 ? row : -2;
}

static int only(int found)
{
    return found < 0 ? -1 : found;
}

int replies_find_need(const Round *round, const char *text)
{
    int found = round_find_need(round, text);
    if (found >= 0 || *text == '\0')
        return found;
    for (int n = 0; n < (int)round->need_count; n++)
        if (same_but_case(round->needs[n].id, text))
            keep(n, &found);
    return only(found);
}

int replies_find_offer(const Round *round, const char *text)
{
    int found = round_find_offer(round, text);
    if (found >= 0 || *text == '\0')
        return found;
    for (int o = 0; o < (int)round->offer_count; o++)
        if (same_but_case(round->offers[o].id, text))
            keep(o, &found);
    return only(found);
}

const char *replies_find_donor(const Round *round, const char *text)
{
    const char *found = NULL;
    for (size_t o = 0; o < round->offer_count; o++) {
        const char *donor = round->offers[o].donor;
        if (strcmp(donor, text) == 0)
            return donor;
        if (!same_but_case(donor, text))
            continue;
        if (found != NULL && found != donor)
            return text;
        found = donor;
    }
    return found != NULL ? found : text;
}
