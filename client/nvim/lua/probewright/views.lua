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
  local filetype = FILETYPES[content.language] or content.language
  if vim.bo[buffer].filetype ~= filetype then
    vim.bo[buffer].filetype = filetype
  end
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

local marks = vim.api.nvim_create_namespace('probewright-views')

--- Marks what in `other` belongs to the cursor of `window`, and scrolls there unless it is seen already.
local function mark_counterpart(view, window, from, other)
  local found = client.quiet(from == 'script' and vim.api.nvim_win_get_buf(window) or other)
  local shown = vim.fn.win_findbuf(other)[1]
  if not found or not shown then
    return
  end
  local position = vim.lsp.util.make_position_params(window, found.offset_encoding).position
  local question = { view = view, from = from, position = position }
  found:request('probewright/view/positions', question, function(_, answer)
    if not vim.api.nvim_buf_is_valid(other) then
      return
    end
    vim.api.nvim_buf_clear_namespace(other, marks, 0, -1)
    for index, range in ipairs(answer and answer.ranges or {}) do
      vim.hl.range(other, marks, 'Visual', { range.start.line, range.start.character },
        { range['end'].line, range['end'].character })
      if index == 1 and vim.api.nvim_win_is_valid(shown) and vim.api.nvim_get_current_win() ~= shown then
        vim.api.nvim_win_set_cursor(shown, { range.start.line + 1, range.start.character })
      end
    end
  end)
end

--- Moving the cursor in the script or in its view marks what belongs to it in the other.
local function link(view, script, buffer)
  local group = vim.api.nvim_create_augroup('probewright-view-' .. buffer, {})
  local function follow(from, own, other)
    vim.api.nvim_create_autocmd('CursorMoved', {
      group = group,
      buffer = own,
      callback = function() mark_counterpart(view, vim.api.nvim_get_current_win(), from, other) end,
    })
  end
  follow('script', script, buffer)
  follow('view', buffer, script)
  vim.api.nvim_create_autocmd({ 'BufHidden', 'BufUnload' }, {
    group = group,
    buffer = buffer,
    callback = function()
      vim.api.nvim_del_augroup_by_id(group)
      if vim.api.nvim_buf_is_valid(script) then
        vim.api.nvim_buf_clear_namespace(script, marks, 0, -1)
      end
    end,
  })
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
  vim.wo[window][0].wrap = false
  vim.wo[window][0].number = false
  fill(buffer, content)
  link(content.uri, vim.api.nvim_win_get_buf(script), buffer)
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
