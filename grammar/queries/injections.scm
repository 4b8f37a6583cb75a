; Other languages inside scripts.

((line_comment) @injection.content
  (#set! injection.language "comment"))

((block_comment) @injection.content
  (#set! injection.language "comment"))

; What a macro of the C preprocessor stands for is C; `#if` conditions are too.
((preproc_text) @injection.content
  (#set! injection.language "c"))

; Formats.
((call_expression
  function: (identifier) @_function
  arguments: (arguments
    .
    (string_literal
      (string_content) @injection.content)))
  (#any-of? @_function "printf" "errorf" "warnf" "debugf" "cat" "system")
  (#set! injection.language "printf"))
