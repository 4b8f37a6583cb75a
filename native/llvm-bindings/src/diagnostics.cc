// Turns LLVM's diagnostics into one Failure and its prolog/epilog remarks into frame sizes.
#include "diagnostics.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/IR/DiagnosticInfo.h"
#include "llvm/IR/DiagnosticPrinter.h"
#include "llvm/IR/Instruction.h"
#include "llvm/Support/Casting.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/raw_ostream.h"

namespace probewright {
namespace {

// The pass whose remark carries the size of each function's frame.
constexpr llvm::StringLiteral frame_pass = "prologepilog";
constexpr llvm::StringLiteral frame_bytes_key = "NumStackBytes";

void record_frame(Reports& reports, const llvm::DiagnosticInfoOptimizationBase& remark) {
  if (remark.getPassName() != frame_pass) return;
  for (const auto& argument : remark.getArgs()) {
    uint64_t bytes = 0;
    if (argument.Key != frame_bytes_key || llvm::StringRef(argument.Val).getAsInteger(10, bytes)) continue;
    reports.frames.push_back({remark.getFunction().getName().str(), bytes});
  }
}

std::string printed(const llvm::DiagnosticInfo& info) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  llvm::DiagnosticPrinterRawOStream printer(stream);
  info.print(printer);
  return text;
}

bool is_address(llvm::StringRef word) {
  constexpr size_t shortest = 8;
  word = word.rtrim(":,");
  uint64_t value = 0;
  return word.size() >= shortest && word.starts_with("0x") && !word.getAsInteger(0, value);
}

void set_function(Failure& failure, const llvm::Function& function) {
  failure.function = function.getName().str();
}

Failure failure_of(const llvm::DiagnosticInfo& info) {
  Failure failure{.stage = Stage::emit, .message = printed(info)};
  if (const auto* located = llvm::dyn_cast<llvm::DiagnosticInfoUnsupported>(&info)) {
    failure.message = located->getMessage().str();
    set_function(failure, located->getFunction());
    if (located->isLocationAvailable()) {
      const auto place = located->getLocation();
      failure.place = Place::source;
      failure.line = place.getLine();
      failure.column = place.getColumn();
    }
  } else if (const auto* assembly = llvm::dyn_cast<llvm::DiagnosticInfoInlineAsm>(&info)) {
    failure.message = assembly->getMsgStr().str();
    if (const auto* instruction = assembly->getInstruction()) {
      set_function(failure, *instruction->getFunction());
      set_source_place(failure, instruction->getDebugLoc());
    }
  } else if (const auto* text = llvm::dyn_cast<llvm::DiagnosticInfoSrcMgr>(&info)) {
    failure.message = text->getSMDiag().getMessage().str();
  }
  failure.message = tidy_message(failure.message);
  return failure;
}

} // namespace

bool ReportCollector::handleDiagnostics(const llvm::DiagnosticInfo& info) {
  if (const auto* remark = llvm::dyn_cast<llvm::DiagnosticInfoOptimizationBase>(&info)) {
    record_frame(*reports_, *remark);
  }
  if (info.getSeverity() == llvm::DS_Error && !reports_->first_error) {
    reports_->first_error = failure_of(info);
    // Errors inside inline assembly name no function, but one function is emitted after the other, and its
    // frame is laid out last of all.
    const auto* text = llvm::dyn_cast<llvm::DiagnosticInfoSrcMgr>(&info);
    if (text != nullptr && text->isInlineAsmDiag() && !reports_->frames.empty()) {
      reports_->first_error->function = reports_->frames.back().function;
    }
  }
  return true;
}

bool ReportCollector::isAnalysisRemarkEnabled(llvm::StringRef pass) const {
  return pass == frame_pass;
}

std::string tidy_message(llvm::StringRef text) {
  llvm::SmallVector<llvm::StringRef, 16> words;
  text.trim().split('\n').first.split(words, ' ', /*MaxSplit=*/-1, /*KeepEmpty=*/false);
  llvm::erase_if(words, is_address);
  return llvm::join(words, " ");
}

void set_source_place(Failure& failure, const llvm::DebugLoc& location) {
  if (!location) return;
  failure.place = Place::source;
  failure.line = location.getLine();
  failure.column = location.getCol();
}

} // namespace probewright
