/* Cents that go the long way round. A floor that lacks a cent, with every offer of its lines full, is
 * given one of another line; what that line's need then lacks under a floor of its own comes from a third,
 * and so on, until a line is reached that can spare it. So is a need that the program meets in full and
 * rounding left short: there no need of its tier or of one before may lack the cent instead. Nor may ever
 * one that is met in full and for which another waits.
 * The shortest such chain is looked for, by iterative deepening: R. E. Korf, "Depth-first
 * iterative-deepening", Artificial Intelligence 27 (1985).
 * A line moves once in a chain; none is opened, none closed.
 */
#include "models/plan_internal.h"

/* Lines of the longest chain, rules that one line may break, and steps tried for one exchange. */
enum { MOVES_MOST = 8, BREAKS_MOST = 6, TRIES_MOST = 50000 };

/* Steps by which one line moves: small units, dearer ones' cents. What a rule lacks beyond so many of its
 * smallest parts was not lost by rounding. */
enum { STEPS_MOST = 256, LACK_MOST = 64 };

/** A rule and the slack that it must not be below, or a need and the amount. */
typedef struct Goal {
    bool of_need;
    size_t index; /* of the rule, of the need */
    int64_t least;
} Goal;

typedef struct Exchange {
    Extract *e;
    int pair[MOVES_MOST]; /* lines moved, and what they were */
    int64_t before[MOVES_MOST];
    int moves, most; /* made; allowed */
    int64_t tries;
    int guarded; /* tiers up to this one lose nothing; 0: none is guarded */
} Exchange;

static int64_t level_of(const Exchange *x, const Goal *goal)
{
    return goal->of_need ? extract_given_to(x->e, goal->index)
                         : rule_book_slack(&x->e->book, goal->index);
}

/** The k-th rule that the pair's line moves: its own, then those of shares; *index false at the end. */
static bool rule_moved(const RuleBook *book, int pair, size_t k, size_t *index)
{
    size_t own = book->first[pair + 1] - book->first[pair];
    if (k >= own + book->share_rule_count)
        return false;
    *index = (size_t)(k < own ? book->rule_of[book->first[pair] + k] : book->share_rules[k - own]);
    return true;
}

static Status take_back(Exchange *x, int to)
{
    while (x->moves > to) {
        x->moves--;
        TRY(rule_book_set(&x->e->book, x->pair[x->moves], x->before[x->moves]));
    }
    return STATUS_OK;
}

static bool was_moved(const Exchange *x, int pair)
{
    for (int k = 0; k < x->moves; k++)
        if (x->pair[k] == pair)
            return true;
    return false;
}

/** May the line have this, by itself and by its need? */
static bool may_have(const Exchange *x, int pair, int64_t quantity)
{
    const Pair *row = &x->e->form->pairs->pairs[pair];
    const Need *need = &x->e->form->round->needs[row->need];
    int64_t more = quantity - x->e->book.quantity[pair];
    int64_t given = extract_given_to(x->e, (size_t)row->need);
    if (quantity <= 0 || quantity < row->lower || quantity > row->upper)
        return false;
    return more < 0 || given <= need->wanted - more;
}

/** Moves the line by as few steps as bring the goal to its level; *moved: it came there. */
static Status move_line(Exchange *x, const Goal *goal, int pair, int direction, bool *moved)
{
    RuleBook *book = &x->e->book;
    int64_t before = book->quantity[pair];
    *moved = false;
    for (int64_t steps = 1; steps <= STEPS_MOST && !*moved; steps *= 2) {
        int64_t quantity = before + direction * steps * extract_step_of(x->e, pair);
        x->tries++;
        TRY(rule_book_set(book, pair, before));
        if (!may_have(x, pair, quantity))
            return STATUS_OK;
        TRY(rule_book_set(book, pair, quantity));
        *moved = level_of(x, goal) >= goal->least;
    }
    if (!*moved)
        return rule_book_set(book, pair, before);
    x->pair[x->moves] = pair;
    x->before[x->moves++] = before;
    return STATUS_OK;
}

/** Is what the last move took of a need to be made good? Of a guarded one, of which one that the program
 *  itself leaves short by more than cents lacks no less than before; and of one met in full for which
 *  another waits. */
static bool is_owed(const Exchange *x, Goal *goal)
{
    const Extract *e = x->e;
    int pair = x->pair[x->moves - 1], need = e->form->pairs->pairs[pair].need;
    const Need *row = &e->form->round->needs[need];
    int64_t given = extract_given_to(e, (size_t)need);
    *goal = (Goal){true, (size_t)need, given + x->before[x->moves - 1] - e->book.quantity[pair]};
    return given < goal->least && (row->tier <= x->guarded ||
                                   (goal->least >= row->wanted && extract_is_required(e, need)));
}

/** What the last move broke, or made worse. Not *fit when that is too much. */
static Status list_broken(Exchange *x, Goal *goals, int *count, bool *fit)
{
    RuleBook *book = &x->e->book;
    int pair = x->pair[x->moves - 1];
    int64_t now = book->quantity[pair];
    int64_t slack[BREAKS_MOST];
    size_t rule;
    Goal owed;
    *count = 0;
    *fit = true;
    for (size_t k = 0; *fit && rule_moved(book, pair, k, &rule); k++) {
        int64_t after = rule_book_slack(book, rule);
        if (after >= 0)
            continue;
        *fit = *count < BREAKS_MOST;
        if (*fit) {
            slack[*count] = after;
            goals[(*count)++].index = rule;
        }
    }
    bool owes = is_owed(x, &owed);
    *fit = *fit && *count + owes <= BREAKS_MOST;
    if (*fit && *count > 0) {
        TRY(rule_book_set(book, pair, x->before[x->moves - 1]));
        int kept = 0;
        for (int k = 0; k < *count; k++) {
            int64_t had = rule_book_slack(book, goals[k].index);
            if (had > slack[k])
                goals[kept++] = (Goal){false, goals[k].index, had < 0 ? had : 0};
        }
        *count = kept;
        TRY(rule_book_set(book, pair, now));
    }
    if (*fit && owes)
        goals[(*count)++] = owed;
    return STATUS_OK;
}

static Status reach(Exchange *x, const Goal *goal, bool *reached);

/** One line moved towards the goal, and what that breaks put right by others; else all as it was. */
static Status try_line(Exchange *x, const Goal *goal, int pair, int direction, bool *reached)
{
    Goal broken[BREAKS_MOST];
    int count, mark = x->moves;
    bool fit;
    if (!extract_is_money(x->e, pair) || x->e->book.quantity[pair] == 0 || was_moved(x, pair))
        return STATUS_OK;
    TRY(move_line(x, goal, pair, direction, reached));
    if (!*reached)
        return STATUS_OK;
    TRY(list_broken(x, broken, &count, &fit));
    *reached = fit && x->moves + count <= x->most;
    for (int k = 0; k < count && *reached; k++)
        TRY(reach(x, &broken[k], reached));
    return *reached ? STATUS_OK : take_back(x, mark);
}

/** The need's money lines, in their order. */
static Status raise_need(Exchange *x, const Goal *goal, bool *reached)
{
    const PairSet *pairs = x->e->form->pairs;
    size_t end = pairs->first[goal->index + 1];
    for (size_t p = pairs->first[goal->index]; p < end && !*reached && x->tries < TRIES_MOST; p++)
        TRY(try_line(x, goal, (int)p, 1, reached));
    return STATUS_OK;
}

/** Brings the goal to its level within the moves that are left: cents are taken from the latest tier
 *  first, and in it from the last ids. */
static Status reach(Exchange *x, const Goal *goal, bool *reached)
{
    *reached = level_of(x, goal) >= goal->least;
    if (*reached || x->moves >= x->most)
        return STATUS_OK;
    if (goal->of_need)
        return raise_need(x, goal, reached);
    const Rule *rule = &x->e->form->rules->rules[goal->index];
    bool lowers = rule->form == FORM_BOUND && rule->has_upper;
    if (rule->form == FORM_AT_MOST)
        return STATUS_OK;
    for (size_t k = 0; !lowers && k < rule->count && !*reached && x->tries < TRIES_MOST; k++)
        TRY(try_line(x, goal, rule->pairs[k], 1, reached));
    for (int tier = x->e->last_tier; lowers && tier > 0; tier--)
        for (size_t k = rule->count; k-- > 0 && !*reached && x->tries < TRIES_MOST;)
            if (extract_tier_of(x->e, rule->pairs[k]) == tier)
                TRY(try_line(x, goal, rule->pairs[k], -1, reached));
    return STATUS_OK;
}

static Status deepen(Exchange *x, const Goal *goal, bool *reached)
{
    *reached = false;
    for (x->most = 1; x->most <= MOVES_MOST && !*reached && x->tries < TRIES_MOST; x->most++) {
        x->moves = 0;
        TRY(reach(x, goal, reached));
    }
    return STATUS_OK;
}

Status extract_exchange(Extract *e, size_t index)
{
    Exchange x = {.e = e};
    const Rule *rule = &e->form->rules->rules[index];
    bool reached = rule->form == FORM_BOUND && rule_book_slack(&e->book, index) >= -LACK_MOST;
    while (reached && rule_book_slack(&e->book, index) < 0) {
        Goal goal = {false, index, rule_book_slack(&e->book, index) + 1};
        TRY(deepen(&x, &goal, &reached));
    }
    return STATUS_OK;
}

Status extract_fill(Extract *e, size_t need)
{
    const Need *row = &e->form->round->needs[need];
    Exchange x = {.e = e, .guarded = row->tier};
    bool reached = true;
    for (int64_t given = extract_given_to(e, need); reached && given < row->wanted;
         given = extract_given_to(e, need)) {
        Goal goal = {true, need, given + row->step};
        TRY(deepen(&x, &goal, &reached));
    }
    return STATUS_OK;
}
