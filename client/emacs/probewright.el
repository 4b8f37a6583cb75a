;;; probewright.el --- Check and run bpftrace scripts  -*- lexical-binding: t; -*-

;; Version: 0.1.0
;; Package-Requires: ((emacs "29.1"))
;; Keywords: languages, tools
;; SPDX-License-Identifier: Apache-2.0

;;; Commentary:

;;     (require 'probewright)
;;     (add-hook 'bpftrace-ts-mode-hook #'eglot-ensure)
;;
;; Tells eglot of the language server, and runs scripts with their output live
;; in a buffer: `C-c C-c' the script, `C-c C-p' the probe at point, `C-c C-k'
;; stops all runs.  `C-c C-v' shows what the compiler makes of the script.

;;; Code:

(require 'bpftrace-ts-mode)
(require 'eglot)

(defcustom probewright-command "probewright"
  "The command, or its path."
  :type 'string
  :group 'bpftrace-ts)

(defcustom probewright-settings nil
  "The server's settings, as a plist, e.g. (:kernels [\"live\"]).
docs/settings.md in the repository lists them."
  :type 'plist
  :group 'bpftrace-ts)

(defclass probewright-server (eglot-lsp-server) ()
  :documentation "The language server with what it says about runs.")

(add-to-list 'eglot-server-programs
             '(bpftrace-ts-mode . probewright--contact))

(defun probewright--contact (&rest _)
  "Class and command of the server, for eglot."
  `(probewright-server ,probewright-command "lsp" "--stdio"
                       :initializationOptions
                       (:settings ,(or probewright-settings eglot--{}))))

;;;; Runs

(defvar probewright--runs (make-hash-table)
  "Buffers of runs by number.")

(defvar probewright--early (make-hash-table)
  "What came for runs before the answer that they have started.
Functions of the buffer to come, last first.")

(defvar-local probewright--run nil
  "Number of the run whose output a buffer shows; nil once it has ended.")
(defvar-local probewright--request nil
  "What started the run.")
(defvar-local probewright--server nil
  "The server that runs it.")

(defvar probewright-run-mode-map
  (let ((map (make-sparse-keymap)))
    (define-key map (kbd "C-c C-k") #'probewright-stop)
    (define-key map "k" #'probewright-stop)
    (define-key map "g" #'probewright-run-again)
    map))

(define-derived-mode probewright-run-mode special-mode "Run"
  "Output of a script: `k' stops it, `g' runs it again."
  (setq-local truncate-lines t
              mode-line-process '(:eval (if probewright--run " running" " ended"))))

(defun probewright--append (buffer text)
  "In BUFFER append TEXT; windows at its end follow."
  (when (buffer-live-p buffer)
    (with-current-buffer buffer
      (let* ((inhibit-read-only t)
             (at-end (= (point) (point-max)))
             (windows (seq-filter (lambda (window) (= (window-point window) (point-max)))
                                  (get-buffer-window-list buffer nil t))))
        (save-excursion
          (goto-char (point-max))
          (insert text))
        (when at-end (goto-char (point-max)))
        (dolist (window windows)
          (set-window-point window (point-max)))))))

(defun probewright--with-run (run action)
  "For RUN call ACTION with its buffer, now or as soon as there is one."
  (if-let* ((buffer (gethash run probewright--runs)))
      (funcall action buffer)
    (push action (gethash run probewright--early))))

(cl-defmethod eglot-handle-notification
  ((_server probewright-server) (_method (eql probewright/run/output)) &key run text &allow-other-keys)
  "For RUN show TEXT, which it has printed."
  (probewright--with-run run (lambda (buffer) (probewright--append buffer text))))

(cl-defmethod eglot-handle-notification
  ((_server probewright-server) (_method (eql probewright/run/ended)) &key run exitCode &allow-other-keys)
  "Say that RUN has ended, with EXITCODE."
  (probewright--with-run
   run
   (lambda (buffer)
     (probewright--append buffer (format "\n[ended with status %d]\n" exitCode))
     (when (buffer-live-p buffer)
       (with-current-buffer buffer
         (setq probewright--run nil)
         (force-mode-line-update))))))

;; What displays with drawings of their own use.
(dolist (method '(probewright/run/events probewright/run/started probewright/status probewright/view/changed))
  (eval `(cl-defmethod eglot-handle-notification
           ((_server probewright-server) (_method (eql ,method)) &key &allow-other-keys)
           "Nothing to show.")))

(defun probewright--execute (server command argument)
  "On SERVER call COMMAND with ARGUMENT; return its result."
  (jsonrpc-request server :workspace/executeCommand
                   (list :command command :arguments (vector argument))))

(defun probewright--start (server request)
  "On SERVER start the run of REQUEST, with its output in a window."
  (let ((answer (probewright--execute server "probewright.run" request)))
    (if (equal (plist-get answer :kind) "refused")
        (user-error "%s" (string-join (cons (plist-get answer :message)
                                            (append (plist-get answer :advice) nil))
                                      "\n"))
      (probewright--show-run server request (plist-get answer :run)))))

(defun probewright--show-run (server request run)
  "On SERVER, REQUEST has started RUN: show it in the buffer that is for it."
  (let* ((path (eglot-uri-to-path (plist-get request :uri)))
         (probe (plist-get request :probe))
         (buffer (get-buffer-create
                  (format "*run %s%s*" (file-name-nondirectory path)
                          (if probe (format " probe %d" (1+ probe)) "")))))
    (with-current-buffer buffer
      (probewright-run-mode)
      (let ((inhibit-read-only t)) (erase-buffer))
      (setq probewright--run run
            probewright--request request
            probewright--server server))
    (puthash run buffer probewright--runs)
    (display-buffer buffer)
    (dolist (action (reverse (gethash run probewright--early)))
      (funcall action buffer))
    (remhash run probewright--early)
    buffer))

(defun probewright--eglot-uri ()
  "Address of this buffer for the server."
  (plist-get (eglot--TextDocumentIdentifier) :uri))

(defun probewright--parameters (arg)
  "Parameters for a script: asked for with a prefix ARG."
  (vconcat (and arg (split-string-and-unquote (read-string "Parameters: ")))))

(defun probewright-run-script (&optional arg)
  "Run this script as it is in the buffer; with prefix ARG ask for its parameters."
  (interactive "P")
  (eglot--signal-textDocument/didChange)
  (probewright--start (eglot--current-server-or-lose)
                      (list :uri (probewright--eglot-uri)
                            :parameters (probewright--parameters arg)
                            :streams ["text"])))

(defun probewright-run-probe (&optional arg)
  "Run the probe at point alone; with prefix ARG ask for the script's parameters."
  (interactive "P")
  (eglot--signal-textDocument/didChange)
  (let* ((server (eglot--current-server-or-lose))
         (line (1- (line-number-at-pos nil t)))
         (lenses (jsonrpc-request server :textDocument/codeLens
                                  (list :textDocument (eglot--TextDocumentIdentifier))))
         found)
    (seq-doseq (lens lenses)
      (let* ((command (plist-get lens :command))
             (arguments (plist-get command :arguments))
             (probe (and (> (length arguments) 0) (plist-get (aref arguments 0) :probe))))
        (when (and probe (<= (plist-get (plist-get (plist-get lens :range) :start) :line) line))
          (setq found probe))))
    (unless found (user-error "No probe at or above point can be run alone"))
    (probewright--start server (list :uri (probewright--eglot-uri)
                                     :probe found
                                     :parameters (probewright--parameters arg)
                                     :streams ["text"]))))

(defun probewright-run-again ()
  "Run again the script of this buffer."
  (interactive)
  (when probewright--run (user-error "It still runs; k stops it"))
  (probewright--start probewright--server probewright--request))

(defun probewright-stop ()
  "Stop the run of this buffer; all of them in any other buffer."
  (interactive)
  (let ((buffers (if probewright--request
                     (list (current-buffer))
                   (delete-dups (hash-table-values probewright--runs)))))
    (dolist (buffer buffers)
      (when (buffer-live-p buffer)
        (with-current-buffer buffer
          (when probewright--run
            (probewright--execute probewright--server "probewright.stop" probewright--run)))))))

;;;; Views

(defconst probewright-view-kinds
  '("syntax-tree" "typed-tree" "macro-expansion" "llvm-ir" "assembly" "stack-plan" "verifier-log")
  "What the server can show of a script.")

(defun probewright-view (kind)
  "Show a view of this script.
KIND is one of `probewright-view-kinds'."
  (interactive (list (completing-read "View: " probewright-view-kinds nil t)))
  (eglot--signal-textDocument/didChange)
  (let* ((content (probewright--execute (eglot--current-server-or-lose) "probewright.view"
                                        (list :uri (probewright--eglot-uri)
                                              :kind kind
                                              :position (eglot--pos-to-lsp-position))))
         (line (plist-get (plist-get (plist-get content :selection) :start) :line))
         (buffer (get-buffer-create (format "*%s of %s*" kind (buffer-name)))))
    (with-current-buffer buffer
      (special-mode)
      (setq-local truncate-lines t)
      (let ((inhibit-read-only t))
        (erase-buffer)
        (insert (plist-get content :text)))
      (goto-char (point-min))
      (forward-line (or line 0)))
    (set-window-point (display-buffer buffer) (with-current-buffer buffer (point)))))

(defun probewright-status ()
  "Say which kernel's facts are in use, and whether scripts can be run."
  (interactive)
  (let ((status (jsonrpc-request (eglot--current-server-or-lose) :workspace/executeCommand
                                 '(:command "probewright.status"))))
    (message "probewright %s, kernel facts: %s%s; scripts can%s be run"
             (plist-get status :version)
             (plist-get status :kernel)
             (mapconcat (lambda (gap) (format ", without %s" gap)) (plist-get status :gaps) "")
             (if (eq (plist-get status :canRun) t)
                 ""
               (format "not (%s)" (plist-get status :whyNot))))))

(define-key bpftrace-ts-mode-map (kbd "C-c C-c") #'probewright-run-script)
(define-key bpftrace-ts-mode-map (kbd "C-c C-p") #'probewright-run-probe)
(define-key bpftrace-ts-mode-map (kbd "C-c C-k") #'probewright-stop)
(define-key bpftrace-ts-mode-map (kbd "C-c C-v") #'probewright-view)

(provide 'probewright)
;;; probewright.el ends here
