/* The tables about single pairs of need and offer: pairs and commitments; and the scenarios, which
 * name single cells. Ids are resolved by round_check().
 */
#include "io/read_tables.h"

#define TO_PAIR(member) .offset = offsetof(PairRow, member)
#define HAS_PAIR(member) .has = offsetof(PairRow, member)
#define TO_COMMITMENT(member) .offset = offsetof(Commitment, member)
#define HAS_COMMITMENT(member) .has = offsetof(Commitment, member)
#define TO_SCENARIO(member) .offset = offsetof(ScenarioRow, member)

static const Field PAIR_FIELDS[] = {
    {"need", FIELD_NAME, TO_PAIR(need_id)},
    {"offer", FIELD_NAME, TO_PAIR(offer_id)},
    {"use", FIELD_DECIMAL, TO_PAIR(use), HAS_PAIR(has_use), .limit = LIMIT_POSITIVE},
    {"cost", FIELD_DECIMAL, TO_PAIR(cost), HAS_PAIR(has_cost)},
    {"max", FIELD_DECIMAL, TO_PAIR(max_given), HAS_PAIR(has_max), .limit = LIMIT_NOT_NEGATIVE},
    {"eligible", FIELD_FLAG, TO_PAIR(eligible), HAS_PAIR(has_eligible)},
};

static const Field COMMITMENT_FIELDS[] = {
    {"need", FIELD_NAME, TO_COMMITMENT(need_id)},
    {"offer", FIELD_NAME, TO_COMMITMENT(offer_id)},
    {"kind", FIELD_ENUM, TO_COMMITMENT(kind)},
    {"quantity", FIELD_DECIMAL, TO_COMMITMENT(quantity_given), HAS_COMMITMENT(has_quantity),
     .limit = LIMIT_NOT_NEGATIVE},
    {"reason", FIELD_TEXT, TO_COMMITMENT(reason)},
    {"source", FIELD_TEXT, TO_COMMITMENT(source)},
};

static const Field SCENARIO_FIELDS[] = {
    {"scenario", FIELD_NAME, TO_SCENARIO(scenario)},
    {"table", FIELD_NAME, TO_SCENARIO(table)},
    {"id", FIELD_NAME, TO_SCENARIO(id)},
    {"column", FIELD_NAME, TO_SCENARIO(column)},
    {"value", FIELD_TEXT, TO_SCENARIO(value)},
};

Status read_pairs(const Reading *reading, const Sheet *sheet)
{
    static const TableReader table = {.table = TABLE_PAIRS,
                                      .row_size = sizeof(PairRow),
                                      .fields = PAIR_FIELDS,
                                      .field_count = sizeof PAIR_FIELDS / sizeof PAIR_FIELDS[0],
                                      .keys = "need offer",
                                      .has_origin = true};
    void *rows;
    TRY(read_rows(reading, &table, sheet, &rows, &reading->round->pair_count));
    reading->round->pairs = rows;
    return STATUS_OK;
}

Status read_commitments(const Reading *reading, const Sheet *sheet)
{
    static const TableReader table = {.table = TABLE_COMMITMENTS,
                                      .row_size = sizeof(Commitment),
                                      .fields = COMMITMENT_FIELDS,
                                      .field_count =
                                          sizeof COMMITMENT_FIELDS / sizeof COMMITMENT_FIELDS[0],
                                      .keys = "need offer",
                                      .has_origin = true};
    void *rows;
    TRY(read_rows(reading, &table, sheet, &rows, &reading->round->commitment_count));
    reading->round->commitments = rows;
    return STATUS_OK;
}

/* A number that a spreadsheet stored leaves no doubt about its decimal sign. */
static Status complete_scenario(const RowReader *reader, void *row)
{
    ((ScenarioRow *)row)->exact = row_is_number(reader, "value");
    return STATUS_OK;
}

Status read_scenarios(const Reading *reading, const Sheet *sheet)
{
    static const TableReader table = {.table = TABLE_SCENARIOS,
                                      .row_size = sizeof(ScenarioRow),
                                      .fields = SCENARIO_FIELDS,
                                      .field_count =
                                          sizeof SCENARIO_FIELDS / sizeof SCENARIO_FIELDS[0],
                                      .keys = "scenario id",
                                      .has_origin = true,
                                      .complete = complete_scenario};
    void *rows;
    TRY(read_rows(reading, &table, sheet, &rows, &reading->round->scenario_count));
    reading->round->scenarios = rows;
    return STATUS_OK;
}
