/* room: io
 *
 * A double as a short text, the same on every machine.
 */
#ifndef ALLOT_IO_NUMBER_TEXT_H
#define ALLOT_IO_NUMBER_TEXT_H

enum { NUMBER_TEXT_SIZE = 352 }; /* the largest double has 309 digits */

/** At most 9 decimals and 15 significant digits, trailing zeros cut; "" for what is no number. */
void number_text(double number, char out[NUMBER_TEXT_SIZE]);

#endif
