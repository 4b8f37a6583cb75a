--- Building the tree-sitter parser from the repository this plugin is part of.
local M = {}

local here = debug.getinfo(1, 'S').source:sub(2)

--- The script that builds parsers; nil when the plugin was copied away from its repository.
function M.builder()
  local path = vim.fs.normalize(vim.fs.joinpath(vim.fs.dirname(here), '../../../../grammar/scripts/build-parser.sh'))
  return vim.uv.fs_stat(path) and vim.uv.fs_realpath(path) or nil
end

--- Where it puts the parser: on the runtime path of every session.
function M.target()
  return vim.fs.joinpath(vim.fn.stdpath('data'), 'site', 'parser', 'bpftrace.so')
end

--- @return boolean, string whether it worked, and what to tell
function M.build()
  local builder = M.builder()
  if not builder then
    return false, 'grammar/scripts/build-parser.sh is not beside this plugin: use a clone of the whole repository'
  end
  local abi = tostring(math.min(vim.treesitter.language_version, 15))
  local ok, result = pcall(function()
    return vim.system({ 'bash', builder, M.target(), abi }, { text = true }):wait()
  end)
  if not ok then
    return false, tostring(result)
  end
  return result.code == 0, vim.trim(result.stdout .. result.stderr)
end

function M.install()
  local ok, message = M.build()
  vim.notify(message, ok and vim.log.levels.INFO or vim.log.levels.ERROR)
  if not ok then
    return
  end
  -- By its path: a folder that was not there when Neovim started is not looked into.
  vim.treesitter.language.add('bpftrace', { path = M.target() })
  for _, buffer in ipairs(vim.api.nvim_list_bufs()) do
    if vim.bo[buffer].filetype == 'bpftrace' then
      pcall(vim.treesitter.start, buffer, 'bpftrace')
    end
  end
end

return M
