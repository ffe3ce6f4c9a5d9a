/* room: tests
 *
 * An urgent need in rounds of all or nothing, least tickets and shares: nothing of what stands gives way there by a
 * little, and a search that does not begin at what stands ended with twice what had to be taken, or with nothing for
 * the urgent need.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/program.h"

/* 80 needs of three tiers and 20 offers, all of which can be used up. */
static const char MAKE_ROUND[] =
    "cd r && rm -f *.csv && "
    "awk 'BEGIN{print \"id,category,quantity,priority,indivisible,min_share,max_donors\"; "
    "for(i=0;i<80;i++) printf \"N-%d,C,%d,%d,%s,%s,%s\\n\",i,800+(i*7919)%8200,1+(i*i+i)%5%3,"
    "i%3==0?\"yes\":\"\",i%4<2?\"0.4\":\"\",i%5==4?\"2\":\"\"}' > needs.csv && "
    "awk 'BEGIN{print \"id,donor,quantity,min_ticket,max_share\"; for(o=0;o<20;o++) "
    "printf \"O-%d,D%d,%d,%d,%s\\n\",o,o%13,8000+(o*6151)%13000,500+1000*(o%3),o%2?\"1\":\"0.6\"}' "
    "> offers.csv && printf 'key,value\\nround,R1\\nfairness,none\\n' > settings.csv";

/* What is asked less what there is: whoever gets the offers, so much stays unmet at least, and the whole of
 * it where nothing of them is left. */
static const char SHORT[] =
    "awk -F, 'FNR==1{f++;next}{if(f==1)a+=$3;else a-=$3}END{printf \"%d\",a}' "
    "r/needs.csv r/offers.csv";

static long short_of(Program *p)
{
    program_script(p, SHORT);
    assert_exit(p, 0);
    return strtol(p->run.out, NULL, 10);
}

static void assert_stage(Program *p, const char *file, const char *stage, long value)
{
    char row[100];
    (void)snprintf(row, sizeof row, "\n%s,min,%ld,%ld,0,optimal\n", stage, value, value);
    assert_file_holds(p, file, row);
}

/* Tiers 1 and 2 are met and all is given: EUR 15,000 for the urgent need are taken from tier 3. */
static void the_last_tier_gives_way_and_no_more_than_has_to(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_script(&p, MAKE_ROUND);
    assert_exit(&p, 0);
    long lacking = short_of(&p);
    ALLOT(&p, "solve", "r", "--tables", "p", "-q", "--explain", "none");
    assert_exit(&p, 0);
    assert_stage(&p, "p/stages.csv", "tier 3", lacking);
    program_script(&p, "echo U-1,C,15000,3,,, >> r/needs.csv");
    assert_int_equal(short_of(&p), lacking + 15000);
    ALLOT(&p, "solve", "r", "--urgent", "U-1", "--previous", "p", "--tables", "t", "-q",
          "--explain", "none");
    assert_exit(&p, 0);
    assert_stage(&p, "t/stages.csv", "taken", 15000);
    assert_stage(&p, "t/stages.csv", "tier 1", 0);
    assert_stage(&p, "t/stages.csv", "tier 2", 0);
    assert_stage(&p, "t/stages.csv", "tier 3", lacking + 15000);
    program_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_last_tier_gives_way_and_no_more_than_has_to),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
