/* Arena: blocks, each at least twice the one before, handed out from front to back. Small and very large
 * ones are malloc's, those between come from the system as whole large pages.
 *
 * Called by everything that builds data. Owns its blocks; arena_free() gives them back. The only
 * state outside an arena is the count of live ones, which tests compare with 0.
 *
 * Under AddressSanitizer whatever is not handed out is poisoned, also a gap after each object, so
 * that a write past an array's end or a pointer kept over arena_reset() is caught.
 */
#define _DEFAULT_SOURCE /* madvise(); NOLINT(bugprone-reserved-identifier): the C library's name */

#include "allot/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_ASAN 1
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define ARENA_ASAN 1
#endif

#ifdef ARENA_ASAN
#include <sanitizer/asan_interface.h>
enum { GAP_BYTES = alignof(max_align_t), PAGED_BLOCKS = 0 }; /* its own malloc sees all blocks */

/* Not inlined: gcc 12 takes the address of fresh memory, handed on as const, for a read of it. */
static __attribute__((noinline)) void poison(void *start, size_t bytes)
{
    __asan_poison_memory_region(start, bytes);
}

static void unpoison(void *start, size_t bytes)
{
    __asan_unpoison_memory_region(start, bytes);
}
#else
enum { GAP_BYTES = 0, PAGED_BLOCKS = 1 };

static void poison(void *start, size_t bytes)
{
    (void)start;
    (void)bytes;
}

static void unpoison(void *start, size_t bytes)
{
    (void)start;
    (void)bytes;
}
#endif

enum {
    FIRST_BLOCK_BYTES = 64 * 1024 - 64, /* with malloc's own header still below 64 KiB */
    PRINT_FIRST_TRY = 256,              /* most messages are shorter and are formatted once */
    LARGE_PAGE_BYTES = 2 * 1024 * 1024,
    PAGED_LEAST_BYTES = LARGE_PAGE_BYTES, /* smaller ones would fill a part of it */
    PAGED_MOST_BYTES = 32 * 1024 * 1024,  /* beyond it little is lost at the ends */
};

#define NEVER SIZE_MAX

typedef struct Block {
    struct Block *older;
    size_t capacity;
    size_t used;
    size_t clean; /* from here on every byte is 0 */
    bool paged;   /* is it from the system itself, not from malloc? */
    alignas(max_align_t) unsigned char data[];
} Block;

struct Arena {
    Block *newest; /* allocations come from here; NULL before the first */
    unsigned char *last;
    size_t bytes;
    size_t fail_in; /* allocations until the first that fails, or NEVER */
};

/* A statistic for tests, no input of any result; atomic because rounds may be solved in parallel. */
static atomic_size_t live_arenas;

Arena *arena_new(void)
{
    Arena *arena = calloc(1, sizeof *arena);
    if (arena == NULL)
        return NULL;
    arena->bytes = sizeof *arena;
    arena->fail_in = NEVER;
    atomic_fetch_add(&live_arenas, 1);
    return arena;
}

static void free_block(Arena *arena, Block *block)
{
    unpoison(block->data, block->capacity);
    size_t bytes = sizeof *block + block->capacity;
    arena->bytes -= bytes;
    if (block->paged)
        (void)munmap(block, bytes);
    else
        free(block);
}

static void free_blocks_before(Arena *arena, Block *block)
{
    while (block != NULL) {
        Block *older = block->older;
        free_block(arena, block);
        block = older;
    }
}

void arena_free(Arena *arena)
{
    if (arena == NULL)
        return;
    free_blocks_before(arena, arena->newest);
    free(arena);
    atomic_fetch_sub(&live_arenas, 1);
}

void arena_reset(Arena *arena)
{
    Block *kept = arena->newest;
    arena->last = NULL;
    if (kept == NULL)
        return;
    /* Blocks double, so the newest is about half of all and fits the next phase's first half. */
    free_blocks_before(arena, kept->older);
    kept->older = NULL;
    kept->used = 0;
    poison(kept->data, kept->capacity);
}

/* Space an object takes in a block, at least one unit so that no two objects share an address;
 * false when that overflows. */
static bool room_for(size_t count, size_t size, size_t *bytes, size_t *room)
{
    const size_t unit = alignof(max_align_t);
    if (__builtin_mul_overflow(count, size, bytes))
        return false;
    if (*bytes > PTRDIFF_MAX - 2 * unit - GAP_BYTES)
        return false;
    size_t filled = *bytes == 0 ? 1 : *bytes;
    *room = (filled + unit - 1) / unit * unit + GAP_BYTES;
    return true;
}

/** Memory that is touched for the first time comes page by page, which costs more than most of what is
 *  then done with it. Of large blocks the system may take its large pages instead, where it has any; it
 *  is asked, no more: what it answers changes nothing but time. */
static void ask_for_large_pages(void *start, size_t bytes)
{
    size_t before = (size_t)(-(uintptr_t)start % LARGE_PAGE_BYTES);
    if (bytes >= before + LARGE_PAGE_BYTES)
        (void)madvise((unsigned char *)start + before,
                      (bytes - before) / LARGE_PAGE_BYTES * LARGE_PAGE_BYTES, MADV_HUGEPAGE);
}

/** Whole large pages straight from the system, all of them 0; NULL when it gives none. */
static void *new_pages(size_t bytes)
{
    size_t room = bytes + LARGE_PAGE_BYTES;
    unsigned char *start =
        mmap(NULL, room, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (start == MAP_FAILED)
        return NULL;
    size_t before = (size_t)(-(uintptr_t)start % LARGE_PAGE_BYTES);
    if (before > 0)
        (void)munmap(start, before);
    (void)munmap(start + before + bytes, LARGE_PAGE_BYTES - before);
    return start + before;
}

/** A block of @p capacity bytes or more. One of middle size begins and ends where large pages do, so that
 *  all of it may lie on some. */
static Block *new_block(size_t capacity)
{
    size_t bytes = sizeof(Block) + capacity;
    bool paged = PAGED_BLOCKS && bytes >= PAGED_LEAST_BYTES && bytes < PAGED_MOST_BYTES;
    if (paged)
        bytes = (bytes + LARGE_PAGE_BYTES - 1) / LARGE_PAGE_BYTES * LARGE_PAGE_BYTES;
    Block *block = paged ? new_pages(bytes) : calloc(1, bytes); /* not touched before it is used */
    if (block == NULL)
        return NULL;
    ask_for_large_pages(block, bytes);
    block->capacity = bytes - sizeof(Block);
    block->paged = paged;
    return block;
}

static bool add_block(Arena *arena, size_t room)
{
    size_t capacity = FIRST_BLOCK_BYTES;
    if (arena->newest != NULL && arena->newest->capacity <= PTRDIFF_MAX / 4)
        capacity = 2 * arena->newest->capacity;
    if (capacity < room)
        capacity = room;
    if (capacity > PTRDIFF_MAX - sizeof(Block))
        return false;
    Block *block = new_block(capacity);
    if (block == NULL)
        return false;
    block->older = arena->newest;
    poison(block->data, block->capacity);
    arena->newest = block;
    arena->bytes += sizeof *block + block->capacity;
    return true;
}

static bool must_fail(Arena *arena)
{
    if (arena->fail_in == NEVER)
        return false;
    if (arena->fail_in == 0)
        return true;
    arena->fail_in--;
    return false;
}

/* Room that fill() has to follow. */
static unsigned char *take(Arena *arena, size_t bytes, size_t room)
{
    Block *block = arena->newest;
    if (block == NULL || block->capacity - block->used < room) {
        if (!add_block(arena, room))
            return NULL;
        block = arena->newest;
    }
    unsigned char *start = block->data + block->used;
    block->used += room;
    arena->last = start;
    unpoison(start, bytes);
    return start;
}

/* The last object keeps its first bytes and is zeroed from there on. */
static void fill(Arena *arena, size_t kept, size_t bytes)
{
    Block *block = arena->newest;
    size_t from = (size_t)(arena->last - block->data) + kept, to = from - kept + bytes;
    if (from < block->clean)
        memset(block->data + from, 0, (to < block->clean ? to : block->clean) - from);
    block->clean = block->used > block->clean ? block->used : block->clean;
}

void *arena_alloc(Arena *arena, size_t count, size_t size)
{
    size_t bytes;
    size_t room;
    if (must_fail(arena) || !room_for(count, size, &bytes, &room))
        return NULL;
    unsigned char *start = take(arena, bytes, room);
    if (start != NULL)
        fill(arena, 0, bytes);
    return start;
}

/* Stretches (or shrinks) the last object where it lies; false when its block has no room. */
static bool stretch_last(Arena *arena, size_t bytes, size_t room)
{
    Block *block = arena->newest;
    size_t offset = (size_t)(arena->last - block->data);
    if (block->capacity - offset < room)
        return false;
    poison(arena->last, block->used - offset);
    block->used = offset + room;
    unpoison(arena->last, bytes);
    return true;
}

void *arena_grow(Arena *arena, const void *old, size_t old_count, size_t new_count, size_t size)
{
    size_t bytes;
    size_t room;
    if (must_fail(arena) || !room_for(new_count, size, &bytes, &room))
        return NULL;
    size_t kept = (old_count < new_count ? old_count : new_count) * size;
    unsigned char *start = arena->last;
    bool in_place = old != NULL && old == arena->last && stretch_last(arena, bytes, room);
    if (!in_place) {
        start = take(arena, bytes, room);
        if (start == NULL)
            return NULL;
        if (old != NULL)
            memcpy(start, old, kept);
        else
            kept = 0;
    }
    fill(arena, kept, bytes);
    return start;
}

char *arena_text(Arena *arena, const char *text, size_t length)
{
    if (length == SIZE_MAX)
        return NULL;
    char *copy = arena_alloc(arena, length + 1, 1);
    if (copy != NULL && length > 0)
        memcpy(copy, text, length);
    return copy;
}

char *arena_vprintf(Arena *arena, const char *format, va_list args)
{
    char first[PRINT_FIRST_TRY];
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(first, sizeof first, format, args);
    char *text = NULL;
    if (length >= 0 && (size_t)length < sizeof first) {
        text = arena_text(arena, first, (size_t)length);
    } else if (length >= 0) {
        text = arena_alloc(arena, (size_t)length + 1, 1);
        if (text != NULL)
            (void)vsnprintf(text, (size_t)length + 1, format, again);
    }
    va_end(again);
    return text;
}

char *arena_printf(Arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = arena_vprintf(arena, format, args);
    va_end(args);
    return text;
}

size_t arena_bytes(const Arena *arena)
{
    return arena->bytes;
}

void arena_fail_after(Arena *arena, size_t calls)
{
    arena->fail_in = calls;
}

size_t arena_live_count(void)
{
    return atomic_load(&live_arenas);
}
