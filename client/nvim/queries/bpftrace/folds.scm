; Generated from grammar/queries/folds.scm by npm run generate.

; What can be folded.

[
  (block)
  (block_comment)
  (config_block)
  (c_field_list)
  (c_enumerator_list)
  (arguments)
  (record_expression)
  (tuple_expression)
] @fold

(preproc_include)+ @fold
(import_declaration)+ @fold
(line_comment)+ @fold
(probe) @fold
