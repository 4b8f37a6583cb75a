; ModuleID = 'refused.bpf.c'
source_filename = "refused.bpf.c"
target datalayout = "e-m:e-p:64:64-i64:64-i128:128-n32:64-S128"
target triple = "bpf"

%struct.anon = type { ptr, ptr, ptr, ptr }

@LICENSE = dso_local global [4 x i8] c"GPL\00", section "license", align 1, !dbg !0
@counts = dso_local global %struct.anon zeroinitializer, section ".maps", align 8, !dbg !17
@llvm.compiler.used = appending global [4 x ptr] [ptr @LICENSE, ptr @counts, ptr @fine, ptr @unchecked], section "llvm.metadata"

; Function Attrs: mustprogress nofree norecurse nosync nounwind willreturn memory(none)
define dso_local noundef i32 @fine(ptr nocapture readnone %0) #0 section "probe/fine" !dbg !48 {
    #dbg_value(ptr poison, !52, !DIExpression(), !53)
  ret i32 0, !dbg !54
}

; Function Attrs: nounwind
define dso_local i32 @unchecked(ptr nocapture readnone %0) #1 section "probe/unchecked" !dbg !55 {
  %2 = alloca i32, align 4
    #dbg_value(ptr poison, !57, !DIExpression(), !60)
  call void @llvm.lifetime.start.p0(i64 4, ptr nonnull %2) #3, !dbg !61
    #dbg_value(i32 1, !58, !DIExpression(), !60)
  store i32 1, ptr %2, align 4, !dbg !62
    #dbg_value(ptr %2, !58, !DIExpression(DW_OP_deref), !60)
  %3 = call ptr inttoptr (i64 1 to ptr)(ptr noundef nonnull @counts, ptr noundef nonnull %2) #3, !dbg !63
    #dbg_value(ptr %3, !59, !DIExpression(), !60)
  %4 = load i64, ptr %3, align 8, !dbg !64
  %5 = trunc i64 %4 to i32, !dbg !65
  call void @llvm.lifetime.end.p0(i64 4, ptr nonnull %2) #3, !dbg !66
  ret i32 %5, !dbg !67
}

; Function Attrs: mustprogress nocallback nofree nosync nounwind willreturn memory(argmem: readwrite)
declare void @llvm.lifetime.start.p0(i64 immarg, ptr nocapture) #2

; Function Attrs: mustprogress nocallback nofree nosync nounwind willreturn memory(argmem: readwrite)
declare void @llvm.lifetime.end.p0(i64 immarg, ptr nocapture) #2

attributes #0 = { mustprogress nofree norecurse nosync nounwind willreturn memory(none) "frame-pointer"="all" "no-trapping-math"="true" "stack-protector-buffer-size"="8" "target-cpu"="v3" }
attributes #1 = { nounwind "frame-pointer"="all" "no-trapping-math"="true" "stack-protector-buffer-size"="8" "target-cpu"="v3" }
attributes #2 = { mustprogress nocallback nofree nosync nounwind willreturn memory(argmem: readwrite) }
attributes #3 = { nounwind }

!llvm.dbg.cu = !{!2}
!llvm.module.flags = !{!44, !45, !46, !47}

!0 = !DIGlobalVariableExpression(var: !1, expr: !DIExpression())
!1 = distinct !DIGlobalVariable(name: "LICENSE", scope: !2, file: !3, line: 6, type: !40, isLocal: false, isDefinition: true)
!2 = distinct !DICompileUnit(language: DW_LANG_C11, file: !3, isOptimized: true, runtimeVersion: 0, emissionKind: FullDebug, retainedTypes: !4, globals: !6, splitDebugInlining: false, nameTableKind: None)
!3 = !DIFile(filename: "refused.bpf.c", directory: ".", source: "// refused.bpf.c: a program that no verifier takes. generate.sh makes refused.ll of it.\0A#include <linux/bpf.h>\0A#include <bpf/bpf_helpers.h>\0A#include <linux/types.h>\0A\0Achar LICENSE[] SEC(\22license\22) = \22GPL\22;\0A\0Astruct {\0A  __uint(type, BPF_MAP_TYPE_HASH);\0A  __uint(max_entries, 8);\0A  __type(key, __u32);\0A  __type(value, __u64);\0A} counts SEC(\22.maps\22);\0A\0ASEC(\22probe/fine\22)\0Aint fine(void *context) { return 0; }\0A\0ASEC(\22probe/unchecked\22)\0Aint unchecked(void *context) {\0A  __u32 key = 1;\0A  __u64 *value = bpf_map_lookup_elem(&counts, &key);\0A  return (int)*value; // may be NULL\0A}\0A")
!4 = !{!5}
!5 = !DIBasicType(name: "int", size: 32, encoding: DW_ATE_signed)
!6 = !{!0, !7, !17}
!7 = !DIGlobalVariableExpression(var: !8, expr: !DIExpression())
!8 = distinct !DIGlobalVariable(name: "bpf_map_lookup_elem", scope: !2, file: !9, line: 56, type: !10, isLocal: true, isDefinition: true)
!9 = !DIFile(filename: "bpf/bpf_helper_defs.h", directory: ".", checksumkind: CSK_MD5, checksum: "65e4dc8e3121f91a5c2c9eb8563c5692")
!10 = !DIDerivedType(tag: DW_TAG_const_type, baseType: !11)
!11 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: !12, size: 64)
!12 = !DISubroutineType(types: !13)
!13 = !{!14, !14, !15}
!14 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: null, size: 64)
!15 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: !16, size: 64)
!16 = !DIDerivedType(tag: DW_TAG_const_type, baseType: null)
!17 = !DIGlobalVariableExpression(var: !18, expr: !DIExpression())
!18 = distinct !DIGlobalVariable(name: "counts", scope: !2, file: !3, line: 13, type: !19, isLocal: false, isDefinition: true)
!19 = distinct !DICompositeType(tag: DW_TAG_structure_type, file: !3, line: 8, size: 256, elements: !20)
!20 = !{!21, !26, !31, !36}
!21 = !DIDerivedType(tag: DW_TAG_member, name: "type", scope: !19, file: !3, line: 9, baseType: !22, size: 64)
!22 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: !23, size: 64)
!23 = !DICompositeType(tag: DW_TAG_array_type, baseType: !5, size: 32, elements: !24)
!24 = !{!25}
!25 = !DISubrange(count: 1)
!26 = !DIDerivedType(tag: DW_TAG_member, name: "max_entries", scope: !19, file: !3, line: 10, baseType: !27, size: 64, offset: 64)
!27 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: !28, size: 64)
!28 = !DICompositeType(tag: DW_TAG_array_type, baseType: !5, size: 256, elements: !29)
!29 = !{!30}
!30 = !DISubrange(count: 8)
!31 = !DIDerivedType(tag: DW_TAG_member, name: "key", scope: !19, file: !3, line: 11, baseType: !32, size: 64, offset: 128)
!32 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: !33, size: 64)
!33 = !DIDerivedType(tag: DW_TAG_typedef, name: "__u32", file: !34, line: 27, baseType: !35)
!34 = !DIFile(filename: "asm-generic/int-ll64.h", directory: "", checksumkind: CSK_MD5, checksum: "b810f270733e106319b67ef512c6246e")
!35 = !DIBasicType(name: "unsigned int", size: 32, encoding: DW_ATE_unsigned)
!36 = !DIDerivedType(tag: DW_TAG_member, name: "value", scope: !19, file: !3, line: 12, baseType: !37, size: 64, offset: 192)
!37 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: !38, size: 64)
!38 = !DIDerivedType(tag: DW_TAG_typedef, name: "__u64", file: !34, line: 31, baseType: !39)
!39 = !DIBasicType(name: "unsigned long long", size: 64, encoding: DW_ATE_unsigned)
!40 = !DICompositeType(tag: DW_TAG_array_type, baseType: !41, size: 32, elements: !42)
!41 = !DIBasicType(name: "char", size: 8, encoding: DW_ATE_signed_char)
!42 = !{!43}
!43 = !DISubrange(count: 4)
!44 = !{i32 7, !"Dwarf Version", i32 5}
!45 = !{i32 2, !"Debug Info Version", i32 3}
!46 = !{i32 1, !"wchar_size", i32 4}
!47 = !{i32 7, !"frame-pointer", i32 2}
!48 = distinct !DISubprogram(name: "fine", scope: !3, file: !3, line: 16, type: !49, scopeLine: 16, flags: DIFlagPrototyped | DIFlagAllCallsDescribed, spFlags: DISPFlagDefinition | DISPFlagOptimized, unit: !2, retainedNodes: !51)
!49 = !DISubroutineType(types: !50)
!50 = !{!5, !14}
!51 = !{!52}
!52 = !DILocalVariable(name: "context", arg: 1, scope: !48, file: !3, line: 16, type: !14)
!53 = !DILocation(line: 0, scope: !48)
!54 = !DILocation(line: 16, column: 27, scope: !48)
!55 = distinct !DISubprogram(name: "unchecked", scope: !3, file: !3, line: 19, type: !49, scopeLine: 19, flags: DIFlagPrototyped | DIFlagAllCallsDescribed, spFlags: DISPFlagDefinition | DISPFlagOptimized, unit: !2, retainedNodes: !56)
!56 = !{!57, !58, !59}
!57 = !DILocalVariable(name: "context", arg: 1, scope: !55, file: !3, line: 19, type: !14)
!58 = !DILocalVariable(name: "key", scope: !55, file: !3, line: 20, type: !33)
!59 = !DILocalVariable(name: "value", scope: !55, file: !3, line: 21, type: !37)
!60 = !DILocation(line: 0, scope: !55)
!61 = !DILocation(line: 20, column: 3, scope: !55)
!62 = !DILocation(line: 20, column: 9, scope: !55)
!63 = !DILocation(line: 21, column: 18, scope: !55)
!64 = !DILocation(line: 22, column: 15, scope: !55)
!65 = !DILocation(line: 22, column: 10, scope: !55)
!66 = !DILocation(line: 23, column: 1, scope: !55)
!67 = !DILocation(line: 22, column: 3, scope: !55)
