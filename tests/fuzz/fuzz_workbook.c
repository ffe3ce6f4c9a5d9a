/* libFuzzer's door to fuzz_workbook(): `make fuzz FUZZ=workbook`. */
#include "tests/support/fuzz_targets.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_workbook(data, size);
    return 0;
}
