/* Rounds of which every text and amount can be told from every other, packed. */
#include "tests/support/released_pack.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const level_names[LEVELS] = {"own", "totals", "all"};

/* ---- the round ------------------------------------------------------------------------------ */

static void write_needs(Program *p, const ReleasedPack *c)
{
    char text[8192];
    int at =
        snprintf(text, sizeof text,
                 "id,title,beneficiary,category,quantity,unit,priority,sensitivity,notes,mine\n");
    for (int n = 0; n < NEEDS; n++)
        at += snprintf(text + at, sizeof text - (size_t)at,
                       "ndq%02dz,titleq%02dz,bnq%02dz,HW,%ld,EUR,%d,%s,noteq%02dz,extraq%02dz\n", n,
                       n, c->beneficiary_of[n], c->asked[n], n % 3 + 1,
                       c->restricted[n] ? "restricted" : "open", n, n);
    program_table(p, "needs.csv", text);
}

static void write_offers(Program *p, const ReleasedPack *c)
{
    char text[8192];
    int at = snprintf(text, sizeof text, "id,donor,quantity,unit,notes,source,mine\n");
    for (int o = 0; o < OFFERS; o++)
        at += snprintf(text + at, sizeof text - (size_t)at,
                       "ofq%02dz,dnq%02dz,%ld,EUR,onoteq%02dz,srcq%02dz,extraq5%dz\n", o,
                       c->donor_of[o], c->offered[o], o, o, o);
    program_table(p, "offers.csv", text);
}

static void write_parties(Program *p)
{
    char text[4096];
    int at = snprintf(text, sizeof text, "id,name,contact,mine\n");
    for (int d = 0; d < DONORS; d++)
        at += snprintf(text + at, sizeof text - (size_t)at,
                       "dnq%02dz,dnameq%02dz,mailq%02dz,extraq7%dz\n", d, d, d, d);
    program_table(p, "donors.csv", text);
    at = snprintf(text, sizeof text, "id,name,mine\n");
    for (int b = 0; b < BENEFICIARIES; b++)
        at += snprintf(text + at, sizeof text - (size_t)at, "bnq%02dz,bnameq%02dz,extraq8%dz\n", b,
                       b, b);
    program_table(p, "beneficiaries.csv", text);
    program_table(p, "rules.csv",
                  "id,kind,need,offer,reason\nruleq1z,forbid,ndq00z,ofq00z,whyq1z\n");
}

/** Amounts of seven digits, no two alike: none of them turns up by chance. */
static void draw(ReleasedPack *c, uint64_t seed)
{
    TestRandom random = random_seeded(seed);
    memset(c, 0, sizeof *c);
    for (int n = 0; n < NEEDS; n++) {
        c->beneficiary_of[n] = n < BENEFICIARIES ? n : (int)random_between(&random, 0, 3);
        c->restricted[n] = n == 1 || random_chance(&random, 3);
        c->asked[n] = 1000003 + 700001L * n + random_between(&random, 0, 90000) * 2;
    }
    for (int o = 0; o < OFFERS; o++) {
        c->donor_of[o] = o < DONORS ? o : (int)random_between(&random, 0, 3);
        c->offered[o] = 1500017 + 800003L * o + random_between(&random, 0, 90000) * 2;
    }
}

/** The cells of a line of a table without quotes. */
static int split(char *line, char **cells, int most)
{
    int count = 0;
    for (char *at = line; at != NULL && count < most; count++) {
        cells[count] = at;
        at = strchr(at, ',');
        if (at != NULL)
            *at++ = '\0';
    }
    return count;
}

static void read_lines(Program *p, ReleasedPack *c, const char *table)
{
    char *text = program_read(p, table), *cells[16] = {NULL};
    memset(c->assigned, 0, sizeof c->assigned);
    memset(c->used, 0, sizeof c->used);
    c->line_count = 0;
    for (char *row = strchr(text, '\n') + 1, *end; (end = strchr(row, '\n')) != NULL;
         row = end + 1) {
        *end = '\0';
        assert_true(c->line_count < LINES_MOST && split(row, cells, 16) >= 4);
        if (cells[0] == NULL || cells[1] == NULL || cells[3] == NULL)
            break;
        int k = c->line_count++;
        c->lines[k].need = (int)strtol(cells[0] + 3, NULL, 10);
        c->lines[k].offer = (int)strtol(cells[1] + 3, NULL, 10);
        c->lines[k].quantity = strtod(cells[3], NULL);
        c->assigned[c->lines[k].need] += c->lines[k].quantity;
        c->used[c->lines[k].offer] += c->lines[k].quantity;
    }
    free(text);
    for (int n = 0; n < NEEDS; n++)
        c->unmet[n] = (double)c->asked[n] - c->assigned[n];
    for (int o = 0; o < OFFERS; o++)
        c->left[o] = (double)c->offered[o] - c->used[o];
}

static void pack_plan(Program *p, const char *plan, Level level)
{
    char script[512];
    (void)snprintf(script, sizeof script,
                   "rm -rf p && $ALLOT pack r %s p -q --set release=%s && cd p && "
                   "for f in *.xlsx; do unzip -p $f > $f.parts || exit 9; done",
                   plan, level_names[level]);
    program_script(p, script);
    assert_exit(p, 0);
}

void released_pack_make(Program *p, ReleasedPack *c, uint64_t seed, Level level)
{
    program_open(p);
    draw(c, seed);
    write_needs(p, c);
    write_offers(p, c);
    write_parties(p);
    ALLOT(p, "solve", "r", "--tables", "t", "--explain", "none", "-q");
    assert_exit(p, 0);
    read_lines(p, c, "t/assignments.csv");
    assert_true(c->line_count > 0);
    pack_plan(p, "t", level);
}

/* ---- answers -------------------------------------------------------------------------------- */

static void write_answers(Program *p, const ReleasedPack *c, int donor)
{
    char text[4096], name[32], *dir = test_path(p->dir, "a");
    int at = snprintf(text, sizeof text, "need,offer,decision,comment\n"), answered = 0;
    for (int k = 0; k < c->line_count; k++) {
        const PackedLine *line = &c->lines[k];
        if (c->donor_of[line->offer] != donor)
            continue;
        at += snprintf(text + at, sizeof text - (size_t)at, "ndq%02dz,ofq%02dz,%s,cmtq%02dz\n",
                       line->need, line->offer, answered++ % 2 == 0 ? "agree" : "decline", k);
    }
    (void)snprintf(name, sizeof name, "donor-dnq%02dz.csv", donor);
    write_file(dir, name, text);
    free(dir);
}

void released_pack_answer(Program *p, ReleasedPack *c, Level level)
{
    program_script(p, "mkdir a");
    for (int donor = 0; donor < 2; donor++)
        write_answers(p, c, donor);
    ALLOT(p, "solve", "r", "--answers", "a", "--previous", "t", "--tables", "t2", "--explain",
          "none", "-q");
    assert_exit(p, 0);
    memcpy(c->before, c->lines, sizeof c->before);
    c->before_count = c->line_count;
    read_lines(p, c, "t2/assignments.csv");
    pack_plan(p, "t2 --previous t", level);
}

/* ---- what a file holds ---------------------------------------------------------------------- */

char *read_party(Program *p, const char *party)
{
    char name[128];
    (void)snprintf(name, sizeof name, "p/%s.xlsx.parts", party);
    char *book = program_read(p, name);
    (void)snprintf(name, sizeof name, "p/%s.txt", party);
    char *letter = program_wrote(p, name) ? program_read(p, name) : NULL;
    size_t book_length = strlen(book), length = letter != NULL ? strlen(letter) : 0;
    /* parts hold no NUL: what strlen() sees is all of it */
    char *all = realloc(book, book_length + length + 1);
    assert_non_null(all);
    memcpy(all + book_length, letter != NULL ? letter : "", length + 1);
    free(letter);
    return all;
}

bool holds_text(const char *file, const char *begins, int number)
{
    char text[64];
    (void)snprintf(text, sizeof text, "%s%02dz", begins, number);
    return strstr(file, text) != NULL;
}

bool holds_amount(const char *file, double amount)
{
    char cell[64], letter[64];
    long cents = (long)(amount * 100 + 0.5), whole = cents / 100;
    (void)snprintf(cell, sizeof cell, "<v>%.15g</v>", (double)cents / 100);
    (void)snprintf(letter, sizeof letter, "%ld,%03ld,%03ld.%02ld", whole / 1000000,
                   whole / 1000 % 1000, whole % 1000, cents % 100);
    return strstr(file, cell) != NULL || strstr(file, letter) != NULL;
}
