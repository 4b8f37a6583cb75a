;;; emacs.el --- The session of played.ts in Emacs, by the commands that a user has  -*- lexical-binding: t; -*-
;; Environment: SETUP (a file with the lines of the README), SCRIPT.

(setq user-emacs-directory (file-name-as-directory (getenv "FOLDER"))
      make-backup-files nil
      auto-save-default nil
      create-lockfiles nil)
(load (getenv "SETUP") nil t)
(require 'flymake)
(require 'xref)
(setq eglot-sync-connect 60
      eglot-send-changes-idle-time 0
      eglot-confirm-server-edits nil
      flymake-no-changes-timeout 0.1
      ;; Not `enforce-required-keys': it takes null for an answer that lacks keys.
      eglot-strict-mode '(disallow-non-standard-keys)
      ;; Functions of C are replaced below, without a compiler being there.
      native-comp-enable-subr-trampolines nil)

(defun wait (what condition)
  (let ((end (+ (float-time) 60)) met)
    (while (and (not (setq met (funcall condition))) (< (float-time) end))
      (accept-process-output nil 0.05))
    (unless met (error "Waited in vain for %s" what))))

(defun before (text)
  (goto-char (point-min))
  (search-forward text)
  (goto-char (match-beginning 0)))

(defun has (text)
  (save-excursion (goto-char (point-min)) (search-forward text nil t)))

(defun play ()
  (find-file (getenv "SCRIPT"))
  (unless (eglot-current-server) (apply #'eglot (eglot--guess-contact)))
  (flymake-mode 1)
  (wait "a diagnostic" (lambda () (flymake-start) (flymake-diagnostics)))
  (before "pidd")
  (cl-letf (((symbol-function 'completing-read) (lambda (_prompt choices &rest _) (caar choices))))
    (eglot-code-action-quickfix (point)))
  (wait "the fix" (lambda () (has "twice(pid)")))
  (eglot--signal-textDocument/didChange)
  (wait "no diagnostic" (lambda () (flymake-start) (null (flymake-diagnostics))))

  (before "pid)")
  (let (told)
    (eglot-hover-eldoc-function (lambda (text &rest _) (setq told text)))
    (wait "hover" (lambda () told)))

  (before "twice(")
  (xref-find-definitions (xref-backend-identifier-at-point (xref-find-backend)))
  (wait "definition" (lambda () (= 1 (line-number-at-pos))))

  (before "print($c")
  (search-forward "$c")
  (let ((found (xref-backend-references (xref-find-backend) (xref-backend-identifier-at-point (xref-find-backend)))))
    (unless (= 2 (length found)) (error "%d references" (length found))))

  (end-of-line)
  (insert "\n  print(nse")
  (eglot--signal-textDocument/didChange)
  (unless (member "nsecs" (all-completions "nse" (nth 2 (eglot-completion-at-point)))) (error "No completion"))
  (delete-region (line-beginning-position) (1+ (line-end-position)))

  (before "$count)")
  (forward-char)
  (eglot-rename "total")
  (wait "rename" (lambda () (and (has "$total = ") (has "print($total)"))))

  (eglot-format-buffer)
  (save-buffer)
  (eglot-shutdown (eglot-current-server)))

(condition-case problem
    (play)
  (error (message "%s\n%s" (error-message-string problem) (buffer-string))
         (kill-emacs 1)))
(kill-emacs 0)
;;; emacs.el ends here
