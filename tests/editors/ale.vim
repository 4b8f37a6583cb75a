" A session of Vim with ALE: diagnostics, hover, completion and definition. Prints TAP through the file $REPORT.
set nocompatible nomore noswapfile
set runtimepath^=/usr/share/vim-ale
filetype plugin on
source $SETUP
source /usr/share/vim-ale/plugin/ale.vim
runtime! ftdetect/*.vim plugin/probewright.vim
let g:ale_lint_on_enter = 1
let g:ale_lint_delay = 0
let g:ale_hover_to_preview = 1
let g:ale_completion_enabled = 0


let s:lines = []

function! s:Check(what, ok) abort
  call add(s:lines, (a:ok ? 'ok - ' : 'not ok - ') . a:what)
endfunction

" Waits until a condition holds, some seconds at most.
function! s:Wait(condition) abort
  for l:round in range(200)
    if eval(a:condition) | return 1 | endif
    sleep 50m
  endfor
  return 0
endfunction

execute 'edit ' . fnameescape($FOLDER . '/script.bt')
call ale#Queue(0)
call s:Check('a mistake is marked', s:Wait('len(ale#engine#GetLoclist(bufnr(""))) == 1'))
let s:marks = ale#engine#GetLoclist(bufnr(''))
call s:Check('at its place, with its code', len(s:marks) == 1 && s:marks[0].lnum == 3 && s:marks[0].col == 9 && s:marks[0].code =~# '^PW')

call setline(3, '  print(pid);')
call ale#Queue(0)
call s:Check('mending it clears the mark', s:Wait('empty(ale#engine#GetLoclist(bufnr("")))'))

call cursor(3, 10)
ALEHover
call s:Check('hover tells what pid is', s:Wait('len(filter(range(1, bufnr("$")), {_, b -> getbufvar(b, "&filetype") =~# "ale-preview" && join(getbufline(b, 1, "$")) =~? "process"})) > 0'))

pclose!
execute "buffer " . bufnr("script.bt")
call cursor(5, 13)
ALEGoToDefinition
call s:Check('definition goes to the macro', s:Wait('line(".") == 1'))

call add(s:lines, '1..5')
call writefile(s:lines, $REPORT)
qall!
