/* room: io
 *
 * The words that lines of a sweep's part begin with: what sweep_write.c writes and sweep_read.c reads.
 */
#ifndef ALLOT_IO_SWEEP_TEXT_H
#define ALLOT_IO_SWEEP_TEXT_H

#define SWEEP_FIRST "allot sweep" /* format, kind */
#define SWEEP_FORMAT "2"          /* changes with the meaning of any line */
#define SWEEP_FACT "fact"         /* key, value */
#define SWEEP_ROUND "round"       /* title, round, start, end, currency, marking, created */
#define SWEEP_NEED "need"         /* id, title, beneficiary */
#define SWEEP_RESTRICTED                                                                           \
    "[restricted] "             /* before the title of a restricted need, in every language */
#define SWEEP_OFFER "offer"     /* id, donor */
#define SWEEP_CASE "case"       /* name, about */
#define SWEEP_PART "part"       /* number, of how many */
#define SWEEP_RESULT "result"   /* case, has a plan, outcome, currency */
#define SWEEP_FINDING "finding" /* a line */
#define SWEEP_CHANGE "change"   /* table, id, column, before, after */
#define SWEEP_STAGE "stage"     /* label, sense, value, bound, gap, status */
#define SWEEP_GOT                                                                                  \
    "got"                 /* of each need: unit, is money, places, tier, state, quantity, covered,
                           assigned, unmet, has value, asked, covered, assigned, unmet, of covered by
                           earlier rounds */
#define SWEEP_LINE "line" /* need, offer, quantity, has value, value */
#define SWEEP_END "end"   /* SHA-256 of everything before this line */

#endif
