/* The data dictionary: every table and column of a round, once.
 *
 * The reader finds columns and their defaults here, the template its headings, notes and lists, the
 * pages their tables. Words stand in the order of the enums they are read into (round.h,
 * settings.h). A default of a number, share, flag or word that a cell could hold is taken as
 * written here; any other text explains to people what follows from an empty cell.
 */
#include "allot/dictionary.h"
#include "allot/language.h"

#include "allot/names.h"
#include "allot/synonyms.h"

#include <stdio.h>
#include <string.h>

enum { FOLDED_SIZE = 128, HEADING_SIZE = 512, NO_COLUMN = -1 };

static const ColumnSpec SETTINGS[] = {
    {"key", COLUMN_NAME, true, NULL, "", N_("name of the setting")},
    {"value", COLUMN_TEXT, true, NULL, "the setting's own", N_("its value")},
};

static const ColumnSpec RATES[] = {
    {"currency", COLUMN_CURRENCY, true, NULL, "", N_("ISO 4217 code")},
    {"rate", COLUMN_NUMBER, true, NULL, "", N_("reporting currency for one unit of it")},
    {"date", COLUMN_DATE, false, NULL, "", N_("day of the rate")},
    {"source", COLUMN_TEXT, false, NULL, "", N_("where the rate was published")},
};

static const ColumnSpec DONORS[] = {
    {"id", COLUMN_ID, true, NULL, "", N_("stable, unique; offers name it")},
    {"name", COLUMN_TEXT, false, NULL, "", N_("name for people")},
    {"role", COLUMN_WORD, false, "member observer company ngo", "", N_("standing in the group")},
    {"budget", COLUMN_NUMBER, false, NULL, "no limit", N_("ceiling over its money offers")},
    {"currency", COLUMN_CURRENCY, false, NULL, "the round's", N_("of budget and min_ticket")},
    {"min_ticket", COLUMN_NUMBER, false, NULL, "0",
     N_("least amount for one need, over all its money offers, or nothing")},
    {"max_needs", COLUMN_INTEGER, false, NULL, "no limit", N_("at most so many needs")},
    {"max_share", COLUMN_SHARE, false, NULL, "no limit",
     N_("at most this share of one need, over all its offers")},
    {"share_key", COLUMN_NUMBER, false, NULL, "", N_("burden-sharing weight, such as GDP")},
    {"contact", COLUMN_TEXT, false, NULL, "", N_("whom to ask")},
};

static const ColumnSpec BENEFICIARIES[] = {
    {"id", COLUMN_ID, true, NULL, "", N_("stable, unique; needs name it")},
    {"name", COLUMN_TEXT, false, NULL, "", N_("name for people")},
    {"region", COLUMN_NAME, false, NULL, "", N_("region of needs that state none")},
    {"max_value", COLUMN_NUMBER, false, NULL, "no limit",
     N_("what it can absorb in a round, in the reporting currency")},
    {"max_needs", COLUMN_INTEGER, false, NULL, "no limit", N_("at most so many needs in a round")},
};

static const ColumnSpec NEEDS[] = {
    {"id", COLUMN_ID, true, NULL, "", N_("stable, unique")},
    {"title", COLUMN_TEXT, false, NULL, "", N_("what is asked for")},
    {"beneficiary", COLUMN_NAME, false, NULL, "", N_("who asks; may point at that table")},
    {"region", COLUMN_NAME, false, NULL, "the beneficiary's", N_("where it is used")},
    {"notes", COLUMN_TEXT, false, NULL, "", N_("anything, carried along")},
    {"catalogue_ref", COLUMN_TEXT, false, NULL, "", N_("its number in a catalogue, carried along")},
    {"category", COLUMN_NAME, true, NULL, "",
     N_("what kind of support (HW, TRN, SOC, ...); any code")},
    {"quantity", COLUMN_NUMBER, true, NULL, "unknown",
     N_("how much; 0 makes it an outcome, met when everything it requires is")},
    {"unit", COLUMN_UNIT, false, NULL, "the round's currency",
     N_("a currency code (money) or a thing (seat, licence, expert-day, ...)")},
    {"unit_cost", COLUMN_NUMBER, false, NULL, "",
     N_("what one unit costs, so that money can buy it; things, and the worth of an outcome (a "
        "must)")},
    {"currency", COLUMN_CURRENCY, false, NULL, "the round's", N_("of unit_cost")},
    {"priority", COLUMN_INTEGER, false, NULL, "from scores; else the lowest in use; else 1",
     N_("tier, 1 first; tiers are strict")},
    {"score_technical", COLUMN_NUMBER, false, NULL, "", N_("technical grading, 0 to 100")},
    {"score_strategic", COLUMN_NUMBER, false, NULL, "", N_("strategic grading, 0 to 100")},
    {"weight", COLUMN_NUMBER, false, NULL, "1",
     N_("importance within its tier: a higher weight wins outright; 0 allowed")},
    {"earliest", COLUMN_DATE, false, NULL, "open", N_("first day on which support is of use")},
    {"deadline", COLUMN_DATE, false, NULL, "open", N_("last day on which support is of use")},
    {"min_quantity", COLUMN_NUMBER, false, NULL, "0",
     N_("least useful amount of the whole, covered included; below it, nothing")},
    {"min_share", COLUMN_SHARE, false, NULL, "0",
     N_("least useful share of the whole, covered included; below it, nothing")},
    {"indivisible", COLUMN_FLAG, false, NULL, "no", N_("met in full or not at all")},
    {"step", COLUMN_NUMBER, false, NULL, "1 thing, or the currency's minor unit",
     N_("support comes in multiples of this")},
    {"max_donors", COLUMN_INTEGER, false, NULL, "no limit", N_("at most so many donors")},
    {"requires", COLUMN_NAMES, false, NULL, "",
     N_("needs, or alternative marks, that must be met in full first")},
    {"bundle", COLUMN_NAME, false, NULL, "",
     N_("needs of one bundle are served together or not at all")},
    {"alternative", COLUMN_NAME, false, NULL, "",
     N_("of the needs with the same mark at most one is served")},
    {"covered", COLUMN_NUMBER, false, NULL, "0", N_("quantity already covered elsewhere")},
    {"covered_by", COLUMN_TEXT, false, NULL, "", N_("who covers it (EU, NATO, bilateral)")},
    {"oda", COLUMN_WORD, false, "unknown no partial yes", "unknown",
     N_("whether it counts as official development assistance")},
    {"civil_share", COLUMN_SHARE, false, NULL, "1", N_("the civilian part, 0 to 1")},
    {"tags", COLUMN_NAMES, false, NULL, "",
     N_("vendors, standards, anything that a rule may name")},
    {"ready", COLUMN_FLAG, false, NULL, "yes", N_("documents complete; if not, it gets nothing")},
    {"sensitivity", COLUMN_WORD, false, "open restricted", "open",
     N_("restricted titles are left out of what other parties receive")},
};

static const ColumnSpec OFFERS[] = {
    {"id", COLUMN_ID, true, NULL, "", N_("stable, unique")},
    {"donor", COLUMN_NAME, true, NULL, "", N_("who gives; may point at that table")},
    {"quantity", COLUMN_NUMBER, true, NULL, "unknown", N_("how much, gross")},
    {"unit", COLUMN_UNIT, false, NULL, "the round's currency",
     N_("a currency code makes it money; anything else is in kind")},
    {"unit_value", COLUMN_NUMBER, false, NULL, "",
     N_("what one unit in kind is worth, for reporting only")},
    {"currency", COLUMN_CURRENCY, false, NULL, "the round's", N_("of unit_value")},
    {"category", COLUMN_NAMES, false, NULL, "*", N_("categories it may serve, or * for all")},
    {"form", COLUMN_TEXT, false, NULL, "", N_("grant, loan, equipment, ...; carried along")},
    {"channel", COLUMN_TEXT, false, NULL, "", N_("through whom it is given; carried along")},
    {"notes", COLUMN_TEXT, false, NULL, "", N_("anything, carried along")},
    {"source", COLUMN_TEXT, false, NULL, "", N_("where the figure stands; carried along")},
    {"status", COLUMN_WORD, false, "pledged committed paid", "committed",
     N_("how firm it is; the setting plan_on says what is planned on")},
    {"only_beneficiaries", COLUMN_NAMES, false, NULL, "", N_("earmark: none but these")},
    {"only_regions", COLUMN_NAMES, false, NULL, "", N_("earmark: none but these")},
    {"only_needs", COLUMN_NAMES, false, NULL, "", N_("earmark: none but these")},
    {"only_tags", COLUMN_NAMES, false, NULL, "", N_("earmark: needs with any of these")},
    {"not_beneficiaries", COLUMN_NAMES, false, NULL, "", N_("exclusion: not these")},
    {"not_regions", COLUMN_NAMES, false, NULL, "", N_("exclusion: not these")},
    {"not_needs", COLUMN_NAMES, false, NULL, "", N_("exclusion: not these")},
    {"not_tags", COLUMN_NAMES, false, NULL, "", N_("exclusion: needs with none of these")},
    {"valid_from", COLUMN_DATE, false, NULL, "open", N_("first day on which it can be used")},
    {"valid_to", COLUMN_DATE, false, NULL, "open", N_("last day on which it can be used")},
    {"lead_days", COLUMN_INTEGER, false, NULL, "0", N_("days from the decision to the delivery")},
    {"lapses", COLUMN_DATE, false, NULL, "never", N_("after this day unused money is lost")},
    {"min_ticket", COLUMN_NUMBER, false, NULL, "0", N_("least amount for one need, or nothing")},
    {"max_share", COLUMN_SHARE, false, NULL, "1",
     N_("at most this share of one need's full quantity")},
    {"max_needs", COLUMN_INTEGER, false, NULL, "no limit", N_("at most so many needs")},
    {"oda_only", COLUMN_FLAG, false, NULL, "no", N_("only for what counts as ODA")},
    {"civil_only", COLUMN_FLAG, false, NULL, "no", N_("only for the civilian part")},
    {"overhead", COLUMN_SHARE, false, NULL, "0", N_("share kept by the channel; money only")},
    {"parent", COLUMN_NAME, false, NULL, "", N_("the offer that this one is paid out of")},
    {"cost", COLUMN_NUMBER, false, NULL, "0",
     N_("preference, smaller is used first; may be negative")},
};

static const ColumnSpec PAIRS[] = {
    {"need", COLUMN_NAME, true, NULL, "", N_("id of the need")},
    {"offer", COLUMN_NAME, true, NULL, "", N_("id of the offer")},
    {"use", COLUMN_NUMBER, false, NULL, "", N_("offer units for one need unit")},
    {"cost", COLUMN_NUMBER, false, NULL, "the offer's", N_("per need unit; may be negative")},
    {"max", COLUMN_NUMBER, false, NULL, "no limit", N_("at most so much, in need units")},
    {"eligible", COLUMN_FLAG, false, NULL, "as the rules say",
     N_("yes overrides category and earmarks, no bars the pair")},
};

static const ColumnSpec COMMITMENTS[] = {
    {"need", COLUMN_NAME, true, NULL, "", N_("id of the need")},
    {"offer", COLUMN_NAME, true, NULL, "", N_("id of the offer")},
    {"kind", COLUMN_WORD, true, "fixed at_least at_most forbidden", "", N_("what is agreed")},
    {"quantity", COLUMN_NUMBER, false, NULL, "", N_("how much, in need units")},
    {"reason", COLUMN_TEXT, false, NULL, "", "why"},
    {"source", COLUMN_TEXT, false, NULL, "", N_("where it is agreed")},
};

static const ColumnSpec RULES[] = {
    {"id", COLUMN_ID, true, NULL, "", N_("stable, unique")},
    {"kind", COLUMN_WORD, true, "forbid limit floor reserve ticket count fee", "",
     N_("what it does")},
    {"donor", COLUMN_NAMES, false, NULL, "all", N_("selects pairs by the offer's donor")},
    {"offer", COLUMN_NAMES, false, NULL, "all", N_("selects pairs by offer")},
    {"need", COLUMN_NAMES, false, NULL, "all", N_("selects pairs by need")},
    {"beneficiary", COLUMN_NAMES, false, NULL, "all",
     N_("selects pairs by the need's beneficiary")},
    {"region", COLUMN_NAMES, false, NULL, "all", N_("selects pairs by the need's region")},
    {"category", COLUMN_NAMES, false, NULL, "all", N_("selects pairs by the need's category")},
    {"tag", COLUMN_NAMES, false, NULL, "all", N_("selects pairs by any of the need's tags")},
    {"priority", COLUMN_NAMES, false, NULL, "all", N_("selects pairs by the need's tier")},
    {"each", COLUMN_NAMES, false, "donor offer need beneficiary region category tag priority", "",
     N_("selector words: the rule holds separately for each combination")},
    {"value", COLUMN_NUMBER, false, NULL, "", N_("bound or amount in money")},
    {"currency", COLUMN_CURRENCY, false, NULL, "the round's", N_("of value")},
    {"quantity", COLUMN_NUMBER, false, NULL, "", N_("bound or amount in unit")},
    {"unit", COLUMN_UNIT, false, NULL, "the pairs'", N_("of quantity")},
    {"share", COLUMN_SHARE, false, NULL, "", N_("bound as a share of all that is planned")},
    {"count", COLUMN_INTEGER, false, NULL, "", N_("at most so many")},
    {"of", COLUMN_WORD, false, "needs donors beneficiaries offers", "", N_("what count counts")},
    {"reason", COLUMN_TEXT, false, NULL, "", N_("why, for the people it affects")},
};

static const ColumnSpec SCENARIOS[] = {
    {"scenario", COLUMN_NAME, true, NULL, "", N_("name of the scenario; its rows are a stack")},
    {"table", COLUMN_NAME, true, NULL, "", N_("table of the changed cell")},
    {"id", COLUMN_NAME, true, NULL, "",
     N_("row of the changed cell: its id; need/offer, currency or key where rows have none")},
    {"column", COLUMN_NAME, true, NULL, "", N_("column of the changed cell")},
    {"value", COLUMN_TEXT, false, NULL, "", N_("its new value; later rows win")},
};

#define COLUMNS(array) (array), sizeof(array) / sizeof((array)[0])

static const TableSpec TABLES[TABLE_COUNT] = {
    [TABLE_SETTINGS] = {TABLE_SETTINGS, "settings", false, "how the round is decided",
                        COLUMNS(SETTINGS)},
    [TABLE_RATES] = {TABLE_RATES, "rates", false, "exchange rates, frozen for the round",
                     COLUMNS(RATES)},
    [TABLE_DONORS] = {TABLE_DONORS, "donors", false, "who gives, and their limits",
                      COLUMNS(DONORS)},
    [TABLE_BENEFICIARIES] = {TABLE_BENEFICIARIES, "beneficiaries", false,
                             "who receives, and what they can absorb", COLUMNS(BENEFICIARIES)},
    [TABLE_NEEDS] = {TABLE_NEEDS, "needs", true, "one row a need", COLUMNS(NEEDS)},
    [TABLE_OFFERS] = {TABLE_OFFERS, "offers", true, "one row a capacity", COLUMNS(OFFERS)},
    [TABLE_PAIRS] = {TABLE_PAIRS, "pairs", false, "what holds for one need and offer alone",
                     COLUMNS(PAIRS)},
    [TABLE_COMMITMENTS] = {TABLE_COMMITMENTS, "commitments", false,
                           "what is agreed already, or ruled out", COLUMNS(COMMITMENTS)},
    [TABLE_RULES] = {TABLE_RULES, "rules", false,
                     "limits, floors, reserves and bars over many pairs", COLUMNS(RULES)},
    [TABLE_SCENARIOS] = {TABLE_SCENARIOS, "scenarios", false, "stacks of changed cells",
                         COLUMNS(SCENARIOS)},
};

const TableSpec *dictionary_table(TableKind kind)
{
    return &TABLES[kind];
}

/* ---- tables --------------------------------------------------------------------------------- */

static const TableSpec *named_table(const char *name)
{
    char wanted[FOLDED_SIZE], folded[FOLDED_SIZE];

    name_fold(name, wanted, sizeof wanted);
    for (size_t t = 0; t < TABLE_COUNT; t++) {
        name_fold(TABLES[t].name, folded, sizeof folded);
        if (strcmp(folded, wanted) == 0)
            return &TABLES[t];
    }
    return NULL;
}

const TableSpec *dictionary_find(const char *name)
{
    const TableSpec *table = named_table(name);
    const char *meant = table == NULL ? synonym_table(name) : NULL;
    return meant != NULL ? named_table(meant) : table;
}

/* ---- columns -------------------------------------------------------------------------------- */

/* The column whose name folds to the same as @p heading, or NO_COLUMN. */
static int named_column(const TableSpec *table, const char *heading,
                        void (*fold)(const char *, char *, size_t))
{
    char wanted[FOLDED_SIZE], folded[FOLDED_SIZE];

    fold(heading, wanted, sizeof wanted);
    for (size_t c = 0; c < table->column_count; c++) {
        fold(table->columns[c].name, folded, sizeof folded);
        if (strcmp(folded, wanted) == 0)
            return (int)c;
    }
    return NO_COLUMN;
}

int dictionary_column(const TableSpec *table, const char *heading)
{
    int column = named_column(table, heading, name_fold);
    if (column >= 0)
        return column;
    const char *meant = synonym_column(table->name, heading);
    return meant != NULL ? named_column(table, meant, name_fold)
                         : named_column(table, heading, synonym_fold);
}

/* The column that every part of "Quantity / Кількість" names. The text is cut at the parts. */
static int column_of_all_parts(ColumnLookup *lookup, const void *context, char *text)
{
    int column = NO_COLUMN;
    for (char *part = text, *end; part != NULL; part = end) {
        end = strpbrk(part, "/|");
        if (end != NULL)
            *end++ = '\0';
        int named = lookup(context, part);
        if (named < 0 || (column >= 0 && named != column))
            return NO_COLUMN;
        column = named;
    }
    return column;
}

/* The column that the first @p length bytes of a heading name, in one language or several. */
static int column_of_part(ColumnLookup *lookup, const void *context, const char *heading,
                          size_t length)
{
    char part[HEADING_SIZE];
    if (length == 0 || length >= sizeof part)
        return NO_COLUMN;
    snprintf(part, sizeof part, "%.*s", (int)length, heading);
    int column = lookup(context, part);
    return column >= 0 ? column : column_of_all_parts(lookup, context, part);
}

size_t dictionary_name_length(const char *heading)
{
    return strcspn(heading, "([,\r\n");
}

int dictionary_heading(ColumnLookup *lookup, const void *context, const char *heading,
                       const char **remark)
{
    size_t length = strlen(heading), name_length = dictionary_name_length(heading);
    int column = column_of_part(lookup, context, heading, length);
    if (column < 0 && name_length < length) {
        length = name_length;
        column = column_of_part(lookup, context, heading, length);
    }
    *remark = heading + (column >= 0 ? length : strlen(heading));
    return column;
}
