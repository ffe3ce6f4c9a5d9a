/* prices.csv and worths.csv: what was found out by re-solving. Without it they hold their heads alone. */
#include "io/tables_answers.h"

#include "allot/prices.h"
#include "allot/worths.h"
#include "io/conflict_words.h"

/** table, row, id, column, part: where a thing stands. */
static void put_place(CsvWriter *out, const Lift *lift)
{
    csv_writer_text(out, dictionary_table(lift->origin.table)->name);
    csv_writer_count(out, lift->origin.line);
    csv_writer_text(out, lift->id);
    csv_writer_text(out, lift->column);
    csv_writer_text(out, lift->each);
}

static const char *needs_text(const TablesInput *in, const Price *price)
{
    const char *text = "";
    for (size_t i = 0; text != NULL && i < price->need_count; i++)
        text = arena_printf(in->scratch, "%s%s%s", text, i > 0 ? ";" : "",
                            in->round->needs[price->needs[i].need].id);
    return text != NULL ? text : "";
}

static void put_price(CsvWriter *out, const TablesInput *in, size_t rank, const Price *price)
{
    const Prices *prices = in->plan->answers.prices;
    const Lift *lift = &prices->lifts->lifts[price->lift];
    for (size_t s = 0; s < prices->step_count; s++) {
        const PriceGain *gain = &price->gain[s];
        if (gain->met == 0 && gain->most == 0 && gain->value == 0)
            continue;
        csv_writer_count(out, (long long)rank + 1);
        put_place(out, lift);
        csv_writer_text(out, prices->steps[s].label);
        csv_writer_number(out, gain->met);
        csv_writer_number(out, gain->most);
        if (prices->steps[s].unvalued)
            csv_writer_empty(out);
        else
            csv_writer_amount(out, in->round->currency, gain->value);
        csv_writer_text(out, price->tried ? "re-solved" : "bound only");
        csv_writer_text(out, needs_text(in, price));
        csv_writer_text(out, conflict_clause(prices->lifts, lift, in->scratch));
        csv_writer_end(out);
    }
}

void tables_write_prices(CsvWriter *out, const TablesInput *in)
{
    static const char *const HEAD[] = {"rank", "table",   "row",   "id",  "column", "part", "stage",
                                       "met",  "at_most", "value", "how", "needs",  "thing"};
    const Prices *prices = in->plan->answers.prices;
    csv_writer_row(out, HEAD, sizeof HEAD / sizeof *HEAD);
    for (size_t i = 0; prices != NULL && i < prices->count; i++)
        put_price(out, in, i, &prices->prices[i]);
}

/** worth, until. */
static void put_side(CsvWriter *out, Unit unit, const WorthSide *side)
{
    if (!side->known || side->needed)
        csv_writer_empty(out);
    else
        csv_writer_number(out, side->slope);
    if (!side->known || side->needed || (side->endless && side->slope <= 0))
        csv_writer_empty(out);
    else
        csv_writer_amount(out, unit, side->until);
}

static const char *worth_remark(const Worth *worth)
{
    bool at_least = worth->more.at_least || worth->less.at_least;
    if (worth->less.agreed)
        return at_least ? "needed by what is agreed; holds at least so far"
                        : "needed by what is agreed";
    if (worth->less.needed)
        return at_least ? "needed by stages before; holds at least so far"
                        : "needed by stages before";
    if (!worth->more.known || !worth->less.known)
        return "not found out";
    return at_least ? "holds at least so far" : "";
}

void tables_write_worths(CsvWriter *out, const TablesInput *in)
{
    static const char *const HEAD[] = {
        "table", "row",        "id",         "column",     "part",       "unit",  "quantity",
        "stage", "more_worth", "more_until", "less_costs", "less_until", "remark"};
    const Worths *worths = in->plan->answers.worths;
    csv_writer_row(out, HEAD, sizeof HEAD / sizeof *HEAD);
    for (size_t i = 0; worths != NULL && i < worths->count; i++) {
        const Worth *worth = &worths->worths[i];
        const Lift *lift = &worths->lifts->lifts[worth->lift];
        const Rule *rule = lift_rule(worths->lifts, lift);
        put_place(out, lift);
        csv_writer_text(out, rule->unit.name);
        csv_writer_amount(out, rule->unit, rule->upper);
        csv_writer_text(out, worths->steps[worth->step].label);
        put_side(out, rule->unit, &worth->more);
        put_side(out, rule->unit, &worth->less);
        csv_writer_text(out, worth_remark(worth));
        csv_writer_end(out);
    }
}
