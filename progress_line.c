/* The line of progress: written over itself, ten times a second at most. */
#include "progress_line.h"

#include <time.h>
#include <unistd.h>

#include "allot/language.h"

/* Seconds of work before anything is shown, and between two lines. */
static const double PATIENCE = 1.0, PAUSE = 0.1;

/* Back to the line's begin, and clear it: what every terminal of POSIX's day understands. */
static const char CLEAR[] = "\r\033[K";

static double now(void)
{
    struct timespec time;
    if (clock_gettime(CLOCK_MONOTONIC, &time) != 0)
        return 0;
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void tell(Progress *progress, const char *doing, const char *what)
{
    ProgressLine *line = (ProgressLine *)progress;
    double time = now();
    if (line->stream == NULL || time - line->began < PATIENCE || time - line->told < PAUSE)
        return;
    line->told = time;
    line->shown = true;
    fprintf(line->stream, _("%sallot: %s %s (%.0f s)"), CLEAR, _(doing), what, time - line->began);
    (void)fflush(line->stream);
}

void progress_line_open(ProgressLine *line, bool quiet)
{
    bool seen = !quiet && isatty(STDERR_FILENO);
    *line =
        (ProgressLine){.progress = {.tell = tell}, .stream = seen ? stderr : NULL, .began = now()};
}

void progress_line_clear(ProgressLine *line)
{
    if (!line->shown)
        return;
    fputs(CLEAR, line->stream);
    (void)fflush(line->stream);
    line->shown = false;
}
