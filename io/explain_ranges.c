/* Forced or free, in plain text: behind a line of a need or of an offer, and of a donor's lines together. */
#include "io/explain_internal.h"

#include "allot/language.h"
#include "allot/ranges.h"

/** "O-2 of Estonia (EE) EUR 300.00 and O-3 of Poland (PL) EUR 20.00" */
static const char *carriers_text(Explanation *e, Unit unit, const LineRange *range)
{
    const char *text = "";
    for (int k = 0; k < range->other_count; k++) {
        const Offer *offer = &e->round->offers[range->others[k].offer];
        const char *glue = k == 0 ? "" : k + 1 < range->other_count ? ", " : _(" and ");
        text = prose_piece(&e->prose, "%s%s%s of %s %s", text, glue, offer->id,
                           explain_donor_name(e, offer->donor),
                           prose_amount(&e->prose, unit, range->others[k].quantity));
    }
    return text;
}

/** Who has what the line leaves where it is least. */
static void say_others(Explanation *e, Unit unit, const LineRange *range)
{
    Prose *p = &e->prose;
    if (range->other_count > 0)
        prose_say(p, " At no loss, %s more could stand in for it.", carriers_text(e, unit, range));
    if (range->short_by > 0)
        prose_say(p, " Other needs could have %s of it at no loss.",
                  prose_amount(p, unit, range->short_by));
}

void explain_line_range(Explanation *e, size_t index)
{
    const Ranges *ranges = e->plan->answers.ranges;
    Unit unit = e->round->needs[e->plan->assignments[index].need].unit;
    Prose *p = &e->prose;
    if (ranges == NULL)
        return;
    const LineRange *range = &ranges->lines[index];
    const char *least = prose_amount(p, unit, range->least);
    const char *most = prose_amount(p, unit, range->most);
    switch (range->proof) {
    case RANGE_FORCED:
        prose_say(p, " This is forced: no plan that is as good has it otherwise.");
        return;
    case RANGE_FREE:
        prose_say(p, " This is free: in plans as good it is between %s and %s.", least, most);
        break;
    case RANGE_AT_LEAST:
        prose_say(p, " This is free: in plans as good it can be %s or %s, perhaps also beyond.",
                  least, most);
        break;
    case RANGE_NOT_DECIDED:
        prose_say(p, " Whether this is forced was not decided within the limits.");
        return;
    }
    say_others(e, unit, range);
}

void explain_forced_lines(Explanation *e, const char *donor)
{
    const Ranges *ranges = e->plan->answers.ranges;
    size_t forced = 0, free = 0, open = 0;
    Prose *p = &e->prose;
    for (size_t i = 0; ranges != NULL && i < e->plan->assignment_count; i++) {
        if (e->round->offers[e->plan->assignments[i].offer].donor != donor)
            continue;
        RangeProof proof = ranges->lines[i].proof;
        forced += proof == RANGE_FORCED;
        free += proof == RANGE_FREE || proof == RANGE_AT_LEAST;
        open += proof == RANGE_NOT_DECIDED;
    }
    if (forced + free + open == 0)
        return;
    prose_say(p,
              "Its lines: forced, so that no plan that is as good has them otherwise: %zu; free: "
              "%zu. ",
              forced, free);
    if (open > 0)
        prose_say(p, "Not decided: %zu. ", open);
    for (size_t i = 0, told = 0; free > 0 && i < e->plan->assignment_count; i++) {
        const Assignment *line = &e->plan->assignments[i];
        const LineRange *range = &ranges->lines[i];
        Unit unit = e->round->needs[line->need].unit;
        if (e->round->offers[line->offer].donor != donor || range->other_count == 0)
            continue;
        if (told++ == 0)
            prose_say(p, "Others could carry these at no loss:\n");
        prose_say(p, "- of %s for %s from %s: %s.\n", prose_amount(p, unit, line->quantity),
                  e->round->needs[line->need].id, e->round->offers[line->offer].id,
                  carriers_text(e, unit, range));
    }
    prose_end_paragraph(p);
}
