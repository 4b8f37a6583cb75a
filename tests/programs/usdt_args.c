/* usdt_args.c: one number in every size and sign, as constants and in registers. */
#include "sdt.h"

#include <stdint.h>

static volatile uint64_t number = 0xf7f6f5f4f3f2f1f0;

#define CONSTANT(name, size, value) SDT_PROBE_ARGS("usdt_args", name, size "@%[a]", [a] "i"(value))
#define REGISTER(name, size, type, modifier)                                                                 \
  SDT_PROBE_ARGS("usdt_args", name, size "@%" modifier "[a]", [a] "r"((type)number))

int main(void) {
  CONSTANT("const_u64", "8", 0xf7f6f5f4f3f2f1f0ULL);
  CONSTANT("const_s64", "-8", 0xf7f6f5f4f3f2f1f0ULL);
  CONSTANT("const_u32", "4", 0xf3f2f1f0U);
  CONSTANT("const_s32", "-4", (int32_t)0xf3f2f1f0);
  CONSTANT("const_u16", "2", (uint16_t)0xf1f0);
  CONSTANT("const_s16", "-2", (int16_t)0xf1f0);
  CONSTANT("const_u8", "1", (uint8_t)0xf0);
  CONSTANT("const_s8", "-1", (int8_t)0xf0);
  REGISTER("reg_u64", "8", uint64_t, "q");
  REGISTER("reg_s64", "-8", int64_t, "q");
  REGISTER("reg_u32", "4", uint32_t, "k");
  REGISTER("reg_s32", "-4", int32_t, "k");
  REGISTER("reg_u16", "2", uint16_t, "w");
  REGISTER("reg_s16", "-2", int16_t, "w");
  REGISTER("reg_u8", "1", uint8_t, "b");
  REGISTER("reg_s8", "-1", int8_t, "b");
  return 0;
}
