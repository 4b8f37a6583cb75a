// Walks a verified module and names the first construct that the BPF target of LLVM 19 cannot take.
#include "supported_ir.h"

#include "diagnostics.h"
#include "supported_debug_info.h"
#include "supported_instructions.h"
#include "supported_types.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/Intrinsics.h"
#include "llvm/IR/IntrinsicsBPF.h"

namespace probewright {
namespace {

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
    llvm::Intrinsic::preserve_static_offset,
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

// All of an intrinsic is its calls: it has no address and no body.
Complaint check_intrinsic(const llvm::Function& function) {
  if (!llvm::is_contained(supported_intrinsics, function.getIntrinsicID())) return "it is not supported";
  const bool only_called = llvm::all_of(function.uses(), [](const llvm::Use& use) {
    const auto* call = llvm::dyn_cast<llvm::CallInst>(use.getUser());
    return call != nullptr && call->isCallee(&use);
  });
  return only_called ? "" : "it can only be called";
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
  auto complaint = function.isIntrinsic() ? "" : check_signature(function);
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

std::optional<Failure> find_unverifiable(const llvm::Module& module) {
  if (auto complaint = check_debug_info(module); !complaint.empty()) {
    return refused("debug information: " + complaint);
  }
  for (const auto& function : module) {
    const auto complaint = function.isIntrinsic() ? check_intrinsic(function) : "";
    if (!complaint.empty()) return refused("intrinsic '" + function.getName().str() + "': " + complaint);
  }
  return std::nullopt;
}

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
