--- Drives real Neovim: a mistake is marked, a lens runs a probe. Prints TAP; exit status is the number of failures.
--- Environment: PLUGIN (client/nvim), SERVER (the executable), FOLDER (an empty folder for scripts).
local failures = 0
local function ok(condition, what)
  print((condition and 'ok - ' or 'not ok - ') .. what)
  if not condition then
    failures = failures + 1
  end
end

vim.opt.runtimepath:prepend(vim.env.PLUGIN)
vim.g.probewright_server = vim.env.SERVER
vim.cmd('runtime! plugin/probewright.lua ftdetect/bpftrace.lua')
vim.cmd('filetype plugin on')
vim.lsp.enable('probewright')

local function write(name, lines)
  local path = vim.env.FOLDER .. '/' .. name
  vim.fn.writefile(lines, path)
  return path
end

local function attached()
  return vim.wait(20000, function() return #vim.lsp.get_clients({ bufnr = 0, name = 'probewright' }) > 0 end)
end

vim.cmd.edit(write('wrong.bt', { 'begin', '{', '  $a = 1;', '  $a = "x";', '  print($a);', '}' }))
ok(vim.bo.filetype == 'bpftrace', 'filetype of a .bt file')
ok(attached(), 'the server attaches')
ok(vim.wait(20000, function() return #vim.diagnostic.get(0) > 0 end), 'a diagnostic comes')
local found = vim.diagnostic.get(0)[1]
ok(found and found.lnum == 3 and found.col == 7, 'at the string on line 4')
ok(found and found.code and found.code:match('^PW%d+$') ~= nil, 'with its code')

vim.cmd.edit(write('right.bt', { 'interval:ms:10', '{', '  printf("tick %d\\n", 42);', '  exit();', '}' }))
ok(attached(), 'the server attaches to the second script')
vim.lsp.codelens.refresh({ bufnr = 0 })
local lenses = {}
vim.wait(20000, function()
  vim.cmd('redraw!')
  lenses = vim.lsp.codelens.get({ bufnr = 0 }) or {}
  return #lenses > 0
end)
ok(#lenses > 0, 'lenses appear')

local function command_of(lens)
  return lens.command or (lens.lens and lens.lens.command)
end
local run
for _, lens in ipairs(lenses) do
  local command = command_of(lens)
  if command and command.title == 'Run probe' then
    run = command
  end
end
ok(run ~= nil, 'one of them runs the probe')

local function output()
  local text = {}
  for _, buffer in pairs(require('probewright.runs').buffers()) do
    vim.list_extend(text, vim.api.nvim_buf_get_lines(buffer, 0, -1, false))
  end
  return table.concat(text, '\n')
end

if run and vim.env.CAN_RUN == '1' then
  local client = vim.lsp.get_clients({ bufnr = 0, name = 'probewright' })[1]
  client:exec_cmd(run, { bufnr = 0 })
  ok(vim.wait(30000, function() return output():match('tick 42') ~= nil end), 'running it yields kernel output')
  ok(vim.wait(30000, function() return output():match('ended with status 0') ~= nil end), 'and ends with status 0')
else
  print('ok - running it # SKIP ' .. (vim.env.WHY_NOT or ''))
end

for _, client in ipairs(vim.lsp.get_clients()) do
  client:stop(true)
end
os.exit(failures)
