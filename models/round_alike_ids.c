/* Ids that people take for the same: they differ in capitals, blanks, dashes, '_' or apostrophes alone.
 * "N-1" and "n 1" are two needs for the program and, most likely, one for who typed them. A sign between
 * two digits counts ("1-11" is not "11-1"). Warnings only.
 *
 * Called by round_suspect.c. Its tables lie in an arena of their own.
 */
#include <stdint.h>
#include <string.h>

#include "models/round_internal.h"

#include "allot/letter.h"

/** A name met, found by the form that people take for the same. */
typedef struct FormSlot {
    uint32_t hash;  /* of the form */
    uint32_t named; /* index into named, from 1; 0: the slot is free */
} FormSlot;

/** Names met so far. Forms are not kept: few are looked at twice, and then they are written anew. */
typedef struct Alike {
    const Round *round;
    Diag *diag;
    Arena *scratch;
    FormSlot *slots; /* [slot_count] a power of two, more than twice the names */
    size_t slot_count;
    struct {
        const char *name;
        Origin origin;
    } * named;
    size_t count;
    char *form, *other; /* [form_room] each: room for the form of any name met */
    size_t form_room;
} Alike;

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static bool is_plain(char byte)
{
    return is_digit(byte) || (byte >= 'a' && byte <= 'z');
}

enum { LETTER_BYTES = 8 };

/** The next character, as a small letter; "" when it does not count. @return its bytes in @p id. */
static size_t read_sign(const char *id, char small[LETTER_BYTES])
{
    char letter[LETTER_BYTES] = "",
         lower = (char)(*id >= 'A' && *id <= 'Z' ? *id + 'a' - 'A' : *id);
    unsigned code;
    if (is_plain(lower)) { /* nearly all of them */
        small[0] = lower;
        small[1] = '\0';
        return 1;
    }
    size_t length = letter_read(id, &code);
    memcpy(letter, id, length);
    name_fold(letter, small, LETTER_BYTES);
    return length;
}

/* Small letters and signs that count; "-" for what stands between digits. @p form has room for twice the
 * bytes. */
static void write_form(const char *id, char *form)
{
    size_t used = 0;
    bool apart = false; /* something that does not count stands behind form[used - 1] */
    while (*id != '\0') {
        char small[LETTER_BYTES];
        id += read_sign(id, small);
        if (*small == '\0') {
            apart = true;
            continue;
        }
        if (apart && used > 0 && is_digit(form[used - 1]) && is_digit(*small))
            form[used++] = '-';
        apart = false;
        for (const char *byte = small; *byte != '\0'; byte++)
            form[used++] = *byte;
    }
    form[used] = '\0';
}

static Status alike_begin(Alike *in, size_t most)
{
    in->slot_count = 2;
    while (in->slot_count <= 2 * most)
        in->slot_count *= 2;
    in->slots = ARENA_NEW(in->scratch, in->slot_count, FormSlot);
    in->named = arena_alloc(in->scratch, most, sizeof *in->named);
    in->count = 0;
    TRY_NEW(in->slots);
    return most > 0 && in->named == NULL ? STATUS_NO_MEMORY : STATUS_OK;
}

/** FNV-1a (Fowler, Noll, Vo), of 32 bits. */
static uint32_t hash_of(const char *form)
{
    uint32_t hash = UINT32_C(2166136261);
    for (; *form != '\0'; form++)
        hash = (hash ^ (unsigned char)*form) * UINT32_C(16777619);
    return hash;
}

/** The slot of in->form, or the free one where it belongs. */
static FormSlot *find_slot(Alike *in, uint32_t hash)
{
    size_t i = hash & (in->slot_count - 1);
    for (; in->slots[i].named != 0; i = (i + 1) & (in->slot_count - 1)) {
        if (in->slots[i].hash != hash)
            continue;
        write_form(in->named[in->slots[i].named - 1].name, in->other);
        if (strcmp(in->form, in->other) == 0)
            break;
    }
    return &in->slots[i];
}

static Status make_form_room(Alike *in, size_t bytes)
{
    if (bytes <= in->form_room)
        return STATUS_OK;
    in->form_room = 2 * bytes;
    in->form = ARENA_NEW(in->scratch, in->form_room, char);
    in->other = ARENA_NEW(in->scratch, in->form_room, char);
    TRY_NEW(in->form);
    TRY_NEW(in->other);
    return STATUS_OK;
}

/** Stands at the lower of the two rows and says where the other is. */
static void report(const Alike *in, size_t one, const char *name, Origin origin, const char *column)
{
    const char *other = in->named[one].name;
    Origin above = in->named[one].origin;
    if (above.line > origin.line) {
        const char *swapped = other;
        Origin below = above;
        other = name, above = origin;
        name = swapped, origin = below;
    }
    DiagPlace place = round_place(in->round, origin, column);
    place.text = name;
    diag_add(in->diag, DIAG_ID_ALIKE, place,
             "'%s' and '%s' (row %d) differ in capitals, blanks, dashes or the like alone; write "
             "them the same if they are one, else call one of them something else",
             name, other, above.line);
}

static Status look_at(Alike *in, const char *name, Origin origin, const char *column)
{
    TRY(make_form_room(in, 2 * strlen(name) + 1));
    write_form(name, in->form);
    if (*in->form == '\0')
        return STATUS_OK;
    uint32_t hash = hash_of(in->form);
    FormSlot *slot = find_slot(in, hash);
    in->named[in->count].name = name;
    in->named[in->count++].origin = origin;
    if (slot->named == 0)
        *slot = (FormSlot){hash, (uint32_t)in->count};
    else if (strcmp(in->named[slot->named - 1].name, name) != 0)
        report(in, slot->named - 1, name, origin, column);
    return STATUS_OK;
}

/* ---- the tables ----------------------------------------------------------------------------- */

static Status look_at_ids(Alike *in, const void *rows, size_t count, size_t size)
{
    TRY(alike_begin(in, count));
    for (size_t i = 0; i < count; i++) {
        const RowHead *row = (const void *)((const char *)rows + i * size);
        TRY(look_at(in, row->id, row->origin, "id"));
    }
    return STATUS_OK;
}

/** True when the name was not met before. False without memory as well: *status says so. */
static bool is_new(NameMap *met, const char *name, Status *status)
{
    bool added = false;
    if (*name != '\0' && !name_map_add(met, name, 0, &added))
        *status = STATUS_NO_MEMORY;
    return added;
}

/** Donors and beneficiaries that no table lists; those that are beside one are errors already. */
static Status look_at_unlisted(Alike *in)
{
    const Round *round = in->round;
    NameMap *donors = name_map_new(in->scratch), *beneficiaries = name_map_new(in->scratch);
    Status status = STATUS_OK;
    TRY_NEW(donors);
    TRY_NEW(beneficiaries);
    TRY(alike_begin(in, round->offer_count));
    for (size_t i = 0; i < round->offer_count && round->donor_count == 0; i++)
        if (is_new(donors, round->offers[i].donor, &status))
            TRY(look_at(in, round->offers[i].donor, round->offers[i].origin, "donor"));
    TRY(status);
    TRY(alike_begin(in, round->need_count));
    for (size_t i = 0; i < round->need_count && round->beneficiary_count == 0; i++)
        if (is_new(beneficiaries, round->needs[i].beneficiary, &status))
            TRY(look_at(in, round->needs[i].beneficiary, round->needs[i].origin, "beneficiary"));
    return status;
}

static Status look_at_all(Alike *in)
{
    const Round *round = in->round;
    TRY(look_at_ids(in, round->needs, round->need_count, sizeof *round->needs));
    TRY(look_at_ids(in, round->offers, round->offer_count, sizeof *round->offers));
    TRY(look_at_ids(in, round->donors, round->donor_count, sizeof *round->donors));
    TRY(look_at_ids(in, round->beneficiaries, round->beneficiary_count,
                    sizeof *round->beneficiaries));
    return look_at_unlisted(in);
}

Status round_suspect_ids(const Round *round, Diag *diag)
{
    Alike in = {.round = round, .diag = diag, .scratch = arena_new()};
    TRY_NEW(in.scratch);
    Status status = look_at_all(&in);
    arena_free(in.scratch);
    return status;
}
