/* The line of progress: silent at first, not too often, gone before anything else is printed. */
#include <string.h>

#include "progress_line.h"
#include "tests/support/test_support.h"

/** What was written to the line's stream so far. */
static const char *written(ProgressLine *line, char *text, size_t size)
{
    long end = ftell(line->stream);
    rewind(line->stream);
    size_t length = fread(text, 1, size - 1, line->stream);
    text[length] = '\0';
    (void)fseek(line->stream, end, SEEK_SET);
    return text;
}

static void open_line(ProgressLine *line, double seconds_ago)
{
    progress_line_open(line, false);
    line->stream = tmpfile(); /* in place of a terminal */
    assert_non_null(line->stream);
    line->began -= seconds_ago;
}

static void nothing_is_shown_of_short_work(void **state)
{
    ProgressLine line;
    char text[200];
    (void)state;
    open_line(&line, 0);
    progress_tell(&line.progress, "deciding", "tier 1");
    progress_line_clear(&line);
    assert_string_equal(written(&line, text, sizeof text), "");
    (void)fclose(line.stream);
}

static void long_work_is_told_once_at_a_time_and_cleared(void **state)
{
    ProgressLine line;
    char text[200];
    (void)state;
    open_line(&line, 5);
    progress_tell(&line.progress, "deciding", "tier 2");
    assert_string_equal(written(&line, text, sizeof text), "\r\033[Kallot: deciding tier 2 (5 s)");
    progress_tell(&line.progress, "deciding", "tier 3");
    assert_null(strstr(written(&line, text, sizeof text), "tier 3"));
    line.told -= 1;
    progress_tell(&line.progress, "deciding", "tier 4");
    progress_line_clear(&line);
    progress_line_clear(&line);
    assert_string_equal(written(&line, text, sizeof text),
                        "\r\033[Kallot: deciding tier 2 (5 s)"
                        "\r\033[Kallot: deciding tier 4 (5 s)\r\033[K");
    (void)fclose(line.stream);
}

static void nobody_is_told_who_asks_for_quiet(void **state)
{
    ProgressLine line;
    (void)state;
    progress_line_open(&line, true);
    assert_null(line.stream);
    line.began -= 5;
    progress_tell(&line.progress, "deciding", "tier 1");
    progress_tell(NULL, "deciding", "tier 1");
    progress_line_clear(&line);
    assert_false(line.shown);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_shown_of_short_work),
        cmocka_unit_test(long_work_is_told_once_at_a_time_and_cleared),
        cmocka_unit_test(nobody_is_told_who_asks_for_quiet),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
