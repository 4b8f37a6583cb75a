// What LLVM sets up once per process: the BPF target, its options, its handler of fatal errors.
#pragma once

#include "llvm/ADT/StringRef.h"
#include "llvm/MC/TargetRegistry.h"

#include <string>

namespace probewright {

constexpr llvm::StringLiteral target_triple = "bpf";

// Thrown in place of LLVM's end of the process. LLVM is built without exceptions, so its frames are unwound
// without running a destructor: whatever LLVM was changing must be abandoned, not destroyed.
struct FatalLlvmError {
  std::string reason;
};

// Sets LLVM up on the first call, from any thread.
const llvm::Target& bpf_target();

} // namespace probewright
