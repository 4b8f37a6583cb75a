/* Starts of top-level items: providers, labels, and where an item starts although another is still open. */
#ifndef SCANNER_ITEMS_H
#define SCANNER_ITEMS_H

#include "attach_parts.h"

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
  for (unsigned budget = LOOKAHEAD_MAX; budget > 0 && !ends_attach_point(lexer); budget--) {
    int32_t c = lexer->lookahead;
    if (c == ';' || c == '(' || c == ')') return false;
    if (c == '"') {
      if (!read_quoted(lexer, LOOKAHEAD_MAX)) return false;
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

/*
 * At the first character of a line: whether an item starts that cannot be the inside of another one. `word` has room
 * for WORD_MAX and becomes the first word, if there is one.
 */
static bool starts_item(TSLexer *lexer, const bool *valid, bool column_zero, char *word) {
  word[0] = 0;
  if (lexer->lookahead == '#') return column_zero && !valid[C_MEMBER_MARK];
  size_t length;
  if (!read_provider_word(lexer, word, &length) || length == 0) return false;
  if (is_item_word(word)) return column_zero && rest_of_item(lexer, word, valid[C_MEMBER_MARK]);
  char provider[WORD_MAX];
  bool labelled = lexer->lookahead == '=' && column_zero;
  if (labelled) {
    advance(lexer);
    if (!read_provider_word(lexer, provider, &length) || length == 0) return false;
  }
  bool is_alias = false;
  enum token_type family = provider_family(labelled ? provider : word, &is_alias);
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
  bool is_alias = false;
  lexer->result_symbol = plain ? provider_family(word, &is_alias) : PROVIDER_OTHER;
  if (lexer->lookahead == '/') {
    /* One slash opens a predicate; two, or one and a star, are no comment here but characters like others. */
    advance(lexer);
    if (lexer->lookahead != '/' && lexer->lookahead != '*') return true;
    while (!ends_attach_point(lexer)) advance(lexer);
    lexer->mark_end(lexer);
    lexer->result_symbol = PROVIDER_OTHER;
    return true;
  }
  if (plain && lexer->lookahead == '=' && valid[LABEL]) {
    advance(lexer);
    if (!is_provider_char(lexer->lookahead) && lexer->lookahead != '$') return false;
    lexer->result_symbol = LABEL;
    return true;
  }
  return true;
}

#endif
