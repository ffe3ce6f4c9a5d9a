/* A round in a folder, for tests of reading. */
#include "tests/support/read_round.h"

#include "tests/support/test_support.h"

void read_round_open(ReadRound *f)
{
    f->dir = test_dir_make();
    f->arena = arena_new();
    f->diag = diag_new(f->arena);
    write_file(f->dir, "needs.csv", "id,category,quantity\nN1,HW,100\n");
    write_file(f->dir, "offers.csv", "id,donor,quantity\nO1,DE,100\n");
}

void read_round_with(ReadRound *f, const SettingRow *overrides, size_t count)
{
    f->status =
        round_read(&(RoundSource){.path = f->dir, .overrides = overrides, .override_count = count},
                   f->arena, f->diag, &f->round);
    diag_sort(f->diag);
}

void read_round(ReadRound *f)
{
    read_round_with(f, NULL, 0);
}

void read_round_close(ReadRound *f)
{
    arena_free(f->arena);
    test_dir_remove(f->dir);
}

void assert_wrong_files(const WrongFile *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        ReadRound f;
        read_round_open(&f);
        write_file(f.dir, cases[i].file, cases[i].text);
        read_round(&f);
        assert_case_int(cases[i].label, f.status, STATUS_OK);
        assert_finding(cases[i].label, f.diag, &cases[i].want);
        assert_finding_count(cases[i].label, f.diag, 1);
        read_round_close(&f);
    }
}
