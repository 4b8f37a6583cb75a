/* nested_struct_test.c: a structure within a structure. */
struct Foo {
  int m;
  struct {
    int x;
    int y;
  } bar;
  int n;
};

__attribute__((noipa)) int test_nested_struct(struct Foo* foo) { return foo->bar.x; }

int main(void) {
  struct Foo foo = {.m = 10, .bar = {.x = 20, .y = 30}, .n = 40};
  return test_nested_struct(&foo) != 20;
}
