#!/usr/bin/env bash
# get-emacs.sh: Emacs 30 without a window system as .tools/emacs/bin/emacs. Only tests need it.
. "$(dirname "$0")/lib.sh"
tool_begin emacs "$0"
# emacs-el by name, or apt takes the older one
ONLY='^(emacs|lib|gcc-12-base)' "$tools_here/debian-from-suite.sh" "$dir" bookworm-backports emacs-nox emacs-el
lib=$dir/usr/lib/$(uname -m)-linux-gnu share=$dir/usr/share/emacs
version=$(basename "$share"/[0-9]*) exec_dir=$(compgen -G "$dir/usr/libexec/emacs/*/*/" | head -1)
mkdir -p "$dir/bin"
printf '#!/bin/sh\nEMACSLOADPATH=%q EMACSDATA=%q EMACSDOC=%q EMACSPATH=%q exec %q --library-path %q %q --dump-file=%q "$@"\n' \
  "$(find "$share/$version/lisp" -type d | paste -sd:)" "$share/$version/etc" "$share/$version/etc" "$exec_dir" \
  "$(foreign_loader)" "$lib" "$dir/usr/bin/emacs-nox" "$(compgen -G "${exec_dir}emacs-*.pdmp" | head -1)" > "$dir/bin/emacs"
chmod +x "$dir/bin/emacs"
"$dir/bin/emacs" -Q --batch --eval '(progn (require (quote eglot)) (princ (format "Emacs %s, eglot\n" emacs-version)))'
tool_end
