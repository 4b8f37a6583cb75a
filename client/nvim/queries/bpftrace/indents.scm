; Generated from grammar/queries/indents.scm by npm run generate.

; Indentation.

[
  (block)
  (config_block)
  (c_field_list)
  (c_enumerator_list)
  (arguments)
  (parameters)
  (macro_parameters)
  (parenthesized_expression)
  (tuple_expression)
  (record_expression)
  (conditional_expression)
] @indent.begin

[
  "}"
  ")"
  "]"
] @indent.branch

(block "}" @indent.end)
(config_block "}" @indent.end)
(c_field_list "}" @indent.end)
(c_enumerator_list "}" @indent.end)
(arguments ")" @indent.end)

[
  (preproc_include)
  (preproc_define)
  (preproc_directive)
] @indent.zero

[
  (line_comment)
  (block_comment)
  (string_literal)
] @indent.ignore

(ERROR "{" @indent.begin)
