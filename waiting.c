/* Lines that wait for a donor's answer, counted by donor. */
#include "waiting.h"

#include <string.h>

#include "allot/language.h"
#include "allot/names.h"
#include "allot/replies.h"

enum { WAITING_NAMED = 8 }; /* donors by name; the others are counted */

/** Lines of one donor. */
typedef struct DonorLines {
    const char *donor;
    size_t lines;
} DonorLines;

bool waiting_is_open(const Session *s, const Assignment *line)
{
    (void)s;
    return !line->locked;
}

bool waiting_is_reopened(const Session *s, const Assignment *line)
{
    return !line->locked && s->round.reopened != NULL &&
           replies_find(s->round.reopened, line->need, line->offer) != NULL;
}

bool waiting_is_published(const Session *s, const Assignment *line)
{
    return !line->locked && strcmp(s->round.needs[line->need].sensitivity, "open") == 0;
}

/** The donors of the plan's lines, as these name them first. */
static Status count_lines(const Session *s, WaitingTest *counts, DonorLines *donors, size_t *count)
{
    NameMap *met = name_map_new(s->arena);
    TRY_NEW(met);
    for (size_t i = 0; i < s->plan.assignment_count; i++) {
        const Assignment *line = &s->plan.assignments[i];
        const char *donor = s->round.offers[line->offer].donor;
        bool added;
        if (!name_map_add(met, donor, (int)*count, &added))
            return STATUS_NO_MEMORY;
        if (added)
            donors[(*count)++] = (DonorLines){donor, 0};
        donors[name_map_get(met, donor)].lines += counts(s, line);
    }
    return STATUS_OK;
}

Status waiting_find(const Session *s, WaitingTest *counts, Waiting *out)
{
    size_t named = 0, count = 0;
    DonorLines *donors = ARENA_NEW(s->arena, s->plan.assignment_count, DonorLines);
    TRY_NEW(donors);
    TRY(count_lines(s, counts, donors, &count));
    *out = (Waiting){.named = ""};
    for (size_t d = 0; d < count; d++) {
        out->lines += donors[d].lines;
        if (donors[d].lines > 0 && named++ < WAITING_NAMED)
            out->named =
                arena_printf(s->arena, "%s%s%s %zu", out->named, *out->named == '\0' ? "" : ", ",
                             donors[d].donor, donors[d].lines);
        TRY_NEW(out->named);
    }
    if (named > WAITING_NAMED)
        out->named =
            arena_printf(s->arena, _("%s, and %zu more"), out->named, named - WAITING_NAMED);
    return out->named != NULL ? STATUS_OK : STATUS_NO_MEMORY;
}
