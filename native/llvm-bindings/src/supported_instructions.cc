// Checks one instruction: its types, its operation, the constants it uses.
#include "supported_instructions.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/Twine.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/InlineAsm.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/Module.h"

#include <algorithm>
#include <array>

namespace probewright {
namespace {

// Bytes of one alloca. Far above any frame the kernel takes, far below what overflows LLVM's frame
// arithmetic.
constexpr uint64_t largest_alloca = uint64_t{1} << 20;

constexpr uint64_t largest_alignment = 4096;

// A helper is called through its number: `inttoptr (i64 14 to ptr)`.
bool is_helper_number(const llvm::Value& callee) {
  const auto* expression = llvm::dyn_cast<llvm::ConstantExpr>(&callee);
  return expression != nullptr && expression->getOpcode() == llvm::Instruction::IntToPtr &&
         llvm::isa<llvm::ConstantInt>(expression->getOperand(0));
}

// The words of BPF assembly. Others are symbols, which LLVM fills in at places that have no room for an
// address.
constexpr auto assembly_words = std::to_array<llvm::StringLiteral>({
    "r0",   "r1",   "r2",   "r3",   "r4",   "r5",   "r6",   "r7",      "r8",      "r9",      "r10",  "w0",
    "w1",   "w2",   "w3",   "w4",   "w5",   "w6",   "w7",   "w8",      "w9",      "w10",     "u8",   "u16",
    "u32",  "u64",  "s8",   "s16",  "s32",  "s64",  "s",    "ll",      "if",      "goto",    "exit", "call",
    "lock", "be16", "be32", "be64", "le16", "le32", "le64", "bswap16", "bswap32", "bswap64",
});

// Words apart, what an instruction is written with; `$` and braces are LLVM's own, for operands. Not the dot,
// which starts a directive.
constexpr llvm::StringLiteral assembly_signs = " \t\n;$(){}*+-/&|^<>=!,:%#";

bool is_word_sign(char sign) {
  return llvm::isAlnum(sign) || sign == '_';
}

Complaint check_assembly(const llvm::InlineAsm& assembly) {
  llvm::StringRef rest = assembly.getAsmString();
  char before = ' ';
  while (!rest.empty()) {
    const llvm::StringRef word = rest.take_while(is_word_sign);
    const bool is_number = !word.empty() && llvm::isDigit(word.front());
    const bool is_operand = before == '$' || before == ':';
    if (word.empty() && !assembly_signs.contains(rest.front())) {
      return ("'" + llvm::Twine(rest.front()) + "' in inline assembly is not supported").str();
    }
    if (!word.empty() && !is_number && !is_operand && !llvm::is_contained(assembly_words, word)) {
      return ("'" + word + "' in inline assembly is not supported").str();
    }
    const size_t length = std::max<size_t>(word.size(), 1);
    before = rest[length - 1];
    rest = rest.drop_front(length);
  }
  return "";
}

Complaint check_call(const llvm::CallInst& call) {
  if (call.isMustTailCall()) return "musttail calls are not supported";
  for (unsigned index = 0; index < call.getNumOperandBundles(); ++index) {
    if (!llvm::isa<llvm::AssumeInst>(call)) return "operand bundles are not supported";
  }
  if (auto complaint = check_calling_convention(call.getCallingConv()); !complaint.empty()) return complaint;
  if (!llvm::isa<llvm::IntrinsicInst>(call) && call.arg_size() > most_arguments) {
    return "more than five arguments are not supported";
  }
  for (unsigned index = 0; index < call.arg_size(); ++index) {
    if (call.isPassPointeeByValueArgument(index)) return "arguments by value are not supported";
  }
  const auto& callee = *call.getCalledOperand();
  if (const auto* assembly = llvm::dyn_cast<llvm::InlineAsm>(&callee)) return check_assembly(*assembly);
  if (is_helper_number(callee)) return "";
  const auto* function = llvm::dyn_cast<llvm::Function>(&callee);
  if (function == nullptr) return "calls through a pointer are not supported";
  if (function->getFunctionType() != call.getFunctionType()) return "the call's type is not its callee's";
  return "";
}

Complaint check_atomic(const llvm::Type& type) {
  return type.isIntegerTy(32) || type.isIntegerTy(64) ? "" : "atomics work on i32 and i64 only";
}

Complaint check_atomic_update(const llvm::AtomicRMWInst& update) {
  switch (update.getOperation()) {
  case llvm::AtomicRMWInst::Xchg:
  case llvm::AtomicRMWInst::Add:
  case llvm::AtomicRMWInst::Sub:
  case llvm::AtomicRMWInst::And:
  case llvm::AtomicRMWInst::Or:
  case llvm::AtomicRMWInst::Xor: return check_atomic(*update.getType());
  default: return "atomicrmw supports xchg, add, sub, and, or, xor only";
  }
}

Complaint check_alloca(const llvm::AllocaInst& alloca) {
  const auto& layout = alloca.getModule()->getDataLayout();
  const auto* count = llvm::dyn_cast<llvm::ConstantInt>(alloca.getArraySize());
  if (count == nullptr) return "alloca needs a constant size";
  const auto element = memory_bytes(*alloca.getAllocatedType(), layout);
  if (!element) return "the allocated type is not supported";
  if (*element != 0 && count->getValue().ugt(largest_alloca / *element)) {
    return "an alloca of more than 1 MiB is not supported";
  }
  return check_alignment(alloca.getAlign());
}

Complaint check_operation(const llvm::Instruction& instruction) {
  switch (instruction.getOpcode()) {
  case llvm::Instruction::Call: return check_call(llvm::cast<llvm::CallInst>(instruction));
  case llvm::Instruction::Alloca: return check_alloca(llvm::cast<llvm::AllocaInst>(instruction));
  case llvm::Instruction::AtomicRMW: return check_atomic_update(llvm::cast<llvm::AtomicRMWInst>(instruction));
  case llvm::Instruction::AtomicCmpXchg:
    return check_atomic(*llvm::cast<llvm::AtomicCmpXchgInst>(instruction).getCompareOperand()->getType());
  case llvm::Instruction::Load:
    if (llvm::cast<llvm::LoadInst>(instruction).isAtomic()) return "atomic loads are not supported";
    return check_alignment(llvm::cast<llvm::LoadInst>(instruction).getAlign());
  case llvm::Instruction::Store:
    if (llvm::cast<llvm::StoreInst>(instruction).isAtomic()) return "atomic stores are not supported";
    return check_alignment(llvm::cast<llvm::StoreInst>(instruction).getAlign());
  case llvm::Instruction::GetElementPtr: {
    const auto& source = *llvm::cast<llvm::GetElementPtrInst>(instruction).getSourceElementType();
    return memory_bytes(source, instruction.getModule()->getDataLayout())
               ? ""
               : "the indexed type is not supported";
  }
  case llvm::Instruction::Ret:
  case llvm::Instruction::Br:
  case llvm::Instruction::Switch:
  case llvm::Instruction::Unreachable:
  case llvm::Instruction::Add:
  case llvm::Instruction::Sub:
  case llvm::Instruction::Mul:
  case llvm::Instruction::UDiv:
  case llvm::Instruction::SDiv:
  case llvm::Instruction::URem:
  case llvm::Instruction::SRem:
  case llvm::Instruction::Shl:
  case llvm::Instruction::LShr:
  case llvm::Instruction::AShr:
  case llvm::Instruction::And:
  case llvm::Instruction::Or:
  case llvm::Instruction::Xor:
  case llvm::Instruction::Trunc:
  case llvm::Instruction::ZExt:
  case llvm::Instruction::SExt:
  case llvm::Instruction::PtrToInt:
  case llvm::Instruction::IntToPtr:
  case llvm::Instruction::BitCast:
  case llvm::Instruction::ICmp:
  case llvm::Instruction::PHI:
  case llvm::Instruction::Select:
  case llvm::Instruction::ExtractValue:
  case llvm::Instruction::InsertValue:
  case llvm::Instruction::Freeze: return "";
  default: return std::string(instruction.getOpcodeName()) + " is not supported";
  }
}

Complaint check_types(const llvm::Instruction& instruction) {
  if (!is_value_type(*instruction.getType())) {
    return "values of type " + print_type(*instruction.getType()) + " are not supported";
  }
  for (const auto& operand : instruction.operands()) {
    if (llvm::isa<llvm::InlineAsm>(operand.get())) continue;
    if (!is_value_type(*operand->getType())) {
      return "values of type " + print_type(*operand->getType()) + " are not supported";
    }
  }
  return "";
}

} // namespace

Complaint check_alignment(llvm::Align alignment) {
  return alignment.value() <= largest_alignment ? "" : "alignment above 4096 is not supported";
}

Complaint check_calling_convention(llvm::CallingConv::ID convention) {
  const bool supported = convention == llvm::CallingConv::C || convention == llvm::CallingConv::Fast;
  return supported ? "" : "calling conventions other than ccc and fastcc are not supported";
}

Complaint check_instruction(const llvm::Instruction& instruction, ConstantCheck& constants) {
  if (auto complaint = check_types(instruction); !complaint.empty()) return complaint;
  if (auto complaint = check_operation(instruction); !complaint.empty()) return complaint;
  for (const auto& operand : instruction.operands()) {
    if (auto complaint = constants.check(*operand); !complaint.empty()) return complaint;
  }
  return "";
}

} // namespace probewright
