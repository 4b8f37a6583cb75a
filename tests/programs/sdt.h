/*
 * sdt.h: static user probes for the test programs, as <sys/sdt.h> leaves them in a binary, without that header's package.
 * A probe is a nop and a note that says where it is, where its semaphore is, and where each argument lies.
 */
#ifndef PROBEWRIGHT_TESTS_SDT_H
#define PROBEWRIGHT_TESTS_SDT_H

#define SDT_NOTE(provider, name, semaphore, arguments)                                                       \
  "990: nop\n"                                                                                               \
  ".pushsection .note.stapsdt,\"?\",\"note\"\n"                                                              \
  ".balign 4\n"                                                                                              \
  ".4byte 992f-991f, 994f-993f, 3\n"                                                                         \
  "991: .asciz \"stapsdt\"\n"                                                                                \
  "992: .balign 4\n"                                                                                         \
  "993: .8byte 990b\n"                                                                                       \
  ".8byte _.stapsdt.base\n"                                                                                  \
  ".8byte " semaphore "\n"                                                                                   \
  ".asciz \"" provider "\"\n"                                                                                \
  ".asciz \"" name "\"\n"                                                                                    \
  ".asciz \"" arguments "\"\n"                                                                               \
  "994: .balign 4\n"                                                                                         \
  ".popsection\n"                                                                                            \
  ".ifndef _.stapsdt.base\n"                                                                                 \
  ".pushsection .stapsdt.base,\"aG\",\"progbits\",.stapsdt.base,comdat\n"                                    \
  ".weak _.stapsdt.base\n"                                                                                   \
  ".hidden _.stapsdt.base\n"                                                                                 \
  "_.stapsdt.base: .space 1\n"                                                                               \
  ".size _.stapsdt.base, 1\n"                                                                                \
  ".popsection\n"                                                                                            \
  ".endif\n"

/* Without arguments. */
#define SDT_PROBE(provider, name) __asm__ volatile(SDT_NOTE(provider, name, "0", ""))

/* `arguments` is a string of SIZE@OPERAND, with %[a], %[b]… for what follows as operands: SDT_PROBE_ARGS("p", "n", "-4@%[a]", [a] "nor"(x)). */
#define SDT_PROBE_ARGS(provider, name, arguments, ...)                                                       \
  __asm__ volatile(SDT_NOTE(provider, name, "0", arguments)::__VA_ARGS__)

/* Fires only while somebody traces it: the kernel counts tracers in the semaphore. */
#define SDT_SEMAPHORE(symbol) unsigned short symbol __attribute__((section(".probes"), used))
#define SDT_PROBE_SEMAPHORE(provider, name, symbol, arguments, ...)                                          \
  __asm__ volatile(SDT_NOTE(provider, name, #symbol, arguments)::__VA_ARGS__)

#endif
