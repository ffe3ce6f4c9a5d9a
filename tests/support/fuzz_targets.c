/* The fuzzers' targets: a round in a scratch folder, one file of which is the fuzzer's. */
#include "tests/support/fuzz_targets.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "allot/round_read.h"
#include "tests/support/zip_file.h"

enum { PATH_SIZE = 128 };

static const struct {
    const char *name, *text;
} TABLES[] = {
    {"needs.csv", "id,category,quantity\nN-1,HW,5\n"},
    {"offers.csv", "id,donor,quantity\nO-1,D,9\n"},
    {"settings.csv", "key,value\nround,R\n"},
    {"rates.csv", "currency,rate\nUSD,0.9\n"},
    {"donors.csv", "id,name\nD,Donor\n"},
    {"beneficiaries.csv", "id,name\nB,Somebody\n"},
    {"rules.csv", "id,kind\nR-1,forbid\n"},
    {"commitments.csv", "need,offer,kind\nN-1,O-1,forbidden\n"},
};

enum { TABLE_NUMBER = sizeof TABLES / sizeof TABLES[0] };

/* Anything wrong with the machine ends the run: it is no finding. */
static void must(bool done, const char *what)
{
    if (done)
        return;
    perror(what);
    abort();
}

static void blame(const char *what)
{
    (void)fprintf(stderr, "%s\n", what);
    abort();
}

/* A folder in memory where there is one, of this process alone. */
static char folder[PATH_SIZE];

static const char *scratch(void)
{
    if (folder[0] == '\0') {
        struct stat about;
        const char *top = stat("/dev/shm", &about) == 0 ? "/dev/shm" : "/tmp";
        snprintf(folder, sizeof folder, "%s/allot-fuzz-XXXXXX", top);
        must(mkdtemp(folder) != NULL, "mkdtemp");
    }
    return folder;
}

static void put_file(const char *name, const void *bytes, size_t size)
{
    char path[2 * PATH_SIZE];
    snprintf(path, sizeof path, "%s/%s", scratch(), name);
    FILE *file = fopen(path, "wb");
    must(file != NULL, path);
    must(size == 0 || fwrite(bytes, 1, size, file) == size, path);
    must(fclose(file) == 0, path);
}

static void remove_file(const char *name)
{
    char path[2 * PATH_SIZE];
    snprintf(path, sizeof path, "%s/%s", scratch(), name);
    (void)unlink(path);
}

void fuzz_clean(void)
{
    if (folder[0] == '\0')
        return;
    for (size_t t = 0; t < 2; t++)
        remove_file(TABLES[t].name);
    remove_file("round.xlsx");
    (void)rmdir(folder);
    folder[0] = '\0';
}

/* What reading came to, in a few numbers that two readings must share. */
typedef struct Outcome {
    Status status;
    size_t errors, warnings, needs, offers;
} Outcome;

static Outcome read_once(const RoundSource *source)
{
    Outcome out = {.status = STATUS_OK};
    Arena *arena = arena_new();
    must(arena != NULL, "arena_new");
    Diag *diag = diag_new(arena);
    Round round;
    out.status = round_read(source, arena, diag, &round);
    if (out.status == STATUS_OK)
        out.status = round_check(&round, diag);
    out.errors = diag_count(diag, DIAG_ERROR);
    out.warnings = diag_count(diag, DIAG_WARNING);
    out.needs = out.status == STATUS_OK ? round.need_count : 0;
    out.offers = out.status == STATUS_OK ? round.offer_count : 0;
    arena_free(arena);
    return out;
}

/* Every input is read once; one in eight twice, to see that both readings agree. */
static void judge(const RoundSource *source, size_t size)
{
    Outcome one = read_once(source);
    if (size % 8 == 0) {
        Outcome two = read_once(source);
        if (one.status != two.status || one.errors != two.errors || one.warnings != two.warnings ||
            one.needs != two.needs || one.offers != two.offers)
            blame("two readings of one input differ");
    }
    if (one.status != STATUS_OK && one.status != STATUS_FINDINGS && one.status != STATUS_IO)
        blame("reading ended with a status that no file can cause");
    if (one.status != STATUS_OK && one.errors == 0)
        blame("a round was refused without an error that says why");
}

/* ---- CSV ------------------------------------------------------------------------------------ */

void fuzz_csv(const uint8_t *data, size_t size)
{
    static const char *const encodings[] = {NULL, "windows-1251", "UTF-16LE", "ISO-2022-JP"};
    if (size == 0)
        return;
    size_t chosen = data[0] % TABLE_NUMBER;
    for (size_t t = 0; t < 2; t++)
        put_file(TABLES[t].name, TABLES[t].text, strlen(TABLES[t].text));
    put_file(TABLES[chosen].name, data + 1, size - 1);
    RoundSource source = {.path = scratch(),
                          .encoding = encodings[data[0] / TABLE_NUMBER % 4],
                          .decimal = data[0] >= 128 ? ',' : 0};
    judge(&source, size);
    if (chosen >= 2)
        remove_file(TABLES[chosen].name);
}

/* ---- workbooks ------------------------------------------------------------------------------ */

#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006/"
#define RELATION "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

static const char SHEET[] =
    "<worksheet xmlns=\"" MAIN "\"><sheetData>"
    "<row r=\"1\"><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c><c t=\"s\"><v>2</v></c></row>"
    "<row r=\"2\"><c t=\"inlineStr\"><is><t>X-1</t></is></c><c t=\"s\"><v>3</v></c>"
    "<c s=\"1\"><v>46113.5</v></c></row></sheetData></worksheet>";

static const struct {
    const char *name, *text;
} PARTS[] = {
    {"_rels/.rels", "<Relationships xmlns=\"" PACKAGE "relationships\"><Relationship Id=\"a\" "
                    "Type=\"" RELATION "/officeDocument\" Target=\"xl/workbook.xml\"/>"
                    "</Relationships>"},
    {"xl/_rels/workbook.xml.rels",
     "<Relationships xmlns=\"" PACKAGE "relationships\">"
     "<Relationship Id=\"a\" Type=\"" RELATION "/worksheet\" Target=\"worksheets/a.xml\"/>"
     "<Relationship Id=\"b\" Type=\"" RELATION "/worksheet\" Target=\"worksheets/b.xml\"/>"
     "<Relationship Id=\"c\" Type=\"" RELATION "/sharedStrings\" Target=\"strings.xml\"/>"
     "<Relationship Id=\"d\" Type=\"" RELATION "/styles\" Target=\"styles.xml\"/>"
     "</Relationships>"},
    {"xl/workbook.xml", "<workbook xmlns=\"" MAIN "\" xmlns:r=\"" RELATION "\"><sheets>"
                        "<sheet name=\"needs\" sheetId=\"1\" r:id=\"a\"/>"
                        "<sheet name=\"offers\" sheetId=\"2\" state=\"hidden\" r:id=\"b\"/>"
                        "</sheets></workbook>"},
    {"xl/strings.xml", "<sst xmlns=\"" MAIN "\"><si><t>id</t></si><si><t>category</t></si>"
                       "<si><t>quantity</t></si><si><r><t>H</t></r><r><t>W</t></r></si></sst>"},
    {"xl/styles.xml", "<styleSheet xmlns=\"" MAIN "\"><numFmts count=\"1\"><numFmt "
                      "numFmtId=\"170\" formatCode=\"dd.mm.yyyy\"/></numFmts><cellXfs count=\"2\">"
                      "<xf numFmtId=\"0\"/><xf numFmtId=\"170\"/></cellXfs></styleSheet>"},
    {"xl/worksheets/a.xml", SHEET},
    {"xl/worksheets/b.xml", SHEET},
    {"[Content_Types].xml", "<Types xmlns=\"" PACKAGE "content-types\"/>"},
};

enum { PART_NUMBER = sizeof PARTS / sizeof PARTS[0], PARTS_CHANGED = 6, WHOLE_FILE = 6, FLAT, ODS };

/* The archive with the chosen part replaced, stored: what the fuzzer changes is what is read. */
static void put_archive(size_t chosen, const void *bytes, size_t size)
{
    ZipFile *zip = zip_file_new(scratch(), "round.xlsx");
    for (size_t p = 0; p < PART_NUMBER; p++)
        if (p == chosen)
            zip_file_add(zip, PARTS[p].name, bytes, size, false);
        else
            zip_file_add(zip, PARTS[p].name, PARTS[p].text, strlen(PARTS[p].text), false);
    zip_file_close(zip);
}

static void put_ods(const void *bytes, size_t size)
{
    ZipFile *zip = zip_file_new(scratch(), "round.xlsx");
    zip_file_add(zip, "content.xml", bytes, size, false);
    zip_file_close(zip);
}

void fuzz_workbook(const uint8_t *data, size_t size)
{
    char path[2 * PATH_SIZE];
    if (size == 0)
        return;
    size_t chosen = data[0] % (ODS + 1);
    if (chosen < PARTS_CHANGED)
        put_archive(chosen, data + 1, size - 1);
    else if (chosen == ODS)
        put_ods(data + 1, size - 1);
    else
        put_file("round.xlsx", data + 1, size - 1);
    snprintf(path, sizeof path, "%s/round.xlsx", scratch());
    judge(&(RoundSource){.path = path}, size);
}
