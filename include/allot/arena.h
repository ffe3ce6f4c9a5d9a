/* room: base
 *
 * Memory with one owner and one end. A round, everything derived from it and its plan live in one
 * arena; scratch work lives in another that is reset between phases. Nothing is freed singly.
 */
#ifndef ALLOT_ARENA_H
#define ALLOT_ARENA_H

#include <stdarg.h>
#include <stddef.h>

typedef struct Arena Arena;

/** A new, empty arena, or NULL without memory. Freed with arena_free(). */
Arena *arena_new(void);

/** Frees the arena and all it handed out. NULL is allowed. */
void arena_free(Arena *arena);

/** Forgets everything handed out, keeps the largest block for reuse. No pointer into it survives. */
void arena_reset(Arena *arena);

/** @p count zeroed objects of @p size bytes, aligned for any type. A count of 0 gives a valid
 *  pointer to nothing. NULL when memory is short or count * size overflows. */
void *arena_alloc(Arena *arena, size_t count, size_t size);

/** A larger block with the first @p old_count objects of @p old copied; @p old stays valid and is
 *  given back with the arena (in place where @p old was the last block). The rest is zeroed; @p old
 *  may be NULL for nothing. NULL without memory: then @p old is as it was. */
void *arena_grow(Arena *arena, const void *old, size_t old_count, size_t new_count, size_t size);

/** A copy of @p length bytes of @p text with a terminating NUL, or NULL without memory. */
char *arena_text(Arena *arena, const char *text, size_t length);

/** printf into the arena, or NULL without memory. */
char *arena_printf(Arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

/** The same with the arguments as a va_list. */
char *arena_vprintf(Arena *arena, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));

/** Bytes held from the system now. */
size_t arena_bytes(const Arena *arena);

/** Test switch: the @p calls-th allocation from now (0 = the next) and all later ones fail;
 *  SIZE_MAX switches it off. A text, a print and a grow are one allocation each. */
void arena_fail_after(Arena *arena, size_t calls);

/** Arenas alive in this process; tests assert that it returns to 0. */
size_t arena_live_count(void);

#define ARENA_NEW(arena, count, Type) ((Type *)arena_alloc((arena), (count), sizeof(Type)))

#endif
