/* The independent check of a plan, told as a table of contents: each line below is a file that asks
 * one kind of question. It sees tables and plan only and shares no code with the formulation;
 * verify_internal.h says what the files share. */
#include "models/verify_internal.h"

Status plan_verify(const Round *round, const Plan *plan, bool figures, const char *plan_file,
                   Arena *arena, Diag *diag, VerifyReport *report)
{
    Verifier v = {.round = round,
                  .plan = plan,
                  .file = plan_file,
                  .figures = figures,
                  .arena = arena,
                  .diag = diag,
                  .report = report};

    *report = (VerifyReport){0};
    TRY(verify_names(&v));         /* long lists, to be looked names up in */
    TRY(verify_scopes(&v));        /* what each rule selects */
    TRY(verify_asks(&v));          /* what every need asks for */
    TRY(verify_tiers(&v));         /* the needs of each tier */
    TRY(verify_marks(&v));         /* bundles and alternatives */
    TRY(verify_worths(&v));        /* what needs are worth, whose the offers are */
    TRY(verify_lines(&v));         /* the lines one by one, and what each takes and is worth */
    verify_eligibility(&v);        /* every pair is allowed */
    verify_needs(&v);              /* C1 */
    verify_offers(&v);             /* C2 */
    verify_donors(&v);             /* C3 */
    TRY(verify_beneficiaries(&v)); /* C4 */
    TRY(verify_rules(&v));         /* C5 */
    verify_minimums(&v);           /* C6 */
    TRY(verify_tickets(&v));       /* C7 */
    TRY(verify_counts(&v));        /* C8 */
    TRY(verify_logic(&v));         /* C9 to C11 */
    TRY(verify_shares(&v));        /* C12, C14, most of one pair */
    verify_commitments(&v);        /* C13 */
    if (figures)
        TRY(verify_figures(&v)); /* what the plan says of itself */
    TRY(verify_stages(&v));      /* what was decided, against what was proven */
    return report->broken > 0 ? STATUS_FINDINGS : STATUS_OK;
}

const char *verify_library_version(void)
{
    return gmp_version;
}
