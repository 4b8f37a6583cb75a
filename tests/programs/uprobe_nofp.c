/* uprobe_nofp.c: main, funcA, funcB, funcC, funcD, without frame pointers. */
#define STEP(name, next)                                                                                     \
  __attribute__((noipa)) int name(int value) {                                                   \
    volatile int kept[8] = {value};                                                                          \
    int result = next;                                                                                       \
    return result + kept[0];                                                                                 \
  }

STEP(funcD, value + 1)
STEP(funcC, funcD(value))
STEP(funcB, funcC(value))
STEP(funcA, funcB(value))

int main(void) {
  int result = funcA(1);
  return result == 0;
}
