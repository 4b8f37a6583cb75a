" Colours of bpftrace scripts, for Vim older than 9.1.1957, which has none of its own.
if exists('b:current_syntax')
  finish
endif

syntax keyword bpftraceTodo contained TODO FIXME XXX
syntax region bpftraceComment start='//' end='$' contains=bpftraceTodo,@Spell
syntax region bpftraceComment start='/\*' end='\*/' contains=bpftraceTodo,@Spell
syntax region bpftraceString start='"' skip='\\.' end='"' oneline contains=bpftraceEscape,bpftraceConversion
syntax match bpftraceEscape contained '\\\([0-7]\{1,3}\|[xX]\x\{1,2}\|.\)'
syntax match bpftraceConversion contained '%[-+ #]*[0-9.*]*\(hh\=\|ll\=\|[jzt]\)\=\(r[xh]\|[[:alpha:]%]\)'
syntax match bpftraceNumber '\<\(0[xX][[:xdigit:]_]\+\|\d[[:alnum:]_]*\)\>'
syntax match bpftraceVariable '\$\h\w*'
syntax match bpftraceParameter '\$\(\d\+\|#\)'
syntax match bpftraceMap '@\h\w*\|@'
syntax match bpftraceDirective '^\s*#.*$'
syntax match bpftraceAttachPoint '^\(\w\+=\)\=\h\w*:\S\+'
syntax match bpftraceAttachPoint '^\c\(begin\|end\)\>'
syntax keyword bpftraceConditional if else
syntax keyword bpftraceRepeat for while unroll break continue
syntax keyword bpftraceStatement return import macro fn let config comptime
syntax keyword bpftraceOperator sizeof offsetof typeof typeinfo
syntax keyword bpftraceType struct union enum bool void string buffer inet timestamp
syntax keyword bpftraceType int8 int16 int32 int64 uint8 uint16 uint32 uint64
syntax keyword bpftraceBoolean true false
"; <builtins> generated from the table of builtins
syntax keyword bpftraceBuiltin
  \ arch args assert avg bswap buf cat cgroup cgroup_path cgroupid clear
  \ comm config container_of count cpid cpu ctx curtask debugf delete
  \ dw_ustack elapsed elf_is_exe errorf exit fail find func getopt gid
  \ has_cpid has_key hist is_array is_err is_integer is_literal is_ptr is_scalar
  \ is_str is_unsigned_integer jiffies join kaddr kfunc_allowed kfunc_exist kptr
  \ kstack ksym leader_comm leader_tid len lhist macaddr max min ncpus nsecs
  \ ntop numaid override path pcomm percpu_kaddr pid ppid print printf probe
  \ probetype pton rand reg retval safe_mode signal signal_name signal_num
  \ signal_thread skboutput socket_cookie static_assert stats str str_concat strcap
  \ strcontains strerror strftime strlen strncmp strstr sum syscall_name system
  \ tid time tseries uaddr uid unwatch uptr usermode username ustack usym
  \ warnf write_user zero
"; </builtins>

highlight default link bpftraceTodo Todo
highlight default link bpftraceComment Comment
highlight default link bpftraceString String
highlight default link bpftraceEscape SpecialChar
highlight default link bpftraceConversion SpecialChar
highlight default link bpftraceNumber Number
highlight default link bpftraceVariable Identifier
highlight default link bpftraceParameter Constant
highlight default link bpftraceMap Identifier
highlight default link bpftraceDirective PreProc
highlight default link bpftraceAttachPoint Label
highlight default link bpftraceConditional Conditional
highlight default link bpftraceRepeat Repeat
highlight default link bpftraceStatement Statement
highlight default link bpftraceOperator Operator
highlight default link bpftraceType Type
highlight default link bpftraceBoolean Boolean
highlight default link bpftraceBuiltin Function

let b:current_syntax = 'bpftrace'
