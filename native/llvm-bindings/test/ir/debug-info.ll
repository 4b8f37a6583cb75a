; Debug information, as a compiler of scripts writes it: source lines, and a BTF map definition as libbpf reads it.

; case: a map in .maps and a program that counts in it
; claim: function count in tracepoint/syscalls/sys_enter_getppid: 12 instructions, 8 bytes of stack
; claim: lines of count: 0=1:0 1=2:3 7=3:7 9=4:5 10=5:1
; claim: sections license .maps .BTF .BTF.ext
; claim: no section .debug_info .debug_line .eh_frame
target triple = "bpf"

%map = type { ptr, ptr, ptr, ptr }

@LICENSE = dso_local global [4 x i8] c"GPL\00", section "license", align 1
@counts = dso_local global %map zeroinitializer, section ".maps", align 8, !dbg !10

define dso_local i64 @count(ptr %ctx) section "tracepoint/syscalls/sys_enter_getppid" !dbg !40 {
entry:
  %key = alloca i32, align 4
  store i32 14, ptr %key, align 4, !dbg !50
  %value = call ptr inttoptr (i64 1 to ptr)(ptr @counts, ptr %key), !dbg !50
  %found = icmp ne ptr %value, null, !dbg !51
  br i1 %found, label %add, label %end, !dbg !51
add:
  %old = atomicrmw add ptr %value, i64 1 monotonic, !dbg !52
  br label %end, !dbg !52
end:
  ret i64 0, !dbg !53
}

!llvm.dbg.cu = !{!0}
!llvm.module.flags = !{!3}

!0 = distinct !DICompileUnit(language: DW_LANG_C11, producer: "probewright", file: !1, emissionKind: FullDebug, globals: !2)
!1 = !DIFile(filename: "count.bt", directory: "", source: "tracepoint:syscalls:sys_enter_getppid {\0A  @counts[14]\0A  if found\0A    ++;\0A}\0A")
!2 = !{!10}
!3 = !{i32 2, !"Debug Info Version", i32 3}

; struct { int (*type)[1]; int (*max_entries)[32]; u32 *key; u64 *value; } counts: numbers are the lengths of
; arrays, types are those pointed to.
!10 = !DIGlobalVariableExpression(var: !11, expr: !DIExpression())
!11 = distinct !DIGlobalVariable(name: "counts", scope: !0, file: !1, line: 1, type: !12, isLocal: false, isDefinition: true)
!12 = !DICompositeType(tag: DW_TAG_structure_type, size: 256, elements: !13)
!13 = !{!14, !15, !16, !17}
!14 = !DIDerivedType(tag: DW_TAG_member, name: "type", scope: !12, baseType: !20, size: 64)
!15 = !DIDerivedType(tag: DW_TAG_member, name: "max_entries", scope: !12, baseType: !21, size: 64, offset: 64)
!16 = !DIDerivedType(tag: DW_TAG_member, name: "key", scope: !12, baseType: !22, size: 64, offset: 128)
!17 = !DIDerivedType(tag: DW_TAG_member, name: "value", scope: !12, baseType: !23, size: 64, offset: 192)
!20 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: !24, size: 64)
!21 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: !25, size: 64)
!22 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: !31, size: 64)
!23 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: !32, size: 64)
!24 = !DICompositeType(tag: DW_TAG_array_type, baseType: !30, size: 32, elements: !{!26})
!25 = !DICompositeType(tag: DW_TAG_array_type, baseType: !30, size: 1024, elements: !{!27})
!26 = !DISubrange(count: 1)
!27 = !DISubrange(count: 32)
!30 = !DIBasicType(name: "int", size: 32, encoding: DW_ATE_signed)
!31 = !DIBasicType(name: "u32", size: 32, encoding: DW_ATE_unsigned)
!32 = !DIBasicType(name: "u64", size: 64, encoding: DW_ATE_unsigned)

!40 = distinct !DISubprogram(name: "count", file: !1, line: 1, type: !41, spFlags: DISPFlagDefinition, unit: !0, retainedNodes: !43)
!41 = !DISubroutineType(types: !{!32, !42})
!42 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: null, size: 64)
!43 = !{!44}
!44 = !DILocalVariable(name: "ctx", arg: 1, scope: !40, file: !1, line: 1, type: !42)
!50 = !DILocation(line: 2, column: 3, scope: !40)
!51 = !DILocation(line: 3, column: 7, scope: !40)
!52 = !DILocation(line: 4, column: 5, scope: !40)
!53 = !DILocation(line: 5, column: 1, scope: !40)

; case: lines count from each function's start, also for the second in a section
; claim: lines of first: 0=3:5
; claim: lines of second: 0=9:1
define i64 @first() section "probe" !dbg !4 {
  ret i64 0, !dbg !5
}
define i64 @second() section "probe" !dbg !7 {
  ret i64 0, !dbg !8
}
!llvm.dbg.cu = !{!0}
!0 = distinct !DICompileUnit(language: DW_LANG_C11, file: !2, emissionKind: FullDebug)
!2 = !DIFile(filename: "x.bt", directory: "", source: "-")
!4 = distinct !DISubprogram(name: "first", file: !2, line: 3, type: !6, spFlags: DISPFlagDefinition, unit: !0)
!5 = !DILocation(line: 3, column: 5, scope: !4)
!6 = !DISubroutineType(types: !{null})
!7 = distinct !DISubprogram(name: "second", file: !2, line: 9, type: !6, spFlags: DISPFlagDefinition, unit: !0)
!8 = !DILocation(line: 9, column: 1, scope: !7)
