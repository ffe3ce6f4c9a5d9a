/* Files that are whole or absent: every output of the program is written beside its target and
 * renamed. For a set of files the old ones are kept under a second name until the last new one is
 * in place, so that a failure in between can be undone.
 */
#include "io/atomic_file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NAMES_TRIED = 1000 };

typedef struct AtomicFile {
    const char *name;  /* for findings */
    const char *place; /* the target with links followed */
    const char *fresh; /* where the new content is; equal to place for a device */
    const char *old;   /* second name of the old content, NULL when there is none */
    bool placed;       /* the new content has its target's name */
} AtomicFile;

struct AtomicSet {
    Arena *arena;
    AtomicFile *files;
    size_t count;
};

AtomicSet *atomic_set_new(Arena *arena)
{
    AtomicSet *set = ARENA_NEW(arena, 1, AtomicSet);
    if (set != NULL)
        set->arena = arena;
    return set;
}

Status atomic_file_failed(Diag *diag, const char *name, int error)
{
    DiagPlace place = {.file = name};
    const char *why = strerror(error);
    switch (error) {
    case ENOENT:
        diag_add(diag, DIAG_WRITE, place,
                 "cannot write: %s; make the folder first, or name another", why);
        break;
    case ENOTDIR:
        diag_add(diag, DIAG_WRITE, place, "cannot write: %s; name a folder, or a file in one", why);
        break;
    case EISDIR: diag_add(diag, DIAG_WRITE, place, "cannot write: %s; name a file", why); break;
    case EACCES:
    case EPERM:
    case EROFS:
        diag_add(diag, DIAG_WRITE, place, "cannot write: %s; name a place that you may write to",
                 why);
        break;
    case ENOSPC:
    case EDQUOT:
        diag_add(diag, DIAG_WRITE, place, "cannot write: %s; make room, or name another disk", why);
        break;
    default: diag_add(diag, DIAG_WRITE, place, "cannot write: %s", why);
    }
    return STATUS_IO;
}

/* The file that a link leads to, or the path itself. NULL without memory. */
static const char *follow(Arena *arena, const char *path)
{
    char *real = realpath(path, NULL);
    if (real == NULL)
        return arena_text(arena, path, strlen(path));
    const char *kept = arena_text(arena, real, strlen(real));
    free(real);
    return kept;
}

/* ".NAME.new" beside PATH, numbered from the second attempt on: nobody else's file is touched. */
static const char *name_beside(Arena *arena, const char *path, const char *ending, int attempt)
{
    const char *slash = strrchr(path, '/');
    int folder = slash == NULL ? 0 : (int)(slash + 1 - path);
    if (attempt == 0)
        return arena_printf(arena, "%.*s.%s.%s", folder, path, path + folder, ending);
    return arena_printf(arena, "%.*s.%s.%s%d", folder, path, path + folder, ending, attempt);
}

/* A new empty file beside file->place with the old one's permissions. @return 0 or an errno. */
static int make_fresh(Arena *arena, AtomicFile *file, const struct stat *old)
{
    for (int attempt = 0; attempt < NAMES_TRIED; attempt++) {
        file->fresh = name_beside(arena, file->place, "new", attempt);
        if (file->fresh == NULL)
            return ENOMEM;
        int handle = open(file->fresh, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (handle < 0 && errno == EEXIST)
            continue;
        if (handle < 0)
            return errno;
        int error = old != NULL && fchmod(handle, old->st_mode & 0777) != 0 ? errno : 0;
        if (close(handle) != 0 && error == 0)
            error = errno;
        if (error != 0)
            (void)unlink(file->fresh);
        return error;
    }
    return EEXIST;
}

/* Decides where FILE is written and prepares the place. @return 0 or an errno. */
static int prepare(Arena *arena, AtomicFile *file)
{
    struct stat old;
    file->fresh = file->place; /* a device, unless it is found to be none */
    if (stat(file->place, &old) != 0)
        return errno == ENOENT ? make_fresh(arena, file, NULL) : errno;
    if (S_ISDIR(old.st_mode))
        return EISDIR;
    if (S_ISREG(old.st_mode))
        return access(file->place, W_OK) != 0 ? errno : make_fresh(arena, file, &old);
    return 0;
}

Status atomic_set_add(AtomicSet *set, const char *target, const char *name, Diag *diag,
                      const char **write_to)
{
    AtomicFile *files =
        arena_grow(set->arena, set->files, set->count, set->count + 1, sizeof *files);
    TRY_NEW(files);
    set->files = files;
    AtomicFile *file = &files[set->count];
    *file = (AtomicFile){.name = name, .place = follow(set->arena, target)};
    TRY_NEW(file->place);
    int error = prepare(set->arena, file);
    if (error != 0)
        return error == ENOMEM ? STATUS_NO_MEMORY : atomic_file_failed(diag, name, error);
    set->count++;
    *write_to = file->fresh;
    return STATUS_OK;
}

Status atomic_file_fill(const char *write_to, const char *name, WriteFile *write, void *context,
                        Diag *diag)
{
    FILE *file = fopen(write_to, "wb");
    if (file == NULL)
        return atomic_file_failed(diag, name, errno);
    errno = 0;
    Status status = write(file, context);
    bool whole = ferror(file) == 0 && fflush(file) == 0;
    int error = errno;
    if (fclose(file) != 0 && whole) {
        whole = false;
        error = errno;
    }
    if (status == STATUS_OK && !whole)
        return atomic_file_failed(diag, name, error);
    return status;
}

Status atomic_set_write(AtomicSet *set, const char *target, const char *name, WriteFile *write,
                        void *context, Diag *diag)
{
    const char *write_to;
    TRY(atomic_set_add(set, target, name, diag, &write_to));
    return atomic_file_fill(write_to, name, write, context, diag);
}

static bool is_direct(const AtomicFile *file)
{
    return strcmp(file->fresh, file->place) == 0;
}

/* Waits until the content of PATH is on disk, so that the new name never outlives a power cut
 * without it. @return 0 or an errno. */
static int to_disk(const char *path)
{
    int handle = open(path, O_RDONLY | O_CLOEXEC);
    if (handle < 0)
        return errno;
    int error = fsync(handle) != 0 && errno != EINVAL && errno != ENOSYS ? errno : 0;
    (void)close(handle);
    return error;
}

/* Gives the old content, if there is any, a second name: by a hard link, or on a file system that
 * has none by a new name. @return 0 or an errno. */
static int keep_old(Arena *arena, AtomicFile *file)
{
    struct stat about;
    if (lstat(file->place, &about) != 0)
        return 0;
    if (S_ISDIR(about.st_mode))
        return EISDIR;
    for (int attempt = 0; attempt < NAMES_TRIED; attempt++) {
        const char *old = name_beside(arena, file->place, "old", attempt);
        if (old == NULL)
            return ENOMEM;
        if (lstat(old, &about) == 0) /* be it a link that leads nowhere */
            continue;
        bool linked = link(file->place, old) == 0;
        if (!linked && errno == EEXIST)
            continue;
        if (!linked && rename(file->place, old) != 0)
            return errno;
        file->old = old;
        return 0;
    }
    return EEXIST;
}

static int place_file(Arena *arena, AtomicFile *file)
{
    int error = to_disk(file->fresh);
    if (error == 0)
        error = keep_old(arena, file);
    if (error == 0 && rename(file->fresh, file->place) != 0)
        error = errno;
    file->placed = error == 0;
    return error;
}

/* Puts one file back as it was: the old content under its name, the new one gone. */
static void undo(AtomicFile *file)
{
    if (is_direct(file))
        return;
    if (!file->placed)
        (void)unlink(file->fresh);
    if (file->old != NULL && rename(file->old, file->place) == 0)
        (void)unlink(file->old); /* rename leaves two names of one file as they are */
    else if (file->old == NULL && file->placed)
        (void)unlink(file->place);
}

void atomic_set_abandon(AtomicSet *set)
{
    if (set == NULL)
        return;
    while (set->count > 0) /* from the end: of two with one target the first has the old content */
        undo(&set->files[--set->count]);
}

Status atomic_set_commit(AtomicSet *set, Diag *diag)
{
    for (size_t i = 0; i < set->count; i++) {
        AtomicFile *file = &set->files[i];
        int error = is_direct(file) ? 0 : place_file(set->arena, file);
        if (error != 0) {
            atomic_set_abandon(set);
            return error == ENOMEM ? STATUS_NO_MEMORY : atomic_file_failed(diag, file->name, error);
        }
    }
    for (size_t i = 0; i < set->count; i++)
        if (set->files[i].old != NULL)
            (void)unlink(set->files[i].old);
    set->count = 0;
    return STATUS_OK;
}

Status atomic_file_write(const char *path, WriteFile *write, void *context, Arena *arena,
                         Diag *diag)
{
    AtomicSet *set = atomic_set_new(arena);
    TRY_NEW(set);
    Status status = atomic_set_write(set, path, path, write, context, diag);
    if (status == STATUS_OK)
        return atomic_set_commit(set, diag);
    atomic_set_abandon(set);
    return status;
}
