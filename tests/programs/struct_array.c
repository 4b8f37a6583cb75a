/* struct_array.c: an array of structures that hold arrays. */
#include <stdint.h>
#include <string.h>

struct T {
  uint32_t a;
  uint32_t b[2];
};
struct W {
  uint32_t a;
  struct T t;
};
struct C {
  uint32_t a;
  void* b;
  struct W w[10];
};

__attribute__((noipa)) void clear(struct C* c) { memset(c, 0, sizeof *c); }

int main(void) {
  struct C c = {0};
  for (uint32_t i = 0; i < 10; i++) {
    c.w[i].a = 100 + i;
    c.w[i].t.a = i;
    c.w[i].t.b[0] = 100 - i;
    c.w[i].t.b[1] = 100 - 2 * i;
  }
  clear(&c);
  return (int)c.a;
}
