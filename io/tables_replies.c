/* answers.csv and urgent.csv: the rows of the sheets Answers and Urgent. */
#include "io/reply_text.h"
#include "io/tables_internal.h"

static void write_answer(CsvWriter *out, const TablesInput *in, const Reply *reply, AnswerText text)
{
    const Round *round = in->round;
    Unit unit = round->needs[reply->need].unit;
    csv_writer_text(out, text.numbers);
    csv_writer_text(out, round->needs[reply->need].id);
    csv_writer_text(out, round->offers[reply->offer].id);
    csv_writer_text(out, reply->author);
    csv_writer_text(out, reply_decision_text(reply->decision));
    csv_writer_amount(out, unit, reply->planned);
    csv_writer_amount(out, unit, reply->agreed);
    csv_writer_amount(out, unit, plan_line_now(in->plan, reply->need, reply->offer));
    csv_writer_text(out, unit.name);
    csv_writer_text(out, reply->other_need >= 0 ? round->needs[reply->other_need].id : "");
    csv_writer_count(out, reply->turn);
    csv_writer_flag(out, text.stands);
    csv_writer_text(out, reply->source);
    csv_writer_text(out, reply->comment);
    csv_writer_text(out, text.detail);
    csv_writer_end(out);
}

static void write_effect(CsvWriter *out, const TablesInput *in, const Effect *effect)
{
    const Round *round = in->round;
    Unit unit = round->needs[effect->need].unit;
    csv_writer_text(out, effect_answers(effect, in->scratch));
    csv_writer_text(out, round->needs[effect->need].id);
    csv_writer_text(out, round->offers[effect->offer].id);
    csv_writer_text(out, round->offers[effect->offer].donor);
    csv_writer_empty(out);
    csv_writer_amount(out, unit, effect->before);
    csv_writer_empty(out);
    csv_writer_amount(out, unit, effect->now);
    csv_writer_text(out, unit.name);
    for (int blank = 0; blank < 5; blank++)
        csv_writer_empty(out);
    csv_writer_text(out, effect_text(round, effect, in->scratch));
    csv_writer_end(out);
}

void tables_write_replies(CsvWriter *out, const TablesInput *in)
{
    static const char *const head[] = {"answer", "need",   "offer",  "donor",   "decision",
                                       "before", "agreed", "now",    "unit",    "other_need",
                                       "turn",   "stands", "source", "comment", "detail"};
    const Effects *effects = in->plan->answers.effects;
    const Replies *open = in->round->reopened;
    csv_writer_row(out, head, sizeof head / sizeof head[0]);
    for (size_t i = 0; i < in->round->replies->count; i++)
        write_answer(out, in, &in->round->replies->rows[i],
                     reply_text(in->round, in->plan, i, in->scratch));
    for (size_t i = 0; open != NULL && i < open->count; i++)
        write_answer(out, in, &open->rows[i],
                     reply_open_text(in->round, in->plan, &open->rows[i], in->scratch));
    for (size_t i = 0; effects != NULL && i < effects->count; i++)
        if (replies_find(open, effects->rows[i].need, effects->rows[i].offer) == NULL)
            write_effect(out, in, &effects->rows[i]);
}

void tables_write_urgent(CsvWriter *out, const TablesInput *in)
{
    static const char *const head[] = {"need",   "offer", "donor", "tier",
                                       "before", "now",   "unit",  "detail"};
    const Round *round = in->round;
    const Effects *moved = in->plan->answers.moved;
    csv_writer_row(out, head, sizeof head / sizeof head[0]);
    for (size_t i = 0; moved != NULL && i < moved->count; i++) {
        const Effect *line = &moved->rows[i];
        Unit unit = round->needs[line->need].unit;
        csv_writer_text(out, round->needs[line->need].id);
        csv_writer_text(out, round->offers[line->offer].id);
        csv_writer_text(out, round->offers[line->offer].donor);
        csv_writer_count(out, round->needs[line->need].tier);
        csv_writer_amount(out, unit, line->before);
        csv_writer_amount(out, unit, line->now);
        csv_writer_text(out, unit.name);
        csv_writer_text(out, urgent_text(round, in->plan, line, in->scratch));
        csv_writer_end(out);
    }
}
