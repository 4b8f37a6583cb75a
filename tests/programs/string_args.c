/* string_args.c: passes a text that fills its field and has no end. */
struct F {
  char s[5];
  char rest[8];
};

__attribute__((noipa)) int print(struct F* f) { return f->s[0]; }

int main(void) {
  struct F f = {.s = {'h', 'e', 'l', 'l', 'o'}, .rest = "xyz"};
  return print(&f) != 'h';
}
