/* intptrcast.c: passes 16-bit numbers by pointer. */
#include <stdint.h>

__attribute__((noipa)) int fn(uint16_t* numbers) { return numbers[1]; }

int main(void) {
  uint16_t numbers[] = {1000, 1110, 1220};
  return fn(numbers) != 1110;
}
