/* Feeds the fuzzers' targets every file of their corpora (tests/fuzz/corpus-*), without a fuzzer: what
 * was found once stays found, and each corpus file still reads without a fault.
 */
#include "tests/support/test_support.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "tests/support/fuzz_targets.h"

/* Feeds each file of the folder; the number of files. */
static int feed_folder(const char *folder, void (*target)(const uint8_t *, size_t))
{
    int count = 0;
    DIR *dir = opendir(folder);
    const struct dirent *entry;
    assert_non_null(dir);
    while ((entry = readdir(dir)) != NULL) {
        if (entry->d_name[0] == '.')
            continue;
        size_t size;
        char *path = test_path(folder, entry->d_name);
        char *bytes = read_file(path, &size);
        target((const uint8_t *)bytes, size);
        free(bytes);
        free(path);
        count++;
    }
    closedir(dir);
    return count;
}

static void the_corpus_of_csv_files_reads_without_a_fault(void **state)
{
    (void)state;
    assert_true(feed_folder("tests/fuzz/corpus-csv", fuzz_csv) >= 20);
}

static void the_corpus_of_workbooks_reads_without_a_fault(void **state)
{
    (void)state;
    assert_true(feed_folder("tests/fuzz/corpus-workbook", fuzz_workbook) >= 20);
}

static int clean(void **state)
{
    fuzz_clean();
    return no_arena_is_left(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_corpus_of_csv_files_reads_without_a_fault),
        cmocka_unit_test(the_corpus_of_workbooks_reads_without_a_fault),
    };
    return cmocka_run_group_tests(tests, NULL, clean);
}
