; Programs that compile, and what they come to.

; case: a program that returns
; claim: function hello in tracepoint/syscalls/sys_enter_openat: 2 instructions, 0 bytes of stack
target triple = "bpf"
@LICENSE = global [4 x i8] c"GPL\00", section "license"
define i64 @hello(ptr %ctx) section "tracepoint/syscalls/sys_enter_openat" {
  ret i64 0
}

; case: a 64-bit load counts as two instructions, the frame is that of its objects
; claim: function f in probe: 14 instructions, 8 bytes of stack
define i64 @f(ptr %ctx) section "probe" {
  %buffer = alloca [8 x i8], align 8
  store i64 1311768467463790320, ptr %buffer, align 8
  %written = call i64 inttoptr (i64 6 to ptr)(ptr %buffer, i32 8)
  %again = call i64 inttoptr (i64 6 to ptr)(ptr %buffer, i32 8)
  ret i64 %written
}

; case: without optimisation
; option: optimize false
; claim: function f in probe: 4 instructions, 8 bytes of stack
define i64 @f(ptr %ctx) section "probe" {
  %value = alloca i64, align 8
  store i64 1, ptr %value, align 8
  %loaded = load i64, ptr %value, align 8
  ret i64 %loaded
}

; case: a frame of 512 bytes is legal
; claim: function f in probe: 4 instructions, 512 bytes of stack
define i64 @f(ptr %ctx) section "probe" {
  %buffer = alloca [512 x i8], align 8
  call void asm sideeffect "", "r,~{memory}"(ptr %buffer)
  ret i64 0
}

; case: several functions, one of them a subprogram with callers
; claim: function twice in .text: 4 instructions, 0 bytes of stack
; claim: function first in probe: 3 instructions, 0 bytes of stack
; claim: function second in probe: 3 instructions, 0 bytes of stack
define internal i64 @twice(i64 %value) noinline {
  %result = shl i64 %value, 1
  %opaque = call i64 asm sideeffect "$0 += 1", "=r,0"(i64 %result)
  ret i64 %opaque
}
define i64 @first(ptr %ctx) section "probe" {
  %result = call i64 @twice(i64 21)
  ret i64 %result
}
define i64 @second(ptr %ctx) section "probe" {
  %result = call i64 @twice(i64 42)
  ret i64 %result
}

; case: a loop is neither unrolled nor turned into library calls or 128-bit arithmetic
; claim: function f in probe: 10 instructions, 0 bytes of stack
define i64 @f(ptr %ctx) section "probe" {
entry:
  %count = call i64 inttoptr (i64 5 to ptr)()
  br label %loop
loop:
  %index = phi i64 [ 0, %entry ], [ %next, %loop ]
  %sum = phi i64 [ 0, %entry ], [ %more, %loop ]
  %square = mul i64 %index, %index
  %more = add i64 %sum, %square
  %next = add nuw i64 %index, 1
  %done = icmp eq i64 %next, %count
  br i1 %done, label %end, label %loop
end:
  ret i64 %more
}

; case: atomics that BPF has
; claim: ok
define i64 @f(ptr %p) section "probe" {
  %a = atomicrmw add ptr %p, i64 1 seq_cst
  %b = atomicrmw xchg ptr %p, i32 1 seq_cst
  %c = cmpxchg ptr %p, i64 1, i64 2 seq_cst seq_cst
  %d = extractvalue { i64, i1 } %c, 0
  %e = zext i32 %b to i64
  %f = add i64 %a, %e
  %g = add i64 %f, %d
  ret i64 %g
}

; case: attributes of another compilation's target do not count
; claim: ok
define i64 @f(ptr %p) "target-cpu"="x86-64" "target-features"="+avx" uwtable section "probe" {
  ret i64 0
}
