; Generated from grammar/queries/indents.scm by npm run generate.

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
] @indent
[
  "}"
  ")"
  "]"
] @outdent
(ERROR "{" @indent)
