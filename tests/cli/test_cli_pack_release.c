/* What each party of a round receives, and what it does not: every part of every workbook, unzipped, is
 * searched for every text and amount of somebody else. Rounds are seeded at random, with every id,
 * title, name and amount used once; who may see what is worked out here, from the tables alone. */
#include "tests/support/released_pack.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SEEDS = 4 };

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
static void must_tell_nothing_else(const ReleasedPack *c, const char *what, const char *file,
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
        MUST_NOT(what, file, COMMENT_TEXT, k);
    }
}

static bool donor_serves(const ReleasedPack *c, int donor, int need)
{
    for (int k = 0; k < c->line_count; k++)
        if (c->lines[k].need == need && c->donor_of[c->lines[k].offer] == donor)
            return true;
    return false;
}

/** A need that it was asked for before is known to it by its id. */
static bool donor_served(const ReleasedPack *c, int donor, int need)
{
    for (int k = 0; k < c->before_count; k++)
        if (c->before[k].need == need && c->donor_of[c->before[k].offer] == donor)
            return true;
    return false;
}

static void check_donor_needs(const ReleasedPack *c, const char *what, const char *file, int donor,
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
        if (level < ALL &&
            !donor_served(c, donor, n)) /* under `all` the reasons name others' needs */
            MUST_NOT(what, file, NEED_TEXT, n);
    }
    for (int b = 0; b < BENEFICIARIES; b++)
        if (holds_text(file, BEN_NAME, b) != sees[b])
            fail_msg("%s: wrong of beneficiary %d", what, b);
}

static void check_donor_amounts(const ReleasedPack *c, const char *what, const char *file,
                                int donor, Level level)
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
    for (int k = 0; k < c->before_count; k++)
        if (c->donor_of[c->before[k].offer] == donor)
            know(&known, c->before[k].quantity);
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

static void check_donor(Program *p, const ReleasedPack *c, int donor, Level level)
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

static bool reaches(const ReleasedPack *c, int offer, int beneficiary)
{
    for (int k = 0; k < c->line_count; k++)
        if (c->lines[k].offer == offer && c->beneficiary_of[c->lines[k].need] == beneficiary)
            return true;
    return false;
}

static void check_beneficiary_givers(const ReleasedPack *c, const char *what, const char *file,
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

static void check_beneficiary_amounts(const ReleasedPack *c, const char *what, const char *file,
                                      int beneficiary)
{
    Known known = {.count = 0};
    double assigned = 0, unmet = 0, before[NEEDS] = {0};
    for (int k = 0; k < c->before_count; k++)
        before[c->before[k].need] += c->before[k].quantity;
    for (int n = 0; n < NEEDS; n++) {
        if (c->beneficiary_of[n] != beneficiary)
            continue;
        know(&known, (double)c->asked[n]);
        know(&known, c->assigned[n]);
        know(&known, c->unmet[n]);
        for (int i = known.count - 3; i < known.count; i++)
            must_tell(what, file, known.amounts[i]);
        know(&known, before[n]);
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

static void check_beneficiary(Program *p, const ReleasedPack *c, int beneficiary, Level level)
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

static void check_group(Program *p, const ReleasedPack *c)
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
    /* charts, with their caches and descriptions, are among the parts that were searched */
    assert_non_null(strstr(group, "<c:chartSpace"));
    assert_non_null(strstr(group, "descr=\"Coverage by tier: what is covered, assigned and unmet"));
    assert_non_null(strstr(group, "descr=\"Coverage by category: "));
    assert_non_null(strstr(group, "descr=\"Use by donor: cash offered and planned on (EUR)"));
    assert_non_null(strstr(group, "<sheet name=\"Map\""));
    free(group);
    free(internal);
}

static void check_pack(Program *p, const ReleasedPack *c, Level level)
{
    for (int d = 0; d < DONORS; d++)
        check_donor(p, c, d, level);
    for (int b = 0; b < BENEFICIARIES; b++)
        check_beneficiary(p, c, b, level);
    check_group(p, c);
}

/** The first pack, and the second with what two of the donors answered. */
static void check_level(Level level)
{
    Program p;
    ReleasedPack c;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        released_pack_make(&p, &c, seed, level);
        print_message("seed %d, release %s\n", (int)seed, level_names[level]);
        check_pack(&p, &c, level);
        released_pack_answer(&p, &c, level);
        check_pack(&p, &c, level);
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
