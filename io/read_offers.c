/* The offers table: one row a capacity. */
#include "io/read_tables.h"

#include "allot/language.h"

#define TO(member) .offset = offsetof(Offer, member)
#define HAS(member) .has = offsetof(Offer, member)
#define IN(member) .unit = offsetof(Offer, member)

static const Field FIELDS[] = {
    {"id", FIELD_NAME, TO(id)},
    {"donor", FIELD_NAME, TO(donor)},
    {"unit", FIELD_UNIT, TO(unit)},
    {"quantity", FIELD_QUANTITY, TO(quantity), IN(unit), HAS(quantity_known),
     .limit = LIMIT_NOT_NEGATIVE},
    {"currency", FIELD_CURRENCY, TO(currency)},
    {"unit_value", FIELD_DECIMAL, TO(unit_value), HAS(has_unit_value), IN(currency),
     .limit = LIMIT_NOT_NEGATIVE},
    {"category", FIELD_CATEGORIES, TO(category)},
    {"form", FIELD_TEXT, TO(form)},
    {"channel", FIELD_TEXT, TO(channel)},
    {"notes", FIELD_TEXT, TO(notes)},
    {"source", FIELD_TEXT, TO(source)},
    {"status", FIELD_ENUM, TO(status)},
    {"only_beneficiaries", FIELD_NAMES, TO(only_beneficiaries)},
    {"only_regions", FIELD_NAMES, TO(only_regions)},
    {"only_needs", FIELD_NAMES, TO(only_needs)},
    {"only_tags", FIELD_NAMES, TO(only_tags)},
    {"not_beneficiaries", FIELD_NAMES, TO(not_beneficiaries)},
    {"not_regions", FIELD_NAMES, TO(not_regions)},
    {"not_needs", FIELD_NAMES, TO(not_needs)},
    {"not_tags", FIELD_NAMES, TO(not_tags)},
    {"valid_from", FIELD_DATE, TO(valid_from)},
    {"valid_to", FIELD_DATE, TO(valid_to)},
    {"lead_days", FIELD_COUNT, TO(lead_days), .limit = LIMIT_DAYS},
    {"lapses", FIELD_DATE, TO(lapses)},
    {"min_ticket", FIELD_AMOUNT, TO(min_ticket), IN(unit), .limit = LIMIT_NOT_NEGATIVE},
    {"max_share", FIELD_SHARE, TO(max_share), .limit = LIMIT_SHARE},
    {"max_needs", FIELD_COUNT, TO(max_needs), .limit = LIMIT_POSITIVE},
    {"oda_only", FIELD_FLAG, TO(oda_only)},
    {"civil_only", FIELD_FLAG, TO(civil_only)},
    {"overhead", FIELD_SHARE, TO(overhead), .limit = LIMIT_BELOW_ONE},
    {"parent", FIELD_NAME, TO(parent)},
    {"cost", FIELD_DECIMAL, TO(cost)},
};

/* Money is worth itself: one unit of it, in its own currency. */
static void check_money(const RowReader *reader, Offer *offer)
{
    Diag *diag = row_reading(reader)->diag;

    if (offer->has_unit_value && decimal_compare(offer->unit_value, decimal_make(1, 0)) != 0)
        diag_add(diag, DIAG_NUMBER_RANGE, row_place(reader, "unit_value"),
                 "an offer in %s is money and has no unit value; leave the cell empty, or write "
                 "the thing that is worth this as unit",
                 offer->unit.name);
    if (offer->currency != offer->unit.name && row_took(reader, "currency"))
        row_report_currencies(reader, _("an offer"), "unit_value", offer->currency, offer->unit);
    offer->currency = offer->unit.name;
}

static Status complete(const RowReader *reader, void *row)
{
    Offer *offer = row;

    offer->quantity_wrong = !offer->quantity_known && row_is_wrong(reader, "quantity");
    if (offer->unit.is_money)
        check_money(reader, offer);
    else if (offer->overhead.digits != 0) {
        diag_add(row_reading(reader)->diag, DIAG_UNITS, row_place(reader, "overhead"),
                 "the offer is in kind (%s), and only money pays overhead; leave the cell empty",
                 offer->unit.name);
        offer->overhead = (Decimal){0}; /* said once: the checks of the round have no more to say */
    }
    return STATUS_OK;
}

Status read_offers(const Reading *reading, const Sheet *sheet)
{
    static const TableReader table = {.table = TABLE_OFFERS,
                                      .row_size = sizeof(Offer),
                                      .fields = FIELDS,
                                      .field_count = sizeof FIELDS / sizeof FIELDS[0],
                                      .keys = "id",
                                      .has_origin = true,
                                      .extra = offsetof(Offer, extra),
                                      .complete = complete};
    void *rows;
    TRY(read_rows(reading, &table, sheet, &rows, &reading->round->offer_count));
    reading->round->offers = rows;
    return STATUS_OK;
}
