/* The data dictionary: that it holds every table and column of the pages, and that its words and
 * defaults are what the reader takes them for. */
#include "tests/support/test_support.h"

#include "allot/dictionary.h"
#include "allot/round.h"
#include "allot/words.h"

#include <stdio.h>
#include <string.h>

/* Every column of the pages; '*' marks the required ones. */
static const struct {
    TableKind kind;
    const char *name;
    bool required;
    const char *columns;
} PAGES[] = {
    {TABLE_SETTINGS, "settings", false, "key* value*"},
    {TABLE_RATES, "rates", false, "currency* rate* date source"},
    {TABLE_DONORS, "donors", false,
     "id* name role budget currency min_ticket max_needs max_share share_key contact"},
    {TABLE_BENEFICIARIES, "beneficiaries", false, "id* name region max_value max_needs"},
    {TABLE_NEEDS, "needs", true,
     "id* title beneficiary region notes catalogue_ref category* quantity* unit unit_cost currency "
     "priority score_technical score_strategic weight earliest deadline min_quantity min_share "
     "indivisible step max_donors requires bundle alternative covered covered_by oda civil_share "
     "tags ready sensitivity"},
    {TABLE_OFFERS, "offers", true,
     "id* donor* quantity* unit unit_value currency category form channel notes source status "
     "only_beneficiaries only_regions only_needs only_tags not_beneficiaries not_regions not_needs "
     "not_tags valid_from valid_to lead_days lapses min_ticket max_share max_needs oda_only "
     "civil_only overhead parent cost"},
    {TABLE_PAIRS, "pairs", false, "need* offer* use cost max eligible"},
    {TABLE_COMMITMENTS, "commitments", false, "need* offer* kind* quantity reason source"},
    {TABLE_RULES, "rules", false,
     "id* kind* donor offer need beneficiary region category tag priority each value currency "
     "quantity unit share count of reason"},
    {TABLE_SCENARIOS, "scenarios", false, "scenario* table* id* column* value"},
};

static void every_table_and_column_of_the_pages_is_there(void **state)
{
    (void)state;
    assert_int_equal(COUNT_OF(PAGES), TABLE_COUNT);
    for (size_t t = 0; t < COUNT_OF(PAGES); t++) {
        const TableSpec *table = dictionary_table(PAGES[t].kind);
        char columns[1024] = "";
        assert_case_int(PAGES[t].name, table->kind, PAGES[t].kind);
        assert_case_text(PAGES[t].name, table->name, PAGES[t].name);
        assert_case_int(PAGES[t].name, table->required, PAGES[t].required);
        for (size_t c = 0; c < table->column_count; c++) {
            size_t used = strlen(columns);
            snprintf(columns + used, sizeof columns - used, "%s%s%s", c > 0 ? " " : "",
                     table->columns[c].name, table->columns[c].required ? "*" : "");
        }
        assert_case_text(PAGES[t].name, columns, PAGES[t].columns);
    }
}

static void tables_and_columns_are_found_without_regard_to_case_blanks_and_dashes(void **state)
{
    static const char *const min_quantity[] = {"min_quantity", "Min Quantity", "MIN-QUANTITY",
                                               "minquantity", "Min_ quantity"};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(min_quantity); i++)
        assert_case_int(min_quantity[i],
                        dictionary_column(dictionary_table(TABLE_NEEDS), min_quantity[i]), 17);
    assert_ptr_equal(dictionary_find("NEEDS"), dictionary_table(TABLE_NEEDS));
    assert_ptr_equal(dictionary_find("Com-mit ments"), dictionary_table(TABLE_COMMITMENTS));
    assert_null(dictionary_find("need"));
    assert_null(dictionary_find(""));
    assert_int_equal(dictionary_column(dictionary_table(TABLE_NEEDS), "quantities"), -1);
    assert_int_equal(dictionary_column(dictionary_table(TABLE_NEEDS), ""), -1);
}

static void synonyms_stand_behind_the_names(void **state)
{
    static const struct {
        TableKind table;
        const char *heading;
        const char *column;
    } cases[] = {
        {TABLE_NEEDS, "Кількість", "quantity"}, {TABLE_NEEDS, "Ilość", "quantity"},
        {TABLE_NEEDS, "Quantity*", "quantity"}, {TABLE_NEEDS, "Min. quantity", "min_quantity"},
        {TABLE_NEEDS, "Region", "region"},      {TABLE_OFFERS, "Kwota:", "quantity"},
        {TABLE_RULES, "Kwota", "value"},        {TABLE_RATES, "Курс", "rate"},
        {TABLE_PAIRS, "cost", "cost"},          {TABLE_SETTINGS, "Wartość", "value"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const TableSpec *table = dictionary_table(cases[i].table);
        int column = dictionary_column(table, cases[i].heading);
        assert_case(cases[i].heading, column >= 0);
        assert_case_text(cases[i].heading, table->columns[column].name, cases[i].column);
    }
    /* Known elsewhere, but no column of this table; a remark is no part of a name. */
    assert_int_equal(dictionary_column(dictionary_table(TABLE_PAIRS), "Uwagi"), -1);
    assert_int_equal(dictionary_column(dictionary_table(TABLE_NEEDS), "Quantity (EUR)"), -1);
    assert_int_equal(dictionary_column(dictionary_table(TABLE_NEEDS), "***"), -1);

    assert_ptr_equal(dictionary_find("Потреби"), dictionary_table(TABLE_NEEDS));
    assert_ptr_equal(dictionary_find("OFERTY"), dictionary_table(TABLE_OFFERS));
    assert_ptr_equal(dictionary_find("Exchange rates"), dictionary_table(TABLE_RATES));
    assert_null(dictionary_find("Розподіл")); /* a plan's table is none of a round's */
    assert_null(dictionary_find("assignments"));
}

static int look_up(const void *table, const char *text)
{
    return dictionary_column(table, text);
}

static int heading_column(const TableSpec *table, const char *heading, const char **remark)
{
    return dictionary_heading(look_up, table, heading, remark);
}

static void a_heading_may_carry_a_remark(void **state)
{
    static const struct {
        const char *heading;
        const char *column; /* NULL: none */
        const char *remark;
    } cases[] = {
        {"quantity", "quantity", ""},
        {"Quantity (EUR)", "quantity", "(EUR)"},
        {"Кількість, шт.", "quantity", ", шт."},
        {"Ilość [szt.]", "quantity", "[szt.]"},
        {"Quantity\nin pieces", "quantity", "\nin pieces"},
        {"Unit\r\n(seat)", "unit", "\r\n(seat)"},
        {"Min\nquantity", "min_quantity", ""}, /* a name that is broken, not a remark */
        {"unit_cost(USD)", "unit_cost", "(USD)"},
        {"Quantity / Кількість", "quantity", ""},
        {"Quantity | Кількість | Ilość", "quantity", ""},
        {"Quantity / Ilość (EUR)", "quantity", "(EUR)"},
        {"Quantity / Unit", NULL, ""},
        {"Quantity /", NULL, ""},
        {"(Quantity)", "quantity", ""}, /* brackets alone say nothing */
        {"(EUR) amount", NULL, ""},
        {"Colour (of the box)", NULL, ""},
        {"", NULL, ""},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const TableSpec *table = dictionary_table(TABLE_NEEDS);
        const char *remark = "not set";
        int column = heading_column(table, cases[i].heading, &remark);
        assert_case_text(cases[i].heading, column >= 0 ? table->columns[column].name : NULL,
                         cases[i].column);
        assert_case_text(cases[i].heading, remark, cases[i].remark);
    }
}

static void a_name_ends_before_its_remark(void **state)
{
    (void)state;
    assert_int_equal(dictionary_name_length("Quantity (EUR)"), 9);
    assert_int_equal(dictionary_name_length("a[b"), 1);
    assert_int_equal(dictionary_name_length("a,b"), 1);
    assert_int_equal(dictionary_name_length("a\rb"), 1);
    assert_int_equal(dictionary_name_length("quantity"), 8);
    assert_int_equal(dictionary_name_length(""), 0);
}

static void an_endless_heading_is_none(void **state)
{
    char heading[2000];
    const char *remark;
    (void)state;
    memset(heading, 'q', sizeof heading);
    heading[sizeof heading - 1] = '\0';
    assert_int_equal(heading_column(dictionary_table(TABLE_NEEDS), heading, &remark), -1);
    assert_string_equal(remark, "");
    memset(heading, ' ', 700);
    memcpy(heading, "unit", 4);
    memcpy(heading + 4, " (", 2);
    assert_int_equal(heading_column(dictionary_table(TABLE_NEEDS), heading, &remark), 8);
    assert_ptr_equal(remark, heading + 5);
}

static void no_two_columns_of_a_table_fold_to_the_same_name(void **state)
{
    (void)state;
    for (int t = 0; t < TABLE_COUNT; t++) {
        const TableSpec *table = dictionary_table((TableKind)t);
        for (size_t c = 0; c < table->column_count; c++)
            assert_case_int(table->columns[c].name,
                            dictionary_column(table, table->columns[c].name), (int)c);
    }
}

static void every_entry_says_what_it_means_in_one_line(void **state)
{
    (void)state;
    for (int t = 0; t < TABLE_COUNT; t++) {
        const TableSpec *table = dictionary_table((TableKind)t);
        assert_case(table->name, table->help[0] != '\0' && strchr(table->help, '\n') == NULL);
        for (size_t c = 0; c < table->column_count; c++) {
            const ColumnSpec *column = &table->columns[c];
            assert_case(column->name, column->help[0] != '\0' && strlen(column->help) < 100);
            assert_case(column->name, column->default_is != NULL);
            assert_case(column->name, (column->words != NULL) == (column->type == COLUMN_WORD) ||
                                          strcmp(column->name, "each") == 0);
        }
    }
}

static int word_of(TableKind kind, const char *column, const char *word)
{
    const TableSpec *table = dictionary_table(kind);
    return word_index(table->columns[dictionary_column(table, column)].words, word);
}

static void words_stand_in_the_order_of_their_enums(void **state)
{
    static const struct {
        TableKind table;
        const char *column;
        const char *word;
        int value;
    } cases[] = {
        {TABLE_NEEDS, "oda", "unknown", ODA_UNKNOWN},
        {TABLE_NEEDS, "oda", "no", ODA_NO},
        {TABLE_NEEDS, "oda", "partial", ODA_PARTIAL},
        {TABLE_NEEDS, "oda", "yes", ODA_YES},
        {TABLE_OFFERS, "status", "pledged", BASIS_PLEDGED},
        {TABLE_OFFERS, "status", "committed", BASIS_COMMITTED},
        {TABLE_OFFERS, "status", "paid", BASIS_PAID},
        {TABLE_COMMITMENTS, "kind", "fixed", COMMITMENT_FIXED},
        {TABLE_COMMITMENTS, "kind", "at_least", COMMITMENT_AT_LEAST},
        {TABLE_COMMITMENTS, "kind", "at_most", COMMITMENT_AT_MOST},
        {TABLE_COMMITMENTS, "kind", "forbidden", COMMITMENT_FORBIDDEN},
        {TABLE_RULES, "kind", "forbid", RULE_FORBID},
        {TABLE_RULES, "kind", "limit", RULE_LIMIT},
        {TABLE_RULES, "kind", "floor", RULE_FLOOR},
        {TABLE_RULES, "kind", "reserve", RULE_RESERVE},
        {TABLE_RULES, "kind", "ticket", RULE_TICKET},
        {TABLE_RULES, "kind", "count", RULE_COUNT},
        {TABLE_RULES, "kind", "fee", RULE_FEE},
        {TABLE_RULES, "each", "donor", SELECT_DONOR},
        {TABLE_RULES, "each", "offer", SELECT_OFFER},
        {TABLE_RULES, "each", "need", SELECT_NEED},
        {TABLE_RULES, "each", "beneficiary", SELECT_BENEFICIARY},
        {TABLE_RULES, "each", "region", SELECT_REGION},
        {TABLE_RULES, "each", "category", SELECT_CATEGORY},
        {TABLE_RULES, "each", "tag", SELECT_TAG},
        {TABLE_RULES, "each", "priority", SELECT_PRIORITY},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_case_int(cases[i].word, word_of(cases[i].table, cases[i].column, cases[i].word),
                        cases[i].value);
}

static void words_are_listed_for_people(void **state)
{
    char text[64], word[8];
    (void)state;
    words_phrase("own totals all", text, sizeof text);
    assert_string_equal(text, "own, totals or all");
    words_phrase("yes no", text, sizeof text);
    assert_string_equal(text, "yes or no");
    words_phrase("yes", text, sizeof text);
    assert_string_equal(text, "yes");
    words_phrase("", text, sizeof text);
    assert_string_equal(text, "");
    words_phrase("own totals all", text, 8); /* too small: cut, never beyond */
    assert_string_equal(text, "own, to");
    word_copy("own totals all", 1, word, sizeof word);
    assert_string_equal(word, "totals");
    word_copy("own totals all", 3, word, sizeof word);
    assert_string_equal(word, "");
    assert_int_equal(word_index("own totals all", "TOT-als"), 1);
    assert_int_equal(word_index("own totals all", "total"), -1);
    assert_int_equal(word_index("own totals all", ""), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_table_and_column_of_the_pages_is_there),
        cmocka_unit_test(tables_and_columns_are_found_without_regard_to_case_blanks_and_dashes),
        cmocka_unit_test(synonyms_stand_behind_the_names),
        cmocka_unit_test(a_heading_may_carry_a_remark),
        cmocka_unit_test(a_name_ends_before_its_remark),
        cmocka_unit_test(an_endless_heading_is_none),
        cmocka_unit_test(no_two_columns_of_a_table_fold_to_the_same_name),
        cmocka_unit_test(every_entry_says_what_it_means_in_one_line),
        cmocka_unit_test(words_stand_in_the_order_of_their_enums),
        cmocka_unit_test(words_are_listed_for_people),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
