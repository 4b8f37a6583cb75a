/** Runs in VS Code in all their ways: the panel's tools, values in the text, terminal, tasks, one process, an installed bpftrace. */
