// Which instructions LLVM's BPF target takes: the part of supported_ir that looks inside functions.
#pragma once

#include "supported_types.h"

#include "llvm/IR/CallingConv.h"
#include "llvm/IR/Instruction.h"
#include "llvm/Support/Alignment.h"

namespace probewright {

// Arguments travel in registers 1 to 5 and nowhere else.
constexpr size_t most_arguments = 5;

// `constants` is that of the instruction's module.
Complaint check_instruction(const llvm::Instruction& instruction, ConstantCheck& constants);

Complaint check_alignment(llvm::Align alignment);
Complaint check_calling_convention(llvm::CallingConv::ID convention);

} // namespace probewright
