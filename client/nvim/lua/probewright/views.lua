--- Documents that only the server has: what the compiler makes of a script, and definitions of the kernel.
local client = require('probewright.client')

local M = {}

--- The server's names of the views of a script.
local KINDS = {
  'syntax-tree', 'typed-tree', 'macro-expansion', 'llvm-ir', 'assembly', 'stack-plan', 'verifier-log', 'run-output',
}

--- Filetypes of ours where Neovim has another name for the server's language.
local FILETYPES = { plaintext = 'text', ['bpf-assembly'] = 'asm' }

function M.complete(start)
  return vim.tbl_filter(function(kind) return vim.startswith(kind, start) end, KINDS)
end

local function fill(buffer, content)
  if not vim.api.nvim_buf_is_valid(buffer) then
    return
  end
  vim.bo[buffer].modifiable = true
  vim.api.nvim_buf_set_lines(buffer, 0, -1, false, vim.split(content.text:gsub('\n$', ''), '\n', { plain = true }))
  vim.bo[buffer].modifiable = false
  vim.bo[buffer].modified = false
  vim.bo[buffer].buftype = 'nofile'
  vim.bo[buffer].swapfile = false
  vim.bo[buffer].filetype = FILETYPES[content.language] or content.language
end

--- Reads a document by its address.
function M.read(buffer, uri)
  client.request('probewright/view/content', { uri = uri }, function(content) fill(buffer, content) end)
end

--- The server says that a document is another now.
function M.refresh(uri)
  local buffer = vim.fn.bufnr(uri)
  if buffer ~= -1 and vim.api.nvim_buf_is_loaded(buffer) then
    M.read(buffer, uri)
  end
end

local function show(content)
  local script = vim.api.nvim_get_current_win()
  local buffer = vim.fn.bufadd(content.uri)
  local window = vim.fn.win_findbuf(buffer)[1]
  if not window then
    vim.cmd('botright vertical split')
    window = vim.api.nvim_get_current_win()
  end
  vim.api.nvim_win_set_buf(window, buffer)
  fill(buffer, content)
  if content.selection then
    local last = vim.api.nvim_buf_line_count(buffer)
    vim.api.nvim_win_set_cursor(window, { math.min(content.selection.start.line + 1, last), 0 })
  end
  vim.api.nvim_set_current_win(script)
end

--- Shows what a `ViewRequest` asks for.
function M.request(request)
  client.execute('probewright.view', request, show)
end

--- A view of the script in this window, at the cursor.
function M.open(kind)
  if not vim.list_contains(KINDS, kind) then
    vim.notify(('no view is named %s: %s'):format(kind, table.concat(KINDS, ', ')), vim.log.levels.ERROR)
    return
  end
  local found = client.find(0)
  if not found then
    return
  end
  local position = vim.lsp.util.make_position_params(0, found.offset_encoding).position
  M.request({ uri = vim.uri_from_bufnr(0), kind = kind, position = position })
end

return M
