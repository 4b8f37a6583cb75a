--- `:checkhealth probewright`
local M = {}

local function check_server()
  vim.health.start('Language server')
  local command = vim.g.probewright_server or 'probewright'
  if vim.fn.executable(command) ~= 1 then
    vim.health.error(('%s cannot be started'):format(command), {
      'set vim.g.probewright_server to the path of server/bin/probewright, before vim.lsp.enable',
      'or put probewright on your PATH',
    })
    return nil
  end
  local version = vim.system({ command, '--version' }, { text = true }):wait(20000)
  if version.code ~= 0 then
    vim.health.error(('%s --version fails: %s'):format(command, vim.trim(version.stderr)), {
      'npm start in the repository sets up what it needs',
    })
    return nil
  end
  vim.health.ok(('%s: %s'):format(command, vim.trim(version.stdout)))
  return command
end

local function check_attached()
  local is_enabled = vim.lsp.is_enabled and vim.lsp.is_enabled('probewright')
  local clients = vim.lsp.get_clients({ name = 'probewright' })
  if #clients > 0 then
    local count = vim.tbl_count(clients[1].attached_buffers)
    vim.health.ok(('it serves %d %s'):format(count, count == 1 and 'buffer' or 'buffers'))
  elseif is_enabled then
    vim.health.ok('enabled; it starts with the first bpftrace script')
  else
    vim.health.warn('not enabled', { "put vim.lsp.enable('probewright') into your configuration" })
  end
  for _, client in ipairs(vim.lsp.get_clients({ name = 'bpftrace_ls' })) do
    vim.health.warn(('%s is running too: it loads half-typed scripts into the kernel'):format(client.name), {
      "vim.lsp.enable('bpftrace_ls', false)",
    })
  end
end

local function check_parser()
  vim.health.start('Tree-sitter')
  local builder = require('probewright.parser').builder()
  local added, problem = vim.treesitter.language.add('bpftrace')
  if not added then
    local advice = builder and ':ProbewrightInstallParser builds it' or 'install a bpftrace parser'
    vim.health.warn('no parser: ' .. (problem or 'not found on the runtime path'), { advice })
    return
  end
  vim.health.ok('the parser is there')
  for _, name in ipairs({ 'highlights', 'injections', 'folds', 'indents', 'locals', 'textobjects' }) do
    local ok, query = pcall(vim.treesitter.query.get, 'bpftrace', name)
    if ok and query then
      vim.health.ok(('%s work'):format(name))
    else
      vim.health.error(('%s do not fit the parser'):format(name), {
        ok and 'the plugin is not on the runtime path' or tostring(query),
        'another parser for bpftrace comes first on the runtime path? :ProbewrightInstallParser',
      })
    end
  end
end

local LEVELS = { ok = vim.health.ok, limited = vim.health.info, missing = vim.health.warn }

local function check_machine(command)
  vim.health.start('This machine')
  local doctor = vim.system({ command, 'doctor', '--json' }, { text = true }):wait(30000)
  for line in vim.gsplit(doctor.stdout or '', '\n', { trimempty = true }) do
    local ok, row = pcall(vim.json.decode, line, { luanil = { object = true } })
    if ok and type(row) == 'table' and row.status then
      local say = LEVELS[row.status] or vim.health.info
      say(('%s: %s'):format(row.topic, row.detail), row.status ~= 'ok' and row.mend and { row.mend } or nil)
    end
  end
end

function M.check()
  vim.health.start('Neovim')
  if vim.fn.has('nvim-0.11') == 1 then
    vim.health.ok(tostring(vim.version()))
  else
    vim.health.error(('%s is too old'):format(tostring(vim.version())), { 'Neovim 0.11 or newer is needed' })
    return
  end
  local command = check_server()
  check_attached()
  check_parser()
  if command then
    check_machine(command)
  end
end

return M
