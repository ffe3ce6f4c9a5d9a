/* Pairs of words, looked up one by one. */
#include "tests/support/bench_options.h"

#include <stdlib.h>
#include <string.h>

static bool read_value(const BenchOption *option, const char *text)
{
    char *end;
    if (option->text != NULL) {
        *option->text = text;
        return true;
    }
    long value = strtol(text, &end, 10);
    if (end == text || *end != '\0' || value < option->least || value > option->most)
        return false;
    *option->number = (int)value;
    return true;
}

bool bench_options_read(int argc, char **argv, const BenchOption *options, size_t count)
{
    for (int i = 1; i + 1 < argc; i += 2) {
        size_t k = 0;
        while (k < count && strcmp(argv[i], options[k].name) != 0)
            k++;
        if (k == count || !read_value(&options[k], argv[i + 1]))
            return false;
    }
    return argc % 2 == 1;
}
