/* The template's texts. What a column means comes from the dictionary, what it is called elsewhere
 * from the synonyms; here is what neither knows.
 */
#include "io/template_text.h"

#include <stdio.h>
#include <string.h>

#include "allot/decimal.h"
#include "allot/names.h"
#include "allot/template.h"
#include "allot/words.h"

enum { PHRASE_SIZE = 256, LABEL_SIZE = 128, SHEET_NAME_SIZE = 64 };

/* ---- the guide ------------------------------------------------------------------------------ */

static const Translated TITLE = {
    {"How to fill this file", "Як заповнити цей файл", "Jak wypełnić ten plik"}};
static const Translated SHEETS_TITLE = {{"The sheets (bold: required)",
                                         "Аркуші (напівжирні — обов’язкові)",
                                         "Arkusze (pogrubione: obowiązkowe)"}};

static const GuidePoint POINTS[] = {
    {{{"What this file is", "Що це за файл", "Czym jest ten plik"}},
     {{"An empty allocation round of the Tallinn Mechanism. Needs stand on one side, what donors "
       "offer on the other; the program allot matches them. One sheet is one table, one row is one "
       "entry.",
       "Порожній раунд розподілу Талліннського механізму. З одного боку — потреби, з іншого — "
       "пропозиції донорів; програма allot їх зіставляє. Один аркуш — одна таблиця, один рядок — "
       "один запис.",
       "Pusta runda przydziału w ramach Mechanizmu Tallińskiego. Po jednej stronie są potrzeby, po "
       "drugiej oferty darczyńców; program allot je dopasowuje. Jeden arkusz to jedna tabela, "
       "jeden wiersz to jeden wpis."}}},
    {{{"What is required", "Що обов’язково", "Co jest obowiązkowe"}},
     {{"Only the sheets needs and offers. On every sheet the dark headings are the required "
       "columns; all others may stay empty. Leave sheets that you do not need as they are.",
       "Лише аркуші needs і offers. На кожному аркуші темні заголовки — обов’язкові стовпці; решту "
       "можна не заповнювати. Непотрібні аркуші залиште без змін.",
       "Tylko arkusze needs i offers. W każdym arkuszu ciemne nagłówki to kolumny obowiązkowe; "
       "pozostałe mogą być puste. Niepotrzebne arkusze zostaw bez zmian."}}},
    {{{"Headings and notes", "Заголовки та примітки", "Nagłówki i notatki"}},
     {{"Point at a heading: its note says what the column means and what an empty cell stands for. "
       "The order of columns is free, headings may also be written in Ukrainian or Polish, and "
       "columns of your own are carried along.",
       "Наведіть курсор на заголовок: примітка пояснює, що означає стовпець і що означає порожня "
       "клітинка. Порядок стовпців довільний, заголовки можна писати також українською чи "
       "польською, а ваші власні стовпці зберігаються.",
       "Wskaż nagłówek: notatka mówi, co oznacza kolumna i co oznacza pusta komórka. Kolejność "
       "kolumn jest dowolna, nagłówki mogą być też po ukraińsku lub po polsku, a własne kolumny są "
       "zachowywane."}}},
    {{{"The row EXAMPLE", "Рядок EXAMPLE", "Wiersz EXAMPLE"}},
     {{"The grey row shows how a row is filled. It is never read; leave it or delete it.",
       "Сірий рядок — зразок заповнення. Програма його не читає; його можна залишити або видалити.",
       "Szary wiersz to wzór wypełnienia. Program go nie czyta; można go zostawić lub usunąć."}}},
    {{{"Empty and unknown", "Порожнє та невідоме", "Puste i nieznane"}},
     {{"An empty cell takes the default that the note names. When an amount is not known, write "
       "unknown: it is never taken for zero; the row stays out of the plan and is listed.",
       "Порожня клітинка набуває типового значення, вказаного в примітці. Якщо кількість невідома, "
       "напишіть unknown: це ніколи не вважається нулем; рядок не входить до плану, але "
       "потрапляє до переліку.",
       "Pusta komórka przyjmuje wartość domyślną podaną w notatce. Gdy ilość nie jest znana, wpisz "
       "unknown: nigdy nie oznacza to zera; wiersz nie wchodzi do planu, ale jest w nim "
       "wymieniony."}}},
    {{{"Ids", "Коди (id)", "Identyfikatory (id)"}},
     {{"Give every row a short id that never changes (N-001). Other sheets point at it: write it "
       "the "
       "same everywhere, in letters of one alphabet.",
       "Дайте кожному рядку короткий незмінний код (N-001). На нього посилаються інші аркуші: "
       "пишіть його всюди однаково, літерами однієї абетки.",
       "Nadaj każdemu wierszowi krótki, niezmienny identyfikator (N-001). Odwołują się do niego "
       "inne arkusze: pisz go wszędzie tak samo, literami jednego alfabetu."}}},
    {{{"Amounts", "Кількості та суми", "Ilości i kwoty"}},
     {{"Write full amounts, never thousands: 1250000. Decimals with a comma or a point: 1234,50 or "
       "1234.50. Shares as 0.4 or 40%. A currency code as unit (EUR, UAH) makes it money, anything "
       "else counts things (seat, licence).",
       "Пишіть повні суми, не тисячі: 1250000. Дробова частина — через кому або крапку: 1234,50 "
       "або 1234.50. Частки — 0.4 або 40%. Код валюти як одиниця (EUR, UAH) означає гроші, усе "
       "інше — речі чи послуги (seat, licence).",
       "Wpisuj pełne kwoty, nigdy w tysiącach: 1250000. Części dziesiętne po przecinku lub kropce: "
       "1234,50 albo 1234.50. Udziały jako 0.4 lub 40%. Kod waluty jako jednostka (EUR, UAH) "
       "oznacza pieniądze, wszystko inne to rzeczy lub usługi (seat, licence)."}}},
    {{{"Dates", "Дати", "Daty"}},
     {{"2026-04-01, 01.04.2026, or a date of the spreadsheet.",
       "2026-04-01, 01.04.2026 або дата електронної таблиці.",
       "2026-04-01, 01.04.2026 albo data arkusza kalkulacyjnego."}}},
    {{{"Lists, yes and no", "Переліки, так і ні", "Listy, tak i nie"}},
     {{"Several names in one cell are separated by a semicolon: N-001; N-002. Yes and no may be "
       "yes/no, так/ні or tak/nie.",
       "Кілька назв в одній клітинці розділяйте крапкою з комою: N-001; N-002. Так і ні можна "
       "писати як так/ні, yes/no або tak/nie.",
       "Kilka nazw w jednej komórce oddzielaj średnikiem: N-001; N-002. Tak i nie można pisać jako "
       "tak/nie, yes/no lub так/ні."}}},
    {{{"Drop-down lists", "Розкривні списки", "Listy rozwijane"}},
     {{"Some cells offer a list. Where another text is allowed too, the spreadsheet only warns and "
       "you may go on. The last sheet, lists, feeds these lists and holds no data.",
       "Деякі клітинки пропонують список. Де дозволено й інший текст, програма таблиць лише "
       "попереджає, і можна продовжити. Останній аркуш, lists, живить ці списки й не містить "
       "даних.",
       "Niektóre komórki podsuwają listę. Gdzie wolno wpisać też inny tekst, arkusz tylko ostrzega "
       "i można kontynuować. Ostatni arkusz, lists, zasila te listy i nie zawiera danych."}}},
    {{{"Hidden and merged", "Приховане та об’єднане", "Ukryte i scalone"}},
     {{"Rows that are hidden or filtered away are read all the same: delete what must not count. "
       "Do "
       "not merge cells.",
       "Приховані чи відфільтровані рядки все одно читаються: видаліть те, що не має "
       "враховуватися. Не об’єднуйте клітинок.",
       "Wiersze ukryte lub odfiltrowane są mimo to czytane: usuń to, co nie ma się liczyć. Nie "
       "scalaj komórek."}}},
    {{{"When it is filled", "Коли файл заповнено", "Gdy plik jest gotowy"}},
     {{"Save it as .xlsx or .ods and run\nallot check FILE.xlsx\nwhich names sheet, row and column "
       "of everything that is wrong. Then\nallot solve FILE.xlsx -o plan.xlsx",
       "Збережіть його як .xlsx або .ods і запустіть\nallot check FILE.xlsx\nПрограма назве аркуш, "
       "рядок і стовпець кожної помилки. Потім\nallot solve FILE.xlsx -o plan.xlsx",
       "Zapisz go jako .xlsx lub .ods i uruchom\nallot check FILE.xlsx\nProgram wskaże arkusz, "
       "wiersz i kolumnę każdego błędu. Następnie\nallot solve FILE.xlsx -o plan.xlsx"}}},
};

static const Translated TABLE_TEXTS[TABLE_COUNT] = {
    [TABLE_SETTINGS] = {{"how the round is decided", "як ухвалюються рішення в раунді",
                         "jak rozstrzyga się rundę"}},
    [TABLE_RATES] = {{"exchange rates, frozen for the round", "курси валют, зафіксовані на раунд",
                      "kursy walut, ustalone na rundę"}},
    [TABLE_DONORS] = {{"who gives, and their limits", "хто надає допомогу",
                       "kto udziela wsparcia"}},
    [TABLE_BENEFICIARIES] = {{"who receives, and how much at most", "хто отримує допомогу",
                              "kto otrzymuje wsparcie"}},
    [TABLE_NEEDS] = {{"one row a need", "один рядок — одна потреба",
                      "jeden wiersz to jedna potrzeba"}},
    [TABLE_OFFERS] = {{"one row an offer of money or things", "один рядок — одна пропозиція",
                       "jeden wiersz to jedna oferta"}},
    [TABLE_PAIRS] = {{"what holds for one need and offer alone",
                      "умови для однієї потреби та однієї пропозиції",
                      "warunki dla jednej potrzeby i jednej oferty"}},
    [TABLE_COMMITMENTS] = {{"what is agreed already, or ruled out", "що вже узгоджено",
                            "co już uzgodniono"}},
    [TABLE_RULES] = {{"limits, floors, reserves and bars", "межі, мінімуми, резерви, заборони",
                      "limity, minima, rezerwy i zakazy"}},
    [TABLE_SCENARIOS] = {{"changed cells: what would be if", "змінені клітинки: що було б, якби",
                          "zmienione komórki: co by było, gdyby"}},
};

const GuidePoint *template_points(size_t *count)
{
    *count = sizeof POINTS / sizeof POINTS[0];
    return POINTS;
}

const Translated *template_title(void)
{
    return &TITLE;
}

const Translated *template_sheets_title(void)
{
    return &SHEETS_TITLE;
}

const char *template_table_text(TableKind kind, SynonymLanguage language)
{
    return TABLE_TEXTS[kind].in[language];
}

/* ---- sheets --------------------------------------------------------------------------------- */

const TableKind *template_order(void)
{
    static const TableKind order[TABLE_COUNT] = {
        TABLE_SETTINGS, TABLE_NEEDS, TABLE_OFFERS,      TABLE_DONORS, TABLE_BENEFICIARIES,
        TABLE_RATES,    TABLE_RULES, TABLE_COMMITMENTS, TABLE_PAIRS,  TABLE_SCENARIOS};
    return order;
}

bool template_is_own_sheet(const char *sheet_name)
{
    static const char *const own[] = {TEMPLATE_GUIDE, TEMPLATE_LISTS};
    char wanted[SHEET_NAME_SIZE], folded[SHEET_NAME_SIZE];

    name_fold(sheet_name, wanted, sizeof wanted);
    for (size_t i = 0; i < sizeof own / sizeof own[0]; i++) {
        name_fold(own[i], folded, sizeof folded);
        if (strcmp(wanted, folded) == 0)
            return true;
    }
    return false;
}

/* ---- examples ------------------------------------------------------------------------------- */

typedef struct Example {
    TableKind table;
    const char *column;
    const char *value;
} Example;

static const Example EXAMPLES[] = {
    {TABLE_SETTINGS, "key", "EXAMPLE"},
    {TABLE_SETTINGS, "value", "empty: the default that the key's note names"},

    {TABLE_RATES, "currency", "EXAMPLE"},
    {TABLE_RATES, "rate", "0.0205"},
    {TABLE_RATES, "date", "2026-04-01"},
    {TABLE_RATES, "source", "National Bank of Ukraine"},

    {TABLE_DONORS, "id", "EXAMPLE"},
    {TABLE_DONORS, "name", "Country X"},
    {TABLE_DONORS, "role", "member"},
    {TABLE_DONORS, "budget", "1000000"},
    {TABLE_DONORS, "currency", "EUR"},
    {TABLE_DONORS, "max_share", "0.5"},
    {TABLE_DONORS, "share_key", "2.5"},
    {TABLE_DONORS, "contact", "cyber@mfa.example"},

    {TABLE_BENEFICIARIES, "id", "EXAMPLE"},
    {TABLE_BENEFICIARIES, "name", "Regional hospital"},
    {TABLE_BENEFICIARIES, "region", "UA-46"},
    {TABLE_BENEFICIARIES, "max_value", "500000"},

    {TABLE_NEEDS, "id", "EXAMPLE"},
    {TABLE_NEEDS, "title", "Endpoint protection, three hospitals"},
    {TABLE_NEEDS, "beneficiary", "EXAMPLE"},
    {TABLE_NEEDS, "region", "UA-46"},
    {TABLE_NEEDS, "notes", "price: quotation of March 2026"},
    {TABLE_NEEDS, "catalogue_ref", "CAT-0815"},
    {TABLE_NEEDS, "category", "EDR"},
    {TABLE_NEEDS, "quantity", "120"},
    {TABLE_NEEDS, "unit", "licence"},
    {TABLE_NEEDS, "unit_cost", "45"},
    {TABLE_NEEDS, "currency", "EUR"},
    {TABLE_NEEDS, "priority", "1"},
    {TABLE_NEEDS, "earliest", "2026-04-01"},
    {TABLE_NEEDS, "deadline", "2026-09-30"},
    {TABLE_NEEDS, "step", "10"},
    {TABLE_NEEDS, "covered", "20"},
    {TABLE_NEEDS, "covered_by", "bilateral"},
    {TABLE_NEEDS, "oda", "yes"},
    {TABLE_NEEDS, "civil_share", "1"},
    {TABLE_NEEDS, "tags", "health; linux"},
    {TABLE_NEEDS, "ready", "yes"},
    {TABLE_NEEDS, "sensitivity", "open"},

    {TABLE_OFFERS, "id", "EXAMPLE"},
    {TABLE_OFFERS, "donor", "EXAMPLE"},
    {TABLE_OFFERS, "quantity", "250000"},
    {TABLE_OFFERS, "unit", "EUR"},
    {TABLE_OFFERS, "category", "EDR"},
    {TABLE_OFFERS, "form", "grant"},
    {TABLE_OFFERS, "channel", "project office"},
    {TABLE_OFFERS, "source", "letter of 12 March 2026"},
    {TABLE_OFFERS, "status", "committed"},
    {TABLE_OFFERS, "only_regions", "UA-46"},
    {TABLE_OFFERS, "valid_from", "2026-01-01"},
    {TABLE_OFFERS, "valid_to", "2026-12-31"},
    {TABLE_OFFERS, "lead_days", "30"},
    {TABLE_OFFERS, "lapses", "2026-12-31"},
    {TABLE_OFFERS, "max_share", "0.5"},
    {TABLE_OFFERS, "oda_only", "yes"},
    {TABLE_OFFERS, "civil_only", "yes"},
    {TABLE_OFFERS, "overhead", "0.07"},

    {TABLE_PAIRS, "need", "EXAMPLE"},
    {TABLE_PAIRS, "offer", "EXAMPLE"},
    {TABLE_PAIRS, "max", "100"},
    {TABLE_PAIRS, "eligible", "yes"},

    {TABLE_COMMITMENTS, "need", "EXAMPLE"},
    {TABLE_COMMITMENTS, "offer", "EXAMPLE"},
    {TABLE_COMMITMENTS, "kind", "fixed"},
    {TABLE_COMMITMENTS, "quantity", "60"},
    {TABLE_COMMITMENTS, "reason", "agreed on 12 March 2026"},
    {TABLE_COMMITMENTS, "source", "minutes, item 4"},

    {TABLE_RULES, "id", "EXAMPLE"},
    {TABLE_RULES, "kind", "limit"},
    {TABLE_RULES, "category", "EDR"},
    {TABLE_RULES, "each", "beneficiary"},
    {TABLE_RULES, "value", "400000"},
    {TABLE_RULES, "currency", "EUR"},
    {TABLE_RULES, "reason", "more cannot be put to use in one round"},

    {TABLE_SCENARIOS, "scenario", "EXAMPLE"},
    {TABLE_SCENARIOS, "table", "needs"},
    {TABLE_SCENARIOS, "id", "EXAMPLE"},
    {TABLE_SCENARIOS, "column", "quantity"},
    {TABLE_SCENARIOS, "value", "150"},
};

const char *template_example(TableKind kind, const char *column)
{
    for (size_t i = 0; i < sizeof EXAMPLES / sizeof EXAMPLES[0]; i++)
        if (EXAMPLES[i].table == kind && strcmp(EXAMPLES[i].column, column) == 0)
            return EXAMPLES[i].value;
    return "";
}

bool template_is_own_example(const char *table, const char *column, const char *text)
{
    const TableSpec *spec = dictionary_find(table);
    Decimal written, example;
    if (text[0] == '\0')
        return true;
    if (spec == NULL)
        return false;
    const char *own = template_example(spec->kind, column);
    return strcmp(text, own) == 0 ||
           (decimal_parse(text, &written) && decimal_parse(own, &example) &&
            decimal_compare(written, example) == 0);
}

/* ---- columns -------------------------------------------------------------------------------- */

TableKind template_target(TableKind kind, const char *column)
{
    static const struct {
        const char *end; /* of the column's name */
        TableKind table;
    } ends[] = {
        {"beneficiary", TABLE_BENEFICIARIES},
        {"beneficiaries", TABLE_BENEFICIARIES},
        {"donor", TABLE_DONORS},
        {"need", TABLE_NEEDS},
        {"needs", TABLE_NEEDS},
        {"requires", TABLE_NEEDS},
        {"offer", TABLE_OFFERS},
        {"parent", TABLE_OFFERS},
    };
    bool points = kind != TABLE_SETTINGS && kind != TABLE_SCENARIOS;
    if (strncmp(column, "only_", 5) == 0)
        column += 5;
    else if (strncmp(column, "not_", 4) == 0)
        column += 4;
    for (size_t i = 0; points && i < sizeof ends / sizeof ends[0]; i++)
        if (strcmp(column, ends[i].end) == 0)
            return ends[i].table;
    return TABLE_COUNT;
}

bool template_takes_unknown(const ColumnSpec *column)
{
    return column->type == COLUMN_NUMBER &&
           ((strcmp(column->name, "quantity") == 0 && column->required) ||
            strcmp(column->name, "unit_cost") == 0);
}

const char *template_setting_words(const char *key)
{
    static const struct {
        const char *key;
        const char *words;
    } settings[] = {
        {"plan_on", "pledged committed paid"},
        {"measure", "value share quantity"},
        {"eligibility", "rules pairs"},
        {"fairness", "none beneficiary region category need"},
        {"within_tier", "shortfall;fairness fairness;shortfall"},
        {"fairness_by", "share quantity"},
        {"release", "own totals all"},
        {"engine", "fast plain"},
    };
    for (size_t i = 0; i < sizeof settings / sizeof settings[0]; i++)
        if (strcmp(settings[i].key, key) == 0)
            return settings[i].words;
    return NULL;
}

/* ---- notes ---------------------------------------------------------------------------------- */

/* What a cell of this kind may hold. */
static void say_form(const ColumnSpec *column, char *out, size_t size)
{
    char words[PHRASE_SIZE];

    words_phrase(column->words != NULL ? column->words : "", words, sizeof words);
    switch (column->type) {
    case COLUMN_ID: snprintf(out, size, "a short id, different in every row"); return;
    case COLUMN_TEXT: snprintf(out, size, "any text"); return;
    case COLUMN_NAME: snprintf(out, size, "a name, spelt the same everywhere"); return;
    case COLUMN_NAMES:
        snprintf(out, size, "a list, separated by ;%s%s", words[0] != '\0' ? " of " : "", words);
        return;
    case COLUMN_NUMBER:
        snprintf(out, size, "a number%s", template_takes_unknown(column) ? ", or unknown" : "");
        return;
    case COLUMN_SHARE: snprintf(out, size, "0 to 1, or a percentage"); return;
    case COLUMN_INTEGER: snprintf(out, size, "a whole number"); return;
    case COLUMN_FLAG: snprintf(out, size, "yes or no"); return;
    case COLUMN_DATE: snprintf(out, size, "a date, 2026-04-01"); return;
    case COLUMN_WORD: snprintf(out, size, "%s", words); return;
    case COLUMN_UNIT: snprintf(out, size, "a currency code or the name of a thing"); return;
    case COLUMN_CURRENCY: snprintf(out, size, "a currency code: EUR, UAH, ..."); return;
    }
    out[0] = '\0';
}

const char *template_note(const TableSpec *table, const ColumnSpec *column, Arena *arena)
{
    char form[PHRASE_SIZE + 64], label[2][LABEL_SIZE];
    const Synonym *synonym = synonym_of(table->name, column->name);
    TableKind target = template_target(table->kind, column->name);

    say_form(column, form, sizeof form);
    synonym_label(synonym, SYNONYM_UK, label[0], LABEL_SIZE);
    synonym_label(synonym, SYNONYM_PL, label[1], LABEL_SIZE);
    const char *note = arena_printf(arena, "%s%s\n%s\nWrite: %s", column->name,
                                    column->required ? " (required)" : "", column->help, form);
    if (note != NULL && target != TABLE_COUNT)
        note =
            arena_printf(arena, "%s\nIds of the sheet: %s", note, dictionary_table(target)->name);
    if (note != NULL && column->default_is[0] != '\0')
        note = arena_printf(arena, "%s\nEmpty means: %s", note, column->default_is);
    if (note != NULL && label[0][0] != '\0')
        note = arena_printf(arena, "%s\nUA: %s\nPL: %s", note, label[0], label[1]);
    return note;
}
