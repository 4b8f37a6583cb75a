" Drives real Vim with ALE through a session. Prints TAP; the exit status is the number of failures.
" Environment: SETUP (a file with the lines of the README), FOLDER (an empty folder for scripts).

set nocompatible
let s:failures = 0
let s:said = []

function! s:Check(condition, what) abort
  call add(s:said, (a:condition ? 'ok - ' : 'not ok - ') . a:what)
  let s:failures += a:condition ? 0 : 1
endfunction

function! s:Wait(what, condition) abort
  let l:end = reltimefloat(reltime()) + 60
  while !a:condition() && reltimefloat(reltime()) < l:end
    sleep 50m
  endwhile
  call s:Check(a:condition(), a:what)
endfunction

" Where Debian's package vim-ale has it.
set runtimepath+=/usr/share/vim-ale
execute 'source ' . $SETUP
filetype plugin on
runtime! plugin/ale.vim
runtime! ftdetect/bpftrace.vim
let g:ale_hover_to_preview = 1

function! s:Open(name, lines) abort
  let l:path = $FOLDER . '/' . a:name
  call writefile(a:lines, l:path)
  execute 'edit! ' . l:path
endfunction

function! s:Problems() abort
  return ale#engine#GetLoclist(bufnr(''))
endfunction

function! s:Session() abort
  call s:Open('wrong.bt', ['begin', '{', '  $count = 1;', '  $count = "x";', '  print($count);', '}'])
  call s:Check(&filetype ==# 'bpftrace', 'the filetype of a .bt file')
  ALELint
  call s:Wait('a diagnostic comes', {-> !empty(s:Problems())})
  let l:found = get(s:Problems(), 0, {})
  call s:Check(get(l:found, 'lnum') == 4, 'on line 4')
  call s:Check(get(l:found, 'code', '') =~# '^PW\d\+$', 'with its code')
  call setline(4, '  $count = 2;')
  doautocmd TextChanged
  ALELint
  call s:Wait('it goes once the mistake is mended', {-> empty(s:Problems())})

  call cursor(5, 10)
  " What a person would type when asked for the new name.
  runtime autoload/ale/util.vim
  function! ale#util#Input(...) abort
    return 'total'
  endfunction
  ALERename
  call s:Wait('rename changes every use', {-> getline(5) ==# '  print($total);' && getline(3) ==# '  $total = 1;'})

  call setline(5, '  print(pid);')
  write
  call cursor(5, 10)
  ALEHover
  call s:Wait('hover tells about a builtin', {-> s:Preview() =~? 'process'})
  pclose

  call setline(5, '  print(nse')
  " As while typing: in insert mode, the cursor behind the line's last character.
  function! ale#util#Mode(...) abort
    return 'i'
  endfunction
  let s:words = []
  call ale#completion#GetCompletions('ale-callback', {
  \   'line': 5,
  \   'column': 12,
  \   'callback': {items -> extend(s:words, map(copy(items), 'v:val.word'))},
  \})
  call s:Wait('completion offers nsecs', {-> index(s:words, 'nsecs') >= 0})
endfunction

function! s:Preview() abort
  for l:number in range(1, winnr('$'))
    if getwinvar(l:number, '&previewwindow')
      return join(getbufline(winbufnr(l:number), 1, '$'), "\n")
    endif
  endfor
  return ''
endfunction

try
  call s:Session()
catch
  call s:Check(0, v:exception . ' at ' . v:throwpoint)
endtry
" Of all commands, `:print` is heard in silent mode.
enew!
call setline(1, s:said)
%print
ALEStopAllLSPs
execute s:failures . 'cquit'
