/* Saving a workbook, whoever writes it. Called by book.c and book_template.c. */
#include "io/book_save.h"

#include <errno.h>
#include <locale.h>
#include <string.h>

#include "allot/language.h"
#include "io/atomic_file.h"

void book_set_short_date(lxw_format *format)
{
    enum { SHORT_DATE = 14 }; /* of the formats that every spreadsheet has (ECMA-376-1, 18.8.30) */
    format_set_num_format_index(format, SHORT_DATE);
}

void book_set_font(lxw_format *format, double size, int color, bool bold)
{
    format_set_font_name(format, "Calibri");
    format_set_font_size(format, size);
    format_set_font_color(format, (lxw_color_t)color);
    if (bold)
        format_set_bold(format);
}

/* Under a locale with points: libxlsxwriter prints numbers as the locale says. */
static lxw_error write_with_points(BookWriter *writer, const void *context, const char *path,
                                   Arena *scratch)
{
    locale_t own = duplocale(uselocale((locale_t)0)); /* messages stay as they are */
    locale_t points = own == (locale_t)0 ? own : newlocale(LC_NUMERIC_MASK, "C", own);
    if (points == (locale_t)0) {
        if (own != (locale_t)0)
            freelocale(own);
        return LXW_ERROR_MEMORY_MALLOC_FAILED;
    }
    locale_t before = uselocale(points);
    lxw_error error = writer(context, path, scratch);
    (void)uselocale(before);
    freelocale(points);
    return error;
}

static Status failed(Diag *diag, const char *path, const char *what, lxw_error error,
                     int system_error)
{
    if (error == LXW_ERROR_MEMORY_MALLOC_FAILED)
        return STATUS_NO_MEMORY;
    if (system_error != 0)
        return atomic_file_failed(diag, path, system_error);
    diag_add(diag, DIAG_WRITE, (DiagPlace){.file = path}, N_("cannot write the %s: %s"), what,
             lxw_strerror(error));
    return STATUS_IO;
}

Status book_save_to(const char *write_to, const char *name, const char *what, BookWriter *writer,
                    const void *context, Arena *scratch, Diag *diag)
{
    errno = 0;
    lxw_error error = write_with_points(writer, context, write_to, scratch);
    return error == LXW_NO_ERROR ? STATUS_OK : failed(diag, name, what, error, errno);
}

Status book_save(const char *path, const char *what, BookWriter *writer, const void *context,
                 Arena *scratch, Diag *diag)
{
    AtomicSet *set = atomic_set_new(scratch);
    TRY_NEW(set);
    const char *write_to;
    Status status = atomic_set_add(set, path, path, diag, &write_to);
    if (status == STATUS_OK)
        status = book_save_to(write_to, path, what, writer, context, scratch, diag);
    if (status == STATUS_OK)
        return atomic_set_commit(set, diag);
    atomic_set_abandon(set);
    return status;
}
