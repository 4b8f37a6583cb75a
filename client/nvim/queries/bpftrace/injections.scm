; Generated from grammar/queries/injections.scm by npm run generate.

; Other languages inside scripts.

((line_comment) @injection.content
  (#set! injection.language "comment"))

((block_comment) @injection.content
  (#set! injection.language "comment"))

; What a macro of the C preprocessor stands for is C; `#if` conditions are too.
((preproc_text) @injection.content
  (#set! injection.language "c"))
