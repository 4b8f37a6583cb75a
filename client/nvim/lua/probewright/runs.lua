--- Output of runs, live, in a buffer for each script and probe below the script.
local client = require('probewright.client')

local M = {}

--- Lines that a buffer keeps; those before them are dropped, which the first line says.
local MOST_LINES = 20000

--- By run number: its buffer, what started it, how it ended.
local runs = {}
--- By run number: text that came before the answer that a run has started.
local early = {}

local function set_lines(buffer, first, last, lines)
  vim.bo[buffer].modifiable = true
  vim.api.nvim_buf_set_lines(buffer, first, last, false, lines)
  vim.bo[buffer].modifiable = false
  vim.bo[buffer].modified = false
end

--- Windows whose cursor is on the last line follow the output; others stay where their user is.
local function following(buffer)
  local last = vim.api.nvim_buf_line_count(buffer)
  return vim.tbl_filter(function(window)
    return vim.api.nvim_win_get_cursor(window)[1] == last
  end, vim.fn.win_findbuf(buffer))
end

local function drop_old_lines(buffer)
  local surplus = vim.api.nvim_buf_line_count(buffer) - MOST_LINES
  if surplus <= 0 then
    return
  end
  local dropped = (vim.b[buffer].probewright_dropped or 0) + surplus
  vim.b[buffer].probewright_dropped = dropped
  set_lines(buffer, 0, surplus + 1, { ('[%d earlier lines are not kept]'):format(dropped) })
end

local function append(buffer, text)
  if not vim.api.nvim_buf_is_valid(buffer) then
    return
  end
  local windows = following(buffer)
  local lines = vim.split(text, '\n', { plain = true })
  local last = vim.api.nvim_buf_line_count(buffer)
  local tail = vim.api.nvim_buf_get_lines(buffer, last - 1, last, false)[1] or ''
  lines[1] = tail .. lines[1]
  set_lines(buffer, last - 1, last, lines)
  drop_old_lines(buffer)
  for _, window in ipairs(windows) do
    vim.api.nvim_win_set_cursor(window, { vim.api.nvim_buf_line_count(buffer), 0 })
  end
end

local function set_keys(buffer)
  local function map(keys, action, description)
    vim.keymap.set('n', keys, action, { buffer = buffer, desc = description })
  end
  map('<C-c>', function() M.stop(vim.b[buffer].probewright_run) end, 'Stop this run')
  map('r', function() M.start(vim.b[buffer].probewright_request) end, 'Run it again')
  map('q', '<Cmd>close<CR>', 'Close the window; the run goes on')
end

--- The buffer for what `request` starts; a new run of the same takes the old one's place.
local function buffer_for(request)
  local target = request.probe and ('probe %d'):format(request.probe + 1) or request.mode or 'script'
  local name = ('probewright-run://%s (%s)'):format(vim.uri_to_fname(request.uri), target)
  local buffer = vim.fn.bufadd(name)
  if not vim.api.nvim_buf_is_loaded(buffer) then
    vim.fn.bufload(buffer)
    vim.bo[buffer].buftype = 'nofile'
    vim.bo[buffer].bufhidden = 'hide'
    vim.bo[buffer].swapfile = false
    vim.bo[buffer].buflisted = true
    set_keys(buffer)
  end
  set_lines(buffer, 0, -1, {})
  vim.b[buffer].probewright_dropped = 0
  vim.b[buffer].probewright_request = request
  return buffer
end

local function show(buffer)
  if #vim.fn.win_findbuf(buffer) > 0 then
    return
  end
  local script = vim.api.nvim_get_current_win()
  vim.cmd('botright 12split')
  vim.api.nvim_win_set_buf(0, buffer)
  vim.wo.wrap = false
  vim.wo.number = false
  vim.wo.winbar = '%{%v:lua.require("probewright.runs").title()%}'
  vim.api.nvim_set_current_win(script)
end

--- The line above a window with output.
function M.title()
  local run = runs[vim.b.probewright_run]
  if not run then
    return ''
  end
  local state = run.status and ('ended with status %d    r: run again  q: close'):format(run.status)
    or 'running    <C-c>: stop  q: close'
  return (' %s: %s'):format(run.title, state):gsub('%%', '%%%%')
end

--- Text of a run, as the server sends it.
function M.write(params)
  local run = runs[params.run]
  if run then
    append(run.buffer, params.text)
  else
    early[params.run] = (early[params.run] or '') .. params.text
  end
end

function M.finish(params)
  local run = runs[params.run]
  if not run then
    early[-params.run - 1] = params.exitCode
    return
  end
  run.status = params.exitCode
  append(run.buffer, ('\n[ended with status %d]\n'):format(params.exitCode))
  vim.cmd.redrawstatus({ bang = true })
end

local function started(request, result)
  local buffer = buffer_for(request)
  runs[result.run] = { buffer = buffer, title = result.title, request = request }
  vim.b[buffer].probewright_run = result.run
  show(buffer)
  if early[result.run] then
    append(buffer, early[result.run])
    early[result.run] = nil
  end
  local status = early[-result.run - 1]
  if status then
    early[-result.run - 1] = nil
    M.finish({ run = result.run, exitCode = status })
  end
end

--- Starts what `request` says: `uri`, and perhaps `probe` (an index), `parameters`, `mode`.
function M.start(request)
  if not request then
    return
  end
  request = vim.tbl_extend('force', request, { streams = { 'text' } })
  client.execute('probewright.run', request, function(result)
    -- Why it refuses to start, the server says itself.
    if result.kind == 'started' then
      started(request, result)
    end
  end)
end

--- The probe of the last lens at or above the cursor that runs one.
function M.start_probe_at_cursor(parameters)
  local uri = vim.uri_from_bufnr(0)
  local row = vim.api.nvim_win_get_cursor(0)[1] - 1
  client.request('textDocument/codeLens', { textDocument = { uri = uri } }, function(lenses)
    local found
    for _, lens in ipairs(lenses or {}) do
      local argument = lens.command and lens.command.arguments and lens.command.arguments[1]
      local is_run = lens.command and lens.command.command == 'probewright.run' and argument.probe
      if is_run and lens.range.start.line <= row and (not found or lens.range.start.line >= found.line) then
        found = { line = lens.range.start.line, probe = argument.probe }
      end
    end
    if found then
      M.start({ uri = uri, probe = found.probe, parameters = parameters })
    else
      vim.notify('no probe above the cursor can be run alone', vim.log.levels.WARN)
    end
  end)
end

function M.stop(run)
  if runs[run] and not runs[run].status then
    client.execute('probewright.stop', run, function() end)
  end
end

function M.stop_all()
  for run in pairs(runs) do
    M.stop(run)
  end
end

--- For tests: the runs seen so far, by number.
function M.all()
  return runs
end

return M
