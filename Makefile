# allot: build it, run it, test it, keep it clean. `make help` lists the targets.
#
# Everything made lands under build/: build/$(VARIANT)/ mirrors the source tree, nothing is written
# beside a source. Sources are found by wildcard; which folder may include which is checked by
# `make layers`. CONTRIBUTING.md says how to add things.

# ---- what can be chosen on the command line ---------------------------------------------------

VARIANT       ?= release#       release | debug | san (ASan, UBSan) | cov (gcov) | fuzz (clang)
TEST_VARIANTS ?= release san#   the variants that `make test` builds and runs
TESTS         ?= $(filter-out tests/support/%,$(wildcard tests/*/test_*.c))# or one file
SAMPLE        ?= tallinn-2026-q1
prefix        ?= /usr/local
PYTHON        ?= /usr/bin/python3# Debian's own: python3-openpyxl belongs to it (make recalc)
CLANG         ?= clang
CLANG_FORMAT  ?= clang-format
CLANG_TIDY    ?= clang-tidy
ifeq ($(origin CC),default)
CC := gcc
endif

# ---- flags ------------------------------------------------------------------------------------

FLAGS_release := -O2 -g -D_FORTIFY_SOURCE=2
FLAGS_debug   := -Og -g3
FLAGS_san     := -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined \
                 -fno-sanitize-recover=all
FLAGS_cov     := -O0 -g --coverage
FLAGS_fuzz    := -O2 -g -fno-omit-frame-pointer \
                 -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all
ifndef FLAGS_$(VARIANT)
$(error VARIANT is '$(VARIANT)'; it can be release, debug, san, cov or fuzz)
endif

WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes \
            -Wmissing-prototypes -Wwrite-strings -Wvla -Wundef -Wformat=2 -Wswitch \
            $(if $(WERROR),-Werror)

# -ffp-contract=off: a fused multiply-add would make results differ between machines.
LANGUAGE := -std=c11 -ffp-contract=off -D_XOPEN_SOURCE=700 -Iinclude -I.
COMPILE   = $(CC) $(LANGUAGE) $(WARNINGS) $(FLAGS_$(VARIANT)) $(CPPFLAGS) $(CFLAGS)
LINK      = $(CC) $(FLAGS_$(VARIANT)) $(CFLAGS) $(LDFLAGS)
LIBS     := -lglpk -lcsv -lxlsxwriter -lminizip -lexpat -lgmp -lnettle -lm
TEST_LIBS := -lcmocka -lz

# Linker flags for one test alone: LINK_test_name := -Wl,--wrap=malloc
LINK_test_tighten_faults := -Wl,--wrap=solve_stages
LINK_test_floor_memory := -Wl,--wrap=arena_alloc

# ---- files ------------------------------------------------------------------------------------

B            := build/$(VARIANT)
LIB_SOURCES  := $(wildcard models/*.c solver/*.c io/*.c)
HELP_SOURCES := $(wildcard tests/support/*.c)
BENCHES      := $(wildcard tests/bench/*.c)
FUZZERS      := $(wildcard tests/fuzz/fuzz_*.c)
FRONT        := $(wildcard *.c)
SOURCES      := $(FRONT) $(LIB_SOURCES) $(HELP_SOURCES) \
                $(wildcard tests/*/test_*.c) $(BENCHES) $(FUZZERS)
HEADERS      := $(wildcard *.h include/allot/*.h models/*.h solver/*.h io/*.h tests/*/*.h)

# Texts in other languages than English: io/languages/uk.po, ...
CATALOGS     := $(patsubst io/languages/%.po,build/locale/%/LC_MESSAGES/allot.mo,\
                $(wildcard io/languages/*.po))

LIB_OBJECTS  := $(LIB_SOURCES:%.c=$(B)/%.o)
FRONT_OBJECTS := $(patsubst %.c,$(B)/%.o,$(filter-out allot.c,$(FRONT)))
HELP_OBJECTS := $(HELP_SOURCES:%.c=$(B)/%.o)
TEST_BINS    := $(TESTS:%.c=$(B)/%)
BENCH_BINS   := $(BENCHES:%.c=$(B)/%)

# Recursive makes use every core unless -j was given.
MAKEFLAGS += --no-print-directory
J = $(if $(filter -j% --jobserver%,$(MAKEFLAGS)),,-j$(shell nproc))

# ---- building ---------------------------------------------------------------------------------

.PHONY: all
all: $(B)/allot $(CATALOGS) ## build build/release/allot (VARIANT=debug, san or cov for another)

.PHONY: tests benches
tests: $(TEST_BINS) $(B)/allot $(CATALOGS)
benches: $(BENCH_BINS) $(B)/allot $(CATALOGS)

# One short line a step; the commands themselves with V=1.
Q := $(if $(V),,@)

$(B)/allot: $(FRONT:%.c=$(B)/%.o) $(B)/liballot.a $(B)/stamp/sources
	@echo '  link     $@'
	$(Q)$(LINK) -o $@ $(filter %.o %.a,$^) $(LIBS)

$(TEST_BINS) $(BENCH_BINS): %: %.o $(B)/libtest.a $(B)/libfront.a $(B)/liballot.a
	@echo '  link     $@'
	$(Q)$(LINK) $(LINK_$(@F)) -o $@ $^ $(TEST_LIBS) $(LIBS)

$(B)/liballot.a: $(LIB_OBJECTS) $(B)/stamp/sources
	@echo '  archive  $@'
	@rm -f $@
	$(Q)ar rcs $@ $(LIB_OBJECTS)

# The front room without main(), for the tests of its parts.
$(B)/libfront.a: $(FRONT_OBJECTS) $(B)/stamp/sources
	@echo '  archive  $@'
	@rm -f $@
	$(Q)ar rcs $@ $(FRONT_OBJECTS)

$(B)/libtest.a: $(HELP_OBJECTS) $(B)/stamp/sources
	@echo '  archive  $@'
	@rm -f $@
	$(Q)ar rcs $@ $(HELP_OBJECTS)

# Tests know where the program under test and their scratch space are.
TEST_DEFINE = $(if $(filter tests/%,$*),-DTEST_BUILD_DIR='"$(B)"')

$(B)/%.o: %.c $(B)/stamp/flags
	@mkdir -p $(@D)
	@echo '  compile  $@'
	$(Q)$(COMPILE) $(TEST_DEFINE) -MMD -MP -c -o $@ $<

build/locale/%/LC_MESSAGES/allot.mo: io/languages/%.po
	@mkdir -p $(@D)
	@echo '  catalog  $@'
	$(Q)msgfmt --check -o $@ $<

# A stamp is rewritten only when its text changes: other flags rebuild everything, a source that
# came or went rebuilds the archives.
$(B)/stamp/flags: TEXT = $(COMPILE) $(LDFLAGS) $(LIBS)
$(B)/stamp/sources: TEXT = $(FRONT) $(LIB_OBJECTS) $(HELP_OBJECTS)
$(B)/stamp/flags $(B)/stamp/sources: FORCE
	@mkdir -p $(@D)
	@echo '$(TEXT)' | cmp -s - $@ || echo '$(TEXT)' >$@

.PHONY: FORCE
FORCE:
.SECONDARY:

-include $(wildcard $(SOURCES:%.c=$(B)/%.d))

# ---- running ----------------------------------------------------------------------------------

.PHONY: run
run: deps ## install what is missing, build, solve the sample round, say where the workbook is
	@$(MAKE) $(J) all
	$(B)/allot solve samples/$(SAMPLE) -o build/$(SAMPLE).xlsx --tables build/$(SAMPLE)-tables
	@echo
	@echo "The plan is a workbook:  build/$(SAMPLE).xlsx"
	@echo "The same as CSV tables:  build/$(SAMPLE)-tables/"

.PHONY: languages
languages: deps ## bring io/languages/*.po up to the texts in the source; then translate what is new
	@sh io/languages/extract.sh build/allot.pot
	@for catalog in io/languages/*.po; do \
	    msgmerge --quiet --update --backup=none --no-fuzzy-matching --no-wrap --sort-by-file \
	        $$catalog build/allot.pot && printf '%s: ' $$catalog && \
	        msgfmt --check --statistics -o /dev/null $$catalog || exit 1; done

.PHONY: install uninstall
install: all ## install program, manual page and shell completions under $(DESTDIR)$(prefix)
	@mkdir -p $(B)/files # no command's name: $(B) may stand first in PATH
	$(B)/allot -n en manual | gzip -9n >$(B)/files/allot.1.gz
	$(B)/allot -n en completion bash >$(B)/files/allot.bash
	$(B)/allot -n en completion zsh >$(B)/files/_allot
	install -D -m 755 $(B)/allot '$(DESTDIR)$(prefix)/bin/allot'
	install -D -m 644 $(B)/files/allot.1.gz '$(DESTDIR)$(prefix)/share/man/man1/allot.1.gz'
	install -D -m 644 $(B)/files/allot.bash \
	    '$(DESTDIR)$(prefix)/share/bash-completion/completions/allot'
	install -D -m 644 $(B)/files/_allot '$(DESTDIR)$(prefix)/share/zsh/site-functions/_allot'
	for catalog in $(CATALOGS:build/locale/%=%); do \
	    install -D -m 644 build/locale/$$catalog '$(DESTDIR)$(prefix)'/share/locale/$$catalog; done
uninstall: ## remove what install has put there
	rm -f '$(DESTDIR)$(prefix)/bin/allot' '$(DESTDIR)$(prefix)/share/man/man1/allot.1.gz' \
	    '$(DESTDIR)$(prefix)/share/bash-completion/completions/allot' \
	    '$(DESTDIR)$(prefix)/share/zsh/site-functions/_allot'
	rm -f $(CATALOGS:build/locale/%='$(DESTDIR)$(prefix)'/share/locale/%)

.PHONY: clean
clean: ## remove everything that was made
	rm -rf build

# ---- what has to be on the machine ------------------------------------------------------------

.PHONY: deps deps-test deps-lint deps-recalc deps-fuzz
deps: ## probe the compiler and the libraries, install what is missing
	@CC='$(CC)' sh tests/tools/deps.sh build
deps-test: ## ... and what the tests need
	@CC='$(CC)' sh tests/tools/deps.sh build test
deps-lint: ## ... and what the checks of the source need
	@CC='$(CC)' sh tests/tools/deps.sh build test lint
deps-fuzz:
	@CC='$(CC)' sh tests/tools/deps.sh build test lint fuzz
deps-recalc:
	@CC='$(CC)' sh tests/tools/deps.sh build recalc

# ---- testing ----------------------------------------------------------------------------------

.PHONY: test
test: deps-test ## install what is missing, build and run every test, also under the sanitizers
	@for v in $(TEST_VARIANTS); do $(MAKE) $(J) VARIANT=$$v tests || exit 1; done
	@sh tests/tools/run-tests.sh $(foreach v,$(TEST_VARIANTS),$(TESTS:%.c=build/$(v)/%))

# The tests that draw rounds at random and ask ALLOT_ROUNDS how many.
ROUNDS ?= 1000
JUDGES := $(patsubst %.c,$(B)/%,$(shell grep -lE 'ALLOT_ROUNDS|rounds_wanted|solved_rounds' tests/property/*.c))
.PHONY: exhaust
exhaust: deps-test ## the tests of random rounds over ROUNDS=1000 of them each: hours
	@$(MAKE) $(J) all $(JUDGES)
	@ALLOT_ROUNDS=$(ROUNDS) TEST_TIMEOUT=86400 TEST_LOGS=build/exhaust-logs \
	    sh tests/tools/run-tests.sh $(JUDGES)

.PHONY: cov
cov: deps-test ## run the tests with gcov and print the covered share of each file
	@$(MAKE) $(J) VARIANT=cov tests
	@find build/cov -name '*.gcda' -delete
	@sh tests/tools/run-tests.sh $(TESTS:%.c=build/cov/%)
	@gcov -n $(LIB_SOURCES:%.c=build/cov/%.gcda) 2>/dev/null | \
	    awk -F"[':%]" '/^File/ {f = $$2} /^Lines/ && f !~ /^\// {print $$2 "%\t" f; f = "/"}' | sort -n

.PHONY: valgrind
valgrind: deps-lint ## solve the sample round under valgrind; errors and leaks fail
	@$(MAKE) $(J) all
	@mkdir -p build/valgrind
	valgrind -q --leak-check=full --errors-for-leak-kinds=definite,indirect,possible \
	    --error-exitcode=99 $(B)/allot solve samples/$(SAMPLE) \
	    -o build/valgrind/plan.xlsx --tables build/valgrind/tables

.PHONY: golden
golden: deps-test ## refresh the expected results (then read the diff)
	@$(MAKE) $(J) all tests
	@if [ -f tests/golden/refresh.sh ]; then sh tests/golden/refresh.sh $(B)/allot; \
	else echo 'golden: there is no tests/golden/refresh.sh'; fi

# Options are those of one program: with BENCH_ARGS and no BENCH, of bench_figures.
BENCH     ?= $(if $(BENCH_ARGS),figures,$(BENCHES:tests/bench/bench_%.c=%))
BENCH_RUN := $(BENCH:%=$(B)/tests/bench/bench_%)
.PHONY: bench
bench: deps-test ## time reading, solving and writing (BENCH=figures, curve or reading, BENCH_ARGS=options)
	@$(MAKE) $(J) $(BENCH_RUN)
	@set -e; for b in $(BENCH_RUN); do ./$$b $(BENCH_ARGS); done

.PHONY: recalc
recalc: deps-recalc ## let LibreOffice recompute the sample's workbook, compare with what we cached
	@$(MAKE) run
	$(PYTHON) tests/tools/recalc.py build/$(SAMPLE).xlsx

FUZZ         ?= csv#   or workbook: which target
FUZZ_SECONDS ?= 3600
FUZZ_NEW     := build/fuzz-$(FUZZ)# what the fuzzer finds beside the kept corpus
.PHONY: fuzz fuzz-run fuzz-merge
fuzz: deps-fuzz ## feed a reader random files (FUZZ=csv or workbook, FUZZ_SECONDS=3600)
	@$(MAKE) $(J) VARIANT=fuzz CC='$(CLANG)' build/fuzz/fuzz_$(FUZZ)
	@mkdir -p $(FUZZ_NEW)
	build/fuzz/fuzz_$(FUZZ) -max_total_time=$(FUZZ_SECONDS) -max_len=4096 -timeout=60 \
	    -rss_limit_mb=2000 -artifact_prefix=build/fuzz- -print_final_stats=1 \
	    -dict=tests/fuzz/$(FUZZ).dict $(FUZZ_NEW) tests/fuzz/corpus-$(FUZZ)
fuzz-merge: ## keep of the fuzzer's files those that reach something new
	build/fuzz/fuzz_$(FUZZ) -merge=1 -use_counters=0 -max_len=4096 tests/fuzz/corpus-$(FUZZ) $(FUZZ_NEW)

build/fuzz/fuzz_%: build/fuzz/tests/fuzz/fuzz_%.o build/fuzz/libtest.a build/fuzz/liballot.a
	@echo '  link     $@'
	$(Q)$(CLANG) -fsanitize=fuzzer,address,undefined -o $@ $^ $(TEST_LIBS) $(LIBS)

# ---- checks of the source ---------------------------------------------------------------------

.PHONY: check lint
check: lint ## the same as lint
lint: deps-lint ## every check of the source below, and warning-free builds with gcc and clang
	@$(MAKE) $(J) -k format-check layers hygiene check-headers werror tidy
	@echo 'lint: the source is clean'

.PHONY: format format-check
format: ## lay the C files out as .clang-format says
	$(CLANG_FORMAT) -i $(SOURCES) $(HEADERS)
format-check: ## fail where the layout differs from .clang-format
	$(CLANG_FORMAT) --dry-run --Werror $(SOURCES) $(HEADERS)

.PHONY: layers hygiene
layers: ## who may include whom, who may print: the rules of the rooms
	sh tests/tools/layers.sh
	sh tests/tools/test-checks.sh layers
hygiene: ## banned functions, overlong files, paths of one machine
	sh tests/tools/hygiene.sh
	sh tests/tools/test-checks.sh hygiene

.PHONY: check-headers
check-headers: ## every header compiles alone, and twice
	CHECK='$(CC) $(LANGUAGE) $(WARNINGS) -Werror' sh tests/tools/check-headers.sh $(HEADERS)

.PHONY: werror
werror: # everything without a warning, with both compilers; nothing shared that no other file uses
	@$(MAKE) $(J) WERROR=1 CC=gcc B=build/werror-gcc all tests benches
	@sh tests/tools/exports.sh build/werror-gcc
	@sh tests/tools/test-checks.sh exports
	@$(MAKE) $(J) WERROR=1 CC='$(CLANG)' B=build/werror-clang all tests benches

# One stamp a source; it hangs on the object file, so a changed header checks its users again.
.PHONY: tidy tidy-files
tidy: ## clang-tidy, as .clang-tidy says
	@$(MAKE) $(J) -k tidy-files
tidy-files: $(SOURCES:%.c=build/tidy/%.ok)
build/tidy/%.ok: $(B)/%.o .clang-tidy tests/.clang-tidy
	@mkdir -p $(@D)
	@$(CLANG_TIDY) --quiet $*.c -- $(LANGUAGE) $(TEST_DEFINE) >$@.log 2>&1 || \
	    { cat $@.log; exit 1; }
	@touch $@; echo '  tidy     $*.c'

# ---- help -------------------------------------------------------------------------------------

.PHONY: help
help: ## this list
	@awk -F':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' Makefile
