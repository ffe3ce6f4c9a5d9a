/* The value of a tier as a function of one quantity, on the class network's linear program. */
#include "solver/worths_program.h"

#include <math.h>

#include "solver/worth_curve.h"

/* Iterations times columns, of all questions; and of those that are only how far something holds, which
 * programs of more columns do not ask: there one answer costs as much as many elsewhere. */
static const double WORK = 3e7, WORK_ENDS = 3e7;

enum { ENDS_COLUMNS_MOST = 25000 };

/* Amounts nearer than this, in smallest parts, are one: of vertices, and of what a value is off. */
static const double PART = 1e-2, BROKEN = 0.4;

/* Slopes nearer than this, relative, are one. */
static const double SAME_SLOPE = 1e-6;

/** What worth_curve_trace() asks. */
typedef struct Curve {
    WorthsProgram *w;
    const WorthAsked *q;
} Curve;

Status worths_program_open(const HoldPlan *hold, Arena *arena, WorthsProgram *asked)
{
    *asked = (WorthsProgram){.work = WORK};
    TRY(hold_program_open(hold, arena, &asked->program));
    if (backend_column_count(asked->program.backend) <= ENDS_COLUMNS_MOST)
        asked->work_ends = WORK_ENDS;
    return STATUS_OK;
}

void worths_program_close(WorthsProgram *asked)
{
    hold_program_close(&asked->program);
}

static void count_work(WorthsProgram *w, long before)
{
    const Backend *backend = w->program.backend;
    double *left = w->ends ? &w->work_ends : &w->work;
    *left -= (double)(backend_iterations(backend) - before + 10) * backend_column_count(backend);
}

/** Half a smallest part, in the stage's measure. */
static double noise_of(const WorthsProgram *w)
{
    double least = INFINITY;
    int count = w->program.plan->net->classes->class_count;
    for (int k = 0; k < count; k++)
        if (w->prices[k] > 0)
            least = fmin(least, w->prices[k]);
    return BROKEN * least / w->program.unit;
}

static bool best(WorthsProgram *w, double *value)
{
    long before = backend_iterations(w->program.backend);
    bool said = hold_program_best(&w->program, w->prices, value);
    count_work(w, before);
    return said;
}

bool worths_program_has_time(WorthsProgram *asked, bool ends)
{
    asked->ends = ends;
    return (ends ? asked->work_ends : asked->work) > 0;
}

bool worths_program_about(WorthsProgram *asked, int tier, const double *prices, double price)
{
    double value;
    asked->tier = tier;
    asked->prices = prices;
    asked->price = price;
    hold_program_about_tier(&asked->program, tier);
    return best(asked, &value) && fabs(value) <= noise_of(asked);
}

/** In the units of the program nothing moved is 0, today's quantity too. */
static bool value_at(void *context, double change, WorthLine *line)
{
    const Curve *curve = context;
    WorthsProgram *w = curve->w;
    double value;
    hold_program_allow(&w->program, curve->q->arc, change);
    bool said = best(w, &value);
    *line = (WorthLine){change, -value, -hold_program_arc_price(&w->program, curve->q->arc)};
    hold_program_allow(&w->program, curve->q->arc, 0);
    return said;
}

/** What a slope of the program is, without what the solver's digits add. */
static double clean(const WorthsProgram *w, double slope)
{
    double times = w->price > 0 ? round(slope / w->price) : 0;
    return fabs(slope - times * w->price) <= SAME_SLOPE * slope ? times * w->price : slope;
}

/** The last smallest part towards a change at which what holds today still holds. */
static int64_t in_parts(const WorthsProgram *w, double change)
{
    double parts = change * w->program.unit, whole = round(parts);
    if (fabs(parts - whole) <= fmax(PART, 1e-9 * fabs(parts)))
        return llround(whole);
    return (int64_t)trunc(parts);
}

bool worths_program_bounds(const WorthsProgram *asked, double line_slope)
{
    return asked->price > 0 && line_slope <= asked->price * (1 + SAME_SLOPE);
}

WorthSide worths_program_more(WorthsProgram *asked, const WorthAsked *quantity, double line_slope)
{
    Curve context = {asked, quantity};
    WorthCurve curve = {&context, value_at, noise_of(asked)};
    WorthLine today = {0, 0, -line_slope};
    WorthSide side = {.known = true, .endless = true};
    double far = quantity->most - (double)quantity->today / quantity->scale, slope, end;
    if (line_slope == 0 || far <= 0)
        return side;
    side.known = worth_curve_trace(&curve, &today, far, &slope, &end);
    if (!side.known || -slope * end <= curve.noise)
        return side;
    side.slope = clean(asked, -slope);
    side.until = quantity->today + in_parts(asked, end);
    side.endless = (double)side.until / quantity->scale >= quantity->most;
    return side;
}

bool worths_program_least(WorthsProgram *asked, const WorthAsked *quantity, bool with,
                          int64_t *least)
{
    double change;
    long before = backend_iterations(asked->program.backend);
    hold_program_keep_tier(&asked->program, asked->tier, with);
    int64_t flow = asked->program.plan->flow[quantity->arc];
    bool said = hold_program_least(&asked->program, quantity->arc, &change);
    hold_program_keep_tier(&asked->program, asked->tier, false);
    count_work(asked, before);
    if (said)
        *least = flow + in_parts(asked, change);
    return said;
}

WorthSide worths_program_less(WorthsProgram *asked, const WorthAsked *quantity, double line_slope)
{
    Curve context = {asked, quantity};
    WorthCurve curve = {&context, value_at, noise_of(asked)};
    WorthLine today = {0, 0, -line_slope};
    WorthSide side = {.known = true, .until = quantity->today};
    double slope, end, far = (double)(quantity->needed - quantity->today) / quantity->scale;
    side.known = worth_curve_trace(&curve, &today, far, &slope, &end);
    if (!side.known)
        return side;
    side.slope = clean(asked, -slope);
    side.until = quantity->today + in_parts(asked, end);
    return side;
}
