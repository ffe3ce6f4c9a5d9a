/* Arcs as bits: of every node where some begin those where they end, and the other way round. */
#include "solver/hold_dense.h"

/* Words that stand for one arc at most: beyond it the arcs are few, and links are as quick. */
enum { WORDS_EACH = 4 };

/** The words that hold the nodes from @p low to @p high. */
static HoldSpan span_of(int low, int high)
{
    return (HoldSpan){
        .low = low, .high = high, .word = low / 64, .words = high / 64 - low / 64 + 1};
}

static void widen(int node, int *low, int *high)
{
    *low = node < *low ? node : *low;
    *high = node > *high ? node : *high;
}

static void set_bit(uint64_t *rows, HoldSpan of, int node, HoldSpan ends, int end)
{
    uint64_t *row = rows + (size_t)(node - of.low) * (size_t)ends.words;
    row[end / 64 - ends.word] |= UINT64_C(1) << (end % 64);
}

static size_t words_of(HoldSpan of, HoldSpan ends)
{
    return (size_t)(of.high - of.low + 1) * (size_t)ends.words;
}

static Status link_rest(const HoldGraph *graph, bool out, Arena *arena, HoldLinks *links)
{
    const HoldDense *dense = &graph->dense;
    const HoldLinks *all = out ? &graph->out : &graph->in;
    links->first = ARENA_NEW(arena, (size_t)graph->node_count + 1, int);
    links->arcs = ARENA_NEW(arena, (size_t)graph->arc_count, int);
    links->ends = ARENA_NEW(arena, (size_t)graph->arc_count, int);
    TRY_NEW(links->first);
    TRY_NEW(links->arcs);
    TRY_NEW(links->ends);
    int count = 0;
    for (int v = 0; v < graph->node_count; v++) {
        for (int i = all->first[v]; i < all->first[v + 1]; i++) {
            if (all->arcs[i] >= dense->first_arc && all->arcs[i] < dense->end_arc)
                continue;
            links->arcs[count] = all->arcs[i];
            links->ends[count++] = all->ends[i];
        }
        links->first[v + 1] = count;
    }
    return STATUS_OK;
}

Status hold_dense_build(HoldGraph *graph, Arena *arena)
{
    HoldDense *dense = &graph->dense;
    int low[2] = {graph->node_count, graph->node_count}, high[2] = {-1, -1};
    for (int a = dense->first_arc; a < dense->end_arc; a++) {
        widen(graph->arcs[a].from, &low[0], &high[0]);
        widen(graph->arcs[a].to, &low[1], &high[1]);
    }
    if (high[0] < 0)
        return STATUS_OK;
    HoldSpan tails = span_of(low[0], high[0]), heads = span_of(low[1], high[1]);
    size_t words = words_of(tails, heads) + words_of(heads, tails);
    if (words > (size_t)WORDS_EACH * (size_t)(dense->end_arc - dense->first_arc))
        return STATUS_OK;
    dense->tails = tails;
    dense->heads = heads;
    dense->heads_of = ARENA_NEW(arena, words_of(tails, heads), uint64_t);
    dense->tails_of = ARENA_NEW(arena, words_of(heads, tails), uint64_t);
    dense->unmet = ARENA_NEW(arena, (size_t)graph->node_count / 64 + 1, uint64_t);
    TRY_NEW(dense->heads_of);
    TRY_NEW(dense->tails_of);
    TRY_NEW(dense->unmet);
    for (int a = dense->first_arc; a < dense->end_arc; a++) {
        const HoldArc *arc = &graph->arcs[a];
        set_bit(dense->heads_of, tails, arc->from, heads, arc->to);
        set_bit(dense->tails_of, heads, arc->to, tails, arc->from);
    }
    TRY(link_rest(graph, true, arena, &dense->out));
    TRY(link_rest(graph, false, arena, &dense->in));
    dense->there = true;
    return STATUS_OK;
}

size_t hold_dense_row(const HoldDense *dense, int node, bool back, const uint64_t **row, int *word)
{
    HoldSpan of = back ? dense->heads : dense->tails, ends = back ? dense->tails : dense->heads;
    if (node < of.low || node > of.high)
        return 0;
    *row =
        (back ? dense->tails_of : dense->heads_of) + (size_t)(node - of.low) * (size_t)ends.words;
    *word = ends.word;
    return (size_t)ends.words;
}
