; Generated from grammar/queries/locals.scm by npm run generate.

; Scopes, what is defined in them, and what refers to it.

[
  (source_file)
  (probe)
  (function_definition)
  (macro_definition)
  (block)
  (for_statement)
] @local.scope

(let_statement
  variable: (variable) @local.definition.var)

(assignment_statement
  target: (variable) @local.definition.var)

(for_statement
  variable: (variable) @local.definition.var)

(parameter
  name: (variable) @local.definition.parameter)

(macro_parameters
  [
    (variable)
    (map)
    (identifier)
  ] @local.definition.parameter)

(function_definition
  name: (identifier) @local.definition.function
  (#set! definition.function.scope "parent"))

(macro_definition
  name: (identifier) @local.definition.macro
  (#set! definition.macro.scope "parent"))

(map_declaration
  map: (map) @local.definition.var)

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
  name: (identifier) @local.definition.enum)

(preproc_define
  name: (identifier) @local.definition.macro)

[
  (identifier)
  (variable)
  (map)
  (type_identifier)
] @local.reference
