// The types and constants of the supported subset of LLVM IR.
#include "supported_types.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/DerivedTypes.h"
#include "llvm/IR/Operator.h"
#include "llvm/Support/raw_ostream.h"

namespace probewright {
namespace {

// Registers are 64 bits wide. Wider integers become calls into a run-time library that BPF does not have, and
// returning one is fatal.
constexpr unsigned widest_integer_bits = 64;

// Aggregates as values are split into one node per leaf; beyond a handful they belong into memory.
constexpr uint64_t most_aggregate_leaves = 16;

// Scalars a value of `type` is split into, or 0 when there are too many or one is no supported scalar.
uint64_t count_leaves(const llvm::Type& type) {
  if (is_scalar(type)) return 1;
  uint64_t leaves = 0;
  if (type.isArrayTy()) {
    if (type.getArrayNumElements() > most_aggregate_leaves) return 0;
    leaves = type.getArrayNumElements() * count_leaves(*type.getArrayElementType());
  } else if (type.isStructTy()) {
    for (const auto* element : type.subtypes()) {
      const uint64_t more = count_leaves(*element);
      if (more == 0) return 0;
      leaves += more;
    }
  }
  return leaves <= most_aggregate_leaves ? leaves : 0;
}

Complaint refuse_constant(const llvm::Constant& constant) {
  return "the constant '" + print_value(constant) + "' is not supported";
}

} // namespace

bool is_scalar(const llvm::Type& type) {
  if (type.isIntegerTy()) return type.getIntegerBitWidth() <= widest_integer_bits;
  return type.isPointerTy() && type.getPointerAddressSpace() == 0;
}

bool is_value_type(const llvm::Type& type) {
  return type.isVoidTy() || type.isLabelTy() || type.isMetadataTy() || count_leaves(type) > 0;
}

std::optional<uint64_t> memory_bytes(const llvm::Type& type, const llvm::DataLayout& layout) {
  if (is_scalar(type)) return layout.getTypeAllocSize(const_cast<llvm::Type*>(&type)).getFixedValue();
  if (type.isArrayTy()) {
    const auto element = memory_bytes(*type.getArrayElementType(), layout);
    if (!element) return std::nullopt;
    const uint64_t count = type.getArrayNumElements();
    if (*element != 0 && count > largest_memory / *element) return std::nullopt;
    return *element * count;
  }
  const auto* structure = llvm::dyn_cast<llvm::StructType>(&type);
  if (structure == nullptr || structure->isOpaque()) return std::nullopt;
  uint64_t total = 0;
  for (const auto* element : structure->elements()) {
    const auto bytes = memory_bytes(*element, layout);
    if (!bytes) return std::nullopt;
    total += *bytes;
    if (total > largest_memory) return std::nullopt;
  }
  // No overflow is possible here any more, so the layout may add its padding.
  const uint64_t bytes = layout.getTypeAllocSize(const_cast<llvm::Type*>(&type)).getFixedValue();
  return bytes <= largest_memory ? std::optional(bytes) : std::nullopt;
}

std::string print_type(const llvm::Type& type) {
  std::string text;
  llvm::raw_string_ostream(text) << type;
  return text;
}

std::string print_value(const llvm::Value& value) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  value.print(stream, /*IsForDebug=*/true);
  return llvm::StringRef(text).trim().str();
}

Complaint ConstantCheck::check(const llvm::Value& root) {
  llvm::SmallVector<const llvm::Value*, 16> pending{&root};
  while (!pending.empty()) {
    const auto* constant = llvm::dyn_cast<llvm::Constant>(pending.pop_back_val());
    if (constant == nullptr || llvm::isa<llvm::GlobalValue>(constant)) continue;
    if (!seen_.insert(constant).second) continue;
    if (auto complaint = check_one(*constant); !complaint.empty()) return complaint;
    for (const auto& operand : constant->operands())
      pending.push_back(operand.get());
  }
  return "";
}

Complaint ConstantCheck::check_one(const llvm::Constant& constant) const {
  using namespace llvm;
  if (isa<ConstantInt, ConstantPointerNull, UndefValue, ConstantAggregateZero>(constant)) return "";
  if (isa<ConstantArray, ConstantStruct, ConstantDataArray>(constant)) return "";
  const auto* expression = dyn_cast<ConstantExpr>(&constant);
  if (expression == nullptr || !is_scalar(*expression->getType())) return refuse_constant(constant);
  switch (expression->getOpcode()) {
  case Instruction::GetElementPtr:
    return memory_bytes(*cast<GEPOperator>(expression)->getSourceElementType(), *layout_)
               ? ""
               : "the indexed type is not supported";
  case Instruction::IntToPtr:
  case Instruction::PtrToInt:
  case Instruction::BitCast:
  case Instruction::Trunc:
  case Instruction::Add:
  case Instruction::Sub:
  case Instruction::Xor: return "";
  default: return refuse_constant(constant);
  }
}

} // namespace probewright
