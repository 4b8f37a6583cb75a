; Generated from grammar/queries/tags.scm by npm run generate.

(probe
  attach_point: (attach_point) @name) @definition.function
(function_definition
  name: (identifier) @name) @definition.function
(macro_definition
  name: (identifier) @name) @definition.macro
(map_declaration
  map: (map) @name) @definition.constant
(preproc_define
  name: (identifier) @name) @definition.macro
(c_struct
  name: (type_identifier) @name
  body: (_)) @definition.class
(c_union
  name: (type_identifier) @name
  body: (_)) @definition.class
(c_enum
  name: (type_identifier) @name
  body: (_)) @definition.class
(c_typedef
  declarator: (field_identifier) @name) @definition.type
(call_expression
  function: (identifier) @name) @reference.call
(tagged_type
  name: (type_identifier) @name) @reference.class
