/* Found text inside a message. A cell can hold a megabyte or a line end; a finding is one line that
 * must stay valid UTF-8, because it is written into workbooks too.
 */
#include "allot/quote.h"

#include <string.h>

Quote quote(const char *text)
{
    Quote out;
    size_t length = strlen(text);
    size_t kept = length < QUOTE_SIZE ? length : QUOTE_SIZE - sizeof "...";

    if (kept < length)
        while (kept > 0 && ((unsigned char)text[kept] & 0xC0) == 0x80) /* inside a character */
            kept--;
    for (size_t i = 0; i < kept; i++)
        out.text[i] = (unsigned char)text[i] < ' ' || text[i] == '\x7f' ? ' ' : text[i];
    memcpy(out.text + kept, kept < length ? "..." : "", kept < length ? 4 : 1);
    return out;
}
