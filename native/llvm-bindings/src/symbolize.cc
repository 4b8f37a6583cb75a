// LLVM's symbolizer over files, kept for the life of the process: opening debug information costs more than
// asking it.
#include "symbolize.h"

#include "initialize.h"

#include "llvm/DebugInfo/Symbolize/Symbolize.h"
#include "llvm/Demangle/Demangle.h"
#include "llvm/Object/ObjectFile.h"

namespace probewright {
namespace {

llvm::symbolize::LLVMSymbolizer& symbolizer() {
  static llvm::symbolize::LLVMSymbolizer instance([] {
    llvm::symbolize::LLVMSymbolizer::Options options;
    options.Demangle = true;
    // A name from the symbol table is better looked up by the caller, who knows where functions end.
    options.UseSymbolTable = false;
    return options;
  }());
  return instance;
}

} // namespace

std::vector<SourceFrame> symbolize(const std::string& path, uint64_t address) {
  std::vector<SourceFrame> frames;
  try {
    auto found = symbolizer().symbolizeInlinedCode(
        path, {.Address = address, .SectionIndex = llvm::object::SectionedAddress::UndefSection});
    if (!found) {
      llvm::consumeError(found.takeError());
      return frames;
    }
    for (uint32_t i = 0; i < found->getNumberOfFrames(); i++) {
      const auto& frame = found->getFrame(i);
      if (frame.FunctionName == llvm::DILineInfo::BadString) continue;
      const bool has_line = frame.FileName != llvm::DILineInfo::BadString;
      frames.push_back({frame.FunctionName, has_line ? frame.FileName : "", has_line ? frame.Line : 0});
    }
  } catch (const FatalLlvmError&) {
    // Damaged debug information: the address stays unknown.
    frames.clear();
  }
  return frames;
}

std::string demangle(const std::string& name) {
  return llvm::demangle(name);
}

} // namespace probewright
