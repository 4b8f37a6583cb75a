/* uprobe_namesan.c: functions whose names hold characters that C has not. */
void first(void) __asm__("fn.first");
void second(void) __asm__("fn$second");

__attribute__((noipa)) void first(void) { __asm__ volatile("" ::: "memory"); }
__attribute__((noipa)) void second(void) { __asm__ volatile("" ::: "memory"); }

int main(void) {
  first();
  second();
  return 0;
}
