// The subset of debug information that LLVM's BTF writer takes. LLVM's verifier leaves much of it unchecked,
// and the writer casts without looking.
#pragma once

#include "supported_types.h"

#include "llvm/IR/Module.h"

namespace probewright {

// The first debug information node reachable in `module` that is outside the subset; empty when none is.
// Takes a module as the parser left it: to be called before LLVM's verifier.
Complaint check_debug_info(const llvm::Module& module);

} // namespace probewright
