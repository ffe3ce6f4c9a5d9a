/* The terms that every other table is read under: settings and exchange rates. */
#include <string.h>

#include "io/read_tables.h"

#define TO_SETTING(member) .offset = offsetof(SettingRow, member)
#define TO_RATE(member) .offset = offsetof(Rate, member)

static const Field SETTING_FIELDS[] = {
    {"key", FIELD_TEXT, TO_SETTING(key)},
    {"value", FIELD_TEXT, TO_SETTING(value)},
};

static const Field RATE_FIELDS[] = {
    {"currency", FIELD_CURRENCY, TO_RATE(currency)},
    {"rate", FIELD_DECIMAL, TO_RATE(rate), .limit = LIMIT_POSITIVE},
    {"date", FIELD_DATE, TO_RATE(date)},
    {"source", FIELD_TEXT, TO_RATE(source)},
};

static Status complete_setting(const RowReader *reader, void *row)
{
    SettingRow *setting = row;
    setting->place = row_place(reader, "value");
    setting->key_column = row_place(reader, "key").column;
    return STATUS_OK;
}

/* The template lists every setting: one without a value says nothing. */
static void drop_empty_settings(Round *round)
{
    size_t kept = 0;
    for (size_t i = 0; i < round->setting_row_count; i++)
        if (round->setting_rows[i].value[0] != '\0')
            round->setting_rows[kept++] = round->setting_rows[i];
    round->setting_row_count = kept;
    round->tables[TABLE_SETTINGS].rows = kept;
}

Status read_settings(const Reading *reading, const Sheet *sheet)
{
    static const TableReader table = {.table = TABLE_SETTINGS,
                                      .row_size = sizeof(SettingRow),
                                      .fields = SETTING_FIELDS,
                                      .field_count =
                                          sizeof SETTING_FIELDS / sizeof SETTING_FIELDS[0],
                                      .keys = "key",
                                      .complete = complete_setting};
    void *rows;
    TRY(read_rows(reading, &table, sheet, &rows, &reading->round->setting_row_count));
    reading->round->setting_rows = rows;
    drop_empty_settings(reading->round);
    return STATUS_OK;
}

/* A cell that could not be taken has its finding; nothing more is said of it. */
static Status complete_rate(const RowReader *reader, void *row)
{
    Rate *rate = row;
    if (!row_took(reader, "rate"))
        rate->rate = decimal_make(1, 0);
    if (row_took(reader, "currency"))
        return STATUS_OK;
    const char *found = row_place(reader, "currency").text;
    rate->currency = name_intern(row_reading(reader)->round->names, found, strlen(found));
    TRY_NEW(rate->currency);
    return STATUS_OK;
}

Status read_rates(const Reading *reading, const Sheet *sheet)
{
    static const TableReader table = {.table = TABLE_RATES,
                                      .row_size = sizeof(Rate),
                                      .fields = RATE_FIELDS,
                                      .field_count = sizeof RATE_FIELDS / sizeof RATE_FIELDS[0],
                                      .keys = "currency",
                                      .complete = complete_rate,
                                      .has_origin = true};
    void *rows;
    TRY(read_rows(reading, &table, sheet, &rows, &reading->round->rate_count));
    reading->round->rates = rows;
    return STATUS_OK;
}
