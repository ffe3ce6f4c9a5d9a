#!/usr/bin/python3
"""Checks an HXL-tagged CSV without any HXL library: hxl_check.py FILE.csv

The grammar of hashtags is that of the HXL tagging conventions 1.1 (hxlstandard.org). Hashtags and what
each may be refined with stand below as in the HXL hashtag dictionary and, for money, in the HXL hashtag
chooser. Values are checked as the default schema of libhxl-python does: dates under #date, numbers under
#value and +num, no blanks around anything. Attributes of one's own are allowed by the conventions; they
are named, so that none slips in unseen. Knows nothing of the program under test.
"""
import csv
import datetime
import re
import sys

TAG = re.compile(r"#[a-z][a-z0-9_]*(\+[a-z][a-z0-9_]*)*\Z")

NAMED = {"code", "name", "type"}
PLACE = {"code", "name", "dest", "origin"}
CORE = {
    "#access": NAMED, "#activity": NAMED | {"url", "programme", "project", "activity"},
    "#adm1": PLACE, "#adm2": PLACE, "#adm3": PLACE, "#adm4": PLACE, "#adm5": PLACE,
    "#beneficiary": NAMED, "#capacity": NAMED, "#cause": NAMED, "#channel": NAMED,
    "#contact": {"name", "email", "phone", "url"}, "#country": PLACE, "#crisis": NAMED,
    "#currency": {"code"},
    "#date": {"approved", "canceled", "conversion", "end", "occurred", "reported", "start"},
    "#delivery": NAMED, "#description": set(), "#event": NAMED, "#frequency": NAMED,
    "#geo": {"bounds", "coord", "elevation", "lat", "lon"}, "#group": NAMED, "#impact": NAMED,
    "#indicator": NAMED | {"num"}, "#item": NAMED, "#loc": PLACE | {"type"},
    "#meta": {"id", "source", "url", "code", "name"}, "#modality": NAMED, "#need": NAMED,
    "#operations": NAMED, "#org": NAMED | {"funder", "impl", "prog", "url"},
    "#output": NAMED | {"num"}, "#region": PLACE, "#sector": NAMED | {"cluster"},
    "#service": NAMED | {"provided", "used", "url"}, "#severity": NAMED,
    "#status": {"code", "name"}, "#subsector": NAMED,
    "#value": {"budget", "disbursement", "expenditure", "incoming", "outgoing", "transfer"},
}


# A reader looks so far down for the row of hashtags (the conventions: titles and headings may stand above it).
ROWS_SEARCHED = 25


def tag_row(rows, faults):
    """The first row that holds hashtags and nothing else: one heading row above it, none like it below."""
    found = [r for r, row in enumerate(rows)
             if any(row) and all(c == "" or TAG.match(c.strip().lower()) for c in row)]
    if not found or found[0] >= ROWS_SEARCHED:
        faults.append("no row of hashtags")
        return 1
    if len(found) > 1:
        faults.append(f"row {found[1] + 1} is one of hashtags, too")
    if found[0] != 1:
        faults.append("the hashtags stand right below one row of headings")
    if any(cell.startswith("#") for cell in rows[0]) or "" in rows[found[0]]:
        faults.append("each column has a heading and a hashtag")
    return found[0]


def check_tag(tag, faults, own):
    if not TAG.match(tag):
        faults.append(f"{tag}: no hashtag")
        return
    parts = tag.split("+")
    if parts[0] not in CORE:
        faults.append(f"{tag}: no core hashtag")
        return
    if len(set(parts)) < len(parts):
        faults.append(f"{tag}: an attribute twice")
    own.update("+" + a for a in parts[1:] if a not in CORE[parts[0]])


def check_value(tag, value, faults):
    if value != value.strip() or "  " in value:
        faults.append(f"{tag}: '{value}' has blanks around it")
    if value == "":
        return
    try:
        if tag.startswith("#date"):
            datetime.date.fromisoformat(value)
        if tag.startswith("#value") or "+num" in tag:
            float(value)
    except ValueError:
        faults.append(f"{tag}: '{value}'")
    if tag.startswith("#currency") and not re.match(r"[A-Z]{3}\Z", value):
        faults.append(f"{tag}: '{value}' is no code of ISO 4217")


def main():
    with open(sys.argv[1], encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    faults, own = [], set()
    at = tag_row(rows, faults)
    tags = rows[at]
    for tag in tags:
        check_tag(tag, faults, own)
    kinds = [frozenset(tag.split("+")) for tag in tags]
    if len(set(kinds)) < len(kinds):
        faults.append("two columns with the same tag")
    for row in rows:
        if len(row) != len(tags):
            faults.append(f"a row of {len(row)} cells")
    for row in rows[at + 1:]:
        for tag, value in zip(tags, row):
            check_value(tag, value, faults)
        cells = dict(zip(tags, row))
        if any(cells[t] for t in tags if t.startswith("#value")) and not cells["#currency+code"]:
            faults.append("an amount without its currency")
    print(f"{len(tags)} tags, own: {' '.join(sorted(own)) or 'none'}; {len(faults)} faults")
    print("\n".join(faults), end="")
    return 1 if faults else 0


sys.exit(main())
