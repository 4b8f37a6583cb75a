// Which types and constants LLVM's BPF target takes: the half of supported_ir that knows nothing of
// instructions.
#pragma once

#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/IR/Constant.h"
#include "llvm/IR/DataLayout.h"
#include "llvm/IR/Type.h"

#include <cstdint>
#include <optional>
#include <string>

namespace probewright {

// Why something is refused, for people; empty when it is fine.
using Complaint = std::string;

// Bytes of the largest object in memory, and of all globals together. LLVM writes initialisers out in full,
// zeros too.
constexpr uint64_t largest_memory = uint64_t{256} << 20;

// A value of one register: an integer of at most 64 bits or a pointer of address space 0.
bool is_scalar(const llvm::Type& type);

// What an instruction may take or give: nothing, a scalar, or an aggregate of a handful of scalars.
bool is_value_type(const llvm::Type& type);

// Bytes a variable of `type` takes in memory; nothing when the type is not supported there or is larger than
// largest_memory.
std::optional<uint64_t> memory_bytes(const llvm::Type& type, const llvm::DataLayout& layout);

std::string print_type(const llvm::Type& type);
std::string print_value(const llvm::Value& value);

// Looks through constants, those they are made of included. Keeps what it has seen, so that constants shared
// within a module cost once.
class ConstantCheck {
public:
  // `layout` must outlive this.
  explicit ConstantCheck(const llvm::DataLayout& layout) : layout_(&layout) {}

  // Values that are no constants are fine.
  Complaint check(const llvm::Value& root);

private:
  Complaint check_one(const llvm::Constant& constant) const;

  const llvm::DataLayout* layout_;
  llvm::SmallPtrSet<const llvm::Constant*, 32> seen_;
};

} // namespace probewright
