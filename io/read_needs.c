/* The needs table: one row a need. */
#include "io/read_tables.h"

#include "allot/language.h"

#define TO(member) .offset = offsetof(Need, member)
#define HAS(member) .has = offsetof(Need, member)
#define IN(member) .unit = offsetof(Need, member)

static const Field FIELDS[] = {
    {"id", FIELD_NAME, TO(id)},
    {"title", FIELD_TEXT, TO(title)},
    {"beneficiary", FIELD_NAME, TO(beneficiary)},
    {"region", FIELD_NAME, TO(region)},
    {"notes", FIELD_TEXT, TO(notes)},
    {"catalogue_ref", FIELD_TEXT, TO(catalogue_ref)},
    {"category", FIELD_NAME, TO(category)},
    {"unit", FIELD_UNIT, TO(unit)},
    {"quantity", FIELD_QUANTITY, TO(quantity), IN(unit), HAS(quantity_known),
     .limit = LIMIT_NOT_NEGATIVE},
    {"currency", FIELD_CURRENCY, TO(currency)},
    {"unit_cost", FIELD_PRICE, TO(unit_cost), HAS(has_unit_cost), IN(currency),
     .limit = LIMIT_POSITIVE},
    {"priority", FIELD_COUNT, TO(stated_priority), .limit = LIMIT_POSITIVE},
    {"score_technical", FIELD_DECIMAL, TO(score_technical), .limit = LIMIT_SCORE},
    {"score_strategic", FIELD_DECIMAL, TO(score_strategic), .limit = LIMIT_SCORE},
    {"weight", FIELD_DECIMAL, TO(weight), .limit = LIMIT_NOT_NEGATIVE},
    {"earliest", FIELD_DATE, TO(earliest)},
    {"deadline", FIELD_DATE, TO(deadline)},
    {"min_quantity", FIELD_AMOUNT, TO(min_quantity), IN(unit), HAS(has_min_quantity),
     .limit = LIMIT_NOT_NEGATIVE},
    {"min_share", FIELD_SHARE, TO(min_share), HAS(has_min_share), .limit = LIMIT_SHARE},
    {"indivisible", FIELD_FLAG, TO(indivisible)},
    {"step", FIELD_AMOUNT, TO(step), IN(unit), .limit = LIMIT_POSITIVE},
    {"max_donors", FIELD_COUNT, TO(max_donors), .limit = LIMIT_POSITIVE},
    {"requires", FIELD_NAMES, TO(requires)},
    {"bundle", FIELD_NAME, TO(bundle)},
    {"alternative", FIELD_NAME, TO(alternative)},
    {"covered", FIELD_AMOUNT, TO(covered), IN(unit), .limit = LIMIT_NOT_NEGATIVE},
    {"covered_by", FIELD_TEXT, TO(covered_by)},
    {"oda", FIELD_ENUM, TO(oda)},
    {"civil_share", FIELD_SHARE, TO(civil_share), .limit = LIMIT_SHARE},
    {"tags", FIELD_NAMES, TO(tags)},
    {"ready", FIELD_FLAG, TO(ready)},
    {"sensitivity", FIELD_WORD, TO(sensitivity)},
};

/* Both gradings or none; a wrong one counts as given, since its finding stands already. */
static void check_scores(const RowReader *reader, Need *need)
{
    bool technical = row_has(reader, "score_technical");
    bool strategic = row_has(reader, "score_strategic");

    need->has_scores = technical && strategic;
    if (technical == strategic)
        return;
    const char *missing = technical ? "score_strategic" : "score_technical";
    diag_add(row_reading(reader)->diag, DIAG_SCORES, row_place(reader, missing),
             "%s is missing, but the other grading is given; give both or none", missing);
}

/* Money costs itself: one unit of it costs one, in its own currency. */
static void check_money(const RowReader *reader, Need *need)
{
    Diag *diag = row_reading(reader)->diag;

    if (need->has_unit_cost && decimal_compare(need->unit_cost, decimal_make(1, 0)) != 0)
        diag_add(diag, DIAG_NUMBER_RANGE, row_place(reader, "unit_cost"),
                 "a need in %s is money and has no unit cost; leave the cell empty, or write the "
                 "thing that costs this as unit",
                 need->unit.name);
    if (need->currency != need->unit.name && row_took(reader, "currency"))
        row_report_currencies(reader, _("a need"), "unit_cost", need->currency, need->unit);
    need->has_unit_cost = true;
    need->unit_cost = decimal_make(1, 0);
    need->currency = need->unit.name;
}

static Status complete(const RowReader *reader, void *row)
{
    Need *need = row;

    need->quantity_wrong = !need->quantity_known && row_is_wrong(reader, "quantity");
    need->priority_wrong = need->stated_priority == 0 && row_is_wrong(reader, "priority");
    check_scores(reader, need);
    if (need->unit.is_money && !need_is_outcome(need))
        check_money(reader, need);
    if (need->step == 0)
        need->step = need->unit.is_money ? 1 : unit_scale(need->unit);
    return STATUS_OK;
}

Status read_needs(const Reading *reading, const Sheet *sheet)
{
    static const TableReader table = {.table = TABLE_NEEDS,
                                      .row_size = sizeof(Need),
                                      .fields = FIELDS,
                                      .field_count = sizeof FIELDS / sizeof FIELDS[0],
                                      .keys = "id",
                                      .has_origin = true,
                                      .extra = offsetof(Need, extra),
                                      .complete = complete};
    void *rows;
    TRY(read_rows(reading, &table, sheet, &rows, &reading->round->need_count));
    reading->round->needs = rows;
    return STATUS_OK;
}
