; Generated from grammar/queries/highlights.scm by npm run generate.

(line_comment) @comment
(block_comment) @comment
(shebang) @keyword.directive
(identifier) @variable
(variable) @variable
(map) @variable.other.member
(builtin) @variable.builtin
(positional_parameter) @variable.parameter
(parameter_count) @variable.parameter
(field_identifier) @variable.other.member
(parameter name: (variable) @variable.parameter)
(macro_parameters [(identifier) (variable) (map)] @variable.parameter)
((identifier) @constant
  (#match? @constant "^[A-Z][A-Z0-9_]+$"))
(call_expression function: (identifier) @function)
(call_expression function: (builtin) @function.builtin)
(call_expression
  function: (identifier) @_function
  arguments: (arguments (string_literal (conversion) @constant.character.escape))
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
(macro_definition name: (identifier) @function.macro)
(function_definition name: (identifier) @function)
(config_assignment name: (identifier) @variable.other.member)
(config_assignment value: (identifier) @constant)
(map_declaration kind: (identifier) @type.builtin)
(type_identifier) @type
((type_identifier) @type.builtin
  (#any-of? @type.builtin
    "avg_t" "bool" "buffer" "cgroup_path_t" "count_t" "inet" "int16" "int32" "int64" "int8" "macaddr_t"
    "max_t" "min_t" "stats_t" "string" "sum_t" "timestamp" "uavg_t" "uint16" "uint32" "uint64" "uint8"
    "umax_t" "umin_t" "username_t" "ustats_t" "usum_t" "void"))
(c_primitive_type) @type.builtin
(string_literal) @string
(escape_sequence) @constant.character.escape
(system_path) @string
(integer_literal) @constant.numeric
(boolean_literal) @constant.builtin.boolean
(c_character_literal) @constant.character
(provider) @type.builtin
(attach_point label: (identifier) @label)
(attach_text) @string.special
(quoted_text) @string.special
(attach_number) @constant.numeric
(wildcard) @constant.character
(character_class) @constant.character
(attach_point function: (attach_part (attach_text) @function))
(attach_point event: (attach_part (attach_text) @function))
(attach_point module: (attach_part (attach_text) @namespace))
(attach_point category: (attach_part (attach_text) @namespace))
(attach_point unit: (attach_part (attach_text) @constant))
(attach_point [":" "@" "+"] @punctuation.delimiter)
(preproc_define name: (identifier) @constant)
(preproc_text) @none
["#define" "#include"] @keyword.directive
(directive_name) @keyword.directive
(c_enumerator name: (identifier) @constant)
(c_macro_call name: (identifier) @function.macro)
(c_call_expression function: (identifier) @function)
(c_attribute name: (identifier) @attribute)
(c_qualifier) @keyword.storage.modifier
["__attribute__" "__attribute"] @attribute
["if" "else"] @keyword.control.conditional
["for" "while" "unroll"] @keyword.control.repeat
(break_statement "break" @keyword.control.repeat)
(continue_statement "continue" @keyword.control.repeat)
"return" @keyword.control.return
"import" @keyword.control.import
["fn" "macro"] @keyword.function
["struct" "union" "enum" "typedef"] @keyword.storage.type
["let" "config" "comptime"] @keyword
["sizeof" "offsetof" "typeof" "typeinfo" "__typeof__"] @keyword.operator
[
  "=" "+=" "-=" "*=" "/=" "%=" "&=" "|=" "^=" "<<=" ">>="
  "+" "-" "*" "%" "&" "|" "^" "~" "!" "&&" "||"
  "==" "!=" "<" "<=" ">" ">=" "<<" ">>" "++" "--" "->" ".."
] @operator
(binary_expression "/" @operator)
(c_binary_expression "/" @operator)
(conditional_expression ["?" ":"] @keyword.control.conditional)
(predicate "/" @punctuation.bracket)
["(" ")" "[" "]" "{" "}"] @punctuation.bracket
["," ";" "."] @punctuation.delimiter
