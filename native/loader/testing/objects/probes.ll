; ModuleID = '<stdin>'
source_filename = "probes.bpf.c"
target datalayout = "e-m:e-p:64:64-i64:64-i128:128-n32:64-S128"
target triple = "bpf"

%struct.anon = type { ptr, ptr, ptr, ptr }
%struct.anon.0 = type { ptr, ptr }
%struct.anon.1 = type { ptr, ptr, ptr, ptr }
%struct.anon.2 = type { ptr, ptr, ptr, ptr }

@LICENSE = dso_local global [4 x i8] c"GPL\00", section "license", align 1, !dbg !0
@burst_length = dso_local constant i64 3, align 8, !dbg !18
@resizable = dso_local global [8 x i8] zeroinitializer, section ".bss.room", align 1, !dbg !155
@percpu_counts = dso_local global %struct.anon zeroinitializer, section ".maps", align 8, !dbg !116
@dump_tasks.line = internal constant [6 x i8] c"task\0A\00", align 1, !dbg !48
@wanted_process = dso_local constant i32 0, align 4, !dbg !147
@ring = dso_local global %struct.anon.0 zeroinitializer, section ".maps", align 8, !dbg !85
@counts = dso_local global %struct.anon.1 zeroinitializer, section ".maps", align 8, !dbg !99
@percpu_slots = dso_local global %struct.anon.2 zeroinitializer, section ".maps", align 8, !dbg !133
@sequence = dso_local global i64 0, align 8, !dbg !151
@lost = dso_local global i64 0, align 8, !dbg !153
@llvm.compiler.used = appending global [16 x ptr] [ptr @LICENSE, ptr @begin, ptr @burst, ptr @counts, ptr @dump_tasks, ptr @on_clock, ptr @on_function, ptr @on_function_multi, ptr @on_raw, ptr @on_switch, ptr @on_tracepoint, ptr @percpu_counts, ptr @percpu_slots, ptr @resizable, ptr @ring, ptr @signals], section "llvm.metadata"

; Function Attrs: nounwind
define dso_local noundef i32 @begin(ptr nocapture readnone %0) #0 section "probe/begin" {
  %2 = tail call ptr inttoptr (i64 131 to ptr)(ptr noundef nonnull @ring, i64 noundef 16, i64 noundef 0) #2
  %3 = icmp eq ptr %2, null
  br i1 %3, label %4, label %6

4:                                                ; preds = %1
  %5 = atomicrmw add ptr @lost, i64 1 seq_cst, align 8
  br label %9

6:                                                ; preds = %1
  store i64 1, ptr %2, align 8
  %7 = atomicrmw add ptr @sequence, i64 1 seq_cst, align 8
  %8 = getelementptr inbounds i8, ptr %2, i64 8
  store i64 %7, ptr %8, align 8
  tail call void inttoptr (i64 132 to ptr)(ptr noundef nonnull %2, i64 noundef 1) #2
  br label %9

9:                                                ; preds = %6, %4
  ret i32 0
}

; Function Attrs: nounwind
define dso_local noundef i32 @burst(ptr nocapture readnone %0) #0 section "probe/burst" {
  %2 = load volatile i64, ptr @burst_length, align 8
  %3 = icmp eq i64 %2, 0
  br i1 %3, label %4, label %5

4:                                                ; preds = %14, %1
  store i8 1, ptr @resizable, align 1
  ret i32 0

5:                                                ; preds = %14, %1
  %6 = phi i64 [ %15, %14 ], [ 0, %1 ]
  %7 = tail call ptr inttoptr (i64 131 to ptr)(ptr noundef nonnull @ring, i64 noundef 16, i64 noundef 0) #2
  %8 = icmp eq ptr %7, null
  br i1 %8, label %9, label %11

9:                                                ; preds = %5
  %10 = atomicrmw add ptr @lost, i64 1 seq_cst, align 8
  br label %14

11:                                               ; preds = %5
  store i64 2, ptr %7, align 8
  %12 = atomicrmw add ptr @sequence, i64 1 seq_cst, align 8
  %13 = getelementptr inbounds i8, ptr %7, i64 8
  store i64 %12, ptr %13, align 8
  tail call void inttoptr (i64 132 to ptr)(ptr noundef nonnull %7, i64 noundef 1) #2
  br label %14

14:                                               ; preds = %11, %9
  %15 = add nuw nsw i64 %6, 1
  %16 = load volatile i64, ptr @burst_length, align 8
  %17 = icmp ult i64 %15, %16
  %18 = icmp ult i64 %6, 99999
  %19 = and i1 %18, %17
  br i1 %19, label %5, label %4, !llvm.loop !183
}

; Function Attrs: nocallback nofree nosync nounwind willreturn memory(argmem: readwrite)
declare void @llvm.lifetime.start.p0(i64 immarg, ptr nocapture) #1

; Function Attrs: nocallback nofree nosync nounwind willreturn memory(argmem: readwrite)
declare void @llvm.lifetime.end.p0(i64 immarg, ptr nocapture) #1

; Function Attrs: nounwind
define dso_local noundef i32 @on_tracepoint(ptr noundef %0) #0 section "probe/on_tracepoint" {
  %2 = alloca i64, align 8
  %3 = alloca i64, align 8
  %4 = alloca i32, align 4
  %5 = alloca i32, align 4
  %6 = load volatile i32, ptr @wanted_process, align 4
  %7 = icmp eq i32 %6, 0
  br i1 %7, label %14, label %8

8:                                                ; preds = %1
  %9 = tail call i64 inttoptr (i64 14 to ptr)() #2
  %10 = lshr i64 %9, 32
  %11 = load volatile i32, ptr @wanted_process, align 4
  %12 = zext i32 %11 to i64
  %13 = icmp eq i64 %10, %12
  br i1 %13, label %14, label %39

14:                                               ; preds = %8, %1
  call void @llvm.lifetime.start.p0(i64 4, ptr nonnull %4) #2
  store i32 7, ptr %4, align 4
  call void @llvm.lifetime.start.p0(i64 4, ptr nonnull %5) #2
  store i32 1, ptr %5, align 4
  %15 = call ptr inttoptr (i64 1 to ptr)(ptr noundef nonnull @percpu_counts, ptr noundef nonnull %4) #2
  %16 = icmp eq ptr %15, null
  br i1 %16, label %20, label %17

17:                                               ; preds = %14
  %18 = load i32, ptr %15, align 4
  %19 = add i32 %18, 1
  store i32 %19, ptr %15, align 4
  br label %22

20:                                               ; preds = %14
  %21 = call i64 inttoptr (i64 2 to ptr)(ptr noundef nonnull @percpu_counts, ptr noundef nonnull %4, ptr noundef nonnull %5, i64 noundef 0) #2
  br label %22

22:                                               ; preds = %20, %17
  %23 = call i64 inttoptr (i64 174 to ptr)(ptr noundef %0) #2
  call void @llvm.lifetime.start.p0(i64 8, ptr nonnull %2)
  store i64 %23, ptr %2, align 8
  call void @llvm.lifetime.start.p0(i64 8, ptr nonnull %3) #2
  store i64 1, ptr %3, align 8
  %24 = call ptr inttoptr (i64 1 to ptr)(ptr noundef nonnull @counts, ptr noundef nonnull %2) #2
  %25 = icmp eq ptr %24, null
  br i1 %25, label %28, label %26

26:                                               ; preds = %22
  %27 = atomicrmw add ptr %24, i64 1 seq_cst, align 8
  br label %30

28:                                               ; preds = %22
  %29 = call i64 inttoptr (i64 2 to ptr)(ptr noundef nonnull @counts, ptr noundef nonnull %2, ptr noundef nonnull %3, i64 noundef 0) #2
  br label %30

30:                                               ; preds = %28, %26
  call void @llvm.lifetime.end.p0(i64 8, ptr nonnull %3) #2
  call void @llvm.lifetime.end.p0(i64 8, ptr nonnull %2)
  %31 = call ptr inttoptr (i64 131 to ptr)(ptr noundef nonnull @ring, i64 noundef 16, i64 noundef 0) #2
  %32 = icmp eq ptr %31, null
  br i1 %32, label %33, label %35

33:                                               ; preds = %30
  %34 = atomicrmw add ptr @lost, i64 1 seq_cst, align 8
  br label %38

35:                                               ; preds = %30
  store i64 3, ptr %31, align 8
  %36 = atomicrmw add ptr @sequence, i64 1 seq_cst, align 8
  %37 = getelementptr inbounds i8, ptr %31, i64 8
  store i64 %36, ptr %37, align 8
  call void inttoptr (i64 132 to ptr)(ptr noundef nonnull %31, i64 noundef 1) #2
  br label %38

38:                                               ; preds = %35, %33
  call void @llvm.lifetime.end.p0(i64 4, ptr nonnull %5) #2
  call void @llvm.lifetime.end.p0(i64 4, ptr nonnull %4) #2
  br label %39

39:                                               ; preds = %38, %8
  ret i32 0
}

; Function Attrs: nounwind
define dso_local noundef i32 @on_clock(ptr nocapture readnone %0) #0 section "probe/on_clock" {
  %2 = tail call ptr inttoptr (i64 131 to ptr)(ptr noundef nonnull @ring, i64 noundef 16, i64 noundef 0) #2
  %3 = icmp eq ptr %2, null
  br i1 %3, label %4, label %6

4:                                                ; preds = %1
  %5 = atomicrmw add ptr @lost, i64 1 seq_cst, align 8
  br label %9

6:                                                ; preds = %1
  store i64 4, ptr %2, align 8
  %7 = atomicrmw add ptr @sequence, i64 1 seq_cst, align 8
  %8 = getelementptr inbounds i8, ptr %2, i64 8
  store i64 %7, ptr %8, align 8
  tail call void inttoptr (i64 132 to ptr)(ptr noundef nonnull %2, i64 noundef 1) #2
  br label %9

9:                                                ; preds = %6, %4
  ret i32 0
}

; Function Attrs: nounwind
define dso_local noundef i32 @on_function(ptr noundef %0) #0 section "probe/on_function" {
  %2 = alloca i64, align 8
  %3 = alloca i64, align 8
  %4 = tail call i64 inttoptr (i64 174 to ptr)(ptr noundef %0) #2
  call void @llvm.lifetime.start.p0(i64 8, ptr nonnull %2)
  store i64 %4, ptr %2, align 8
  call void @llvm.lifetime.start.p0(i64 8, ptr nonnull %3) #2
  store i64 1, ptr %3, align 8
  %5 = call ptr inttoptr (i64 1 to ptr)(ptr noundef nonnull @counts, ptr noundef nonnull %2) #2
  %6 = icmp eq ptr %5, null
  br i1 %6, label %9, label %7

7:                                                ; preds = %1
  %8 = atomicrmw add ptr %5, i64 1 seq_cst, align 8
  br label %11

9:                                                ; preds = %1
  %10 = call i64 inttoptr (i64 2 to ptr)(ptr noundef nonnull @counts, ptr noundef nonnull %2, ptr noundef nonnull %3, i64 noundef 0) #2
  br label %11

11:                                               ; preds = %9, %7
  call void @llvm.lifetime.end.p0(i64 8, ptr nonnull %3) #2
  call void @llvm.lifetime.end.p0(i64 8, ptr nonnull %2)
  ret i32 0
}

; Function Attrs: nounwind
define dso_local noundef i32 @on_function_multi(ptr noundef %0) #0 section "probe/on_function_multi" {
  %2 = alloca i64, align 8
  %3 = alloca i64, align 8
  %4 = tail call i64 inttoptr (i64 174 to ptr)(ptr noundef %0) #2
  call void @llvm.lifetime.start.p0(i64 8, ptr nonnull %2)
  store i64 %4, ptr %2, align 8
  call void @llvm.lifetime.start.p0(i64 8, ptr nonnull %3) #2
  store i64 1, ptr %3, align 8
  %5 = call ptr inttoptr (i64 1 to ptr)(ptr noundef nonnull @counts, ptr noundef nonnull %2) #2
  %6 = icmp eq ptr %5, null
  br i1 %6, label %9, label %7

7:                                                ; preds = %1
  %8 = atomicrmw add ptr %5, i64 1 seq_cst, align 8
  br label %11

9:                                                ; preds = %1
  %10 = call i64 inttoptr (i64 2 to ptr)(ptr noundef nonnull @counts, ptr noundef nonnull %2, ptr noundef nonnull %3, i64 noundef 0) #2
  br label %11

11:                                               ; preds = %9, %7
  call void @llvm.lifetime.end.p0(i64 8, ptr nonnull %3) #2
  call void @llvm.lifetime.end.p0(i64 8, ptr nonnull %2)
  ret i32 0
}

; Function Attrs: nounwind
define dso_local noundef i32 @on_raw(ptr nocapture readnone %0) #0 section "probe/on_raw" {
  %2 = alloca i64, align 8
  %3 = alloca i64, align 8
  %4 = load volatile i32, ptr @wanted_process, align 4
  %5 = icmp eq i32 %4, 0
  br i1 %5, label %12, label %6

6:                                                ; preds = %1
  %7 = tail call i64 inttoptr (i64 14 to ptr)() #2
  %8 = lshr i64 %7, 32
  %9 = load volatile i32, ptr @wanted_process, align 4
  %10 = zext i32 %9 to i64
  %11 = icmp eq i64 %8, %10
  br i1 %11, label %12, label %20

12:                                               ; preds = %6, %1
  call void @llvm.lifetime.start.p0(i64 8, ptr nonnull %2)
  store i64 100, ptr %2, align 8
  call void @llvm.lifetime.start.p0(i64 8, ptr nonnull %3) #2
  store i64 1, ptr %3, align 8
  %13 = call ptr inttoptr (i64 1 to ptr)(ptr noundef nonnull @counts, ptr noundef nonnull %2) #2
  %14 = icmp eq ptr %13, null
  br i1 %14, label %17, label %15

15:                                               ; preds = %12
  %16 = atomicrmw add ptr %13, i64 1 seq_cst, align 8
  br label %19

17:                                               ; preds = %12
  %18 = call i64 inttoptr (i64 2 to ptr)(ptr noundef nonnull @counts, ptr noundef nonnull %2, ptr noundef nonnull %3, i64 noundef 0) #2
  br label %19

19:                                               ; preds = %17, %15
  call void @llvm.lifetime.end.p0(i64 8, ptr nonnull %3) #2
  call void @llvm.lifetime.end.p0(i64 8, ptr nonnull %2)
  br label %20

20:                                               ; preds = %19, %6
  ret i32 0
}

; Function Attrs: nounwind
define dso_local noundef i32 @on_switch(ptr nocapture readnone %0) #0 section "probe/on_switch" {
  %2 = alloca i64, align 8
  %3 = alloca i64, align 8
  call void @llvm.lifetime.start.p0(i64 8, ptr nonnull %2)
  store i64 200, ptr %2, align 8
  call void @llvm.lifetime.start.p0(i64 8, ptr nonnull %3) #2
  store i64 1, ptr %3, align 8
  %4 = call ptr inttoptr (i64 1 to ptr)(ptr noundef nonnull @counts, ptr noundef nonnull %2) #2
  %5 = icmp eq ptr %4, null
  br i1 %5, label %8, label %6

6:                                                ; preds = %1
  %7 = atomicrmw add ptr %4, i64 1 seq_cst, align 8
  br label %10

8:                                                ; preds = %1
  %9 = call i64 inttoptr (i64 2 to ptr)(ptr noundef nonnull @counts, ptr noundef nonnull %2, ptr noundef nonnull %3, i64 noundef 0) #2
  br label %10

10:                                               ; preds = %8, %6
  call void @llvm.lifetime.end.p0(i64 8, ptr nonnull %3) #2
  call void @llvm.lifetime.end.p0(i64 8, ptr nonnull %2)
  ret i32 0
}

; Function Attrs: nounwind
define dso_local noundef i32 @dump_tasks(ptr nocapture noundef readonly %0) #0 section "probe/dump_tasks" {
  %2 = getelementptr inbounds i8, ptr %0, i64 8
  %3 = load ptr, ptr %2, align 8
  %4 = icmp eq ptr %3, null
  br i1 %4, label %16, label %5

5:                                                ; preds = %1
  %6 = load ptr, ptr %0, align 8
  %7 = load ptr, ptr %6, align 8
  %8 = tail call i64 inttoptr (i64 127 to ptr)(ptr noundef %7, ptr noundef nonnull @dump_tasks.line, i32 noundef 5) #2
  %9 = tail call ptr inttoptr (i64 131 to ptr)(ptr noundef nonnull @ring, i64 noundef 16, i64 noundef 0) #2
  %10 = icmp eq ptr %9, null
  br i1 %10, label %11, label %13

11:                                               ; preds = %5
  %12 = atomicrmw add ptr @lost, i64 1 seq_cst, align 8
  br label %16

13:                                               ; preds = %5
  store i64 5, ptr %9, align 8
  %14 = atomicrmw add ptr @sequence, i64 1 seq_cst, align 8
  %15 = getelementptr inbounds i8, ptr %9, i64 8
  store i64 %14, ptr %15, align 8
  tail call void inttoptr (i64 132 to ptr)(ptr noundef nonnull %9, i64 noundef 1) #2
  br label %16

16:                                               ; preds = %13, %11, %1
  ret i32 0
}

; Function Attrs: nounwind
define dso_local noundef i32 @signals(ptr nocapture readnone %0) #0 section "probe/signals" {
  %2 = load volatile i32, ptr @wanted_process, align 4
  %3 = icmp eq i32 %2, -1
  br i1 %3, label %4, label %6

4:                                                ; preds = %1
  %5 = tail call i64 inttoptr (i64 109 to ptr)(i32 noundef 9) #2
  br label %6

6:                                                ; preds = %4, %1
  ret i32 0
}

attributes #0 = { nounwind "frame-pointer"="all" "no-trapping-math"="true" "stack-protector-buffer-size"="8" "target-cpu"="v3" }
attributes #1 = { nocallback nofree nosync nounwind willreturn memory(argmem: readwrite) }
attributes #2 = { nounwind }

!llvm.dbg.cu = !{!2}
!llvm.module.flags = !{!179, !180, !181, !182}

!0 = !DIGlobalVariableExpression(var: !1, expr: !DIExpression())
!1 = distinct !DIGlobalVariable(name: "LICENSE", scope: !2, file: !3, line: 6, type: !178, isLocal: false, isDefinition: true)
!2 = distinct !DICompileUnit(language: DW_LANG_C11, file: !3, isOptimized: true, runtimeVersion: 0, emissionKind: FullDebug, enums: !4, globals: !17, splitDebugInlining: false, nameTableKind: None)
!3 = !DIFile(filename: "probes.bpf.c", directory: ".", checksumkind: CSK_MD5, checksum: "ccf97085456a712618690ecd0bdef1b3")
!4 = !{!5, !13}
!5 = !DICompositeType(tag: DW_TAG_enumeration_type, file: !6, line: 1228, baseType: !7, size: 32, elements: !8)
!6 = !DIFile(filename: "linux/bpf.h", directory: "", checksumkind: CSK_MD5, checksum: "8ab7bf195d20e2851bf1a9e5b71245ca")
!7 = !DIBasicType(name: "unsigned int", size: 32, encoding: DW_ATE_unsigned)
!8 = !{!9, !10, !11, !12}
!9 = !DIEnumerator(name: "BPF_ANY", value: 0)
!10 = !DIEnumerator(name: "BPF_NOEXIST", value: 1)
!11 = !DIEnumerator(name: "BPF_EXIST", value: 2)
!12 = !DIEnumerator(name: "BPF_F_LOCK", value: 4)
!13 = !DICompositeType(tag: DW_TAG_enumeration_type, file: !6, line: 5817, baseType: !7, size: 32, elements: !14)
!14 = !{!15, !16}
!15 = !DIEnumerator(name: "BPF_RB_NO_WAKEUP", value: 1)
!16 = !DIEnumerator(name: "BPF_RB_FORCE_WAKEUP", value: 2)
!17 = !{!0, !18, !25, !35, !42, !48, !70, !79, !85, !99, !116, !133, !147, !151, !153, !155, !160, !166, !172}
!18 = !DIGlobalVariableExpression(var: !19, expr: !DIExpression())
!19 = distinct !DIGlobalVariable(name: "burst_length", scope: !2, file: !3, line: 39, type: !20, isLocal: false, isDefinition: true)
!20 = !DIDerivedType(tag: DW_TAG_const_type, baseType: !21)
!21 = !DIDerivedType(tag: DW_TAG_volatile_type, baseType: !22)
!22 = !DIDerivedType(tag: DW_TAG_typedef, name: "__u64", file: !23, line: 31, baseType: !24)
!23 = !DIFile(filename: "asm-generic/int-ll64.h", directory: "", checksumkind: CSK_MD5, checksum: "b810f270733e106319b67ef512c6246e")
!24 = !DIBasicType(name: "unsigned long long", size: 64, encoding: DW_ATE_unsigned)
!25 = !DIGlobalVariableExpression(var: !26, expr: !DIExpression())
!26 = distinct !DIGlobalVariable(name: "bpf_map_lookup_elem", scope: !2, file: !27, line: 56, type: !28, isLocal: true, isDefinition: true)
!27 = !DIFile(filename: "bpf/bpf_helper_defs.h", directory: ".", checksumkind: CSK_MD5, checksum: "65e4dc8e3121f91a5c2c9eb8563c5692")
!28 = !DIDerivedType(tag: DW_TAG_const_type, baseType: !29)
!29 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: !30, size: 64)
!30 = !DISubroutineType(types: !31)
!31 = !{!32, !32, !33}
!32 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: null, size: 64)
!33 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: !34, size: 64)
!34 = !DIDerivedType(tag: DW_TAG_const_type, baseType: null)
!35 = !DIGlobalVariableExpression(var: !36, expr: !DIExpression())
!36 = distinct !DIGlobalVariable(name: "bpf_map_update_elem", scope: !2, file: !27, line: 78, type: !37, isLocal: true, isDefinition: true)
!37 = !DIDerivedType(tag: DW_TAG_const_type, baseType: !38)
!38 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: !39, size: 64)
!39 = !DISubroutineType(types: !40)
!40 = !{!41, !32, !33, !33, !22}
!41 = !DIBasicType(name: "long", size: 64, encoding: DW_ATE_signed)
!42 = !DIGlobalVariableExpression(var: !43, expr: !DIExpression())
!43 = distinct !DIGlobalVariable(name: "bpf_get_attach_cookie", scope: !2, file: !27, line: 4105, type: !44, isLocal: true, isDefinition: true)
!44 = !DIDerivedType(tag: DW_TAG_const_type, baseType: !45)
!45 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: !46, size: 64)
!46 = !DISubroutineType(types: !47)
!47 = !{!22, !32}
!48 = !DIGlobalVariableExpression(var: !49, expr: !DIExpression())
!49 = distinct !DIGlobalVariable(name: "line", scope: !50, file: !3, line: 133, type: !65, isLocal: true, isDefinition: true)
!50 = distinct !DISubprogram(name: "dump_tasks", scope: !3, file: !3, line: 132, type: !51, scopeLine: 132, flags: DIFlagPrototyped | DIFlagAllCallsDescribed, spFlags: DISPFlagDefinition | DISPFlagOptimized, unit: !2, retainedNodes: !63)
!51 = !DISubroutineType(types: !52)
!52 = !{!53, !54}
!53 = !DIBasicType(name: "int", size: 32, encoding: DW_ATE_signed)
!54 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: !55, size: 64)
!55 = distinct !DICompositeType(tag: DW_TAG_structure_type, name: "task_iterator_context", file: !3, line: 126, size: 128, elements: !56)
!56 = !{!57, !62}
!57 = !DIDerivedType(tag: DW_TAG_member, name: "meta", scope: !55, file: !3, line: 127, baseType: !58, size: 64)
!58 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: !59, size: 64)
!59 = distinct !DICompositeType(tag: DW_TAG_structure_type, name: "bpf_iter_meta", file: !3, line: 122, size: 64, elements: !60)
!60 = !{!61}
!61 = !DIDerivedType(tag: DW_TAG_member, name: "seq", scope: !59, file: !3, line: 123, baseType: !32, size: 64)
!62 = !DIDerivedType(tag: DW_TAG_member, name: "task", scope: !55, file: !3, line: 128, baseType: !32, size: 64, offset: 64)
!63 = !{!64}
!64 = !DILocalVariable(name: "context", arg: 1, scope: !50, file: !3, line: 132, type: !54)
!65 = !DICompositeType(tag: DW_TAG_array_type, baseType: !66, size: 48, elements: !68)
!66 = !DIDerivedType(tag: DW_TAG_const_type, baseType: !67)
!67 = !DIBasicType(name: "char", size: 8, encoding: DW_ATE_signed_char)
!68 = !{!69}
!69 = !DISubrange(count: 6)
!70 = !DIGlobalVariableExpression(var: !71, expr: !DIExpression())
!71 = distinct !DIGlobalVariable(name: "bpf_seq_write", scope: !2, file: !27, line: 3103, type: !72, isLocal: true, isDefinition: true)
!72 = !DIDerivedType(tag: DW_TAG_const_type, baseType: !73)
!73 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: !74, size: 64)
!74 = !DISubroutineType(types: !75)
!75 = !{!41, !76, !33, !78}
!76 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: !77, size: 64)
!77 = !DICompositeType(tag: DW_TAG_structure_type, name: "seq_file", file: !27, line: 24, flags: DIFlagFwdDecl)
!78 = !DIDerivedType(tag: DW_TAG_typedef, name: "__u32", file: !23, line: 27, baseType: !7)
!79 = !DIGlobalVariableExpression(var: !80, expr: !DIExpression())
!80 = distinct !DIGlobalVariable(name: "bpf_send_signal", scope: !2, file: !27, line: 2726, type: !81, isLocal: true, isDefinition: true)
!81 = !DIDerivedType(tag: DW_TAG_const_type, baseType: !82)
!82 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: !83, size: 64)
!83 = !DISubroutineType(types: !84)
!84 = !{!41, !78}
!85 = !DIGlobalVariableExpression(var: !86, expr: !DIExpression())
!86 = distinct !DIGlobalVariable(name: "ring", scope: !2, file: !3, line: 15, type: !87, isLocal: false, isDefinition: true)
!87 = distinct !DICompositeType(tag: DW_TAG_structure_type, file: !3, line: 12, size: 128, elements: !88)
!88 = !{!89, !94}
!89 = !DIDerivedType(tag: DW_TAG_member, name: "type", scope: !87, file: !3, line: 13, baseType: !90, size: 64)
!90 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: !91, size: 64)
!91 = !DICompositeType(tag: DW_TAG_array_type, baseType: !53, size: 864, elements: !92)
!92 = !{!93}
!93 = !DISubrange(count: 27)
!94 = !DIDerivedType(tag: DW_TAG_member, name: "max_entries", scope: !87, file: !3, line: 14, baseType: !95, size: 64, offset: 64)
!95 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: !96, size: 64)
!96 = !DICompositeType(tag: DW_TAG_array_type, baseType: !53, size: 33554432, elements: !97)
!97 = !{!98}
!98 = !DISubrange(count: 1048576)
!99 = !DIGlobalVariableExpression(var: !100, expr: !DIExpression())
!100 = distinct !DIGlobalVariable(name: "counts", scope: !2, file: !3, line: 22, type: !101, isLocal: false, isDefinition: true)
!101 = distinct !DICompositeType(tag: DW_TAG_structure_type, file: !3, line: 17, size: 256, elements: !102)
!102 = !{!103, !108, !113, !115}
!103 = !DIDerivedType(tag: DW_TAG_member, name: "type", scope: !101, file: !3, line: 18, baseType: !104, size: 64)
!104 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: !105, size: 64)
!105 = !DICompositeType(tag: DW_TAG_array_type, baseType: !53, size: 32, elements: !106)
!106 = !{!107}
!107 = !DISubrange(count: 1)
!108 = !DIDerivedType(tag: DW_TAG_member, name: "max_entries", scope: !101, file: !3, line: 19, baseType: !109, size: 64, offset: 64)
!109 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: !110, size: 64)
!110 = !DICompositeType(tag: DW_TAG_array_type, baseType: !53, size: 327680, elements: !111)
!111 = !{!112}
!112 = !DISubrange(count: 10240)
!113 = !DIDerivedType(tag: DW_TAG_member, name: "key", scope: !101, file: !3, line: 20, baseType: !114, size: 64, offset: 128)
!114 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: !22, size: 64)
!115 = !DIDerivedType(tag: DW_TAG_member, name: "value", scope: !101, file: !3, line: 21, baseType: !114, size: 64, offset: 192)
!116 = !DIGlobalVariableExpression(var: !117, expr: !DIExpression())
!117 = distinct !DIGlobalVariable(name: "percpu_counts", scope: !2, file: !3, line: 29, type: !118, isLocal: false, isDefinition: true)
!118 = distinct !DICompositeType(tag: DW_TAG_structure_type, file: !3, line: 24, size: 256, elements: !119)
!119 = !{!120, !125, !130, !132}
!120 = !DIDerivedType(tag: DW_TAG_member, name: "type", scope: !118, file: !3, line: 25, baseType: !121, size: 64)
!121 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: !122, size: 64)
!122 = !DICompositeType(tag: DW_TAG_array_type, baseType: !53, size: 160, elements: !123)
!123 = !{!124}
!124 = !DISubrange(count: 5)
!125 = !DIDerivedType(tag: DW_TAG_member, name: "max_entries", scope: !118, file: !3, line: 26, baseType: !126, size: 64, offset: 64)
!126 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: !127, size: 64)
!127 = !DICompositeType(tag: DW_TAG_array_type, baseType: !53, size: 32768, elements: !128)
!128 = !{!129}
!129 = !DISubrange(count: 1024)
!130 = !DIDerivedType(tag: DW_TAG_member, name: "key", scope: !118, file: !3, line: 27, baseType: !131, size: 64, offset: 128)
!131 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: !78, size: 64)
!132 = !DIDerivedType(tag: DW_TAG_member, name: "value", scope: !118, file: !3, line: 28, baseType: !131, size: 64, offset: 192)
!133 = !DIGlobalVariableExpression(var: !134, expr: !DIExpression())
!134 = distinct !DIGlobalVariable(name: "percpu_slots", scope: !2, file: !3, line: 36, type: !135, isLocal: false, isDefinition: true)
!135 = distinct !DICompositeType(tag: DW_TAG_structure_type, file: !3, line: 31, size: 256, elements: !136)
!136 = !{!137, !140, !145, !146}
!137 = !DIDerivedType(tag: DW_TAG_member, name: "type", scope: !135, file: !3, line: 32, baseType: !138, size: 64)
!138 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: !139, size: 64)
!139 = !DICompositeType(tag: DW_TAG_array_type, baseType: !53, size: 192, elements: !68)
!140 = !DIDerivedType(tag: DW_TAG_member, name: "max_entries", scope: !135, file: !3, line: 33, baseType: !141, size: 64, offset: 64)
!141 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: !142, size: 64)
!142 = !DICompositeType(tag: DW_TAG_array_type, baseType: !53, size: 128, elements: !143)
!143 = !{!144}
!144 = !DISubrange(count: 4)
!145 = !DIDerivedType(tag: DW_TAG_member, name: "key", scope: !135, file: !3, line: 34, baseType: !131, size: 64, offset: 128)
!146 = !DIDerivedType(tag: DW_TAG_member, name: "value", scope: !135, file: !3, line: 35, baseType: !114, size: 64, offset: 192)
!147 = !DIGlobalVariableExpression(var: !148, expr: !DIExpression())
!148 = distinct !DIGlobalVariable(name: "wanted_process", scope: !2, file: !3, line: 38, type: !149, isLocal: false, isDefinition: true)
!149 = !DIDerivedType(tag: DW_TAG_const_type, baseType: !150)
!150 = !DIDerivedType(tag: DW_TAG_volatile_type, baseType: !78)
!151 = !DIGlobalVariableExpression(var: !152, expr: !DIExpression())
!152 = distinct !DIGlobalVariable(name: "sequence", scope: !2, file: !3, line: 40, type: !22, isLocal: false, isDefinition: true)
!153 = !DIGlobalVariableExpression(var: !154, expr: !DIExpression())
!154 = distinct !DIGlobalVariable(name: "lost", scope: !2, file: !3, line: 40, type: !22, isLocal: false, isDefinition: true)
!155 = !DIGlobalVariableExpression(var: !156, expr: !DIExpression())
!156 = distinct !DIGlobalVariable(name: "resizable", scope: !2, file: !3, line: 41, type: !157, isLocal: false, isDefinition: true)
!157 = !DICompositeType(tag: DW_TAG_array_type, baseType: !67, size: 64, elements: !158)
!158 = !{!159}
!159 = !DISubrange(count: 8)
!160 = !DIGlobalVariableExpression(var: !161, expr: !DIExpression())
!161 = distinct !DIGlobalVariable(name: "bpf_ringbuf_reserve", scope: !2, file: !27, line: 3176, type: !162, isLocal: true, isDefinition: true)
!162 = !DIDerivedType(tag: DW_TAG_const_type, baseType: !163)
!163 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: !164, size: 64)
!164 = !DISubroutineType(types: !165)
!165 = !{!32, !32, !22, !22}
!166 = !DIGlobalVariableExpression(var: !167, expr: !DIExpression())
!167 = distinct !DIGlobalVariable(name: "bpf_ringbuf_submit", scope: !2, file: !27, line: 3194, type: !168, isLocal: true, isDefinition: true)
!168 = !DIDerivedType(tag: DW_TAG_const_type, baseType: !169)
!169 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: !170, size: 64)
!170 = !DISubroutineType(types: !171)
!171 = !{null, !32, !22}
!172 = !DIGlobalVariableExpression(var: !173, expr: !DIExpression())
!173 = distinct !DIGlobalVariable(name: "bpf_get_current_pid_tgid", scope: !2, file: !27, line: 370, type: !174, isLocal: true, isDefinition: true)
!174 = !DIDerivedType(tag: DW_TAG_const_type, baseType: !175)
!175 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: !176, size: 64)
!176 = !DISubroutineType(types: !177)
!177 = !{!22}
!178 = !DICompositeType(tag: DW_TAG_array_type, baseType: !67, size: 32, elements: !143)
!179 = !{i32 7, !"Dwarf Version", i32 5}
!180 = !{i32 2, !"Debug Info Version", i32 3}
!181 = !{i32 1, !"wchar_size", i32 4}
!182 = !{i32 7, !"frame-pointer", i32 2}
!183 = distinct !{!183, !184, !192, !193}
!184 = !DILocation(line: 74, column: 3, scope: !185)
!185 = distinct !DILexicalBlock(scope: !186, file: !3, line: 74, column: 3)
!186 = distinct !DISubprogram(name: "burst", scope: !3, file: !3, line: 73, type: !187, scopeLine: 73, flags: DIFlagPrototyped | DIFlagAllCallsDescribed, spFlags: DISPFlagDefinition | DISPFlagOptimized, unit: !2, retainedNodes: !189)
!187 = !DISubroutineType(types: !188)
!188 = !{!53, !32}
!189 = !{!190, !191}
!190 = !DILocalVariable(name: "context", arg: 1, scope: !186, file: !3, line: 73, type: !32)
!191 = !DILocalVariable(name: "i", scope: !185, file: !3, line: 74, type: !22)
!192 = !DILocation(line: 74, column: 64, scope: !185)
!193 = !{!"llvm.loop.mustprogress"}
