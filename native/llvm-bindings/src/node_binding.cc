// Glue between JavaScript values and the core: converts arguments, calls, converts results. No logic.
#include "disassemble.h"
#include "instruction_starts.h"
#include "ir_to_object.h"
#include "symbolize.h"

#include <node_api.h>

#include <optional>
#include <string>
#include <vector>

namespace {

using namespace probewright;

// The shape of what this file exports. ts/binary.ts refuses another number, so that a stale build is noticed.
constexpr uint32_t interface_version = 1;

napi_value throw_type_error(napi_env env, const char* message) {
  napi_throw_type_error(env, nullptr, message);
  return nullptr;
}

napi_value make_string(napi_env env, std::string_view text) {
  napi_value value = nullptr;
  napi_create_string_utf8(env, text.data(), text.size(), &value);
  return value;
}

napi_value make_number(napi_env env, double number) {
  napi_value value = nullptr;
  napi_create_double(env, number, &value);
  return value;
}

napi_value make_boolean(napi_env env, bool value) {
  napi_value boolean = nullptr;
  napi_get_boolean(env, value, &boolean);
  return boolean;
}

napi_value make_bytes(napi_env env, std::string_view bytes) {
  napi_value buffer = nullptr;
  void* data = nullptr;
  napi_value array = nullptr;
  if (napi_create_arraybuffer(env, bytes.size(), &data, &buffer) != napi_ok) return nullptr;
  bytes.copy(static_cast<char*>(data), bytes.size());
  napi_create_typedarray(env, napi_uint8_array, bytes.size(), buffer, 0, &array);
  return array;
}

void set(napi_env env, napi_value object, const char* name, napi_value value) {
  napi_set_named_property(env, object, name, value);
}

std::optional<std::string> get_string(napi_env env, napi_value value) {
  size_t length = 0;
  if (napi_get_value_string_utf8(env, value, nullptr, 0, &length) != napi_ok) return std::nullopt;
  std::string text(length, '\0');
  // The length N-API takes counts the terminating zero, for which std::string has room.
  napi_get_value_string_utf8(env, value, text.data(), length + 1, &length);
  return text;
}

// The bytes stay JavaScript's; they are valid until control returns to it.
std::optional<std::string_view> get_bytes(napi_env env, napi_value value) {
  bool is_typed_array = false;
  if (napi_is_typedarray(env, value, &is_typed_array) != napi_ok || !is_typed_array) return std::nullopt;
  napi_typedarray_type type = napi_int8_array;
  size_t length = 0;
  void* data = nullptr;
  napi_get_typedarray_info(env, value, &type, &length, &data, nullptr, nullptr);
  if (type != napi_uint8_array) return std::nullopt;
  return std::string_view(static_cast<const char*>(data), length);
}

napi_value make_failure(napi_env env, const Failure& failure) {
  napi_value object = nullptr;
  napi_create_object(env, &object);
  set(env, object, "stage", make_string(env, stage_name(failure.stage)));
  set(env, object, "message", make_string(env, failure.message));
  if (!failure.function.empty()) set(env, object, "function", make_string(env, failure.function));
  if (failure.place != Place::none) {
    set(env, object, "place", make_string(env, failure.place == Place::ir ? "ir" : "source"));
    set(env, object, "line", make_number(env, failure.line));
    set(env, object, "column", make_number(env, failure.column));
  }
  if (failure.stack_bytes > 0) {
    set(env, object, "stackBytes", make_number(env, static_cast<double>(failure.stack_bytes)));
  }
  return object;
}

napi_value make_timings(napi_env env, const Timings& timings) {
  napi_value object = nullptr;
  napi_create_object(env, &object);
  set(env, object, "parse", make_number(env, timings.parse_ms));
  set(env, object, "verify", make_number(env, timings.verify_ms));
  set(env, object, "optimize", make_number(env, timings.optimize_ms));
  set(env, object, "emit", make_number(env, timings.emit_ms));
  return object;
}

napi_value make_compiled(napi_env env, const Compiled& compiled) {
  napi_value object = nullptr;
  napi_create_object(env, &object);
  napi_value frames = nullptr;
  napi_create_array(env, &frames);
  uint32_t index = 0;
  for (const auto& frame : compiled.frames) {
    napi_value entry = nullptr;
    napi_create_object(env, &entry);
    set(env, entry, "function", make_string(env, frame.function));
    set(env, entry, "bytes", make_number(env, static_cast<double>(frame.bytes)));
    napi_set_element(env, frames, index++, entry);
  }
  set(env, object, "object", make_bytes(env, compiled.object));
  set(env, object, "ir", make_string(env, compiled.ir));
  set(env, object, "frames", frames);
  set(env, object, "timings", make_timings(env, compiled.timings));
  return object;
}

// Nothing when it is no array of strings.
std::optional<std::vector<std::string>> get_strings(napi_env env, napi_value value) {
  uint32_t count = 0;
  if (napi_get_array_length(env, value, &count) != napi_ok) return std::nullopt;
  std::vector<std::string> strings;
  for (uint32_t index = 0; index < count; ++index) {
    napi_value element = nullptr;
    napi_get_element(env, value, index, &element);
    auto text = get_string(env, element);
    if (!text) return std::nullopt;
    strings.push_back(std::move(*text));
  }
  return strings;
}

// compile(ir: string | Uint8Array, cpu: string, optimize: boolean, emit: "object" | "optimized-ir", limit:
// number, linked: string[])
napi_value compile(napi_env env, napi_callback_info info) {
  size_t count = 6;
  napi_value arguments[6];
  napi_get_cb_info(env, info, &count, arguments, nullptr, nullptr);
  const auto text = get_string(env, arguments[0]);
  const auto bytes = text ? std::optional<std::string_view>(*text) : get_bytes(env, arguments[0]);
  if (!bytes) return throw_type_error(env, "ir must be a string or a Uint8Array");
  const auto cpu = get_string(env, arguments[1]);
  if (!cpu || !is_known_cpu(*cpu)) return throw_type_error(env, "cpu must be v1, v2, v3 or v4");
  bool optimize = true;
  if (napi_get_value_bool(env, arguments[2], &optimize) != napi_ok) {
    return throw_type_error(env, "optimize must be a boolean");
  }
  const auto emit = get_string(env, arguments[3]);
  if (emit != "object" && emit != "optimized-ir") {
    return throw_type_error(env, "emit must be object or optimized-ir");
  }
  int64_t limit = 0;
  if (napi_get_value_int64(env, arguments[4], &limit) != napi_ok || limit < 0) {
    return throw_type_error(env, "stackSizeLimit must be a number of bytes");
  }
  auto linked = get_strings(env, arguments[5]);
  if (!linked) return throw_type_error(env, "link must be a list of texts");
  const auto result = compile_ir(*bytes, {.cpu = *cpu,
                                          .optimize = optimize,
                                          .emit = emit == "object" ? Emit::object : Emit::optimized_ir,
                                          .stack_size_limit = static_cast<uint64_t>(limit),
                                          .linked = std::move(*linked)});
  if (const auto* failure = std::get_if<Failure>(&result)) return make_failure(env, *failure);
  return make_compiled(env, std::get<Compiled>(result));
}

// disassemble(code: Uint8Array): { index: number, text: string }[]
napi_value disassemble_code(napi_env env, napi_callback_info info) {
  size_t count = 1;
  napi_value argument = nullptr;
  napi_get_cb_info(env, info, &count, &argument, nullptr, nullptr);
  const auto bytes = get_bytes(env, argument);
  if (!bytes) return throw_type_error(env, "code must be a Uint8Array");
  napi_value list = nullptr;
  napi_create_array(env, &list);
  uint32_t index = 0;
  for (const auto& instruction :
       disassemble({reinterpret_cast<const uint8_t*>(bytes->data()), bytes->size()})) {
    napi_value entry = nullptr;
    napi_create_object(env, &entry);
    set(env, entry, "index", make_number(env, static_cast<double>(instruction.index)));
    set(env, entry, "text", make_string(env, instruction.text));
    napi_set_element(env, list, index++, entry);
  }
  return list;
}

// instructionStarts(code: Uint8Array): number[]
napi_value list_instruction_starts(napi_env env, napi_callback_info info) {
  size_t count = 1;
  napi_value argument = nullptr;
  napi_get_cb_info(env, info, &count, &argument, nullptr, nullptr);
  const auto bytes = get_bytes(env, argument);
  if (!bytes) return throw_type_error(env, "code must be a Uint8Array");
  napi_value list = nullptr;
  napi_create_array(env, &list);
  uint32_t index = 0;
  for (const size_t start :
       instruction_starts({reinterpret_cast<const uint8_t*>(bytes->data()), bytes->size()})) {
    napi_set_element(env, list, index++, make_number(env, static_cast<double>(start)));
  }
  return list;
}

// symbolize(path: string, address: bigint): { function: string, file: string, line: number }[]
napi_value symbolize_address(napi_env env, napi_callback_info info) {
  size_t count = 2;
  napi_value arguments[2];
  napi_get_cb_info(env, info, &count, arguments, nullptr, nullptr);
  const auto path = get_string(env, arguments[0]);
  uint64_t address = 0;
  bool lossless = false;
  if (!path || napi_get_value_bigint_uint64(env, arguments[1], &address, &lossless) != napi_ok) {
    return throw_type_error(env, "symbolize takes a path and an address");
  }
  napi_value list = nullptr;
  napi_create_array(env, &list);
  uint32_t index = 0;
  for (const auto& frame : symbolize(*path, address)) {
    napi_value entry = nullptr;
    napi_create_object(env, &entry);
    set(env, entry, "function", make_string(env, frame.function));
    set(env, entry, "file", make_string(env, frame.file));
    set(env, entry, "line", make_number(env, frame.line));
    napi_set_element(env, list, index++, entry);
  }
  return list;
}

// demangle(name: string): string
napi_value demangle_name(napi_env env, napi_callback_info info) {
  size_t count = 1;
  napi_value argument = nullptr;
  napi_get_cb_info(env, info, &count, &argument, nullptr, nullptr);
  const auto name = get_string(env, argument);
  if (!name) return throw_type_error(env, "name must be a string");
  return make_string(env, demangle(*name));
}

void export_function(napi_env env, napi_value exports, const char* name, napi_callback callback) {
  napi_value function = nullptr;
  napi_create_function(env, name, NAPI_AUTO_LENGTH, callback, nullptr, &function);
  set(env, exports, name, function);
}

} // namespace

NAPI_MODULE_INIT(/*env, exports*/) {
  export_function(env, exports, "compile", compile);
  export_function(env, exports, "disassemble", disassemble_code);
  export_function(env, exports, "instructionStarts", list_instruction_starts);
  export_function(env, exports, "symbolize", symbolize_address);
  export_function(env, exports, "demangle", demangle_name);
  set(env, exports, "version", make_string(env, llvm_version()));
  set(env, exports, "links", make_boolean(env, true));
  set(env, exports, "interfaceVersion", make_number(env, interface_version));
  return exports;
}
