// Links by LLVM's own linker, then makes private what came in and drops what nobody asked for.
#include "link.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/ADT/Twine.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/Module.h"
#include "llvm/Linker/Linker.h"
#include "llvm/Transforms/Utils/ModuleUtils.h"

#include <array>

namespace probewright {
namespace {

// Sections that say something of the whole object, which is the script's to say.
constexpr auto sections_of_the_object = std::to_array<llvm::StringLiteral>({"license", "version"});

constexpr llvm::StringLiteral maps_section = ".maps";

// A function with a section of its own is a program. The compiler puts all others into .text, without saying
// so.
bool is_program(const llvm::GlobalObject& object) {
  return llvm::isa<llvm::Function>(object) && object.hasSection() && object.getSection() != ".text";
}

// Names that two files may both have without meaning the same.
void hide_what_stays_out(llvm::Module& other) {
  llvm::removeFromUsedLists(other, [](llvm::Constant*) { return true; });
  for (auto& object : other.global_objects()) {
    if (object.isDeclaration()) continue;
    const bool stays_out =
        is_program(object) || llvm::is_contained(sections_of_the_object, object.getSection());
    if (stays_out) object.setLinkage(llvm::GlobalValue::InternalLinkage);
  }
}

// What a file defines is its own, even where the script, whose maps have names that nobody sees, has one of
// the name, too. So are its maps where another file has one.
void keep_apart(llvm::Module& other, const llvm::Module& script, const llvm::StringSet<>& own) {
  for (auto& object : other.global_objects()) {
    if (object.isDeclaration() || object.hasLocalLinkage()) continue;
    const std::string name = object.getName().str();
    const auto* there = script.getNamedValue(name);
    const bool is_taken = own.contains(name) || (object.getSection() == maps_section && there != nullptr &&
                                                 !there->isDeclaration());
    if (!is_taken) continue;
    unsigned number = 2;
    const auto numbered = [&] { return (name + llvm::Twine("_") + llvm::Twine(number)).str(); };
    while (script.getNamedValue(numbered()) != nullptr || other.getNamedValue(numbered()) != nullptr)
      number++;
    object.setName(numbered());
  }
}

// Erases what is not used, until everything is. What only uses itself is left to the optimiser.
void drop_unused(llvm::Module& module, const llvm::StringSet<>& own) {
  for (bool dropped = true; dropped;) {
    dropped = false;
    for (auto& object : llvm::make_early_inc_range(module.global_objects())) {
      object.removeDeadConstantUsers();
      const bool is_named = own.contains(object.getName()) || object.getName().starts_with("llvm.");
      if (is_named || !object.use_empty()) continue;
      object.eraseFromParent();
      dropped = true;
    }
  }
}

// The kernel checks a global function by itself, without knowing what it is called with; libbpf takes global
// maps only.
void make_private(llvm::Module& module, const llvm::StringSet<>& own) {
  for (auto& object : module.global_objects()) {
    if (object.isDeclaration() || own.contains(object.getName())) continue;
    const bool is_map = object.getSection() == maps_section;
    object.setLinkage(is_map ? llvm::GlobalValue::ExternalLinkage : llvm::GlobalValue::InternalLinkage);
    object.setVisibility(llvm::GlobalValue::DefaultVisibility);
    object.setDSOLocal(true);
  }
}

} // namespace

Complaint link_into(llvm::Module& script, std::vector<std::unique_ptr<llvm::Module>> others) {
  llvm::StringSet<> own;
  for (const auto& object : script.global_objects()) {
    if (!object.isDeclaration()) own.insert(object.getName());
  }
  llvm::Linker linker(script);
  for (auto& other : others) {
    hide_what_stays_out(*other);
    keep_apart(*other, script, own);
    const std::string name = other->getSourceFileName();
    if (linker.linkInModule(std::move(other))) return ("'" + llvm::Twine(name) + "' cannot be linked").str();
  }
  make_private(script, own);
  drop_unused(script, own);
  return "";
}

} // namespace probewright
