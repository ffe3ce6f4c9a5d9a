/* What names were meant to be, remembered. Called by the checks that ask once a row. */
#include "models/meant_names.h"

Status meant_names_init(Arena *arena, KnownNames known, MeantNames *out)
{
    bool added;
    *out = (MeantNames){known, name_map_new(arena)};
    TRY_NEW(out->found);
    for (size_t i = 0; i < known.count; i++)
        if (!name_map_add(out->found, known.names[i], 0, &added))
            return STATUS_NO_MEMORY;
    return STATUS_OK;
}

/* 1 + index of the name, as name_meant() gave it: the same pointer; 0 for NULL. */
static int place_of(KnownNames known, const char *name)
{
    int place = 0;
    while (name != NULL && known.names[place++] != name)
        ;
    return place;
}

Status meant_names_find(const MeantNames *names, const char *name, const char **meant)
{
    bool added;
    int place = name_map_get(names->found, name);
    if (place < 0) {
        place = place_of(names->known, name_meant(name, names->known));
        if (!name_map_add(names->found, name, place, &added))
            return STATUS_NO_MEMORY;
    }
    *meant = place > 0 ? names->known.names[place - 1] : NULL;
    return STATUS_OK;
}
