/* room: solver
 *
 * Lines in whole steps on their way to keep every rule: how much each rule and each need is broken now, all of it
 * exact, moved line by line, with a way back.
 */
#ifndef ALLOT_SOLVER_CENTS_BOARD_H
#define ALLOT_SOLVER_CENTS_BOARD_H

#include "allot/formulation.h"
#include "allot/rule_book.h"
#include "solver/draw.h"

/* Lines that one move may touch. */
enum { CENTS_MOVES_MOST = 16 };

typedef struct CentsBoard {
    const Formulation *form;
    RuleBook *book;
    double *factor; /* beside book->rule_of: rule's smallest parts for one of the line's */
    double *weight; /* [rules] reporting minor units that one smallest part is worth */
    double *each;   /* [needs] that one of its smallest parts is worth */
    double *broken; /* [rules + needs] by how much it is, in reporting minor units; 0: kept */
    int64_t *given; /* [needs] */
    int64_t *least; /* [needs] what it has to have: those that others wait for and that are full */
    bool *still;    /* [pairs] may not move */
    int broken_count;           /* rules and needs that are broken */
    double energy;              /* sum of broken[] */
    int pair[CENTS_MOVES_MOST]; /* lines moved since the last mark, and what they were */
    int64_t before[CENTS_MOVES_MOST];
    int moves;
    Draw draw;
} CentsBoard;

/** The board around the lines that the book holds. @return STATUS_OK, STATUS_NO_MEMORY. */
Status cents_board_open(const Formulation *form, RuleBook *book, Arena *arena, CentsBoard *out);

/** Moves a line, in whole steps within its own bounds, as near to @p quantity as they let. False where nothing
 *  moves: it is there, stands still, too many moved already, or a figure does not fit. */
bool cents_board_move(CentsBoard *b, int pair, int64_t quantity);

/** Was the line moved since the mark? */
bool cents_board_moved(const CentsBoard *b, int pair);

/** Keeps what was moved, or takes it back. */
void cents_board_mark(CentsBoard *b);
void cents_board_undo(CentsBoard *b);

/** The line's quantity nearest to what it is at which a rule that it breaks, or helps to break, would hold: as far
 *  as this line can do that alone. False where it cannot help. */
bool cents_board_mend(const CentsBoard *b, size_t rule, int pair, int64_t *quantity);

/** The most, or least, that the line can be and count no more, or no less, under the rule. */
bool cents_board_same(const CentsBoard *b, size_t rule, int pair, bool most, int64_t *quantity);

#endif
