vim.filetype.add({
  extension = { bt = 'bpftrace' },
  pattern = { ['.*'] = { function(_, buffer)
    local first = vim.api.nvim_buf_get_lines(buffer, 0, 1, false)[1] or ''
    if first:match('^#!.*bpftrace') or first:match('^#!.*probewright') then
      return 'bpftrace'
    end
  end, { priority = -math.huge } } },
})
