/* Sentences about answers and about what is urgent. */
#include "io/reply_text.h"

#include <string.h>

#include "allot/amount_text.h"
#include "allot/eligibility.h"
#include "allot/language.h"
#include "io/cause_row.h"

/* Lines that an answer's own row lists as moved; every line's row names its answers. */
enum { MOVED_MOST = 8 };

static const char *or_nothing(const char *text)
{
    return text != NULL ? text : "";
}

static const char *amount(const Need *need, int64_t quantity, Arena *arena)
{
    AmountText text = amount_text(need->unit, quantity);
    return or_nothing(need->unit.is_money
                          ? arena_printf(arena, "%s %s", need->unit.name, text.digits)
                          : arena_printf(arena, "%s %s", text.digits, need->unit.name));
}

/** Who gives the need more than before in the place of an offer. */
typedef struct StandIns {
    const char *donor; /* of the offer, as people know it */
    int64_t own;       /* more, from other offers of the same donor */
    int64_t others;
} StandIns;

static StandIns stand_ins(const Round *round, const Plan *plan, int need, int offer)
{
    const char *donor = round->offers[offer].donor;
    StandIns more = {.donor = cause_donor(round, donor)};
    for (size_t i = 0; i < plan->assignment_count; i++) {
        const Assignment *line = &plan->assignments[i];
        int64_t before = plan_line_before(round, need, line->offer);
        if (line->need != need || line->offer == offer || line->quantity <= before)
            continue;
        if (strcmp(round->offers[line->offer].donor, donor) == 0)
            more.own += line->quantity - before;
        else
            more.others += line->quantity - before;
    }
    return more;
}

/** " EUR 40.00 of N-1 is unmet." */
static const char *rest_text(const Need *need, int64_t unmet, Arena *arena)
{
    return or_nothing(unmet == 0 ? arena_printf(arena, _(" %s is met in full."), need->id)
                                 : arena_printf(arena, _(" %s of %s is unmet."),
                                                amount(need, unmet, arena), need->id));
}

/** " Others give N-1 EUR 60.00 more", " Germany gives N-1 EUR 60.00 more from another offer". */
static const char *more_text(const Need *need, StandIns more, Arena *arena)
{
    const char *own = amount(need, more.own, arena), *others = amount(need, more.others, arena);
    if (more.own == 0)
        return or_nothing(arena_printf(arena, _(" Others give %s %s more"), need->id, others));
    if (more.others == 0)
        return or_nothing(arena_printf(arena, _(" %s gives %s %s more from another offer"),
                                       more.donor, need->id, own));
    return or_nothing(arena_printf(arena, _(" %s gives %s %s more from another offer, others %s"),
                                   more.donor, need->id, own, others));
}

/** " Others give it EUR 60.00 more; EUR 40.00 of it is unmet." Who stands in only the plan before tells. */
static const char *need_text(const Round *round, const Plan *plan, int need, int offer,
                             Arena *arena)
{
    const Need *row = &round->needs[need];
    int64_t unmet = plan->needs[need].unmet;
    if (!round->has_previous)
        return rest_text(row, unmet, arena);
    StandIns more = stand_ins(round, plan, need, offer);
    bool any = more.own > 0 || more.others > 0;
    if (unmet == 0)
        return any ? or_nothing(arena_printf(arena, _("%s; it is met in full."),
                                             more_text(row, more, arena)))
                   : rest_text(row, unmet, arena);
    if (any)
        return or_nothing(arena_printf(arena, _("%s; %s of it is unmet."),
                                       more_text(row, more, arena), amount(row, unmet, arena)));
    return or_nothing(arena_printf(arena, _(" Nobody stands in; %s of %s is unmet."),
                                   amount(row, unmet, arena), row->id));
}

/** What a proposal comes to: for planners to decide. */
static const char *proposal_text(const Round *round, const Reply *reply, Arena *arena)
{
    if (reply->decision != REPLY_PROPOSE || reply->other_need < 0)
        return "";
    BarCheck check = eligibility_bar(round, reply->other_need, reply->offer).check;
    const char *may = check == BAR_NOTHING ? _("may serve it") : bar_text(check);
    return or_nothing(arena_printf(arena, _(" Planners decide on %s instead: %s %s."),
                                   round->needs[reply->other_need].id,
                                   round->offers[reply->offer].id, may));
}

/** Does the line's cause name the answer? */
static bool names_answer(const Effect *effect, int index)
{
    for (int i = 0; i < effect->reply_count; i++)
        if (effect->replies[i] == index)
            return true;
    return false;
}

/** The lines of this cause that the answer moved: "N-2 from O-2, N-4 from O-2"; "" for none. */
static const char *moved_by(const Round *round, const Effects *effects, int index,
                            EffectCause cause, Arena *arena)
{
    const char *list = "";
    int told = 0;
    for (size_t i = 0; i < effects->count; i++) {
        const Effect *effect = &effects->rows[i];
        if (effect->cause != cause || !names_answer(effect, index))
            continue;
        if (told++ < MOVED_MOST)
            list = or_nothing(arena_printf(arena, _("%s%s%s from %s"), list,
                                           *list == '\0' ? "" : ", ", round->needs[effect->need].id,
                                           round->offers[effect->offer].id));
    }
    if (told > MOVED_MOST)
        list = or_nothing(arena_printf(arena, _("%s and %d more"), list, told - MOVED_MOST));
    return list;
}

static bool was_asked(const Effects *effects)
{
    for (size_t i = 0; i < effects->count; i++)
        if (effects->rows[i].cause == EFFECT_OPEN)
            return false;
    return true;
}

/** The lines that the answer alone, or with others, moved. */
static const char *moved_wholly(const Round *round, const Effects *effects, int index, bool in_part,
                                Arena *arena)
{
    const char *alone = moved_by(round, effects, index, EFFECT_ALONE, arena);
    const char *together = moved_by(round, effects, index, EFFECT_TOGETHER, arena);
    if (*alone == '\0' && *together == '\0')
        return in_part || round->replies->rows[index].decision == REPLY_AGREE
                   ? ""
                   : _(" It moved no line that nobody answered.");
    if (*together == '\0')
        return or_nothing(arena_printf(arena, _(" It moved %s."), alone));
    if (*alone == '\0')
        return or_nothing(arena_printf(arena, _(" With other answers it moved %s."), together));
    return or_nothing(
        arena_printf(arena, _(" It moved %s, and with other answers %s."), alone, together));
}

/** What a new answer did to lines that nobody answered; "" where nobody asked. */
static const char *did_text(const Round *round, const Plan *plan, int index, Arena *arena)
{
    const Effects *effects = plan->answers.effects;
    if (effects == NULL || !was_asked(effects) || round->replies->rows[index].carried)
        return "";
    const char *part = moved_by(round, effects, index, EFFECT_PART, arena);
    const char *wholly = moved_wholly(round, effects, index, *part != '\0', arena);
    if (*part == '\0')
        return wholly;
    part = or_nothing(arena_printf(arena, _(" In part it moved %s."), part));
    return or_nothing(arena_printf(arena, "%s%s", wholly, part));
}

/** What became of the answer itself. */
static const char *became_text(const Round *round, const Plan *plan, size_t index, Arena *arena)
{
    const Reply *reply = &round->replies->rows[index];
    const Need *need = &round->needs[reply->need];
    const char *first = or_nothing(
        reply->carried ? arena_printf(arena, _("Answered in turn %d. "), reply->turn) : "");
    const char *rest = need_text(round, plan, reply->need, reply->offer, arena);
    switch (reply->decision) {
    case REPLY_AGREE:
        return or_nothing(
            arena_printf(arena, _("%sStays at %s."), first, amount(need, reply->agreed, arena)));
    case REPLY_LESS:
        return or_nothing(arena_printf(arena, _("%sFixed at %s, which is %s less.%s"), first,
                                       amount(need, reply->agreed, arena),
                                       amount(need, reply->planned - reply->agreed, arena), rest));
    case REPLY_DECLINE:
    case REPLY_PROPOSE:
        return or_nothing(arena_printf(arena, _("%s%s is not given.%s%s"), first,
                                       amount(need, reply->planned, arena), rest,
                                       proposal_text(round, reply, arena)));
    case REPLY_DECISION_COUNT: break;
    }
    return "";
}

AnswerText reply_text(const Round *round, const Plan *plan, size_t index, Arena *arena)
{
    const char *became = became_text(round, plan, index, arena);
    const char *did = did_text(round, plan, (int)index, arena);
    return (AnswerText){.numbers = or_nothing(arena_printf(arena, "%zu", index + 1)),
                        .stands = true,
                        .detail = or_nothing(arena_printf(arena, "%s%s", became, did))};
}

/* ---- what moved ------------------------------------------------------------------------------- */

static const char *moved_text(const Round *round, const Effect *effect, Arena *arena)
{
    const Need *need = &round->needs[effect->need];
    if (effect->before == 0)
        return or_nothing(arena_printf(arena, _("New: %s"), amount(need, effect->now, arena)));
    if (effect->now == 0)
        return or_nothing(
            arena_printf(arena, _("Gone: was %s"), amount(need, effect->before, arena)));
    return or_nothing(arena_printf(
        arena, _("%s: from %s to %s"), effect->now > effect->before ? _("More") : _("Less"),
        amount(need, effect->before, arena), amount(need, effect->now, arena)));
}

/** "1, 3 and 4" */
static const char *numbers(const Effect *effect, const char *last, Arena *arena)
{
    const char *text = "";
    for (int i = 0; i < effect->reply_count; i++) {
        const char *between = i == 0 ? "" : i + 1 < effect->reply_count ? ", " : last;
        text = or_nothing(arena_printf(arena, "%s%s%d", text, between, effect->replies[i] + 1));
    }
    return text;
}

const char *effect_answers(const Effect *effect, Arena *arena)
{
    const char *text = "";
    for (int i = 0; i < effect->reply_count; i++)
        text = or_nothing(
            arena_printf(arena, "%s%s%d", text, i == 0 ? "" : ";", effect->replies[i] + 1));
    return text;
}

/** Answers did a part of it. */
static const char *part_text(const Round *round, const Effect *effect, const char *moved,
                             Arena *arena)
{
    const char *list = numbers(effect, _(" and "), arena);
    const char *answers =
        or_nothing(effect->reply_count == 1 ? arena_printf(arena, _("answer %s"), list)
                                            : arena_printf(arena, _("answers %s"), list));
    if (round->has_urgent)
        return or_nothing(arena_printf(
            arena,
            _("%s, in part because of %s; besides, %s is served first, the round has changed "
              "since the plan before, or a tier is met better."),
            moved, answers, round->needs[round->urgent].id));
    return or_nothing(arena_printf(arena,
                                   _("%s, in part because of %s; besides, the round has changed "
                                     "since the plan before, or a tier is met better."),
                                   moved, answers));
}

/** " Germany had agreed to EUR 60.00 in turn 1 and is asked again." */
static const char *asked_text(const Round *round, const Reply *reply, int64_t now, Arena *arena)
{
    return or_nothing(arena_printf(
        arena,
        now > 0 ? _(" %s had agreed to %s in turn %d and is asked again.")
                : _(" %s had agreed to %s in turn %d, of which nothing is asked any more."),
        cause_donor(round, reply->author), amount(&round->needs[reply->need], reply->agreed, arena),
        reply->turn));
}

/** The same of a line that was agreed and gives way in this plan, else "". */
static const char *reopened_text(const Round *round, const Effect *effect, Arena *arena)
{
    const Reply *reply = replies_find(round->reopened, effect->need, effect->offer);
    bool gives = reply != NULL && round->has_urgent && effect->before == reply->agreed &&
                 effect->now < effect->before;
    return gives ? asked_text(round, reply, effect->now, arena) : "";
}

/** Neither an answer nor a free choice. */
static const char *other_text(const Round *round, const Effect *effect, const char *moved,
                              Arena *arena)
{
    const char *reopened = reopened_text(round, effect, arena);
    if (*reopened != '\0')
        return or_nothing(arena_printf(arena,
                                       _("%s, because %s is served first, which is urgent.%s"),
                                       moved, round->needs[round->urgent].id, reopened));
    if (round->has_urgent && effect->need == round->urgent && effect->now > effect->before)
        return or_nothing(arena_printf(arena, _("%s, for the urgent need."), moved));
    if (round->has_urgent)
        return or_nothing(arena_printf(
            arena,
            _("%s, not because of an answer: %s is served first, the round has changed since "
              "the plan before, or a tier is met better."),
            moved, round->needs[round->urgent].id));
    return or_nothing(arena_printf(arena,
                                   _("%s, not because of an answer: the round has changed "
                                     "since the plan before, or a tier "
                                     "is met better."),
                                   moved));
}

const char *effect_text(const Round *round, const Effect *effect, Arena *arena)
{
    const char *moved = moved_text(round, effect, arena);
    switch (effect->cause) {
    case EFFECT_ALONE:
        if (effect->reply_count == 1)
            return or_nothing(arena_printf(arena, _("%s, because of answer %d alone."), moved,
                                           effect->replies[0] + 1));
        return or_nothing(arena_printf(
            arena, _("%s, because of answers %s: without either the line stands as it was."), moved,
            numbers(effect, _(" and "), arena)));
    case EFFECT_TOGETHER:
        return or_nothing(arena_printf(arena, _("%s, because of answers %s together."), moved,
                                       numbers(effect, _(" and "), arena)));
    case EFFECT_FREE:
        return or_nothing(arena_printf(
            arena,
            effect->unproven
                ? _("%s, by a free choice as far as is known: with what it was every stage would "
                    "be "
                    "as good as in this plan, but not every stage was decided to its end.")
                : _("%s, by a free choice: with what it was every stage would be as good."),
            moved));
    case EFFECT_PART: return part_text(round, effect, moved, arena);
    case EFFECT_OTHER: return other_text(round, effect, moved, arena);
    case EFFECT_OPEN: break;
    }
    return or_nothing(arena_printf(arena,
                                   _("%s; why was not asked: the round is too large for it, or "
                                     "--explain none was given."),
                                   moved));
}

/** Does the urgent need have more than before of what this offer is paid out of? */
static bool goes_to_urgent(const Round *round, const Plan *plan, int offer)
{
    for (size_t i = 0; i < plan->assignment_count; i++) {
        const Assignment *line = &plan->assignments[i];
        if (line->need == round->urgent &&
            round->offers[line->offer].root == round->offers[offer].root &&
            line->quantity > plan_line_before(round, line->need, line->offer))
            return true;
    }
    return false;
}

/** A line that moved for the urgent need and because of something else. */
static const char *together_text(const Round *round, const Effect *line, const char *moved,
                                 const char *stands, Arena *arena)
{
    const char *urgent = round->needs[round->urgent].id;
    const Effect *found = line->found;
    if (line->untold)
        return or_nothing(arena_printf(arena, _("%s, in part for %s.%s"), moved, urgent, stands));
    if (found == NULL || found->reply_count == 0)
        return or_nothing(arena_printf(
            arena, _("%s, for %s and because the round has changed since the plan before.%s"),
            moved, urgent, stands));
    if (found->reply_count == 1)
        return or_nothing(arena_printf(arena, _("%s, for %s and because of answer %d.%s"), moved,
                                       urgent, found->replies[0] + 1, stands));
    return or_nothing(arena_printf(arena, _("%s, for %s and because of answers %s.%s"), moved,
                                   urgent, numbers(found, _(" and "), arena), stands));
}

/** A line of another need that gave way. */
static const char *gave_way_text(const Round *round, const Plan *plan, const Effect *line,
                                 const char *moved, const char *stands, Arena *arena)
{
    const char *urgent = round->needs[round->urgent].id;
    if (line->cause == EFFECT_TOGETHER)
        return together_text(round, line, moved, stands, arena);
    return or_nothing(arena_printf(
        arena, "%s, %s.%s", moved,
        goes_to_urgent(round, plan, line->offer)
            ? or_nothing(arena_printf(arena, _("which %s gives %s instead"),
                                      round->offers[line->offer].id, urgent))
            : or_nothing(arena_printf(arena, _("so that others can serve %s"), urgent)),
        stands));
}

/** What moved, and why. */
static const char *why_text(const Round *round, const Plan *plan, const Effect *line, Arena *arena)
{
    const char *urgent = round->needs[round->urgent].id;
    const char *moved = moved_text(round, line, arena);
    bool is_less = line->now < line->before;
    const char *stands = is_less ? need_text(round, plan, line->need, line->offer, arena) : "";
    if (line->answered)
        return or_nothing(arena_printf(arena, _("%s, as answer %d says.%s"), moved,
                                       line->replies[0] + 1, stands));
    if (effect_is_explained(line))
        return or_nothing(
            arena_printf(arena, "%s%s", effect_text(round, line->found, arena), stands));
    if (line->untold && line->cause == EFFECT_OTHER)
        return or_nothing(arena_printf(arena, "%s.%s", moved, stands));
    if (line->need == round->urgent)
        return is_less ? or_nothing(arena_printf(arena, "%s.%s", moved, stands))
                       : or_nothing(arena_printf(arena, _("%s, for the urgent need."), moved));
    if (line->cause == EFFECT_OTHER)
        return or_nothing(arena_printf(
            arena,
            line->found != NULL /* there are answers */
                ? _("%s, not because of %s or of an answer: the round has changed since the plan "
                    "before, or a tier is met better.%s")
                : _("%s, not because of %s: the round has changed since the plan before.%s"),
            moved, urgent, stands));
    if (!is_less)
        return or_nothing(arena_printf(arena, _("%s, from what was free."), moved));
    return gave_way_text(round, plan, line, moved, stands, arena);
}

AnswerText reply_open_text(const Round *round, const Plan *plan, const Reply *reply, Arena *arena)
{
    const Effects *effects = plan->answers.effects;
    const char *asked =
        asked_text(round, reply, plan_line_now(plan, reply->need, reply->offer), arena);
    for (size_t i = 0; effects != NULL && i < effects->count; i++) {
        const Effect *effect = &effects->rows[i];
        if (effect->need != reply->need || effect->offer != reply->offer)
            continue;
        const char *why = effect_text(round, effect, arena);
        if (strstr(why, asked) == NULL)
            why = or_nothing(arena_printf(arena, "%s%s", why, asked));
        return (AnswerText){.numbers = effect_answers(effect, arena), .detail = why};
    }
    return (AnswerText){.numbers = "", .detail = *asked == ' ' ? asked + 1 : asked};
}

const char *urgent_text(const Round *round, const Plan *plan, const Effect *line, Arena *arena)
{
    return or_nothing(arena_printf(arena, "%s%s", why_text(round, plan, line, arena),
                                   reopened_text(round, line, arena)));
}
