"""Sentences of the source that no catalog can hold: nothing marks them as texts.

    unmarked.py FILE.pot        in the project's root; FILE.pot by io/languages/extract.sh

Prints what stands in the source in two words or more and not in FILE.pot, and headings of columns
that are not there, as "file:line: text"; exit 1 when there is any. What no reader of another
language meets, or meets in its own words, is passed over by the lists below.
"""
import glob
import re
import sys

SOURCES = ('*.[ch]', 'io/*.[ch]', 'models/*.[ch]', 'solver/*.[ch]')
PASSED_OVER = {
    'models/synonym_table.c': 'names of columns, all languages in one table',
    'models/dictionary.c': "columns' defaults and words, said in every language by template_text.c",
    'io/template_text.c': 'the template is in all languages at once',
    'io/template_text.h': 'likewise',
    'io/book_template.c': 'likewise',
    'io/book_template_checks.c': 'likewise',
    'io/book_template_guide.c': 'likewise',
    'io/plan_lines.c': 'columns that are read back: their help is shown nowhere',
    'io/plan_record.c': 'likewise',
    'io/plan_round.c': 'likewise',
    'io/plan_sheets.c': 'likewise',
    'io/plan_stages_read.c': 'likewise',
    'io/ledger_entries.c': 'likewise',
    'io/replies_carry.c': 'likewise',
    'io/replies_lines.c': 'likewise',
    'io/replies_read.c': 'likewise',
    'io/comparison_tables.c': 'words of tables for programs',
    'io/sweep_tables.c': 'likewise',
    'io/tables_answers.c': 'likewise',
    'io/tables_asks.c': 'likewise',
    'io/sweep_text.h': 'words of parts of a sweep',
    'models/ledger_close.c': 'notes of a ledger, told in words where it is read',
    'io/sheet_ledger.c': 'likewise',
    'io/stage_label.c': 'names of stages, told in words by stage_label()',
    'models/form_burden.c': 'likewise',
    'models/eligibility.c': 'words of tables for programs; bar_text() is for people',
    'io/export_data.c': 'MathProg',
    'io/export_data_rules.c': 'MathProg',
    'io/completion.c': 'scripts of shells',
    'io/manual.c': 'the manual page is in English',
    'models/class_network_fits.c': 'what keeps a round from the class network: a word of engines',
    'models/lp.c': 'faults of the program itself',
}
PASSED_OVER_ROOMS = {
    'solver/glpk_': 'faults of the program itself',
    'solver/network_': 'why the class network gave up: a word of engines',
}
TEXTS = {  # a word list of settings and options, names of programs, compile-time checks
    'no price', 'brak danych', 'GLPK alone (', 'ROUND PLAN', 'ROUND FILE', 'ROUND ID', 'PLAN PLAN', 'ROUND PLAN DIR',
    'ROUND PLAN LEDGER', 'LEDGER FILE.csv', 'ROUND PLAN FILE.csv', 'bash zsh', 'comma point',
    'none reasons all', 'en uk pl', 'raise OPTIONS_MOST', 'allot ledger 1', 'scenario id',
    'need offer', 'need offer kind', 'expat, minizip', "a day's text finds room", 'a bit for each form',
    'FIELD_ENUM stores an int', 'SETTING_ENUM stores an int',
    'a large sheet is nothing but cells', 'a stage is unbounded: the formulation is wrong',
    'the solver stopped without an answer',
}
CURRENCIES = re.compile(r'([A-Z]{3} ?)+')

TOKEN = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'|\w+|\s+|.', re.S)
WORDS = re.compile(r'[A-Za-z]{2,}[,;:\'"]? +[A-Za-z]{2,}|\[[a-z]{2,}\]( |$)')
HEADING = re.compile(r'\{\s*"((?:\\.|[^"\\])+)",\s*[^,{}]+,\s*LOOK_')


def literals(text):
    """Each literal, its neighbours joined, with the number of its line."""
    line, parts, start = 1, [], 0
    for match in TOKEN.finditer(text):
        token, at = match.group(), line
        line += token.count('\n')
        if token[0] == '"':
            start = start if parts else at
            parts.append(token[1:-1])
        elif parts and token.startswith('PRI'):
            parts.append('<%s>' % token)
        elif not (token.isspace() or token.startswith(('/*', '//')) or token == '\\'):
            if parts:
                yield start, ''.join(parts)
            parts = []


def marked(pot):
    entry = re.compile(r'^msgid ((?:"(?:\\.|[^"\\])*"\n)+)', re.M)
    return {''.join(re.findall(r'"((?:\\.|[^"\\])*)"', m.group(1)))
            for m in entry.finditer(open(pot, encoding='utf-8').read())}


def spelled(text):
    """As a catalog has it: letters in place of the bytes that spell them."""
    return re.sub(r'(?:\\x[0-9A-Fa-f]{2})+',
                  lambda m: bytes.fromhex(m.group().replace('\\x', '')).decode(), text)


def is_passed_over(path):
    return path in PASSED_OVER or any(path.startswith(room) for room in PASSED_OVER_ROOMS)


def main():
    known, found = marked(sys.argv[1]), 0
    for path in sorted(set(f for pattern in SOURCES for f in glob.glob(pattern))):
        source = open(path, encoding='utf-8').read()
        texts = [(line, text) for line, text in literals(source)
                 if WORDS.search(text) and text not in TEXTS and not CURRENCIES.fullmatch(text)
                 and not is_passed_over(path)]
        if path == 'models/settings_spec.c':
            texts = [(line, text) for line, text in texts if not re.fullmatch('[a-z; ]+', text)]
        texts += [(source.count('\n', 0, m.start()) + 1, m.group(1))
                  for m in HEADING.finditer(source)]
        for line, text in texts:
            if spelled(text) not in known and re.search('[A-Za-z]{2}', text):
                print('%s:%d: "%s"' % (path, line, text[:100]))
                found += 1
    return 1 if found else 0


sys.exit(main())
