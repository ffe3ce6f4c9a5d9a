/* The marks that tie needs together: which needs share a bundle, which are alternatives. */
#include "models/verify_internal.h"

static const char *bundle_of(const Need *need)
{
    return need->bundle;
}

static const char *alternative_of(const Need *need)
{
    return need->alternative;
}

static bool is_marked(const char *mark)
{
    return mark != NULL && mark[0] != '\0';
}

static size_t count_marked(const Round *round, NeedText *mark_of)
{
    size_t count = 0;

    for (size_t n = 0; n < round->need_count; n++)
        count += is_marked(mark_of(&round->needs[n])) ? 1 : 0;
    return count;
}

/* Finds the marks, and how many members each has. */
static Status find_marks(const Verifier *v, NeedText *mark_of, VerifyMarks *out)
{
    const Round *round = v->round;

    for (size_t n = 0; n < round->need_count; n++) {
        const char *mark = mark_of(&round->needs[n]);
        bool added;

        if (!is_marked(mark))
            continue;
        if (!name_map_add(out->rows, mark, (int)out->count, &added))
            return STATUS_NO_MEMORY;
        if (added)
            out->marks[out->count++].mark = mark;
        out->marks[name_map_get(out->rows, mark)].count++;
    }
    return STATUS_OK;
}

static Status gather(const Verifier *v, NeedText *mark_of, VerifyMarks *out)
{
    const Round *round = v->round;
    size_t count = count_marked(round, mark_of);
    int *members;
    size_t *next;
    size_t before = 0;

    *out = (VerifyMarks){0};
    if (count == 0)
        return STATUS_OK;
    TRY_NEW(out->rows = name_map_new(v->arena));
    TRY_NEW(out->marks = ARENA_NEW(v->arena, count, VerifyMark));
    TRY_NEW(members = ARENA_NEW(v->arena, count, int));
    TRY_NEW(next = ARENA_NEW(v->arena, count, size_t));
    TRY(find_marks(v, mark_of, out));
    for (size_t m = 0; m < out->count; m++) {
        out->marks[m].members = members + before;
        next[m] = before;
        before += out->marks[m].count;
    }
    for (size_t n = 0; n < round->need_count; n++) {
        const char *mark = mark_of(&round->needs[n]);

        if (is_marked(mark))
            members[next[name_map_get(out->rows, mark)]++] = (int)n;
    }
    return STATUS_OK;
}

Status verify_marks(Verifier *v)
{
    if ((v->asked & ASKS_MARKED) == 0)
        return STATUS_OK;
    TRY(gather(v, bundle_of, &v->bundles));
    return gather(v, alternative_of, &v->alternatives);
}
