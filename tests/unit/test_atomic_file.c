/* Files that are whole or absent: alone, in sets, through links, onto devices, and when it fails.
 */
#include "tests/support/test_support.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "io/atomic_file.h"

typedef struct Place {
    Arena *arena;
    Diag *diag;
    AtomicSet *set;
    char *dir;
} Place;

static Place place_new(void)
{
    Place place = {.arena = arena_new(), .dir = test_dir_make()};
    assert_non_null(place.arena);
    place.diag = diag_new(place.arena);
    place.set = atomic_set_new(place.arena);
    assert_true(place.diag != NULL && place.set != NULL);
    return place;
}

static void place_free(Place *place)
{
    arena_free(place->arena);
    test_dir_remove(place->dir);
}

/* Adds a file and writes TEXT to it. */
static void add(Place *place, const char *name, const char *text)
{
    char *target = test_path(place->dir, name);
    const char *kept = arena_text(place->arena, target, strlen(target)), *write_to;
    free(target);
    assert_int_equal(atomic_set_add(place->set, kept, name, place->diag, &write_to), STATUS_OK);
    FILE *file = fopen(write_to, "wb");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void assert_content(const Place *place, const char *name, const char *expected)
{
    char *path = test_path(place->dir, name);
    char *text = read_file(path, NULL);
    assert_string_equal(text, expected);
    free(text);
    free(path);
}

static void assert_names(const Place *place, const char *expected)
{
    TestRun run = run_command(place->dir, (const char *const[]){"ls", "-A", NULL});
    assert_string_equal(run.out, expected);
    test_run_free(&run);
}

static void a_file_has_its_name_only_when_it_is_committed(void **state)
{
    (void)state;
    Place place = place_new();
    add(&place, "a.csv", "new");
    assert_names(&place, ".a.csv.new\n");
    assert_int_equal(atomic_set_commit(place.set, place.diag), STATUS_OK);
    assert_names(&place, "a.csv\n");
    assert_content(&place, "a.csv", "new");
    place_free(&place);
}

static void an_abandoned_set_leaves_the_old_files(void **state)
{
    (void)state;
    Place place = place_new();
    write_file(place.dir, "a.csv", "old");
    add(&place, "a.csv", "new");
    add(&place, "b.csv", "new");
    atomic_set_abandon(place.set);
    assert_names(&place, "a.csv\n");
    assert_content(&place, "a.csv", "old");
    place_free(&place);
}

static void a_set_that_fails_in_the_middle_is_undone(void **state)
{
    (void)state;
    Place place = place_new();
    write_file(place.dir, "a.csv", "old");
    add(&place, "a.csv", "new");
    add(&place, "b.csv", "new");
    add(&place, "c.csv", "new");
    char *blocked = test_path(place.dir, "c.csv");
    assert_int_equal(mkdir(blocked, 0777), 0);
    assert_int_equal(atomic_set_commit(place.set, place.diag), STATUS_IO);
    assert_int_equal(diag_count(place.diag, DIAG_ERROR), 1);
    assert_names(&place, "a.csv\nc.csv\n");
    assert_content(&place, "a.csv", "old");
    free(blocked);
    place_free(&place);
}

static void of_two_files_with_one_target_the_old_content_comes_back(void **state)
{
    (void)state;
    Place place = place_new();
    write_file(place.dir, "a.csv", "old");
    add(&place, "a.csv", "first");
    add(&place, "a.csv", "second");
    add(&place, "c.csv", "new");
    char *blocked = test_path(place.dir, "c.csv");
    assert_int_equal(mkdir(blocked, 0777), 0);
    assert_int_equal(atomic_set_commit(place.set, place.diag), STATUS_IO);
    assert_names(&place, "a.csv\nc.csv\n");
    assert_content(&place, "a.csv", "old");
    free(blocked);
    place_free(&place);
}

/* The old content has its second name already when the new one cannot take the first: here because a
 * folder cannot take a file's. */
static void a_file_that_cannot_be_placed_leaves_no_second_name_of_the_old_one(void **state)
{
    (void)state;
    Place place = place_new();
    write_file(place.dir, "a.csv", "old");
    add(&place, "a.csv", "new");
    char *fresh = test_path(place.dir, ".a.csv.new");
    assert_int_equal(unlink(fresh), 0);
    assert_int_equal(mkdir(fresh, 0777), 0);
    assert_int_equal(atomic_set_commit(place.set, place.diag), STATUS_IO);
    assert_names(&place, ".a.csv.new\na.csv\n");
    assert_content(&place, "a.csv", "old");
    free(fresh);
    place_free(&place);
}

static void a_link_that_leads_nowhere_beside_the_target_stays(void **state)
{
    (void)state;
    Place place = place_new();
    write_file(place.dir, "a.csv", "old");
    char *link_path = test_path(place.dir, ".a.csv.old");
    assert_int_equal(symlink("nowhere", link_path), 0);
    add(&place, "a.csv", "new");
    assert_int_equal(atomic_set_commit(place.set, place.diag), STATUS_OK);
    assert_names(&place, ".a.csv.old\na.csv\n");
    assert_content(&place, "a.csv", "new");
    free(link_path);
    place_free(&place);
}

static void permissions_of_the_old_file_are_kept(void **state)
{
    (void)state;
    Place place = place_new();
    struct stat after;
    write_file(place.dir, "a.csv", "old");
    char *path = test_path(place.dir, "a.csv");
    assert_int_equal(chmod(path, 0640), 0);
    add(&place, "a.csv", "new");
    assert_int_equal(atomic_set_commit(place.set, place.diag), STATUS_OK);
    assert_int_equal(stat(path, &after), 0);
    assert_int_equal(after.st_mode & 0777, 0640);
    free(path);
    place_free(&place);
}

static void a_link_stays_and_what_it_leads_to_is_replaced(void **state)
{
    (void)state;
    Place place = place_new();
    struct stat link_stat;
    write_file(place.dir, "real.csv", "old");
    char *link_path = test_path(place.dir, "link.csv");
    assert_int_equal(symlink("real.csv", link_path), 0);
    add(&place, "link.csv", "new");
    assert_int_equal(atomic_set_commit(place.set, place.diag), STATUS_OK);
    assert_int_equal(lstat(link_path, &link_stat), 0);
    assert_true(S_ISLNK(link_stat.st_mode));
    assert_content(&place, "real.csv", "new");
    free(link_path);
    place_free(&place);
}

static void nobody_elses_file_beside_the_target_is_touched(void **state)
{
    (void)state;
    Place place = place_new();
    write_file(place.dir, ".a.csv.new", "mine");
    add(&place, "a.csv", "new");
    assert_int_equal(atomic_set_commit(place.set, place.diag), STATUS_OK);
    assert_content(&place, ".a.csv.new", "mine");
    assert_content(&place, "a.csv", "new");
    place_free(&place);
}

static void a_folder_in_the_way_and_a_missing_folder_are_findings(void **state)
{
    (void)state;
    Place place = place_new();
    const char *write_to;
    char *missing = test_path(place.dir, "no/such.csv");
    assert_int_equal(atomic_set_add(place.set, place.dir, "here", place.diag, &write_to),
                     STATUS_IO);
    assert_int_equal(atomic_set_add(place.set, missing, "there", place.diag, &write_to), STATUS_IO);
    size_t count;
    const Finding *findings = diag_findings(place.diag, &count);
    assert_int_equal(count, 2);
    assert_int_equal(findings[0].code, DIAG_WRITE);
    assert_string_equal(findings[0].place.file, "here");
    assert_non_null(strstr(findings[0].message, strerror(EISDIR)));
    assert_non_null(strstr(findings[1].message, strerror(ENOENT)));
    free(missing);
    place_free(&place);
}

static void a_device_is_written_to_and_not_replaced(void **state)
{
    (void)state;
    Place place = place_new();
    struct stat device;
    const char *write_to;
    assert_int_equal(atomic_set_add(place.set, "/dev/null", "null", place.diag, &write_to),
                     STATUS_OK);
    assert_string_equal(write_to, "/dev/null");
    assert_int_equal(atomic_set_commit(place.set, place.diag), STATUS_OK);
    assert_int_equal(stat("/dev/null", &device), 0);
    assert_true(S_ISCHR(device.st_mode));
    place_free(&place);
}

/* The user without any rights. */
enum { NOBODY = 65534 };

static void a_folder_that_may_not_be_written_is_a_finding(void **state)
{
    (void)state;
    Place place = place_new();
    const char *write_to;
    char *target = test_path(place.dir, "a.csv");
    int ended = -1;
    assert_int_equal(chmod(place.dir, 0555), 0);
    pid_t child = fork(); /* root may write everywhere: a child asks as nobody */
    if (child == 0) {
        bool asked = geteuid() != 0 || seteuid(NOBODY) == 0;
        Status status = atomic_set_add(place.set, target, "a.csv", place.diag, &write_to);
        _exit(asked && status == STATUS_IO && diag_count(place.diag, DIAG_ERROR) == 1 ? 0 : 1);
    }
    assert_true(child > 0);
    assert_int_equal(waitpid(child, &ended, 0), child);
    assert_int_equal(ended, 0);
    assert_int_equal(chmod(place.dir, 0700), 0);
    free(target);
    place_free(&place);
}

/* ---- one file, written through a function ---------------------------------------------------- */

typedef struct Words {
    const char *text;
    Status status;
} Words;

static Status put_words(FILE *file, void *context)
{
    const Words *words = context;
    (void)fputs(words->text, file);
    return words->status;
}

static void a_file_that_is_written_whole_takes_the_place_of_the_old_one(void **state)
{
    (void)state;
    Place place = place_new();
    Words words = {"new", STATUS_OK};
    char *target = test_path(place.dir, "a.csv");
    write_file(place.dir, "a.csv", "old");
    assert_int_equal(atomic_file_write(target, put_words, &words, place.arena, place.diag),
                     STATUS_OK);
    assert_names(&place, "a.csv\n");
    assert_content(&place, "a.csv", "new");
    free(target);
    place_free(&place);
}

static void a_writer_that_ends_early_leaves_the_old_file(void **state)
{
    (void)state;
    Place place = place_new();
    Words words = {"half", STATUS_NO_MEMORY};
    char *target = test_path(place.dir, "a.csv");
    write_file(place.dir, "a.csv", "old");
    assert_int_equal(atomic_file_write(target, put_words, &words, place.arena, place.diag),
                     STATUS_NO_MEMORY);
    assert_names(&place, "a.csv\n");
    assert_content(&place, "a.csv", "old");
    free(target);
    place_free(&place);
}

static void a_full_disk_is_a_finding_that_says_so(void **state)
{
    (void)state;
    Place place = place_new();
    Words words = {"too much", STATUS_OK};
    size_t count;
    assert_int_equal(atomic_file_write("/dev/full", put_words, &words, place.arena, place.diag),
                     STATUS_IO);
    const Finding *findings = diag_findings(place.diag, &count);
    assert_int_equal(count, 1);
    assert_string_equal(findings[0].place.file, "/dev/full");
    assert_non_null(strstr(findings[0].message, strerror(ENOSPC)));
    place_free(&place);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_has_its_name_only_when_it_is_committed),
        cmocka_unit_test(an_abandoned_set_leaves_the_old_files),
        cmocka_unit_test(a_set_that_fails_in_the_middle_is_undone),
        cmocka_unit_test(of_two_files_with_one_target_the_old_content_comes_back),
        cmocka_unit_test(a_file_that_cannot_be_placed_leaves_no_second_name_of_the_old_one),
        cmocka_unit_test(a_link_that_leads_nowhere_beside_the_target_stays),
        cmocka_unit_test(permissions_of_the_old_file_are_kept),
        cmocka_unit_test(a_link_stays_and_what_it_leads_to_is_replaced),
        cmocka_unit_test(nobody_elses_file_beside_the_target_is_touched),
        cmocka_unit_test(a_folder_in_the_way_and_a_missing_folder_are_findings),
        cmocka_unit_test(a_device_is_written_to_and_not_replaced),
        cmocka_unit_test(a_folder_that_may_not_be_written_is_a_finding),
        cmocka_unit_test(a_file_that_is_written_whole_takes_the_place_of_the_old_one),
        cmocka_unit_test(a_writer_that_ends_early_leaves_the_old_file),
        cmocka_unit_test(a_full_disk_is_a_finding_that_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
