; Generated from grammar/queries/textobjects.scm by npm run generate.

; Text objects.

(probe
  body: (block) @function.inner) @function.outer

(function_definition
  body: (block) @function.inner) @function.outer

(macro_definition
  body: (block) @function.inner) @function.outer

[
  (c_struct)
  (c_union)
  (c_enum)
] @class.outer

(c_field_list) @class.inner
(c_enumerator_list) @class.inner

(if_expression
  consequence: (block) @conditional.inner) @conditional.outer

[
  (for_statement
    body: (block) @loop.inner)
  (while_statement
    body: (block) @loop.inner)
  (unroll_statement
    body: (block) @loop.inner)
] @loop.outer

(block) @block.outer

(call_expression
  arguments: (arguments) @call.inner) @call.outer

(arguments
  (_) @parameter.inner)

(parameter) @parameter.inner
(macro_parameters (_) @parameter.inner)

(assignment_statement
  target: (_) @assignment.lhs
  value: (_) @assignment.rhs) @assignment.outer

(return_statement
  value: (_)? @return.inner) @return.outer

[
  (assignment_statement)
  (break_statement)
  (continue_statement)
  (discard_statement)
  (expression_statement)
  (for_statement)
  (import_statement)
  (let_statement)
  (return_statement)
  (unroll_statement)
  (while_statement)
] @statement.outer

[
  (line_comment)
  (block_comment)
] @comment.outer

(integer_literal) @number.inner
(attach_point) @attribute.outer
(predicate
  condition: (_) @attribute.inner) @attribute.outer
