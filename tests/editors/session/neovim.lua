--- The session of played.ts in Neovim, by the commands that a user has. Environment: SETUP (words of the README), SCRIPT.
local WAIT_MS = 60000

local function wait(what, condition)
  local met = vim.wait(WAIT_MS, function()
    vim.cmd('redraw!')
    return condition()
  end, 50)
  if not met then
    io.stderr:write('waited in vain for ' .. what .. '\n' .. vim.fn.execute('messages') .. '\n')
    os.exit(1)
  end
end

local function lines() return vim.api.nvim_buf_get_lines(0, 0, -1, false) end
local function has(text) return table.concat(lines(), '\n'):find(text, 1, true) ~= nil end

vim.cmd('runtime! plugin/probewright.lua ftdetect/bpftrace.lua')
vim.cmd('filetype plugin on')
vim.o.swapfile = false
vim.ui.select = function(items, _, choose) choose(items[1], 1) end

vim.cmd.edit(vim.env.SCRIPT)
wait('a diagnostic', function() return #vim.diagnostic.get(0) > 0 end)
vim.api.nvim_win_set_cursor(0, { 4, 18 })
vim.lsp.buf.code_action({ context = { only = { 'quickfix' } }, apply = true })
wait('the fix', function() return has('twice(pid)') end)
wait('no diagnostic', function() return #vim.diagnostic.get(0) == 0 end)

local floats = #vim.api.nvim_list_wins()
vim.lsp.buf.hover()
wait('hover', function() return #vim.api.nvim_list_wins() > floats end)
vim.cmd('only!')

vim.api.nvim_win_set_cursor(0, { 4, 12 })
vim.lsp.buf.definition()
wait('definition', function() return vim.api.nvim_win_get_cursor(0)[1] == 1 end)

vim.api.nvim_win_set_cursor(0, { 5, 9 })
vim.lsp.buf.references()
wait('references', function() return #vim.fn.getqflist() > 1 end)
vim.cmd('cclose')

-- What CTRL-X CTRL-O asks for; insert mode would end a Neovim whose input has ended.
local client = vim.lsp.get_clients()[1]
vim.api.nvim_buf_set_lines(0, 5, 5, false, { '  print(nse' })
vim.api.nvim_win_set_cursor(0, { 6, 10 })
local place = vim.lsp.util.make_position_params(0, client.offset_encoding)
place.position.character = 11
-- By its number: asked about buffer 0, Neovim does not send the server what was typed first.
local answer = client:request_sync('textDocument/completion', place, WAIT_MS, vim.api.nvim_get_current_buf())
wait('completion', function() return answer ~= nil and answer.result ~= nil end)
vim.api.nvim_buf_set_lines(0, 5, 6, false, {})

vim.api.nvim_win_set_cursor(0, { 5, 9 })
vim.lsp.buf.rename('total')
wait('rename', function() return has('$total = ') and has('print($total)') end)

vim.lsp.buf.format({ timeout_ms = WAIT_MS })
vim.cmd('write')

client:stop()
wait('the server to leave', function() return client.rpc.is_closing() end)
os.exit(0)
