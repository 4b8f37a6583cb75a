/* struct_with_union.c: a structure that holds a union. */
union N {
  int i;
  float f;
};
struct Foo {
  int m;
  union N n;
};

__attribute__((noipa)) int func(struct Foo* foo) { return foo->m; }

int main(void) {
  struct Foo foo = {.m = 2, .n = {.i = 5}};
  return func(&foo) != 2;
}
