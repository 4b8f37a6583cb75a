" Vim knows *.bt since 9.1.1957; older ones learn it here.
autocmd BufNewFile,BufRead *.bt setfiletype bpftrace
autocmd BufNewFile,BufRead * if getline(1) =~# '^#!.*\<\(bpftrace\|probewright\)\>' | setfiletype bpftrace | endif
