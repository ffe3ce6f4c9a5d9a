/* reasons.csv, refused.csv and rivals.csv: what stands behind every unmet need. */
#include "io/csv_writer.h"
#include "io/grounds.h"
#include "io/tables_internal.h"

static void write_line_number(CsvWriter *out, int line)
{
    if (line > 0)
        csv_writer_count(out, line);
    else
        csv_writer_empty(out);
}

void tables_write_reasons(CsvWriter *out, const TablesInput *in)
{
    static const char *const head[] = {"need",  "tier",  "unmet",   "unit",   "code",
                                       "table", "row",   "id",      "column", "part",
                                       "freed", "proof", "sentence"};
    csv_writer_row(out, head, sizeof head / sizeof head[0]);
    for (size_t i = 0; i < in->grounds->cause_count; i++) {
        const GroundCause *cause = &in->grounds->causes[i];
        const Need *need = &in->round->needs[cause->need];
        const NeedResult *result = &in->plan->needs[cause->need];
        csv_writer_text(out, need->id);
        csv_writer_count(out, need->tier);
        csv_writer_amount_if(out, need->quantity_known, need->unit, result->unmet);
        csv_writer_text(out, need->unit.name);
        csv_writer_text(out, reason_text(cause->code));
        csv_writer_text(out, cause->table);
        write_line_number(out, cause->line);
        csv_writer_text(out, cause->id);
        csv_writer_text(out, cause->column);
        csv_writer_text(out, cause->part);
        csv_writer_amount_if(out, cause->freed > 0, need->unit, cause->freed);
        csv_writer_text(out, cause->proof);
        csv_writer_text(out, result->detail == NULL ? "" : result->detail);
        csv_writer_end(out);
    }
}

void tables_write_refused(CsvWriter *out, const TablesInput *in)
{
    static const char *const head[] = {"need", "offer", "check",  "table",
                                       "row",  "id",    "column", "phrase"};
    csv_writer_row(out, head, sizeof head / sizeof head[0]);
    for (size_t i = 0; i < in->grounds->pair_count; i++) {
        const GroundPair *pair = &in->grounds->pairs[i];
        if (pair->bar.check == BAR_NOTHING)
            continue;
        csv_writer_text(out, in->round->needs[pair->need].id);
        csv_writer_text(out, in->round->offers[pair->offer].id);
        csv_writer_text(out, bar_code(pair->bar.check));
        csv_writer_text(out, dictionary_table(pair->bar.origin.table)->name);
        write_line_number(out, pair->bar.origin.line);
        csv_writer_text(out, pair->bar.id);
        csv_writer_text(out, pair->bar.column);
        csv_writer_text(out, bar_text(pair->bar.check));
        csv_writer_end(out);
    }
}

static void write_rival(CsvWriter *out, const Round *round, const GroundPair *pair,
                        const Assignment *line)
{
    const Need *need = &round->needs[pair->need], *rival = &round->needs[line->need];
    csv_writer_text(out, need->id);
    csv_writer_count(out, need->tier);
    csv_writer_text(out, round->offers[pair->offer].id);
    csv_writer_text(out, rival->id);
    csv_writer_text(out, round->offers[line->offer].id);
    csv_writer_count(out, rival->tier);
    csv_writer_amount(out, rival->unit, line->quantity);
    csv_writer_text(out, rival->unit.name);
    csv_writer_end(out);
}

/** Offers that may serve an unmet need, each with the needs that have it: one row a need. */
void tables_write_rivals(CsvWriter *out, const TablesInput *in)
{
    static const char *const head[] = {"need",    "tier",       "offer",    "rival",
                                       "through", "rival_tier", "quantity", "unit"};
    const Grounds *grounds = in->grounds;
    csv_writer_row(out, head, sizeof head / sizeof head[0]);
    for (size_t i = 0; i < grounds->pair_count; i++) {
        const GroundPair *pair = &grounds->pairs[i];
        const size_t *first = &grounds->first_user[in->round->offers[pair->offer].root];
        for (size_t u = first[0]; pair->bar.check == BAR_NOTHING && u < first[1]; u++) {
            const Assignment *line = &in->plan->assignments[grounds->users[u]];
            if (line->need != pair->need)
                write_rival(out, in->round, pair, line);
        }
    }
}
