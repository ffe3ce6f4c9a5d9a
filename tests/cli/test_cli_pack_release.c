/* What each party of a round receives, and what it does not: every part of every workbook, unzipped, is
 * searched for every text and amount of somebody else. Rounds are seeded at random, with every id,
 * title, name and amount used once; who may see what is worked out here, from the tables alone. */
#include "tests/support/program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DONORS = 4, OFFERS = 7, NEEDS = 12, BENEFICIARIES = 4, LINES_MOST = 64, SEEDS = 4 };

typedef enum Level { OWN, TOTALS, ALL, LEVELS } Level;
static const char *const LEVEL_NAMES[LEVELS] = {"own", "totals", "all"};

/** What is drawn; ids and texts follow from the numbers. */
typedef struct Case {
    int beneficiary_of[NEEDS], donor_of[OFFERS];
    bool restricted[NEEDS];
    long asked[NEEDS], offered[OFFERS];
    struct {
        int need, offer;
        double quantity;
    } lines[LINES_MOST];
    int line_count;
    double unmet[NEEDS], assigned[NEEDS], used[OFFERS], left[OFFERS];
} Case;

/* ---- the round ------------------------------------------------------------------------------ */

static const char NEED_TEXT[] = "ndq", TITLE_TEXT[] = "titleq", OFFER_TEXT[] = "ofq",
                  DONOR_TEXT[] = "dnq", DONOR_NAME[] = "dnameq", BEN_NAME[] = "bnameq",
                  NOTE_TEXT[] = "noteq", SECRET_TEXT[] = "extraq", CONTACT_TEXT[] = "mailq",
                  SOURCE_TEXT[] = "srcq", ONOTE_TEXT[] = "onoteq";

static void write_needs(Program *p, const Case *c)
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

static void write_offers(Program *p, const Case *c)
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
static void draw(Case *c, uint64_t seed)
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

static void read_lines(Program *p, Case *c)
{
    char *text = program_read(p, "t/assignments.csv"), *cells[16] = {NULL};
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

static void make_pack(Program *p, Case *c, uint64_t seed, Level level)
{
    char script[512];
    program_open(p);
    draw(c, seed);
    write_needs(p, c);
    write_offers(p, c);
    write_parties(p);
    ALLOT(p, "solve", "r", "--tables", "t", "--explain", "none", "-q");
    assert_exit(p, 0);
    read_lines(p, c);
    assert_true(c->line_count > 0);
    (void)snprintf(script, sizeof script,
                   "$ALLOT pack r t p -q --set release=%s && cd p && for f in *.xlsx; do "
                   "unzip -p $f > $f.parts || exit 9; done",
                   LEVEL_NAMES[level]);
    program_script(p, script);
    assert_exit(p, 0);
}

/* ---- what a file holds ---------------------------------------------------------------------- */

/** All that a party receives: the parts of its workbook and its letter. */
static char *read_party(Program *p, const char *party)
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

/** A text that is drawn: "ndq07z". */
static bool holds_text(const char *file, const char *begins, int number)
{
    char text[64];
    (void)snprintf(text, sizeof text, "%s%02dz", begins, number);
    return strstr(file, text) != NULL;
}

/** As a cell has it, and as a letter does: 1234567.5, 1,234,567.50. */
static bool holds_amount(const char *file, double amount)
{
    char cell[64], letter[64];
    long cents = (long)(amount * 100 + 0.5), whole = cents / 100;
    (void)snprintf(cell, sizeof cell, "<v>%.15g</v>", (double)cents / 100);
    (void)snprintf(letter, sizeof letter, "%ld,%03ld,%03ld.%02ld", whole / 1000000,
                   whole / 1000 % 1000, whole % 1000, cents % 100);
    return strstr(file, cell) != NULL || strstr(file, letter) != NULL;
}

#define MUST(what, file, begins, number)                                                           \
    do {                                                                                           \
        if (!holds_text((file), (begins), (number)))                                               \
            fail_msg("%s misses %s %d", (what), (begins), (number));                               \
    } while (0)
#define MUST_NOT(what, file, begins, number)                                                       \
    do {                                                                                           \
        if (holds_text((file), (begins), (number)))                                                \
            fail_msg("%s holds %s %d", (what), (begins), (number));                                \
    } while (0)

/* ---- who may see what ----------------------------------------------------------------------- */

typedef struct Known { /* what a party may know: another amount equal to one of it tells nothing */
    double amounts[256];
    int count;
} Known;

static void know(Known *known, double amount)
{
    known->amounts[known->count++] = amount;
}

static void must_not_tell(const char *what, const char *file, const Known *known, double amount)
{
    if (amount < 100000)
        return; /* so small a figure turns up by chance */
    for (int i = 0; i < known->count; i++)
        if (known->amounts[i] == amount)
            return;
    if (holds_amount(file, amount))
        fail_msg("%s tells %.2f", what, amount);
}

/** No amount of a need, a line or an offer but those known. */
static void must_tell_nothing_else(const Case *c, const char *what, const char *file,
                                   const Known *known)
{
    for (int n = 0; n < NEEDS; n++) {
        must_not_tell(what, file, known, (double)c->asked[n]);
        must_not_tell(what, file, known, c->assigned[n]);
        must_not_tell(what, file, known, c->unmet[n]);
    }
    for (int k = 0; k < c->line_count; k++)
        must_not_tell(what, file, known, c->lines[k].quantity);
    for (int o = 0; o < OFFERS; o++) {
        must_not_tell(what, file, known, (double)c->offered[o]);
        must_not_tell(what, file, known, c->used[o]);
        must_not_tell(what, file, known, c->left[o]);
    }
}

static void must_tell(const char *what, const char *file, double amount)
{
    if (amount >= 1000000 && !holds_amount(file, amount))
        fail_msg("%s does not tell %.2f", what, amount);
}

/** Nobody but the planners reads what they noted for themselves. */
static void check_nothing_internal(const char *what, const char *file)
{
    for (int k = 0; k < 90; k++) {
        MUST_NOT(what, file, NOTE_TEXT, k);
        MUST_NOT(what, file, SECRET_TEXT, k);
        MUST_NOT(what, file, SOURCE_TEXT, k);
        MUST_NOT(what, file, ONOTE_TEXT, k);
    }
}

static bool donor_serves(const Case *c, int donor, int need)
{
    for (int k = 0; k < c->line_count; k++)
        if (c->lines[k].need == need && c->donor_of[c->lines[k].offer] == donor)
            return true;
    return false;
}

static void check_donor_needs(const Case *c, const char *what, const char *file, int donor,
                              Level level)
{
    bool sees[BENEFICIARIES] = {false};
    for (int n = 0; n < NEEDS; n++) {
        if (donor_serves(c, donor, n)) {
            sees[c->beneficiary_of[n]] = true;
            MUST(what, file, NEED_TEXT, n);
            MUST(what, file, TITLE_TEXT, n);
            continue;
        }
        MUST_NOT(what, file, TITLE_TEXT, n);
        if (level < ALL) /* under `all` the reasons name others' needs */
            MUST_NOT(what, file, NEED_TEXT, n);
    }
    for (int b = 0; b < BENEFICIARIES; b++)
        if (holds_text(file, BEN_NAME, b) != sees[b])
            fail_msg("%s: wrong of beneficiary %d", what, b);
}

static void check_donor_amounts(const Case *c, const char *what, const char *file, int donor,
                                Level level)
{
    Known known = {.count = 0};
    double sums[NEEDS] = {0}, by_beneficiary[BENEFICIARIES] = {0}, by_tier[3] = {0}, all = 0;
    for (int k = 0; k < c->line_count; k++) {
        int need = c->lines[k].need;
        double quantity = c->lines[k].quantity;
        if (c->donor_of[c->lines[k].offer] != donor)
            continue;
        know(&known, quantity);
        must_tell(what, file, quantity);
        sums[need] += quantity;
        by_beneficiary[c->beneficiary_of[need]] += quantity;
        by_tier[need % 3] += quantity;
        all += quantity;
    }
    know(&known, all);
    for (int n = 0; n < NEEDS; n++)
        know(&known, sums[n]);
    for (int b = 0; b < BENEFICIARIES; b++)
        know(&known, by_beneficiary[b]);
    for (int t = 0; t < 3; t++)
        know(&known, by_tier[t]);
    for (int o = 0; o < OFFERS; o++) {
        if (c->donor_of[o] != donor)
            continue;
        know(&known, (double)c->offered[o]);
        know(&known, c->used[o]);
        know(&known, c->left[o]);
        must_tell(what, file, (double)c->offered[o]);
        must_tell(what, file, c->left[o]);
    }
    for (int n = 0; n < NEEDS; n++) {
        bool may = level >= TOTALS && donor_serves(c, donor, n);
        const double amounts[] = {(double)c->asked[n], c->assigned[n], c->unmet[n]};
        for (size_t i = 0; i < COUNT_OF(amounts) && may; i++) {
            know(&known, amounts[i]);
            must_tell(what, file, amounts[i]);
        }
    }
    if (level < ALL)
        must_tell_nothing_else(c, what, file, &known);
}

static void check_donor(Program *p, const Case *c, int donor, Level level)
{
    char party[32];
    (void)snprintf(party, sizeof party, "donor-dnq%02dz", donor);
    char *file = read_party(p, party);
    check_nothing_internal(party, file);
    check_donor_needs(c, party, file, donor, level);
    check_donor_amounts(c, party, file, donor, level);
    for (int o = 0; o < OFFERS; o++) {
        if (c->donor_of[o] == donor)
            MUST(party, file, OFFER_TEXT, o);
        else if (level < ALL)
            MUST_NOT(party, file, OFFER_TEXT, o);
    }
    for (int d = 0; d < DONORS; d++) {
        if (d == donor)
            MUST(party, file, DONOR_NAME, d);
        else
            MUST_NOT(party, file, CONTACT_TEXT, d);
        if (d != donor && level < ALL) {
            MUST_NOT(party, file, DONOR_NAME, d);
            MUST_NOT(party, file, DONOR_TEXT, d);
        }
    }
    if (level < ALL)
        assert_true(strstr(file, "ruleq1z") == NULL && strstr(file, "whyq1z") == NULL);
    free(file);
}

static bool reaches(const Case *c, int offer, int beneficiary)
{
    for (int k = 0; k < c->line_count; k++)
        if (c->lines[k].offer == offer && c->beneficiary_of[c->lines[k].need] == beneficiary)
            return true;
    return false;
}

static void check_beneficiary_givers(const Case *c, const char *what, const char *file,
                                     int beneficiary, Level level)
{
    bool gives[DONORS] = {false};
    for (int o = 0; o < OFFERS; o++) {
        if (reaches(c, o, beneficiary)) {
            gives[c->donor_of[o]] = true;
            MUST(what, file, OFFER_TEXT, o);
        } else if (level < ALL) {
            MUST_NOT(what, file, OFFER_TEXT, o);
        }
    }
    for (int d = 0; d < DONORS; d++) {
        MUST_NOT(what, file, CONTACT_TEXT, d);
        if (gives[d])
            MUST(what, file, DONOR_NAME, d);
        else if (level < ALL)
            MUST_NOT(what, file, DONOR_NAME, d);
    }
}

static void check_beneficiary_amounts(const Case *c, const char *what, const char *file,
                                      int beneficiary)
{
    Known known = {.count = 0};
    double assigned = 0, unmet = 0;
    for (int n = 0; n < NEEDS; n++) {
        if (c->beneficiary_of[n] != beneficiary)
            continue;
        know(&known, (double)c->asked[n]);
        know(&known, c->assigned[n]);
        know(&known, c->unmet[n]);
        for (int i = known.count - 3; i < known.count; i++)
            must_tell(what, file, known.amounts[i]);
        assigned += c->assigned[n];
        unmet += c->unmet[n];
    }
    know(&known, assigned);
    know(&known, unmet);
    for (int k = 0; k < c->line_count; k++)
        if (c->beneficiary_of[c->lines[k].need] == beneficiary)
            know(&known, c->lines[k].quantity);
    must_tell_nothing_else(c, what, file, &known);
}

static void check_beneficiary(Program *p, const Case *c, int beneficiary, Level level)
{
    char party[32];
    (void)snprintf(party, sizeof party, "beneficiary-bnq%02dz", beneficiary);
    char *file = read_party(p, party);
    check_nothing_internal(party, file);
    check_beneficiary_givers(c, party, file, beneficiary, level);
    if (level < ALL)
        check_beneficiary_amounts(c, party, file, beneficiary);
    for (int n = 0; n < NEEDS; n++) {
        if (c->beneficiary_of[n] == beneficiary) {
            MUST(party, file, NEED_TEXT, n);
            MUST(party, file, TITLE_TEXT, n);
            continue;
        }
        MUST_NOT(party, file, TITLE_TEXT, n);
        if (level < ALL)
            MUST_NOT(party, file, NEED_TEXT, n);
    }
    for (int b = 0; b < BENEFICIARIES; b++)
        if (b != beneficiary)
            MUST_NOT(party, file, BEN_NAME, b);
    free(file);
}

static void check_group(Program *p, const Case *c)
{
    char *group = read_party(p, "coordination"), *internal = read_party(p, "internal");
    check_nothing_internal("coordination", group);
    for (int n = 0; n < NEEDS; n++) {
        MUST("coordination", group, NEED_TEXT, n);
        MUST("internal", internal, TITLE_TEXT, n);
        MUST("internal", internal, SECRET_TEXT, n);
        if (c->restricted[n])
            MUST_NOT("coordination", group, TITLE_TEXT, n);
        else
            MUST("coordination", group, TITLE_TEXT, n);
    }
    for (int d = 0; d < DONORS; d++) {
        MUST("coordination", group, DONOR_NAME, d);
        MUST_NOT("coordination", group, CONTACT_TEXT, d);
    }
    assert_non_null(strstr(group, "[restricted]"));
    free(group);
    free(internal);
}

static void check_level(Level level)
{
    Program p;
    Case c;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        make_pack(&p, &c, seed, level);
        print_message("seed %d, release %s\n", (int)seed, LEVEL_NAMES[level]);
        for (int d = 0; d < DONORS; d++)
            check_donor(&p, &c, d, level);
        for (int b = 0; b < BENEFICIARIES; b++)
            check_beneficiary(&p, &c, b, level);
        check_group(&p, &c);
        program_close(&p);
    }
}

static void under_own_a_party_finds_its_own_and_nothing_else_in_any_part(void **state)
{
    (void)state;
    check_level(OWN);
}

static void under_totals_a_donor_finds_its_needs_amounts_and_no_names(void **state)
{
    (void)state;
    check_level(TOTALS);
}

static void under_all_titles_notes_and_contacts_still_stay_where_they_are(void **state)
{
    (void)state;
    check_level(ALL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(under_own_a_party_finds_its_own_and_nothing_else_in_any_part),
        cmocka_unit_test(under_totals_a_donor_finds_its_needs_amounts_and_no_names),
        cmocka_unit_test(under_all_titles_notes_and_contacts_still_stay_where_they_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
