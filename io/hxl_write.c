/* Decided lines as HXL-tagged CSV. Hashtags and attributes are those of the HXL dictionary 1.1
 * (hxlstandard.org/standard/1-1final/dictionary): #adm1 is what spreadsheets call a region. What has been
 * paid is a +disbursement, as the HXL hashtag chooser has it (+transfer is cash handed to beneficiaries).
 * Of our own, which the conventions allow, are +pledged and +committed beside #value, and +offer: an
 * offer's id is a code of something that HXL has no hashtag for, and no id of the row.
 */
#include "allot/hxl.h"

#include <stdio.h>

#include "io/atomic_file.h"
#include "io/csv_writer.h"

typedef enum HxlColumn {
    HXL_ROUND,
    HXL_NEED,
    HXL_TITLE,
    HXL_BENEFICIARY,
    HXL_BENEFICIARY_NAME,
    HXL_REGION,
    HXL_CATEGORY,
    HXL_OFFER,
    HXL_DONOR,
    HXL_DONOR_NAME,
    HXL_MODALITY,
    HXL_BASIS,
    HXL_QUANTITY,
    HXL_UNIT,
    HXL_PLEDGED,
    HXL_COMMITTED,
    HXL_PAID,
    HXL_CURRENCY,
    HXL_START,
    HXL_END,
    HXL_COLUMNS
} HxlColumn;

static const struct {
    const char *heading, *tag;
    bool of_givers; /* not in totals */
} columns[HXL_COLUMNS] = {
    [HXL_ROUND] = {"round", "#activity+programme+code", false},
    [HXL_NEED] = {"need", "#need+code", false},
    [HXL_TITLE] = {"title", "#need+name", false},
    [HXL_BENEFICIARY] = {"beneficiary", "#beneficiary+code", false},
    [HXL_BENEFICIARY_NAME] = {"beneficiary_name", "#beneficiary+name", false},
    [HXL_REGION] = {"region", "#adm1+name", false},
    [HXL_CATEGORY] = {"category", "#sector+code", false},
    [HXL_OFFER] = {"offer", "#meta+offer+code", true},
    [HXL_DONOR] = {"donor", "#org+funder+code", true},
    [HXL_DONOR_NAME] = {"donor_name", "#org+funder+name", true},
    [HXL_MODALITY] = {"modality", "#modality", true},
    [HXL_BASIS] = {"basis", "#status", true},
    [HXL_QUANTITY] = {"quantity", "#output+num", false},
    [HXL_UNIT] = {"unit", "#output+type", false},
    [HXL_PLEDGED] = {"pledged", "#value+pledged", true},
    [HXL_COMMITTED] = {"committed", "#value+committed", true},
    [HXL_PAID] = {"paid", "#value+disbursement", true},
    [HXL_CURRENCY] = {"offer_currency", "#currency+code", true},
    [HXL_START] = {"start", "#date+start", false},
    [HXL_END] = {"end", "#date+end", false},
};

static bool is_shown(const Published *published, int column)
{
    return !columns[column].of_givers || published->level == PUBLISHED_LINES;
}

/* ---- cells ---------------------------------------------------------------------------------- */

/* Money that rests on BASIS; an empty cell for what rests on another, and for things. */
static void put_money(CsvWriter *out, const PublishedLine *line, Basis basis)
{
    csv_writer_amount_if(out, line->offer_unit.is_money && line->basis == basis, line->offer_unit,
                         line->offer_quantity);
}

static void put_cell(CsvWriter *out, const Published *published, const PublishedLine *line,
                     HxlColumn column)
{
    bool is_money = line->offer_unit.is_money;
    switch (column) {
    case HXL_ROUND: csv_writer_plain(out, published->round); break;
    case HXL_NEED: csv_writer_plain(out, line->need); break;
    case HXL_TITLE: csv_writer_plain(out, line->title); break;
    case HXL_BENEFICIARY: csv_writer_plain(out, line->beneficiary); break;
    case HXL_BENEFICIARY_NAME: csv_writer_plain(out, line->beneficiary_name); break;
    case HXL_REGION: csv_writer_plain(out, line->region); break;
    case HXL_CATEGORY: csv_writer_plain(out, line->category); break;
    case HXL_OFFER: csv_writer_plain(out, line->offer); break;
    case HXL_DONOR: csv_writer_plain(out, line->donor); break;
    case HXL_DONOR_NAME: csv_writer_plain(out, line->donor_name); break;
    case HXL_MODALITY: csv_writer_text(out, is_money ? "cash" : "in-kind"); break;
    case HXL_BASIS: csv_writer_text(out, basis_text(line->basis)); break;
    case HXL_QUANTITY: csv_writer_amount(out, line->unit, line->quantity); break;
    case HXL_UNIT: csv_writer_plain(out, line->unit.name); break;
    case HXL_PLEDGED: put_money(out, line, BASIS_PLEDGED); break;
    case HXL_COMMITTED: put_money(out, line, BASIS_COMMITTED); break;
    case HXL_PAID: put_money(out, line, BASIS_PAID); break;
    case HXL_CURRENCY: csv_writer_text(out, is_money ? line->offer_unit.name : ""); break;
    case HXL_START: csv_writer_date(out, published->start); break;
    case HXL_END: csv_writer_date(out, published->end); break;
    case HXL_COLUMNS: break;
    }
}

/* ---- the file ------------------------------------------------------------------------------- */

static Status write_rows(FILE *file, void *context)
{
    const Published *published = context;
    CsvWriter out = {.file = file};
    for (int c = 0; c < HXL_COLUMNS; c++)
        if (is_shown(published, c))
            csv_writer_text(&out, columns[c].heading);
    csv_writer_end(&out);
    for (int c = 0; c < HXL_COLUMNS; c++)
        if (is_shown(published, c))
            csv_writer_text(&out, columns[c].tag);
    csv_writer_end(&out);
    for (size_t i = 0; i < published->count; i++) {
        for (int c = 0; c < HXL_COLUMNS; c++)
            if (is_shown(published, c))
                put_cell(&out, published, &published->lines[i], (HxlColumn)c);
        csv_writer_end(&out);
    }
    return STATUS_OK;
}

Status hxl_write(const char *path, const Published *published, Arena *scratch, Diag *diag)
{
    Published copy = *published; /* its lines are only read */
    return atomic_file_write(path, write_rows, &copy, scratch, diag);
}
