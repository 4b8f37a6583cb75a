"""Builds the extension that hands the language over."""

from setuptools import Extension, setup

setup(
    packages=["tree_sitter_bpftrace", "tree_sitter_bpftrace.queries"],
    package_dir={
        "tree_sitter_bpftrace": "bindings/python/tree_sitter_bpftrace",
        "tree_sitter_bpftrace.queries": "queries",
    },
    package_data={"tree_sitter_bpftrace": ["*.pyi", "py.typed"], "tree_sitter_bpftrace.queries": ["*.scm"]},
    ext_modules=[
        Extension(
            "tree_sitter_bpftrace._binding",
            ["bindings/python/tree_sitter_bpftrace/binding.c", "src/parser.c", "src/scanner.c"],
            include_dirs=["src"],
            define_macros=[("Py_LIMITED_API", "0x030A0000"), ("TREE_SITTER_HIDE_SYMBOLS", None)],
            extra_compile_args=["-std=c11"],
            py_limited_api=True,
        )
    ],
    options={"bdist_wheel": {"py_limited_api": "cp310"}},
)
