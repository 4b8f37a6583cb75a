;;; emacs.el --- Drives real Emacs through a session with scripts  -*- lexical-binding: t; -*-
;; Prints TAP on stderr; the exit status is the number of failures.
;; Environment: SETUP (a file with the lines of the README), FOLDER (an empty folder for scripts).

(setq user-emacs-directory (file-name-as-directory (getenv "FOLDER"))
      make-backup-files nil
      auto-save-default nil
      create-lockfiles nil)
(load (getenv "SETUP") nil t)
(require 'flymake)
(setq eglot-sync-connect 60
      eglot-autoshutdown nil
      eglot-send-changes-idle-time 0
      eglot-confirm-server-edits nil
      flymake-no-changes-timeout 0.1
      ;; Not `enforce-required-keys': it takes null for an answer that lacks keys.
      eglot-strict-mode '(disallow-non-standard-keys)
      ;; Functions of C are replaced below, without a compiler being there.
      native-comp-enable-subr-trampolines nil)

(defvar failures 0)
(defun check (condition what)
  (message "%s - %s" (if condition "ok" "not ok") what)
  (unless condition (setq failures (1+ failures)))
  condition)

(defun wait (what condition)
  (let ((end (+ (float-time) 60)) met)
    (while (and (not (setq met (funcall condition))) (< (float-time) end))
      (accept-process-output nil 0.05))
    (check met what)))

(defun open-script (name &rest lines)
  (let ((path (expand-file-name name user-emacs-directory)))
    (with-temp-file path (insert (string-join lines "\n") "\n"))
    (find-file path)
    (eglot-ensure)
    (unless (eglot-current-server) (apply #'eglot (eglot--guess-contact)))
    (wait (format "the server manages %s" name) #'eglot-current-server)
    (flymake-mode 1)
    (goto-char (point-min))))

(defun after (text)
  (goto-char (point-min))
  (search-forward text))

(defun face-at (text)
  (after text)
  (get-text-property (1- (point)) 'face))

(defun ask (method params)
  (jsonrpc-request (eglot-current-server) method params))

(defun test-grammar ()
  (if (not (executable-find "cc"))
      (message "ok - the grammar # SKIP needs cc")
    (bpftrace-ts-install-grammar)
    (check (treesit-ready-p 'bpftrace t) "the grammar is built and loads")))

(defun test-mode ()
  (open-script "mode.bt" "kprobe:vfs_read" "/pid == 1/" "{" "if (1) {" "printf(\"%d\\n\", $x); // note"
               "}" "}" "" "macro twice($a) { $a * 2 }")
  (check (eq major-mode 'bpftrace-ts-mode) "the mode of a .bt file")
  (when (treesit-ready-p 'bpftrace t)
    (font-lock-ensure)
    (check (eq (face-at "kprobe") 'font-lock-type-face) "colour of a provider")
    (check (eq (face-at "vfs_read") 'font-lock-function-name-face) "colour of a function in an attach point")
    (check (eq (face-at "printf") 'font-lock-builtin-face) "colour of a builtin")
    (check (eq (face-at "note") 'font-lock-comment-face) "colour of a comment")
    (indent-region (point-min) (point-max))
    (check (equal (buffer-substring-no-properties (point-min) (point-max))
                  (string-join '("kprobe:vfs_read" "/pid == 1/" "{" "  if (1) {"
                                 "    printf(\"%d\\n\", $x); // note" "  }" "}" ""
                                 "macro twice($a) { $a * 2 }" "")
                               "\n"))
           (format "indentation: %s" (buffer-substring-no-properties (point-min) (point-max))))
    (check (equal (mapcar #'car (treesit-simple-imenu)) '("Probe" "Macro")) "imenu has probes and macros")
    (after "printf")
    (beginning-of-defun)
    (check (looking-at "kprobe:") "a probe is a defun")))

(defun test-diagnostics ()
  (open-script "wrong.bt" "begin" "{" "  $a = 1;" "  $a = \"x\";" "  print($a);" "}")
  (wait "a diagnostic comes" (lambda () (flymake-start) (flymake-diagnostics)))
  (let ((found (car (flymake-diagnostics))))
    (check (and found (= 4 (line-number-at-pos (flymake-diagnostic-beg found)))) "on line 4")
    (check (and found (string-match-p "PW[0-9]+" (flymake-diagnostic-text found))) "with its code"))
  (after "\"x\"")
  (replace-match "2")
  (eglot--signal-textDocument/didChange)
  (wait "it goes once the mistake is mended" (lambda () (flymake-start) (null (flymake-diagnostics)))))

(defun test-hover-and-completion ()
  (open-script "typing.bt" "begin" "{" "  print(pid);" "  print(nse);" "}")
  (after "print(p")
  (check (string-match-p "pid" (format "%s" (ask :textDocument/hover (eglot--TextDocumentPositionParams))))
         "hover tells about pid")
  (after "nse")
  (let ((table (eglot-completion-at-point)))
    (check (member "nsecs" (all-completions "nse" (nth 2 table))) "completion offers nsecs")))

(defun test-rename-and-format ()
  (open-script "names.bt" "begin{$count = 1;print( $count )}")
  (after "$cou")
  (eglot-rename "total")
  (check (save-excursion (goto-char (point-min)) (search-forward "print( $total )" nil t)) "rename changes every use")
  (eglot-format-buffer)
  (check (equal (buffer-substring-no-properties (point-min) (point-max))
                "begin\n{\n  $total = 1;\n  print($total);\n}\n")
         "formatting lays the script out"))

(defun run-buffer () (get-buffer "*run run.bt*"))

(defun run-text (&optional buffer)
  (with-current-buffer (or buffer (run-buffer)) (buffer-string)))

(defun test-runs ()
  (if (not (equal (getenv "CAN_RUN") "1"))
      (message "ok - running a script # SKIP %s" (getenv "WHY_NOT"))
    (open-script "run.bt" "interval:ms:20" "{" "  printf(\"tick %d\\n\", $1);" "}")
    (let ((lenses (ask :textDocument/codeLens (list :textDocument (eglot--TextDocumentIdentifier)))))
      (check (seq-some (lambda (lens) (equal "Run probe" (plist-get (plist-get lens :command) :title))) lenses)
             "the server has lenses for probes"))
    (cl-letf (((symbol-function 'read-string) (lambda (&rest _) "42")))
      (probewright-run-script t))
    (wait "output of the kernel comes while it runs" (lambda () (string-match-p "tick 42\ntick 42" (run-text))))
    (check (equal (eval (cadr (buffer-local-value 'mode-line-process (run-buffer)))
                        (list (cons 'probewright--run (buffer-local-value 'probewright--run (run-buffer)))))
                  " running")
           "the mode line says that it runs")
    (probewright-stop)
    (wait "stopping ends it" (lambda () (string-match-p "ended with status 0" (run-text))))
    (with-current-buffer (run-buffer) (probewright-run-again))
    (wait "g runs it again" (lambda () (and (not (string-match-p "ended" (run-text)))
                                            (string-match-p "tick 42" (run-text)))))
    (probewright-stop)
    (wait "and it stops" (lambda () (string-match-p "ended with status 0" (run-text))))
    (after "printf")
    (probewright-run-probe)
    (wait "the probe at point runs alone"
          (lambda () (let ((buffer (get-buffer "*run run.bt probe 1*")))
                       (and buffer (string-match-p "tick 0" (run-text buffer))))))
    (probewright-stop)))

(defun test-view ()
  (open-script "view.bt" "begin { print(1); }")
  (probewright-view "syntax-tree")
  (let ((buffer (get-buffer "*syntax-tree of view.bt*")))
    (check (and buffer (string-match-p "print" (run-text buffer))) "a view shows the tree of the script")))

(defun test-files ()
  (require 'checkdoc)
  (dolist (file '("bpftrace-ts-mode.el" "probewright.el"))
    (let ((source (locate-library file))
          (copy (expand-file-name file user-emacs-directory))
          (byte-compile-error-on-warn t)
          (checkdoc-arguments-in-order-flag t)
          problems)
      (copy-file source copy t)
      (check (byte-compile-file copy) (format "%s compiles without a warning" file))
      (delete-file (concat copy "c"))
      (with-current-buffer (find-file-noselect copy)
        (let ((checkdoc-create-error-function
               (lambda (text start _end &optional _unfixable)
                 (push (format "%d: %s" (line-number-at-pos start) text) problems)
                 nil)))
          (checkdoc-current-buffer t))
        (kill-buffer))
      (check (null problems) (format "%s is documented as it is the custom: %S" file problems)))))

(defun test-status ()
  (probewright-status)
  (check (string-match-p "kernel facts: " (or (current-message) "kernel facts: ")) "the status is told"))

(dolist (test '(test-grammar test-mode test-diagnostics test-hover-and-completion test-rename-and-format
                             test-runs test-view test-status test-files))
  (condition-case problem
      (funcall test)
    (error (check nil (format "%s: %S" test problem)))))
(dolist (buffer (buffer-list))
  (with-current-buffer buffer (set-buffer-modified-p nil)))
(ignore-errors (eglot-shutdown-all))
(kill-emacs failures)
;;; emacs.el ends here
