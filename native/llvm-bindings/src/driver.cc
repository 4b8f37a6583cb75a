// The command line over the same core as the Node addon: compiles every IR file it is given and prints one
// line for each. Built with sanitizers by sanitize.sh.
#include "ir_to_object.h"

#include <fstream>
#include <iostream>
#include <sstream>

namespace {

std::string describe(const probewright::CompileResult& result) {
  std::ostringstream text;
  if (const auto* failure = std::get_if<probewright::Failure>(&result)) {
    text << "error " << probewright::stage_name(failure->stage);
    if (failure->place != probewright::Place::none) text << ' ' << failure->line << ':' << failure->column;
    if (!failure->function.empty()) text << " in " << failure->function;
    text << ": " << failure->message;
    return text.str();
  }
  const auto& compiled = std::get<probewright::Compiled>(result);
  text << "ok " << compiled.object.size() << " bytes";
  for (const auto& frame : compiled.frames)
    text << ", " << frame.function << ' ' << frame.bytes;
  return text.str();
}

} // namespace

int main(int count, char** arguments) {
  if (count < 2) {
    std::cerr << "usage: " << arguments[0] << " FILE.ll...\n";
    return 2;
  }
  for (int index = 1; index < count; ++index) {
    const std::ifstream file(arguments[index], std::ios::binary);
    std::ostringstream ir;
    ir << file.rdbuf();
    if (!file) {
      std::cerr << arguments[index] << ": cannot be read\n";
      return 2;
    }
    const auto result = probewright::compile_ir(ir.str(), {});
    std::cout << arguments[index] << ": " << describe(result) << '\n';
  }
  return 0;
}
