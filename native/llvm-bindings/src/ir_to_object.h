// LLVM IR text to a verified, optimised BPF object in memory. No N-API here: the Node binding and the command
// line driver are two thin callers of this header.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace probewright {

// What compile_ir produces at the end of the pipeline.
enum class Emit : uint8_t { object, optimized_ir };

struct CompileOptions {
  // BPF instruction set: one of the names that is_known_cpu accepts.
  std::string cpu = "v3";
  // false keeps the IR as written, apart from what the BPF target itself requires.
  bool optimize = true;
  Emit emit = Emit::object;
  // Largest frame of one function in bytes; a larger one is a failure that names the function.
  uint64_t stack_size_limit = 512;
  // IR texts of a C compiler, whose functions the module calls.
  std::vector<std::string> linked = {};
};

// The stack frame LLVM laid out for one function, spills included; 0 when the function has none.
struct FrameSize {
  std::string function;
  uint64_t bytes;
};

struct Timings {
  double parse_ms = 0;
  double verify_ms = 0;
  double optimize_ms = 0;
  double emit_ms = 0;
};

struct Compiled {
  // An ELF relocatable object; empty when optimised IR was asked for.
  std::string object;
  // The optimised module as text; empty when an object was asked for.
  std::string ir;
  // In the order the functions were emitted; empty when optimised IR was asked for.
  std::vector<FrameSize> frames;
  Timings timings;
};

enum class Stage : uint8_t { parse, verify, optimize, emit };

// Which text a line and column count in: the IR handed in, or the source its debug information speaks of.
enum class Place : uint8_t { none, ir, source };

struct Failure {
  Stage stage;
  std::string message = {};
  Place place = Place::none;
  // Both count from 1; 0 when place is none.
  unsigned line = 0;
  unsigned column = 0;
  // Empty when the failure belongs to no function.
  std::string function = {};
  // Set only for a frame above stack_size_limit.
  uint64_t stack_bytes = 0;
};

using CompileResult = std::variant<Compiled, Failure>;

// Runs parse, verify, optimise, emit. Blocks; may be called from several threads at once. An error that LLVM
// calls fatal is returned as a Failure too, at the price of leaking the memory of that one compilation.
CompileResult compile_ir(std::string_view ir, const CompileOptions& options);

// "v1" to "v4".
bool is_known_cpu(std::string_view cpu);

// The LLVM release linked in, as "19.1.7".
std::string llvm_version();

// "parse", "verify", "optimize" or "emit".
std::string_view stage_name(Stage stage);

} // namespace probewright
