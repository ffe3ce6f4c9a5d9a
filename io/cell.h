/* room: io
 *
 * Typing one cell. Every function reads a cell that is not empty, writes its result only on
 * STATUS_OK, and otherwise adds a finding (STATUS_FINDINGS) or reports STATUS_NO_MEMORY.
 */
#ifndef ALLOT_IO_CELL_H
#define ALLOT_IO_CELL_H

#include <stdbool.h>
#include <stdint.h>

#include "allot/arena.h"
#include "allot/date.h"
#include "allot/decimal.h"
#include "allot/diag.h"
#include "allot/dictionary.h"
#include "allot/names.h"
#include "allot/round.h"
#include "allot/status.h"
#include "allot/unit.h"
#include "io/number.h"
#include "io/sheet.h"

/** A cell and where findings about it go. */
typedef struct CellAt {
    const Sheet *sheet;
    size_t row;
    size_t column; /* of the sheet */
    Diag *diag;
} CellAt;

/** What a figure may be. */
typedef enum Limit {
    LIMIT_NONE,
    LIMIT_NOT_NEGATIVE,
    LIMIT_POSITIVE,
    LIMIT_SCORE,     /* 0 to 100 */
    LIMIT_SHARE,     /* 0 to 1 */
    LIMIT_BELOW_ONE, /* 0 to less than 1 */
    LIMIT_DAYS       /* 0 to 36500: a hundred years */
} Limit;

/** What a figure must be. */
typedef struct FigureSpec {
    DecimalSign sign; /* the column's decimal sign */
    Limit limit;
    bool or_unknown;       /* only shapes the message of a wrong one */
    bool any_sign;         /* the cell that says what it counts could not be read */
    const char *unit;      /* what it counts: a code, or a thing; NULL when that is not known */
    const char *unit_from; /* what says so: "column unit"; NULL where no currency may stand */
} FigureSpec;

/** How a day was written. */
typedef enum DayForm {
    DAY_PLAIN,
    DAY_SERIAL, /* as a spreadsheet's serial number */
    DAY_TIMED   /* with a time of day, which is left out */
} DayForm;

const char *cell_text(CellAt at);
DiagPlace cell_place(CellAt at);

/** True for '.', n/a, undisclosed, unknown, tbd, no price and their Ukrainian and Polish kin, in any
 *  case. */
bool text_is_unknown(const char *text);

/** Reads yes/no, y/n, 1/0, true/false, tak/nie, так/ні and the truth values of Polish and Ukrainian
 *  spreadsheets, in any case. False for anything else. */
bool flag_read(const char *text, bool *out);

/** The decimal sign that the column's cells prove: open when none does, or when they disagree. */
DecimalSign column_decimal_sign(const Sheet *sheet, size_t column);

/** The decimal sign a column of figures is read by: what its cells prove, with a warning of each cell
 *  that only the others decide where @p told does not say the same; @p told (--decimal) where they
 *  prove none; SIGN_OPEN: a cell such as 1,234 is to be asked about. */
DecimalSign column_sign_or(const Sheet *sheet, size_t column, DecimalSign told, Diag *diag);

/** A figure. A currency sign beside it must mean its unit. */
Status cell_decimal(CellAt at, const FigureSpec *spec, Decimal *out);

/** A share: 0.125 or 12.5%. */
Status cell_share(CellAt at, DecimalSign sign, Limit limit, Decimal *out);

/** A whole number that fits an int. */
Status cell_integer(CellAt at, DecimalSign sign, Limit limit, int *out);

/** @p value as smallest parts of @p unit; finer is a finding that names both neighbours. */
Status cell_amount(CellAt at, Decimal value, Unit unit, int64_t *out);

/** A day; *form says how it was written, for a note. */
Status cell_date(CellAt at, DayForm *form, Date *out);

Status cell_flag(CellAt at, bool *out);

/** Adds a warning when the cell holds an id, a name or a list of names (by the column's type) with
 *  letters of another alphabet that look Latin. One a cell. */
void cell_check_letters(CellAt at, ColumnType type);

/** Adds a warning when a list of names (by the column's type) has ',', '|' or a line break between its
 *  parts. */
void cell_check_list(CellAt at, ColumnType type);

/** Position of the cell's word among @p words. Where yes and no are among them, every word that
 *  flag_read() knows is one of them. */
Status cell_word(CellAt at, const char *words, int *out);

/** Bit (1u << position) for every word of the cell's list. */
Status cell_words(CellAt at, const char *words, unsigned *out);

Status cell_name(CellAt at, NameSet *names, const char **out);

/** A list of names with ';' between; with @p star a "*" among them means all. */
Status cell_names(CellAt at, NameSet *names, Arena *arena, bool star, NameList *out);

/** An ISO 4217 code. */
Status cell_currency(CellAt at, NameSet *names, const char **out);

/** A currency code or a thing. Money in other words (eur, Euro, грн., тис. грн) is a finding. Settings and rates must be read. */
Status cell_unit(CellAt at, const Round *round, Unit *out);

#endif
