--- Language server configuration, for `vim.lsp.enable('probewright')` (Neovim 0.11 and newer).

--- Whether there may be a script in a buffer of another language: as an argument of a command, or in a fenced block.
local function mentions_scripts(buffer)
  for _, line in ipairs(vim.api.nvim_buf_get_lines(buffer, 0, -1, false)) do
    if line:find('bpftrace', 1, true) or line:find('probewright', 1, true) then
      return true
    end
  end
  return false
end

return {
  cmd = { vim.g.probewright_server or 'probewright', 'lsp', '--stdio' },
  filetypes = { 'bpftrace', 'sh', 'bash', 'zsh', 'markdown' },
  root_dir = function(buffer, start)
    -- Documents of the server are not scripts, whatever they are named after.
    if vim.startswith(vim.api.nvim_buf_get_name(buffer), 'probewright') then
      return
    end
    if vim.bo[buffer].filetype == 'bpftrace' or mentions_scripts(buffer) then
      start(vim.fs.root(buffer, '.git'))
    end
  end,
  settings = { probewright = vim.g.probewright_settings or vim.empty_dict() },
  handlers = {
    ['probewright/run/output'] = function(_, params) require('probewright.runs').write(params) end,
    ['probewright/run/ended'] = function(_, params) require('probewright.runs').finish(params) end,
    ['probewright/view/changed'] = function(_, params) require('probewright.views').refresh(params.uri) end,
    -- Events are for displays that draw them; what they say comes as text too.
    ['probewright/run/events'] = function() end,
    ['probewright/run/started'] = function() end,
    ['probewright/status'] = function() end,
  },
  -- Lenses and code actions name commands of the server; these answer in windows.
  commands = {
    ['probewright.run'] = function(command) require('probewright.runs').start(command.arguments[1]) end,
    ['probewright.view'] = function(command) require('probewright.views').request(command.arguments[1]) end,
  },
}
