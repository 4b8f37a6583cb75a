; A program of the size and shape that scripts compile to: globals, maps, helpers, a callback, strings, branches.

; case: a program with a bit of everything
; claim: function step in .text: 8 instructions, 0 bytes of stack
; claim: function probe in tracepoint/syscalls/sys_enter_openat: 96 instructions, 32 bytes of stack
target triple = "bpf"

%event = type { i64, i32, i32, [16 x i8] }
%context = type { ptr, i64 }

@LICENSE = global [4 x i8] c"GPL\00", section "license"
@limit = constant i64 100, section ".rodata"
@lost = global [64 x [8 x i64]] zeroinitializer, section ".bss.lost", align 8
@format = private constant [6 x i8] c"hello\00", section ".rodata.text"
@events = external global ptr, section ".maps"

declare void @llvm.memcpy.p0.p0.i64(ptr, ptr, i64, i1 immarg)
declare void @llvm.memset.p0.i64(ptr, i8, i64, i1 immarg)
declare void @llvm.lifetime.start.p0(i64 immarg, ptr)
declare void @llvm.lifetime.end.p0(i64 immarg, ptr)
declare i64 @llvm.umin.i64(i64, i64)
declare i64 @llvm.bswap.i64(i64)
declare { i64, i1 } @llvm.uadd.with.overflow.i64(i64, i64)

define internal i64 @step(i64 %index, ptr %context) noinline {
  %slot = getelementptr inbounds %context, ptr %context, i64 0, i32 1
  %sum = load i64, ptr %slot, align 8
  %more = call { i64, i1 } @llvm.uadd.with.overflow.i64(i64 %sum, i64 %index)
  %total = extractvalue { i64, i1 } %more, 0
  %wrapped = extractvalue { i64, i1 } %more, 1
  store i64 %total, ptr %slot, align 8
  %result = zext i1 %wrapped to i64
  ret i64 %result
}

define i64 @probe(ptr %ctx) section "tracepoint/syscalls/sys_enter_openat" {
entry:
  %frame = alloca %context, align 8
  %comm = alloca [16 x i8], align 8
  call void @llvm.lifetime.start.p0(i64 16, ptr %frame)
  call void @llvm.memset.p0.i64(ptr align 8 %frame, i8 0, i64 16, i1 false)
  %pid = call i64 inttoptr (i64 14 to ptr)()
  %tgid = lshr i64 %pid, 32
  %small = trunc i64 %tgid to i32
  %is.self = icmp eq i32 %small, 1
  br i1 %is.self, label %end, label %count

count:
  %iterations = load i64, ptr @limit, align 8
  %bounded = call i64 @llvm.umin.i64(i64 %iterations, i64 1000)
  %done = call i64 inttoptr (i64 181 to ptr)(i64 %bounded, ptr @step, ptr %frame, i64 0)
  %slot = getelementptr inbounds %context, ptr %frame, i64 0, i32 1
  %sum = load i64, ptr %slot, align 8
  %named = call i64 inttoptr (i64 16 to ptr)(ptr %comm, i32 16)
  %event = call ptr inttoptr (i64 131 to ptr)(ptr @events, i64 32, i64 0)
  %full = icmp eq ptr %event, null
  br i1 %full, label %loss, label %fill

fill:
  store i64 %sum, ptr %event, align 8
  %id = getelementptr inbounds %event, ptr %event, i64 0, i32 1
  store i32 %small, ptr %id, align 8
  %name = getelementptr inbounds %event, ptr %event, i64 0, i32 3
  call void @llvm.memcpy.p0.p0.i64(ptr %name, ptr %comm, i64 16, i1 false)
  %kind = getelementptr inbounds %event, ptr %event, i64 0, i32 2
  switch i64 %sum, label %other [
    i64 0, label %zero
    i64 4950, label %expected
  ]
zero:
  store volatile i32 0, ptr %kind, align 4
  br label %submit
expected:
  store volatile i32 1, ptr %kind, align 4
  br label %submit
other:
  %first = load i8, ptr @format, align 1
  %wide = sext i8 %first to i32
  store volatile i32 %wide, ptr %kind, align 4
  br label %submit
submit:
  call void inttoptr (i64 132 to ptr)(ptr %event, i64 0)
  br label %end

loss:
  %cpu = call i32 inttoptr (i64 8 to ptr)()
  %masked = and i32 %cpu, 63
  %wide.cpu = zext i32 %masked to i64
  %cell = getelementptr inbounds [64 x [8 x i64]], ptr @lost, i64 0, i64 %wide.cpu, i64 2
  %before = load i64, ptr %cell, align 8
  %after = add i64 %before, 1
  store i64 %after, ptr %cell, align 8
  %swapped = call i64 @llvm.bswap.i64(i64 %after)
  %odd = and i64 %swapped, 1
  %chosen = select i1 %full, i64 %odd, i64 %sum
  call void asm sideeffect "r1 = $0", "r,~{r1}"(i64 %chosen)
  br label %end

end:
  call void @llvm.lifetime.end.p0(i64 16, ptr %frame)
  ret i64 0
}
