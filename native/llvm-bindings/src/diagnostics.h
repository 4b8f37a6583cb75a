// Collects what LLVM reports while it compiles one module: the first error, and each function's frame size.
#pragma once

#include "ir_to_object.h"

#include "llvm/IR/DebugLoc.h"
#include "llvm/IR/DiagnosticHandler.h"
#include "llvm/IR/Function.h"

#include <optional>
#include <string>
#include <vector>

namespace probewright {

// What one compilation reported. Owned by the compilation; the handler inside the LLVMContext only points
// here.
struct Reports {
  // Emission goes on after an error and may still produce bytes, so the first error decides the outcome. Its
  // stage is filled in by whoever reads it.
  std::optional<Failure> first_error;
  std::vector<FrameSize> frames;
};

class ReportCollector : public llvm::DiagnosticHandler {
public:
  // `reports` must outlive the LLVMContext this handler is given to.
  explicit ReportCollector(Reports& reports) : reports_(&reports) {}

  bool handleDiagnostics(const llvm::DiagnosticInfo& info) override;
  bool isAnalysisRemarkEnabled(llvm::StringRef pass) const override;
  bool isMissedOptRemarkEnabled(llvm::StringRef /*pass*/) const override { return false; }
  bool isPassedOptRemarkEnabled(llvm::StringRef /*pass*/) const override { return false; }
  bool isAnyRemarkEnabled() const override { return true; }

private:
  Reports* reports_;
};

// What an error says in one line that is the same in every run: LLVM's dumps of its graph hold addresses.
std::string tidy_message(llvm::StringRef text);

// Writes the source line and column of `location` into `failure`, if it has one.
void set_source_place(Failure& failure, const llvm::DebugLoc& location);

} // namespace probewright
