// Visits all metadata that code generation can reach and checks each debug information node by its kind.
#include "supported_debug_info.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/BinaryFormat/Dwarf.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/IR/DebugProgramInstruction.h"
#include "llvm/IR/Instruction.h"

#include <array>

namespace probewright {
namespace {

namespace dwarf = llvm::dwarf;

// The integers, truth values and floating point numbers that BTF can say.
constexpr auto supported_encodings = std::to_array<unsigned>({
    dwarf::DW_ATE_boolean,
    dwarf::DW_ATE_float,
    dwarf::DW_ATE_signed,
    dwarf::DW_ATE_signed_char,
    dwarf::DW_ATE_unsigned,
    dwarf::DW_ATE_unsigned_char,
});

// How deep types may lie in each other; deeper ones lie in themselves.
constexpr unsigned deepest_nesting = 64;

// The accessors of LLVM that say what kind of node they return cast without looking. Those of this file are
// used on nodes as the parser left them, so they ask for raw metadata.

// The member, if it is one. LLVM has them among the types, but they have a place only in structures.
const llvm::DIDerivedType* as_member(const llvm::Metadata* metadata) {
  const auto* derived = llvm::dyn_cast_or_null<llvm::DIDerivedType>(metadata);
  return derived != nullptr && derived->getTag() == dwarf::DW_TAG_member ? derived : nullptr;
}

bool is_type(const llvm::Metadata* metadata) {
  return llvm::isa_and_nonnull<llvm::DIType>(metadata) && as_member(metadata) == nullptr;
}

bool is_type_or_void(const llvm::Metadata* metadata) {
  return metadata == nullptr || is_type(metadata);
}

bool is_member(const llvm::Metadata* metadata) {
  const auto* member = as_member(metadata);
  return member != nullptr && is_type(member->getRawBaseType());
}

bool is_constant_range(const llvm::Metadata* metadata) {
  const auto* range = llvm::dyn_cast_or_null<llvm::DISubrange>(metadata);
  return range != nullptr && llvm::mdconst::dyn_extract_or_null<llvm::ConstantInt>(range->getRawCountNode());
}

bool is_enumerator(const llvm::Metadata* metadata) {
  return llvm::isa_and_nonnull<llvm::DIEnumerator>(metadata);
}

// An absent list counts as an empty one.
bool all_elements(const llvm::Metadata* elements, bool (*holds)(const llvm::Metadata*)) {
  if (elements == nullptr) return true;
  const auto* list = llvm::dyn_cast<llvm::MDTuple>(elements);
  return list != nullptr &&
         llvm::all_of(list->operands(), [&](const llvm::MDOperand& each) { return holds(each); });
}

Complaint check_composite(const llvm::DICompositeType& type) {
  switch (type.getTag()) {
  case dwarf::DW_TAG_structure_type:
  case dwarf::DW_TAG_union_type:
    return all_elements(type.getRawElements(), is_member)
               ? ""
               : "a structure's elements must be members with a type";
  case dwarf::DW_TAG_array_type:
    if (!is_type(type.getRawBaseType())) return "an array must have a type of element";
    return all_elements(type.getRawElements(), is_constant_range)
               ? ""
               : "an array's elements must be subranges with a constant count";
  case dwarf::DW_TAG_enumeration_type:
    return all_elements(type.getRawElements(), is_enumerator)
               ? ""
               : "an enumeration's elements must be enumerators";
  default: return "composite types other than structures, unions, arrays and enumerations are not supported";
  }
}

Complaint check_derived(const llvm::DIDerivedType& type) {
  if (!is_type_or_void(type.getRawBaseType())) return "a type must be made of types";
  switch (type.getTag()) {
  case dwarf::DW_TAG_pointer_type:
  case dwarf::DW_TAG_typedef:
  case dwarf::DW_TAG_const_type:
  case dwarf::DW_TAG_volatile_type:
  case dwarf::DW_TAG_restrict_type:
  case dwarf::DW_TAG_member: return "";
  default: return "derived types other than pointers, typedefs, qualifiers and members are not supported";
  }
}

Complaint check_basic(const llvm::DIBasicType& type) {
  const bool is_basic = type.getTag() == dwarf::DW_TAG_base_type;
  if (!is_basic || !llvm::is_contained(supported_encodings, type.getEncoding())) {
    return "the encoding of basic type \"" + type.getName().str() + "\" is not supported";
  }
  return type.getSizeInBits() <= 128 ? "" : "a basic type of more than 128 bits is not supported";
}

Complaint check_subroutine(const llvm::DISubroutineType& type) {
  return all_elements(type.getRawTypeArray(), is_type_or_void) ? ""
                                                               : "a subroutine type must be made of types";
}

Complaint check_variable(const llvm::DIVariable& variable) {
  return is_type_or_void(variable.getRawType()) ? "" : "a variable's type must be a type";
}

Complaint check_global(const llvm::DIGlobalVariableExpression& global) {
  const bool complete = llvm::isa_and_nonnull<llvm::DIGlobalVariable>(global.getRawVariable()) &&
                        llvm::isa_and_nonnull<llvm::DIExpression>(global.getRawExpression());
  return complete ? "" : "a global variable expression must have a variable and an expression";
}

Complaint check_node(const llvm::MDNode& node) {
  using namespace llvm;
  if (const auto* type = dyn_cast<DIBasicType>(&node)) return check_basic(*type);
  if (const auto* type = dyn_cast<DIDerivedType>(&node)) return check_derived(*type);
  if (const auto* type = dyn_cast<DICompositeType>(&node)) return check_composite(*type);
  if (const auto* global = dyn_cast<DIGlobalVariableExpression>(&node)) return check_global(*global);
  if (const auto* type = dyn_cast<DISubroutineType>(&node)) return check_subroutine(*type);
  if (const auto* variable = dyn_cast<DIVariable>(&node)) return check_variable(*variable);
  const bool supported = isa<DIAssignID, DICompileUnit, DIEnumerator, DIExpression, DIFile, DILabel,
                             DILexicalBlock, DILexicalBlockFile, DILocation, DISubprogram, DISubrange>(node);
  if (supported || !isa<DINode>(node)) return "";
  return "this kind of debug information is not supported";
}

// Finds types that are part of themselves. The BTF writer follows the parts of a type, without an end to
// circles.
class NestingCheck {
public:
  // Whether `metadata` and all it is made of, short of what pointers point to, comes to an end.
  bool ends(const llvm::Metadata* metadata, unsigned depth = 0) {
    if (depth > deepest_nesting) return false;
    if (metadata == nullptr || ended_.contains(metadata)) return true;
    if (const auto* derived = llvm::dyn_cast<llvm::DIDerivedType>(metadata)) {
      const bool is_pointer = derived->getTag() == dwarf::DW_TAG_pointer_type;
      if (!is_pointer && !ends(derived->getRawBaseType(), depth + 1)) return false;
    } else if (const auto* composite = llvm::dyn_cast<llvm::DICompositeType>(metadata)) {
      if (!ends(composite->getRawBaseType(), depth + 1)) return false;
      if (!ends(composite->getRawElements(), depth + 1)) return false;
    } else if (const auto* list = llvm::dyn_cast<llvm::MDTuple>(metadata)) {
      const auto end = [&](const llvm::MDOperand& each) { return ends(each, depth + 1); };
      if (!llvm::all_of(list->operands(), end)) return false;
    }
    ended_.insert(metadata);
    return true;
  }

private:
  llvm::SmallPtrSet<const llvm::Metadata*, 32> ended_;
};

using Nodes = llvm::SmallVector<const llvm::MDNode*, 64>;

void add_attachments(Nodes& pending, llvm::ArrayRef<std::pair<unsigned, llvm::MDNode*>> attachments) {
  for (const auto& [kind, node] : attachments)
    pending.push_back(node);
}

void add_instruction(Nodes& pending, const llvm::Instruction& instruction) {
  llvm::SmallVector<std::pair<unsigned, llvm::MDNode*>, 4> attachments;
  instruction.getAllMetadata(attachments);
  add_attachments(pending, attachments);
  for (const llvm::DbgRecord& record : instruction.getDbgRecordRange()) {
    pending.push_back(record.getDebugLoc().getAsMDNode());
    if (const auto* variable = llvm::dyn_cast<llvm::DbgVariableRecord>(&record)) {
      pending.push_back(llvm::dyn_cast_or_null<llvm::MDNode>(variable->getRawVariable()));
    }
  }
}

Nodes roots(const llvm::Module& module) {
  Nodes pending;
  llvm::SmallVector<std::pair<unsigned, llvm::MDNode*>, 4> attachments;
  for (const auto& named : module.named_metadata()) {
    for (const auto* node : named.operands())
      pending.push_back(node);
  }
  for (const auto& variable : module.globals()) {
    variable.getAllMetadata(attachments);
    add_attachments(pending, attachments);
  }
  for (const auto& function : module) {
    function.getAllMetadata(attachments);
    add_attachments(pending, attachments);
    for (const auto& block : function) {
      for (const auto& instruction : block)
        add_instruction(pending, instruction);
    }
  }
  return pending;
}

} // namespace

Complaint check_debug_info(const llvm::Module& module) {
  const auto* units = module.getNamedMetadata("llvm.dbg.cu");
  if (units != nullptr && !llvm::all_of(units->operands(), llvm::IsaPred<llvm::DICompileUnit>)) {
    return "!llvm.dbg.cu must list compile units";
  }
  NestingCheck nesting;
  Nodes pending = roots(module);
  llvm::SmallPtrSet<const llvm::MDNode*, 32> seen;
  while (!pending.empty()) {
    const auto* node = pending.pop_back_val();
    if (node == nullptr || !seen.insert(node).second) continue;
    if (auto complaint = check_node(*node); !complaint.empty()) return complaint;
    if (llvm::isa<llvm::DIType>(node) && !nesting.ends(node)) return "a type is part of itself";
    for (const auto& operand : node->operands()) {
      if (const auto* next = llvm::dyn_cast_or_null<llvm::MDNode>(operand.get())) pending.push_back(next);
    }
  }
  return "";
}

} // namespace probewright
