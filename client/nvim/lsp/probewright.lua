--- Language server configuration, for `vim.lsp.enable('probewright')` (Neovim 0.11 and newer).
return {
  cmd = { vim.g.probewright_server or 'probewright', 'lsp', '--stdio' },
  filetypes = { 'bpftrace' },
  root_markers = { '.git' },
  handlers = {
    ['probewright/run/output'] = function(_, params)
      require('probewright.runs').write(params)
    end,
    ['probewright/run/ended'] = function(_, params)
      require('probewright.runs').finish(params)
    end,
  },
}
