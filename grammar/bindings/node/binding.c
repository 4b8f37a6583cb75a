/*
 * Node binding: hands the language to the npm package `tree-sitter`, which knows it by a type tag.
 * Plain N-API, so that nothing but Node's own headers is needed.
 */
#include <node_api.h>

typedef struct TSLanguage TSLanguage;

const TSLanguage *tree_sitter_bpftrace(void);

/* The tag the package `tree-sitter` 0.22 and later looks for on a language. */
static const napi_type_tag LANGUAGE_TYPE_TAG = {0x8AF2E5212AD58ABF, 0xD5006CAD83ABBA16};

static napi_value init(napi_env env, napi_value exports) {
  napi_value language;
  /* The language is constant and lives as long as the process; N-API has no const externals. */
  if (napi_create_external(env, (void *)tree_sitter_bpftrace(), NULL, NULL, &language) != napi_ok) return NULL;
  if (napi_type_tag_object(env, language, &LANGUAGE_TYPE_TAG) != napi_ok) return NULL;
  napi_value name;
  if (napi_create_string_utf8(env, "bpftrace", NAPI_AUTO_LENGTH, &name) != napi_ok) return NULL;
  if (napi_set_named_property(env, exports, "name", name) != napi_ok) return NULL;
  if (napi_set_named_property(env, exports, "language", language) != napi_ok) return NULL;
  return exports;
}

NAPI_MODULE(NODE_GYP_MODULE_NAME, init)
