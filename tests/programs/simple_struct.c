/* simple_struct.c: passes a structure, and a member of it, by pointer. */
struct Foo {
  int m;
  int n;
};

__attribute__((noipa)) int func(struct Foo* foo) { return foo->m; }
__attribute__((noipa)) int n_func(int* n) { return *n; }

int main(void) {
  struct Foo foo = {.m = 2, .n = 3};
  return func(&foo) + n_func(&foo.n) == 0;
}
