// LLVM's BPF disassembler and instruction printer, over bytes in memory.
#include "disassemble.h"

#include "initialize.h"

#include "llvm/MC/MCAsmInfo.h"
#include "llvm/MC/MCContext.h"
#include "llvm/MC/MCDisassembler/MCDisassembler.h"
#include "llvm/MC/MCInst.h"
#include "llvm/MC/MCInstPrinter.h"
#include "llvm/MC/MCInstrInfo.h"
#include "llvm/MC/MCRegisterInfo.h"
#include "llvm/MC/MCSubtargetInfo.h"
#include "llvm/MC/MCTargetOptions.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/TargetParser/Triple.h"

#include <memory>

namespace probewright {
namespace {

constexpr size_t unit_bytes = 8;

// Decodes every instruction set, whatever the object was compiled for.
constexpr llvm::StringLiteral newest_cpu = "v4";

// What LLVM needs to decode and print. Members are destroyed bottom up, each before what it refers to.
struct Decoder {
  const llvm::Target& target = bpf_target();
  llvm::Triple triple{target_triple};
  llvm::MCTargetOptions options;
  std::unique_ptr<llvm::MCRegisterInfo> registers{target.createMCRegInfo(target_triple)};
  std::unique_ptr<llvm::MCAsmInfo> syntax{target.createMCAsmInfo(*registers, target_triple, options)};
  std::unique_ptr<llvm::MCInstrInfo> instructions{target.createMCInstrInfo()};
  std::unique_ptr<llvm::MCSubtargetInfo> subtarget{
      target.createMCSubtargetInfo(target_triple, newest_cpu, "")};
  llvm::MCContext context{triple, syntax.get(), registers.get(), subtarget.get()};
  std::unique_ptr<llvm::MCDisassembler> disassembler{target.createMCDisassembler(*subtarget, context)};
  std::unique_ptr<llvm::MCInstPrinter> printer{
      target.createMCInstPrinter(triple, syntax->getAssemblerDialect(), *syntax, *instructions, *registers)};
};

} // namespace

std::vector<Disassembled> disassemble(std::span<const uint8_t> code) {
  const Decoder decoder;
  const llvm::ArrayRef<uint8_t> bytes(code.data(), code.size());
  std::vector<Disassembled> result;
  size_t offset = 0;
  while (offset + unit_bytes <= bytes.size()) {
    llvm::MCInst instruction;
    uint64_t size = 0;
    const auto status =
        decoder.disassembler->getInstruction(instruction, size, bytes.slice(offset), offset, llvm::nulls());
    std::string text = "<unknown>";
    if (status == llvm::MCDisassembler::Success) {
      text.clear();
      llvm::raw_string_ostream stream(text);
      decoder.printer->printInst(&instruction, offset, "", *decoder.subtarget, stream);
    } else {
      size = unit_bytes;
    }
    result.push_back({offset / unit_bytes, llvm::StringRef(text).trim().str()});
    offset += size;
  }
  return result;
}

} // namespace probewright
