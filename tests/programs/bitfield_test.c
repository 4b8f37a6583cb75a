/* bitfield_test.c: passes a structure of bit fields by pointer. */
struct Bar {
  short a : 4, b : 8, c : 3, d : 1;
  int e : 9, f : 15, g : 1, h : 2, i : 5;
};

__attribute__((noipa)) int func2(struct Bar* bar) { return bar->a; }

int main(void) {
  struct Bar bar = {.a = 1, .b = (signed char)217, .c = -3, .d = -1, .e = -12, .f = -1651, .g = -1, .h = -2, .i = -5};
  return func2(&bar) != 1;
}
