// The command line over the same core as the Node addon: compiles every case of the test files it is given,
// prints one line for each, and checks what their claims say about success and failure. With --user the files
// are taken for programs instead, whose addresses, code and names are looked at. Built with sanitizers by
// sanitize.sh.
#include "disassemble.h"
#include "instruction_starts.h"
#include "ir_to_object.h"
#include "symbolize.h"

#include <algorithm>
#include <fstream>
#include <iostream>
#include <span>
#include <sstream>
#include <vector>

namespace {

using probewright::Compiled;
using probewright::CompileOptions;
using probewright::CompileResult;
using probewright::Failure;

// Each starts with the line `; case: NAME`; see ts/testing/cases.ts.
std::vector<std::string> split_cases(const std::string& text) {
  constexpr std::string_view head = "; case: ";
  std::vector<std::string> cases;
  for (size_t start = text.find(head); start != std::string::npos;) {
    const size_t next = text.find("\n; case: ", start);
    const size_t end = next == std::string::npos ? text.size() : next + 1;
    cases.push_back(text.substr(start, end - start));
    start = next == std::string::npos ? next : end;
  }
  return cases;
}

// What follows `; WORD: ` in the first line that starts so.
std::string head_of(const std::string& ir, const std::string& word) {
  const std::string start = "; " + word + ": ";
  const size_t at = ir.find(start);
  if (at == std::string::npos) return "";
  const size_t from = at + start.size();
  return ir.substr(from, ir.find('\n', from) - from);
}

CompileOptions options_of(const std::string& ir) {
  CompileOptions options;
  std::istringstream option(head_of(ir, "option"));
  std::string name;
  std::string value;
  option >> name >> value;
  if (name == "cpu") options.cpu = value;
  if (name == "optimize") options.optimize = value != "false";
  if (name == "stackSizeLimit")
    options.stack_size_limit = value == "Infinity" ? UINT64_MAX : std::stoull(value);
  return options;
}

std::string describe(const CompileResult& result) {
  std::ostringstream text;
  if (const auto* failure = std::get_if<Failure>(&result)) {
    text << "error " << probewright::stage_name(failure->stage) << ": " << failure->message;
    return text.str();
  }
  const auto& compiled = std::get<Compiled>(result);
  text << "ok, " << compiled.object.size() << " bytes";
  for (const auto& frame : compiled.frames)
    text << ", " << frame.function << ' ' << frame.bytes;
  return text.str();
}

// An object's bytes are no instructions, which makes them a fair test of the disassembler.
void disassemble_all(const CompileResult& result) {
  const auto* compiled = std::get_if<Compiled>(&result);
  if (compiled == nullptr) return;
  const std::vector<uint8_t> bytes(compiled->object.begin(), compiled->object.end());
  static_cast<void>(probewright::disassemble(bytes));
}

bool run_case(const std::string& ir) {
  auto options = options_of(ir);
  const auto result = probewright::compile_ir(ir, options);
  disassemble_all(result);
  options.emit = probewright::Emit::optimized_ir;
  static_cast<void>(probewright::compile_ir(ir, options));
  const auto claim = head_of(ir, "claim");
  const auto actual = describe(result);
  const bool fails = actual.starts_with("error ");
  const bool as_claimed =
      fails ? claim.starts_with(actual.substr(0, actual.find(':'))) : !claim.starts_with("error ");
  std::cout << (as_claimed ? "ok   " : "FAIL ") << head_of(ir, "case") << ": " << actual << '\n';
  return as_claimed;
}

// Every part of the file in turn is an address, code and a name: most are none, as in a file that lies about
// itself.
void look_at_program(const std::string& path, const std::string& bytes) {
  constexpr size_t parts = 400;
  constexpr size_t code_bytes = 512;
  size_t frames = 0;
  size_t instructions = 0;
  size_t renamed = 0;
  const size_t step = std::max<size_t>(1, bytes.size() / parts);
  for (size_t at = 0; at < bytes.size(); at += step) {
    frames += probewright::symbolize(path, at).size();
    const std::vector<uint8_t> code(bytes.begin() + static_cast<std::ptrdiff_t>(at),
                                    bytes.begin() +
                                        static_cast<std::ptrdiff_t>(std::min(bytes.size(), at + code_bytes)));
    instructions += probewright::instruction_starts(code).size();
    const std::string name(bytes.c_str() + at);
    renamed += probewright::demangle(name) == name ? 0 : 1;
    renamed += probewright::demangle("_Z" + name) == "_Z" + name ? 0 : 1;
  }
  std::cout << "ok   " << path << ": " << frames << " frames, " << instructions << " instructions, "
            << renamed << " names\n";
}

int run(std::span<char*> files, bool are_programs) {
  bool all_as_claimed = true;
  for (const char* name : files) {
    const std::ifstream file(name, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    if (!file) {
      std::cerr << name << ": cannot be read\n";
      return 2;
    }
    if (are_programs) {
      look_at_program(name, text.str());
      continue;
    }
    for (const auto& ir : split_cases(text.str()))
      all_as_claimed = run_case(ir) && all_as_claimed;
  }
  return all_as_claimed ? 0 : 1;
}

} // namespace

int main(int count, char** arguments) {
  const auto words = std::span(arguments, static_cast<size_t>(count));
  const bool are_programs = count > 1 && std::string_view(words[1]) == "--user";
  const auto files = words.subspan(std::min<size_t>(words.size(), are_programs ? 2 : 1));
  if (files.empty()) {
    std::cerr << "usage: " << words[0] << " FILE.ll... | --user PROGRAM...\n";
    return 2;
  }
  try {
    return run(files, are_programs);
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 2;
  }
}
