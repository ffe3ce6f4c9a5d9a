/* The guard around GLPK: the only place, besides the backend, that knows the library.
 *
 * After a fault the manual demands glp_free_env() before anything else; no GLPK object survives it.
 * The terminal hook keeps what GLPK prints away from standard output, and remembers the text only
 * while an error is being reported.
 */
#include "solver/glpk_guard.h"

#include <glpk.h>
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

bool glpk_guard_run(GuardBody *body, void *context, GuardFault *fault)
{
    Guard guard = {.fault = fault};
    fault->text[0] = '\0';
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
