/* Circles among prerequisites: needs that wait for each other are never served. Found by a walk in
 * depth (iterative: chains can be as long as the table), reported once, with the whole circle.
 */
#include "models/round_internal.h"

#include "allot/language.h"

typedef enum Colour { UNSEEN, OPEN, DONE } Colour;

/** Where the walk stands in one need's prerequisites. */
typedef struct Step {
    int need;
    size_t requirement; /* the next one */
    int member;         /* and the next member of it */
} Step;

typedef struct Walk {
    const Round *round;
    Diag *diag;
    Colour *colour; /* [need_count] */
    Step *steps;    /* [need_count] the path from where the walk began */
    size_t depth;
} Walk;

static void report_circle(const Walk *walk, int need)
{
    const Round *round = walk->round;
    size_t from = 0;
    while (walk->steps[from].need != need)
        from++;
    const char *text = "";
    for (size_t i = from; i < walk->depth && text != NULL; i++) {
        const Need *link = &round->needs[walk->steps[i].need];
        text = arena_printf(round->arena, _("%s%s (row %d), "), text, link->id, link->origin.line);
    }
    diag_add(walk->diag, DIAG_CYCLE, round_place(round, round->needs[need].origin, "requires"),
             "needs require each other in a circle: %s%s; one of them must stop requiring the next",
             text == NULL ? "" : text, round->needs[need].id);
}

static void enter(Walk *walk, int need)
{
    walk->colour[need] = OPEN;
    walk->steps[walk->depth++] =
        (Step){.need = need, .requirement = walk->round->logic.first[need], .member = 0};
}

/** The next need that the path's last one requires, or -1 when there is none left. */
static int next_required(Walk *walk)
{
    const Logic *logic = &walk->round->logic;
    Step *step = &walk->steps[walk->depth - 1];
    while (step->requirement < logic->first[step->need + 1]) {
        const Requirement *requirement = &logic->requirements[step->requirement];
        if (step->member < requirement->count)
            return requirement->any_of[step->member++];
        step->requirement++;
        step->member = 0;
    }
    return -1;
}

Status round_check_circles(Round *round, Diag *diag)
{
    Walk walk = {.round = round,
                 .diag = diag,
                 .colour = ARENA_NEW(round->arena, round->need_count, Colour),
                 .steps = ARENA_NEW(round->arena, round->need_count, Step)};
    TRY_NEW(walk.colour);
    TRY_NEW(walk.steps);
    if (round->logic.requirement_count == 0)
        return STATUS_OK;
    for (size_t n = 0; n < round->need_count; n++) {
        if (walk.colour[n] != UNSEEN)
            continue;
        enter(&walk, (int)n);
        while (walk.depth > 0) {
            int next = next_required(&walk);
            if (next < 0)
                walk.colour[walk.steps[--walk.depth].need] = DONE;
            else if (walk.colour[next] == OPEN)
                report_circle(&walk, next);
            else if (walk.colour[next] == UNSEEN)
                enter(&walk, next);
        }
    }
    return STATUS_OK;
}
