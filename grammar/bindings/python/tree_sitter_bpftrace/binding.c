/* Python binding: the language in a capsule, as the package `tree-sitter` wants it. */
#include <Python.h>

typedef struct TSLanguage TSLanguage;

const TSLanguage *tree_sitter_bpftrace(void);

static PyObject *language(PyObject *self, PyObject *arguments) {
  (void)self;
  (void)arguments;
  /* The language is constant; capsules hold no const pointers. */
  return PyCapsule_New((void *)tree_sitter_bpftrace(), "tree_sitter.Language", NULL);
}

static PyMethodDef methods[] = {
    {"language", language, METH_NOARGS, "The language, for tree_sitter.Language."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {
    .m_base = PyModuleDef_HEAD_INIT,
    .m_name = "_binding",
    .m_size = 0,
    .m_methods = methods,
};

PyMODINIT_FUNC PyInit__binding(void) { return PyModuleDef_Init(&module); }
