/* room: io
 *
 * What the parts of the writer of MathProg data share.
 */
#ifndef ALLOT_IO_EXPORT_DATA_INTERNAL_H
#define ALLOT_IO_EXPORT_DATA_INTERNAL_H

#include <stdio.h>

#include "allot/export_data.h"
#include "allot/plan.h"

/** A stage as the model knows it. */
typedef struct DataStage {
    StageKind kind;
    const char *label;
    int tier;
    int rank;
    Basis basis;
    bool apart; /* of needs without value, or of offers in kind */
    Date date;
} DataStage;

typedef struct DataStages {
    DataStage *stages; /* [count] in the order decided */
    size_t count, room;
    const int *group; /* [need_count] number of the need's group, one tier each; 0: in none */
} DataStages;

/** The file while it is written. */
typedef struct DataFile {
    FILE *file;
    Arena *arena;
    const Round *round;
    const PairSet *pairs;
    const RuleSet *rules;
    const DataStages *stages;
    const char **needs;      /* [need_count] ids as quoted symbols */
    const char **offers;     /* [offer_count] */
    const char **rule_names; /* [rules->count] NULL for what the model states by itself */
} DataFile;

/** export_data_stages.c: every stage that this round decides. */
Status data_stages_list(const Round *round, const PairSet *pairs, Arena *arena, DataStages *out);

/** May anything lapsing on @p date be used first? DATE_NONE asks for any day of the round. */
bool data_lapses(const Round *round, const Offer *offer, Date date);

/** export_data_rules.c: rules, and what needs ask of each other. */
Status data_write_rules(DataFile *out);
Status data_write_logic(DataFile *out);

/** A text as a MathProg symbol in quotes, in the arena: what MathProg cannot hold, or would take for
 *  its own, is changed and the number @p index makes it unique again. NULL without memory. */
const char *data_symbol(Arena *arena, const char *text, size_t index);

/** " NUMBER": every digit where it ends, 17 otherwise. */
void data_ratio(DataFile *out, Ratio value);
void data_amount(DataFile *out, Unit unit, int64_t amount);

/** " need offer" of a pair. */
void data_pair(DataFile *out, int pair);

/** Whole units of @p to for one of @p from, of a factor between their smallest parts. False when it
 *  does not fit. */
bool data_whole_units(Ratio factor, Unit from, Unit to, Ratio *out);

#endif
