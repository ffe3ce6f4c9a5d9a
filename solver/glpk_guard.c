/* The guard around GLPK: the only place, besides the backend, that knows the library.
 *
 * After a fault the manual demands glp_free_env() before anything else; no GLPK object survives it.
 * The terminal hook keeps what GLPK prints away from standard output, and remembers the text only
 * while an error is being reported.
 */
#include "solver/glpk_guard.h"

#include <glpk.h>
#include <malloc.h>
#include <setjmp.h>
#include <string.h>

typedef struct Guard {
    jmp_buf back;
    GuardFault *fault;
} Guard;

static int keep_error_text(void *info, const char *text)
{
    Guard *guard = info;
    if (glp_at_error()) {
        size_t used = strlen(guard->fault->text);
        size_t room = sizeof guard->fault->text - used - 1;
        strncat(guard->fault->text, text, room);
    }
    return 1; /* nothing is printed */
}

static void jump_back(void *info)
{
    Guard *guard = info;
    longjmp(guard->back, 1);
}

/* The largest arrays that malloc takes from its heap at all. */
enum { HEAP_ARRAY_BYTES = 32 * 1024 * 1024, HEAP_KEPT_BYTES = 1024 * 1024 * 1024 };

/** GLPK takes its large arrays anew for each call of the simplex. Given back to the system in between
 *  they cost more than a call's own work, page by page; so the heap keeps them. */
static void keep_freed_memory(void)
{
    (void)mallopt(M_MMAP_THRESHOLD, HEAP_ARRAY_BYTES);
    (void)mallopt(M_TRIM_THRESHOLD, HEAP_KEPT_BYTES);
}

bool glpk_guard_run(GuardBody *body, void *context, GuardFault *fault)
{
    Guard guard = {.fault = fault};
    fault->text[0] = '\0';
    keep_freed_memory();
    glp_init_env();
    glp_term_hook(keep_error_text, &guard);
    glp_error_hook(jump_back, &guard);
    volatile bool finished = false;
    if (setjmp(guard.back) == 0) {
        body(context);
        finished = true;
    }
    glp_error_hook(NULL, NULL);
    glp_term_hook(NULL, NULL);
    glp_free_env(); /* a must after a fault, and leaves nothing allocated otherwise */
    return finished;
}
