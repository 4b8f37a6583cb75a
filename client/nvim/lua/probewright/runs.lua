--- Output of runs, each in a buffer of its own below the script.
local M = {}

--- Buffer by run number, and whether the last line is still open.
local buffers = {}

local function open(run, title)
  local buffer = vim.api.nvim_create_buf(true, true)
  vim.api.nvim_buf_set_name(buffer, ('probewright://run/%d/%s'):format(run, title))
  vim.bo[buffer].bufhidden = 'hide'
  local script = vim.api.nvim_get_current_win()
  vim.cmd('botright 12split')
  vim.api.nvim_win_set_buf(0, buffer)
  vim.keymap.set('n', '<C-c>', function() M.stop(run) end, { buffer = buffer, desc = 'Stop this run' })
  vim.api.nvim_set_current_win(script)
  buffers[run] = buffer
  return buffer
end

local function append(buffer, text)
  local lines = vim.split(text, '\n', { plain = true })
  local last = vim.api.nvim_buf_line_count(buffer)
  local tail = vim.api.nvim_buf_get_lines(buffer, last - 1, last, false)[1] or ''
  lines[1] = tail .. lines[1]
  vim.api.nvim_buf_set_lines(buffer, last - 1, last, false, lines)
  for _, window in ipairs(vim.fn.win_findbuf(buffer)) do
    vim.api.nvim_win_set_cursor(window, { vim.api.nvim_buf_line_count(buffer), 0 })
  end
end

--- Text of a run, as the server sends it.
function M.write(params)
  append(buffers[params.run] or open(params.run, 'output'), params.text)
end

function M.finish(params)
  local buffer = buffers[params.run]
  if buffer then
    append(buffer, ('\n[ended with status %d]\n'):format(params.exitCode))
  end
end

--- Starts the script or one probe of it, by its index among the script's probes.
function M.start(uri, probe)
  local client = vim.lsp.get_clients({ name = 'probewright' })[1]
  if not client then
    vim.notify('the probewright language server is not running', vim.log.levels.ERROR)
    return
  end
  local arguments = { { uri = uri, probe = probe } }
  client:request('workspace/executeCommand', { command = 'probewright.run', arguments = arguments }, function(err, result)
    if err then
      vim.notify(err.message, vim.log.levels.ERROR)
    elseif result.kind == 'refused' then
      vim.notify(table.concat(vim.list_extend({ result.message }, result.advice), '\n'), vim.log.levels.ERROR)
    elseif not buffers[result.run] then
      open(result.run, result.title)
    end
  end)
end

function M.stop(run)
  local client = vim.lsp.get_clients({ name = 'probewright' })[1]
  if client then
    client:request('workspace/executeCommand', { command = 'probewright.stop', arguments = { run } }, function() end)
  end
end

--- For tests and for `:ProbewrightStop`: the runs seen so far.
function M.buffers()
  return buffers
end

return M
