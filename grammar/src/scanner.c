/*
 * External scanner of the bpftrace grammar: what regular expressions cannot decide.
 *
 * It keeps no state between tokens, so nothing is serialized and edits stay cheap. Four jobs:
 *   - parts of attach points, which end at white space and whose layout depends on the provider;
 *   - the three readings of '/' and the two readings of ')', by what follows;
 *   - the rest of a preprocessor line, the inside of strings, block comments up to the end of the file;
 *   - a provider at the start of a line inside an unfinished probe: it is returned although it is not
 *     expected there, so that the parser gives up the unfinished probe and not the one that follows.
 */
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
  ERROR_SENTINEL,
};

enum { WORD_MAX = 32 };

struct provider_name {
  const char *text;
  enum token_type family;
};

/* Matched without regard to case. */
static const struct provider_name provider_names[] = {
    {"begin", PROVIDER_PLAIN},
    {"end", PROVIDER_PLAIN},
    {"self", PROVIDER_SELF},
    {"test", PROVIDER_NAMED},
    {"bench", PROVIDER_NAMED},
    {"kprobe", PROVIDER_KPROBE},
    {"kretprobe", PROVIDER_KPROBE},
    {"fentry", PROVIDER_FENTRY},
    {"fexit", PROVIDER_FENTRY},
    {"uprobe", PROVIDER_UPROBE},
    {"uretprobe", PROVIDER_UPROBE},
    {"usdt", PROVIDER_USDT},
    {"tracepoint", PROVIDER_TRACEPOINT},
    {"rawtracepoint", PROVIDER_RAWTRACEPOINT},
    {"iter", PROVIDER_ITER},
    {"profile", PROVIDER_TIMER},
    {"interval", PROVIDER_TIMER},
    {"software", PROVIDER_EVENT},
    {"hardware", PROVIDER_EVENT},
    {"watchpoint", PROVIDER_WATCHPOINT},
};

/* Matched exactly. */
static const struct provider_name provider_aliases[] = {
    {"k", PROVIDER_KPROBE},        {"kr", PROVIDER_KPROBE},         {"kfunc", PROVIDER_FENTRY},
    {"kretfunc", PROVIDER_FENTRY}, {"f", PROVIDER_FENTRY},          {"fr", PROVIDER_FENTRY},
    {"u", PROVIDER_UPROBE},        {"ur", PROVIDER_UPROBE},         {"U", PROVIDER_USDT},
    {"t", PROVIDER_TRACEPOINT},    {"rt", PROVIDER_RAWTRACEPOINT},  {"it", PROVIDER_ITER},
    {"p", PROVIDER_TIMER},         {"i", PROVIDER_TIMER},           {"s", PROVIDER_EVENT},
    {"h", PROVIDER_EVENT},         {"w", PROVIDER_WATCHPOINT},
};

/* Words that start, or continue, another kind of top-level item. */
static const char *const item_words[] = {
    "macro", "fn",   "let",     "import",        "config",      "struct",
    "union", "enum", "typedef", "__attribute__", "__attribute",
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

static bool is_item_word(const char *word) {
  for (size_t i = 0; i < COUNT(item_words); i++) {
    if (equal_words(word, item_words[i], false)) return true;
  }
  return false;
}

/* Family of a provider word; PROVIDER_OTHER when nobody provides it. */
static enum token_type provider_family(const char *word, bool *is_alias) {
  *is_alias = false;
  for (size_t i = 0; i < COUNT(provider_names); i++) {
    if (equal_words(word, provider_names[i].text, true)) return provider_names[i].family;
  }
  for (size_t i = 0; i < COUNT(provider_aliases); i++) {
    if (equal_words(word, provider_aliases[i].text, false)) {
      *is_alias = true;
      return provider_aliases[i].family;
    }
  }
  return PROVIDER_OTHER;
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

/* Reads a quoted piece on one line; false when it does not end there. */
static bool read_quoted(TSLexer *lexer) {
  advance(lexer);
  while (!at_end(lexer) && lexer->lookahead != '\n') {
    int32_t c = lexer->lookahead;
    advance(lexer);
    if (c == '"') return true;
    if (c == '\\' && !at_end(lexer) && lexer->lookahead != '\n') advance(lexer);
  }
  return false;
}

/* Whether another ':' or '@' part follows in this attach point. */
static bool another_part_follows(TSLexer *lexer) {
  while (!ends_attach_point(lexer)) {
    if (lexer->lookahead == ':' || lexer->lookahead == '@') return true;
    if (lexer->lookahead == '"') {
      if (!read_quoted(lexer)) return false;
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
  bool whole = ends_attach_point(lexer) || lexer->lookahead == ':' || lexer->lookahead == '@' || lexer->lookahead == '+';
  if (valid[NUMBER_TEXT] && whole && is_number(&reader)) lexer->result_symbol = NUMBER_TEXT;
  return true;
}

/* `[` … `]` without anything that ends a part between; a lone `[` is a plain character. */
static bool scan_class(TSLexer *lexer, const bool *valid) {
  advance(lexer);
  lexer->mark_end(lexer);
  while (!ends_attach_point(lexer) && lexer->lookahead != ':' && lexer->lookahead != ']') advance(lexer);
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
      if (!read_quoted(lexer)) return false;
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

/* The rest of a string literal up to its quote, an escape or the end of the line. */
static bool scan_string_content(TSLexer *lexer) {
  bool any = false;
  while (!at_end(lexer) && lexer->lookahead != '"' && lexer->lookahead != '\\' && lexer->lookahead != '\n') {
    advance(lexer);
    any = true;
  }
  lexer->mark_end(lexer);
  lexer->result_symbol = STRING_CONTENT;
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

static bool is_provider_char(int32_t c) { return is_word_char(c) || c == '*' || c == '.' || c == '-' || c == '?' || c >= 128; }

/* Where no provider is expected: only what can be nothing else than the start of a probe. */
static bool starts_probe(TSLexer *lexer, const char *word, enum token_type family, bool sure) {
  if (family == PROVIDER_OTHER) return false;
  if (family == PROVIDER_PLAIN && equal_words(word, "begin", true) + equal_words(word, "end", true)) {
    while (is_blank(lexer->lookahead)) advance(lexer);
    if (lexer->lookahead == '\n') {
      while (is_space(lexer->lookahead)) advance(lexer);
    }
    return lexer->lookahead == '{';
  }
  if (!sure || lexer->lookahead != ':') return false;
  advance(lexer);
  int32_t c = lexer->lookahead;
  return is_word_char(c) || c == '/' || c == '*' || c == '"' || c == '$' || c == '.';
}

/* A label or a provider. `column_zero`: nothing precedes on this line; `line_start`: blanks at most. */
static bool scan_provider(TSLexer *lexer, const bool *valid, bool expected, bool line_start, bool column_zero) {
  char word[WORD_MAX];
  size_t length = 0;
  bool plain = true;
  for (;;) {
    int32_t c = lexer->lookahead;
    if (c == '$' || c == '[' || c == ']') {
      if (!expected) return false;
      plain = false;
    } else if (!is_provider_char(c)) {
      break;
    }
    if (length + 1 < WORD_MAX) word[length] = (char)(c < 128 ? c : '?');
    length++;
    advance(lexer);
  }
  if (length == 0) return false;
  if (length >= WORD_MAX) plain = false;
  word[length < WORD_MAX ? length : WORD_MAX - 1] = 0;
  lexer->mark_end(lexer);
  if (is_item_word(word)) return false;
  bool is_alias = false;
  enum token_type family = plain ? provider_family(word, &is_alias) : PROVIDER_OTHER;
  if (!expected) {
    if (!starts_probe(lexer, word, family, is_alias ? column_zero : line_start)) return false;
    lexer->result_symbol = family;
    return true;
  }
  if (plain && lexer->lookahead == '=' && valid[LABEL]) {
    advance(lexer);
    if (!is_provider_char(lexer->lookahead) && lexer->lookahead != '$') return false;
    lexer->result_symbol = LABEL;
    return true;
  }
  lexer->result_symbol = family;
  return true;
}

void *tree_sitter_bpftrace_external_scanner_create(void) { return NULL; }

void tree_sitter_bpftrace_external_scanner_destroy(void *payload) { (void)payload; }

unsigned tree_sitter_bpftrace_external_scanner_serialize(void *payload, char *buffer) {
  (void)payload;
  (void)buffer;
  return 0;
}

void tree_sitter_bpftrace_external_scanner_deserialize(void *payload, const char *buffer, unsigned length) {
  (void)payload;
  (void)buffer;
  (void)length;
}

bool tree_sitter_bpftrace_external_scanner_scan(void *payload, TSLexer *lexer, const bool *valid) {
  (void)payload;
  bool recovering = valid[ERROR_SENTINEL];
  if (!recovering) {
    bool in_part = valid[WILDCARD_TEXT];
    if (in_part && !ends_attach_point(lexer)) {
      int32_t c = lexer->lookahead;
      if (c != ':' && c != '@' && (c != '+' || !valid[NAME_TEXT])) return scan_part(lexer, valid);
      return false;
    }
    if (valid[STRING_CONTENT]) return scan_string_content(lexer);
    if (valid[DIRECTIVE_NAME] || valid[DIRECTIVE_TEXT]) {
      if (lexer->lookahead == '(') return false;
      while (is_blank(lexer->lookahead)) skip(lexer);
      if (lexer->lookahead != '\n' && !at_end(lexer)) return scan_directive(lexer, valid);
    }
  }
  /* Without white space this is the first token of the file or follows another one: no line start to act on. */
  bool column_zero = false;
  bool line_start = false;
  while (is_space(lexer->lookahead)) {
    column_zero = lexer->lookahead == '\n';
    if (column_zero) line_start = true;
    skip(lexer);
  }
  if (at_end(lexer)) return false;
  switch (lexer->lookahead) {
    case '/':
      return scan_slash(lexer, valid, recovering);
    case ')':
      return !recovering && valid[CAST_CLOSE] && scan_cast_close(lexer);
    default:
      break;
  }
  bool expected = !recovering && valid[PROVIDER_OTHER];
  if (!expected && !recovering && !line_start) return false;
  return scan_provider(lexer, valid, expected, line_start || recovering, column_zero || recovering);
}
