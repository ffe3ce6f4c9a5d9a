/* What the system says about itself. */
#include "tests/support/bench_machine.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "tests/support/bench_peers.h"

enum { NAME_TEXT = 96 };

static void read_processor(char out[NAME_TEXT])
{
    FILE *file = fopen("/proc/cpuinfo", "r");
    char line[MACHINE_TEXT];
    (void)snprintf(out, NAME_TEXT, "unknown processor");
    while (file != NULL && fgets(line, (int)sizeof line, file) != NULL) {
        char *name = strchr(line, ':');
        if (strncmp(line, "model name", 10) != 0 || name == NULL)
            continue;
        name += strspn(name, ": ");
        (void)snprintf(out, NAME_TEXT, "%.*s", (int)strcspn(name, "\n"), name);
        break;
    }
    if (file != NULL)
        (void)fclose(file);
}

/** The length of "6.18" in "6.18.44-custom". */
static int release_length(const char *release)
{
    size_t major = strcspn(release, ".");
    return (int)(release[major] == '.' ? major + 1 + strspn(release + major + 1, "0123456789")
                                       : major);
}

const char *bench_machine_text(char out[MACHINE_TEXT])
{
    char processor[NAME_TEXT];
    struct utsname name = {0};
    read_processor(processor);
    if (uname(&name) != 0)
        (void)snprintf(name.sysname, sizeof name.sysname, "unknown system");
    (void)snprintf(out, MACHINE_TEXT, "%s, %ld processors, %.40s %.*s %.20s", processor,
                   sysconf(_SC_NPROCESSORS_ONLN), name.sysname, release_length(name.release),
                   name.release, name.machine);
    return out;
}

const char *bench_peers_text(char out[MACHINE_TEXT])
{
    size_t length = 0;
    *out = '\0';
    for (int peer = 0; peer < PEER_COUNT; peer++) {
        if (peer == PEER_GLPSOL_WHOLE) /* the same program once more */
            continue;
        char *version = bench_peer_version((BenchPeer)peer);
        (void)snprintf(out + length, MACHINE_TEXT - length, "%s%s %s", length > 0 ? ", " : "",
                       bench_peer_text((BenchPeer)peer), version);
        length = strlen(out);
        free(version);
    }
    return out;
}

static void print_load(void)
{
    FILE *file = fopen("/proc/loadavg", "r");
    char line[128];
    if (file != NULL && fgets(line, (int)sizeof line, file) != NULL)
        printf("load when it began: %.2f\n", strtod(line, NULL));
    if (file != NULL)
        (void)fclose(file);
}

void bench_print_machine(void)
{
    char text[MACHINE_TEXT];
    printf("machine: %s\n", bench_machine_text(text));
    printf("beside: %s\n", bench_peers_text(text));
    print_load();
    printf("\n");
}
