// One compilation from IR text to object bytes, stage by stage.
#include "ir_to_object.h"

#include "diagnostics.h"
#include "initialize.h"
#include "link.h"
#include "supported_ir.h"

#include "llvm/AsmParser/LLParser.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/LegacyPassManager.h"
#include "llvm/IR/Module.h"
#include "llvm/IR/Verifier.h"
#include "llvm/Passes/PassBuilder.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/PrettyStackTrace.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Target/TargetMachine.h"
#include "llvm/Target/TargetOptions.h"

#include <array>
#include <chrono>
#include <memory>

namespace probewright {
namespace {

constexpr auto known_cpus = std::to_array<std::string_view>({"v1", "v2", "v3", "v4"});

class Stopwatch {
public:
  // Milliseconds since the last call, or since construction.
  double lap() {
    const auto now = std::chrono::steady_clock::now();
    const std::chrono::duration<double, std::milli> passed = now - last_;
    last_ = now;
    return passed.count();
  }

private:
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

// Everything LLVM builds for one compilation, in one place, so that it can be abandoned as a whole. Members
// are destroyed bottom up, each before what it refers to.
struct Session {
  Reports reports;
  llvm::LLVMContext context;
  std::unique_ptr<llvm::TargetMachine> machine;
  std::unique_ptr<llvm::Module> module;
  std::vector<std::unique_ptr<llvm::Module>> linked;
  llvm::SourceMgr sources;
  llvm::SMDiagnostic parse_error;
  std::unique_ptr<llvm::LLParser> parser;
  llvm::LoopAnalysisManager loops;
  llvm::FunctionAnalysisManager functions;
  llvm::CGSCCAnalysisManager components;
  llvm::ModuleAnalysisManager modules;
  llvm::ModulePassManager optimizer;
  llvm::legacy::PassManager emitter;
  llvm::SmallVector<char, 0> object;
  llvm::raw_svector_ostream object_stream{object};

  Session() {
    context.setDiagnosticHandler(std::make_unique<ReportCollector>(reports), /*RespectFilters=*/true);
  }
};

// A fatal error leaves LLVM's data half changed; destroying it could do anything. Leaking it is what LLVM's
// own crash recovery does.
void abandon(std::unique_ptr<Session> session) {
  static_cast<void>(session.release());
}

std::unique_ptr<llvm::TargetMachine> create_machine(const std::string& cpu) {
  return std::unique_ptr<llvm::TargetMachine>(
      bpf_target().createTargetMachine(target_triple, cpu, "", llvm::TargetOptions(), std::nullopt));
}

std::optional<Failure> parse(Session& session, std::string_view ir, std::unique_ptr<llvm::Module>& module) {
  const auto layout = session.machine->createDataLayout();
  module = std::make_unique<llvm::Module>("script", session.context);
  auto buffer = llvm::MemoryBuffer::getMemBufferCopy({ir.data(), ir.size()}, "script");
  const llvm::StringRef text = buffer->getBuffer();
  session.sources.AddNewSourceBuffer(std::move(buffer), llvm::SMLoc());
  // The parser itself, since the functions around it always run its debug information upgrade, which ends the
  // process on a module the verifier rejects.
  session.parser = std::make_unique<llvm::LLParser>(text, session.sources, session.parse_error, module.get(),
                                                    /*Index=*/nullptr, session.context);
  const bool failed = session.parser->Run(/*UpgradeDebugInfo=*/false, [&](llvm::StringRef, llvm::StringRef) {
    return std::optional(layout.getStringRepresentation());
  });
  session.parser.reset();
  if (!failed) return std::nullopt;
  const auto& error = session.parse_error;
  Failure failure{.stage = Stage::parse, .message = error.getMessage().str()};
  if (error.getLineNo() > 0) {
    failure.place = Place::ir;
    failure.line = static_cast<unsigned>(error.getLineNo());
    failure.column = static_cast<unsigned>(error.getColumnNo() + 1);
  }
  return failure;
}

std::optional<Failure> check_triple(const llvm::Module& module) {
  const llvm::StringRef triple = module.getTargetTriple();
  if (triple.empty() || triple == "bpf" || triple == "bpfel") return std::nullopt;
  return Failure{.stage = Stage::verify, .message = "the target triple must be bpf, not " + triple.str()};
}

std::optional<Failure> verify(const llvm::Module& module) {
  if (auto failure = check_triple(module)) return failure;
  if (auto failure = find_unverifiable(module)) return failure;
  std::string message;
  llvm::raw_string_ostream stream(message);
  if (llvm::verifyModule(module, &stream)) {
    Failure failure{.stage = Stage::verify, .message = llvm::StringRef(message).trim().str()};
    for (const auto& function : module) {
      if (function.isDeclaration() || !llvm::verifyFunction(function)) continue;
      failure.function = function.getName().str();
      break;
    }
    return failure;
  }
  return std::nullopt;
}

// Links what the module calls of other modules. They are well-formed each by itself; whether the target takes
// them is a question of what stays.
std::optional<Failure> link(Session& session, const std::vector<std::string>& linked) {
  if (linked.empty()) return std::nullopt;
  for (const auto& ir : linked) {
    std::unique_ptr<llvm::Module> module;
    if (auto failure = parse(session, ir, module)) {
      failure->place = Place::none;
      return failure;
    }
    if (auto failure = verify(*module)) return failure;
    session.linked.push_back(std::move(module));
  }
  auto complaint = link_into(*session.module, std::move(session.linked));
  if (complaint.empty()) return std::nullopt;
  if (session.reports.first_error) complaint += ": " + session.reports.first_error->message;
  return Failure{.stage = Stage::verify, .message = std::move(complaint)};
}

// BTF is written whenever there is debug information, and LLVM adds DWARF beside it unless the module asks
// for CodeView, which no BPF object gets. Nothing reads the DWARF: it would only be stored, sent and loaded.
void keep_only_btf(llvm::Module& module) {
  if (module.debug_compile_units().empty()) return;
  module.setModuleFlag(llvm::Module::Warning, "Debug Info Version", llvm::DEBUG_METADATA_VERSION);
  module.setModuleFlag(llvm::Module::Warning, "CodeView", 1U);
  module.setModuleFlag(llvm::Module::Max, "Dwarf Version", 0U);
}

void prepare(Session& session) {
  auto& module = *session.module;
  module.setTargetTriple(target_triple);
  module.setDataLayout(session.machine->createDataLayout());
  keep_only_btf(module);
  for (auto& function : module) {
    // The instruction set is the caller's choice; a function may not disagree.
    function.removeFnAttr("target-cpu");
    function.removeFnAttr("target-features");
    function.removeFnAttr("tune-cpu");
    // Otherwise LLVM writes unwind tables, and nothing unwinds in the kernel.
    function.setDoesNotThrow();
    function.removeFnAttr(llvm::Attribute::UWTable);
  }
}

// Registers what the pipeline needs to know about the target and fills session.optimizer.
void build_optimizer(Session& session, bool optimize) {
  llvm::PipelineTuningOptions tuning;
  // The kernel walks every path of a program and bounds their length: copies of a loop body cost, and there
  // are no vector registers.
  tuning.LoopUnrolling = false;
  tuning.LoopInterleaving = false;
  tuning.LoopVectorization = false;
  tuning.SLPVectorization = false;
  tuning.CallGraphProfile = false;
  llvm::PassBuilder builder(session.machine.get(), tuning);
  builder.registerModuleAnalyses(session.modules);
  builder.registerCGSCCAnalyses(session.components);
  builder.registerFunctionAnalyses(session.functions);
  builder.registerLoopAnalyses(session.loops);
  builder.crossRegisterProxies(session.loops, session.functions, session.components, session.modules);
  session.optimizer = optimize ? builder.buildPerModuleDefaultPipeline(llvm::OptimizationLevel::O2)
                               : builder.buildO0DefaultPipeline(llvm::OptimizationLevel::O0);
}

std::optional<Failure> first_error(const Session& session, Stage stage) {
  if (!session.reports.first_error) return std::nullopt;
  auto failure = *session.reports.first_error;
  failure.stage = stage;
  return failure;
}

std::optional<Failure> check_frames(const Session& session, uint64_t limit) {
  const FrameSize* largest = nullptr;
  for (const auto& frame : session.reports.frames) {
    if (frame.bytes > limit && (largest == nullptr || frame.bytes > largest->bytes)) largest = &frame;
  }
  if (largest == nullptr) return std::nullopt;
  return Failure{.stage = Stage::emit,
                 .message = "function '" + largest->function + "' needs " + std::to_string(largest->bytes) +
                            " bytes of stack; the limit is " + std::to_string(limit),
                 .function = largest->function,
                 .stack_bytes = largest->bytes};
}

std::optional<Failure> emit_object(Session& session) {
  if (session.machine->addPassesToEmitFile(session.emitter, session.object_stream, nullptr,
                                           llvm::CodeGenFileType::ObjectFile)) {
    return Failure{.stage = Stage::emit, .message = "the BPF target cannot write object files"};
  }
  session.emitter.run(*session.module);
  return first_error(session, Stage::emit);
}

// LLVM's reason for giving up may be a dump of several lines that ends in "In function: f".
Failure fatal_failure(Stage stage, llvm::StringRef reason) {
  const llvm::StringRef function = reason.split("In function: ").second.split('\n').first;
  return {.stage = stage, .message = tidy_message(reason), .function = function.trim().str()};
}

// The stages in order. `stage` always tells the one that is running, for the handler of fatal errors.
CompileResult run_stages(Session& session, std::string_view ir, const CompileOptions& options, Stage& stage) {
  Compiled compiled;
  Stopwatch watch;
  session.machine = create_machine(options.cpu);
  if (auto failure = parse(session, ir, session.module)) return *failure;
  compiled.timings.parse_ms = watch.lap();

  stage = Stage::verify;
  if (auto failure = verify(*session.module)) return *failure;
  if (auto failure = link(session, options.linked)) return *failure;
  if (auto failure = find_unsupported(*session.module)) return *failure;
  prepare(session);
  compiled.timings.verify_ms = watch.lap();

  stage = Stage::optimize;
  build_optimizer(session, options.optimize);
  session.optimizer.run(*session.module, session.modules);
  if (auto failure = first_error(session, stage)) return *failure;
  compiled.timings.optimize_ms = watch.lap();

  stage = Stage::emit;
  if (options.emit == Emit::optimized_ir) {
    llvm::raw_string_ostream(compiled.ir) << *session.module;
  } else {
    if (auto failure = emit_object(session)) return *failure;
    if (auto failure = check_frames(session, options.stack_size_limit)) return *failure;
    compiled.object.assign(session.object.begin(), session.object.end());
    compiled.frames = std::move(session.reports.frames);
  }
  compiled.timings.emit_ms = watch.lap();
  return compiled;
}

} // namespace

CompileResult compile_ir(std::string_view ir, const CompileOptions& options) {
  auto session = std::make_unique<Session>();
  auto stage = Stage::parse;
  const void* trace = llvm::SavePrettyStackState();
  try {
    return run_stages(*session, ir, options, stage);
  } catch (const FatalLlvmError& error) {
    // The entries of the frames that were unwound are gone.
    llvm::RestorePrettyStackState(trace);
    auto failure = first_error(*session, stage).value_or(fatal_failure(stage, error.reason));
    abandon(std::move(session));
    return failure;
  }
}

bool is_known_cpu(std::string_view cpu) {
  return llvm::is_contained(known_cpus, cpu);
}

std::string llvm_version() {
  return LLVM_VERSION_STRING;
}

std::string_view stage_name(Stage stage) {
  switch (stage) {
  case Stage::parse: return "parse";
  case Stage::verify: return "verify";
  case Stage::optimize: return "optimize";
  case Stage::emit: return "emit";
  }
  llvm_unreachable("a stage has one of four names");
}

} // namespace probewright
