/* room: base
 *
 * Slips of the finger in names that people write in any alphabet: a wrong letter is one slip, however
 * many bytes it has (name_distance() counts bytes: ids, settings).
 */
#ifndef ALLOT_NEAR_NAME_H
#define ALLOT_NEAR_NAME_H

/** What a known name is: the dictionary's own, or a word of everyday language, which has more
 *  neighbours that mean something else. */
typedef enum KnownAs { KNOWN_NAME, KNOWN_SYNONYM } KnownAs;

/** Slips (insert, delete, replace, swap of neighbours) between @p text and @p known, both folded,
 *  when they are so few that the one may be meant for the other; else -1. The letters of the shorter
 *  count: up to 7 may have one slip, up to 10 two, more of them three (a synonym two). A single letter
 *  has none, and a synonym of fewer than 4 letters. Never near are texts of more than 64 letters, what
 *  begins with "min" to what begins with "max", and a synonym to what it is without its first letter
 *  ("udział", "dział": typists begin right). */
int name_slips(const char *text, const char *known, KnownAs as);

#endif
