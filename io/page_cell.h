/* room: io
 *
 * A cell of a report: what it holds, the part it plays on its page, how its number is shown.
 * Rows and columns count from 0.
 */
#ifndef ALLOT_IO_PAGE_CELL_H
#define ALLOT_IO_PAGE_CELL_H

#include <stdint.h>

#include "allot/date.h"
#include "allot/unit.h"

typedef enum PageCellKind {
    PAGE_BLANK, /* its look alone */
    PAGE_TEXT,
    PAGE_NUMBER,
    PAGE_FORMULA, /* text is the formula with its "=", number the value it has */
    PAGE_DATE     /* number counts days as spreadsheets do */
} PageCellKind;

/** The part that a cell plays. */
typedef enum Look {
    LOOK_TITLE,         /* of the sheet */
    LOOK_TITLE_WRAP,    /* in lines, in a row of merged cells */
    LOOK_SUBTITLE,      /* the round, its dates */
    LOOK_SUBTITLE_WRAP, /* likewise */
    LOOK_NOTE,          /* a line of explanation */
    LOOK_NOTE_WRAP,     /* several, in a block of merged cells */
    LOOK_SECTION,       /* heading of a block */
    LOOK_HEAD,          /* heading of a column of texts */
    LOOK_HEAD_RIGHT,
    LOOK_HEAD_CENTER,
    LOOK_HEAD_APART,
    LOOK_BODY,
    LOOK_RIGHT,  /* figures, and words where a figure would stand */
    LOOK_CENTER, /* small figures between texts */
    LOOK_WRAP,   /* long text */
    LOOK_APART,  /* the same right of a figure, which it would touch */
    LOOK_ANSWER, /* to be filled in by the reader */
    LOOK_TOTAL,  /* sums what is shown, above the headings or below the rows */
    LOOK_CARD_LABEL,
    LOOK_CARD_FIGURE,
    LOOK_CARD_NOTE,
    LOOK_COUNT
} Look;

/** How a number is shown. */
typedef enum Form {
    FORM_PLACES,         /* + n: in groups of three, with n decimals, 0 to 9 */
    FORM_DASH = 10,      /* + n: the same, and a dash for 0 */
    FORM_SHARE = 20,     /* 12.5% */
    FORM_GAP,            /* 0.0125% */
    FORM_SHARE_OF_ASKED, /* 12.5% of what was asked */
    FORM_AND_PARTLY,     /* and 12 in part */
    FORM_DATE,           /* 2026-04-01 */
    FORM_COUNT
} Form;

typedef struct PageCell {
    uint32_t row;
    uint16_t column;
    uint8_t kind; /* PageCellKind */
    uint8_t look; /* Look */
    uint8_t form; /* Form */
    const char *text;
    double number;
} PageCell;

/** The spreadsheet's format of a form ("#,##0.00") into @p out (at least 64 bytes). */
void form_text(Form form, char *out);

/** Characters that a number takes in this form, about. */
double form_width(Form form, double number);

/** The form of an amount: the decimals of its currency; of a thing as few as say it. */
Form form_of_amount(Unit unit, int64_t amount);

/** The decimals of a figure as the tables show it, six at most on paper. */
Form form_of_number(double number);

/** The amount in whole units. */
double amount_to_double(Unit unit, int64_t amount);

/** The day as spreadsheets count it; 0 for DATE_NONE and days before 1900-03-01. */
double date_to_serial(Date date);

/** Letters of a column, 0 -> "A", into @p out (at least 4 bytes). */
void column_letters(int column, char *out);

#endif
