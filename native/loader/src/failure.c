/* failure.c: see failure.h. */
#include "failure.h"

#include <stdarg.h>
#include <stdio.h>

int fail(struct failure* why, int error, const char* stage, const char* format, ...) {
  why->stage = stage;
  va_list arguments;
  va_start(arguments, format);
  if (vsnprintf(why->text, sizeof why->text, format, arguments) < 0) why->text[0] = '\0';
  va_end(arguments);
  return error;
}
