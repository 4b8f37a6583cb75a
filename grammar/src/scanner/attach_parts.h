/* Parts of attach points: text, numbers, wildcards, quoted pieces and positional parameters. */
#ifndef SCANNER_ATTACH_PARTS_H
#define SCANNER_ATTACH_PARTS_H

#include "tokens.h"

#include <limits.h>

/* Ends every attach point. */
static bool ends_attach_point(TSLexer *lexer) {
  int32_t c = lexer->lookahead;
  return is_space(c) || c == '{' || c == ',' || at_end(lexer);
}

/* Ends plain characters of a part. */
static bool ends_part_text(TSLexer *lexer) {
  int32_t c = lexer->lookahead;
  return ends_attach_point(lexer) || c == ':' || c == '@' || c == '"' || c == '$' || c == '*' || c == '[';
}

/* How far to look ahead of a token: far beyond what scripts contain, but bounded, or odd inputs take quadratic time. */
enum { LOOKAHEAD_MAX = 512 };

/* Reads a quoted piece on one line; false when it does not end there, or not within `budget` characters. */
static bool read_quoted(TSLexer *lexer, unsigned budget) {
  advance(lexer);
  for (; budget > 0 && !at_end(lexer) && lexer->lookahead != '\n'; budget--) {
    int32_t c = lexer->lookahead;
    advance(lexer);
    if (c == '"') return true;
    if (c == '\\' && !at_end(lexer) && lexer->lookahead != '\n') advance(lexer);
  }
  return false;
}

/* Whether another ':' or '@' part follows in this attach point. */
static bool another_part_follows(TSLexer *lexer) {
  for (unsigned budget = LOOKAHEAD_MAX; budget > 0 && !ends_attach_point(lexer); budget--) {
    if (lexer->lookahead == ':' || lexer->lookahead == '@') return true;
    if (lexer->lookahead == '"') {
      if (!read_quoted(lexer, LOOKAHEAD_MAX)) return false;
    } else {
      advance(lexer);
    }
  }
  return false;
}

/* State of the recogniser of numbers: what the shared numeric converter takes. */
enum number_state {
  NUMBER_START,
  NUMBER_ZERO,
  NUMBER_DIGITS,
  NUMBER_PREFIX_HEX,
  NUMBER_HEX,
  NUMBER_PREFIX_BINARY,
  NUMBER_BINARY,
  NUMBER_EXPONENT_START,
  NUMBER_EXPONENT,
  NUMBER_SUFFIX,
  NUMBER_NONE,
};

struct number_reader {
  enum number_state state;
  char suffix[4];
  unsigned suffix_length;
};

static enum number_state add_suffix(struct number_reader *reader, int32_t c) {
  if (reader->suffix_length + 1 >= sizeof(reader->suffix) || c < 'a' || c > 'z') return NUMBER_NONE;
  reader->suffix[reader->suffix_length++] = (char)c;
  reader->suffix[reader->suffix_length] = 0;
  return NUMBER_SUFFIX;
}

static enum number_state next_number_state(struct number_reader *reader, int32_t c) {
  switch (reader->state) {
    case NUMBER_START:
      return c == '0' ? NUMBER_ZERO : is_digit(c) ? NUMBER_DIGITS : NUMBER_NONE;
    case NUMBER_ZERO:
      if (c == 'x' || c == 'X') return NUMBER_PREFIX_HEX;
      if (c == 'b' || c == 'B') return NUMBER_PREFIX_BINARY;
      if (is_digit(c) || c == '_') return NUMBER_DIGITS;
      return add_suffix(reader, c);
    case NUMBER_DIGITS:
      if (is_digit(c) || c == '_') return NUMBER_DIGITS;
      if (c == 'e' || c == 'E') return NUMBER_EXPONENT_START;
      return add_suffix(reader, c);
    case NUMBER_PREFIX_HEX:
      return is_hex_digit(c) ? NUMBER_HEX : NUMBER_NONE;
    case NUMBER_HEX:
      return is_hex_digit(c) || c == '_' ? NUMBER_HEX : NUMBER_NONE;
    case NUMBER_PREFIX_BINARY:
      return c == '0' || c == '1' ? NUMBER_BINARY : NUMBER_NONE;
    case NUMBER_BINARY:
      return c == '0' || c == '1' || c == '_' ? NUMBER_BINARY : NUMBER_NONE;
    case NUMBER_EXPONENT_START:
      return is_digit(c) ? NUMBER_EXPONENT : NUMBER_NONE;
    case NUMBER_EXPONENT:
      if (is_digit(c) || c == '_') return NUMBER_EXPONENT;
      return add_suffix(reader, c);
    case NUMBER_SUFFIX:
      return add_suffix(reader, c);
    case NUMBER_NONE:
      return NUMBER_NONE;
  }
  return NUMBER_NONE;
}

static bool is_number(const struct number_reader *reader) {
  static const char *const suffixes[] = {"u", "ul", "ull", "l", "ll", "ns", "us", "ms", "s", "m", "h", "d"};
  switch (reader->state) {
    case NUMBER_ZERO:
    case NUMBER_DIGITS:
    case NUMBER_HEX:
    case NUMBER_BINARY:
    case NUMBER_EXPONENT:
      return true;
    case NUMBER_SUFFIX:
      for (size_t i = 0; i < COUNT(suffixes); i++) {
        if (equal_words(reader->suffix, suffixes[i], false)) return true;
      }
      return false;
    default:
      return false;
  }
}


/*
 * Plain characters of a part. RAW_TEXT takes '+' as a character and NAME_TEXT ends at it. TARGET_TEXT, the first part
 * of a uprobe, is a path when another part follows and a function when not, so '+' is undecided until then.
 */
static bool scan_part_text(TSLexer *lexer, const bool *valid) {
  enum token_type kind = valid[NAME_TEXT] ? NAME_TEXT : valid[TARGET_TEXT] ? TARGET_TEXT : RAW_TEXT;
  if (!valid[kind]) return false;
  struct number_reader reader = {NUMBER_START, {0}, 0};
  bool any = false;
  bool undecided = false;
  while (!ends_part_text(lexer)) {
    if (lexer->lookahead == '+' && kind == NAME_TEXT) break;
    if (lexer->lookahead == '+' && kind == TARGET_TEXT && !undecided) {
      lexer->mark_end(lexer);
      undecided = true;
      if (!any) {
        advance(lexer);
        lexer->mark_end(lexer);
        continue;
      }
    }
    reader.state = next_number_state(&reader, lexer->lookahead);
    advance(lexer);
    if (!undecided) any = true;
  }
  lexer->result_symbol = kind;
  if (undecided) {
    if (lexer->lookahead == ':' || lexer->lookahead == '@') {
      lexer->mark_end(lexer);
      return true;
    }
    return any || another_part_follows(lexer);
  }
  if (!any) return false;
  lexer->mark_end(lexer);
  int32_t c = lexer->lookahead;
  bool whole = ends_attach_point(lexer) || c == '@' || c == '+' || (c == ':' && kind != NAME_TEXT);
  if (valid[NUMBER_TEXT] && whole && is_number(&reader)) lexer->result_symbol = NUMBER_TEXT;
  return true;
}

/* `[` … `]` without anything that ends a part between; a lone `[` is a plain character. */
static bool scan_class(TSLexer *lexer, const bool *valid) {
  advance(lexer);
  lexer->mark_end(lexer);
  for (unsigned budget = LOOKAHEAD_MAX; budget > 0 && lexer->lookahead != ':' && lexer->lookahead != ']'; budget--) {
    if (ends_attach_point(lexer)) break;
    advance(lexer);
  }
  if (lexer->lookahead == ']') {
    advance(lexer);
    lexer->mark_end(lexer);
    lexer->result_symbol = CLASS_TEXT;
    return true;
  }
  lexer->result_symbol = valid[NAME_TEXT] ? NAME_TEXT : valid[TARGET_TEXT] ? TARGET_TEXT : RAW_TEXT;
  return true;
}

/* One piece of a part, directly behind what precedes it. */
static bool scan_part(TSLexer *lexer, const bool *valid) {
  switch (lexer->lookahead) {
    case '*':
      advance(lexer);
      lexer->result_symbol = WILDCARD_TEXT;
      break;
    case '[':
      return scan_class(lexer, valid);
    case '"':
      if (!read_quoted(lexer, UINT_MAX)) return false;
      lexer->result_symbol = QUOTED_TEXT;
      break;
    case '$':
      advance(lexer);
      if (!is_digit(lexer->lookahead)) return false;
      while (is_digit(lexer->lookahead)) advance(lexer);
      lexer->result_symbol = POSITIONAL_TEXT;
      break;
    default:
      return scan_part_text(lexer, valid);
  }
  lexer->mark_end(lexer);
  return true;
}

#endif
