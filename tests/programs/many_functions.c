/* many_functions.c: 4,096 functions, function_0000 to function_7777 in octal digits, each called once. */
#define EIGHT(d) APPLY(d##0) APPLY(d##1) APPLY(d##2) APPLY(d##3) APPLY(d##4) APPLY(d##5) APPLY(d##6) APPLY(d##7)
#define TENS(d) EIGHT(d##0) EIGHT(d##1) EIGHT(d##2) EIGHT(d##3) EIGHT(d##4) EIGHT(d##5) EIGHT(d##6) EIGHT(d##7)
#define HUNDREDS(d) TENS(d##0) TENS(d##1) TENS(d##2) TENS(d##3) TENS(d##4) TENS(d##5) TENS(d##6) TENS(d##7)
#define ALL                                                                                                  \
  HUNDREDS(0) HUNDREDS(1) HUNDREDS(2) HUNDREDS(3) HUNDREDS(4) HUNDREDS(5) HUNDREDS(6) HUNDREDS(7)

#define APPLY(digits)                                                                                        \
  static __attribute__((noipa)) void function_##digits(void) { __asm__ volatile("" ::: "memory"); }
ALL
#undef APPLY
#define APPLY(digits) function_##digits();

int main(void) {
  ALL
  return 0;
}
