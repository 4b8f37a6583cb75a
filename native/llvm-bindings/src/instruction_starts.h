// Where instructions of machine code start, so that no probe is put into the middle of one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace probewright {

// Offsets from the start of the code, which must be that of a function. Ends before the first bytes that are
// no instruction of x86-64.
std::vector<size_t> instruction_starts(std::span<const uint8_t> code);

} // namespace probewright
