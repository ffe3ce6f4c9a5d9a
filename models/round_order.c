/* Canonical order: rows sorted by the bytes of their ids, so that shuffled tables give the same
 * plan; and ids that occur twice, named with both rows.
 */
#include <stdlib.h>
#include <string.h>

#include "models/round_internal.h"

#include "allot/language.h"

static int by_id_then_line(const void *a, const void *b)
{
    const RowHead *x = a, *y = b;
    int order = strcmp(x->id, y->id);
    return order != 0 ? order
                      : (x->origin.line > y->origin.line) - (x->origin.line < y->origin.line);
}

static const RowHead *head_of(const void *rows, size_t index, size_t size)
{
    return (const void *)((const char *)rows + index * size);
}

/** True when each id is above the one before: nothing is left to do. */
static bool ids_rise(const void *rows, size_t count, size_t size)
{
    for (size_t i = 1; i < count; i++)
        if (strcmp(head_of(rows, i - 1, size)->id, head_of(rows, i, size)->id) >= 0)
            return false;
    return true;
}

static void order_rows(const Round *round, Diag *diag, void *rows, size_t count, size_t size,
                       const char *column)
{
    if (ids_rise(rows, count, size))
        return;
    qsort(rows, count, size, by_id_then_line);
    for (size_t i = 1; i < count; i++) {
        const RowHead *before = head_of(rows, i - 1, size), *row = head_of(rows, i, size);
        if (strcmp(before->id, row->id) != 0)
            continue;
        DiagPlace place = round_place(round, row->origin, column);
        place.text = row->id;
        diag_add(diag, DIAG_ID_TWICE, place,
                 strcmp(column, "id") == 0
                     ? N_("'%s' stands in row %d already; give this row an id of its own, or take "
                          "one of the two out if they say the same")
                     : N_("'%s' stands in row %d already; take one of the two out"),
                 row->id, before->origin.line);
    }
}

/** A key that the settings table gives twice; `--set` may say it again. */
static void check_setting_rows(const Round *round, Diag *diag)
{
    char key[64], other[64];
    for (size_t i = 0; i < round->setting_row_count; i++) {
        const SettingRow *row = &round->setting_rows[i];
        name_fold(row->key, key, sizeof key);
        for (size_t k = 0; k < i && row->place.line > 0; k++) {
            const SettingRow *before = &round->setting_rows[k];
            name_fold(before->key, other, sizeof other);
            if (strcmp(key, other) == 0 && before->place.line > 0)
                diag_add(diag, DIAG_ID_TWICE, row->place,
                         "the setting '%s' stands in row %d already; take one of the two out",
                         row->key, before->place.line);
        }
    }
}

Status round_order(Round *round, Diag *diag)
{
    check_setting_rows(round, diag);
    order_rows(round, diag, round->needs, round->need_count, sizeof *round->needs, "id");
    order_rows(round, diag, round->offers, round->offer_count, sizeof *round->offers, "id");
    order_rows(round, diag, round->donors, round->donor_count, sizeof *round->donors, "id");
    order_rows(round, diag, round->beneficiaries, round->beneficiary_count,
               sizeof *round->beneficiaries, "id");
    order_rows(round, diag, round->rules, round->rule_count, sizeof *round->rules, "id");
    order_rows(round, diag, round->rates, round->rate_count, sizeof *round->rates, "currency");
    return STATUS_OK;
}
