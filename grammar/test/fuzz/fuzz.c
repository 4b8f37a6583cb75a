/*
 * libFuzzer target: parser, scanner, and parsing again after an edit.
 *
 * The first bytes of an input choose the edit, the rest is the script. Besides what the sanitizers and the time limit
 * find: nodes lie inside their parents, and where a script has no error, the tree after the edit is that of a fresh parse.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tree_sitter/api.h"

const TSLanguage *tree_sitter_bpftrace(void);

enum { EDIT_BYTES = 4 };

static void fail(const char *what) {
  fprintf(stderr, "%s\n", what);
  abort();
}

/* Depth-first, without recursion: scripts may nest deeply. */
static void check_ranges(const TSTree *tree, uint32_t size) {
  TSTreeCursor cursor = ts_tree_cursor_new(ts_tree_root_node(tree));
  for (;;) {
    TSNode node = ts_tree_cursor_current_node(&cursor);
    if (ts_node_start_byte(node) > ts_node_end_byte(node) || ts_node_end_byte(node) > size) fail("a range is wrong");
    if (ts_tree_cursor_goto_first_child(&cursor)) continue;
    while (!ts_tree_cursor_goto_next_sibling(&cursor)) {
      if (!ts_tree_cursor_goto_parent(&cursor)) {
        ts_tree_cursor_delete(&cursor);
        return;
      }
    }
  }
}

static TSPoint point_at(const char *text, uint32_t offset) {
  TSPoint point = {0, 0};
  for (uint32_t i = 0; i < offset; i++) {
    point.column++;
    if (text[i] == '\n') {
      point.row++;
      point.column = 0;
    }
  }
  return point;
}

static void compare(const TSTree *edited, const TSTree *fresh) {
  TSNode root = ts_tree_root_node(fresh);
  if (ts_node_has_error(root)) return;
  char *left = ts_node_string(ts_tree_root_node(edited));
  char *right = ts_node_string(root);
  bool same = strcmp(left, right) == 0;
  free(left);
  free(right);
  if (!same) fail("an edited tree differs from a fresh one");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size < EDIT_BYTES) return 0;
  const char *text = (const char *)data + EDIT_BYTES;
  uint32_t length = (uint32_t)(size - EDIT_BYTES);
  TSParser *parser = ts_parser_new();
  if (!ts_parser_set_language(parser, tree_sitter_bpftrace())) fail("the language is refused");

  TSTree *tree = ts_parser_parse_string(parser, NULL, text, length);
  check_ranges(tree, length);

  /* Move a stretch of the script to another place: one removal and one insertion. */
  uint32_t start = length == 0 ? 0 : (data[0] | (uint32_t)data[1] << 8) % (length + 1);
  uint32_t removed = start + data[2] > length ? length - start : data[2];
  uint32_t inserted = data[3] > length ? length : data[3];
  uint32_t changed_length = length - removed + inserted;
  char *changed = malloc(changed_length + 1);
  if (changed == NULL) fail("no memory");
  memcpy(changed, text, start);
  memcpy(changed + start, text, inserted);
  memcpy(changed + start + inserted, text + start + removed, length - start - removed);
  TSInputEdit edit = {
      .start_byte = start,
      .old_end_byte = start + removed,
      .new_end_byte = start + inserted,
      .start_point = point_at(text, start),
      .old_end_point = point_at(text, start + removed),
      .new_end_point = point_at(changed, start + inserted),
  };
  ts_tree_edit(tree, &edit);
  TSTree *edited = ts_parser_parse_string(parser, tree, changed, changed_length);
  TSTree *fresh = ts_parser_parse_string(parser, NULL, changed, changed_length);
  check_ranges(edited, changed_length);
  compare(edited, fresh);

  ts_tree_delete(fresh);
  ts_tree_delete(edited);
  ts_tree_delete(tree);
  free(changed);
  ts_parser_delete(parser);
  return 0;
}
