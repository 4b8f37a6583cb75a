{
  "variables": { "llvm_config%": "llvm-config-19" },
  "targets": [
    {
      "target_name": "llvm_bindings",
      "sources": [
        "src/diagnostics.cc",
        "src/disassemble.cc",
        "src/initialize.cc",
        "src/instruction_starts.cc",
        "src/ir_to_object.cc",
        "src/link.cc",
        "src/node_binding.cc",
        "src/supported_debug_info.cc",
        "src/supported_instructions.cc",
        "src/supported_ir.cc",
        "src/supported_types.cc",
        "src/symbolize.cc"
      ],
      "defines": ["NAPI_VERSION=8"],
      # LLVM is built with run-time type information, and the fatal error handler throws.
      "cflags_cc!": ["-fno-exceptions", "-fno-rtti", "-std=gnu++17", "-std=gnu++20"],
      "cflags_cc": [
        "-std=c++20",
        "-fexceptions",
        "-frtti",
        "-Wall",
        "-Wextra",
        "-Werror",
        "-fvisibility=hidden",
        "-ffunction-sections",
        "-fdata-sections",
        "-isystem",
        "<!(<(llvm_config) --includedir)"
      ],
      "ldflags": [
        "-Wl,--gc-sections",
        "-Wl,--strip-all",
        "-Wl,-Bsymbolic",
        "-Wl,--version-script=<(module_root_dir)/exports.map",
        "-static-libstdc++",
        "-static-libgcc"
      ],
      "libraries": [
        "-L<!(<(llvm_config) --libdir)",
        "<!@(<(llvm_config) --link-static --libs bpfcodegen bpfasmparser bpfdisassembler bpfdesc bpfinfo passes linker asmparser symbolize demangle x86disassembler x86desc x86info)",
        "-l:libz.a",
        "-l:libzstd.a",
        "-lrt",
        "-ldl",
        "-lm"
      ]
    }
  ]
}
