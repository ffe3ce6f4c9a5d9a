/* room: io
 *
 * Units that are money in other words than a code: "Euro", "грн.", "zł", "тис. грн", "kEUR".
 */
#ifndef ALLOT_IO_MONEY_WORDS_H
#define ALLOT_IO_MONEY_WORDS_H

typedef enum MoneyWords {
    MONEY_NONE,     /* a thing, as far as one can tell */
    MONEY_CURRENCY, /* a currency and nothing else */
    MONEY_SCALED    /* thousands or millions, of a currency or of nothing */
} MoneyWords;

/** Judges a text that is no code as it stands: money only when every word of it is. Then
 *  *currencies are the ISO codes that are meant, blanks between; NULL when none is named. They last. */
MoneyWords text_is_money(const char *text, const char **currencies);

#endif
