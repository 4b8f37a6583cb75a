; Generated from grammar/queries/locals.scm by npm run generate.

[
  (source_file)
  (probe)
  (function_definition)
  (macro_definition)
  (block)
  (for_statement)
] @local.scope
(let_statement
  variable: (variable) @local.definition.variable)
(assignment_statement
  target: (variable) @local.definition.variable)
(for_statement
  variable: (variable) @local.definition.variable)
(parameter
  name: (variable) @local.definition.variable.parameter)
(macro_parameters
  [
    (variable)
    (map)
    (identifier)
  ] @local.definition.variable.parameter)
(function_definition
  name: (identifier) @local.definition.function)
(macro_definition
  name: (identifier) @local.definition.function.macro)
(map_declaration
  map: (map) @local.definition.variable)
(c_struct
  name: (type_identifier) @local.definition.type
  body: (_))
(c_union
  name: (type_identifier) @local.definition.type
  body: (_))
(c_enum
  name: (type_identifier) @local.definition.type
  body: (_))
(c_enumerator
  name: (identifier) @local.definition.constant)
(preproc_define
  name: (identifier) @local.definition.function.macro)
[
  (identifier)
  (variable)
  (map)
  (type_identifier)
] @local.reference
