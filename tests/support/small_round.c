/* The small round, written as the tables a planner would write.
 */
#include "tests/support/small_round.h"

#include <stdlib.h>
#include <string.h>

#include "allot/round_read.h"
#include "allot/tables.h"
#include "tests/support/test_support.h"

typedef struct SmallTable {
    const char *file;
    const char *text;
} SmallTable;

/* N1: 10,000 EUR, 2,500 of it covered elsewhere. N2: 120 hours at 100 GBP. N3: licences without a
 * price. N4: of unknown amount. N5: not ready. N6: restricted, in yen, half met on a pledge. */
static const SmallTable tables[] = {
    {"settings.csv", "key,value\n"
                     "round,2026-Q1\n"
                     "title,Small & round\n"
                     "start,2026-01-01\n"
                     "end,2026-03-31\n"
                     "plan_on,pledged\n"
                     "score_technical,2\n"
                     "score_strategic,1\n"
                     "tier_1,70\n"},
    {"rates.csv", "currency,rate,date,source\n"
                  "GBP,1.25,2026-01-02,ECB\n"
                  "JPY,0.00625,2026-01-02,ECB\n"},
    {"donors.csv", "id,name,role,budget,currency,share_key\n"
                   "EST,Estonia,member,8000,EUR,1\n"
                   "GBR,United Kingdom,member,,GBP,3\n"
                   "JPN,Japan,observer,,JPY,\n"},
    {"beneficiaries.csv", "id,name,region\n"
                          "MOH,Ministry of Health,Kyiv\n"
                          "ZHY,Zhytomyr city,Zhytomyr\n"},
    {"needs.csv",
     "id,title,beneficiary,category,quantity,unit,unit_cost,currency,priority,score_technical,"
     "score_strategic,covered,covered_by,ready,sensitivity,detail,officer\n"
     "N1,\"=SUM(A1:A9), as text\",MOH,SOC,10000,EUR,,,,80,56,2500,EU,yes,open,urgent,Olena\n"
     "N2,\"Incident response, \"\"on site\"\"\",ZHY,TRN,120,hour,100,GBP,2,,,,,yes,open,,Taras\n"
     "N3,Licences,MOH,LIC,50,licence,,,2,,,,,yes,open,,\n"
     "N4,Cables,ZHY,HW,tbd,piece,20,EUR,2,,,,,yes,open,,\n"
     "N5,Audit,,SOC,3000,EUR,,,2,,,,,no,open,,\n"
     "N6,Backup site,MOH,HW,1000000,JPY,,,1,,,,,yes,restricted,,\n"},
    {"offers.csv", "id,donor,quantity,unit,unit_value,currency,category,status,parent,overhead,"
                   "valid_from,valid_to,lapses,reference\n"
                   "O1,EST,7000,EUR,,,*,paid,,0.1,2026-01-01,,2026-03-31,R-1\n"
                   "O2,GBR,9000,GBP,,,TRN;SOC,committed,,,,2026-12-31,,\n"
                   "O3,EST,4000,GBP,,,*,committed,O2,,,,,via O2\n"
                   "O4,GBR,60,licence,15,GBP,LIC,paid,,,,,,\n"
                   "O5,JPN,800000,JPY,,,HW,pledged,,,,,,\n"
                   "O6,JPN,20,hour,,,TRN,committed,,,,,,\n"},
    {"commitments.csv", "need,offer,kind,quantity,reason,source\n"
                        "N2,O6,fixed,20,agreed,letter\n"},
};

static const struct {
    const char *need, *offer;
    int64_t quantity; /* smallest parts of the need's unit */
} lines[] = {
    {"N1", "O1", 480000},   {"N1", "O3", 125000},   {"N2", "O2", 40000000},
    {"N2", "O6", 20000000}, {"N3", "O4", 50000000}, {"N6", "O5", 500000},
};

static void read_tables(SmallRound *small, bool with_needs)
{
    char *dir = test_dir_make();
    for (size_t i = 0; i < COUNT_OF(tables); i++) {
        bool cut = !with_needs && strcmp(tables[i].file, "needs.csv") == 0;
        if (!with_needs && strcmp(tables[i].file, "commitments.csv") == 0)
            continue;
        write_file(dir, tables[i].file, cut ? "id,title,category,quantity\n" : tables[i].text);
    }
    assert_int_equal(
        round_read(&(RoundSource){.path = dir}, small->arena, small->diag, &small->round),
        STATUS_OK);
    test_dir_remove(dir);
    small->round.source = "small";
    Status status = round_check(&small->round, small->diag);
    if (status != STATUS_OK) {
        size_t count;
        const Finding *findings = diag_findings(small->diag, &count);
        fail_msg("the small round is wrong: %s",
                 count > 0 ? diag_format(&findings[0], small->arena) : status_text(status));
    }
}

static void make_plan(SmallRound *small)
{
    Plan *plan = &small->plan;
    plan->assignments = ARENA_NEW(small->arena, COUNT_OF(lines), Assignment);
    assert_non_null(plan->assignments);
    for (size_t i = 0; i < COUNT_OF(lines) && small->round.need_count > 0; i++) {
        int offer = round_find_offer(&small->round, lines[i].offer);
        plan->assignments[plan->assignment_count++] = (Assignment){
            .need = round_find_need(&small->round, lines[i].need),
            .offer = offer,
            .quantity = lines[i].quantity,
            .basis = small->round.offers[offer].basis,
            .locked = strcmp(lines[i].offer, "O6") == 0,
        };
    }
    assert_int_equal(plan_figures(&small->round, small->arena, plan), STATUS_OK);
}

static void give_reason(SmallRound *small, const char *id, Reason reason, const char *detail)
{
    NeedResult *need = &small->plan.needs[round_find_need(&small->round, id)];
    need->reason = reason;
    need->detail = detail;
}

static void add_stages(SmallRound *small)
{
    static StageResult stages[] = {
        {.kind = STAGE_TIER,
         .label = "tier 1",
         .tier = 1,
         .date = DATE_NONE,
         .value = 4575,
         .bound = 4575},
        {.kind = STAGE_FAIRNESS,
         .label = "fairness 1.1",
         .maximise = true,
         .tier = 1,
         .rank = 1,
         .date = DATE_NONE,
         .value = 2.0 / 3,
         .bound = 0.7,
         .gap = 1.0 / 21,
         .status = STAGE_PARTIAL},
        {.kind = STAGE_COST, .label = "cost", .date = DATE_NONE, .value = 0, .bound = 0},
    };
    small->plan.stages = stages;
    small->plan.stage_count = COUNT_OF(stages);
    small->plan.rounding_loss = 0.004;
}

static SmallRound *small_new(bool with_needs)
{
    Arena *arena = arena_new();
    assert_non_null(arena);
    SmallRound *small = ARENA_NEW(arena, 1, SmallRound);
    assert_non_null(small);
    small->arena = arena;
    small->diag = diag_new(arena);
    read_tables(small, with_needs);
    make_plan(small);
    if (with_needs) {
        give_reason(small, "N1", REASON_UNPROVEN, "");
        give_reason(small, "N2", REASON_WINDOW, "offers O2");
        give_reason(small, "N4", REASON_AMOUNT_UNKNOWN, "");
        give_reason(small, "N5", REASON_NOT_READY, "");
        give_reason(small, "N6", REASON_BARRED, "offers O1, O2");
    }
    add_stages(small);
    small->info = (RunInfo){.allot_version = "0.1",
                            .glpk_version = "5.0",
                            .csv_version = "3.0.3",
                            .reader_version = "expat 2.5.0, minizip 1.1",
                            .xlsx_version = "1.1.4",
                            .gmp_version = "6.2.1",
                            .outcome = "optimal",
                            .created = "2026-01-01"};
    return small;
}

SmallRound *small_round_new(void)
{
    return small_new(true);
}

SmallRound *small_round_empty(void)
{
    return small_new(false);
}

void small_round_free(SmallRound *small)
{
    arena_free(small->arena);
}

WrittenRound written_round_new(SmallRound *small)
{
    WrittenRound written = {.small = small, .dir = test_dir_make()};
    assert_int_equal(tables_write(written.dir, &small->round, &small->plan, &small->info,
                                  small->arena, small->diag),
                     STATUS_OK);
    return written;
}

void written_round_free(WrittenRound *written)
{
    small_round_free(written->small);
    test_dir_remove(written->dir);
}
