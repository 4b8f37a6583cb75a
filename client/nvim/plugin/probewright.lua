--- Lens commands that the server leaves to the client, and the commands for people.
if vim.g.loaded_probewright then
  return
end
vim.g.loaded_probewright = true

vim.lsp.commands['probewright.runProbe'] = function(command)
  require('probewright.runs').start(command.arguments[1], command.arguments[2])
end
vim.lsp.commands['probewright.runScript'] = function(command)
  require('probewright.runs').start(command.arguments[1])
end

vim.api.nvim_create_user_command('ProbewrightRun', function()
  require('probewright.runs').start(vim.uri_from_bufnr(0))
end, { desc = 'Run this script' })

vim.api.nvim_create_user_command('ProbewrightStop', function()
  for run in pairs(require('probewright.runs').buffers()) do
    require('probewright.runs').stop(run)
  end
end, { desc = 'Stop all runs' })
