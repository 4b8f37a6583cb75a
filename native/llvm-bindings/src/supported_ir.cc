// Walks a verified module and names the first construct that the BPF target of LLVM 19 cannot take.
#include "supported_ir.h"

#include "diagnostics.h"
#include "supported_types.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/IR/InlineAsm.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/IntrinsicsBPF.h"

namespace probewright {
namespace {

// Bytes of one alloca. Far above any frame the kernel takes, far below what overflows LLVM's frame
// arithmetic.
constexpr uint64_t largest_alloca = uint64_t{1} << 20;

constexpr uint64_t largest_alignment = 4096;

// Arguments travel in registers 1 to 5 and nowhere else.
constexpr size_t most_arguments = 5;

constexpr auto supported_intrinsics = std::to_array<llvm::Intrinsic::ID>({
    llvm::Intrinsic::abs,
    llvm::Intrinsic::assume,
    llvm::Intrinsic::bitreverse,
    llvm::Intrinsic::bpf_btf_type_id,
    llvm::Intrinsic::bpf_compare,
    llvm::Intrinsic::bpf_load_byte,
    llvm::Intrinsic::bpf_load_half,
    llvm::Intrinsic::bpf_load_word,
    llvm::Intrinsic::bpf_passthrough,
    llvm::Intrinsic::bpf_preserve_enum_value,
    llvm::Intrinsic::bpf_preserve_field_info,
    llvm::Intrinsic::bpf_preserve_type_info,
    llvm::Intrinsic::bpf_pseudo,
    llvm::Intrinsic::bswap,
    llvm::Intrinsic::ctlz,
    llvm::Intrinsic::ctpop,
    llvm::Intrinsic::cttz,
    llvm::Intrinsic::dbg_assign,
    llvm::Intrinsic::dbg_declare,
    llvm::Intrinsic::dbg_label,
    llvm::Intrinsic::dbg_value,
    llvm::Intrinsic::donothing,
    llvm::Intrinsic::expect,
    llvm::Intrinsic::experimental_noalias_scope_decl,
    llvm::Intrinsic::fshl,
    llvm::Intrinsic::fshr,
    llvm::Intrinsic::invariant_end,
    llvm::Intrinsic::invariant_start,
    llvm::Intrinsic::is_constant,
    llvm::Intrinsic::lifetime_end,
    llvm::Intrinsic::lifetime_start,
    llvm::Intrinsic::memcpy,
    llvm::Intrinsic::memcpy_inline,
    llvm::Intrinsic::memmove,
    llvm::Intrinsic::memset,
    llvm::Intrinsic::memset_inline,
    llvm::Intrinsic::objectsize,
    llvm::Intrinsic::preserve_array_access_index,
    llvm::Intrinsic::preserve_struct_access_index,
    llvm::Intrinsic::preserve_union_access_index,
    llvm::Intrinsic::sadd_sat,
    llvm::Intrinsic::sadd_with_overflow,
    llvm::Intrinsic::scmp,
    llvm::Intrinsic::sideeffect,
    llvm::Intrinsic::smax,
    llvm::Intrinsic::smin,
    llvm::Intrinsic::ssub_sat,
    llvm::Intrinsic::ssub_with_overflow,
    llvm::Intrinsic::trap,
    llvm::Intrinsic::uadd_sat,
    llvm::Intrinsic::uadd_with_overflow,
    llvm::Intrinsic::ucmp,
    llvm::Intrinsic::umax,
    llvm::Intrinsic::umin,
    llvm::Intrinsic::usub_sat,
    llvm::Intrinsic::usub_with_overflow,
});

// Function attributes that make LLVM insert code or calls the BPF target cannot lower.
constexpr auto refused_attributes = std::to_array<llvm::Attribute::AttrKind>({
    llvm::Attribute::Naked,
    llvm::Attribute::NonLazyBind,
    llvm::Attribute::ReturnsTwice,
    llvm::Attribute::SafeStack,
    llvm::Attribute::SanitizeAddress,
    llvm::Attribute::SanitizeHWAddress,
    llvm::Attribute::SanitizeMemory,
    llvm::Attribute::SanitizeMemTag,
    llvm::Attribute::SanitizeThread,
    llvm::Attribute::ShadowCallStack,
    llvm::Attribute::StackProtect,
    llvm::Attribute::StackProtectReq,
    llvm::Attribute::StackProtectStrong,
    llvm::Attribute::StrictFP,
    llvm::Attribute::PresplitCoroutine,
});

// String attributes LLVM acts on, rather than ignores, and that mean nothing on BPF.
constexpr auto refused_string_attributes = std::to_array<llvm::StringLiteral>({
    "split-stack",
    "probe-stack",
    "stackrealign",
    "patchable-function",
    "patchable-function-entry",
    "function-instrument",
    "xray-instruction-threshold",
    "fentry-call",
    "instrument-function-entry",
    "instrument-function-exit",
    "instrument-function-entry-inlined",
    "instrument-function-exit-inlined",
    "thunk",
});

// A helper is called through its number: `inttoptr (i64 14 to ptr)`.
bool is_helper_number(const llvm::Value& callee) {
  const auto* expression = llvm::dyn_cast<llvm::ConstantExpr>(&callee);
  return expression != nullptr && expression->getOpcode() == llvm::Instruction::IntToPtr &&
         llvm::isa<llvm::ConstantInt>(expression->getOperand(0));
}

Complaint check_calling_convention(llvm::CallingConv::ID convention) {
  const bool supported = convention == llvm::CallingConv::C || convention == llvm::CallingConv::Fast;
  return supported ? "" : "calling conventions other than ccc and fastcc are not supported";
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
  if (call.isInlineAsm() || is_helper_number(callee)) return "";
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

Complaint check_alignment(llvm::Align alignment) {
  return alignment.value() <= largest_alignment ? "" : "alignment above 4096 is not supported";
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

Complaint check_attributes(const llvm::Function& function) {
  for (const auto kind : refused_attributes) {
    if (!function.hasFnAttribute(kind)) continue;
    return "the attribute " + llvm::Attribute::getNameFromAttrKind(kind).str() + " is not supported";
  }
  for (const auto name : refused_string_attributes) {
    if (function.hasFnAttribute(name)) return "the attribute \"" + name.str() + "\" is not supported";
  }
  return "";
}

Complaint check_signature(const llvm::Function& function) {
  const auto& result = *function.getReturnType();
  if (!result.isVoidTy() && !is_scalar(result))
    return "returning " + print_type(result) + " is not supported";
  if (function.arg_size() > most_arguments) return "more than five arguments are not supported";
  for (const auto& argument : function.args()) {
    if (!is_scalar(*argument.getType())) {
      return "arguments of type " + print_type(*argument.getType()) + " are not supported";
    }
    if (argument.hasPassPointeeByValueCopyAttr()) return "arguments by value are not supported";
  }
  if (function.isVarArg()) return "variable arguments are not supported";
  if (function.hasPersonalityFn() || function.hasPrefixData() || function.hasPrologueData() ||
      function.hasGC()) {
    return "personality, prefix, prologue and gc are not supported";
  }
  if (auto complaint = check_calling_convention(function.getCallingConv()); !complaint.empty())
    return complaint;
  return check_attributes(function);
}

Complaint check_intrinsic(const llvm::Function& function) {
  return llvm::is_contained(supported_intrinsics, function.getIntrinsicID())
             ? ""
             : "the intrinsic " + function.getName().str() + " is not supported";
}

Complaint check_linkage(const llvm::GlobalValue& global) {
  if (global.getAddressSpace() != 0) return "address spaces are not supported";
  if (global.isThreadLocal()) return "thread-local globals are not supported";
  if (llvm::isa<llvm::GlobalObject>(global) && llvm::cast<llvm::GlobalObject>(global).hasComdat()) {
    return "comdat groups are not supported";
  }
  if (const auto* object = llvm::dyn_cast<llvm::GlobalObject>(&global)) {
    return check_alignment(object->getAlign().valueOrOne());
  }
  return "";
}

Complaint check_variable(const llvm::GlobalVariable& variable, ConstantCheck& constants) {
  const auto name = variable.getName();
  if (name == "llvm.used" || name == "llvm.compiler.used") return "";
  if (name.starts_with("llvm.") || variable.hasAppendingLinkage()) return "this global is not supported";
  if (auto complaint = check_linkage(variable); !complaint.empty()) return complaint;
  return variable.hasInitializer() ? constants.check(*variable.getInitializer()) : "";
}

Complaint check_instruction(const llvm::Instruction& instruction, ConstantCheck& constants) {
  if (auto complaint = check_types(instruction); !complaint.empty()) return complaint;
  if (auto complaint = check_operation(instruction); !complaint.empty()) return complaint;
  for (const auto& operand : instruction.operands()) {
    if (auto complaint = constants.check(*operand); !complaint.empty()) return complaint;
  }
  return "";
}

// BTF carries source lines for the verifier's log. LLVM takes them from the file's `source:`, or else reads
// whatever lies at that path on disk, which may be another text, or no file at all.
Complaint check_source(const llvm::DIFile* file) {
  if (file == nullptr || file->getSource()) return "";
  return "the DIFile \"" + file->getFilename().str() + "\" has no source";
}

Failure refused(std::string message) {
  return {.stage = Stage::verify, .message = std::move(message)};
}

std::optional<Failure> check_function(const llvm::Function& function, ConstantCheck& constants) {
  auto complaint = function.isIntrinsic() ? check_intrinsic(function) : check_signature(function);
  if (complaint.empty()) complaint = check_linkage(function);
  if (const auto* subprogram = function.getSubprogram(); complaint.empty() && subprogram != nullptr) {
    complaint = check_source(subprogram->getFile());
  }
  if (!complaint.empty()) {
    auto failure = refused("function '" + function.getName().str() + "': " + complaint);
    failure.function = function.getName().str();
    return failure;
  }
  for (const auto& block : function) {
    for (const auto& instruction : block) {
      complaint = check_instruction(instruction, constants);
      if (const auto& location = instruction.getDebugLoc(); complaint.empty() && location) {
        complaint = check_source(location->getFile());
      }
      if (complaint.empty()) continue;
      auto failure = refused(complaint + ": " + print_value(instruction));
      failure.function = function.getName().str();
      set_source_place(failure, instruction.getDebugLoc());
      return failure;
    }
  }
  return std::nullopt;
}

std::optional<Failure> check_globals(const llvm::Module& module, ConstantCheck& constants) {
  uint64_t total = 0;
  for (const auto& variable : module.globals()) {
    auto complaint = check_variable(variable, constants);
    const auto bytes = memory_bytes(*variable.getValueType(), module.getDataLayout());
    if (complaint.empty() && !bytes) complaint = "its type is not supported";
    if (complaint.empty() && *bytes > largest_memory - total) {
      complaint = "globals of more than 256 MiB are not supported";
    }
    if (!complaint.empty()) return refused("global '" + variable.getName().str() + "': " + complaint);
    total += *bytes;
  }
  return std::nullopt;
}

} // namespace

std::optional<Failure> find_unsupported(const llvm::Module& module) {
  if (!module.getModuleInlineAsm().empty()) return refused("module level assembly is not supported");
  if (!module.alias_empty()) return refused("aliases are not supported");
  if (!module.ifunc_empty()) return refused("ifuncs are not supported");
  ConstantCheck constants(module.getDataLayout());
  if (auto failure = check_globals(module, constants)) return failure;
  for (const auto& function : module) {
    if (auto failure = check_function(function, constants)) return failure;
  }
  return std::nullopt;
}

} // namespace probewright
