// Puts modules that a C compiler made into the script's own.
#pragma once

#include "supported_types.h"

#include <memory>
#include <vector>

namespace llvm {
class Module;
} // namespace llvm

namespace probewright {

// Moves into `script` what it calls of the others, and what that needs, as functions and data of its own.
// Programs and licenses of the others are left out: a script has its own. All must have passed the verifier
// and live in one context, whose diagnostic handler hears details of a failure. What none of them defines is
// left for who links the object.
Complaint link_into(llvm::Module& script, std::vector<std::unique_ptr<llvm::Module>> others);

} // namespace probewright
