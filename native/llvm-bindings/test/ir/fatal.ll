; What LLVM calls fatal is an error like others, but for the memory of the compilation, which cannot be given back: the leak
; checker runs over the other files only.

; case: a fatal error of an optimisation pass
; claim: error optimize: Missing metadata for llvm.preserve.struct.access.index intrinsic
%pair = type { i64, i64 }
declare ptr @llvm.preserve.struct.access.index.p0.p0(ptr, i32 immarg, i32 immarg)
define i64 @f(ptr %p) section "probe" {
  %field = call ptr @llvm.preserve.struct.access.index.p0.p0(ptr elementtype(%pair) %p, i32 1, i32 1)
  %value = load i64, ptr %field, align 8
  ret i64 %value
}
!llvm.dbg.cu = !{!0}
!0 = distinct !DICompileUnit(language: DW_LANG_C11, file: !1, emissionKind: FullDebug)
!1 = !DIFile(filename: "x.bt", directory: "", source: "-")
