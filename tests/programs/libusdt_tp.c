/* libusdt_tp.c: a shared library with a static probe. */
#include "sdt.h"

void call_library_probe(int value);
void call_library_probe(int value) {
  SDT_PROBE_ARGS("tracetestlib", "lib_probe_1", "-4@%[a]", [a] "nor"(value));
}
