;;; bpftrace-ts-mode.el --- Major mode for bpftrace scripts  -*- lexical-binding: t; -*-

;; Version: 0.1.0
;; Package-Requires: ((emacs "29.1"))
;; Keywords: languages, tools
;; SPDX-License-Identifier: Apache-2.0

;;; Commentary:

;; Colours, indentation, navigation and the language server for scripts of the
;; bpftrace tracing language.
;;
;;     (add-to-list 'load-path "/path/to/probewright/client/emacs")
;;     (require 'bpftrace-ts-mode)
;;
;; `M-x bpftrace-ts-install-grammar' builds the tree-sitter grammar, once.
;; `M-x eglot' starts the language server; `probewright.el' runs scripts.

;;; Code:

(require 'c-ts-common)
(require 'rx)
(require 'subr-x)
(require 'treesit)

(declare-function treesit-parser-create "treesit.c")
(declare-function treesit-node-type "treesit.c")
(declare-function treesit-node-child-by-field-name "treesit.c")

(defgroup bpftrace-ts nil
  "Scripts of the bpftrace tracing language."
  :group 'languages
  :prefix "bpftrace-ts-")

(defcustom bpftrace-ts-indent-offset 2
  "Columns of one level of indentation; `bpftrace --fmt' has 2."
  :type 'natnum
  :safe #'natnump)

(defconst bpftrace-ts--directory
  (file-name-directory (or load-file-name buffer-file-name))
  "Where this file is.")

;;;###autoload
(defun bpftrace-ts-install-grammar ()
  "Build the tree-sitter grammar of the repository that this file is part of."
  (interactive)
  (let* ((builder (expand-file-name "../../grammar/scripts/build-parser.sh" bpftrace-ts--directory))
         (suffix (car (bound-and-true-p dynamic-library-suffixes)))
         (library (concat "libtree-sitter-bpftrace" (or suffix module-file-suffix ".so")))
         (target (expand-file-name (concat "tree-sitter/" library) user-emacs-directory))
         (abi (number-to-string (min 15 (treesit-library-abi-version)))))
    (unless (file-exists-p builder)
      (user-error "%s is not there: use a clone of the whole repository" builder))
    (with-temp-buffer
      (unless (eq 0 (call-process "bash" nil t nil builder target abi))
        (error "The grammar could not be built: %s" (string-trim (buffer-string)))))
    (message "Built %s" target)))

(defvar bpftrace-ts-mode--syntax-table
  (let ((table (make-syntax-table)))
    (modify-syntax-entry ?_ "_" table)
    (modify-syntax-entry ?$ "_" table)
    (modify-syntax-entry ?@ "_" table)
    (modify-syntax-entry ?/ ". 124b" table)
    (modify-syntax-entry ?* ". 23" table)
    (modify-syntax-entry ?\n "> b" table)
    (dolist (operator '(?+ ?- ?% ?= ?< ?> ?& ?| ?^ ?! ?~ ??))
      (modify-syntax-entry operator "." table))
    table)
  "Syntax table of scripts.")

(defvar bpftrace-ts-mode--keywords
  '("if" "else" "for" "while" "unroll" "return" "import" "fn" "macro" "struct" "union" "enum"
    "typedef" "let" "config" "comptime" "sizeof" "offsetof" "typeof" "typeinfo")
  "Words that the grammar has as tokens.")

(defvar bpftrace-ts-mode--builtins
  '(
    ;; <builtins> generated from the table of builtins
    "arch" "args" "assert" "avg" "bswap" "buf" "cat" "cgroup" "cgroup_path" "cgroupid" "clear"
    "comm" "config" "container_of" "count" "cpid" "cpu" "ctx" "curtask" "debugf" "delete"
    "dw_ustack" "elapsed" "elf_is_exe" "errorf" "exit" "fail" "find" "func" "getopt" "gid"
    "has_cpid" "has_key" "hist" "is_array" "is_err" "is_integer" "is_literal" "is_ptr" "is_scalar"
    "is_str" "is_unsigned_integer" "jiffies" "join" "kaddr" "kfunc_allowed" "kfunc_exist" "kptr"
    "kstack" "ksym" "leader_comm" "leader_tid" "len" "lhist" "macaddr" "max" "min" "ncpus" "nsecs"
    "ntop" "numaid" "override" "path" "pcomm" "percpu_kaddr" "pid" "ppid" "print" "printf" "probe"
    "probetype" "pton" "rand" "reg" "retval" "safe_mode" "signal" "signal_name" "signal_num"
    "signal_thread" "skboutput" "socket_cookie" "static_assert" "stats" "str" "str_concat" "strcap"
    "strcontains" "strerror" "strftime" "strlen" "strncmp" "strstr" "sum" "syscall_name" "system"
    "tid" "time" "tseries" "uaddr" "uid" "unwatch" "uptr" "usermode" "username" "ustack" "usym"
    "warnf" "write_user" "zero"
    ;; </builtins>
    )
  "Names that scripts use without defining them.")

(defun bpftrace-ts-mode--font-lock-settings ()
  "Colours, by feature."
  (treesit-font-lock-rules
   :language 'bpftrace
   :feature 'comment
   '([(line_comment) (block_comment)] @font-lock-comment-face
     (shebang) @font-lock-comment-face)

   :language 'bpftrace
   :feature 'string
   '((string_literal) @font-lock-string-face
     (system_path) @font-lock-string-face
     (c_character_literal) @font-lock-string-face)

   :language 'bpftrace
   :feature 'escape-sequence
   :override t
   '((escape_sequence) @font-lock-escape-face)

   :language 'bpftrace
   :feature 'keyword
   `([,@bpftrace-ts-mode--keywords] @font-lock-keyword-face
     (break_statement "break" @font-lock-keyword-face)
     (continue_statement "continue" @font-lock-keyword-face)
     (c_qualifier) @font-lock-keyword-face)

   :language 'bpftrace
   :feature 'preprocessor
   '(["#define" "#include"] @font-lock-preprocessor-face
     (directive_name) @font-lock-preprocessor-face)

   :language 'bpftrace
   :feature 'definition
   '((macro_definition name: (identifier) @font-lock-function-name-face)
     (function_definition name: (identifier) @font-lock-function-name-face)
     (parameter name: (variable) @font-lock-variable-name-face)
     (let_statement variable: (variable) @font-lock-variable-name-face)
     (preproc_define name: (identifier) @font-lock-variable-name-face)
     (c_enumerator name: (identifier) @font-lock-constant-face)
     (config_assignment name: (identifier) @font-lock-property-name-face))

   :language 'bpftrace
   :feature 'attach-point
   '((provider) @font-lock-type-face
     (attach_point function: (attach_part (attach_text) @font-lock-function-name-face))
     (attach_point event: (attach_part (attach_text) @font-lock-function-name-face))
     (attach_text) @font-lock-string-face
     (quoted_text) @font-lock-string-face
     (attach_number) @font-lock-number-face
     [(wildcard) (character_class)] @font-lock-regexp-face)

   :language 'bpftrace
   :feature 'type
   `((type_identifier) @font-lock-type-face
     (c_primitive_type) @font-lock-type-face
     (map_declaration kind: (identifier) @font-lock-type-face))

   :language 'bpftrace
   :feature 'builtin
   `((builtin) @font-lock-builtin-face
     ((identifier) @font-lock-builtin-face
      (:match ,(rx-to-string `(seq bos (or ,@bpftrace-ts-mode--builtins) eos))
              @font-lock-builtin-face)))

   :language 'bpftrace
   :feature 'function
   '((call_expression function: (identifier) @font-lock-function-call-face))

   :language 'bpftrace
   :feature 'number
   '((integer_literal) @font-lock-number-face
     (boolean_literal) @font-lock-constant-face)

   :language 'bpftrace
   :feature 'variable
   '((map) @font-lock-variable-use-face
     (variable) @font-lock-variable-use-face
     [(positional_parameter) (parameter_count)] @font-lock-constant-face)

   :language 'bpftrace
   :feature 'property
   '((field_identifier) @font-lock-property-use-face)

   :language 'bpftrace
   :feature 'operator
   '(["=" "+=" "-=" "*=" "/=" "%=" "&=" "|=" "^=" "<<=" ">>=" "+" "-" "*" "%" "&" "|" "^" "~" "!"
      "&&" "||" "==" "!=" "<" "<=" ">" ">=" "<<" ">>" "++" "--" "->" ".."]
     @font-lock-operator-face)

   :language 'bpftrace
   :feature 'bracket
   '(["(" ")" "[" "]" "{" "}"] @font-lock-bracket-face)

   :language 'bpftrace
   :feature 'delimiter
   '(["," ";" "."] @font-lock-delimiter-face)))

(defvar bpftrace-ts-mode--indent-rules
  `((bpftrace
     ((parent-is "source_file") column-0 0)
     ((node-is "block") standalone-parent 0)
     ((node-is "predicate") column-0 0)
     ((node-is "}") standalone-parent 0)
     ((node-is ")") parent-bol 0)
     ((node-is "]") parent-bol 0)
     ((and (parent-is "comment") c-ts-common-looking-at-star)
      c-ts-common-comment-start-after-first-star -1)
     ((parent-is "comment") prev-adaptive-prefix 0)
     ((parent-is "attach_point") column-0 0)
     ((parent-is "probe") column-0 0)
     ((parent-is "^block$") standalone-parent bpftrace-ts-indent-offset)
     ((parent-is "config_block") standalone-parent bpftrace-ts-indent-offset)
     ((parent-is "c_field_list") standalone-parent bpftrace-ts-indent-offset)
     ((parent-is "c_enumerator_list") standalone-parent bpftrace-ts-indent-offset)
     ((parent-is "arguments") first-sibling 1)
     ((parent-is "expression") parent-bol bpftrace-ts-indent-offset)
     ((parent-is "statement") parent-bol bpftrace-ts-indent-offset)
     ((parent-is "ERROR") no-indent 0)
     (no-node prev-line 0)))
  "Indentation as `bpftrace --fmt' has it.")

(defun bpftrace-ts-mode--name (node)
  "Name of NODE for imenu and the like."
  (pcase (treesit-node-type node)
    ("probe" (treesit-node-text (treesit-node-child-by-field-name node "attach_point") t))
    ("map_declaration" (treesit-node-text (treesit-node-child-by-field-name node "map") t))
    (_ (treesit-node-text (treesit-node-child-by-field-name node "name") t))))

;;;###autoload
(define-derived-mode bpftrace-ts-mode prog-mode "bpftrace"
  "Major mode for bpftrace scripts, by their tree-sitter grammar."
  :syntax-table bpftrace-ts-mode--syntax-table
  (setq-local comment-start "// "
              comment-end ""
              comment-start-skip (rx (or "//" "/*") (* blank)))
  (setq-local indent-tabs-mode nil
              tab-width 2
              electric-indent-chars (append "{}()[];" electric-indent-chars))
  (if (not (treesit-ready-p 'bpftrace t))
      (message "No grammar for bpftrace yet: M-x bpftrace-ts-install-grammar")
    (treesit-parser-create 'bpftrace)
    (setq-local treesit-font-lock-settings (bpftrace-ts-mode--font-lock-settings)
                treesit-font-lock-feature-list
                '((comment definition)
                  (keyword string preprocessor attach-point type)
                  (builtin number escape-sequence property variable function)
                  (operator bracket delimiter)))
    (setq-local treesit-simple-indent-rules bpftrace-ts-mode--indent-rules)
    (setq-local treesit-defun-type-regexp
                (rx bos (or "probe" "macro_definition" "function_definition" "c_definition") eos)
                treesit-defun-name-function #'bpftrace-ts-mode--name)
    (setq-local treesit-simple-imenu-settings
                '(("Probe" "\\`probe\\'" nil nil)
                  ("Macro" "\\`macro_definition\\'" nil nil)
                  ("Function" "\\`function_definition\\'" nil nil)
                  ("Map" "\\`map_declaration\\'" nil bpftrace-ts-mode--name)
                  ("Type" "\\`c_\\(struct\\|union\\|enum\\)\\'" nil bpftrace-ts-mode--name)))
    (treesit-major-mode-setup)))

;;;###autoload
(progn
  (add-to-list 'auto-mode-alist '("\\.bt\\'" . bpftrace-ts-mode))
  (add-to-list 'interpreter-mode-alist '("bpftrace" . bpftrace-ts-mode))
  (add-to-list 'interpreter-mode-alist '("probewright" . bpftrace-ts-mode)))

(provide 'bpftrace-ts-mode)
;;; bpftrace-ts-mode.el ends here
