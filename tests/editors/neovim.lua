--- Drives real Neovim through a session with scripts. Prints TAP; exit status is the number of failures.
--- Set up by `-u`, with the lines of the README. Environment: FOLDER (an empty folder for scripts).
local failures = 0
local function ok(condition, what)
  io.stdout:write((condition and 'ok - ' or 'not ok - ') .. what .. '\n')
  if not condition then
    failures = failures + 1
  end
  return condition
end

local WAIT_MS = 60000
local function wait(what, condition)
  return ok(vim.wait(WAIT_MS, function()
    vim.cmd('redraw!')
    return condition()
  end, 50), what)
end

local messages = {}
vim.notify = function(message) table.insert(messages, message) end

-- What Neovim does by itself when it starts for a user rather than for a script.
vim.cmd('runtime! plugin/probewright.lua ftdetect/bpftrace.lua')
vim.cmd('filetype plugin on')
vim.o.swapfile = false

local function write(name, lines)
  local path = vim.env.FOLDER .. '/' .. name
  vim.fn.writefile(lines, path)
  return path
end

local function open(name, lines)
  vim.cmd.edit(write(name, lines))
  wait('the server attaches to ' .. name, function()
    local client = vim.lsp.get_clients({ bufnr = 0, name = 'probewright' })[1]
    return client ~= nil and client.initialized
  end)
  return vim.lsp.get_clients({ bufnr = 0, name = 'probewright' })[1]
end

local function lines() return vim.api.nvim_buf_get_lines(0, 0, -1, false) end

local function ask(client, method, params)
  local answer = client:request_sync(method, params, WAIT_MS, 0)
  return answer and answer.result
end

local function at(client, row, column)
  vim.api.nvim_win_set_cursor(0, { row, column })
  return vim.lsp.util.make_position_params(0, client.offset_encoding)
end

local tests = {}

function tests.diagnostics()
  open('wrong.bt', { 'begin', '{', '  $a = 1;', '  $a = "x";', '  print($a);', '}' })
  ok(vim.bo.filetype == 'bpftrace', 'filetype of a .bt file')
  ok(vim.bo.commentstring == '// %s', 'commentstring of scripts')
  wait('a diagnostic comes', function() return #vim.diagnostic.get(0) > 0 end)
  local found = vim.diagnostic.get(0)[1] or {}
  ok(found.lnum == 3 and found.col == 7, 'at the string on line 4')
  ok(found.code and found.code:match('^PW%d+$') ~= nil, 'with its code')
  vim.api.nvim_buf_set_lines(0, 3, 4, false, { '  $a = 2;' })
  wait('it goes once the mistake is mended', function() return #vim.diagnostic.get(0) == 0 end)
end

function tests.hover_and_completion()
  local client = open('typing.bt', { 'begin', '{', '  print(pid);', '  print(no_such_na);', '}' })
  local hover = ask(client, 'textDocument/hover', at(client, 3, 9))
  ok(hover and hover.contents.value:match('pid') ~= nil, 'hover tells about pid')
  vim.api.nvim_buf_set_lines(0, 3, 4, false, { '  print(nse);' })
  local list = ask(client, 'textDocument/completion', at(client, 4, 11))
  local labels = vim.tbl_map(function(item) return item.label end, list and (list.items or list) or {})
  ok(vim.list_contains(labels, 'nsecs'), 'completion offers nsecs')
  vim.api.nvim_win_set_cursor(0, { 4, 11 })
  ok(vim.bo.omnifunc == 'v:lua.vim.lsp.omnifunc', 'omni completion is the server')
end

function tests.scripts_in_other_files()
  local client = open('trace.sh', { '#!/bin/sh', "bpftrace -e 'begin { print($none); }'", 'echo some words to be wrapped' })
  wait('a script in a shell script is checked', function() return #vim.diagnostic.get(0) > 0 end)
  local found = vim.diagnostic.get(0)[1] or {}
  ok(found.lnum == 1 and found.col == 27, 'at its place in the file')
  local hover = ask(client, 'textDocument/hover', at(client, 2, 23))
  ok(hover and hover.contents.value:match('print') ~= nil, 'hover tells about print')
  ok(vim.bo.formatexpr == '', 'gq is left as it is')
  vim.bo.textwidth = 20
  vim.cmd('normal! 3Ggqq')
  ok(#lines() > 3, 'and wraps text')
  vim.cmd('edit!')
  open('notes.md', { '# Notes', '', '```bpftrace', 'begin { print($none); }', '```' })
  wait('and one in Markdown', function() return #vim.diagnostic.get(0) > 0 end)
  vim.cmd.edit(write('plain.md', { '# Nothing to trace' }))
  ok(#vim.lsp.get_clients({ bufnr = 0, name = 'probewright' }) == 0, 'a file without any is left alone')
end

function tests.rename_and_definition()
  local client = open('names.bt', { 'begin', '{', '  $count = 1;', '  print($count);', '}' })
  local definition = ask(client, 'textDocument/definition', at(client, 4, 9))
  local target = definition and (definition[1] or definition)
  local range = target and (target.range or target.targetSelectionRange)
  ok(range and range.start.line == 2, 'the definition is on line 3')
  at(client, 4, 9)
  vim.lsp.buf.rename('total')
  wait('rename changes every use', function()
    local text = table.concat(lines(), '\n')
    return text:match('%$total = 1') ~= nil and text:match('print%(%$total%)') ~= nil
  end)
end

function tests.format()
  open('layout.bt', { 'begin{print( 1 )}' })
  vim.lsp.buf.format({ timeout_ms = WAIT_MS })
  ok(vim.deep_equal(lines(), { 'begin', '{', '  print(1);', '}' }), 'formatting lays the script out')
  if vim.lsp.on_type_formatting then
    vim.lsp.on_type_formatting.enable(true)
    vim.api.nvim_win_set_cursor(0, { 3, 0 })
    vim.api.nvim_feedkeys(vim.keycode('o$a=1;<Esc>'), 'xt', false)
    wait('typing ; lays out its line', function() return lines()[4] == '  $a = 1;' end)
    vim.lsp.on_type_formatting.enable(false)
  end
end

local function lens_titles()
  return vim.tbl_map(function(found)
    local lens = found.lens or found
    return lens.command and lens.command.title or ''
  end, vim.lsp.codelens.get({ bufnr = 0 }) or {})
end

local function output()
  local text = {}
  for _, run in pairs(require('probewright.runs').all()) do
    vim.list_extend(text, vim.api.nvim_buf_get_lines(run.buffer, 0, -1, false))
  end
  return table.concat(text, '\n')
end

function tests.lens_and_run()
  open('right.bt', { 'interval:ms:10', '{', '  printf("tick %d\\n", $1);', '  exit();', '}' })
  wait('lenses appear by themselves', function() return vim.list_contains(lens_titles(), 'Run probe') end)
  if vim.env.CAN_RUN ~= '1' then
    io.stdout:write('ok - running it # SKIP ' .. (vim.env.WHY_NOT or '') .. '\n')
    return
  end
  local windows = #vim.api.nvim_list_wins()
  vim.cmd('ProbewrightRun 42')
  wait('running the script with a parameter yields kernel output', function()
    return output():match('tick 42') ~= nil
  end)
  wait('and ends with status 0', function() return output():match('ended with status 0') ~= nil end)
  ok(#vim.api.nvim_list_wins() == windows + 1, 'in a window of its own')
  ok(vim.api.nvim_buf_get_name(0):match('right%.bt$') ~= nil, 'while the cursor stays in the script')
  vim.api.nvim_win_set_cursor(0, { 1, 0 })
  vim.ui.select = function(items, _, choose)
    for index, item in ipairs(items) do
      local lens = item.lens or item
      if (lens.command or {}).title == 'Run probe' then
        return choose(item, index)
      end
    end
    choose(items[1], 1)
  end
  vim.lsp.codelens.run()
  wait('a lens runs its probe', function()
    return vim.tbl_count(require('probewright.runs').all()) == 2 and output():match('tick 0') ~= nil
  end)
end

function tests.stop_and_run_again()
  if vim.env.CAN_RUN ~= '1' then
    return
  end
  open('endless.bt', { 'interval:ms:50', '{', '  printf("round\\n");', '}' })
  vim.cmd('ProbewrightRunProbe')
  local function run()
    for _, each in pairs(require('probewright.runs').all()) do
      if each.title:match('endless') and not each.status then
        return each
      end
    end
  end
  local function text()
    local found = run()
    return found and table.concat(vim.api.nvim_buf_get_lines(found.buffer, 0, -1, false), '\n') or ''
  end
  wait('output comes while it runs', function() return text():match('round.*round') ~= nil end)
  local found = run()
  vim.cmd('ProbewrightStop')
  wait('stopping ends it', function() return found ~= nil and found.status ~= nil end)
  vim.api.nvim_set_current_win(vim.fn.win_findbuf(found.buffer)[1])
  ok(require('probewright.runs').title():match('ended with status') ~= nil, 'the line above says how it ended')
  vim.cmd('normal r')
  wait('r runs it again, in the same buffer', function()
    return run() ~= nil and run().buffer == found.buffer and text():match('round') ~= nil
  end)
  vim.cmd('ProbewrightStop')
  wait('and it stops again', function() return run() == nil end)
  vim.cmd('close')
end

function tests.parser()
  ok(vim.fn.exists(':ProbewrightInstallParser') == 2, 'the parser has its command')
  if vim.fn.executable('cc') ~= 1 then
    io.stdout:write('ok - building the parser # SKIP needs cc\n')
    return
  end
  vim.cmd('ProbewrightInstallParser')
  ok(vim.uv.fs_stat(require('probewright.parser').target()) ~= nil, 'the parser is built: ' .. (messages[#messages] or ''))
  vim.cmd.edit(write('colours.bt', { 'kprobe:vfs_read', '{', '  printf("%d\\n", pid); // note', '}' }))
  ok(vim.treesitter.highlighter.active[vim.api.nvim_get_current_buf()] ~= nil, 'scripts are coloured by the grammar')
  vim.treesitter.get_parser(0):parse(true)
  local function colours(row, column)
    return vim.tbl_map(function(capture) return capture.capture end, vim.treesitter.get_captures_at_pos(0, row, column))
  end
  ok(vim.list_contains(colours(0, 8), 'function'), 'the function of an attach point')
  ok(vim.list_contains(colours(2, 10), 'string.special.format'), 'the conversion of a format')
  vim.cmd.edit(write('fenced.md', { '```bt', 'begin { print(1); }', '```' }))
  local fences = vim.treesitter.get_parser(0, 'markdown')
  fences:parse(true)
  ok(fences:children().bpftrace ~= nil, 'and scripts in Markdown')
  vim.cmd.edit(vim.env.FOLDER .. '/colours.bt')
  vim.wo.foldmethod = 'expr'
  vim.wo.foldexpr = 'v:lua.vim.treesitter.foldexpr()'
  wait('folds follow the grammar', function() return vim.fn.foldlevel(3) > 0 end)
end

function tests.health()
  vim.cmd('checkhealth probewright')
  local text = table.concat(lines(), '\n')
  ok(text:match('OK[^\n]*probewright %d') ~= nil, 'the health check finds the server')
  local complaint = text:match('ERROR[^\n]*')
  ok(complaint == nil, 'and no error ' .. (complaint or ''))
  vim.cmd('bdelete')
end

function tests.help()
  local doc = vim.api.nvim_get_runtime_file('doc/probewright.txt', false)[1]
  ok(doc ~= nil, 'there is a help file')
  vim.cmd('helptags ' .. vim.fs.dirname(doc))
  ok(pcall(vim.cmd.help, ':ProbewrightRun'), 'the help is found')
  vim.cmd('helpclose')
  vim.fn.delete(vim.fs.dirname(doc) .. '/tags')
end

function tests.status_and_views()
  open('view.bt', { 'begin', '{', '  print(1);', '}' })
  vim.cmd('ProbewrightStatus')
  wait('the status tells of the kernel', function() return (messages[#messages] or ''):match('kernel facts: ') ~= nil end)
  vim.cmd('ProbewrightKernels none')
  wait('scripts are checked for a chosen kernel', function()
    return (messages[#messages] or ''):match('kernel facts: no') ~= nil
  end)
  vim.cmd('ProbewrightKernels live')
  wait('and for this one again', function() return (messages[#messages] or ''):match('kernel facts: %d') ~= nil end)
  if vim.env.CAN_RUN == '1' then
    local profile = vim.env.FOLDER .. '/this.profile'
    vim.cmd('ProbewrightCapture ' .. profile)
    wait('a profile is captured, and said so', function()
      return (messages[#messages] or ''):match('the profile is ') ~= nil and vim.uv.fs_stat(profile) ~= nil
    end)
  end
  vim.cmd('ProbewrightView nonsense')
  ok((messages[#messages] or ''):match('no view is named nonsense') ~= nil, 'an unknown view is refused with the names there are')
  local script = vim.api.nvim_get_current_buf()
  vim.cmd('ProbewrightView syntax-tree')
  wait('a view opens beside the script', function() return #vim.api.nvim_list_wins() == 2 end)
  ok(vim.api.nvim_get_current_buf() == script, 'and the cursor stays in the script')
  local view
  for _, window in ipairs(vim.api.nvim_list_wins()) do
    local buffer = vim.api.nvim_win_get_buf(window)
    view = buffer ~= script and buffer or view
  end
  ok(table.concat(vim.api.nvim_buf_get_lines(view, 0, -1, false), '\n'):match('call') ~= nil, 'it shows the tree')
  ok(#vim.lsp.get_clients({ bufnr = view }) == 0 and not vim.bo[view].modifiable, 'it is no script, and not for editing')
  vim.api.nvim_win_set_cursor(0, { 3, 4 })
  vim.api.nvim_exec_autocmds('CursorMoved', { buffer = script })
  wait('what belongs to the cursor is marked in it', function()
    return #vim.api.nvim_buf_get_extmarks(view, vim.api.nvim_get_namespaces()['probewright-views'], 0, -1, {}) > 0
  end)
end

local order = {
  'diagnostics', 'hover_and_completion', 'scripts_in_other_files', 'rename_and_definition', 'format', 'lens_and_run', 'stop_and_run_again',
  'parser', 'health', 'help', 'status_and_views',
}
for _, name in ipairs(order) do
  local succeeded, problem = xpcall(tests[name], debug.traceback)
  if not succeeded then
    ok(false, name .. ': ' .. problem)
  end
  vim.cmd('silent! only!')
end
for _, client in ipairs(vim.lsp.get_clients()) do
  client:stop(true)
end
os.exit(failures)
