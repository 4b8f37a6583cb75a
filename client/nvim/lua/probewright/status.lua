--- What the server knows of the kernel, and whether it can run scripts.
local client = require('probewright.client')

local M = {}

--- The status in lines.
function M.lines(status)
  local lines = { ('probewright %s'):format(status.version), ('kernel facts: %s'):format(status.kernel) }
  for _, gap in ipairs(status.gaps) do
    table.insert(lines, '  lacks ' .. gap)
  end
  for index, kernel in ipairs(status.kernels) do
    if index > 1 or kernel.problem then
      table.insert(lines, ('kernel %s: %s'):format(kernel.choice, kernel.problem or kernel.name))
    end
  end
  local why = status.whyNot and (' because ' .. status.whyNot) or ''
  table.insert(lines, status.canRun and 'scripts can be run' or 'scripts cannot be run' .. why)
  return lines
end

local function tell(status)
  vim.notify(table.concat(M.lines(status), '\n'))
end

function M.show()
  client.execute('probewright.status', nil, tell)
end

--- Scripts are checked for these kernels from now on, in this session.
function M.select_kernels(kernels)
  client.execute('probewright.selectKernels', kernels, tell)
end

--- Keeps what the running kernel knows, at a path or where the server keeps profiles.
function M.capture(path)
  client.execute('probewright.captureProfile', path and vim.fn.fnamemodify(path, ':p'), function(captured)
    vim.notify('the profile is ' .. captured.path)
  end)
end

return M
