/* Rows beside the class network. What a plan gives a need, in value, is a real flow; sizes at the left
 * of a row are rounded up and those at the right down, so that no plan breaks one.
 */
#include "allot/side_choices.h"
#include "models/side_internal.h"

#include <string.h>

/* A row is broken by more than this share of what the need wants. */
static const double BROKEN = 1e-4;

/* ---- figures -------------------------------------------------------------------------------- */

static int64_t smaller(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/** What the offer, those it is paid out of and the donor's budget let through. */
static int64_t passes_at_most(const Round *relaxed, size_t o)
{
    int64_t most = NETWORK_NO_LIMIT;
    for (int link = (int)o; link >= 0; link = relaxed->offers[link].parent_row)
        if (relaxed->offers[link].quantity_known)
            most = smaller(most, relaxed->offers[link].quantity);
    int donor = relaxed->offers[relaxed->offers[o].root].donor_row;
    if (donor >= 0 && relaxed->donors[donor].has_budget)
        most = smaller(most, relaxed->donors[donor].budget);
    return most;
}

Status side_rules_init(const Formulation *form, const Round *relaxed, Arena *arena,
                       SideRules *rules)
{
    size_t most = SIDES_MOST * (form->round->logic.requirement_count + relaxed->offer_count + 1);
    *rules = (SideRules){.form = form, .relaxed = relaxed, .arena = arena, .most_moves = most};
    rules->offer_most = ARENA_NEW(arena, relaxed->offer_count, int64_t);
    rules->moves = ARENA_NEW(arena, most, SideMove);
    TRY_NEW(rules->offer_most);
    TRY_NEW(rules->moves);
    for (size_t o = 0; o < relaxed->offer_count; o++)
        rules->offer_most[o] = passes_at_most(relaxed, o);
    return STATUS_OK;
}

/** Value of all the need still wants. */
static int64_t need_most(const SideRules *r, int need)
{
    return r->relaxed->needs[need].wanted;
}

/** Value of what the need gets at least when it gets anything; 0: less than a minor unit. */
int64_t side_need_least(const SideRules *r, int need)
{
    const Need *row = &r->form->round->needs[need];
    int64_t least;
    return ratio_apply(row->least, row->value, ROUND_DOWN, &least) ? least : 0;
}

/** Can the need get all that it wants? */
static bool can_be_full(const SideRules *r, int need)
{
    int unmet = r->form->unmet_column[need];
    return unmet >= 0 && r->form->lp.lower[unmet] <= 0 && r->form->round->needs[need].wanted > 0;
}

int64_t side_need_full(const SideRules *r, int need)
{
    const Need *row = &r->form->round->needs[need];
    int64_t full;
    return can_be_full(r, need) && ratio_apply(row->wanted, row->value, ROUND_DOWN, &full) ? full
                                                                                           : 0;
}

bool side_is_all_or_nothing(const SideRules *r, int need)
{
    const Need *row = &r->form->round->needs[need];
    return row->least > row->step && side_need_least(r, need) > 0;
}

/** What can go over a pair at most. */
static int64_t pair_most(const SideRules *r, int need, int offer)
{
    int pair = pair_set_find(r->form->pairs, need, offer);
    int64_t most = smaller(need_most(r, need), r->offer_most[offer]), own;
    if (pair >= 0 && ratio_apply(r->form->pairs->pairs[pair].upper,
                                 r->form->round->needs[need].value, ROUND_UP, &own))
        most = smaller(most, own);
    return most;
}

int64_t side_pair_least(const SideRules *r, int need, int offer)
{
    int64_t ticket = r->form->round->offers[offer].min_ticket, least;
    Ratio use, value;
    if (ticket <= 1 || !plan_use(r->form->round, need, offer, &use) ||
        !ratio_divide(r->form->round->needs[need].value, use, &value))
        return 0;
    /* a line's use that does not come out whole is rounded: it may be a part less */
    return ratio_apply(use.den == 1 ? ticket : ticket - 1, value, ROUND_DOWN, &least) ? least : 0;
}

/** The one requirement that asks nothing: somebody in it is covered in full elsewhere. */
bool side_is_met_already(const SideRules *r, const Requirement *requirement)
{
    for (int k = 0; k < requirement->count; k++) {
        const Need *need = &r->form->round->needs[requirement->any_of[k]];
        if (need->quantity_known && need->wanted == 0)
            return true;
    }
    return false;
}

/* ---- arcs ----------------------------------------------------------------------------------- */

/** The arc of a need's class, or -1 when it takes no part. */
int side_class_arc(const ClassNetwork *net, int need)
{
    int class = net->classes->class_of[need];
    return class < 0 ? -1 : net->first_class + class;
}

/** Arcs into each signature node stand together, nodes in order. */
void side_line_arcs(const ClassNetwork *net, int need, int *first, int *end)
{
    int node = net->from[side_class_arc(net, need)], low = 0, high = net->flow_count;
    while (low < high) {
        int middle = low + (high - low) / 2;
        if (net->to[net->first_flow + middle] < node)
            low = middle + 1;
        else
            high = middle;
    }
    *first = *end = net->first_flow + low;
    while (*end < net->first_flow + net->flow_count && net->to[*end] == node)
        ++*end;
}

int side_offer_of(const ClassNetwork *net, int arc)
{
    return net->flow_offer[arc - net->first_flow];
}

/* ---- rows ----------------------------------------------------------------------------------- */

static Status add_term(const SideRules *r, SideRows *rows, int arc, int64_t size)
{
    if (rows->term_count == rows->term_room) {
        size_t room = rows->term_room * 2 + 256;
        rows->terms =
            arena_grow(r->arena, rows->terms, rows->term_count, room, sizeof *rows->terms);
        TRY_NEW(rows->terms);
        rows->term_room = room;
    }
    rows->terms[rows->term_count++] = (SideTerm){arc, size};
    return STATUS_OK;
}

static Status begin_row(const SideRules *r, SideRows *rows, int64_t most)
{
    if (rows->row_count == rows->row_room) {
        size_t room = rows->row_room * 2 + 64;
        rows->rows = arena_grow(r->arena, rows->rows, rows->row_count, room, sizeof *rows->rows);
        TRY_NEW(rows->rows);
        rows->row_room = room;
    }
    rows->rows[rows->row_count] = (SideRow){.left = rows->term_count, .most = most};
    return STATUS_OK;
}

/** What follows stands at the right. */
static void turn_row(SideRows *rows)
{
    SideRow *row = &rows->rows[rows->row_count];
    row->left_count = rows->term_count - row->left;
    row->right = rows->term_count;
}

static void end_row(SideRows *rows)
{
    SideRow *row = &rows->rows[rows->row_count++];
    row->right_count = rows->term_count - row->right;
}

/** Is somebody in it met by less than a flow can tell? Then a flow says nothing about it. */
static bool is_met_unseen(const SideRules *r, const ClassNetwork *net,
                          const Requirement *requirement)
{
    for (int k = 0; k < requirement->count; k++) {
        int other = requirement->any_of[k];
        if (can_be_full(r, other) &&
            (side_class_arc(net, other) < 0 || side_need_full(r, other) <= 0))
            return true;
    }
    return false;
}

static Status add_prerequisite(const SideRules *r, const ClassNetwork *net,
                               const Requirement *requirement, SideRows *rows)
{
    int own = side_class_arc(net, requirement->need);
    if (own < 0 || side_is_met_already(r, requirement) || need_most(r, requirement->need) <= 0 ||
        is_met_unseen(r, net, requirement))
        return STATUS_OK;
    TRY(begin_row(r, rows, 1));
    TRY(add_term(r, rows, own, need_most(r, requirement->need)));
    turn_row(rows);
    for (int k = 0; k < requirement->count; k++) {
        int other = requirement->any_of[k], arc = side_class_arc(net, other);
        int64_t full = side_need_full(r, other);
        if (arc >= 0 && full > 0)
            TRY(add_term(r, rows, arc, full));
    }
    end_row(rows);
    return STATUS_OK;
}

/** Round the ring of the members that want something: none has more of its all than the next. */
static Status add_bundle(const SideRules *r, const ClassNetwork *net, const NeedMark *bundle,
                         SideRows *rows)
{
    int before = -1, first = -1;
    for (int i = 0; i <= bundle->count; i++) {
        int member = i < bundle->count ? bundle->members[i] : first;
        if (member < 0 || side_class_arc(net, member) < 0 || side_need_least(r, member) <= 0)
            continue;
        if (before >= 0 && before != member && need_most(r, before) > 0) {
            TRY(begin_row(r, rows, 1));
            TRY(add_term(r, rows, side_class_arc(net, before), need_most(r, before)));
            turn_row(rows);
            TRY(add_term(r, rows, side_class_arc(net, member), side_need_least(r, member)));
            end_row(rows);
        }
        first = first < 0 ? member : first;
        before = member;
    }
    return STATUS_OK;
}

/* ---- donors --------------------------------------------------------------------------------- */

/** What all offers of one donor can give the need: those of money no more than their budget. */
typedef struct DonorMost {
    int item;
    int64_t money, kind, budget;
} DonorMost;

static int64_t donor_most(const SideRules *r, int need, const DonorMost *donor)
{
    return smaller(need_most(r, need), smaller(donor->money, donor->budget) + donor->kind);
}

static void add_to_donor(const SideRules *r, int need, int offer, DonorMost *donors, int *count)
{
    const Offer *row = &r->relaxed->offers[offer];
    int k = 0, budget = r->relaxed->offers[row->root].donor_row;
    while (k < *count && donors[k].item != row->donor_item)
        k++;
    if (k == *count)
        donors[(*count)++] = (DonorMost){.item = row->donor_item, .budget = NETWORK_NO_LIMIT};
    int64_t most = pair_most(r, need, offer);
    bool limited = budget >= 0 && r->relaxed->donors[budget].has_budget;
    int64_t *sum = limited ? &donors[k].money : &donors[k].kind;
    *sum = smaller(*sum, NETWORK_NO_LIMIT / 4) + smaller(most, NETWORK_NO_LIMIT / 4);
    if (limited)
        donors[k].budget = smaller(smaller(donors[k].budget, NETWORK_NO_LIMIT / 4),
                                   r->relaxed->donors[budget].budget);
}

/** Can a count of donors bind: can one of them give less than its part of what is wanted? */
static bool donors_bind(const SideRules *r, int need, const DonorMost *donors, int count)
{
    int64_t allowed = r->form->round->needs[need].max_donors;
    if (need_most(r, need) > NETWORK_NO_LIMIT / 8) /* sums of more are cut off */
        return false;
    for (int k = 0; k < count; k++)
        if (donor_most(r, need, &donors[k]) < need_most(r, need) / allowed)
            return count > allowed;
    return false;
}

/** The arcs of all donors against their count, each donor's with its size: of the need where it is
 *  @p served, which is all that tells a served need of least amount, else of any. */
static Status add_donor_row(const SideRules *r, const ClassNetwork *net, int need,
                            const DonorMost *donors, bool served, SideRows *rows)
{
    int first, end;
    side_line_arcs(net, need, &first, &end);
    TRY(begin_row(r, rows, r->form->round->needs[need].max_donors));
    for (int a = first; a < end; a++) {
        int k = 0;
        while (donors[k].item != r->relaxed->offers[side_offer_of(net, a)].donor_item)
            k++;
        int64_t size = donor_most(r, need, &donors[k]);
        if (size > 0)
            TRY(add_term(r, rows, a, size));
    }
    turn_row(rows);
    if (served)
        TRY(add_term(r, rows, side_class_arc(net, need), side_need_least(r, need)));
    rows->rows[rows->row_count].at_most_one = !served;
    end_row(rows);
    return STATUS_OK;
}

/** The rows of the need's count of donors. What is served whole needs the one alone: beyond its least
 *  amount nothing is given. */
static Status add_donor_rows(const SideRules *r, const ClassNetwork *net, int need,
                             DonorMost *donors, SideRows *rows)
{
    const Need *row = &r->form->round->needs[need];
    int count = 0, first, end;
    side_line_arcs(net, need, &first, &end);
    for (int a = first; a < end; a++)
        add_to_donor(r, need, side_offer_of(net, a), donors, &count);
    if (!donors_bind(r, need, donors, count))
        return STATUS_OK;
    bool least = side_is_all_or_nothing(r, need) && side_need_least(r, need) > 0;
    if (least)
        TRY(add_donor_row(r, net, need, donors, true, rows));
    return least && row->least == row->wanted ? STATUS_OK
                                              : add_donor_row(r, net, need, donors, false, rows);
}

/* ---- who stands apart ----------------------------------------------------------------------- */

static void mark_logic(const SideRules *r, bool *apart)
{
    const Logic *logic = &r->form->round->logic;
    for (size_t q = 0; q < logic->requirement_count; q++) {
        const Requirement *requirement = &logic->requirements[q];
        if (side_is_met_already(r, requirement))
            continue;
        apart[requirement->need] = true;
        for (int k = 0; k < requirement->count; k++)
            apart[requirement->any_of[k]] = true;
    }
    for (size_t m = 0; m < logic->bundle_count; m++)
        for (int i = 0; i < logic->bundles[m].count; i++)
            apart[logic->bundles[m].members[i]] = true;
}

Status side_rules_mark(const SideRules *r, bool *apart)
{
    const PairSet *pairs = r->form->pairs;
    DonorMost *donors = ARENA_NEW(r->arena, r->relaxed->offer_count, DonorMost);
    TRY_NEW(donors);
    mark_logic(r, apart);
    for (size_t n = 0; n < r->relaxed->need_count; n++) {
        int count = 0;
        if (r->form->round->needs[n].max_donors <= 0 || need_most(r, (int)n) <= 0)
            continue;
        for (size_t p = pairs->first[n]; p < pairs->first[n + 1]; p++)
            add_to_donor(r, (int)n, pairs->pairs[p].offer, donors, &count);
        apart[n] = apart[n] || donors_bind(r, (int)n, donors, count);
    }
    return STATUS_OK;
}

static bool may_break(const SideRules *r, int need)
{
    const PairSet *pairs = r->form->pairs;
    if (r->form->round->needs[need].max_donors > 0 || side_is_all_or_nothing(r, need))
        return true;
    for (size_t p = pairs->first[need]; p < pairs->first[need + 1]; p++)
        if (side_pair_least(r, need, pairs->pairs[p].offer) > 0)
            return true;
    return false;
}

void side_rules_mark_all(const SideRules *r, bool *apart)
{
    for (size_t n = 0; n < r->relaxed->need_count; n++)
        apart[n] = apart[n] || (need_most(r, (int)n) > 0 && may_break(r, (int)n));
}

int side_rules_mark_partly(const SideRules *r, const ClassNetwork *net, const double *flow,
                           bool *apart)
{
    int marked = 0;
    for (size_t n = 0; n < r->relaxed->need_count; n++) {
        int arc = side_class_arc(net, (int)n);
        if (arc < 0 || apart[n] || flow[arc] < SIDE_PARTLY ||
            flow[arc] > (double)net->upper[arc] - SIDE_PARTLY || !side_is_all_or_nothing(r, (int)n))
            continue;
        apart[n] = true;
        marked++;
    }
    return marked;
}

/* ---- all rows ------------------------------------------------------------------------------- */

Status side_rows_build(const SideRules *r, const ClassNetwork *net, const bool *apart,
                       SideRows *out)
{
    const Logic *logic = &r->form->round->logic;
    DonorMost *donors = ARENA_NEW(r->arena, r->relaxed->offer_count, DonorMost);
    TRY_NEW(donors);
    memset(out, 0, sizeof *out);
    for (size_t q = 0; q < logic->requirement_count; q++)
        TRY(add_prerequisite(r, net, &logic->requirements[q], out));
    for (size_t m = 0; m < logic->bundle_count; m++)
        TRY(add_bundle(r, net, &logic->bundles[m], out));
    for (size_t n = 0; n < r->relaxed->need_count; n++)
        if (apart[n] && side_class_arc(net, (int)n) >= 0 && r->form->round->needs[n].max_donors > 0)
            TRY(add_donor_rows(r, net, (int)n, donors, out));
    return STATUS_OK;
}

Status side_rows_level(const SideRules *r, size_t count, const int *arcs, const int64_t *weights,
                       int64_t least, SideRows *out)
{
    TRY(begin_row(r, out, 1));
    turn_row(out);
    for (size_t k = 0; k < count;
         k++) /* what counts more than all that is asked alone holds the level */
        TRY(add_term(r, out, arcs[k], weights[k] < least ? least / weights[k] : 1));
    out->rows[out->row_count].is_level = true;
    end_row(out);
    return STATUS_OK;
}

static Status cut_need(const SideRules *r, const ClassNetwork *net, int need, const double *flow,
                       SideRows *rows)
{
    int own = side_class_arc(net, need), first, end;
    int64_t least = side_need_least(r, need);
    double slack = BROKEN * (double)need_most(r, need) + SIDE_PARTLY;
    side_line_arcs(net, need, &first, &end);
    for (int a = first; a < end; a++) {
        if (flow[a] <= slack)
            continue;
        int64_t most = pair_most(r, need, side_offer_of(net, a));
        if (most <= 0 || flow[a] <= (double)most / (double)least * flow[own] + slack)
            continue;
        TRY(begin_row(r, rows, 1));
        TRY(add_term(r, rows, a, most));
        turn_row(rows);
        TRY(add_term(r, rows, own, least));
        end_row(rows);
    }
    return STATUS_OK;
}

Status side_rows_cut(const SideRules *r, const ClassNetwork *net, const bool *apart,
                     const double *flow, SideRows *rows)
{
    for (size_t n = 0; n < r->relaxed->need_count; n++)
        if (apart[n] && side_class_arc(net, (int)n) >= 0 && side_is_all_or_nothing(r, (int)n) &&
            need_most(r, (int)n) > 0)
            TRY(cut_need(r, net, (int)n, flow, rows));
    return STATUS_OK;
}
