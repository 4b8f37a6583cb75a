; Generated from grammar/queries/injections.scm by npm run generate.

((line_comment) @injection.content
  (#set! injection.language "comment"))
((block_comment) @injection.content
  (#set! injection.language "comment"))
((preproc_text) @injection.content
  (#set! injection.language "c"))
