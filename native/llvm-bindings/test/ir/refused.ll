; IR that LLVM's verifier passes and its BPF target would end the process over, or miscompile: refused by name.

; case: an 8-bit atomicrmw
; claim: error verify in f: atomics work on i32 and i64 only: %a = atomicrmw add ptr %p, i8 1 seq_cst, align 1
define i64 @f(ptr %p) {
  %a = atomicrmw add ptr %p, i8 1 seq_cst
  ret i64 0
}

; case: an atomicrmw that BPF lacks
; claim: error verify in f: atomicrmw supports xchg, add, sub, and, or, xor only
define i64 @f(ptr %p) {
  %a = atomicrmw umax ptr %p, i64 1 seq_cst
  ret i64 0
}

; case: a 16-bit cmpxchg
; claim: error verify in f: atomics work on i32 and i64 only
define i64 @f(ptr %p) {
  %a = cmpxchg ptr %p, i16 1, i16 2 seq_cst seq_cst
  ret i64 0
}

; case: an atomic load
; claim: error verify in f: atomic loads are not supported
define i64 @f(ptr %p) {
  %a = load atomic i64, ptr %p seq_cst, align 8
  ret i64 %a
}

; case: an atomic store
; claim: error verify in f: atomic stores are not supported
define i64 @f(ptr %p) {
  store atomic i64 1, ptr %p seq_cst, align 8
  ret i64 0
}

; case: a fence
; claim: error verify in f: fence is not supported
define i64 @f() {
  fence seq_cst
  ret i64 0
}

; case: a 128-bit result
; claim: error verify in f: function 'f': returning i128 is not supported
define i128 @f() {
  ret i128 0
}

; case: a 128-bit parameter
; claim: error verify in f: function 'f': arguments of type i128 are not supported
define i64 @f(i128 %a) {
  ret i64 0
}

; case: 128-bit arithmetic
; claim: error verify in f: values of type i128 are not supported
define i64 @f(i64 %a) {
  %wide = zext i64 %a to i128
  %square = mul i128 %wide, %wide
  %high = lshr i128 %square, 64
  %result = trunc i128 %high to i64
  ret i64 %result
}

; case: floating point
; claim: error verify in f: values of type double are not supported
define i64 @f(ptr %p) {
  %a = load double, ptr %p, align 8
  %b = fptosi double %a to i64
  ret i64 %b
}

; case: vectors
; claim: error verify in f: values of type <2 x i64> are not supported
define i64 @f(ptr %p) {
  %a = load <2 x i64>, ptr %p, align 8
  store <2 x i64> %a, ptr %p, align 8
  ret i64 0
}

; case: an aggregate result
; claim: error verify in f: function 'f': returning { i64, i64 } is not supported
define { i64, i64 } @f() {
  ret { i64, i64 } zeroinitializer
}

; case: a large aggregate as a value
; claim: error verify in f: values of type [100 x i8] are not supported
define i64 @f(ptr %p, ptr %q) {
  %a = load [100 x i8], ptr %p, align 1
  store [100 x i8] %a, ptr %q, align 1
  ret i64 0
}

; case: an alloca whose size is not constant
; claim: error verify in f: alloca needs a constant size
define i64 @f(i64 %count) {
  %a = alloca i8, i64 %count, align 8
  store i8 0, ptr %a, align 1
  ret i64 0
}

; case: an alloca beyond all measure
; claim: error verify in f: an alloca of more than 1 MiB is not supported
define i64 @f() {
  %a = alloca [9000000 x i8], align 8
  store i8 0, ptr %a, align 1
  ret i64 0
}

; case: a global beyond all measure
; claim: error verify: global 'big': its type is not supported
@big = global [1152921504606846976 x [1152921504606846976 x i8]] zeroinitializer

; case: globals that are too much together
; claim: error verify: global 'b': globals of more than 256 MiB are not supported
@a = global [200000000 x i8] zeroinitializer
@b = global [200000000 x i8] zeroinitializer

; case: an alignment beyond all measure
; claim: error verify: global 'a': alignment above 4096 is not supported
@a = global i64 0, align 1073741824

; case: a call through a pointer
; claim: error verify in f: calls through a pointer are not supported
define i64 @f(ptr %p) {
  %a = call i64 %p()
  ret i64 %a
}

; case: an intrinsic that BPF lacks
; claim: error verify: intrinsic 'llvm.readcyclecounter': it is not supported
declare i64 @llvm.readcyclecounter()
define i64 @f() {
  %a = call i64 @llvm.readcyclecounter()
  ret i64 %a
}

; case: more arguments than registers
; claim: error verify in g: function 'g': more than five arguments are not supported
declare i64 @g(i64, i64, i64, i64, i64, i64)
define i64 @f() section "probe" {
  %a = call i64 @g(i64 1, i64 2, i64 3, i64 4, i64 5, i64 6)
  ret i64 %a
}

; case: more arguments than registers, to a helper
; claim: error verify in f: more than five arguments are not supported
define i64 @f() section "probe" {
  %a = call i64 inttoptr (i64 6 to ptr)(i64 1, i64 2, i64 3, i64 4, i64 5, i64 6)
  ret i64 %a
}

; case: an intrinsic that LLVM lacks
; claim: error verify: intrinsic 'llvm.invented': it is not supported
declare void @llvm.invented()

; case: an intrinsic's address
; claim: error verify: intrinsic 'llvm.donothing': it can only be called
declare void @llvm.donothing()
define i64 @f(ptr %p) {
  store ptr @llvm.donothing, ptr %p, align 8
  ret i64 0
}

; case: a calling convention
; claim: error verify in f: function 'f': calling conventions other than ccc and fastcc are not supported
define x86_stdcallcc i64 @f() {
  ret i64 0
}

; case: an argument by value
; claim: error verify in f: function 'f': arguments by value are not supported
define i64 @f(ptr byval(i64) %a) {
  ret i64 0
}

; case: a variable number of arguments
; claim: error verify in f: function 'f': variable arguments are not supported
define i64 @f(i64 %a, ...) {
  ret i64 0
}

; case: a thread-local global
; claim: error verify: global 'a': thread-local globals are not supported
@a = thread_local global i64 0

; case: an address space
; claim: error verify: global 'a': address spaces are not supported
@a = addrspace(1) global i64 0

; case: an alias
; claim: error verify: aliases are not supported
@a = global i64 0
@b = alias i64, ptr @a

; case: a constructor
; claim: error verify: global 'llvm.global_ctors': this global is not supported
@llvm.global_ctors = appending global [0 x { i32, ptr, ptr }] zeroinitializer

; case: module level assembly
; claim: error verify: module level assembly is not supported
module asm "r1 = 0"

; case: a directive in inline assembly
; claim: error verify in f: '.' in inline assembly is not supported
define i64 @f() section "probe" {
  call void asm sideeffect "r1 = 0\0A  .fill 2147483647, 8, 0", ""()
  ret i64 0
}

; case: a symbol in inline assembly
; claim: error verify in f: 'far' in inline assembly is not supported
define i64 @f() section "probe" {
  call void asm sideeffect "r1 = far", "~{r1}"()
  ret i64 0
}

; case: a block's address
; claim: error verify in f: indirectbr is not supported
define i64 @f(i64 %i) {
  indirectbr ptr blockaddress(@f, %a), [label %a]
a:
  ret i64 0
}

; case: an attribute that inserts code
; claim: error verify in f: function 'f': the attribute safestack is not supported
define i64 @f() safestack {
  ret i64 0
}

; case: a constant that is a block's address
; claim: error verify in f: the constant 'ptr blockaddress(@f, %a)' is not supported
define i64 @f(ptr %p) {
  store ptr blockaddress(@f, %a), ptr %p, align 8
  br label %a
a:
  ret i64 0
}

; case: debug information without its source text
; claim: error verify in f: function 'f': the DIFile "x.bt" has no source
define i64 @f() section "probe" !dbg !4 {
  ret i64 0, !dbg !5
}
!llvm.dbg.cu = !{!0}
!llvm.module.flags = !{!1}
!0 = distinct !DICompileUnit(language: DW_LANG_C11, file: !2, emissionKind: FullDebug)
!1 = !{i32 2, !"Debug Info Version", i32 3}
!2 = !DIFile(filename: "x.bt", directory: "")
!4 = distinct !DISubprogram(name: "f", file: !2, line: 1, type: !6, spFlags: DISPFlagDefinition, unit: !0)
!5 = !DILocation(line: 1, column: 2, scope: !4)
!6 = !DISubroutineType(types: !{null})

; case: debug information: a structure whose element is no member
; claim: error verify: debug information: a structure's elements must be members with a type
@a = global i64 0, section ".maps", !dbg !2
!llvm.dbg.cu = !{!0}
!0 = distinct !DICompileUnit(language: DW_LANG_C11, file: !1, emissionKind: FullDebug, globals: !{!2})
!1 = !DIFile(filename: "x.bt", directory: "", source: "-")
!2 = !DIGlobalVariableExpression(var: !3, expr: !DIExpression())
!3 = distinct !DIGlobalVariable(name: "a", scope: !0, file: !1, line: 1, type: !4, isLocal: false, isDefinition: true)
!4 = !DICompositeType(tag: DW_TAG_structure_type, size: 64, elements: !{!5})
!5 = !DIBasicType(name: "u64", size: 64, encoding: DW_ATE_unsigned)

; case: debug information: an array without a constant count
; claim: error verify: debug information: an array's elements must be subranges with a constant count
@a = global i64 0, section ".maps", !dbg !2
!llvm.dbg.cu = !{!0}
!0 = distinct !DICompileUnit(language: DW_LANG_C11, file: !1, emissionKind: FullDebug, globals: !{!2})
!1 = !DIFile(filename: "x.bt", directory: "", source: "-")
!2 = !DIGlobalVariableExpression(var: !3, expr: !DIExpression())
!3 = distinct !DIGlobalVariable(name: "a", scope: !0, file: !1, line: 1, type: !4, isLocal: false, isDefinition: true)
!4 = !DICompositeType(tag: DW_TAG_array_type, baseType: !5, size: 64, elements: !{!6})
!5 = !DIBasicType(name: "u64", size: 64, encoding: DW_ATE_unsigned)
!6 = !DISubrange(count: !3)

; case: debug information: a typedef of itself
; claim: error verify: debug information: a type is part of itself
@a = global i64 0, section ".maps", !dbg !2
!llvm.dbg.cu = !{!0}
!0 = distinct !DICompileUnit(language: DW_LANG_C11, file: !1, emissionKind: FullDebug, globals: !{!2})
!1 = !DIFile(filename: "x.bt", directory: "", source: "-")
!2 = !DIGlobalVariableExpression(var: !3, expr: !DIExpression())
!3 = distinct !DIGlobalVariable(name: "a", scope: !0, file: !1, line: 1, type: !4, isLocal: false, isDefinition: true)
!4 = !DIDerivedType(tag: DW_TAG_typedef, name: "t", baseType: !5)
!5 = !DIDerivedType(tag: DW_TAG_const_type, baseType: !4)

; case: debug information: an encoding that BTF lacks
; claim: error verify: debug information: the encoding of basic type "c" is not supported
@a = global i64 0, section ".maps", !dbg !2
!llvm.dbg.cu = !{!0}
!0 = distinct !DICompileUnit(language: DW_LANG_C11, file: !1, emissionKind: FullDebug, globals: !{!2})
!1 = !DIFile(filename: "x.bt", directory: "", source: "-")
!2 = !DIGlobalVariableExpression(var: !3, expr: !DIExpression())
!3 = distinct !DIGlobalVariable(name: "a", scope: !0, file: !1, line: 1, type: !4, isLocal: false, isDefinition: true)
!4 = !DIBasicType(name: "c", size: 64, encoding: DW_ATE_complex_float)

; case: debug information: a structure inside itself
; claim: error verify: debug information: a type is part of itself
@a = global i64 0, section ".maps", !dbg !2
!llvm.dbg.cu = !{!0}
!0 = distinct !DICompileUnit(language: DW_LANG_C11, file: !1, emissionKind: FullDebug, globals: !{!2})
!1 = !DIFile(filename: "x.bt", directory: "", source: "-")
!2 = !DIGlobalVariableExpression(var: !3, expr: !DIExpression())
!3 = distinct !DIGlobalVariable(name: "a", scope: !0, file: !1, line: 1, type: !4, isLocal: false, isDefinition: true)
!4 = distinct !DICompositeType(tag: DW_TAG_structure_type, size: 64, elements: !{!5})
!5 = !DIDerivedType(tag: DW_TAG_member, name: "again", baseType: !4, size: 64)

; case: debug information: a pointer to a member
; claim: error verify: debug information: a type must be made of types
@a = global i64 0, section ".maps", !dbg !2
!llvm.dbg.cu = !{!0}
!0 = distinct !DICompileUnit(language: DW_LANG_C11, file: !1, emissionKind: FullDebug, globals: !{!2})
!1 = !DIFile(filename: "x.bt", directory: "", source: "-")
!2 = !DIGlobalVariableExpression(var: !3, expr: !DIExpression())
!3 = distinct !DIGlobalVariable(name: "a", scope: !0, file: !1, line: 1, type: !4, isLocal: false, isDefinition: true)
!4 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: !5, size: 64)
!5 = !DIDerivedType(tag: DW_TAG_member, name: "lost", baseType: !6, size: 64)
!6 = !DIBasicType(name: "u64", size: 64, encoding: DW_ATE_unsigned)

; case: debug information: a list that points to itself is fine
; claim: ok
@a = global i64 0, section ".maps", !dbg !2
!llvm.dbg.cu = !{!0}
!0 = distinct !DICompileUnit(language: DW_LANG_C11, file: !1, emissionKind: FullDebug, globals: !{!2})
!1 = !DIFile(filename: "x.bt", directory: "", source: "-")
!2 = !DIGlobalVariableExpression(var: !3, expr: !DIExpression())
!3 = distinct !DIGlobalVariable(name: "a", scope: !0, file: !1, line: 1, type: !4, isLocal: false, isDefinition: true)
!4 = distinct !DICompositeType(tag: DW_TAG_structure_type, name: "list", size: 64, elements: !{!5})
!5 = !DIDerivedType(tag: DW_TAG_member, name: "next", baseType: !6, size: 64)
!6 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: !4, size: 64)
