/* struct_walk.c: passes a structure of one number by pointer. */
struct C {
  unsigned a;
};

__attribute__((noipa)) void clear(struct C* c) { c->a = 0; }

int main(void) {
  struct C c = {.a = 3};
  clear(&c);
  return (int)c.a;
}
