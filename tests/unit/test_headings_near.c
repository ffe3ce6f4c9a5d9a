/* Headings that the dictionary does not know: slips of the finger in three languages, which are asked
 * about, and columns of another meaning, which are carried along.
 */
#include "tests/support/matched_headings.h"
#include "tests/support/test_support.h"

#include <stdio.h>
#include <string.h>

enum { HEADING_SIZE = 128 };

static void a_slip_is_asked_about_with_and_without_a_remark(void **state)
{
    static const char *const headings[] = {"Quantty", "Quantty (EUR)", "quantity2", "Qantity, pcs"};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(headings); i++) {
        char message[200];
        Matched m = MATCH(TABLE_NEEDS, "id", "category", headings[i]);
        snprintf(message, sizeof message,
                 "'%s' is no column of needs; did you mean 'quantity'? write that, or rename the "
                 "column if it is something else",
                 headings[i]);
        assert_matched_message(&m, DIAG_COLUMN_NEAR, 3, message);
        assert_matched_counts(&m, 1, 0, 0);
        assert_int_equal(matched_column(&m, "quantity"), 2); /* so that its cells are checked too */
        arena_free(m.arena);
    }
}

/* The table's required columns and one heading more. */
static Matched match_extra(TableKind kind, const char *heading)
{
    static const char *const required[TABLE_COUNT][4] = {
        [TABLE_SETTINGS] = {"key", "value"},
        [TABLE_RATES] = {"currency", "rate"},
        [TABLE_DONORS] = {"id"},
        [TABLE_BENEFICIARIES] = {"id"},
        [TABLE_NEEDS] = {"id", "category", "quantity"},
        [TABLE_OFFERS] = {"id", "donor", "quantity"},
        [TABLE_PAIRS] = {"need", "offer"},
        [TABLE_COMMITMENTS] = {"need", "offer", "kind"},
        [TABLE_RULES] = {"id", "kind"},
        [TABLE_SCENARIOS] = {"scenario", "table", "id", "column"},
    };
    const char *headings[6] = {NULL};
    size_t count = 0;
    while (count < 4 && required[kind][count] != NULL) {
        headings[count] = required[kind][count];
        count++;
    }
    headings[count] = heading;
    return match_headings(kind, headings);
}

static void a_slip_in_any_language_is_asked_about(void **state)
{
    static const struct {
        TableKind table;
        const char *heading, *meant, *column;
    } cases[] = {
        {TABLE_NEEDS, "Приорітет", "Пріоритет", "priority"},
        {TABLE_NEEDS, "Priorytett", "Priorytet", "priority"},
        {TABLE_NEEDS, "Приоритет", "Пріоритет", "priority"},
        {TABLE_NEEDS, "ПРІОРІТЕТ (1-3)", "Пріоритет", "priority"},
        {TABLE_NEEDS, "Priority / Приорітет", "Пріоритет", "priority"},
        {TABLE_NEEDS, "Одиниця вимиру", "Одиниця виміру", "unit"},
        {TABLE_NEEDS, "Jednostki miary", "Jednostka miary", "unit"},
        {TABLE_NEEDS, "Цена", "Ціна", "unit_cost"},
        {TABLE_NEEDS, "Крайний термін", "Крайній термін", "deadline"},
        {TABLE_NEEDS, "Termn", "Termin", "deadline"},
        {TABLE_NEEDS, "Регион", "Регіон", "region"},
        {TABLE_NEEDS, "unit pirce", "unit price", "unit_cost"},
        {TABLE_OFFERS, "Kategorya", "Kategoria", "category"},
        {TABLE_OFFERS, "Накладни витрати", "Накладні витрати", "overhead"},
        {TABLE_RULES, "Kwotta", "Kwota", "value"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char message[300];
        Matched m = match_extra(cases[i].table, cases[i].heading);
        const Finding *finding = matched_finding(&m, DIAG_COLUMN_NEAR);
        assert_case(cases[i].heading, finding != NULL);
        snprintf(
            message, sizeof message,
            "'%s' is no column of %s; did you mean '%s' (%s)? write that, or rename the column "
            "if it is something else",
            cases[i].heading, m.table->name, cases[i].meant, cases[i].column);
        assert_case_text(cases[i].heading, finding->message, message);
        assert_matched_counts(&m, 1, 0, 0);
        assert_case(cases[i].heading, matched_column(&m, cases[i].column) > 0);
        arena_free(m.arena);
    }
}

static void a_slip_in_a_required_column_is_one_error(void **state)
{
    (void)state;
    Matched m = MATCH(TABLE_NEEDS, "id", "category", "Кількисть");
    assert_matched_counts(&m, 1, 0, 0);
    assert_matched_message(
        &m, DIAG_COLUMN_NEAR, 3,
        "'Кількисть' is no column of needs; did you mean 'Кількість' (quantity)? write "
        "that, or rename the column if it is something else");
    assert_int_equal(matched_column(&m, "quantity"), 2);
    arena_free(m.arena);
}

static void a_unit_behind_a_name_without_a_sign_between_is_asked_about(void **state)
{
    static const struct {
        TableKind table;
        const char *heading, *column;
    } cases[] = {
        {TABLE_NEEDS, "Ціна грн", "unit_cost"},
        {TABLE_NEEDS, "Unit cost EUR", "unit_cost"},
        {TABLE_NEEDS, "Min share percent", "min_share"},
        {TABLE_DONORS, "Budżet PLN", "budget"},
        {TABLE_DONORS, "Бюджет тис.", "budget"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        Matched m = match_extra(cases[i].table, cases[i].heading);
        assert_case(cases[i].heading, matched_finding(&m, DIAG_COLUMN_NEAR) != NULL);
        assert_case(cases[i].heading, matched_column(&m, cases[i].column) > 0);
        arena_free(m.arena);
    }
}

/* What planners write beside the columns of a round; none is asked about, in any table. */
static void other_columns_are_no_slips(void **state)
{
    static const char headings[] =
        "№|№ п/п|Опис|Коментар|ЄДРПОУ|E-mail|Lp.|Uwagi|Adres|Telefon|Osoba kontaktowa|"
        "Status projektu|Responsible|Sector|Phase|Comments|Дата подання|Адреса|"
        "Відповідальний|Wartość|Вартість|Загальна вартість|Total cost|Total value|Ocena|"
        "Оцінка|Rok|Рік|Year|Miesiąc|Місто|Miasto|City|Email|Phone|Телефон|Міністерство|"
        "Ministry|Ministerstwo|Департамент|Відділ|Dział|Owner|Project|Проєкт|Проект|"
        "Projekt|Програма|Етап|Фаза|Faza|Мета|Ціль|Cel|Goal|Outcome|Результат|Description|"
        "Opis|Details|Специфікація|Specification|Виробник|Producent|Vendor|Постачальник|"
        "Dostawca|Model|Модель|Location|Lokalizacja|Powiat|Район|Громада|Gmina|District|"
        "Data złożenia|Дата реєстрації|Submitted by|Updated|Last update|Оновлено|Автор|"
        "Approved by|Затверджено|Version|Версія|Wersja|Link|Посилання|Załącznik|Додаток|"
        "Attachment|Max quantity|Max. ilość|Макс. кількість|Gap|Remaining|Залишок|"
        "Delivered|Доставлено|Dostarczono|Received|Отримано|Користувач|Risk|Ризик|Impact|"
        "Urgency|Терміновість|Критичність|Theme|Тема|Temat|Area|Сфера|Підрозділ|Договір|"
        "Umowa|Numer umowy|Invoice|Рахунок|Faktura|Order|Замовлення|Zamówienie|Lot|Group|"
        "Група|Grupa|Subcategory|Sub-category|Підкатегорія|Podkategoria|Language|Sponsor|"
        "Фонд|Fundusz|Grant|Кредит|IBAN|Підпис|Podpis|Checked|Увага|Attention|Reference|"
        "Ref|Номер листа|Numer pisma|Лист|Section|Розділ|To|Duration|Тривалість|"
        "Czas trwania|Period|Період|Okres|Quarter|Квартал|Kwartał|Stage|Scale|Scope|Target|"
        "Place|Serial number|Part number|ISO code|Colour|Size|Розмір|Rozmiar|Network|"
        "Мережа|Hardware|Software|Training|Навчання|Szkolenie|Частина|Team|Term|Time|Site|"
        "Cost centre|Назва проєкту|Nazwa projektu|Nazwa firmy|Номер договору|Data umowy|"
        "Region / City|Unit head|Category owner";
    (void)state;
    for (int t = 0; t < TABLE_COUNT; t++)
        for (const char *next = headings; *next != '\0';) {
            char heading[HEADING_SIZE];
            size_t length = strcspn(next, "|");
            snprintf(heading, sizeof heading, "%.*s", (int)length, next);
            Matched m = match_extra((TableKind)t, heading);
            assert_case(heading, matched_finding(&m, DIAG_COLUMN_NEAR) == NULL);
            arena_free(m.arena);
            next += length + (next[length] == '|');
        }
}

static void a_stranger_is_carried_along(void **state)
{
    (void)state;
    Matched m = MATCH(TABLE_NEEDS, "id", "category", "quantity", "Колір", "Опис");
    assert_matched_counts(&m, 0, 0, 1); /* one note for both */
    assert_int_equal(m.headings.extra_count, 2);
    assert_int_equal(m.headings.extra[0], 3);
    assert_int_equal(m.headings.extra[1], 4);
    arena_free(m.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_slip_is_asked_about_with_and_without_a_remark),
        cmocka_unit_test(a_slip_in_any_language_is_asked_about),
        cmocka_unit_test(a_slip_in_a_required_column_is_one_error),
        cmocka_unit_test(a_unit_behind_a_name_without_a_sign_between_is_asked_about),
        cmocka_unit_test(other_columns_are_no_slips),
        cmocka_unit_test(a_stranger_is_carried_along),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
