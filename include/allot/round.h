/* room: models
 *
 * A round as typed data: what the tables say, and what follows from them alone. Written by the
 * reader (io) row by row, completed by round_check(), read by everybody else.
 *
 * After round_check() needs, offers, donors, beneficiaries, pairs and commitments stand in byte
 * order of their ids: the one canonical order. Texts are interned in `names`: equal texts are equal
 * pointers. Amounts are int64_t in the unit's smallest part (unit.h).
 */
#ifndef ALLOT_ROUND_H
#define ALLOT_ROUND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "allot/arena.h"
#include "allot/date.h"
#include "allot/decimal.h"
#include "allot/diag.h"
#include "allot/dictionary.h"
#include "allot/names.h"
#include "allot/ratio.h"
#include "allot/settings.h"
#include "allot/status.h"
#include "allot/unit.h"

/** The row something came from; the file is round->tables[table].file. A commitment that a donor's answer
 *  made has line -1 - i: round->reply_places[i] is the answer's cell. */
typedef struct Origin {
    TableKind table;
    int line; /* 1-based; 0 for a default; below 0: see above */
} Origin;

typedef struct NameList {
    const char *const *names; /* [count], interned, in the order given */
    int count;
    bool all; /* the list was "*" (offers.category only) */
} NameList;

/** A column the program does not know, carried to the output. */
typedef struct ExtraColumns {
    const char *const *headings; /* [count] as written */
    size_t count;
} ExtraColumns;

typedef enum OdaFlag { ODA_UNKNOWN, ODA_NO, ODA_PARTIAL, ODA_YES } OdaFlag;

/** Wide members before narrow ones, so that no room is lost between them: rounds have a million. */
typedef struct Need {
    Origin origin;
    const char *id;
    const char *title; /* "" when empty; so are the other texts */
    const char *beneficiary;
    const char *region; /* after round_check(): the beneficiary's where the need gives none */
    const char *category;
    const char *notes;
    const char *catalogue_ref;
    const char *covered_by;
    const char *bundle;       /* part of a bundle when not "" */
    const char *alternative;  /* likewise */
    const char *sensitivity;  /* "open" or "restricted" */
    const char *const *extra; /* [round->tables[TABLE_NEEDS].extra.count] */

    Unit unit;
    int64_t quantity;     /* Q; 0 when unknown */
    int64_t covered;      /* as given; may exceed quantity (a warning) */
    int64_t held;         /* the part of it that earlier rounds committed, by the ledger */
    int64_t min_quantity; /* of the whole, what is covered elsewhere included */
    int64_t step;         /* smallest parts; never 0 after round_check() */
    const char *currency; /* of unit_cost; for money needs the unit itself */
    Decimal unit_cost;    /* in `currency` for one whole unit; money needs: 1 in their own */
    Decimal score_technical;
    Decimal score_strategic;
    Decimal weight;
    Decimal min_share;
    Decimal civil_share;
    NameList requires;
    NameList tags;
    Date earliest;
    Date deadline;
    int stated_priority; /* 0: none stated */
    int max_donors;      /* 0: no limit */
    OdaFlag oda;
    bool quantity_known;
    bool quantity_wrong; /* the cell holds something that is an error finding already */
    bool priority_wrong; /* likewise */
    bool has_unit_cost;
    bool has_scores;
    bool has_min_quantity;
    bool has_min_share;
    bool indivisible;
    bool ready;

    /* what round_check() works out */
    bool tier_from_scores;
    bool has_value;
    int tier;             /* 1 first */
    int beneficiary_row;  /* index into round->beneficiaries, or -1 */
    int beneficiary_item; /* index of the first need of the same beneficiary; -1 when it has none */
    Decimal score;        /* weighted mean of the two gradings, when has_scores */
    int64_t wanted;       /* q = quantity less covered, never negative, a multiple of step */
    int64_t least; /* what it must be given at least when it is given anything (C6, C10): a multiple
                       of step, at least one step, at most wanted; 0 when nothing is wanted */
    Ratio value;   /* g: reporting minor units for one smallest part; of an outcome for the complete
                    whole; when has_value */
} Need;

typedef struct Offer {
    Origin origin;
    const char *id;
    const char *donor;
    const char *form;
    const char *channel;
    const char *notes;
    const char *source;
    const char *parent;       /* id, "" for none */
    const char *const *extra; /* [round->tables[TABLE_OFFERS].extra.count] */

    Unit unit;
    bool quantity_known;
    bool quantity_wrong; /* the cell holds something that is an error finding already */
    int64_t quantity;    /* what is left of it: less what earlier rounds took */
    int64_t taken;       /* by earlier rounds, by the ledger; the table's cell says both together */
    bool has_unit_value;
    Decimal unit_value;   /* what one whole unit in kind is worth, for reporting only */
    const char *currency; /* of unit_value */
    NameList category;    /* .all when "*" */
    Basis status;
    NameList only_beneficiaries, only_regions, only_needs, only_tags; /* earmarks */
    NameList not_beneficiaries, not_regions, not_needs, not_tags;     /* exclusions */
    Date valid_from;
    Date valid_to;
    int lead_days;
    Date lapses;
    int64_t min_ticket; /* gross, for one need; 0: none */
    Decimal max_share;
    int max_needs; /* 0: no limit */
    bool oda_only;
    bool civil_only;
    Decimal overhead;
    Decimal cost;

    /* what round_check() works out */
    int donor_row;  /* index into round->donors, or -1 */
    int parent_row; /* index into round->offers, or -1 */
    int root;       /* the offer the money comes from in the end: itself without a parent */
    int donor_item; /* index of the first offer whose root has the same donor */
    Basis basis;    /* weakest status along the chain */
} Offer;

typedef struct Donor {
    Origin origin;
    const char *id;
    const char *name;
    const char *role;
    const char *contact;
    const char *currency; /* of budget and min_ticket */
    const char *const *extra;
    bool has_budget;
    int64_t budget;       /* minor units of currency; what is left, as of an offer's quantity */
    int64_t budget_taken; /* by earlier rounds */
    int64_t
        min_ticket; /* minor units of currency, gross, for one need over all money offers; 0: none */
    int max_needs;  /* 0: no limit */
    bool has_max_share;
    Decimal max_share;
    bool has_share_key;
    Decimal share_key;
} Donor;

typedef struct Beneficiary {
    Origin origin;
    const char *id;
    const char *name;
    const char *region;
    const char *const *extra;
    bool has_max_value;
    int64_t max_value; /* reporting minor units */
    int max_needs;     /* 0: no limit */
} Beneficiary;

typedef struct Rate {
    Origin origin;
    const char *currency;
    Decimal rate; /* reporting currency for one whole unit */
    Date date;
    const char *source;
} Rate;

typedef enum RuleWord { /* rules.kind */
                        RULE_FORBID,
                        RULE_LIMIT,
                        RULE_FLOOR,
                        RULE_RESERVE,
                        RULE_TICKET,
                        RULE_COUNT,
                        RULE_FEE
} RuleWord;

/** Selector words, the order of RuleRow.select and the bits of RuleRow.each. */
typedef enum Selector {
    SELECT_DONOR,
    SELECT_OFFER,
    SELECT_NEED,
    SELECT_BENEFICIARY,
    SELECT_REGION,
    SELECT_CATEGORY,
    SELECT_TAG,
    SELECT_PRIORITY,
    SELECT_COUNT
} Selector;

typedef struct RuleRow {
    Origin origin;
    const char *id;
    RuleWord kind;
    NameList select[SELECT_COUNT]; /* empty list: all; priorities as their texts "1", "2", ... */
    unsigned each;                 /* bit (1u << Selector) for every word listed */
    bool has_value;
    Decimal value; /* in currency */
    const char *currency;
    bool has_quantity;
    Decimal quantity; /* in unit */
    Unit unit;        /* .name NULL when not given */
    bool has_share;
    Decimal share;
    bool has_count;
    bool bound_wrong; /* a cell of its bound is an error finding already */
    long count;
    const char *of; /* needs, donors, beneficiaries or offers; "" when not given */
    const char *reason;
} RuleRow;

typedef enum CommitmentKind {
    COMMITMENT_FIXED,
    COMMITMENT_AT_LEAST,
    COMMITMENT_AT_MOST,
    COMMITMENT_FORBIDDEN
} CommitmentKind;

typedef struct Commitment {
    Origin origin;
    const char *need_id;
    const char *offer_id;
    CommitmentKind kind;
    bool has_quantity;
    Decimal quantity_given; /* as written; whole need units */
    const char *reason;
    const char *source; /* of an answer its cell: "donor-PL.xlsx!Lines!K7" */
    const char *author; /* of an answer the donor; else NULL */
    /* what round_check() works out */
    int need;
    int offer;
    int64_t quantity; /* need units, smallest parts */
} Commitment;

typedef struct PairRow {
    Origin origin;
    const char *need_id;
    const char *offer_id;
    bool has_use;
    Decimal use; /* offer units for one need unit, both whole */
    bool has_cost;
    Decimal cost; /* per whole need unit */
    bool has_max;
    Decimal max_given; /* whole need units */
    bool has_eligible;
    bool eligible;
    /* what round_check() works out */
    int need;
    int offer;
    int64_t max; /* smallest parts of the need's unit; INT64_MAX without a limit */
} PairRow;

typedef struct ScenarioRow {
    Origin origin;
    const char *scenario;
    const char *table;
    const char *id;
    const char *column;
    const char *value;
    bool exact; /* the value is a number that a spreadsheet stored as one */
} ScenarioRow;

/** A cell that a scenario, or the program, changed while the round was read. */
typedef struct ChangedCell {
    TableKind table;
    const char *id;     /* as the change gives it */
    const char *column; /* the dictionary's name; "": the row was taken out */
    const char *before; /* as the file has it; of settings as set before, "" when not at all */
    const char *after;
    int line; /* of the row in its table; 0: taken out, or a setting */
    DiagPlace
        place; /* what changed it last: findings about the cell stand there; no file: nothing says */
} ChangedCell;

/** What one need asks of others (C9): one of `any_of` must be met in full first. A plain id gives one
 *  need, the mark of alternatives gives all its members. */
typedef struct Requirement {
    int need;
    const char *name;  /* as listed in `requires` */
    const int *any_of; /* [count] ascending */
    int count;
} Requirement;

/** The needs that share a bundle's or an alternative's mark. */
typedef struct NeedMark {
    const char *mark;
    const int *members; /* [count] ascending */
    int count;
    int chosen; /* alternatives: the member with coverage from elsewhere, which no other may join;
                   -1 when none has any; bundles: -1 */
} NeedMark;

/** What needs ask of each other (C9 to C11), by index. */
typedef struct Logic {
    Requirement *requirements; /* by need, then as listed */
    size_t requirement_count;
    size_t *first; /* [need_count + 1] requirements of need n: first[n] .. first[n + 1] - 1 */
    NeedMark *bundles;
    size_t bundle_count;
    NeedMark *alternatives;
    size_t alternative_count;
    int *bundle_of;      /* [need_count] index into bundles, or -1 */
    int *alternative_of; /* [need_count] likewise */
} Logic;

/** A line of the plan before this one, which the stage `change` keeps to. */
typedef struct PreviousLine {
    int need;
    int offer;
    int64_t quantity; /* need's unit, smallest parts */
} PreviousLine;

/** One input table as read. */
typedef struct InputTable {
    bool present;
    const char *file;   /* name as printed in findings, e.g. "needs.csv" */
    const char *sha256; /* of its bytes, 64 hex digits; "" when not present */
    size_t rows;        /* rows taken, skipped ones not counted */
    const int *columns; /* [its columns in the dictionary] 1-based number in the file, 0 where it
                           has none; NULL when nothing was read */
    ExtraColumns extra;
} InputTable;

typedef struct Round {
    Arena *arena; /* owns everything below; borrowed */
    NameSet *names;
    const char *source; /* folder or workbook as given on the command line */
    InputTable tables[TABLE_COUNT];

    Need *needs;
    size_t need_count;
    Offer *offers;
    size_t offer_count;
    Donor *donors;
    size_t donor_count;
    Beneficiary *beneficiaries;
    size_t beneficiary_count;
    Rate *rates;
    size_t rate_count;
    RuleRow *rules;
    size_t rule_count;
    Commitment *commitments; /* after round_check(): by need, offer, kind */
    size_t commitment_count;
    PairRow *pairs; /* after round_check(): by need, offer */
    size_t pair_count;
    ScenarioRow *scenarios;
    size_t scenario_count;
    SettingRow *setting_rows; /* the table's rows, those of --set, changed ones */
    size_t setting_row_count;
    ChangedCell *changed; /* each cell once; in the order of tables as read, then of rows */
    size_t changed_count;

    Settings settings;
    Unit currency; /* the reporting currency as a unit */
    Logic logic;   /* worked out by round_check() */

    InputTable previous_input;    /* where that plan was read from */
    bool has_previous;            /* set after round_check(), by who reads the previous plan */
    const PreviousLine *previous; /* [previous_count] by need, offer; each pair once */
    size_t previous_count;
    InputTable ledger_input;     /* where the ledger was read from */
    const struct Ledger *ledger; /* what earlier rounds left (ledger.h); NULL: none was given */

    const struct Replies *replies; /* answers among the commitments (replies.h), or NULL */
    const struct Replies
        *reopened; /* agreed once, given way to an urgent need, not answered since; NULL: none */
    const DiagPlace *reply_places; /* [reply_count] their cells */
    size_t reply_count;

    bool has_urgent; /* set after round_check(), by whom a need is named that comes before tier 1 */
    int urgent;      /* that need */
} Round;

/** An empty round whose memory comes from @p arena. STATUS_NO_MEMORY possible. */
Status round_init(Arena *arena, Round *round);

/** Checks everything that needs more than one cell, puts rows into canonical order and fills the
 *  fields marked above. Must be called once, after the reader.
 *  @return STATUS_OK (warnings possible), STATUS_FINDINGS when @p diag holds any error (then the
 *  round must not be solved), STATUS_NO_MEMORY. */
Status round_check(Round *round, Diag *diag);

/** Row index by id, or -1. Binary search: only after round_check(). */
int round_find_need(const Round *round, const char *id);
int round_find_offer(const Round *round, const char *id);
int round_find_donor(const Round *round, const char *id);
int round_find_beneficiary(const Round *round, const char *id);

/** Did earlier rounds, by the ledger, take something of an offer? Then what it holds is not the whole. */
bool round_has_earlier(const Round *round);

/** The pairs row of (need, offer), or NULL. Only after round_check(). */
const PairRow *round_find_pair(const Round *round, int need, int offer);

/** Is it an outcome: of quantity 0, met all or nothing when everything it requires is? */
bool need_is_outcome(const Need *need);

/** Is its title left out of what others receive? */
bool need_is_restricted(const Need *need);

/** The unit of this text: money when it is an ISO 4217 code in upper case, else a thing. */
Unit round_unit(const Round *round, const char *interned);

/** Reporting currency for one whole unit of @p currency (interned): 1 for the reporting currency,
 *  else its rates row. False when there is none. */
bool round_rate(const Round *round, const char *currency, Ratio *out);

/** The rates row of a currency, or NULL (also for the reporting currency). */
const Rate *round_rate_row(const Round *round, const char *currency);

/** Units of @p to (smallest part) for one smallest part of @p from, at the frozen rates; both
 *  money. False when a rate is missing or the fraction does not fit. */
bool round_convert(const Round *round, Unit from, Unit to, Ratio *out);

/** Share of an offer's gross that its channels keep, compounded along the chain of parents:
 *  1 - (1 - overhead)(1 - parent's overhead)... False when it does not fit. */
bool round_overhead(const Round *round, int offer, Ratio *out);

/** Is @p name (interned) in the list? A list that is `all` holds every name. */
bool name_list_has(const NameList *list, const char *name);

/** A text that needs share, for grouping and for lists of known names. */
typedef const char *NeedText(const Need *need);
const char *need_beneficiary(const Need *need);
const char *need_region(const Need *need);
const char *need_category(const Need *need);

/** Which column of the table's file has this name of the dictionary's, 1-based; 0 when none has. */
int round_column_number(const Round *round, TableKind table, const char *name);

/** Place of a row's cell for findings: of a cell that a scenario changed, the scenario's. */
DiagPlace round_place(const Round *round, Origin origin, const char *column_name);

/** The row in words: "commitments line 14", or an answer's, "donor-PL.xlsx!Lines row 7"; in @p arena,
 *  never NULL. */
const char *round_row_text(const Round *round, Origin origin, Arena *arena);

#endif
