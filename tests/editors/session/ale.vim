" The session of played.ts in Vim with ALE, by the commands that a user has. Environment: SETUP (words of the README), SCRIPT, REPORT.
set nocompatible nomore noswapfile
set runtimepath+=/usr/share/vim-ale
execute 'source ' . $SETUP
filetype plugin on
runtime! plugin/ale.vim
runtime! ftdetect/*.vim
let g:ale_hover_to_preview = 1
let g:ale_lint_delay = 0

function! s:Wait(what, condition) abort
  for l:round in range(1200)
    if a:condition() | return | endif
    sleep 50m
  endfor
  throw 'waited in vain for ' . a:what
endfunction

" What a person would type when asked.
runtime autoload/ale/util.vim
function! ale#util#Input(message, ...) abort
  return a:message =~# 'Code Fixes' ? '1' : 'total'
endfunction

function! s:Preview() abort
  return filter(range(1, winnr('$')), {_, number -> getwinvar(number, '&previewwindow')})
endfunction

function! s:Session() abort
  execute 'edit ' . fnameescape($SCRIPT)
  ALELint
  call s:Wait('a diagnostic', {-> !empty(ale#engine#GetLoclist(bufnr('')))})
  call cursor(4, 19)
  ALECodeAction
  call s:Wait('the fix', {-> getline(4) =~# 'twice(pid)'})
  ALELint
  call s:Wait('no diagnostic', {-> empty(ale#engine#GetLoclist(bufnr('')))})

  call cursor(4, 19)
  ALEHover
  call s:Wait('hover', {-> !empty(s:Preview())})
  pclose

  call cursor(4, 13)
  ALEGoToDefinition
  call s:Wait('definition', {-> line('.') == 1})

  call cursor(5, 10)
  ALEFindReferences -quickfix
  call s:Wait('references', {-> len(getqflist()) == 2})
  cclose

  call append(5, '  print(nse')
  call cursor(6, 12)
  " As while typing: in insert mode, the cursor behind the line's last character.
  function! ale#util#Mode(...) abort
    return 'i'
  endfunction
  let s:words = []
  call ale#completion#GetCompletions('ale-callback', {
  \   'line': 6,
  \   'column': 12,
  \   'callback': {items -> extend(s:words, map(copy(items), 'v:val.word'))},
  \})
  call s:Wait('completion', {-> index(s:words, 'nsecs') >= 0})
  function! ale#util#Mode(...) abort
    return call('mode', a:000)
  endfunction
  6delete

  call cursor(5, 10)
  ALERename
  call s:Wait('rename', {-> getline(5) ==# '  print($total);' && getline(4) =~# '\$total = '})
  write
endfunction

let s:problem = ''
try
  call s:Session()
catch
  let s:problem = v:exception . ' at ' . v:throwpoint
endtry
call writefile([s:problem, ''] + getline(1, '$'), $REPORT)
ALEStopAllLSPs
" Vim's own status tells of any message on the way, also of those that its scripts meant to hide.
qall!
