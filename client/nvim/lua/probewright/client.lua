--- The running language server, and questions to it.
local M = {}

--- The client that serves a buffer, or any when it serves none.
function M.quiet(buffer)
  local clients = vim.lsp.get_clients({ name = 'probewright', bufnr = buffer })
  return clients[1] or vim.lsp.get_clients({ name = 'probewright' })[1]
end

--- The same; says so when there is none at all.
function M.find(buffer)
  local client = M.quiet(buffer)
  if not client then
    vim.notify('the probewright language server is not running: :checkhealth probewright', vim.log.levels.ERROR)
  end
  return client
end

--- Sends a request. What goes wrong is shown to the user; `answer` is called with results only.
function M.request(method, params, answer)
  local client = M.find(vim.api.nvim_get_current_buf())
  if not client then
    return
  end
  client:request(method, params, function(problem, result)
    if problem then
      vim.notify(problem.message, vim.log.levels.ERROR)
    else
      answer(result)
    end
  end)
end

--- Calls a command of the server.
function M.execute(command, argument, answer)
  M.request('workspace/executeCommand', { command = command, arguments = { argument } }, answer)
end

return M
