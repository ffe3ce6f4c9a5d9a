/* A seeded round with every id, title, name and amount used once, decided and packed, with every part of
 * every workbook unzipped; and what a party's files hold.
 */
#ifndef ALLOT_TEST_RELEASED_PACK_H
#define ALLOT_TEST_RELEASED_PACK_H

#include "tests/support/program.h"

/** How much there is of each. */
enum { DONORS = 4, OFFERS = 7, NEEDS = 12, BENEFICIARIES = 4, LINES_MOST = 64 };

/** The setting release. */
typedef enum Level { OWN, TOTALS, ALL, LEVELS } Level;
extern const char *const level_names[LEVELS];

typedef struct PackedLine {
    int need, offer;
    double quantity;
} PackedLine;

/** What is drawn; ids and texts follow from the numbers. */
typedef struct ReleasedPack {
    int beneficiary_of[NEEDS], donor_of[OFFERS];
    bool restricted[NEEDS];
    long asked[NEEDS], offered[OFFERS];
    PackedLine lines[LINES_MOST], before[LINES_MOST]; /* of the plan, and of the one before it */
    int line_count, before_count;
    double unmet[NEEDS], assigned[NEEDS], used[OFFERS], left[OFFERS];
} ReleasedPack;

/** What ids and texts begin with; a number of two digits and a z follow. */
#define NEED_TEXT "ndq"
#define TITLE_TEXT "titleq"
#define OFFER_TEXT "ofq"
#define DONOR_TEXT "dnq"
#define DONOR_NAME "dnameq"
#define BEN_NAME "bnameq"
#define NOTE_TEXT "noteq"
#define SECRET_TEXT "extraq"
#define CONTACT_TEXT "mailq"
#define SOURCE_TEXT "srcq"
#define ONOTE_TEXT "onoteq"
#define COMMENT_TEXT "cmtq"

/** Opens @p p with the round of @p seed and its pack in the folder p. */
void released_pack_make(Program *p, ReleasedPack *c, uint64_t seed, Level level);

/** Two donors answer the plan, one line they agree to and the next they decline, each with a comment of its
 *  own; it is decided again and packed again in its place. */
void released_pack_answer(Program *p, ReleasedPack *c, Level level);

/** All that a party receives: the parts of its workbook and its letter. To be freed by the caller. */
char *read_party(Program *p, const char *party);

/** A text that is drawn: "ndq07z". */
bool holds_text(const char *file, const char *begins, int number);

/** As a cell has it, and as a letter does: 1234567.5, 1,234,567.50. */
bool holds_amount(const char *file, double amount);

#endif
