--- What the plugin adds to every session: commands, lenses that keep themselves fresh, and documents of the server.
if vim.g.loaded_probewright then
  return
end
vim.g.loaded_probewright = true

-- A fenced block of Markdown may be named after the ending of scripts.
vim.treesitter.language.register('bpftrace', { 'bpftrace', 'bt' })

local group = vim.api.nvim_create_augroup('probewright', {})

vim.api.nvim_create_user_command('ProbewrightStop', function()
  require('probewright.runs').stop_all()
end, { desc = 'Stop all runs' })
vim.api.nvim_create_user_command('ProbewrightStatus', function()
  require('probewright.status').show()
end, { desc = 'Show the kernel whose facts are in use, and what is lacking' })
vim.api.nvim_create_user_command('ProbewrightKernels', function(given)
  require('probewright.status').select_kernels(given.fargs)
end, { nargs = '+', complete = 'file', desc = 'Check scripts for these kernels: live, default, or profiles' })
vim.api.nvim_create_user_command('ProbewrightCapture', function(given)
  require('probewright.status').capture(given.fargs[1])
end, { nargs = '?', complete = 'file', desc = 'Keep what this kernel knows in a profile' })
vim.api.nvim_create_user_command('ProbewrightInstallParser', function()
  require('probewright.parser').install()
end, { desc = 'Build the tree-sitter parser' })

vim.api.nvim_create_autocmd('BufReadCmd', {
  group = group,
  pattern = 'probewright:*',
  desc = 'Fill a document that only the language server has',
  callback = function(event) require('probewright.views').read(event.buf, event.match) end,
})

--- The server lays out scripts, not files that hold some: `gq` stays what it is there without a server.
local function leave_formatting(buffer)
  local others = vim.iter(vim.lsp.get_clients({ bufnr = buffer, method = 'textDocument/rangeFormatting' }))
  if not others:any(function(client) return client.name ~= 'probewright' end) then
    vim.bo[buffer].formatexpr = ''
  end
end

vim.api.nvim_create_autocmd('LspAttach', {
  group = group,
  desc = 'Show the lenses of scripts; leave other files their manners',
  callback = function(event)
    local client = vim.lsp.get_client_by_id(event.data.client_id)
    if not client or client.name ~= 'probewright' then
      return
    end
    if vim.bo[event.buf].filetype ~= 'bpftrace' then
      leave_formatting(event.buf)
      return
    end
    if vim.g.probewright_lenses == false then
      return
    end
    if vim.lsp.codelens.enable then
      vim.lsp.codelens.enable(true, { bufnr = event.buf })
      return
    end
    -- Neovim 0.11 leaves it to plugins to keep lenses fresh.
    vim.api.nvim_create_autocmd({ 'BufEnter', 'TextChanged', 'InsertLeave' }, {
      group = group,
      buffer = event.buf,
      callback = function() vim.lsp.codelens.refresh({ bufnr = event.buf }) end,
    })
    vim.lsp.codelens.refresh({ bufnr = event.buf })
  end,
})
