/*
 * External scanner of the bpftrace grammar: what regular expressions cannot decide.
 *
 * Four jobs:
 *   - parts of attach points, which end at white space and whose layout depends on the provider;
 *   - the three readings of '/' and the two readings of ')', by what follows;
 *   - the rest of a preprocessor line, the inside of strings, block comments up to the end of the file;
 *   - the end of an item that is not finished: where the next item starts at the beginning of a line, or the file
 *     ends, an empty token closes what is open. It is returned even where the grammar has no place for it, so that the
 *     parser gives up the unfinished statement and not the item that follows.
 *
 * The only state is that such tokens have just been given: it differs between two of them in a row, without which the
 * parser would refuse the second as a sign of an endless loop.
 */
#include "scanner/attach_parts.h"
#include "scanner/items.h"
#include "scanner/tokens.h"

#include "tree_sitter/alloc.h"

/* What the last token was: ODD and EVEN alternate while one empty token follows the other. */
enum closing {
  CLOSING_NONE,
  CLOSING_ODD,
  CLOSING_EVEN,
};

struct scanner {
  unsigned char closing;
};

/* Behind a `%`: whether what follows makes a conversion of it. Flags, width, precision and length in any order and number. */
static bool at_conversion(TSLexer *lexer) {
  while (lexer->lookahead == '-' || lexer->lookahead == '+' || lexer->lookahead == ' ' || lexer->lookahead == '#')
    advance(lexer);
  while (is_digit(lexer->lookahead) || lexer->lookahead == '.' || lexer->lookahead == '*') advance(lexer);
  return lexer->lookahead == '%' || (is_letter(lexer->lookahead) && lexer->lookahead != '_');
}

/* The rest of a string literal up to its quote, an escape, a conversion or the end of the line. */
static bool scan_string_content(TSLexer *lexer) {
  bool any = false;
  lexer->result_symbol = STRING_CONTENT;
  while (!at_end(lexer) && lexer->lookahead != '"' && lexer->lookahead != '\\' && lexer->lookahead != '\n') {
    lexer->mark_end(lexer);
    bool percent = lexer->lookahead == '%';
    advance(lexer);
    if (percent && at_conversion(lexer)) return any;
    any = true;
  }
  lexer->mark_end(lexer);
  return any;
}

/* A name or the remaining text on a preprocessor line, without trailing blanks and comments. */
static bool scan_directive(TSLexer *lexer, const bool *valid) {
  if (valid[DIRECTIVE_NAME]) {
    if (!is_letter(lexer->lookahead)) return false;
    while (is_word_char(lexer->lookahead)) advance(lexer);
    lexer->mark_end(lexer);
    lexer->result_symbol = DIRECTIVE_NAME;
    return true;
  }
  if (lexer->lookahead == '/') {
    advance(lexer);
    if (lexer->lookahead == '/') return false;
    if (lexer->lookahead == '*') {
      advance(lexer);
      finish_block_comment(lexer);
      lexer->mark_end(lexer);
      lexer->result_symbol = BLOCK_COMMENT;
      return true;
    }
    lexer->mark_end(lexer);
  }
  int32_t quote = 0;
  while (!at_end(lexer) && lexer->lookahead != '\n') {
    int32_t c = lexer->lookahead;
    advance(lexer);
    if (is_blank(c)) continue;
    if (!quote && c == '/' && (lexer->lookahead == '/' || lexer->lookahead == '*')) break;
    if (c == quote) {
      quote = 0;
    } else if (!quote && (c == '"' || c == '\'')) {
      quote = c;
    }
    if (c == '\\' && !at_end(lexer) && lexer->lookahead != '\n') advance(lexer);
    lexer->mark_end(lexer);
  }
  lexer->result_symbol = DIRECTIVE_TEXT;
  return true;
}

/* A comment, or one of the readings of '/'. */
static bool scan_slash(TSLexer *lexer, const bool *valid, bool recovering) {
  advance(lexer);
  if (lexer->lookahead == '*') {
    advance(lexer);
    finish_block_comment(lexer);
    lexer->mark_end(lexer);
    lexer->result_symbol = BLOCK_COMMENT;
    return true;
  }
  if (lexer->lookahead == '/') return false;
  if (!recovering && valid[PREDICATE_OPEN]) {
    lexer->mark_end(lexer);
    lexer->result_symbol = PREDICATE_OPEN;
    return true;
  }
  if (lexer->lookahead == '=' || !(valid[DIVISION] || valid[PREDICATE_CLOSE])) return false;
  lexer->mark_end(lexer);
  lexer->result_symbol = peek_past_layout(lexer) == '{' ? PREDICATE_CLOSE : DIVISION;
  return true;
}

/* The `)` of a cast: what follows can start an operand. */
static bool scan_cast_close(TSLexer *lexer) {
  advance(lexer);
  lexer->mark_end(lexer);
  lexer->result_symbol = CAST_CLOSE;
  int32_t c = peek_past_layout(lexer);
  return is_word_char(c) || (c > 0 && c < 128 && strchr("$@\"(-!~*&", (int)c) != NULL);
}

static bool give(TSLexer *lexer, enum token_type token) {
  lexer->result_symbol = token;
  return true;
}

/* An empty token where something is missing: the item ends at `lexer`, or, when `item_ends` is false, `c` comes next. */
static bool give_missing(struct scanner *scanner, TSLexer *lexer, const bool *valid, bool item_ends, int32_t c) {
  bool statement_ends = item_ends || c == ';' || c == '}';
  if (valid[OPERAND_MISSING] && (statement_ends || c == ')' || c == ']' || c == ',')) return give(lexer, OPERAND_MISSING);
  /* Behind an operand a brace cannot be part of the expression; division tells that one precedes. */
  if (valid[ENCLOSURE_MISSING] && (statement_ends || (c == '{' && valid[DIVISION]))) return give(lexer, ENCLOSURE_MISSING);
  if (!item_ends) return false;
  scanner->closing = scanner->closing == CLOSING_ODD ? CLOSING_EVEN : CLOSING_ODD;
  return give(lexer, UNFINISHED);
}

/* What starts an operand and cannot go on with an expression. `word` is what was read of it. */
static bool starts_operand(int32_t c, const char *word) {
  return (is_word_char(c) || c == '$' || c == '@' || c == '"' || c == '(') && !equal_words(word, "else", false);
}

/* Two operands in a row: a `;` or a `,` is missing between them. */
static bool give_separator(TSLexer *lexer, const bool *valid, int32_t c, const char *word) {
  if (valid[NO_SEPARATOR_MARK] || !starts_operand(c, word)) return false;
  if (valid[SEMICOLON_MISSING]) return give(lexer, SEMICOLON_MISSING);
  return valid[COMMA_MISSING] && give(lexer, COMMA_MISSING);
}

/* White space, then whatever does not depend on standing directly behind the last token. */
static bool scan_behind_space(struct scanner *scanner, TSLexer *lexer, const bool *valid) {
  bool recovering = valid[ERROR_SENTINEL];
  bool expected = !recovering && valid[PROVIDER_OTHER];
  /* Should it become an empty token, it stands at the end of the last one. */
  lexer->mark_end(lexer);
  bool line_start = false;
  bool column_zero = false;
  while (is_space(lexer->lookahead)) {
    column_zero = lexer->lookahead == '\n';
    if (column_zero) line_start = true;
    skip(lexer);
  }
  int32_t c = lexer->lookahead;
  if (at_end(lexer)) return !recovering && !expected && give_missing(scanner, lexer, valid, true, c);
  if (c == '/') return scan_slash(lexer, valid, recovering);
  if (!recovering && give_missing(scanner, lexer, valid, false, c)) return true;
  if (c == '}') {
    advance(lexer);
    lexer->mark_end(lexer);
    return give(lexer, CLOSING_BRACE);
  }
  if (expected) return scan_provider(lexer, valid);
  if (recovering) return scan_provider_in_recovery(lexer);
  if (c == ')') return valid[CAST_CLOSE] && scan_cast_close(lexer);
  if (c == '(' && valid[CALL_PARENTHESIS]) {
    advance(lexer);
    lexer->mark_end(lexer);
    return give(lexer, CALL_PARENTHESIS);
  }
  char word[WORD_MAX];
  if (line_start) {
    if (starts_item(lexer, valid, column_zero, word)) return give_missing(scanner, lexer, valid, true, c);
  } else {
    size_t length;
    if (!valid[SEMICOLON_MISSING] && !valid[COMMA_MISSING]) return false;
    read_provider_word(lexer, word, &length);
  }
  return give_separator(lexer, valid, c, word);
}

/* Tokens that stand directly behind the last one. */
static bool scan_adjacent(TSLexer *lexer, const bool *valid, bool *matched) {
  *matched = true;
  if (valid[WILDCARD_TEXT] && !ends_attach_point(lexer)) {
    int32_t c = lexer->lookahead;
    return c != ':' && c != '@' && (c != '+' || !valid[NAME_TEXT]) && scan_part(lexer, valid);
  }
  if (valid[STRING_CONTENT] && lexer->lookahead != '\n') return scan_string_content(lexer);
  if (valid[DIRECTIVE_NAME] || valid[DIRECTIVE_TEXT]) {
    /* The parameters of a macro; or `#!`, which is no preprocessor line. */
    if (lexer->lookahead == '(' || lexer->lookahead == '!') return false;
    while (is_blank(lexer->lookahead)) skip(lexer);
    if (lexer->lookahead != '\n' && !at_end(lexer)) return scan_directive(lexer, valid);
  }
  *matched = false;
  return false;
}

void *tree_sitter_bpftrace_external_scanner_create(void) { return ts_calloc(1, sizeof(struct scanner)); }

void tree_sitter_bpftrace_external_scanner_destroy(void *payload) { ts_free(payload); }

unsigned tree_sitter_bpftrace_external_scanner_serialize(void *payload, char *buffer) {
  const struct scanner *scanner = payload;
  if (scanner->closing == CLOSING_NONE) return 0;
  buffer[0] = (char)scanner->closing;
  return 1;
}

void tree_sitter_bpftrace_external_scanner_deserialize(void *payload, const char *buffer, unsigned length) {
  struct scanner *scanner = payload;
  scanner->closing = length > 0 ? (unsigned char)buffer[0] : CLOSING_NONE;
}

bool tree_sitter_bpftrace_external_scanner_scan(void *payload, TSLexer *lexer, const bool *valid) {
  struct scanner *scanner = payload;
  unsigned char closing = scanner->closing;
  bool matched = false;
  bool found = !valid[ERROR_SENTINEL] && scan_adjacent(lexer, valid, &matched);
  if (!matched) found = scan_behind_space(scanner, lexer, valid);
  /* Any other token ends a series of closings; comments do not. */
  if (found && scanner->closing == closing && lexer->result_symbol != BLOCK_COMMENT) scanner->closing = CLOSING_NONE;
  return found;
}
