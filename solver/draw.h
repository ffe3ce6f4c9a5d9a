/* room: solver
 *
 * Random numbers of a search that is the same every time: a fixed sequence (xorshift128+, Vigna 2014).
 */
#ifndef ALLOT_SOLVER_DRAW_H
#define ALLOT_SOLVER_DRAW_H

#include <stdint.h>

typedef struct Draw {
    uint64_t state[2];
} Draw;

/** Where every sequence begins. */
#define DRAW_BEGIN ((Draw){{0x9E3779B97F4A7C15u, 0xD1B54A32D192ED03u}})

/** 0 .. @p count - 1; @p count > 0. */
int draw_below(Draw *draw, int count);

/** 0 <= that < 1. */
double draw_unit(Draw *draw);

#endif
