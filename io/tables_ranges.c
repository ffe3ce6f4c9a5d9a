/* ranges.csv: the least and the most that each line can be in plans as good, and who carries what it
 * leaves. Without a row where nothing was asked.
 */
#include "allot/ranges.h"
#include "io/csv_writer.h"
#include "io/tables_internal.h"

/** "O-2 300.00;O-5 20.00": more from these; what is left of the line then, nobody carries. */
static const char *others_text(const TablesInput *in, Unit unit, const LineRange *range)
{
    const char *text = "";
    for (int k = 0; k < range->other_count; k++) {
        char amount[40];
        unit_format(unit, range->others[k].quantity, amount);
        text = arena_printf(in->scratch, "%s%s%s %s", text, k == 0 ? "" : ";",
                            in->round->offers[range->others[k].offer].id, amount);
    }
    return text == NULL ? "" : text;
}

void tables_write_ranges(CsvWriter *out, const TablesInput *in)
{
    static const char *const head[] = {"need", "offer", "quantity", "unit",    "least",
                                       "most", "proof", "others",   "short_by"};
    const Ranges *ranges = in->plan->answers.ranges;
    csv_writer_row(out, head, sizeof head / sizeof head[0]);
    for (size_t i = 0; ranges != NULL && i < in->plan->assignment_count; i++) {
        const Assignment *line = &in->plan->assignments[i];
        const LineRange *range = &ranges->lines[i];
        Unit unit = in->round->needs[line->need].unit;
        csv_writer_text(out, in->round->needs[line->need].id);
        csv_writer_text(out, in->round->offers[line->offer].id);
        csv_writer_amount(out, unit, line->quantity);
        csv_writer_text(out, unit.name);
        csv_writer_amount(out, unit, range->least);
        csv_writer_amount(out, unit, range->most);
        csv_writer_text(out, range_proof_text(range->proof));
        csv_writer_text(out, others_text(in, unit, range));
        csv_writer_amount(out, unit, range->short_by);
        csv_writer_end(out);
    }
}
