; The outline of a script.

(probe
  attach_point: (attach_point) @name) @item

(function_definition
  "fn" @context
  name: (identifier) @name) @item

(macro_definition
  "macro" @context
  name: (identifier) @name) @item

(map_declaration
  "let" @context
  map: (map) @name) @item

(config_block
  "config" @name) @item

(c_struct
  "struct" @context
  name: (type_identifier) @name
  body: (_)) @item

(c_union
  "union" @context
  name: (type_identifier) @name
  body: (_)) @item

(c_enum
  "enum" @context
  name: (type_identifier) @name
  body: (_)) @item

(preproc_define
  "#define" @context
  name: (identifier) @name) @item
