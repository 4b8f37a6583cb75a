/* helper_error_test.c: passes a pointer that cannot be read. */
struct foo {
  int a;
};

__attribute__((noipa)) int test_helper_error(struct foo* unreadable) {
  __asm__ volatile("" ::"r"(unreadable) : "memory");
  return 0;
}

int main(void) { return test_helper_error((struct foo*)1); }
