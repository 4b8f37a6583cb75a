/* uprobe_symres.c: main calls test2, which calls test, once; uprobe_symres_exited_process is the same. */
__attribute__((noinline, noclone)) int test(int value) {
  __asm__ volatile("" ::: "memory");
  return value + 1;
}

__attribute__((noinline, noclone)) int test2(int value) {
  int result = test(value);
  __asm__ volatile("" ::: "memory");
  return result + 1;
}

int main(void) {
  int result = test2(1);
  return result != 3;
}
