; Programs that fail, one for each way to fail.

; case: text that is no IR
; claim: error parse at ir 4:3: expected instruction opcode
define i64 @f() {
  retturn i64 0
}

; case: an undefined value
; claim: error parse at ir 4:11: use of undefined value '%nothing'
define i64 @f() {
  ret i64 %nothing
}

; case: nothing to parse is an empty object
; claim: ok

; case: a function without its end
; claim: error parse at ir 6:1: found end of file when expecting more instructions
define i64 @f() {
  %a = add i64 1, 2

; case: a value used where it is not defined
; claim: error verify in f: Instruction does not dominate all uses!
define i64 @f(i1 %c) {
  br i1 %c, label %a, label %b
a:
  %x = add i64 1, 2
  br label %b
b:
  ret i64 %x
}

; case: a symbol named like its section
; claim: error emit: license changed binding to STB_GLOBAL
@license = global [4 x i8] c"GPL\00", section "license"

; case: another target
; claim: error verify: the target triple must be bpf, not x86_64-pc-linux-gnu
target triple = "x86_64-pc-linux-gnu"

; case: broken debug information is an error of the module, not the end of the process
; claim: error verify
define i64 @f() !dbg !4 {
  ret i64 0, !dbg !5
}
!llvm.dbg.cu = !{!0}
!llvm.module.flags = !{!1}
!0 = distinct !DICompileUnit(language: DW_LANG_C11, file: !2, emissionKind: FullDebug)
!1 = !{i32 2, !"Debug Info Version", i32 3}
!2 = !DIFile(filename: "x.bt", directory: "", source: "-")
!4 = distinct !DISubprogram(name: "f", file: !2, line: 1, type: !6, spFlags: DISPFlagDefinition, unit: !0)
!5 = !DILocation(line: 1, column: 2, scope: !7)
!6 = !DISubroutineType(types: !{null})
!7 = distinct !DISubprogram(name: "g", file: !2, line: 9, type: !6, spFlags: DISPFlagDefinition, unit: !0)

; case: an error at the source's place
; claim: error emit at source 7:13 in f: unsupported signed division, please convert to unsigned div/mod.
define i64 @f(i64 %a, i64 %b) section "probe" !dbg !4 {
  %c = sdiv i64 %a, %b, !dbg !5
  ret i64 %c, !dbg !5
}
!llvm.dbg.cu = !{!0}
!0 = distinct !DICompileUnit(language: DW_LANG_C11, file: !2, emissionKind: FullDebug)
!2 = !DIFile(filename: "x.bt", directory: "", source: "-")
!4 = distinct !DISubprogram(name: "f", file: !2, line: 1, type: !6, spFlags: DISPFlagDefinition, unit: !0)
!5 = !DILocation(line: 7, column: 13, scope: !4)
!6 = !DISubroutineType(types: !{null})

; case: signed division before v4
; claim: error emit in f: unsupported signed division, please convert to unsigned div/mod.
define i64 @f(i64 %a, i64 %b) section "probe" {
  %c = sdiv i64 %a, %b
  ret i64 %c
}

; case: signed division on v4
; option: cpu v4
; claim: ok
define i64 @f(i64 %a, i64 %b) section "probe" {
  %c = sdiv i64 %a, %b
  ret i64 %c
}

; case: inline assembly that is none
; claim: error emit in f: invalid operand for instruction
define i64 @f() section "probe" {
  call void asm sideeffect "r1 r1", ""()
  ret i64 0
}

; case: a trap
; claim: error emit in f: A call to built-in function 'abort' is not supported.
declare void @llvm.trap()
define i64 @f() section "probe" {
  call void @llvm.trap()
  unreachable
}

; case: one error for a frame above the limit, with its size
; claim: error emit in f, 600 bytes of stack: function 'f' needs 600 bytes of stack; the limit is 512
define i64 @f(ptr %ctx) section "probe" {
  %buffer = alloca [600 x i8], align 8
  %end = getelementptr i8, ptr %buffer, i64 592
  call void asm sideeffect "", "r,r,~{memory}"(ptr %buffer, ptr %end)
  ret i64 0
}

; case: the same frame, measured
; option: stackSizeLimit Infinity
; claim: function f in probe: 6 instructions, 600 bytes of stack
define i64 @f(ptr %ctx) section "probe" {
  %buffer = alloca [600 x i8], align 8
  %end = getelementptr i8, ptr %buffer, i64 592
  call void asm sideeffect "", "r,r,~{memory}"(ptr %buffer, ptr %end)
  ret i64 0
}

; case: the largest of several frames is named
; option: stackSizeLimit 64
; claim: error emit in g, 104 bytes of stack
define i64 @f(ptr %ctx) section "probe" {
  %buffer = alloca [72 x i8], align 8
  call void asm sideeffect "", "r,~{memory}"(ptr %buffer)
  ret i64 0
}
define i64 @g(ptr %ctx) section "probe" {
  %buffer = alloca [104 x i8], align 8
  call void asm sideeffect "", "r,~{memory}"(ptr %buffer)
  ret i64 0
}
