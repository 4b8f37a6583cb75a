/* complex_struct.c: a structure of arrays of several widths. */
#include <stdint.h>

struct MyStruct {
  const char* a;
  char b[4];
  uint8_t c[4];
  int d[4];
  uint16_t e[4];
  uint64_t f[4];
};

__attribute__((noipa)) int func(struct MyStruct* it) { return it->c[0]; }

int main(void) {
  struct MyStruct it = {.a = "\x09\x08\x07\x06",
                        .b = {5, 4, 3, 2},
                        .c = {1, 2, 3, 4},
                        .d = {5, 6, 7, 8},
                        .e = {9, 10, 11, 12},
                        .f = {13, 14, 15, 16}};
  /* a probe cannot read what is not in memory yet */
  if (((volatile const char*)it.a)[0] != 9) return 1;
  return func(&it) != 1;
}
