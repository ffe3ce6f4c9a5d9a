/* room: io
 *
 * What a number format shows beside a figure. A spreadsheet stores 500, and its format makes that
 * "$500.00", "500 тис. EUR" or "0,5%": what a person sees must not be lost.
 */
#ifndef ALLOT_IO_NUMBER_SHOWN_H
#define ALLOT_IO_NUMBER_SHOWN_H

#include <stdint.h>

/** Bits of Cell.shown; 0 is a figure alone. */
enum {
    SHOWN_CURRENCY = 0x7FFF, /* these together are a currency_id(); 0: none, or one nobody knows */
    SHOWN_SCALE = 0x8000,    /* a word for thousands or millions, and the figure is not divided */
    SHOWN_PERCENT = 0x10000, /* a percent sign that is mere text: 0.5 shows as "0.5%" */
    SHOWN_SHARE = 0x20000    /* shown times a hundred: 0.5 shows as "50%" */
};

/** Of a format code such as "#,##0.00\ [$zł-415]": the first section that shows the figure counts.
 *  Codes of days and times show nothing. */
uint32_t number_shown(const char *code);

/** Of the format with this id in an .xlsx, whose code is @p code, or NULL when it is built in. The
 *  built-in formats of money follow the reader's own country, and so their currency is none. */
uint32_t number_shown_of_id(long id, const char *code);

/** Of a currency's ISO code, as an .ods has it; NULL is none. */
uint32_t number_shown_in(const char *code);

#endif
