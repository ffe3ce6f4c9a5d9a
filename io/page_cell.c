/* Forms of numbers: which format an amount gets, and how wide it becomes.
 */
#include "io/page_cell.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "allot/decimal.h"
#include "allot/language.h"
#include "io/number_text.h"

enum {
    FORM_TEXT_SIZE = 64,
    PLACES_SHOWN = 6,
    SERIAL_OF_1970 = 25569,   /* 1970-01-01 in days since 1899-12-30 */
    SERIAL_OF_1900_MARCH = 61 /* before it spreadsheets disagree about 1900-02-29 */
};

void form_text(Form form, char *out)
{
    static const char zeros[] = "000000000";
    const char *text = "";
    switch (form) {
    case FORM_SHARE: text = "0.0%"; break;
    case FORM_GAP: text = "0.0000%"; break;
    case FORM_SHARE_OF_ASKED: text = _("0.0%\" of what was asked\""); break;
    case FORM_AND_PARTLY: text = _("\"and \"#,##0\" in part\""); break;
    case FORM_DATE: text = "yyyy-mm-dd"; break;
    case FORM_PLACES:
    case FORM_DASH:
    case FORM_COUNT: break;
    }
    if (form >= FORM_SHARE) {
        (void)snprintf(out, FORM_TEXT_SIZE, "%s", text);
        return;
    }
    int places = (int)form % 10;
    char plain[FORM_TEXT_SIZE / 4];
    (void)snprintf(plain, sizeof plain, "#,##0%s%.*s", places > 0 ? "." : "", places, zeros);
    if (form < FORM_DASH)
        (void)snprintf(out, FORM_TEXT_SIZE, "%s", plain);
    else
        (void)snprintf(out, FORM_TEXT_SIZE, "%s;-%s;\"\xE2\x80\x93\"", plain, plain);
}

double form_width(Form form, double number)
{
    if (form == FORM_DATE)
        return 10;
    if (form >= FORM_SHARE)
        return 8;
    int digits = 1, places = (int)form % 10;
    double size = fabs(number);
    while (size >= 10) {
        size /= 10;
        digits++;
    }
    int groups = (digits - 1) / 3;
    return digits + groups + (places > 0 ? places + 1 : 0);
}

Form form_of_amount(Unit unit, int64_t amount)
{
    if (unit.is_money)
        return (Form)(FORM_PLACES + unit.places);
    return (Form)(FORM_PLACES + decimal_make(amount, unit.places).places);
}

Form form_of_number(double number)
{
    char text[NUMBER_TEXT_SIZE];
    number_text(number, text);
    const char *point = strchr(text, '.');
    size_t places = point == NULL ? 0 : strlen(point + 1);
    return (Form)(FORM_PLACES + (places < PLACES_SHOWN ? places : PLACES_SHOWN));
}

double amount_to_double(Unit unit, int64_t amount)
{
    return decimal_to_double(decimal_make(amount, unit.places));
}

double date_to_serial(Date date)
{
    if (date == DATE_NONE || date < SERIAL_OF_1900_MARCH - SERIAL_OF_1970)
        return 0;
    return (double)date + SERIAL_OF_1970;
}

void column_letters(int column, char *out)
{
    char reversed[4];
    int count = 0;
    for (int rest = column; rest >= 0 && count < 3; rest = rest / 26 - 1)
        reversed[count++] = (char)('A' + rest % 26);
    for (int i = 0; i < count; i++)
        out[i] = reversed[count - 1 - i];
    out[count] = '\0';
}
