/* Slips of the finger between two names, counted in letters. Called for every heading and sheet that
 * nothing known is called, against all that is known.
 */
#include "allot/near_name.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "allot/letter.h"

enum { LETTERS_MAX = 64, SYNONYM_LETTERS_MIN = 4, SLIPS_MAX = 3 };

typedef struct Letters {
    unsigned at[LETTERS_MAX];
    int count; /* LETTERS_MAX + 1: there are more */
} Letters;

static void read_letters(const char *text, Letters *out)
{
    out->count = 0;
    while (*text != '\0') {
        unsigned code;
        size_t length = letter_read(text, &code);
        if (out->count == LETTERS_MAX) {
            out->count++;
            return;
        }
        out->at[out->count++] = code != 0 ? code : (unsigned char)*text;
        text += length;
    }
}

static int smaller(int a, int b)
{
    return a < b ? a : b;
}

/* Damerau 1964, restricted form: rows[i % 3][j] is the distance between the first i letters of the
 * one and the first j of the other. */
static int distance(const Letters *a, const Letters *b)
{
    int rows[3][LETTERS_MAX + 1];

    for (int i = 0; i <= a->count; i++) {
        int *here = rows[i % 3], *above = rows[(i + 2) % 3], *two_above = rows[(i + 1) % 3];
        here[0] = i;
        for (int j = 1; j <= b->count; j++) {
            if (i == 0) {
                here[j] = j;
                continue;
            }
            unsigned x = a->at[i - 1], y = b->at[j - 1];
            here[j] = smaller(above[j - 1] + (x != y), smaller(above[j], here[j - 1]) + 1);
            if (i > 1 && j > 1 && x == b->at[j - 2] && y == a->at[i - 2])
                here[j] = smaller(here[j], two_above[j - 2] + 1);
        }
    }
    return rows[a->count % 3][b->count];
}

static int slips_allowed(int letters, KnownAs as)
{
    if (letters < (as == KNOWN_NAME ? 2 : SYNONYM_LETTERS_MIN))
        return 0;
    if (letters <= 7)
        return 1;
    return letters <= 10 || as == KNOWN_SYNONYM ? 2 : SLIPS_MAX;
}

/* True when the shorter of two texts is the longer without its first letter. */
static bool lacks_first(const Letters *a, const Letters *b)
{
    const Letters *longer = a->count > b->count ? a : b, *shorter = longer == a ? b : a;
    return longer->count == shorter->count + 1 &&
           memcmp(longer->at + 1, shorter->at, (size_t)shorter->count * sizeof a->at[0]) == 0;
}

static bool begins(const char *text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strncmp(text, words[i], strlen(words[i])) == 0)
            return true;
    return false;
}

/* "min. quantity" is no slip for "max. quantity". */
static bool are_opposites(const char *a, const char *b)
{
    static const char *const least[] = {"min", "мін"}, *const most[] = {"max", "maks", "макс"};
    return (begins(a, least, 2) && begins(b, most, 3)) ||
           (begins(b, least, 2) && begins(a, most, 3));
}

int name_slips(const char *text, const char *known, KnownAs as)
{
    Letters a, b;
    read_letters(text, &a);
    read_letters(known, &b);
    if (a.count > LETTERS_MAX || b.count > LETTERS_MAX || are_opposites(text, known))
        return -1;
    int apart = a.count > b.count ? a.count - b.count : b.count - a.count;
    int allowed = slips_allowed(smaller(a.count, b.count), as);
    if (apart > allowed || (as == KNOWN_SYNONYM && lacks_first(&a, &b)))
        return -1;
    int slips = distance(&a, &b);
    return slips <= allowed ? slips : -1;
}
