/* Number format codes and built-in format ids. The codes are those that Excel, LibreOffice and Google
 * write for formats of their menus in several languages, and those made to mislead.
 */
#include "tests/support/test_support.h"

#include "io/serial_date.h"

typedef struct Case {
    const char *code;
    FormatKind want;
} Case;

static void check_cases(const Case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++)
        assert_case_int(cases[i].code, format_kind(cases[i].code), cases[i].want);
}

static void codes_of_days_are_days(void **state)
{
    static const Case cases[] = {
        {"yyyy-mm-dd", FORMAT_DAY},
        {"YYYY-MM-DD", FORMAT_DAY},
        {"yyyy\\-mm\\-dd", FORMAT_DAY}, /* Polish */
        {"yyyy\\-mm\\-dd;@", FORMAT_DAY},
        {"dd.mm.yyyy", FORMAT_DAY}, /* German, Ukrainian */
        {"dd/mm/yy;@", FORMAT_DAY},
        {"[$-422]d mmmm yyyy;@", FORMAT_DAY},
        {"[$-422]d\\ mmmm\\ yyyy\" р.\";@", FORMAT_DAY},
        {"[$-FC22]d\\ mmmm\\ yyyy\" р.\"", FORMAT_DAY},
        {"[$-415]d\\ mmm\\ yyyy;@", FORMAT_DAY},
        {"[$-415]d\\ mmmm\\ yyyy\\ \"r.\"", FORMAT_DAY},
        {"[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", FORMAT_DAY},
        {"[$-409]mmm\\-yy;@", FORMAT_DAY},
        {"mmmmm", FORMAT_DAY},
        {"m/d/yy", FORMAT_DAY},
        {"mm", FORMAT_DAY},
        {"d", FORMAT_DAY},
        {"ddd", FORMAT_DAY},
        {"yyyy", FORMAT_DAY},
        {"mm/yy", FORMAT_DAY},
        {"\"the \"d\". of \"mmmm", FORMAT_DAY},
        {"\"h\"d", FORMAT_DAY},
        {"\\hd", FORMAT_DAY},
        {"_hd_h", FORMAT_DAY},
        {"*hd", FORMAT_DAY},
        {"[Red]dd.mm.yyyy", FORMAT_DAY},
        {"[Magenta]dd.mm.yyyy", FORMAT_DAY},
        {"[HIJ]dd.mm.yyyy", FORMAT_DAY},
        {"[Color10]dd.mm.yyyy", FORMAT_DAY},
        {"[>=36526]dd.mm.yyyy;\"early\"", FORMAT_DAY},
        {"TT.MM.JJJJ", FORMAT_DAY}, /* German, never translated by some program */
        {"[$-411]ggge\"年\"m\"月\"d\"日\";@", FORMAT_DAY},
        {"[$-411]ge.m.d;@", FORMAT_DAY},
        {"yyyy\"年\"m\"月\"d\"日\"", FORMAT_DAY},
        {"yyyy年m月d日", FORMAT_DAY},
        {"[$-412]yyyy\"년\" m\"월\" d\"일\";@", FORMAT_DAY},
        {"[$-404]e/m/d", FORMAT_DAY},
        {"[$-411]aaa", FORMAT_DAY},
        {"[$-D07041E]d/mm/bbbb", FORMAT_DAY},
        {"B1dd/mm/yyyy", FORMAT_DAY},
    };
    (void)state;
    check_cases(cases, COUNT_OF(cases));
}

static void codes_of_times_are_times(void **state)
{
    static const Case cases[] = {
        {"h:mm", FORMAT_TIME},
        {"hh:mm:ss", FORMAT_TIME},
        {"HH:MM", FORMAT_TIME},
        {"h:mm AM/PM", FORMAT_TIME},
        {"h:mm:ss\\ am/pm;@", FORMAT_TIME},
        {"h A/P", FORMAT_TIME},
        {"h AM/PM mm", FORMAT_TIME},
        {"[$-F400]h:mm:ss\\ AM/PM", FORMAT_TIME},
        {"mm:ss", FORMAT_TIME},
        {"mm:ss.0", FORMAT_TIME},
        {"mm\" min \"ss", FORMAT_TIME},
        {"h\" hours \"mm", FORMAT_TIME},
        {"[h]:mm", FORMAT_TIME},
        {"[hh]:mm:ss", FORMAT_TIME},
        {"[H]:MM", FORMAT_TIME},
        {"[mm]:ss", FORMAT_TIME},
        {"[m]", FORMAT_TIME},
        {"[ss].00", FORMAT_TIME},
        {"[s]", FORMAT_TIME},
        {"[Red][h]:mm", FORMAT_TIME},
        {"h\"時\"mm\"分\"", FORMAT_TIME},
    };
    (void)state;
    check_cases(cases, COUNT_OF(cases));
}

static void codes_of_both_are_both(void **state)
{
    static const Case cases[] = {
        {"dd.mm.yyyy hh:mm", FORMAT_DAY_TIME},
        {"dd.mm.yyyy\\ h:mm;@", FORMAT_DAY_TIME},
        {"m/d/yy h:mm", FORMAT_DAY_TIME},
        {"yyyy-mm-dd\"T\"hh:mm:ss", FORMAT_DAY_TIME},
        {"yyyy-mm-ddThh:mm:ss.000", FORMAT_DAY_TIME},
        {"h:mm:ss dd/mm", FORMAT_DAY_TIME},
        {"h:mm m/d", FORMAT_DAY_TIME},
        {"h mmm", FORMAT_DAY_TIME},
        {"[$-409]m/d/yy\\ h:mm\\ AM/PM;@", FORMAT_DAY_TIME},
    };
    (void)state;
    check_cases(cases, COUNT_OF(cases));
}

static void codes_of_numbers_are_numbers(void **state)
{
    static const Case cases[] = {
        {"", FORMAT_NUMBER},
        {"General", FORMAT_NUMBER},
        {"GENERAL", FORMAT_NUMBER},
        {"[Red]General", FORMAT_NUMBER},
        {"General\" days\"", FORMAT_NUMBER},
        {"General;[Red]-General", FORMAT_NUMBER},
        {"0", FORMAT_NUMBER},
        {"0.00", FORMAT_NUMBER},
        {"#,##0.00", FORMAT_NUMBER},
        {"0.00E+00", FORMAT_NUMBER},
        {"##0.0E-0", FORMAT_NUMBER},
        {"0.0%", FORMAT_NUMBER},
        {"# ?/?", FORMAT_NUMBER},
        {"# ?"
         "?/100",
         FORMAT_NUMBER},
        {"@", FORMAT_NUMBER},
        {"\"yyyy\"", FORMAT_NUMBER},
        {"0\" days\"", FORMAT_NUMBER},
        {"0\\d", FORMAT_NUMBER},
        {"0 kg", FORMAT_NUMBER},
        {"0_d", FORMAT_NUMBER},
        {"#,##0\\ \"грн.\"", FORMAT_NUMBER},
        {"#,##0.00\\ \"zł\"", FORMAT_NUMBER},
        {"#,##0.00\\ [$zł-415];[Red]\\-#,##0.00\\ [$zł-415]", FORMAT_NUMBER},
        {"#,##0.00[$₴-422]", FORMAT_NUMBER},
        {"[$USD]\\ #,##0.00", FORMAT_NUMBER},
        {"_-* #,##0.00\\ _z_ł_-;\\-* #,##0.00\\ _z_ł_-;_-* \"-\"??\\ _z_ł_-;_-@_-", FORMAT_NUMBER},
        {"_(\"$\"* #,##0.00_);_(\"$\"* \\(#,##0.00\\);_(\"$\"* \"-\"??_);_(@_)", FORMAT_NUMBER},
        {"[Red]0", FORMAT_NUMBER},
        {"[Magenta]0", FORMAT_NUMBER},
        {"[DBNum1]0", FORMAT_NUMBER},
        {"[>=1000]#,##0;0", FORMAT_NUMBER},
        {";;;", FORMAT_NUMBER},
    };
    (void)state;
    check_cases(cases, COUNT_OF(cases));
}

static void the_first_section_that_shows_the_number_decides(void **state)
{
    static const Case cases[] = {
        {"0;dd.mm.yyyy", FORMAT_NUMBER},
        {"dd.mm.yyyy;0", FORMAT_DAY},
        {"General;hh:mm", FORMAT_NUMBER},
        {"[=0]\"\";dd.mm.yyyy", FORMAT_DAY}, /* hides a zero */
        {"[=0]\"-\";0", FORMAT_NUMBER},
        {";;h:mm", FORMAT_TIME},
        {"m;s", FORMAT_DAY}, /* the second is in another section */
        {"h;m", FORMAT_TIME},
        {"[<1]h:mm;dd.mm.yyyy", FORMAT_TIME},
        {"\"a;b\"dd.mm.yyyy", FORMAT_DAY},
        {"\\;0", FORMAT_NUMBER},
    };
    (void)state;
    check_cases(cases, COUNT_OF(cases));
}

static void broken_codes_end_where_they_end(void **state)
{
    static const Case cases[] = {
        {"\"dd", FORMAT_NUMBER}, {"dd\"", FORMAT_DAY}, {"[dd", FORMAT_NUMBER}, {"dd[h", FORMAT_DAY},
        {"dd\\", FORMAT_DAY},    {"[]dd", FORMAT_DAY}, {"]dd", FORMAT_DAY},    {"_", FORMAT_NUMBER},
        {"a", FORMAT_NUMBER},    {"E", FORMAT_DAY},    {"dd;", FORMAT_DAY},    {"*", FORMAT_NUMBER},
    };
    (void)state;
    check_cases(cases, COUNT_OF(cases));
}

static void builtin_ids_are_known(void **state)
{
    static const struct {
        long first, last;
        FormatKind want;
    } ranges[] = {
        {-1, 13, FORMAT_NUMBER},   {14, 17, FORMAT_DAY},    {18, 21, FORMAT_TIME},
        {22, 22, FORMAT_DAY_TIME}, {23, 26, FORMAT_NUMBER}, {27, 31, FORMAT_DAY},
        {32, 33, FORMAT_TIME},     {34, 36, FORMAT_DAY},    {37, 44, FORMAT_NUMBER},
        {45, 47, FORMAT_TIME},     {48, 49, FORMAT_NUMBER}, {50, 58, FORMAT_DAY},
        {59, 200, FORMAT_NUMBER},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(ranges); i++) {
        for (long id = ranges[i].first; id <= ranges[i].last; id++) {
            if (format_kind_of_id(id) != ranges[i].want)
                fail_msg("id %ld is %d, not %d", id, (int)format_kind_of_id(id),
                         (int)ranges[i].want);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_of_days_are_days),
        cmocka_unit_test(codes_of_times_are_times),
        cmocka_unit_test(codes_of_both_are_both),
        cmocka_unit_test(codes_of_numbers_are_numbers),
        cmocka_unit_test(the_first_section_that_shows_the_number_decides),
        cmocka_unit_test(broken_codes_end_where_they_end),
        cmocka_unit_test(builtin_ids_are_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
