// Addresses of user programs as functions and source lines, and C++ names as their authors wrote them: by
// LLVM's symbolizer.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace probewright {

// One function at an address; several where it was inlined. Line 0: not known.
struct SourceFrame {
  std::string function;
  std::string file;
  uint32_t line;
};

// Innermost first; empty when the file tells nothing of the address. `address` is that of the file, not of a
// process. Files are opened once and kept. Never throws.
std::vector<SourceFrame> symbolize(const std::string& path, uint64_t address);

// The name itself when it is not mangled.
std::string demangle(const std::string& name);

} // namespace probewright
