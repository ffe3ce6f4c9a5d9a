/* Reading a round from a folder: every column of every table lands in its field, and an empty cell
 * takes its default. */
#include "tests/support/read_round.h"
#include "tests/support/test_support.h"

#include <stdio.h>
#include <string.h>

static void assert_decimal(const char *label, Decimal value, const char *want)
{
    char got[40];
    decimal_format(value, got);
    assert_case_text(label, got, want);
}

static void assert_date(const char *label, Date date, const char *want)
{
    char got[16];
    date_format(date, got);
    assert_case_text(label, got, want);
}

/* A list as "a;b", "*" for all. */
static void assert_list(const char *label, const NameList *list, const char *want)
{
    char got[128] = "";
    for (int i = 0; i < list->count; i++) {
        size_t used = strlen(got);
        snprintf(got + used, sizeof got - used, "%s%s", i > 0 ? ";" : "", list->names[i]);
    }
    assert_case_text(label, list->all ? "*" : got, want);
}

/* ---- the smallest round --------------------------------------------------------------------- */

static void two_tables_of_three_columns_are_a_round_with_every_default(void **state)
{
    ReadRound f;
    (void)state;
    read_round_open(&f);
    read_round(&f);
    assert_int_equal(f.status, STATUS_OK);
    assert_finding_count("none", f.diag, 0);
    assert_int_equal(f.round.need_count, 1);
    const Need *need = &f.round.needs[0];
    assert_int_equal(need->origin.table, TABLE_NEEDS);
    assert_int_equal(need->origin.line, 2);
    assert_string_equal(need->id, "N1");
    assert_string_equal(need->title, "");
    assert_string_equal(need->region, "");
    assert_string_equal(need->bundle, "");
    assert_string_equal(need->sensitivity, "open");
    assert_string_equal(need->unit.name, "EUR");
    assert_true(need->unit.is_money);
    assert_true(need->quantity_known);
    assert_int_equal(need->quantity, 10000);
    assert_int_equal(need->covered, 0);
    assert_true(need->has_unit_cost);
    assert_decimal("unit_cost", need->unit_cost, "1");
    assert_string_equal(need->currency, "EUR");
    assert_int_equal(need->stated_priority, 0);
    assert_false(need->has_scores);
    assert_decimal("weight", need->weight, "1");
    assert_int_equal(need->earliest, DATE_NONE);
    assert_int_equal(need->deadline, DATE_NONE);
    assert_false(need->has_min_quantity);
    assert_false(need->has_min_share);
    assert_false(need->indivisible);
    assert_int_equal(need->step, 1);
    assert_int_equal(need->max_donors, 0);
    assert_int_equal(need->requires.count, 0);
    assert_int_equal(need->oda, ODA_UNKNOWN);
    assert_decimal("civil_share", need->civil_share, "1");
    assert_true(need->ready);
    read_round_close(&f);
}

static void an_offer_of_three_columns_has_every_default(void **state)
{
    ReadRound f;
    (void)state;
    read_round_open(&f);
    read_round(&f);
    const Offer *offer = &f.round.offers[0];
    assert_string_equal(offer->donor, "DE");
    assert_string_equal(offer->parent, "");
    assert_int_equal(offer->quantity, 10000);
    assert_false(offer->has_unit_value);
    assert_list("category", &offer->category, "*");
    assert_int_equal(offer->status, BASIS_COMMITTED);
    assert_list("only_needs", &offer->only_needs, "");
    assert_false(offer->only_needs.all);
    assert_int_equal(offer->valid_from, DATE_NONE);
    assert_int_equal(offer->lapses, DATE_NONE);
    assert_int_equal(offer->lead_days, 0);
    assert_int_equal(offer->min_ticket, 0);
    assert_decimal("max_share", offer->max_share, "1");
    assert_int_equal(offer->max_needs, 0);
    assert_false(offer->oda_only);
    assert_false(offer->civil_only);
    assert_decimal("overhead", offer->overhead, "0");
    assert_decimal("cost", offer->cost, "0");
    read_round_close(&f);
}

static void the_tables_are_described_with_file_hash_and_rows(void **state)
{
    ReadRound f;
    (void)state;
    read_round_open(&f);
    write_file(f.dir, "Donors.CSV", "abc"); /* hash: the example of FIPS 180-4 */
    read_round(&f);
    const InputTable *donors = &f.round.tables[TABLE_DONORS];
    assert_true(donors->present);
    assert_string_equal(donors->file, "Donors.CSV");
    assert_string_equal(donors->sha256,
                        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_int_equal(donors->rows, 0);
    assert_int_equal(f.round.tables[TABLE_NEEDS].rows, 1);
    assert_false(f.round.tables[TABLE_RULES].present);
    assert_string_equal(f.round.tables[TABLE_RULES].sha256, "");
    assert_string_equal(f.round.source, f.dir);
    read_round_close(&f);
}

/* ---- every column --------------------------------------------------------------------------- */

static void every_column_of_needs_lands_in_its_field(void **state)
{
    ReadRound f;
    (void)state;
    read_round_open(&f);
    write_file(f.dir, "rates.csv", "currency,rate\nUSD,0.92\n");
    write_file(f.dir, "needs.csv",
               "ID,Title,Beneficiary,Region,Notes,Catalogue Ref,Category,Quantity,Unit,Unit-Cost,"
               "Currency,Priority,Score technical,score_strategic,weight,earliest,deadline,"
               "min_quantity,min_share,indivisible,step,max_donors,requires,bundle,alternative,"
               "covered,covered_by,oda,civil_share,tags,ready,sensitivity\n"
               "N1,\"Сервер, \"\"A\"\"\",MoD,Lviv,\"a\nb\",C-7,HW,\"1 234,5\",seat,19.99,USD,2,"
               "80.5,60,0,2026-01-02,03.02.2026,2.5,25%,tak,0.5,3,N2; N3,B1,A1,1,EU,partial,0.4,"
               "x;y,no,Restricted\n");
    read_round(&f);
    assert_finding_count("none", f.diag, 0);
    const Need *need = &f.round.needs[0];
    assert_string_equal(need->title, "Сервер, \"A\"");
    assert_string_equal(need->beneficiary, "MoD");
    assert_string_equal(need->region, "Lviv");
    assert_string_equal(need->notes, "a\nb");
    assert_string_equal(need->catalogue_ref, "C-7");
    assert_string_equal(need->category, "HW");
    assert_string_equal(need->unit.name, "seat");
    assert_false(need->unit.is_money);
    assert_int_equal(need->quantity, 1234500000); /* millionths */
    assert_decimal("unit_cost", need->unit_cost, "19.99");
    assert_string_equal(need->currency, "USD");
    assert_int_equal(need->stated_priority, 2);
    assert_true(need->has_scores);
    assert_decimal("score_technical", need->score_technical, "80.5");
    assert_decimal("score_strategic", need->score_strategic, "60");
    assert_decimal("weight", need->weight, "0");
    assert_date("earliest", need->earliest, "2026-01-02");
    assert_date("deadline", need->deadline, "2026-02-03");
    assert_true(need->has_min_quantity);
    assert_int_equal(need->min_quantity, 2500000);
    assert_true(need->has_min_share);
    assert_decimal("min_share", need->min_share, "0.25");
    assert_true(need->indivisible);
    assert_int_equal(need->step, 500000);
    assert_int_equal(need->max_donors, 3);
    assert_list("requires", &need->requires, "N2;N3");
    assert_string_equal(need->bundle, "B1");
    assert_string_equal(need->alternative, "A1");
    assert_int_equal(need->covered, 1000000);
    assert_string_equal(need->covered_by, "EU");
    assert_int_equal(need->oda, ODA_PARTIAL);
    assert_decimal("civil_share", need->civil_share, "0.4");
    assert_list("tags", &need->tags, "x;y");
    assert_false(need->ready);
    assert_string_equal(need->sensitivity, "restricted");
    assert_ptr_equal(need->id, name_find(f.round.names, "N1"));
    assert_ptr_equal(need->requires.names[0], name_find(f.round.names, "N2"));
    read_round_close(&f);
}

static void every_column_of_offers_lands_in_its_field(void **state)
{
    ReadRound f;
    (void)state;
    read_round_open(&f);
    write_file(f.dir, "offers.csv",
               "id,donor,quantity,unit,unit_value,currency,category,form,channel,notes,source,"
               "status,only_beneficiaries,only_regions,only_needs,only_tags,not_beneficiaries,"
               "not_regions,not_needs,not_tags,valid_from,valid_to,lead_days,lapses,min_ticket,"
               "max_share,max_needs,oda_only,civil_only,overhead,parent,cost\n"
               "O1,DE,50,seat,12.5,USD,HW;TRN,grant,NSPA,n,s,paid,B1;B2,R1,N1,T1,B3,R2,N2,T2,"
               "2026-01-01,2026-12-31,30,2026-06-30,5,0.5,4,yes,1,,O9,-0.25\n"
               "O2,FR,50.25,EUR,,,*,,,,,pledged,,,,,,,,,,,,,,,,,,7%,,\n");
    read_round(&f);
    assert_finding_count("none", f.diag, 0);
    const Offer *offer = &f.round.offers[0];
    assert_int_equal(offer->quantity, 50000000);
    assert_true(offer->has_unit_value);
    assert_decimal("unit_value", offer->unit_value, "12.5");
    assert_string_equal(offer->currency, "USD");
    assert_list("category", &offer->category, "HW;TRN");
    assert_string_equal(offer->form, "grant");
    assert_string_equal(offer->channel, "NSPA");
    assert_string_equal(offer->notes, "n");
    assert_string_equal(offer->source, "s");
    assert_int_equal(offer->status, BASIS_PAID);
    assert_list("only_beneficiaries", &offer->only_beneficiaries, "B1;B2");
    assert_list("only_regions", &offer->only_regions, "R1");
    assert_list("only_needs", &offer->only_needs, "N1");
    assert_list("only_tags", &offer->only_tags, "T1");
    assert_list("not_beneficiaries", &offer->not_beneficiaries, "B3");
    assert_list("not_regions", &offer->not_regions, "R2");
    assert_list("not_needs", &offer->not_needs, "N2");
    assert_list("not_tags", &offer->not_tags, "T2");
    assert_date("valid_from", offer->valid_from, "2026-01-01");
    assert_date("valid_to", offer->valid_to, "2026-12-31");
    assert_int_equal(offer->lead_days, 30);
    assert_date("lapses", offer->lapses, "2026-06-30");
    assert_int_equal(offer->min_ticket, 5000000);
    assert_decimal("max_share", offer->max_share, "0.5");
    assert_int_equal(offer->max_needs, 4);
    assert_true(offer->oda_only);
    assert_true(offer->civil_only);
    assert_string_equal(offer->parent, "O9");
    assert_decimal("cost", offer->cost, "-0.25");
    assert_int_equal(f.round.offers[1].quantity, 5025);
    assert_int_equal(f.round.offers[1].status, BASIS_PLEDGED);
    assert_decimal("overhead", f.round.offers[1].overhead, "0.07");
    read_round_close(&f);
}

static void every_column_of_donors_beneficiaries_and_rates_lands_in_its_field(void **state)
{
    ReadRound f;
    (void)state;
    read_round_open(&f);
    write_file(f.dir, "donors.csv",
               "id,name,role,budget,currency,min_ticket,max_needs,max_share,share_key,contact\n"
               "JP,Japan,Member,5000,JPY,100,3,50%,4.5,desk\nDE,,,10.5,,,,,,\n");
    write_file(f.dir, "beneficiaries.csv",
               "id,name,region,max_value,max_needs\nMoD,Ministry,Kyiv,1000.25,7\n");
    write_file(f.dir, "rates.csv", "currency,rate,date,source\nJPY,0.0061,2026-01-05,ECB\n");
    read_round(&f);
    assert_finding_count("none", f.diag, 0);
    const Donor *japan = &f.round.donors[0];
    assert_string_equal(japan->name, "Japan");
    assert_string_equal(japan->role, "member");
    assert_string_equal(japan->currency, "JPY");
    assert_true(japan->has_budget);
    assert_int_equal(japan->budget, 5000); /* yen have no smaller part */
    assert_int_equal(japan->min_ticket, 100);
    assert_int_equal(japan->max_needs, 3);
    assert_true(japan->has_max_share);
    assert_decimal("max_share", japan->max_share, "0.5");
    assert_true(japan->has_share_key);
    assert_decimal("share_key", japan->share_key, "4.5");
    assert_string_equal(japan->contact, "desk");
    const Donor *germany = &f.round.donors[1];
    assert_string_equal(germany->role, "");
    assert_string_equal(germany->currency, "EUR");
    assert_int_equal(germany->budget, 1050);
    assert_false(germany->has_max_share);
    const Beneficiary *ministry = &f.round.beneficiaries[0];
    assert_string_equal(ministry->name, "Ministry");
    assert_string_equal(ministry->region, "Kyiv");
    assert_true(ministry->has_max_value);
    assert_int_equal(ministry->max_value, 100025);
    assert_int_equal(ministry->max_needs, 7);
    assert_string_equal(f.round.rates[0].currency, "JPY");
    assert_decimal("rate", f.round.rates[0].rate, "0.0061");
    assert_date("date", f.round.rates[0].date, "2026-01-05");
    assert_string_equal(f.round.rates[0].source, "ECB");
    read_round_close(&f);
}

static void every_column_of_rules_lands_in_its_field(void **state)
{
    ReadRound f;
    (void)state;
    read_round_open(&f);
    write_file(f.dir, "rules.csv",
               "id,kind,donor,offer,need,beneficiary,region,category,tag,priority,each,value,"
               "currency,quantity,unit,share,count,of,reason\n"
               "R1,Limit,D1;D2,O1,N1,B1,G1,HW,T1,01; 2,donor;tag,10.5,USD,3,seat,5%,4,Donors,w\n"
               "R2,fee,,,,,,,,,,,,,,,,,\n");
    read_round(&f);
    assert_finding_count("none", f.diag, 0);
    const RuleRow *rule = &f.round.rules[0];
    assert_int_equal(rule->kind, RULE_LIMIT);
    assert_list("donor", &rule->select[SELECT_DONOR], "D1;D2");
    assert_list("offer", &rule->select[SELECT_OFFER], "O1");
    assert_list("need", &rule->select[SELECT_NEED], "N1");
    assert_list("beneficiary", &rule->select[SELECT_BENEFICIARY], "B1");
    assert_list("region", &rule->select[SELECT_REGION], "G1");
    assert_list("category", &rule->select[SELECT_CATEGORY], "HW");
    assert_list("tag", &rule->select[SELECT_TAG], "T1");
    assert_list("priority", &rule->select[SELECT_PRIORITY], "1;2");
    assert_int_equal(rule->each, 1u << SELECT_DONOR | 1u << SELECT_TAG);
    assert_true(rule->has_value);
    assert_decimal("value", rule->value, "10.5");
    assert_string_equal(rule->currency, "USD");
    assert_true(rule->has_quantity);
    assert_decimal("quantity", rule->quantity, "3");
    assert_string_equal(rule->unit.name, "seat");
    assert_true(rule->has_share);
    assert_decimal("share", rule->share, "0.05");
    assert_true(rule->has_count);
    assert_int_equal(rule->count, 4);
    assert_string_equal(rule->of, "donors");
    assert_string_equal(rule->reason, "w");
    const RuleRow *fee = &f.round.rules[1];
    assert_int_equal(fee->kind, RULE_FEE);
    assert_false(fee->has_value || fee->has_quantity || fee->has_share || fee->has_count);
    assert_string_equal(fee->currency, "EUR");
    assert_null(fee->unit.name);
    assert_string_equal(fee->of, "");
    assert_int_equal(fee->each, 0);
    read_round_close(&f);
}

static void every_column_of_pairs_commitments_and_scenarios_lands_in_its_field(void **state)
{
    ReadRound f;
    (void)state;
    read_round_open(&f);
    write_file(f.dir, "pairs.csv",
               "need,offer,use,cost,max,eligible\nN1,O1,1.5,-2,30,no\nN1,O2,,,,\n");
    write_file(f.dir, "commitments.csv",
               "need,offer,kind,quantity,reason,source\nN1,O1,At least,12.5,r,s\n"
               "N1,O2,forbidden,,,\n");
    write_file(f.dir, "scenarios.csv",
               "scenario,table,id,column,value\nlate,needs,N1,deadline,2027-01-01\n");
    read_round(&f);
    assert_finding_count("none", f.diag, 0);
    const PairRow *pair = &f.round.pairs[0];
    assert_string_equal(pair->need_id, "N1");
    assert_string_equal(pair->offer_id, "O1");
    assert_true(pair->has_use && pair->has_cost && pair->has_max && pair->has_eligible);
    assert_decimal("use", pair->use, "1.5");
    assert_decimal("cost", pair->cost, "-2");
    assert_decimal("max", pair->max_given, "30");
    assert_false(pair->eligible);
    pair = &f.round.pairs[1];
    assert_false(pair->has_use || pair->has_cost || pair->has_max || pair->has_eligible);
    const Commitment *commitment = &f.round.commitments[0];
    assert_string_equal(commitment->need_id, "N1");
    assert_string_equal(commitment->offer_id, "O1");
    assert_int_equal(commitment->kind, COMMITMENT_AT_LEAST);
    assert_true(commitment->has_quantity);
    assert_decimal("quantity", commitment->quantity_given, "12.5");
    assert_string_equal(commitment->reason, "r");
    assert_string_equal(commitment->source, "s");
    assert_int_equal(f.round.commitments[1].kind, COMMITMENT_FORBIDDEN);
    assert_false(f.round.commitments[1].has_quantity);
    const ScenarioRow *scenario = &f.round.scenarios[0];
    assert_string_equal(scenario->scenario, "late");
    assert_string_equal(scenario->table, "needs");
    assert_string_equal(scenario->id, "N1");
    assert_string_equal(scenario->column, "deadline");
    assert_string_equal(scenario->value, "2027-01-01");
    read_round_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_tables_of_three_columns_are_a_round_with_every_default),
        cmocka_unit_test(an_offer_of_three_columns_has_every_default),
        cmocka_unit_test(the_tables_are_described_with_file_hash_and_rows),
        cmocka_unit_test(every_column_of_needs_lands_in_its_field),
        cmocka_unit_test(every_column_of_offers_lands_in_its_field),
        cmocka_unit_test(every_column_of_donors_beneficiaries_and_rates_lands_in_its_field),
        cmocka_unit_test(every_column_of_rules_lands_in_its_field),
        cmocka_unit_test(every_column_of_pairs_commitments_and_scenarios_lands_in_its_field),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
