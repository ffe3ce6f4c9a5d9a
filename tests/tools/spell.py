#!/usr/bin/python3
"""Writes a round given as a folder of plain CSV in another spelling, as people and programs send it.

    spell.py ROUND SPELLING TARGET [TEMPLATE.xlsx]

Spellings of a folder:   semicolons-1251, tabs-utf16, pipes-sep
Spellings of a workbook: template (fills TEMPLATE, row 3 on), ministry (a workbook made by hand:
                         Ukrainian sheet names and headings, titles, units, totals, hidden rows)

Nothing here knows how the program reads: the types of the columns are listed by hand.
"""
import csv
import datetime
import os
import sys

NUMBERS = set("""quantity unit_cost priority score_technical score_strategic weight min_quantity
min_share step max_donors covered civil_share unit_value lead_days min_ticket max_share max_needs
overhead cost budget share_key max_value rate value share count use max""".split())
DATES = {"earliest", "deadline", "valid_from", "valid_to", "lapses", "date"}
FLAGS = {"indivisible", "ready", "oda_only", "civil_only", "eligible"}
TEXT_IN = {("settings", "value"), ("rules", "priority"), ("scenarios", "value")}

SHEETS_UK = {"needs": "Потреби", "offers": "Пропозиції", "settings": "Налаштування",
             "donors": "Донори", "beneficiaries": "Бенефіціари", "rates": "Курси",
             "rules": "Правила", "commitments": "Зобов'язання"}
HEADINGS_UK = {"quantity": "Кількість", "donor": "Донор", "category": "Категорія",
               "priority": "Пріоритет", "currency": "Валюта", "beneficiary": "Бенефіціар",
               "region": "Регіон", "notes": "Примітки"}


def read(folder):
    tables = {}
    for name in sorted(os.listdir(folder)):
        if name.endswith(".csv"):
            with open(os.path.join(folder, name), encoding="utf-8", newline="") as file:
                tables[name[:-4]] = list(csv.reader(file))
    return tables


def kind(table, column):
    if (table, column) in TEXT_IN:
        return "text"
    return ("number" if column in NUMBERS else "date" if column in DATES
            else "flag" if column in FLAGS else "text")


def is_number(text):
    try:
        float(text)
    except ValueError:
        return False
    return True


# ---- folders ---------------------------------------------------------------------------------

def comma_number(text):
    """1234567.5 -> 1 234 567,50: groups of three, decimal comma, at least two decimals if any."""
    if not is_number(text):
        return text
    sign = "-" if text.startswith("-") else ""
    whole, _, part = text.lstrip("-").partition(".")
    groups = []
    while len(whole) > 3:
        groups.insert(0, whole[-3:])
        whole = whole[:-3]
    groups.insert(0, whole)
    part = "," + part.ljust(2, "0") if part else ""
    if len(part) == 4:
        part += "0"  # three decimals could be a group
    return sign + "\u00a0".join(groups) + part


def write_folder(tables, target, encoding, delimiter, first, change):
    os.makedirs(target, exist_ok=True)
    for name, rows in tables.items():
        heads = rows[0]
        path = os.path.join(target, name + ".csv")
        with open(path, "w", encoding=encoding, newline="", errors="replace") as file:
            file.write(first)
            out = csv.writer(file, delimiter=delimiter, lineterminator="\r\n")
            out.writerow(heads)
            for row in rows[1:]:
                out.writerow([change(kind(name, h), cell) for h, cell in zip(heads, row)])


def ukrainian_cell(what, cell):
    if what == "number":
        return comma_number(cell)
    if what == "date" and len(cell) == 10:
        return ".".join(reversed(cell.split("-")))
    if what == "flag":
        return {"yes": "так", "no": "ні"}.get(cell, cell)
    return cell


def polish_cell(what, cell):
    if what == "number" and is_number(cell):
        return cell.replace(".", ",") if len(cell.partition(".")[2]) != 3 else cell
    if what == "flag":
        return {"yes": "Tak", "no": "NIE"}.get(cell, cell)
    if what == "date" and len(cell) == 10:  # as a spreadsheet's serial day
        day = datetime.date.fromisoformat(cell)
        return str((day - datetime.date(1899, 12, 30)).days)
    return cell


# ---- workbooks -------------------------------------------------------------------------------

def typed(table, column, cell):
    what = kind(table, column)
    if cell == "":
        return None
    if what == "number" and is_number(cell):
        return float(cell) if "." in cell else int(cell)
    if what == "date" and len(cell) == 10:
        return datetime.date.fromisoformat(cell)
    if what == "flag" and cell in ("yes", "no"):
        return cell == "yes"
    return cell


def put(sheet, row, column, value):
    cell = sheet.cell(row=row, column=column)
    cell.value = value
    if isinstance(value, datetime.date):
        cell.number_format = "dd.mm.yyyy"


def fill_template(tables, target, template):
    import openpyxl
    book = openpyxl.load_workbook(template)
    for name, rows in tables.items():
        sheet = book[name]
        place = {sheet.cell(row=1, column=c).value: c for c in range(1, sheet.max_column + 1)}
        more = max(place.values()) + 1
        for head in rows[0]:
            if head not in place:
                place[head] = more
                sheet.cell(row=1, column=more).value = head
                more += 1
        listed = {sheet.cell(row=r, column=1).value: r for r in range(3, sheet.max_row + 1)}
        free = sheet.max_row + 1 if name == "settings" else 3  # row 2 is the example
        for row in rows[1:]:
            r = listed.get(row[0]) if name == "settings" else None  # its keys stand there already
            if r is None:
                r, free = free, free + 1
            for head, cell in zip(rows[0], row):
                put(sheet, r, place[head], typed(name, head, cell))
    book.save(target)


def ministry(tables, target):
    import openpyxl
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in tables.items():
        sheet = book.create_sheet(SHEETS_UK.get(name, name))
        sheet.cell(row=1, column=1).value = "Талліннський механізм"
        sheet.cell(row=2, column=1).value = "Станом на 1 січня"
        heads = rows[0]
        for c, head in enumerate(heads, start=1):
            sheet.cell(row=4, column=c).value = HEADINGS_UK.get(head, head.upper().replace("_", " "))
        if name == "needs":
            sheet.cell(row=5, column=heads.index("quantity") + 1).value = "(од.)"
            sheet.cell(row=5, column=heads.index("deadline") + 1).value = "(дата)"
        last = 6
        for r, row in enumerate(rows[1:], start=6):
            for c, (head, cell) in enumerate(zip(heads, row), start=1):
                put(sheet, r, c, typed(name, head, cell))
            last = r
        if name in ("needs", "offers"):
            sheet.row_dimensions[7].hidden = True
            sheet.cell(row=last + 2, column=1).value = "Разом"
            sheet.cell(row=last + 2, column=heads.index("quantity") + 1).value = 123456
        if name == "offers":
            sheet.sheet_state = "hidden"
    book.create_sheet("Довідка").cell(row=1, column=1).value = "не таблиця"
    book.save(target)


def main():
    folder, spelling, target = sys.argv[1:4]
    tables = read(folder)
    if spelling == "semicolons-1251":
        write_folder(tables, target, "cp1251", ";", "", ukrainian_cell)
    elif spelling == "tabs-utf16":
        write_folder(tables, target, "utf-16", "\t", "", lambda what, cell: cell)
    elif spelling == "pipes-sep":
        write_folder(tables, target, "utf-8-sig", "|", "sep=|\r\n", polish_cell)
    elif spelling == "template":
        fill_template(tables, target, sys.argv[4])
    elif spelling == "ministry":
        ministry(tables, target)
    else:
        sys.exit("spell.py: there is no spelling '%s'" % spelling)


if __name__ == "__main__":
    main()
