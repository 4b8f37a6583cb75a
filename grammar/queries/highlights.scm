; Colours. General patterns first: a later one wins where two match the same node.

(line_comment) @comment
(block_comment) @comment
(shebang) @keyword.directive

; Names

(identifier) @variable
(variable) @variable
(map) @variable.member
(builtin) @variable.builtin
(positional_parameter) @variable.parameter
(parameter_count) @variable.parameter
(field_identifier) @property
(parameter name: (variable) @variable.parameter)
(macro_parameters [(identifier) (variable) (map)] @variable.parameter)

((identifier) @constant
  (#match? @constant "^[A-Z][A-Z0-9_]+$"))

(call_expression function: (identifier) @function.call)
(call_expression function: (builtin) @function.builtin)

; <builtins> generated from the table of builtins
(call_expression
  function: (identifier) @_function
  arguments: (arguments (string_literal (conversion) @string.special.format))
  (#any-of? @_function
    "assert" "cat" "debugf" "errorf" "fail" "printf" "static_assert" "strftime" "system" "time"
    "warnf"))
((identifier) @variable.builtin
  (#any-of? @variable.builtin
    "arch" "args" "assert" "avg" "bswap" "buf" "cat" "cgroup" "cgroup_path" "cgroupid" "clear"
    "comm" "config" "container_of" "count" "cpid" "cpu" "ctx" "curtask" "debugf" "delete"
    "dw_ustack" "elapsed" "elf_is_exe" "errorf" "exit" "fail" "find" "func" "getopt" "gid"
    "has_cpid" "has_key" "hist" "is_array" "is_err" "is_integer" "is_literal" "is_ptr" "is_scalar"
    "is_str" "is_unsigned_integer" "jiffies" "join" "kaddr" "kfunc_allowed" "kfunc_exist" "kptr"
    "kstack" "ksym" "leader_comm" "leader_tid" "len" "lhist" "macaddr" "max" "min" "ncpus" "nsecs"
    "ntop" "numaid" "override" "path" "pcomm" "percpu_kaddr" "pid" "ppid" "print" "printf" "probe"
    "probetype" "pton" "rand" "reg" "retval" "safe_mode" "signal" "signal_name" "signal_num"
    "signal_thread" "skboutput" "socket_cookie" "static_assert" "stats" "str" "str_concat" "strcap"
    "strcontains" "strerror" "strftime" "strlen" "strncmp" "strstr" "sum" "syscall_name" "system"
    "tid" "time" "tseries" "uaddr" "uid" "unwatch" "uptr" "usermode" "username" "ustack" "usym"
    "warnf" "write_user" "zero"))
(call_expression
  function: (identifier) @function.builtin
  (#any-of? @function.builtin
    "arch" "args" "assert" "avg" "bswap" "buf" "cat" "cgroup" "cgroup_path" "cgroupid" "clear"
    "comm" "config" "container_of" "count" "cpid" "cpu" "ctx" "curtask" "debugf" "delete"
    "dw_ustack" "elapsed" "elf_is_exe" "errorf" "exit" "fail" "find" "func" "getopt" "gid"
    "has_cpid" "has_key" "hist" "is_array" "is_err" "is_integer" "is_literal" "is_ptr" "is_scalar"
    "is_str" "is_unsigned_integer" "jiffies" "join" "kaddr" "kfunc_allowed" "kfunc_exist" "kptr"
    "kstack" "ksym" "leader_comm" "leader_tid" "len" "lhist" "macaddr" "max" "min" "ncpus" "nsecs"
    "ntop" "numaid" "override" "path" "pcomm" "percpu_kaddr" "pid" "ppid" "print" "printf" "probe"
    "probetype" "pton" "rand" "reg" "retval" "safe_mode" "signal" "signal_name" "signal_num"
    "signal_thread" "skboutput" "socket_cookie" "static_assert" "stats" "str" "str_concat" "strcap"
    "strcontains" "strerror" "strftime" "strlen" "strncmp" "strstr" "sum" "syscall_name" "system"
    "tid" "time" "tseries" "uaddr" "uid" "unwatch" "uptr" "usermode" "username" "ustack" "usym"
    "warnf" "write_user" "zero"))
; </builtins>

(macro_definition name: (identifier) @function.macro)
(function_definition name: (identifier) @function)
(config_assignment name: (identifier) @property)
(config_assignment value: (identifier) @constant)
(map_declaration kind: (identifier) @type.builtin)

; Types

(type_identifier) @type
((type_identifier) @type.builtin
  (#any-of? @type.builtin
    "avg_t" "bool" "buffer" "cgroup_path_t" "count_t" "inet" "int16" "int32" "int64" "int8" "macaddr_t"
    "max_t" "min_t" "stats_t" "string" "sum_t" "timestamp" "uavg_t" "uint16" "uint32" "uint64" "uint8"
    "umax_t" "umin_t" "username_t" "ustats_t" "usum_t" "void"))
(c_primitive_type) @type.builtin

; Literals

(string_literal) @string
(escape_sequence) @string.escape
(system_path) @string
(integer_literal) @number
(boolean_literal) @boolean
(c_character_literal) @character

; Attach points

(provider) @type.builtin
(attach_point label: (identifier) @label)
(attach_text) @string.special
(quoted_text) @string.special
(attach_number) @number
(wildcard) @character.special
(character_class) @character.special
(attach_point function: (attach_part (attach_text) @function))
(attach_point event: (attach_part (attach_text) @function))
(attach_point module: (attach_part (attach_text) @module))
(attach_point category: (attach_part (attach_text) @module))
(attach_point unit: (attach_part (attach_text) @constant))
(attach_point [":" "@" "+"] @punctuation.delimiter)

; Preprocessor and C

(preproc_define name: (identifier) @constant.macro)
(preproc_text) @none
["#define" "#include"] @keyword.directive
(directive_name) @keyword.directive
(c_enumerator name: (identifier) @constant)
(c_macro_call name: (identifier) @function.macro)
(c_call_expression function: (identifier) @function.call)
(c_attribute name: (identifier) @attribute)
(c_qualifier) @keyword.modifier
["__attribute__" "__attribute"] @attribute

; Words

["if" "else"] @keyword.conditional
["for" "while" "unroll"] @keyword.repeat
(break_statement "break" @keyword.repeat)
(continue_statement "continue" @keyword.repeat)
"return" @keyword.return
"import" @keyword.import
["fn" "macro"] @keyword.function
["struct" "union" "enum" "typedef"] @keyword.type
["let" "config" "comptime"] @keyword
["sizeof" "offsetof" "typeof" "typeinfo" "__typeof__"] @keyword.operator

; Operators and punctuation

[
  "=" "+=" "-=" "*=" "/=" "%=" "&=" "|=" "^=" "<<=" ">>="
  "+" "-" "*" "%" "&" "|" "^" "~" "!" "&&" "||"
  "==" "!=" "<" "<=" ">" ">=" "<<" ">>" "++" "--" "->" ".."
] @operator
(binary_expression "/" @operator)
(c_binary_expression "/" @operator)
(conditional_expression ["?" ":"] @keyword.conditional.ternary)
(predicate "/" @punctuation.bracket)
["(" ")" "[" "]" "{" "}"] @punctuation.bracket
["," ";" "."] @punctuation.delimiter
