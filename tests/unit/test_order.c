/* Orders that several sorts share: smallest first, equal is equal. */
#include "tests/support/test_support.h"

#include <math.h>
#include <stdlib.h>

#include "allot/order.h"

static void numbers_go_from_the_smallest_to_the_largest(void **state)
{
    double numbers[] = {0.5, -INFINITY, 1e300, -2.0, 0.25, INFINITY, -1e-300};
    static const double sorted[] = {-INFINITY, -2.0, -1e-300, 0.25, 0.5, 1e300, INFINITY};
    double zero = 0.0, minus_zero = -0.0;
    (void)state;
    qsort(numbers, COUNT_OF(numbers), sizeof *numbers, order_of_numbers);
    for (size_t i = 0; i < COUNT_OF(numbers); i++)
        assert_true(numbers[i] == sorted[i]);
    assert_int_equal(order_of_numbers(&zero, &minus_zero), 0);
}

static void texts_go_by_their_bytes(void **state)
{
    const char *texts[] = {"b", "B", "", "Ä", "ab", "a", "N-10", "N-2"};
    static const char *const sorted[] = {"", "B", "N-10", "N-2", "a", "ab", "b", "Ä"};
    (void)state;
    qsort(texts, COUNT_OF(texts), sizeof *texts, order_of_texts);
    for (size_t i = 0; i < COUNT_OF(texts); i++)
        assert_string_equal(texts[i], sorted[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_go_from_the_smallest_to_the_largest),
        cmocka_unit_test(texts_go_by_their_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
