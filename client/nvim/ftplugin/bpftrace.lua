--- What holds in buffers with bpftrace scripts.
vim.bo.commentstring = '// %s'
vim.bo.comments = 's1:/*,mb:*,ex:*/,://'
vim.bo.expandtab = true
vim.bo.shiftwidth = 2
vim.bo.softtabstop = 2

-- Colours by the grammar when its parser is there (:ProbewrightInstallParser); by Neovim's own syntax file otherwise.
if vim.treesitter.language.add('bpftrace') then
  pcall(vim.treesitter.start)
end

local function command(name, action, options)
  vim.api.nvim_buf_create_user_command(0, name, action, options)
end
local function runs() return require('probewright.runs') end

command('ProbewrightRun', function(given)
  runs().start({ uri = vim.uri_from_bufnr(0), parameters = given.fargs })
end, { nargs = '*', desc = 'Run this script; the arguments are its parameters' })
command('ProbewrightRunProbe', function(given)
  runs().start_probe_at_cursor(given.fargs)
end, { nargs = '*', desc = 'Run the probe at the cursor' })
command('ProbewrightTest', function()
  runs().start({ uri = vim.uri_from_bufnr(0), mode = 'test' })
end, { desc = "Run this script's test: probes" })
command('ProbewrightView', function(given)
  require('probewright.views').open(given.args)
end, {
  nargs = 1,
  complete = function(start) return require('probewright.views').complete(start) end,
  desc = 'Show what the compiler makes of this script',
})

vim.b.undo_ftplugin = (vim.b.undo_ftplugin and vim.b.undo_ftplugin .. ' | ' or '')
  .. 'setlocal commentstring< comments< expandtab< shiftwidth< softtabstop<'
  .. ' | silent! delcommand -buffer ProbewrightRun | silent! delcommand -buffer ProbewrightRunProbe'
  .. ' | silent! delcommand -buffer ProbewrightTest | silent! delcommand -buffer ProbewrightView'
  .. ' | lua vim.treesitter.stop()'
