{
  "targets": [
    {
      "target_name": "tree_sitter_bpftrace_binding",
      "include_dirs": ["src"],
      "sources": ["bindings/node/binding.c", "src/parser.c", "src/scanner.c"],
      "defines": ["NAPI_VERSION=8"],
      "conditions": [
        ["OS!='win'", { "cflags_c": ["-std=c11", "-fvisibility=hidden"] }, { "cflags_c": ["/std:c11", "/utf-8"] }]
      ]
    }
  ]
}
