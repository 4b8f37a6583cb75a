// The only place that writes LLVM's process-wide state.
#include "initialize.h"

#include "llvm/Support/CommandLine.h"
#include "llvm/Support/ErrorHandling.h"

#include <array>

// LLVM offers these by name only; llvm-c/Target.h would declare those of every configured target.
extern "C" {
void LLVMInitializeBPFTargetInfo();
void LLVMInitializeBPFTarget();
void LLVMInitializeBPFTargetMC();
void LLVMInitializeBPFAsmPrinter();
void LLVMInitializeBPFAsmParser();
void LLVMInitializeBPFDisassembler();
}

namespace probewright {
namespace {

[[noreturn]] void throw_fatal_error(void* /*data*/, const char* reason, bool /*crash_report*/) {
  throw FatalLlvmError{reason};
}

// LLVM keeps these settings in process-wide variables and offers no other way to them.
void set_process_options() {
  constexpr auto arguments = std::to_array<const char*>({
      "llvm-bindings",
      // LLVM reports one error per instruction beyond its limit, and is off by one at 512. We compare the
      // size of the whole frame ourselves.
      "-bpf-stack-size=2147483647",
      // Turning a loop into a memset or memcpy of unknown size makes a library call that BPF does not have.
      "-disable-loop-idiom-all",
      // Closed forms of loop results multiply in 128 bits, which is a library call too.
      "-replexitval=never",
  });
  llvm::cl::ParseCommandLineOptions(static_cast<int>(arguments.size()), arguments.data());
}

const llvm::Target* initialize() {
  LLVMInitializeBPFTargetInfo();
  LLVMInitializeBPFTarget();
  LLVMInitializeBPFTargetMC();
  LLVMInitializeBPFAsmPrinter();
  // Inline assembly ends the process when no parser is registered.
  LLVMInitializeBPFAsmParser();
  LLVMInitializeBPFDisassembler();
  set_process_options();
  std::string error;
  const auto* target = llvm::TargetRegistry::lookupTarget(target_triple.str(), error);
  if (target == nullptr) llvm::report_fatal_error(llvm::StringRef(error));
  llvm::install_fatal_error_handler(throw_fatal_error);
  return target;
}

} // namespace

const llvm::Target& bpf_target() {
  static const llvm::Target* const target = initialize();
  return *target;
}

} // namespace probewright
