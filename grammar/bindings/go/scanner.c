/* A file of its own, because cgo compiles the comment in binding.go by itself. */
#include "../../src/scanner.c"
