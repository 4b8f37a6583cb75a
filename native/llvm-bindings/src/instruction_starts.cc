// LLVM's x86 disassembler, for the lengths of instructions only.
#include "instruction_starts.h"

#include "initialize.h"

#include "llvm/MC/MCAsmInfo.h"
#include "llvm/MC/MCContext.h"
#include "llvm/MC/MCDisassembler/MCDisassembler.h"
#include "llvm/MC/MCInst.h"
#include "llvm/MC/MCRegisterInfo.h"
#include "llvm/MC/MCSubtargetInfo.h"
#include "llvm/MC/MCTargetOptions.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/TargetParser/Triple.h"

#include <memory>

extern "C" {
void LLVMInitializeX86TargetInfo();
void LLVMInitializeX86TargetMC();
void LLVMInitializeX86Disassembler();
}

namespace probewright {
namespace {

constexpr const char* triple_text = "x86_64-unknown-linux-gnu";

const llvm::Target& x86_target() {
  static const llvm::Target* const target = [] {
    LLVMInitializeX86TargetInfo();
    LLVMInitializeX86TargetMC();
    LLVMInitializeX86Disassembler();
    std::string error;
    const auto* found = llvm::TargetRegistry::lookupTarget(triple_text, error);
    if (found == nullptr) llvm::report_fatal_error(llvm::StringRef(error));
    return found;
  }();
  return *target;
}

// Members are destroyed bottom up, each before what it refers to.
struct LengthDecoder {
  const llvm::Target& target = x86_target();
  llvm::Triple triple{triple_text};
  llvm::MCTargetOptions options;
  std::unique_ptr<llvm::MCRegisterInfo> registers{target.createMCRegInfo(triple_text)};
  std::unique_ptr<llvm::MCAsmInfo> syntax{target.createMCAsmInfo(*registers, triple_text, options)};
  std::unique_ptr<llvm::MCSubtargetInfo> subtarget{target.createMCSubtargetInfo(triple_text, "", "")};
  llvm::MCContext context{triple, syntax.get(), registers.get(), subtarget.get()};
  std::unique_ptr<llvm::MCDisassembler> disassembler{target.createMCDisassembler(*subtarget, context)};
};

} // namespace

std::vector<size_t> instruction_starts(std::span<const uint8_t> code) {
  const LengthDecoder decoder;
  const llvm::ArrayRef<uint8_t> bytes(code.data(), code.size());
  std::vector<size_t> starts;
  for (size_t offset = 0; offset < bytes.size();) {
    llvm::MCInst instruction;
    uint64_t size = 0;
    const auto status =
        decoder.disassembler->getInstruction(instruction, size, bytes.slice(offset), offset, llvm::nulls());
    if (status == llvm::MCDisassembler::Fail || size == 0) break;
    starts.push_back(offset);
    offset += size;
  }
  return starts;
}

} // namespace probewright
