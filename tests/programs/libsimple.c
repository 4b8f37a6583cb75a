/* libsimple.c: a shared library with one function. */
int fun(int value);
__attribute__((noipa)) int fun(int value) { return value + 1; }
