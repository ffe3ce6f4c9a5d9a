/* What stands between the cells: the "sep=" line, known headings, even rows, and what must not
 * mislead.
 */
#include "tests/support/test_support.h"

#include "io/csv_form.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Case {
    const char *label;
    const char *text;
    char separator;
} Case;

/* Looks at the text in a block of its own, so that a read beyond its end is caught. */
static CsvForm look(const char *text, size_t size, bool whole, TableKind table)
{
    Arena *arena = arena_new();
    char *copy = malloc(size + 1);
    assert_non_null(copy);
    memcpy(copy + 1, text, size);
    const HeadingIndex *names = heading_index_new(dictionary_table(table), arena);
    assert_non_null(names);
    CsvForm form = csv_form_find(copy + 1, size, whole, names);
    free(copy);
    arena_free(arena);
    return form;
}

static void check_cases(const Case *cases, size_t count, TableKind table)
{
    for (size_t i = 0; i < count; i++) {
        CsvForm form = look(cases[i].text, strlen(cases[i].text), true, table);
        assert_case_int(cases[i].label, form.separator, cases[i].separator);
        assert_case(cases[i].label, !form.told);
        assert_case_int(cases[i].label, (int64_t)form.line_bytes, 0);
    }
}

static void a_sep_line_decides(void **state)
{
    static const struct {
        const char *label, *text;
        char separator;
        size_t line_bytes;
    } cases[] = {
        {"semicolon", "sep=;\nid,title\n", ';', 6},
        {"CR LF", "sep=;\r\nid;title\r\n", ';', 7},
        {"CR", "sep=;\rid;title\r", ';', 6},
        {"in quotes", "\"sep=;\"\nid;title\n", ';', 8},
        {"a tab", "sep=\t\nid\ttitle\n", '\t', 6},
        {"a tab as people write it", "sep=\\t\nid\ttitle\n", '\t', 7},
        {"capitals", "SEP=,\nid,title\n", ',', 6},
        {"a blank behind it", "sep=|  \nid|title\n", '|', 8},
        {"a colon, as nothing else is found", "sep=:\nid:title\n", ':', 6},
        {"nothing below it", "sep=;", ';', 5},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        CsvForm form = look(cases[i].text, strlen(cases[i].text), true, TABLE_NEEDS);
        assert_case(cases[i].label, form.told);
        assert_case_int(cases[i].label, form.separator, cases[i].separator);
        assert_case_int(cases[i].label, (int64_t)form.line_bytes, (int64_t)cases[i].line_bytes);
    }
}

static void what_only_looks_like_a_sep_line_is_a_row(void **state)
{
    static const Case cases[] = {
        {"no separator", "sep=\nid;title\n", ';'},
        {"a letter", "sep=x\nid;title\n", ';'},
        {"a quote", "sep=\"\nid;title\n", ';'},
        {"more than one", "sep=;;\nid,title\n1,a\n", ','},
        {"not the first line", "\nsep=;\nid,title\n1,a\n", ','},
    };
    (void)state;
    check_cases(cases, COUNT_OF(cases), TABLE_NEEDS);
}

static void known_headings_decide(void **state)
{
    static const Case cases[] = {
        {"commas", "id,title,quantity\n1,a;b;c,2\n", ','},
        {"semicolons", "id;title;quantity\n1;a;2,5\n2;b;3,5\n", ';'},
        {"tabs", "id\ttitle\tquantity\n1\ta, b; c\t2\n", '\t'},
        {"bars", "id|title|quantity\n1|a, b|2\n", '|'},
        {"in quotes", "\"id\";\"title\";\"quantity\"\n\"1\";\"a,b\";\"2,5\"\n", ';'},
        {"blanks and capitals", " Id ; Title ; Quantity \n1;a,b,c;2,5\n", ';'},
        {"below titles with commas",
         "Needs, first quarter, 2026\nall, of, them\n\nid;title\n1;a\n2;b\n", ';'},
        {"below titles with semicolons", "a;b;c;d\ne;f;g;h\nid,title,unit\n1,a,b\n2,c,d\n3,e,f\n",
         ','},
        {"every row has lists", "id,title,requires\n1,a,2;3;4\n2,b,1;3;4\n3,c,1;2;4\n", ','},
        {"every row has decimal commas", "id;title;quantity\n1,0;2,0;3,0\n2,0;3,0;4,0\n", ';'},
        {"columns unknown to the program", "id;title;x;y;z;w\n1;a;1,5;1,5;1,5;1,5\n", ';'},
        {"other names of columns", "ID;Назва;Кількість\n1;a,b;2,5\n2;c,d;3,5\n", ';'},
        {"a line end inside a quoted heading",
         "\"id\";\"title\n, or, name\";\"unit\"\n1;\"a\n,,,\";b\n", ';'},
        {"doubled quotes", "\"id\";\"ti\"\"tle, \"\"a\"\", b\";\"unit\";\"quantity\"\n1;a;b;c\n",
         ';'},
    };
    (void)state;
    check_cases(cases, COUNT_OF(cases), TABLE_NEEDS);
}

static void even_rows_decide_where_no_heading_is_known(void **state)
{
    static const Case cases[] = {
        {"semicolons", "x1;x2\n1;a,b\n2;c\n", ';'},
        {"commas", "x1,x2\n1,a;b;c\n2,c\n", ','},
        {"tabs", "x1\tx2\n1\ta, b\n2\tc\n", '\t'},
        {"decimal commas in every row but the heading", "x1;x2\n1;1,5\n2;2,5\n3;3,5\n", ';'},
        {"commas in a title", "a, b, c\nx1;x2;x3\n1;2;3\n4;5;6\n", ';'},
        {"separators inside quotes", "x1,x2\n\"a;b\",c\n\"d;e\",f\n", ','},
        {"line ends inside quotes", "x1;x2\n\"a\nb\nc\n\";d\n\"e\n\n\n\";f\n", ';'},
        {"short rows", "x1;x2;x3\n1\n2;b\n3;c;d\n", ';'},
    };
    (void)state;
    check_cases(cases, COUNT_OF(cases), TABLE_NEEDS);
}

static void a_comma_is_taken_where_nothing_speaks_for_another(void **state)
{
    static const Case cases[] = {
        {"nothing", "", ','},
        {"blank lines", "\n\r\n \n\t\n", ','},
        {"one letter", "a", ','},
        {"one column", "id\n1\n2\n", ','},
        {"one column with lists", "id\na;b\nc;d\n", ','},
        {"one column of text", "Hello\nworld\n", ','},
        {"an open quote", "\"id;title\n1;a\n", ','},
    };
    (void)state;
    check_cases(cases, COUNT_OF(cases), TABLE_NEEDS);
}

static void lists_of_column_names_in_cells_do_not_mislead(void **state)
{
    static const Case cases[] = {
        {"rules",
         "id,kind,each,value\nr1,limit,donor;need;region,5\nr2,limit,need;tag;category,5\n", ','},
        {"rules with headings of another language",
         "nr,art,je,wert\nr1,limit,donor;need;region,5\nr2,limit,need;tag;category,5\n", ','},
        {"rules without headings, one list", "r1,limit,x,5\nr2,limit,donor;need;region;tag,5\n",
         ','},
    };
    (void)state;
    check_cases(cases, COUNT_OF(cases), TABLE_RULES);
}

static void two_columns_suffice(void **state)
{
    static const Case cases[] = {
        {"semicolons", "key;value\nround;x\nstages;\"cost;splits\"\ntitle;a, b, c\n", ';'},
        {"commas", "key,value\nstages,cost;splits\nplan_on,pledged\nwithin_tier,a;b\n", ','},
        {"tabs", "key\tvalue\nstages\tcost;splits\n", '\t'},
    };
    (void)state;
    check_cases(cases, COUNT_OF(cases), TABLE_SETTINGS);
}

/* A head that is not the whole text ends anywhere: what is cut off must not count. */
static void a_cut_head_gives_the_same_answer(void **state)
{
    static const char heading[] = "id;title;quantity\n";
    static const char text[] = "id;title;quantity\n1;\"a, b\n, c\";2,5\n2;\"d, e\n, f\";3,5\n";
    (void)state;
    for (size_t size = sizeof heading - 1; size < sizeof text; size++) {
        CsvForm form = look(text, size, false, TABLE_NEEDS);
        if (form.separator != ';')
            fail_msg("%zu bytes: '%c'", size, form.separator);
    }
}

static void a_heading_beyond_the_rows_looked_at_is_left_to_the_rows(void **state)
{
    enum { LINES = 200 };
    static char text[LINES * 16];
    size_t length = 0;
    (void)state;
    for (int i = 0; i < LINES; i++)
        length += (size_t)snprintf(text + length, sizeof text - length, "%d;a,b;c\n", i);
    assert_int_equal(look(text, length, true, TABLE_NEEDS).separator, ';');
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sep_line_decides),
        cmocka_unit_test(what_only_looks_like_a_sep_line_is_a_row),
        cmocka_unit_test(known_headings_decide),
        cmocka_unit_test(even_rows_decide_where_no_heading_is_known),
        cmocka_unit_test(a_comma_is_taken_where_nothing_speaks_for_another),
        cmocka_unit_test(lists_of_column_names_in_cells_do_not_mislead),
        cmocka_unit_test(two_columns_suffice),
        cmocka_unit_test(a_cut_head_gives_the_same_answer),
        cmocka_unit_test(a_heading_beyond_the_rows_looked_at_is_left_to_the_rows),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
