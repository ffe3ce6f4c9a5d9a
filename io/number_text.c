/* A double as a short text. Fifteen digits is what a double is good for: more would show how it is
 * stored, fewer would lose what stages are compared by.
 */
#include "io/number_text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { PLACES_MOST = 9, DIGITS_MOST = 15 };

/* Decimals that a double of this size can be trusted with. */
static int places_of(double number)
{
    double size = fabs(number), limit = 10;
    int places = DIGITS_MOST - 1;
    while (places > 0 && size >= limit) {
        limit *= 10;
        places--;
    }
    return places < PLACES_MOST ? places : PLACES_MOST;
}

void number_text(double number, char out[NUMBER_TEXT_SIZE])
{
    if (!isfinite(number)) {
        out[0] = '\0';
        return;
    }
    int places = places_of(number);
    (void)snprintf(out, NUMBER_TEXT_SIZE, "%.*f", places, number);
    char *point = out + strcspn(out, ".,"); /* a comma where the locale wants one */
    if (*point != '\0') {
        *point = '.';
        char *end = out + strlen(out);
        while (end[-1] == '0')
            end--;
        end[end[-1] == '.' ? -1 : 0] = '\0';
    }
    if (strcmp(out, "-0") == 0)
        memmove(out, "0", sizeof "0");
}
