#!/usr/bin/python3
"""Recomputes every formula of a workbook with LibreOffice and compares with the cached values.

    recalc.py BOOK.xlsx

allot writes each formula together with the value that it will have, so that a reader that does
not calculate (a preview, a script) sees the right figure. This is the check that both agree. The
cached values are removed from the copy that LibreOffice gets: what comes back was computed there.
"""
import os
import re
import subprocess
import sys
import tempfile
import zipfile

import openpyxl

RELATIVE = 1e-9  # a double carries 15 digits; sums in another order differ in the last ones
ABSOLUTE = 1e-6  # a ten-thousandth of a cent, for sums that should be 0

FORMULA_CELL = re.compile(rb"(<c [^>]*>)(<f[^>]*>.*?</f>|<f[^>]*/>)<v>.*?</v>", re.DOTALL)


def without_cached_values(source, target):
    with zipfile.ZipFile(source) as book, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for name in book.namelist():
            data = book.read(name)
            if name.startswith("xl/worksheets/sheet"):
                data = FORMULA_CELL.sub(rb"\1\2", data)
            out.writestr(name, data)


def recomputed(source, folder):
    """Lets LibreOffice open SOURCE, calculate and save; returns the new file's path."""
    stripped = os.path.join(folder, "stripped.xlsx")
    out = os.path.join(folder, "out")
    profile = "file://" + os.path.join(folder, "profile")
    without_cached_values(source, stripped)
    run = subprocess.run(
        ["soffice", "-env:UserInstallation=" + profile, "--headless", "--convert-to", "xlsx",
         "--outdir", out, stripped],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=300, check=False, text=True)
    result = os.path.join(out, "stripped.xlsx")
    if run.returncode != 0 or not os.path.exists(result):
        sys.exit("recalc: LibreOffice did not convert the workbook:\n" + run.stdout)
    return result


def agree(cached, computed):
    numbers = (int, float)
    if isinstance(cached, numbers) and isinstance(computed, numbers):
        return abs(cached - computed) <= max(ABSOLUTE, RELATIVE * abs(cached))
    return (cached if cached is not None else "") == (computed if computed is not None else "")


def compare(path, new_path):
    """Prints every formula whose values differ; returns how many there were, and how many differ."""
    formulas = openpyxl.load_workbook(path)
    cached = openpyxl.load_workbook(path, data_only=True)
    computed = openpyxl.load_workbook(new_path, data_only=True)
    seen = wrong = 0
    for sheet in formulas.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type != "f":
                    continue
                seen += 1
                old = cached[sheet.title][cell.coordinate]
                new = computed[sheet.title][cell.coordinate]
                if "e" in (old.data_type, new.data_type) or not agree(old.value, new.value):
                    wrong += 1
                    print(f"{os.path.basename(path)}!{sheet.title}:{cell.coordinate}: "
                          f"cached {old.value!r}, recomputed {new.value!r}: {cell.value}")
    return seen, wrong


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: recalc.py BOOK.xlsx")
    path = sys.argv[1]
    with tempfile.TemporaryDirectory() as folder:
        seen, wrong = compare(path, recomputed(path, folder))
    print(f"recalc: {seen} formulas recomputed, {wrong} differ from their cached values")
    sys.exit(1 if wrong or not seen else 0)


if __name__ == "__main__":
    main()
