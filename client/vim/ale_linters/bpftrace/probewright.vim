" The language server for ALE (https://github.com/dense-analysis/ale).

call ale#Set('bpftrace_probewright_executable', 'probewright')

function! ProbewrightProjectRoot(buffer) abort
  let l:git = ale#path#FindNearestDirectory(a:buffer, '.git')
  return empty(l:git) ? fnamemodify(bufname(a:buffer), ':p:h') : fnamemodify(l:git, ':h:h')
endfunction

call ale#linter#Define('bpftrace', {
\   'name': 'probewright',
\   'lsp': 'stdio',
\   'executable': {b -> ale#Var(b, 'bpftrace_probewright_executable')},
\   'command': '%e lsp --stdio',
\   'project_root': function('ProbewrightProjectRoot'),
\})
