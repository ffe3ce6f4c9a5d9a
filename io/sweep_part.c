/* One part of a sweep, line by line. What is read was written by this program, perhaps on another
 * machine, perhaps cut short: every line is looked at, and a damaged part is said to be.
 */
#include "io/sweep_part.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "allot/date_text.h"
#include "allot/language.h"
#include "io/hash.h"
#include "io/sweep_text.h"
#include "io/totals.h"

enum { FIRST_ROOM = 16, PARTS_MOST = 100000, UNIT_PLACES_MOST = 9 };

static Status damaged(const PartReader *reader, const char *why)
{
    diag_add(reader->diag, DIAG_PART, (DiagPlace){.file = reader->text->name, .line = reader->line},
             N_("the part is damaged: %s; copy it once more, or decide it again"), why);
    return STATUS_FINDINGS;
}

bool part_begins(const SweepText *text)
{
    static const char begin[] = SWEEP_FIRST "\t";
    return text->length >= sizeof begin - 1 && memcmp(text->bytes, begin, sizeof begin - 1) == 0;
}

Status part_is_none(const SweepText *text, Diag *diag)
{
    diag_add(diag, DIAG_PART, (DiagPlace){.file = text->name, .line = 1},
             N_("this is no part of a sweep; `allot stress ROUND --part 1/4 -o FILE` writes one"));
    return STATUS_FINDINGS;
}

/* ---- lines ---------------------------------------------------------------------------------- */

/* The field with what its escapes stand for, which is never longer. */
static const char *unescape(const char *from, size_t length, Arena *arena)
{
    char *text = arena_text(arena, from, length);
    size_t at = 0;
    if (text == NULL)
        return NULL;
    for (size_t i = 0; i < length; i++) {
        char byte = from[i];
        if (byte == '\\' && i + 1 < length) {
            byte = from[++i];
            byte = byte == 't' ? '\t' : byte == 'n' ? '\n' : byte;
        }
        text[at++] = byte;
    }
    text[at] = '\0';
    return text;
}

/* Reads the next line; its word is NULL behind the last. A line without its end was cut short. */
static Status read_line(PartReader *reader)
{
    const char *end = reader->text->bytes + reader->text->length;
    reader->word = NULL;
    reader->field_count = 0;
    if (reader->next == end)
        return STATUS_OK;
    reader->line++;
    reader->begin = reader->next;
    const char *stop = memchr(reader->next, '\n', (size_t)(end - reader->next));
    if (stop == NULL || memchr(reader->next, '\0', (size_t)(stop - reader->next)) != NULL)
        return damaged(reader, _("it ends within a line, or holds bytes that are no text"));
    for (const char *from = reader->next; from <= stop;) {
        const char *tab = memchr(from, '\t', (size_t)(stop - from));
        const char *to = tab != NULL ? tab : stop;
        const char *field = unescape(from, (size_t)(to - from), reader->arena);
        TRY_NEW(field);
        if (reader->word == NULL)
            reader->word = field;
        else if (reader->field_count < PART_FIELDS_MOST)
            reader->fields[reader->field_count++] = field;
        else
            return damaged(reader, _("a line has too many fields"));
        from = to + 1;
    }
    reader->next = stop + 1;
    return STATUS_OK;
}

static bool is_line(const PartReader *reader, const char *word, size_t fields)
{
    return reader->word != NULL && strcmp(reader->word, word) == 0 && reader->field_count == fields;
}

static bool take_number(const char *text, int64_t least, int64_t most, int64_t *out)
{
    char *end;
    long long value = strtoll(text, &end, 10);
    if (end == text || *end != '\0' || value < least || value > most)
        return false;
    *out = value;
    return true;
}

/* The 16 hex digits that put_double() writes. */
static bool take_double(const char *text, double *out)
{
    uint64_t bits = 0;
    if (strlen(text) != 16 || strspn(text, "0123456789abcdef") != 16)
        return false;
    for (; *text != '\0'; text++)
        bits = bits << 4 | (uint64_t)(*text <= '9' ? *text - '0' : *text - 'a' + 10);
    memcpy(out, &bits, sizeof bits);
    return isfinite(*out);
}

/* One more object in a list; NULL without memory. */
static void *add_to(Arena *arena, void *list, size_t *count, size_t size)
{
    size_t room = *count;
    if (room == 0 || (room >= FIRST_ROOM && (room & (room - 1)) == 0))
        list = arena_grow(arena, list, room, room == 0 ? FIRST_ROOM : 2 * room, size);
    if (list != NULL)
        (*count)++;
    return list;
}

#define ADD_TO(reader, list, count)                                                                \
    (*(list) = add_to((reader)->arena, *(list), (count), sizeof **(list)))

/* ---- the head ------------------------------------------------------------------------------- */

static Status take_currency(PartReader *reader, const char *code, Unit *unit)
{
    int places = currency_places(code);
    if (places < 0)
        return damaged(reader, _("a currency is not known"));
    *unit = (Unit){.name = code, .is_money = true, .places = places};
    return STATUS_OK;
}

static Status take_day(PartReader *reader, const char *text, Date *day)
{
    *day = DATE_NONE;
    if (*text != '\0' && date_read(text, day) != DATE_READ)
        return damaged(reader, _("a day is not one"));
    return STATUS_OK;
}

static Status take_round(PartReader *reader)
{
    Sweep *sweep = reader->sweep;
    Settings *settings = &sweep->round->settings;
    settings->title = reader->fields[0];
    settings->round = reader->fields[1];
    TRY(take_day(reader, reader->fields[2], &settings->start));
    TRY(take_day(reader, reader->fields[3], &settings->end));
    TRY(take_currency(reader, reader->fields[4], &sweep->round->currency));
    settings->currency = reader->fields[4];
    sweep->marking = reader->fields[5];
    sweep->created = reader->fields[6];
    return STATUS_OK;
}

/** The title as its reader's language marks it. */
static const char *shown_title(PartReader *reader, const char *title)
{
    if (strncmp(title, SWEEP_RESTRICTED, strlen(SWEEP_RESTRICTED)) != 0)
        return title;
    return arena_printf(reader->arena, _("[restricted] %s"), title + strlen(SWEEP_RESTRICTED));
}

static Status take_head_line(PartReader *reader)
{
    Sweep *sweep = reader->sweep;
    if (is_line(reader, SWEEP_FACT, 2)) {
        TRY_NEW(ADD_TO(reader, &sweep->facts, &sweep->fact_count));
        sweep->facts[sweep->fact_count - 1] = (SweepFact){reader->fields[0], reader->fields[1]};
    } else if (is_line(reader, SWEEP_ROUND, 7)) {
        return take_round(reader);
    } else if (is_line(reader, SWEEP_NEED, 3)) {
        TRY_NEW(ADD_TO(reader, &sweep->needs, &sweep->need_count));
        const char *title = shown_title(reader, reader->fields[1]);
        TRY_NEW(title);
        sweep->needs[sweep->need_count - 1] =
            (SweepNeed){reader->fields[0], title, reader->fields[2]};
    } else if (is_line(reader, SWEEP_OFFER, 2)) {
        TRY_NEW(ADD_TO(reader, &sweep->offers, &sweep->offer_count));
        sweep->offers[sweep->offer_count - 1] = (SweepOffer){reader->fields[0], reader->fields[1]};
    } else if (is_line(reader, SWEEP_CASE, 2)) {
        TRY_NEW(ADD_TO(reader, &sweep->cases, &sweep->case_count));
        sweep->cases[sweep->case_count - 1] =
            (SweepCase){.name = {reader->fields[0], reader->fields[1]}};
    } else {
        return damaged(reader, _("a line of its head cannot be read"));
    }
    return STATUS_OK;
}

static Status take_first(PartReader *reader)
{
    if (!part_begins(reader->text))
        return part_is_none(reader->text, reader->diag);
    TRY(read_line(reader));
    if (!is_line(reader, SWEEP_FIRST, 2))
        return damaged(reader, _("its first line cannot be read"));
    if (strcmp(reader->fields[0], SWEEP_FORMAT) != 0)
        return damaged(reader, _("another version of the program wrote it"));
    for (int kind = SWEEP_SCENARIOS; kind <= SWEEP_STRESS; kind++)
        if (strcmp(sweep_kind_text((SweepKind)kind), reader->fields[1]) == 0) {
            reader->sweep->kind = (SweepKind)kind;
            return STATUS_OK;
        }
    return damaged(reader, _("its kind of sweep is not known"));
}

static Status take_number_of_part(PartReader *reader)
{
    int64_t part, parts;
    if (reader->field_count != 2 || !take_number(reader->fields[1], 1, PARTS_MOST, &parts) ||
        !take_number(reader->fields[0], 1, parts, &part))
        return damaged(reader, _("its number cannot be read"));
    reader->part = (size_t)part;
    reader->parts = (size_t)parts;
    return STATUS_OK;
}

Status part_read_head(PartReader *reader)
{
    TRY(take_first(reader));
    for (;;) {
        TRY(read_line(reader));
        if (reader->word == NULL)
            return damaged(reader, _("it ends before its results"));
        if (strcmp(reader->word, SWEEP_PART) == 0)
            break;
        TRY(take_head_line(reader));
    }
    if (reader->sweep->case_count == 0 || reader->sweep->round->currency.name == NULL)
        return damaged(reader, _("its head is not whole"));
    return take_number_of_part(reader);
}

Status part_read_number(PartReader *reader)
{
    TRY(read_line(reader));
    return take_number_of_part(reader);
}

/* ---- results -------------------------------------------------------------------------------- */

/* The result that ends here has to be whole. */
static Status finish_result(PartReader *reader)
{
    const SweepCase *current = reader->current;
    if (current != NULL && current->has_plan && reader->got != reader->sweep->need_count)
        return damaged(reader, _("the result of a case is not whole"));
    return STATUS_OK;
}

static Status begin_result(PartReader *reader)
{
    Sweep *sweep = reader->sweep;
    int64_t index, has_plan;
    TRY(finish_result(reader));
    if (!take_number(reader->fields[0], 0, (int64_t)sweep->case_count - 1, &index) ||
        !take_number(reader->fields[1], 0, 1, &has_plan))
        return damaged(reader, _("a case's number cannot be read"));
    SweepCase *current = &sweep->cases[index];
    if (current->present || (size_t)index % reader->parts + 1 != reader->part)
        return damaged(reader, _("a case is there twice, or in a part that is not its own"));
    current->present = true;
    current->has_plan = has_plan == 1;
    current->outcome = reader->fields[2];
    if (current->has_plan)
        current->needs = ARENA_NEW(reader->arena, sweep->need_count, CaseNeed);
    current->lines = ARENA_NEW(reader->arena, 0, CaseLine);
    TRY_NEW(current->lines);
    if (current->has_plan)
        TRY_NEW(current->needs);
    reader->current = current;
    reader->got = 0;
    return take_currency(reader, reader->fields[3], &current->currency);
}

static Status take_stage(PartReader *reader)
{
    SweepCase *current = reader->current;
    CaseStage stage = {.label = reader->fields[0],
                       .maximise = strcmp(reader->fields[1], "max") == 0,
                       .status = reader->fields[5]};
    if (!take_double(reader->fields[2], &stage.value) ||
        !take_double(reader->fields[3], &stage.bound) ||
        !take_double(reader->fields[4], &stage.gap))
        return damaged(reader, _("a stage cannot be read"));
    TRY_NEW(ADD_TO(reader, &current->stages, &current->stage_count));
    current->stages[current->stage_count - 1] = stage;
    return STATUS_OK;
}

static Status take_got(PartReader *reader)
{
    int64_t figures[14];
    for (size_t i = 0; i < 14; i++)
        if (!take_number(reader->fields[i + 1], INT64_MIN, INT64_MAX, &figures[i]))
            return damaged(reader, _("a need's figures cannot be read"));
    if (reader->current->needs == NULL || reader->got == reader->sweep->need_count ||
        figures[1] < 0 || figures[1] > UNIT_PLACES_MOST || figures[3] < 0 ||
        figures[3] >= NEED_STATES || figures[2] < 0 || figures[2] > INT32_MAX)
        return damaged(reader, _("a need's figures are none"));
    reader->current->needs[reader->got++] =
        (CaseNeed){.unit = {reader->fields[0], figures[0] == 1, (int)figures[1]},
                   .tier = (int)figures[2],
                   .state = (int)figures[3],
                   .quantity = figures[4],
                   .covered = figures[5],
                   .assigned = figures[6],
                   .unmet = figures[7],
                   .has_value = figures[8] == 1,
                   .value_asked = figures[9],
                   .value_covered = figures[10],
                   .value_assigned = figures[11],
                   .value_unmet = figures[12],
                   .value_held = figures[13]};
    return STATUS_OK;
}

static Status take_plan_line(PartReader *reader)
{
    const Sweep *sweep = reader->sweep;
    SweepCase *current = reader->current;
    int64_t need, offer, quantity, has_value, value;
    if (!take_number(reader->fields[0], 0, (int64_t)sweep->need_count - 1, &need) ||
        !take_number(reader->fields[1], 0, (int64_t)sweep->offer_count - 1, &offer) ||
        !take_number(reader->fields[2], 0, INT64_MAX, &quantity) ||
        !take_number(reader->fields[3], 0, 1, &has_value) ||
        !take_number(reader->fields[4], 0, INT64_MAX, &value))
        return damaged(reader, _("an assignment cannot be read"));
    TRY_NEW(ADD_TO(reader, &current->lines, &current->line_count));
    current->lines[current->line_count - 1] =
        (CaseLine){(size_t)need, (size_t)offer, quantity, has_value == 1, value};
    return STATUS_OK;
}

static Status take_result_line(PartReader *reader)
{
    SweepCase *current = reader->current;
    if (is_line(reader, SWEEP_RESULT, 4))
        return begin_result(reader);
    if (current == NULL)
        return damaged(reader, _("a line belongs to no case"));
    if (is_line(reader, SWEEP_FINDING, 1)) {
        TRY_NEW(ADD_TO(reader, &current->findings, &current->finding_count));
        current->findings[current->finding_count - 1] = reader->fields[0];
        return STATUS_OK;
    }
    if (is_line(reader, SWEEP_CHANGE, 5)) {
        const char *const *field = reader->fields;
        TRY_NEW(ADD_TO(reader, &current->changes, &current->change_count));
        current->changes[current->change_count - 1] =
            (CaseChange){field[0], field[1], field[2], field[3], field[4]};
        return STATUS_OK;
    }
    if (is_line(reader, SWEEP_STAGE, 6))
        return take_stage(reader);
    if (is_line(reader, SWEEP_GOT, 15))
        return take_got(reader);
    if (is_line(reader, SWEEP_LINE, 5))
        return take_plan_line(reader);
    return damaged(reader, _("a line cannot be read"));
}

/* A figure changed on the way would otherwise pass for a result. */
static Status check_hash(const PartReader *reader)
{
    Hash *hash = hash_new(reader->arena);
    TRY_NEW(hash);
    hash_add(hash, reader->text->bytes, (size_t)(reader->begin - reader->text->bytes));
    const char *text = hash_text(hash, reader->arena);
    TRY_NEW(text);
    return strcmp(text, reader->fields[0]) == 0
               ? STATUS_OK
               : damaged(reader, _("its bytes are not those that were written"));
}

Status part_read_results(PartReader *reader)
{
    for (;;) {
        TRY(read_line(reader));
        if (reader->word == NULL)
            return damaged(reader, _("its end is missing"));
        if (is_line(reader, SWEEP_END, 1))
            break;
        TRY(take_result_line(reader));
    }
    TRY(finish_result(reader));
    TRY(check_hash(reader));
    if (reader->next != reader->text->bytes + reader->text->length)
        return damaged(reader, _("something stands behind its end"));
    return STATUS_OK;
}
