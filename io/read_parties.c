/* The tables of those who give and those who receive: donors and beneficiaries. */
#include "io/read_tables.h"

#define TO_DONOR(member) .offset = offsetof(Donor, member)
#define HAS_DONOR(member) .has = offsetof(Donor, member)
#define IN_DONOR(member) .unit = offsetof(Donor, member)
#define TO_BENEFICIARY(member) .offset = offsetof(Beneficiary, member)
#define HAS_BENEFICIARY(member) .has = offsetof(Beneficiary, member)

static const Field DONOR_FIELDS[] = {
    {"id", FIELD_NAME, TO_DONOR(id)},
    {"name", FIELD_TEXT, TO_DONOR(name)},
    {"role", FIELD_WORD, TO_DONOR(role)},
    {"currency", FIELD_CURRENCY, TO_DONOR(currency)},
    {"budget", FIELD_MONEY, TO_DONOR(budget), HAS_DONOR(has_budget), IN_DONOR(currency),
     .limit = LIMIT_NOT_NEGATIVE},
    {"min_ticket", FIELD_MONEY, TO_DONOR(min_ticket), IN_DONOR(currency),
     .limit = LIMIT_NOT_NEGATIVE},
    {"max_needs", FIELD_COUNT, TO_DONOR(max_needs), .limit = LIMIT_POSITIVE},
    {"max_share", FIELD_SHARE, TO_DONOR(max_share), HAS_DONOR(has_max_share), .limit = LIMIT_SHARE},
    {"share_key", FIELD_DECIMAL, TO_DONOR(share_key), HAS_DONOR(has_share_key),
     .limit = LIMIT_NOT_NEGATIVE},
    {"contact", FIELD_TEXT, TO_DONOR(contact)},
};

static const Field BENEFICIARY_FIELDS[] = {
    {"id", FIELD_NAME, TO_BENEFICIARY(id)},
    {"name", FIELD_TEXT, TO_BENEFICIARY(name)},
    {"region", FIELD_NAME, TO_BENEFICIARY(region)},
    {"max_value", FIELD_REPORTED, TO_BENEFICIARY(max_value), HAS_BENEFICIARY(has_max_value),
     .limit = LIMIT_NOT_NEGATIVE},
    {"max_needs", FIELD_COUNT, TO_BENEFICIARY(max_needs), .limit = LIMIT_POSITIVE},
};

Status read_donors(const Reading *reading, const Sheet *sheet)
{
    static const TableReader table = {.table = TABLE_DONORS,
                                      .row_size = sizeof(Donor),
                                      .fields = DONOR_FIELDS,
                                      .field_count = sizeof DONOR_FIELDS / sizeof DONOR_FIELDS[0],
                                      .keys = "id",
                                      .has_origin = true,
                                      .extra = offsetof(Donor, extra)};
    void *rows;
    TRY(read_rows(reading, &table, sheet, &rows, &reading->round->donor_count));
    reading->round->donors = rows;
    return STATUS_OK;
}

Status read_beneficiaries(const Reading *reading, const Sheet *sheet)
{
    static const TableReader table = {.table = TABLE_BENEFICIARIES,
                                      .row_size = sizeof(Beneficiary),
                                      .fields = BENEFICIARY_FIELDS,
                                      .field_count =
                                          sizeof BENEFICIARY_FIELDS / sizeof BENEFICIARY_FIELDS[0],
                                      .keys = "id",
                                      .has_origin = true,
                                      .extra = offsetof(Beneficiary, extra)};
    void *rows;
    TRY(read_rows(reading, &table, sheet, &rows, &reading->round->beneficiary_count));
    reading->round->beneficiaries = rows;
    return STATUS_OK;
}
