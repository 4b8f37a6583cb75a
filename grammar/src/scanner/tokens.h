/* What all parts of the scanner share: the tokens, kinds of characters, and reading past layout. */
#ifndef SCANNER_TOKENS_H
#define SCANNER_TOKENS_H

#include "tree_sitter/parser.h"

#include <string.h>

/* Same order as `externals` in grammar.js. */
enum token_type {
  BLOCK_COMMENT,
  STRING_CONTENT,
  DIRECTIVE_NAME,
  DIRECTIVE_TEXT,
  DIVISION,
  PREDICATE_OPEN,
  PREDICATE_CLOSE,
  CAST_CLOSE,
  LABEL,
  PROVIDER_PLAIN,
  PROVIDER_SELF,
  PROVIDER_NAMED,
  PROVIDER_KPROBE,
  PROVIDER_FENTRY,
  PROVIDER_UPROBE,
  PROVIDER_USDT,
  PROVIDER_TRACEPOINT,
  PROVIDER_RAWTRACEPOINT,
  PROVIDER_ITER,
  PROVIDER_TIMER,
  PROVIDER_EVENT,
  PROVIDER_WATCHPOINT,
  PROVIDER_OTHER,
  RAW_TEXT,
  NAME_TEXT,
  TARGET_TEXT,
  NUMBER_TEXT,
  WILDCARD_TEXT,
  CLASS_TEXT,
  QUOTED_TEXT,
  POSITIONAL_TEXT,
  CLOSING_BRACE,
  CALL_PARENTHESIS,
  SEMICOLON_MISSING,
  COMMA_MISSING,
  ENCLOSURE_MISSING,
  OPERAND_MISSING,
  NO_SEPARATOR_MARK,
  UNFINISHED,
  C_MEMBER_MARK,
  ERROR_SENTINEL,
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void advance(TSLexer *lexer) { lexer->advance(lexer, false); }

static void skip(TSLexer *lexer) { lexer->advance(lexer, true); }

static bool is_blank(int32_t c) { return c == ' ' || c == '\t' || c == '\r'; }

static bool is_space(int32_t c) { return is_blank(c) || c == '\n' || c == '\v' || c == '\f'; }

static bool is_digit(int32_t c) { return c >= '0' && c <= '9'; }

static bool is_hex_digit(int32_t c) {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static bool is_letter(int32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_word_char(int32_t c) { return is_letter(c) || is_digit(c); }

static bool at_end(TSLexer *lexer) { return lexer->lookahead == 0 && lexer->eof(lexer); }

static char to_lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c; }

static bool equal_words(const char *left, const char *right, bool ignore_case) {
  for (; *left && *right; left++, right++) {
    char c = ignore_case ? to_lower(*left) : *left;
    if (c != *right) return false;
  }
  return *left == *right;
}

/* Skips the inside of a comment whose opening was read; an unterminated one runs to the end of the file. */
static void finish_block_comment(TSLexer *lexer) {
  while (!at_end(lexer)) {
    if (lexer->lookahead != '*') {
      advance(lexer);
      continue;
    }
    advance(lexer);
    if (lexer->lookahead == '/') {
      advance(lexer);
      return;
    }
  }
}

/* First character behind white space and comments; -1 for a lone '/', 0 at the end of the file. */
static int32_t peek_past_layout(TSLexer *lexer) {
  for (;;) {
    while (is_space(lexer->lookahead)) advance(lexer);
    if (lexer->lookahead != '/') return at_end(lexer) ? 0 : lexer->lookahead;
    advance(lexer);
    if (lexer->lookahead == '/') {
      while (!at_end(lexer) && lexer->lookahead != '\n') advance(lexer);
    } else if (lexer->lookahead == '*') {
      advance(lexer);
      finish_block_comment(lexer);
    } else {
      return -1;
    }
  }
}

#endif
