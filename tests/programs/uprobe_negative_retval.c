/* uprobe_negative_retval.c: function1 returns -10, 221 times; main returns -100. */
__attribute__((noipa)) int function1(int value) {
  __asm__ volatile("" ::: "memory");
  return value;
}

int main(void) {
  int sum = 0;
  for (int i = 0; i < 221; i++)
    sum += function1(-10);
  return sum == -2210 ? -100 : -1;
}
