/* The same request twice: needs of one beneficiary, category and unit under one title, or of one
 * amount under titles alike; a title with another number is another. Warnings only.
 *
 * Called by round_suspect.c, once needs stand in the order of their ids. Owns nothing after it: its
 * tables lie in an arena of their own. Needs that are the same are found by a hash of what they say
 * and compared in full; neither the hash nor the table's order shows in any finding.
 */
#include <string.h>

#include "models/round_internal.h"

enum { REQUESTS_COMPARED = 8, FIRST_SLOTS = 64 /* a power of two */ };

/* ---- alike ---------------------------------------------------------------------------------- */

/** Words of @p a that also stand in @p b, and all words of @p a; case does not count. */
static void shared_words(const char *a, const char *b, int *shared, int *words)
{
    char in_b[512], word[64];
    *shared = *words = 0;
    name_fold(b, in_b, sizeof in_b);
    while (*a != '\0') {
        size_t length = strcspn(a, " ");
        if (length > 0) {
            char plain[64];
            size_t kept = length < sizeof plain ? length : sizeof plain - 1;
            memcpy(plain, a, kept);
            plain[kept] = '\0';
            name_fold(plain, word, sizeof word);
            ++*words;
            *shared += strstr(in_b, word) != NULL;
        }
        a += length + (a[length] == ' ');
    }
}

/** The next number in the text, without zeros before it, and its length: 0 when there is none. */
static const char *next_number(const char *text, size_t *length)
{
    text += strcspn(text, "0123456789");
    while (text[0] == '0' && text[1] >= '0' && text[1] <= '9')
        text++;
    *length = strspn(text, "0123456789");
    return text;
}

/** "Backup site", "Backup site 1" and "Backup site 2" are three sites: titles whose numbers are not the
 *  same, in turn, ask for different things. */
static bool numbers_differ(const char *a, const char *b)
{
    for (;;) {
        size_t in_a, in_b;
        a = next_number(a, &in_a);
        b = next_number(b, &in_b);
        if (in_a != in_b || memcmp(a, b, in_a) != 0)
            return true;
        if (in_a == 0)
            return false;
        a += in_a;
        b += in_b;
    }
}

static bool titles_are_alike(const Need *a, const Need *b)
{
    int shared, words;
    if (*a->title == '\0' || *b->title == '\0' || numbers_differ(a->title, b->title))
        return false;
    shared_words(a->title, b->title, &shared, &words);
    return 2 * shared >= words;
}

/** A way in which two needs can be the same. */
typedef struct Likeness {
    bool (*counts)(const Need *need); /* false: it is the same as no other */
    bool (*same)(const Need *a, const Need *b);
    uint64_t (*hash)(const Need *need); /* equal for needs that are the same */
} Likeness;

/* FNV-1a (Fowler, Noll, Vo), by whole numbers and by bytes. */
static uint64_t hash_number(uint64_t hash, uint64_t number)
{
    return (hash ^ number) * UINT64_C(1099511628211);
}

static uint64_t hash_text(uint64_t hash, const char *text)
{
    for (; *text != '\0'; text++)
        hash = hash_number(hash, (unsigned char)*text);
    return hash_number(hash, '\0');
}

static uint64_t hash_head(const Need *need)
{
    uint64_t hash = hash_number(UINT64_C(14695981039346656037), (uint64_t)need->beneficiary_item);
    return hash_text(hash_text(hash, need->category), need->unit.name);
}

static bool same_head(const Need *a, const Need *b)
{
    return a->beneficiary == b->beneficiary && a->category == b->category &&
           a->unit.name == b->unit.name;
}

static bool has_title(const Need *need)
{
    return *need->beneficiary != '\0' && *need->title != '\0';
}

static bool same_title(const Need *a, const Need *b)
{
    return same_head(a, b) && strcmp(a->title, b->title) == 0;
}

static uint64_t hash_title(const Need *need)
{
    return hash_text(hash_head(need), need->title);
}

static bool has_amount(const Need *need)
{
    return *need->beneficiary != '\0' && need->quantity_known;
}

static bool same_amount(const Need *a, const Need *b)
{
    return same_head(a, b) && a->quantity == b->quantity;
}

static uint64_t hash_amount(const Need *need)
{
    return hash_number(hash_head(need), (uint64_t)need->quantity);
}

/* ---- the next that is the same -------------------------------------------------------------- */

/** Of needs that are the same, the last one met. */
typedef struct Slot {
    uint32_t hash;
    int row; /* 1-based; 0: free */
} Slot;

typedef struct Requests {
    const Round *round;
    int *twin; /* [need_count] row of the need that looks like the same request, or -1 */
    int *next; /* [need_count] row of the next need that is the same, or -1 */
    Slot *slots;
    size_t slot_count; /* a power of two; at most three quarters are used */
} Requests;

static Slot *find_slot(const Requests *in, const Likeness *likeness, const Need *need)
{
    uint64_t wide = likeness->hash(need);
    uint32_t hash = (uint32_t)(wide ^ wide >> 32);
    size_t i = hash & (in->slot_count - 1);
    while (in->slots[i].row != 0 &&
           (in->slots[i].hash != hash ||
            !likeness->same(&in->round->needs[in->slots[i].row - 1], need)))
        i = (i + 1) & (in->slot_count - 1);
    in->slots[i].hash = hash;
    return &in->slots[i];
}

/** From the last need to the first, so that the last one met is the next by id. */
static void find_next(Requests *in, const Likeness *likeness)
{
    memset(in->slots, 0, in->slot_count * sizeof *in->slots);
    for (size_t n = in->round->need_count; n-- > 0;) {
        const Need *need = &in->round->needs[n];
        in->next[n] = -1;
        if (!likeness->counts(need))
            continue;
        Slot *slot = find_slot(in, likeness, need);
        in->next[n] = slot->row - 1;
        slot->row = (int)n + 1;
    }
}

/* ---- twins ---------------------------------------------------------------------------------- */

/** Alternatives ask for one thing in several ways: they are meant to be alike. */
static bool are_alternatives(const Need *a, const Need *b)
{
    return *a->alternative != '\0' && a->alternative == b->alternative;
}

static void keep_twin(Requests *in, size_t need, int twin)
{
    const Need *needs = in->round->needs;
    int *kept = &in->twin[need];
    if (*kept < 0 || strcmp(needs[twin].id, needs[*kept].id) < 0)
        *kept = twin;
}

static void find_same_titles(Requests *in)
{
    static const Likeness likeness = {has_title, same_title, hash_title};
    const Need *needs = in->round->needs;
    find_next(in, &likeness);
    for (size_t n = 0; n < in->round->need_count; n++) {
        int compared = 0, other = in->next[n];
        while (other >= 0 && are_alternatives(&needs[n], &needs[other]))
            other = ++compared < REQUESTS_COMPARED ? in->next[other] : -1;
        in->twin[n] = other;
    }
}

/** Equal amounts under titles that share half their words. Where very many needs are of one amount,
 *  each is held against the next ones only, as above: this is a warning, not a rule. */
static void find_same_amounts(Requests *in)
{
    static const Likeness likeness = {has_amount, same_amount, hash_amount};
    const Need *needs = in->round->needs;
    find_next(in, &likeness);
    for (size_t n = 0; n < in->round->need_count; n++) {
        int compared = 0;
        for (int other = in->next[n]; other >= 0 && compared < REQUESTS_COMPARED;
             other = in->next[other], compared++) {
            if (are_alternatives(&needs[n], &needs[other]) ||
                !titles_are_alike(&needs[n], &needs[other]))
                continue;
            keep_twin(in, n, other);
            break;
        }
    }
}

static Status find_twins(const Round *round, Arena *scratch, Requests *in)
{
    in->round = round;
    in->slot_count = FIRST_SLOTS;
    while (3 * in->slot_count < 4 * round->need_count)
        in->slot_count *= 2;
    in->slots = ARENA_NEW(scratch, in->slot_count, Slot);
    in->twin = ARENA_NEW(scratch, round->need_count, int);
    in->next = ARENA_NEW(scratch, round->need_count, int);
    TRY_NEW(in->slots);
    TRY_NEW(in->twin);
    TRY_NEW(in->next);
    find_same_titles(in);
    find_same_amounts(in);
    return STATUS_OK;
}

static void report_twins(const Requests *in, Diag *diag)
{
    const Round *round = in->round;
    for (size_t n = 0; n < round->need_count; n++) {
        if (in->twin[n] < 0)
            continue;
        const Need *need = &round->needs[n], *twin = &round->needs[in->twin[n]];
        diag_add(
            diag, DIAG_SAME_REQUEST, round_place(round, twin->origin, "title"),
            "'%s' looks like the same request as '%s' (row %d); take one of the two out if it is",
            twin->id, need->id, need->origin.line);
    }
}

Status round_suspect_requests(const Round *round, Diag *diag)
{
    Requests in;
    Arena *scratch = arena_new();
    TRY_NEW(scratch);
    Status status = find_twins(round, scratch, &in);
    if (status == STATUS_OK)
        report_twins(&in, diag);
    arena_free(scratch);
    return status;
}
