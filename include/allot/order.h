/* room: base
 *
 * Orders for qsort() and bsearch() over plain arrays.
 */
#ifndef ALLOT_ORDER_H
#define ALLOT_ORDER_H

/** Of `double`, smallest first; none is NaN. */
int order_of_numbers(const void *a, const void *b);

/** Of `const char *`, by their bytes. */
int order_of_texts(const void *a, const void *b);

#endif
