/* allot template: an empty round to fill in. */
#include "command.h"

#include <stdio.h>
#include <unistd.h>

#include "allot/language.h"
#include "allot/template.h"

/** A template is for filling in: one of that name may be filled in already. */
Status command_template(Session *s)
{
    if (access(s->options->operand, F_OK) == 0) {
        diag_add(
            s->diag, DIAG_WRITE, (DiagPlace){.file = s->options->operand},
            N_("the file is there already, perhaps filled in; choose another name, or remove it"));
        return STATUS_IO;
    }
    TRY(template_write(s->options->operand, s->arena, s->diag));
    if (!s->options->quiet)
        printf(_("template: %s\n"), s->options->operand);
    return STATUS_OK;
}
