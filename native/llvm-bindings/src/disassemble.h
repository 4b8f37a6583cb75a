// Machine code of a BPF object, as text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace probewright {

// One instruction: its place in units of 8 bytes, as the kernel counts, and its text without branch labels.
// 64-bit immediate loads take two units.
struct Disassembled {
  size_t index;
  std::string text;
};

// Never fails: a unit that is no instruction becomes "<unknown>", trailing bytes short of a unit are left
// out.
std::vector<Disassembled> disassemble(std::span<const uint8_t> code);

} // namespace probewright
