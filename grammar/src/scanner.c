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
#include "tree_sitter/alloc.h"
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
  UNFINISHED,
  C_MEMBER_MARK,
  ERROR_SENTINEL,
};

enum { WORD_MAX = 32 };

enum closing {
  CLOSING_NONE,
  /* Alternate while blocks are closed. */
  CLOSING_ODD,
  CLOSING_EVEN,
  /* The item is closed; what follows starts anew. */
  CLOSING_DONE,
};

struct scanner {
  unsigned char closing;
};

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
  int32_t c = lexer->lookahead;
  bool whole = ends_attach_point(lexer) || c == '@' || c == '+' || (c == ':' && kind != NAME_TEXT);
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

/* A word of provider characters; `length` counts all of them, `word` holds what fits. False for other characters in it. */
static bool read_provider_word(TSLexer *lexer, char *word, size_t *length) {
  bool plain = true;
  *length = 0;
  for (;; advance(lexer)) {
    int32_t c = lexer->lookahead;
    if (c == '$' || c == '[' || c == ']') {
      plain = false;
    } else if (!is_provider_char(c)) {
      break;
    }
    if (*length + 1 < WORD_MAX) word[*length] = (char)(c < 128 ? c : '?');
    (*length)++;
  }
  word[*length < WORD_MAX ? *length : WORD_MAX - 1] = 0;
  return plain && *length < WORD_MAX;
}

static void skip_blanks(TSLexer *lexer) {
  while (is_blank(lexer->lookahead)) advance(lexer);
}

static void skip_word(TSLexer *lexer) {
  while (is_word_char(lexer->lookahead)) advance(lexer);
}

/* Behind a provider: the rest of an attach point, as opposed to the rest of an expression. */
static bool rest_of_attach_point(TSLexer *lexer, enum token_type family) {
  if (family == PROVIDER_PLAIN && lexer->lookahead != ':') {
    while (is_space(lexer->lookahead)) advance(lexer);
    return lexer->lookahead == '{' || lexer->lookahead == '/';
  }
  if (lexer->lookahead != ':') return false;
  advance(lexer);
  if (ends_attach_point(lexer)) return false;
  while (!ends_attach_point(lexer)) {
    int32_t c = lexer->lookahead;
    if (c == ';' || c == '(' || c == ')') return false;
    if (c == '"') {
      if (!read_quoted(lexer)) return false;
    } else {
      advance(lexer);
    }
  }
  return true;
}

/* Behind the word that opens another kind of item: what cannot stand inside a block. */
static bool rest_of_item(TSLexer *lexer, const char *word, bool in_members) {
  skip_blanks(lexer);
  if (equal_words(word, "macro", false) || equal_words(word, "fn", false)) {
    if (!is_letter(lexer->lookahead)) return false;
    skip_word(lexer);
    skip_blanks(lexer);
    return lexer->lookahead == '(';
  }
  if (equal_words(word, "let", false)) return lexer->lookahead == '@';
  if (equal_words(word, "config", false)) {
    if (lexer->lookahead != '=') return false;
    advance(lexer);
    skip_blanks(lexer);
    return lexer->lookahead == '{';
  }
  if (equal_words(word, "typedef", false)) return true;
  if (in_members || equal_words(word, "import", false)) return false;
  /* struct, union, enum: only a definition. */
  skip_word(lexer);
  while (is_space(lexer->lookahead)) advance(lexer);
  return lexer->lookahead == '{';
}

/* At the first character of a line: whether an item starts that cannot be the inside of another one. */
static bool starts_item(TSLexer *lexer, const bool *valid, bool column_zero) {
  if (lexer->lookahead == '#') return column_zero && !valid[C_MEMBER_MARK];
  char word[WORD_MAX];
  size_t length;
  if (!read_provider_word(lexer, word, &length) || length == 0) return false;
  if (is_item_word(word)) return column_zero && rest_of_item(lexer, word, valid[C_MEMBER_MARK]);
  if (lexer->lookahead == '=' && column_zero) {
    advance(lexer);
    if (!read_provider_word(lexer, word, &length) || length == 0) return false;
  }
  bool is_alias = false;
  enum token_type family = provider_family(word, &is_alias);
  if (family == PROVIDER_OTHER || (is_alias && !column_zero)) return false;
  return rest_of_attach_point(lexer, family);
}

/* The provider of a probe while the parser looks for a place to go on. */
static bool scan_provider_in_recovery(TSLexer *lexer) {
  char word[WORD_MAX];
  size_t length;
  if (!read_provider_word(lexer, word, &length) || length == 0 || is_item_word(word)) return false;
  bool is_alias = false;
  enum token_type family = provider_family(word, &is_alias);
  lexer->mark_end(lexer);
  lexer->result_symbol = family;
  return family != PROVIDER_OTHER && rest_of_attach_point(lexer, family);
}

/* A label or a provider where one is expected. */
static bool scan_provider(TSLexer *lexer, const bool *valid) {
  char word[WORD_MAX];
  size_t length;
  bool plain = read_provider_word(lexer, word, &length);
  if (length == 0 || is_item_word(word)) return false;
  lexer->mark_end(lexer);
  if (plain && lexer->lookahead == '=' && valid[LABEL]) {
    advance(lexer);
    if (!is_provider_char(lexer->lookahead) && lexer->lookahead != '$') return false;
    lexer->result_symbol = LABEL;
    return true;
  }
  bool is_alias = false;
  lexer->result_symbol = plain ? provider_family(word, &is_alias) : PROVIDER_OTHER;
  return true;
}

static bool close(struct scanner *scanner, TSLexer *lexer, enum closing next) {
  scanner->closing = (unsigned char)next;
  lexer->result_symbol = UNFINISHED;
  return true;
}

/* White space, then whatever does not depend on standing directly behind the last token. */
static bool scan_behind_space(struct scanner *scanner, TSLexer *lexer, const bool *valid) {
  bool recovering = valid[ERROR_SENTINEL];
  bool expected = !recovering && valid[PROVIDER_OTHER];
  bool closing = scanner->closing == CLOSING_ODD || scanner->closing == CLOSING_EVEN;
  enum closing next = scanner->closing == CLOSING_ODD ? CLOSING_EVEN : CLOSING_ODD;
  /* An empty token at the end of the last one, should it become UNFINISHED. */
  lexer->mark_end(lexer);
  if (expected && closing && valid[UNFINISHED]) return close(scanner, lexer, CLOSING_DONE);
  bool line_start = false;
  bool column_zero = false;
  while (is_space(lexer->lookahead)) {
    column_zero = lexer->lookahead == '\n';
    if (column_zero) line_start = true;
    skip(lexer);
  }
  if (at_end(lexer)) return !recovering && !expected && close(scanner, lexer, next);
  if (lexer->lookahead == '/') return scan_slash(lexer, valid, recovering);
  if (expected) return scan_provider(lexer, valid);
  if (recovering) return scan_provider_in_recovery(lexer);
  if (lexer->lookahead == ')') return valid[CAST_CLOSE] && scan_cast_close(lexer);
  return line_start && starts_item(lexer, valid, column_zero) && close(scanner, lexer, next);
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
    if (lexer->lookahead == '(') return false;
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
