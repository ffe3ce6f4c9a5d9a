/* A fixed sequence of random numbers. */
#include "solver/draw.h"

static uint64_t next(Draw *draw)
{
    uint64_t a = draw->state[0], b = draw->state[1], sum = a + b;
    draw->state[0] = b;
    a ^= a << 23;
    draw->state[1] = a ^ b ^ (a >> 17) ^ (b >> 26);
    return sum;
}

int draw_below(Draw *draw, int count)
{
    return (int)(next(draw) % (uint64_t)count);
}

double draw_unit(Draw *draw)
{
    return (double)(next(draw) >> 11) * 0x1p-53;
}
