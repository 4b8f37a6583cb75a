; extends

; bpftrace -e 'script'
((command
  argument: (word) @_flag
  .
  argument: (raw_string) @injection.content) @_command
  (#lua-match? @_flag "^%-%a*e$")
  (#lua-match? @_command "^[%w/%s_-]*bpftrace%s")
  (#offset! @injection.content 0 1 0 -1)
  (#set! injection.language "bpftrace")
  (#set! injection.include-children))

; probewright run -e 'script'
((command
  argument: (word) @_flag
  .
  argument: (raw_string) @injection.content) @_command
  (#lua-match? @_flag "^%-%a*e$")
  (#lua-match? @_command "^[%w/%s_-]*probewright%s")
  (#offset! @injection.content 0 1 0 -1)
  (#set! injection.language "bpftrace")
  (#set! injection.include-children))
