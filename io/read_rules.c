/* The rules table: selectors, and what is demanded of the pairs they select. What a kind of rule
 * needs is checked by round_check().
 */
#include "allot/quote.h"
#include "io/read_tables.h"

#include <string.h>

#define TO(member) .offset = offsetof(RuleRow, member)
#define HAS(member) .has = offsetof(RuleRow, member)
#define IN(member) .unit = offsetof(RuleRow, member)
#define SELECT(selector) (offsetof(RuleRow, select) + (selector) * sizeof(NameList))

static const Field FIELDS[] = {
    {"id", FIELD_NAME, TO(id)},
    {"kind", FIELD_ENUM, TO(kind)},
    {"donor", FIELD_NAMES, .offset = SELECT(SELECT_DONOR)},
    {"offer", FIELD_NAMES, .offset = SELECT(SELECT_OFFER)},
    {"need", FIELD_NAMES, .offset = SELECT(SELECT_NEED)},
    {"beneficiary", FIELD_NAMES, .offset = SELECT(SELECT_BENEFICIARY)},
    {"region", FIELD_NAMES, .offset = SELECT(SELECT_REGION)},
    {"category", FIELD_NAMES, .offset = SELECT(SELECT_CATEGORY)},
    {"tag", FIELD_NAMES, .offset = SELECT(SELECT_TAG)},
    {"priority", FIELD_NAMES, .offset = SELECT(SELECT_PRIORITY)},
    {"each", FIELD_WORDS, TO(each)},
    {"currency", FIELD_CURRENCY, TO(currency)},
    {"value", FIELD_DECIMAL, TO(value), HAS(has_value), IN(currency), .limit = LIMIT_NOT_NEGATIVE},
    {"unit", FIELD_UNIT_OPEN, TO(unit)},
    {"quantity", FIELD_DECIMAL, TO(quantity), HAS(has_quantity), IN(unit),
     .limit = LIMIT_NOT_NEGATIVE},
    {"share", FIELD_SHARE, TO(share), HAS(has_share), .limit = LIMIT_SHARE},
    {"count", FIELD_LONG, TO(count), HAS(has_count), .limit = LIMIT_NOT_NEGATIVE},
    {"of", FIELD_WORD, TO(of)},
    {"reason", FIELD_TEXT, TO(reason)},
};

/* A tier without the zeros before it, or NULL when it is none. */
static const char *tier_text(const char *text)
{
    text += strspn(text, "0");
    return *text != '\0' && strspn(text, "0123456789") == strlen(text) ? text : NULL;
}

/* A bound that could not be read is no bound that is missing. */
static bool bound_is_wrong(const RowReader *reader)
{
    static const char *const columns[] = {"kind", "value", "currency", "quantity",
                                          "unit", "share", "count",    "of"};
    for (size_t c = 0; c < sizeof columns / sizeof *columns; c++)
        if (row_has(reader, columns[c]) && !row_took(reader, columns[c]))
            return true;
    return false;
}

/* Priorities are selected by their texts: 1, 2, ... */
static Status complete(const RowReader *reader, void *row)
{
    const Reading *reading = row_reading(reader);
    NameList *tiers = &((RuleRow *)row)->select[SELECT_PRIORITY];
    const char **names = ARENA_NEW(reading->round->arena, (size_t)tiers->count, const char *);

    TRY_NEW(names);
    ((RuleRow *)row)->bound_wrong = bound_is_wrong(reader);
    for (int i = 0; i < tiers->count; i++) {
        const char *tier = tier_text(tiers->names[i]);
        names[i] = tiers->names[i];
        if (tier == NULL) {
            diag_add(reading->diag, DIAG_NUMBER, row_place(reader, "priority"),
                     "'%s' is not a tier; write whole numbers from 1, with ';' between",
                     quote(tiers->names[i]).text);
            continue;
        }
        names[i] = name_intern(reading->round->names, tier, strlen(tier));
        TRY_NEW(names[i]);
    }
    tiers->names = names;
    return STATUS_OK;
}

Status read_rules(const Reading *reading, const Sheet *sheet)
{
    static const TableReader table = {.table = TABLE_RULES,
                                      .row_size = sizeof(RuleRow),
                                      .fields = FIELDS,
                                      .field_count = sizeof FIELDS / sizeof FIELDS[0],
                                      .keys = "id",
                                      .has_origin = true,
                                      .complete = complete};
    void *rows;
    TRY(read_rows(reading, &table, sheet, &rows, &reading->round->rule_count));
    reading->round->rules = rows;
    return STATUS_OK;
}
