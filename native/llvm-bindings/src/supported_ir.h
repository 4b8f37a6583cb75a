// The subset of LLVM IR that the BPF target can be trusted with. Anything outside it either makes the target
// call LLVM's fatal error handler or trips over checks that release builds of LLVM leave out, so it is
// refused here, by name, before a pass has seen it.
#pragma once

#include "ir_to_object.h"

#include "llvm/IR/Module.h"

#include <optional>

namespace probewright {

// The first thing in `module` that even LLVM's verifier cannot look at without crashing, as a Failure of the
// verify stage. Takes a module as the parser left it.
std::optional<Failure> find_unverifiable(const llvm::Module& module);

// The first thing in `module` that is outside the subset, as a Failure of the verify stage; nothing when all
// of it is inside. `module` must have passed LLVM's verifier.
std::optional<Failure> find_unsupported(const llvm::Module& module);

} // namespace probewright
