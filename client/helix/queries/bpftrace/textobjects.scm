; Generated from grammar/queries/textobjects.scm by npm run generate.

(probe
  body: (block) @function.inside) @function.around
(function_definition
  body: (block) @function.inside) @function.around
(macro_definition
  body: (block) @function.inside) @function.around
[
  (c_struct)
  (c_union)
  (c_enum)
] @class.around
(c_field_list) @class.inside
(c_enumerator_list) @class.inside
(arguments
  (_) @parameter.inside)
(parameter) @parameter.inside
(macro_parameters (_) @parameter.inside)
[
  (line_comment)
  (block_comment)
] @comment.around
