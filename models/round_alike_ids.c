/* Ids that people take for the same: they differ in capitals, blanks, dashes, '_' or apostrophes alone.
 * "N-1" and "n 1" are two needs for the program and, most likely, one for who typed them. A sign between
 * two digits counts ("1-11" is not "11-1"). Warnings only.
 *
 * Called by round_suspect.c. Its tables lie in an arena of their own.
 */
#include <string.h>

#include "models/round_internal.h"

#include "allot/letter.h"

/** Names met so far, by the form that people take for the same. */
typedef struct Alike {
    const Round *round;
    Diag *diag;
    Arena *scratch;
    NameSet *forms;
    NameMap *first; /* form -> index into named */
    struct {
        const char *name;
        Origin origin;
    } * named;
    size_t count;
} Alike;

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* Small letters and signs that count; "-" for what stands between digits. @p form has room for twice the
 * bytes. */
static void write_form(const char *id, char *form)
{
    size_t used = 0;
    bool apart = false; /* something that does not count stands behind form[used - 1] */
    while (*id != '\0') {
        char letter[8] = "", small[8];
        unsigned code;
        size_t length = letter_read(id, &code);
        memcpy(letter, id, length);
        id += length;
        name_fold(letter, small, sizeof small);
        if (*small == '\0') {
            apart = true;
            continue;
        }
        if (apart && used > 0 && is_digit(form[used - 1]) && is_digit(*small))
            form[used++] = '-';
        apart = false;
        memcpy(form + used, small, strlen(small));
        used += strlen(small);
    }
    form[used] = '\0';
}

static Status alike_begin(Alike *in, size_t most)
{
    in->forms = name_set_new(in->scratch);
    in->first = name_map_new(in->scratch);
    in->named = arena_alloc(in->scratch, most, sizeof *in->named);
    in->count = 0;
    TRY_NEW(in->forms);
    TRY_NEW(in->first);
    return most > 0 && in->named == NULL ? STATUS_NO_MEMORY : STATUS_OK;
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
    bool added;
    char *form = ARENA_NEW(in->scratch, 2 * strlen(name) + 1, char);
    TRY_NEW(form);
    write_form(name, form);
    const char *key = name_intern(in->forms, form, strlen(form));
    TRY_NEW(key);
    if (*key == '\0')
        return STATUS_OK;
    if (!name_map_add(in->first, key, (int)in->count, &added))
        return STATUS_NO_MEMORY;
    size_t one = (size_t)name_map_get(in->first, key);
    if (!added && strcmp(in->named[one].name, name) != 0)
        report(in, one, name, origin, column);
    in->named[in->count].name = name;
    in->named[in->count++].origin = origin;
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
