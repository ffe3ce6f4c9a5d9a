/* A monotonic clock, so that setting the time of day moves no deadline. */
#include "solver/deadline.h"

#include <time.h>

static double seconds_now(void)
{
    struct timespec now;
    if (clock_gettime(CLOCK_MONOTONIC, &now) != 0)
        return 0;
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

double deadline_in(double seconds)
{
    return seconds_now() + seconds;
}

bool deadline_is_past(double deadline)
{
    return deadline > 0 && seconds_now() > deadline;
}

double deadline_left(double deadline)
{
    return deadline - seconds_now();
}
