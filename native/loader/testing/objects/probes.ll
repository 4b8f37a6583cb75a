; ModuleID = 'probes.bpf.c'
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
define dso_local noundef i32 @begin(ptr nocapture readnone %0) #0 section "probe/begin" !dbg !185 {
    #dbg_value(ptr poison, !189, !DIExpression(), !190)
    #dbg_value(i64 1, !191, !DIExpression(), !202)
  %2 = tail call ptr inttoptr (i64 131 to ptr)(ptr noundef nonnull @ring, i64 noundef 16, i64 noundef 0) #2, !dbg !204
    #dbg_value(ptr %2, !196, !DIExpression(), !202)
  %3 = icmp eq ptr %2, null, !dbg !205
  br i1 %3, label %4, label %6, !dbg !207

4:                                                ; preds = %1
  %5 = atomicrmw add ptr @lost, i64 1 seq_cst, align 8, !dbg !208
  br label %9, !dbg !210

6:                                                ; preds = %1
  store i64 1, ptr %2, align 8, !dbg !211, !tbaa !212
  %7 = atomicrmw add ptr @sequence, i64 1 seq_cst, align 8, !dbg !217
  %8 = getelementptr inbounds i8, ptr %2, i64 8, !dbg !218
  store i64 %7, ptr %8, align 8, !dbg !219, !tbaa !220
  tail call void inttoptr (i64 132 to ptr)(ptr noundef nonnull %2, i64 noundef 1) #2, !dbg !221
  br label %9, !dbg !222

9:                                                ; preds = %4, %6
  ret i32 0, !dbg !223
}

; Function Attrs: nounwind
define dso_local noundef i32 @burst(ptr nocapture readnone %0) #0 section "probe/burst" !dbg !224 {
    #dbg_value(ptr poison, !226, !DIExpression(), !229)
    #dbg_value(i64 0, !227, !DIExpression(), !230)
  %2 = load volatile i64, ptr @burst_length, align 8, !dbg !231, !tbaa !233
  %3 = icmp eq i64 %2, 0, !dbg !234
  br i1 %3, label %4, label %5, !dbg !235

4:                                                ; preds = %14, %1
  store i8 1, ptr @resizable, align 1, !dbg !236, !tbaa !237
  ret i32 0, !dbg !238

5:                                                ; preds = %1, %14
  %6 = phi i64 [ %15, %14 ], [ 0, %1 ]
    #dbg_value(i64 %6, !227, !DIExpression(), !230)
    #dbg_value(i64 2, !191, !DIExpression(), !239)
  %7 = tail call ptr inttoptr (i64 131 to ptr)(ptr noundef nonnull @ring, i64 noundef 16, i64 noundef 0) #2, !dbg !241
    #dbg_value(ptr %7, !196, !DIExpression(), !239)
  %8 = icmp eq ptr %7, null, !dbg !242
  br i1 %8, label %9, label %11, !dbg !243

9:                                                ; preds = %5
  %10 = atomicrmw add ptr @lost, i64 1 seq_cst, align 8, !dbg !244
  br label %14, !dbg !245

11:                                               ; preds = %5
  store i64 2, ptr %7, align 8, !dbg !246, !tbaa !212
  %12 = atomicrmw add ptr @sequence, i64 1 seq_cst, align 8, !dbg !247
  %13 = getelementptr inbounds i8, ptr %7, i64 8, !dbg !248
  store i64 %12, ptr %13, align 8, !dbg !249, !tbaa !220
  tail call void inttoptr (i64 132 to ptr)(ptr noundef nonnull %7, i64 noundef 1) #2, !dbg !250
  br label %14, !dbg !251

14:                                               ; preds = %9, %11
  %15 = add nuw nsw i64 %6, 1, !dbg !252
    #dbg_value(i64 %15, !227, !DIExpression(), !230)
  %16 = load volatile i64, ptr @burst_length, align 8, !dbg !231, !tbaa !233
  %17 = icmp ult i64 %15, %16, !dbg !234
  %18 = icmp ult i64 %6, 99999, !dbg !253
  %19 = and i1 %18, %17, !dbg !253
  br i1 %19, label %5, label %4, !dbg !235, !llvm.loop !254
}

; Function Attrs: mustprogress nocallback nofree nosync nounwind willreturn memory(argmem: readwrite)
declare void @llvm.lifetime.start.p0(i64 immarg, ptr nocapture) #1

; Function Attrs: mustprogress nocallback nofree nosync nounwind willreturn memory(argmem: readwrite)
declare void @llvm.lifetime.end.p0(i64 immarg, ptr nocapture) #1

; Function Attrs: nounwind
define dso_local noundef i32 @on_tracepoint(ptr noundef %0) #0 section "probe/on_tracepoint" !dbg !257 {
  %2 = alloca i64, align 8, !DIAssignID !263
    #dbg_assign(i1 undef, !264, !DIExpression(), !263, ptr %2, !DIExpression(), !269)
  %3 = alloca i64, align 8, !DIAssignID !271
  %4 = alloca i32, align 4, !DIAssignID !272
    #dbg_assign(i1 undef, !260, !DIExpression(), !272, ptr %4, !DIExpression(), !273)
  %5 = alloca i32, align 4, !DIAssignID !274
    #dbg_assign(i1 undef, !261, !DIExpression(), !274, ptr %5, !DIExpression(), !273)
    #dbg_value(ptr %0, !259, !DIExpression(), !273)
  %6 = load volatile i32, ptr @wanted_process, align 4, !dbg !275, !tbaa !281
  %7 = icmp eq i32 %6, 0, !dbg !283
  br i1 %7, label %14, label %8, !dbg !284

8:                                                ; preds = %1
  %9 = tail call i64 inttoptr (i64 14 to ptr)() #2, !dbg !285
  %10 = lshr i64 %9, 32, !dbg !286
  %11 = load volatile i32, ptr @wanted_process, align 4, !dbg !287, !tbaa !281
  %12 = zext i32 %11 to i64, !dbg !287
  %13 = icmp eq i64 %10, %12, !dbg !288
  br i1 %13, label %14, label %39, !dbg !289

14:                                               ; preds = %1, %8
  call void @llvm.lifetime.start.p0(i64 4, ptr nonnull %4) #2, !dbg !290
  store i32 7, ptr %4, align 4, !dbg !291, !tbaa !281, !DIAssignID !292
    #dbg_assign(i32 7, !260, !DIExpression(), !292, ptr %4, !DIExpression(), !273)
  call void @llvm.lifetime.start.p0(i64 4, ptr nonnull %5) #2, !dbg !290
  store i32 1, ptr %5, align 4, !dbg !293, !tbaa !281, !DIAssignID !294
    #dbg_assign(i32 1, !261, !DIExpression(), !294, ptr %5, !DIExpression(), !273)
  %15 = call ptr inttoptr (i64 1 to ptr)(ptr noundef nonnull @percpu_counts, ptr noundef nonnull %4) #2, !dbg !295
    #dbg_value(ptr %15, !262, !DIExpression(), !273)
  %16 = icmp eq ptr %15, null, !dbg !296
  br i1 %16, label %20, label %17, !dbg !298

17:                                               ; preds = %14
  %18 = load i32, ptr %15, align 4, !dbg !299, !tbaa !281
  %19 = add i32 %18, 1, !dbg !299
  store i32 %19, ptr %15, align 4, !dbg !299, !tbaa !281
  br label %22, !dbg !300

20:                                               ; preds = %14
  %21 = call i64 inttoptr (i64 2 to ptr)(ptr noundef nonnull @percpu_counts, ptr noundef nonnull %4, ptr noundef nonnull %5, i64 noundef 0) #2, !dbg !301
  br label %22

22:                                               ; preds = %20, %17
  %23 = call i64 inttoptr (i64 174 to ptr)(ptr noundef %0) #2, !dbg !302
  call void @llvm.lifetime.start.p0(i64 8, ptr nonnull %2)
    #dbg_assign(i1 undef, !267, !DIExpression(), !271, ptr %3, !DIExpression(), !269)
  store i64 %23, ptr %2, align 8, !tbaa !233, !DIAssignID !303
    #dbg_assign(i64 %23, !264, !DIExpression(), !303, ptr %2, !DIExpression(), !269)
  call void @llvm.lifetime.start.p0(i64 8, ptr nonnull %3) #2, !dbg !304
  store i64 1, ptr %3, align 8, !dbg !305, !tbaa !233, !DIAssignID !306
    #dbg_assign(i64 1, !267, !DIExpression(), !306, ptr %3, !DIExpression(), !269)
  %24 = call ptr inttoptr (i64 1 to ptr)(ptr noundef nonnull @counts, ptr noundef nonnull %2) #2, !dbg !307
    #dbg_value(ptr %24, !268, !DIExpression(), !269)
  %25 = icmp eq ptr %24, null, !dbg !308
  br i1 %25, label %28, label %26, !dbg !310

26:                                               ; preds = %22
  %27 = atomicrmw add ptr %24, i64 1 seq_cst, align 8, !dbg !311
  br label %30, !dbg !311

28:                                               ; preds = %22
  %29 = call i64 inttoptr (i64 2 to ptr)(ptr noundef nonnull @counts, ptr noundef nonnull %2, ptr noundef nonnull %3, i64 noundef 0) #2, !dbg !312
  br label %30

30:                                               ; preds = %26, %28
  call void @llvm.lifetime.end.p0(i64 8, ptr nonnull %3) #2, !dbg !313
  call void @llvm.lifetime.end.p0(i64 8, ptr nonnull %2), !dbg !313
    #dbg_value(i64 3, !191, !DIExpression(), !314)
  %31 = call ptr inttoptr (i64 131 to ptr)(ptr noundef nonnull @ring, i64 noundef 16, i64 noundef 0) #2, !dbg !316
    #dbg_value(ptr %31, !196, !DIExpression(), !314)
  %32 = icmp eq ptr %31, null, !dbg !317
  br i1 %32, label %33, label %35, !dbg !318

33:                                               ; preds = %30
  %34 = atomicrmw add ptr @lost, i64 1 seq_cst, align 8, !dbg !319
  br label %38, !dbg !320

35:                                               ; preds = %30
  store i64 3, ptr %31, align 8, !dbg !321, !tbaa !212
  %36 = atomicrmw add ptr @sequence, i64 1 seq_cst, align 8, !dbg !322
  %37 = getelementptr inbounds i8, ptr %31, i64 8, !dbg !323
  store i64 %36, ptr %37, align 8, !dbg !324, !tbaa !220
  call void inttoptr (i64 132 to ptr)(ptr noundef nonnull %31, i64 noundef 1) #2, !dbg !325
  br label %38, !dbg !326

38:                                               ; preds = %33, %35
  call void @llvm.lifetime.end.p0(i64 4, ptr nonnull %5) #2, !dbg !327
  call void @llvm.lifetime.end.p0(i64 4, ptr nonnull %4) #2, !dbg !327
  br label %39

39:                                               ; preds = %8, %38
  ret i32 0, !dbg !327
}

; Function Attrs: nounwind
define dso_local noundef i32 @on_clock(ptr nocapture readnone %0) #0 section "probe/on_clock" !dbg !328 {
    #dbg_value(ptr poison, !330, !DIExpression(), !331)
    #dbg_value(i64 4, !191, !DIExpression(), !332)
  %2 = tail call ptr inttoptr (i64 131 to ptr)(ptr noundef nonnull @ring, i64 noundef 16, i64 noundef 0) #2, !dbg !334
    #dbg_value(ptr %2, !196, !DIExpression(), !332)
  %3 = icmp eq ptr %2, null, !dbg !335
  br i1 %3, label %4, label %6, !dbg !336

4:                                                ; preds = %1
  %5 = atomicrmw add ptr @lost, i64 1 seq_cst, align 8, !dbg !337
  br label %9, !dbg !338

6:                                                ; preds = %1
  store i64 4, ptr %2, align 8, !dbg !339, !tbaa !212
  %7 = atomicrmw add ptr @sequence, i64 1 seq_cst, align 8, !dbg !340
  %8 = getelementptr inbounds i8, ptr %2, i64 8, !dbg !341
  store i64 %7, ptr %8, align 8, !dbg !342, !tbaa !220
  tail call void inttoptr (i64 132 to ptr)(ptr noundef nonnull %2, i64 noundef 1) #2, !dbg !343
  br label %9, !dbg !344

9:                                                ; preds = %4, %6
  ret i32 0, !dbg !345
}

; Function Attrs: nounwind
define dso_local noundef i32 @on_function(ptr noundef %0) #0 section "probe/on_function" !dbg !346 {
  %2 = alloca i64, align 8, !DIAssignID !349
    #dbg_assign(i1 undef, !264, !DIExpression(), !349, ptr %2, !DIExpression(), !350)
  %3 = alloca i64, align 8, !DIAssignID !352
    #dbg_value(ptr %0, !348, !DIExpression(), !353)
  %4 = tail call i64 inttoptr (i64 174 to ptr)(ptr noundef %0) #2, !dbg !354
  call void @llvm.lifetime.start.p0(i64 8, ptr nonnull %2)
    #dbg_assign(i1 undef, !267, !DIExpression(), !352, ptr %3, !DIExpression(), !350)
  store i64 %4, ptr %2, align 8, !tbaa !233, !DIAssignID !355
    #dbg_assign(i64 %4, !264, !DIExpression(), !355, ptr %2, !DIExpression(), !350)
  call void @llvm.lifetime.start.p0(i64 8, ptr nonnull %3) #2, !dbg !356
  store i64 1, ptr %3, align 8, !dbg !357, !tbaa !233, !DIAssignID !358
    #dbg_assign(i64 1, !267, !DIExpression(), !358, ptr %3, !DIExpression(), !350)
  %5 = call ptr inttoptr (i64 1 to ptr)(ptr noundef nonnull @counts, ptr noundef nonnull %2) #2, !dbg !359
    #dbg_value(ptr %5, !268, !DIExpression(), !350)
  %6 = icmp eq ptr %5, null, !dbg !360
  br i1 %6, label %9, label %7, !dbg !361

7:                                                ; preds = %1
  %8 = atomicrmw add ptr %5, i64 1 seq_cst, align 8, !dbg !362
  br label %11, !dbg !362

9:                                                ; preds = %1
  %10 = call i64 inttoptr (i64 2 to ptr)(ptr noundef nonnull @counts, ptr noundef nonnull %2, ptr noundef nonnull %3, i64 noundef 0) #2, !dbg !363
  br label %11

11:                                               ; preds = %7, %9
  call void @llvm.lifetime.end.p0(i64 8, ptr nonnull %3) #2, !dbg !364
  call void @llvm.lifetime.end.p0(i64 8, ptr nonnull %2), !dbg !364
  ret i32 0, !dbg !365
}

; Function Attrs: nounwind
define dso_local noundef i32 @on_function_multi(ptr noundef %0) #0 section "probe/on_function_multi" !dbg !366 {
  %2 = alloca i64, align 8, !DIAssignID !369
    #dbg_assign(i1 undef, !264, !DIExpression(), !369, ptr %2, !DIExpression(), !370)
  %3 = alloca i64, align 8, !DIAssignID !372
    #dbg_value(ptr %0, !368, !DIExpression(), !373)
  %4 = tail call i64 inttoptr (i64 174 to ptr)(ptr noundef %0) #2, !dbg !374
  call void @llvm.lifetime.start.p0(i64 8, ptr nonnull %2)
    #dbg_assign(i1 undef, !267, !DIExpression(), !372, ptr %3, !DIExpression(), !370)
  store i64 %4, ptr %2, align 8, !tbaa !233, !DIAssignID !375
    #dbg_assign(i64 %4, !264, !DIExpression(), !375, ptr %2, !DIExpression(), !370)
  call void @llvm.lifetime.start.p0(i64 8, ptr nonnull %3) #2, !dbg !376
  store i64 1, ptr %3, align 8, !dbg !377, !tbaa !233, !DIAssignID !378
    #dbg_assign(i64 1, !267, !DIExpression(), !378, ptr %3, !DIExpression(), !370)
  %5 = call ptr inttoptr (i64 1 to ptr)(ptr noundef nonnull @counts, ptr noundef nonnull %2) #2, !dbg !379
    #dbg_value(ptr %5, !268, !DIExpression(), !370)
  %6 = icmp eq ptr %5, null, !dbg !380
  br i1 %6, label %9, label %7, !dbg !381

7:                                                ; preds = %1
  %8 = atomicrmw add ptr %5, i64 1 seq_cst, align 8, !dbg !382
  br label %11, !dbg !382

9:                                                ; preds = %1
  %10 = call i64 inttoptr (i64 2 to ptr)(ptr noundef nonnull @counts, ptr noundef nonnull %2, ptr noundef nonnull %3, i64 noundef 0) #2, !dbg !383
  br label %11

11:                                               ; preds = %7, %9
  call void @llvm.lifetime.end.p0(i64 8, ptr nonnull %3) #2, !dbg !384
  call void @llvm.lifetime.end.p0(i64 8, ptr nonnull %2), !dbg !384
  ret i32 0, !dbg !385
}

; Function Attrs: nounwind
define dso_local noundef i32 @on_raw(ptr nocapture readnone %0) #0 section "probe/on_raw" !dbg !386 {
  %2 = alloca i64, align 8, !DIAssignID !389
    #dbg_assign(i1 undef, !264, !DIExpression(), !389, ptr %2, !DIExpression(), !390)
  %3 = alloca i64, align 8, !DIAssignID !393
    #dbg_value(ptr poison, !388, !DIExpression(), !394)
  %4 = load volatile i32, ptr @wanted_process, align 4, !dbg !395, !tbaa !281
  %5 = icmp eq i32 %4, 0, !dbg !397
  br i1 %5, label %12, label %6, !dbg !398

6:                                                ; preds = %1
  %7 = tail call i64 inttoptr (i64 14 to ptr)() #2, !dbg !399
  %8 = lshr i64 %7, 32, !dbg !400
  %9 = load volatile i32, ptr @wanted_process, align 4, !dbg !401, !tbaa !281
  %10 = zext i32 %9 to i64, !dbg !401
  %11 = icmp eq i64 %8, %10, !dbg !402
  br i1 %11, label %12, label %20, !dbg !403

12:                                               ; preds = %1, %6
  call void @llvm.lifetime.start.p0(i64 8, ptr nonnull %2)
    #dbg_assign(i1 undef, !267, !DIExpression(), !393, ptr %3, !DIExpression(), !390)
  store i64 100, ptr %2, align 8, !tbaa !233, !DIAssignID !404
    #dbg_assign(i64 100, !264, !DIExpression(), !404, ptr %2, !DIExpression(), !390)
  call void @llvm.lifetime.start.p0(i64 8, ptr nonnull %3) #2, !dbg !405
  store i64 1, ptr %3, align 8, !dbg !406, !tbaa !233, !DIAssignID !407
    #dbg_assign(i64 1, !267, !DIExpression(), !407, ptr %3, !DIExpression(), !390)
  %13 = call ptr inttoptr (i64 1 to ptr)(ptr noundef nonnull @counts, ptr noundef nonnull %2) #2, !dbg !408
    #dbg_value(ptr %13, !268, !DIExpression(), !390)
  %14 = icmp eq ptr %13, null, !dbg !409
  br i1 %14, label %17, label %15, !dbg !410

15:                                               ; preds = %12
  %16 = atomicrmw add ptr %13, i64 1 seq_cst, align 8, !dbg !411
  br label %19, !dbg !411

17:                                               ; preds = %12
  %18 = call i64 inttoptr (i64 2 to ptr)(ptr noundef nonnull @counts, ptr noundef nonnull %2, ptr noundef nonnull %3, i64 noundef 0) #2, !dbg !412
  br label %19

19:                                               ; preds = %15, %17
  call void @llvm.lifetime.end.p0(i64 8, ptr nonnull %3) #2, !dbg !413
  call void @llvm.lifetime.end.p0(i64 8, ptr nonnull %2), !dbg !413
  br label %20, !dbg !414

20:                                               ; preds = %19, %6
  ret i32 0, !dbg !415
}

; Function Attrs: nounwind
define dso_local noundef i32 @on_switch(ptr nocapture readnone %0) #0 section "probe/on_switch" !dbg !416 {
  %2 = alloca i64, align 8, !DIAssignID !419
    #dbg_assign(i1 undef, !264, !DIExpression(), !419, ptr %2, !DIExpression(), !420)
  %3 = alloca i64, align 8, !DIAssignID !422
    #dbg_value(ptr poison, !418, !DIExpression(), !423)
  call void @llvm.lifetime.start.p0(i64 8, ptr nonnull %2)
    #dbg_assign(i1 undef, !267, !DIExpression(), !422, ptr %3, !DIExpression(), !420)
  store i64 200, ptr %2, align 8, !tbaa !233, !DIAssignID !424
    #dbg_assign(i64 200, !264, !DIExpression(), !424, ptr %2, !DIExpression(), !420)
  call void @llvm.lifetime.start.p0(i64 8, ptr nonnull %3) #2, !dbg !425
  store i64 1, ptr %3, align 8, !dbg !426, !tbaa !233, !DIAssignID !427
    #dbg_assign(i64 1, !267, !DIExpression(), !427, ptr %3, !DIExpression(), !420)
  %4 = call ptr inttoptr (i64 1 to ptr)(ptr noundef nonnull @counts, ptr noundef nonnull %2) #2, !dbg !428
    #dbg_value(ptr %4, !268, !DIExpression(), !420)
  %5 = icmp eq ptr %4, null, !dbg !429
  br i1 %5, label %8, label %6, !dbg !430

6:                                                ; preds = %1
  %7 = atomicrmw add ptr %4, i64 1 seq_cst, align 8, !dbg !431
  br label %10, !dbg !431

8:                                                ; preds = %1
  %9 = call i64 inttoptr (i64 2 to ptr)(ptr noundef nonnull @counts, ptr noundef nonnull %2, ptr noundef nonnull %3, i64 noundef 0) #2, !dbg !432
  br label %10

10:                                               ; preds = %6, %8
  call void @llvm.lifetime.end.p0(i64 8, ptr nonnull %3) #2, !dbg !433
  call void @llvm.lifetime.end.p0(i64 8, ptr nonnull %2), !dbg !433
  ret i32 0, !dbg !434
}

; Function Attrs: nounwind
define dso_local noundef i32 @dump_tasks(ptr nocapture noundef readonly %0) #0 section "probe/dump_tasks" !dbg !50 {
    #dbg_value(ptr %0, !64, !DIExpression(), !435)
  %2 = getelementptr inbounds i8, ptr %0, i64 8, !dbg !436
  %3 = load ptr, ptr %2, align 8, !dbg !436, !tbaa !438
  %4 = icmp eq ptr %3, null, !dbg !441
  br i1 %4, label %16, label %5, !dbg !442

5:                                                ; preds = %1
  %6 = load ptr, ptr %0, align 8, !dbg !443, !tbaa !445
  %7 = load ptr, ptr %6, align 8, !dbg !446, !tbaa !447
  %8 = tail call i64 inttoptr (i64 127 to ptr)(ptr noundef %7, ptr noundef nonnull @dump_tasks.line, i32 noundef 5) #2, !dbg !449
    #dbg_value(i64 5, !191, !DIExpression(), !450)
  %9 = tail call ptr inttoptr (i64 131 to ptr)(ptr noundef nonnull @ring, i64 noundef 16, i64 noundef 0) #2, !dbg !452
    #dbg_value(ptr %9, !196, !DIExpression(), !450)
  %10 = icmp eq ptr %9, null, !dbg !453
  br i1 %10, label %11, label %13, !dbg !454

11:                                               ; preds = %5
  %12 = atomicrmw add ptr @lost, i64 1 seq_cst, align 8, !dbg !455
  br label %16, !dbg !456

13:                                               ; preds = %5
  store i64 5, ptr %9, align 8, !dbg !457, !tbaa !212
  %14 = atomicrmw add ptr @sequence, i64 1 seq_cst, align 8, !dbg !458
  %15 = getelementptr inbounds i8, ptr %9, i64 8, !dbg !459
  store i64 %14, ptr %15, align 8, !dbg !460, !tbaa !220
  tail call void inttoptr (i64 132 to ptr)(ptr noundef nonnull %9, i64 noundef 1) #2, !dbg !461
  br label %16, !dbg !462

16:                                               ; preds = %13, %11, %1
  ret i32 0, !dbg !463
}

; Function Attrs: nounwind
define dso_local noundef i32 @signals(ptr nocapture readnone %0) #0 section "probe/signals" !dbg !464 {
    #dbg_value(ptr poison, !466, !DIExpression(), !467)
  %2 = load volatile i32, ptr @wanted_process, align 4, !dbg !468, !tbaa !281
  %3 = icmp eq i32 %2, -1, !dbg !470
  br i1 %3, label %4, label %6, !dbg !471

4:                                                ; preds = %1
  %5 = tail call i64 inttoptr (i64 109 to ptr)(i32 noundef 9) #2, !dbg !472
  br label %6, !dbg !472

6:                                                ; preds = %4, %1
  ret i32 0, !dbg !473
}

attributes #0 = { nounwind "frame-pointer"="all" "no-trapping-math"="true" "stack-protector-buffer-size"="8" "target-cpu"="v3" }
attributes #1 = { mustprogress nocallback nofree nosync nounwind willreturn memory(argmem: readwrite) }
attributes #2 = { nounwind }

!llvm.dbg.cu = !{!2}
!llvm.module.flags = !{!179, !180, !181, !182, !183}
!llvm.ident = !{!184}

!0 = !DIGlobalVariableExpression(var: !1, expr: !DIExpression())
!1 = distinct !DIGlobalVariable(name: "LICENSE", scope: !2, file: !3, line: 6, type: !178, isLocal: false, isDefinition: true)
!2 = distinct !DICompileUnit(language: DW_LANG_C11, file: !3, producer: "Debian clang version 19.1.7 (3~deb12u1)", isOptimized: true, runtimeVersion: 0, emissionKind: FullDebug, enums: !4, globals: !17, splitDebugInlining: false, nameTableKind: None)
!3 = !DIFile(filename: "probes.bpf.c", directory: ".", source: "// probes.bpf.c: one program for each kind of attachment that the loader's tests use. generate.sh makes probes.ll of it.\0A#include <linux/bpf.h>\0A#include <bpf/bpf_helpers.h>\0A#include <linux/types.h>\0A\0Achar LICENSE[] SEC(\22license\22) = \22GPL\22;\0A\0Astruct event {\0A  __u64 site, sequence;\0A};\0A\0Astruct {\0A  __uint(type, BPF_MAP_TYPE_RINGBUF);\0A  __uint(max_entries, 1 << 20);\0A} ring SEC(\22.maps\22);\0A\0Astruct {\0A  __uint(type, BPF_MAP_TYPE_HASH);\0A  __uint(max_entries, 10240);\0A  __type(key, __u64);\0A  __type(value, __u64);\0A} counts SEC(\22.maps\22);\0A\0Astruct {\0A  __uint(type, BPF_MAP_TYPE_PERCPU_HASH);\0A  __uint(max_entries, 1024);\0A  __type(key, __u32);\0A  __type(value, __u32); // smaller than 8: the kernel pads each cpu's part\0A} percpu_counts SEC(\22.maps\22);\0A\0Astruct {\0A  __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);\0A  __uint(max_entries, 4);\0A  __type(key, __u32);\0A  __type(value, __u64);\0A} percpu_slots SEC(\22.maps\22);\0A\0Aconst volatile __u32 wanted_process; // 0: every process\0Aconst volatile __u64 burst_length = 3;\0A__u64 sequence, lost;\0Achar resizable[8] SEC(\22.bss.room\22);\0A\0Astatic __always_inline int is_wanted(void) {\0A  return wanted_process == 0 || bpf_get_current_pid_tgid() >> 32 == wanted_process;\0A}\0A\0Astatic __always_inline void count(__u64 key) {\0A  __u64 one = 1, *value = bpf_map_lookup_elem(&counts, &key);\0A  if (value)\0A    __sync_fetch_and_add(value, 1);\0A  else\0A    bpf_map_update_elem(&counts, &key, &one, BPF_ANY);\0A}\0A\0Astatic __always_inline void emit(__u64 site) {\0A  struct event *event = bpf_ringbuf_reserve(&ring, sizeof *event, 0);\0A  if (!event) {\0A    __sync_fetch_and_add(&lost, 1);\0A    return;\0A  }\0A  event->site = site;\0A  event->sequence = __sync_fetch_and_add(&sequence, 1);\0A  bpf_ringbuf_submit(event, BPF_RB_NO_WAKEUP);\0A}\0A\0ASEC(\22probe/begin\22)\0Aint begin(void *context) {\0A  emit(1);\0A  return 0;\0A}\0A\0ASEC(\22probe/burst\22)\0Aint burst(void *context) {\0A  for (__u64 i = 0; i < burst_length && i < 100000; i++) emit(2);\0A  resizable[0] = 1;\0A  return 0;\0A}\0A\0ASEC(\22probe/on_tracepoint\22)\0Aint on_tracepoint(void *context) {\0A  if (!is_wanted()) return 0;\0A  __u32 key = 7, first = 1, *value = bpf_map_lookup_elem(&percpu_counts, &key);\0A  if (value)\0A    *value += 1;\0A  else\0A    bpf_map_update_elem(&percpu_counts, &key, &first, BPF_ANY);\0A  count(bpf_get_attach_cookie(context));\0A  emit(3);\0A  return 0;\0A}\0A\0ASEC(\22probe/on_clock\22)\0Aint on_clock(void *context) {\0A  emit(4);\0A  return 0;\0A}\0A\0ASEC(\22probe/on_function\22)\0Aint on_function(void *context) {\0A  count(bpf_get_attach_cookie(context));\0A  return 0;\0A}\0A\0ASEC(\22probe/on_function_multi\22)\0Aint on_function_multi(void *context) {\0A  count(bpf_get_attach_cookie(context));\0A  return 0;\0A}\0A\0ASEC(\22probe/on_raw\22)\0Aint on_raw(void *context) {\0A  if (is_wanted()) count(100);\0A  return 0;\0A}\0A\0ASEC(\22probe/on_switch\22)\0Aint on_switch(void *context) {\0A  count(200);\0A  return 0;\0A}\0A\0Astruct bpf_iter_meta {\0A  void *seq;\0A};\0A\0Astruct task_iterator_context {\0A  struct bpf_iter_meta *meta;\0A  void *task;\0A};\0A\0ASEC(\22probe/dump_tasks\22)\0Aint dump_tasks(struct task_iterator_context *context) {\0A  static const char line[] = \22task\5Cn\22;\0A  if (context->task) {\0A    bpf_seq_write(context->meta->seq, line, sizeof line - 1);\0A    emit(5);\0A  }\0A  return 0;\0A}\0A\0ASEC(\22probe/signals\22)\0Aint signals(void *context) {\0A  if (wanted_process == 0xffffffff) bpf_send_signal(9);\0A  return 0;\0A}\0A")
!4 = !{!5, !13}
!5 = !DICompositeType(tag: DW_TAG_enumeration_type, file: !6, line: 1228, baseType: !7, size: 32, elements: !8)
!6 = !DIFile(filename: "/usr/include/linux/bpf.h", directory: "", checksumkind: CSK_MD5, checksum: "8ab7bf195d20e2851bf1a9e5b71245ca")
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
!23 = !DIFile(filename: "/usr/include/asm-generic/int-ll64.h", directory: "", checksumkind: CSK_MD5, checksum: "b810f270733e106319b67ef512c6246e")
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
!183 = !{i32 7, !"debug-info-assignment-tracking", i1 true}
!184 = !{!"Debian clang version 19.1.7 (3~deb12u1)"}
!185 = distinct !DISubprogram(name: "begin", scope: !3, file: !3, line: 67, type: !186, scopeLine: 67, flags: DIFlagPrototyped | DIFlagAllCallsDescribed, spFlags: DISPFlagDefinition | DISPFlagOptimized, unit: !2, retainedNodes: !188)
!186 = !DISubroutineType(types: !187)
!187 = !{!53, !32}
!188 = !{!189}
!189 = !DILocalVariable(name: "context", arg: 1, scope: !185, file: !3, line: 67, type: !32)
!190 = !DILocation(line: 0, scope: !185)
!191 = !DILocalVariable(name: "site", arg: 1, scope: !192, file: !3, line: 55, type: !22)
!192 = distinct !DISubprogram(name: "emit", scope: !3, file: !3, line: 55, type: !193, scopeLine: 55, flags: DIFlagPrototyped | DIFlagAllCallsDescribed, spFlags: DISPFlagLocalToUnit | DISPFlagDefinition | DISPFlagOptimized, unit: !2, retainedNodes: !195)
!193 = !DISubroutineType(types: !194)
!194 = !{null, !22}
!195 = !{!191, !196}
!196 = !DILocalVariable(name: "event", scope: !192, file: !3, line: 56, type: !197)
!197 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: !198, size: 64)
!198 = distinct !DICompositeType(tag: DW_TAG_structure_type, name: "event", file: !3, line: 8, size: 128, elements: !199)
!199 = !{!200, !201}
!200 = !DIDerivedType(tag: DW_TAG_member, name: "site", scope: !198, file: !3, line: 9, baseType: !22, size: 64)
!201 = !DIDerivedType(tag: DW_TAG_member, name: "sequence", scope: !198, file: !3, line: 9, baseType: !22, size: 64, offset: 64)
!202 = !DILocation(line: 0, scope: !192, inlinedAt: !203)
!203 = distinct !DILocation(line: 68, column: 3, scope: !185)
!204 = !DILocation(line: 56, column: 25, scope: !192, inlinedAt: !203)
!205 = !DILocation(line: 57, column: 8, scope: !206, inlinedAt: !203)
!206 = distinct !DILexicalBlock(scope: !192, file: !3, line: 57, column: 7)
!207 = !DILocation(line: 57, column: 7, scope: !192, inlinedAt: !203)
!208 = !DILocation(line: 58, column: 5, scope: !209, inlinedAt: !203)
!209 = distinct !DILexicalBlock(scope: !206, file: !3, line: 57, column: 15)
!210 = !DILocation(line: 59, column: 5, scope: !209, inlinedAt: !203)
!211 = !DILocation(line: 61, column: 15, scope: !192, inlinedAt: !203)
!212 = !{!213, !214, i64 0}
!213 = !{!"event", !214, i64 0, !214, i64 8}
!214 = !{!"long long", !215, i64 0}
!215 = !{!"omnipotent char", !216, i64 0}
!216 = !{!"Simple C/C++ TBAA"}
!217 = !DILocation(line: 62, column: 21, scope: !192, inlinedAt: !203)
!218 = !DILocation(line: 62, column: 10, scope: !192, inlinedAt: !203)
!219 = !DILocation(line: 62, column: 19, scope: !192, inlinedAt: !203)
!220 = !{!213, !214, i64 8}
!221 = !DILocation(line: 63, column: 3, scope: !192, inlinedAt: !203)
!222 = !DILocation(line: 64, column: 1, scope: !192, inlinedAt: !203)
!223 = !DILocation(line: 69, column: 3, scope: !185)
!224 = distinct !DISubprogram(name: "burst", scope: !3, file: !3, line: 73, type: !186, scopeLine: 73, flags: DIFlagPrototyped | DIFlagAllCallsDescribed, spFlags: DISPFlagDefinition | DISPFlagOptimized, unit: !2, retainedNodes: !225)
!225 = !{!226, !227}
!226 = !DILocalVariable(name: "context", arg: 1, scope: !224, file: !3, line: 73, type: !32)
!227 = !DILocalVariable(name: "i", scope: !228, file: !3, line: 74, type: !22)
!228 = distinct !DILexicalBlock(scope: !224, file: !3, line: 74, column: 3)
!229 = !DILocation(line: 0, scope: !224)
!230 = !DILocation(line: 0, scope: !228)
!231 = !DILocation(line: 74, column: 25, scope: !232)
!232 = distinct !DILexicalBlock(scope: !228, file: !3, line: 74, column: 3)
!233 = !{!214, !214, i64 0}
!234 = !DILocation(line: 74, column: 23, scope: !232)
!235 = !DILocation(line: 74, column: 3, scope: !228)
!236 = !DILocation(line: 75, column: 16, scope: !224)
!237 = !{!215, !215, i64 0}
!238 = !DILocation(line: 76, column: 3, scope: !224)
!239 = !DILocation(line: 0, scope: !192, inlinedAt: !240)
!240 = distinct !DILocation(line: 74, column: 58, scope: !232)
!241 = !DILocation(line: 56, column: 25, scope: !192, inlinedAt: !240)
!242 = !DILocation(line: 57, column: 8, scope: !206, inlinedAt: !240)
!243 = !DILocation(line: 57, column: 7, scope: !192, inlinedAt: !240)
!244 = !DILocation(line: 58, column: 5, scope: !209, inlinedAt: !240)
!245 = !DILocation(line: 59, column: 5, scope: !209, inlinedAt: !240)
!246 = !DILocation(line: 61, column: 15, scope: !192, inlinedAt: !240)
!247 = !DILocation(line: 62, column: 21, scope: !192, inlinedAt: !240)
!248 = !DILocation(line: 62, column: 10, scope: !192, inlinedAt: !240)
!249 = !DILocation(line: 62, column: 19, scope: !192, inlinedAt: !240)
!250 = !DILocation(line: 63, column: 3, scope: !192, inlinedAt: !240)
!251 = !DILocation(line: 64, column: 1, scope: !192, inlinedAt: !240)
!252 = !DILocation(line: 74, column: 54, scope: !232)
!253 = !DILocation(line: 74, column: 38, scope: !232)
!254 = distinct !{!254, !235, !255, !256}
!255 = !DILocation(line: 74, column: 64, scope: !228)
!256 = !{!"llvm.loop.mustprogress"}
!257 = distinct !DISubprogram(name: "on_tracepoint", scope: !3, file: !3, line: 80, type: !186, scopeLine: 80, flags: DIFlagPrototyped | DIFlagAllCallsDescribed, spFlags: DISPFlagDefinition | DISPFlagOptimized, unit: !2, retainedNodes: !258)
!258 = !{!259, !260, !261, !262}
!259 = !DILocalVariable(name: "context", arg: 1, scope: !257, file: !3, line: 80, type: !32)
!260 = !DILocalVariable(name: "key", scope: !257, file: !3, line: 82, type: !78)
!261 = !DILocalVariable(name: "first", scope: !257, file: !3, line: 82, type: !78)
!262 = !DILocalVariable(name: "value", scope: !257, file: !3, line: 82, type: !131)
!263 = distinct !DIAssignID()
!264 = !DILocalVariable(name: "key", arg: 1, scope: !265, file: !3, line: 47, type: !22)
!265 = distinct !DISubprogram(name: "count", scope: !3, file: !3, line: 47, type: !193, scopeLine: 47, flags: DIFlagPrototyped | DIFlagAllCallsDescribed, spFlags: DISPFlagLocalToUnit | DISPFlagDefinition | DISPFlagOptimized, unit: !2, retainedNodes: !266)
!266 = !{!264, !267, !268}
!267 = !DILocalVariable(name: "one", scope: !265, file: !3, line: 48, type: !22)
!268 = !DILocalVariable(name: "value", scope: !265, file: !3, line: 48, type: !114)
!269 = !DILocation(line: 0, scope: !265, inlinedAt: !270)
!270 = distinct !DILocation(line: 87, column: 3, scope: !257)
!271 = distinct !DIAssignID()
!272 = distinct !DIAssignID()
!273 = !DILocation(line: 0, scope: !257)
!274 = distinct !DIAssignID()
!275 = !DILocation(line: 44, column: 10, scope: !276, inlinedAt: !279)
!276 = distinct !DISubprogram(name: "is_wanted", scope: !3, file: !3, line: 43, type: !277, scopeLine: 43, flags: DIFlagPrototyped | DIFlagAllCallsDescribed, spFlags: DISPFlagLocalToUnit | DISPFlagDefinition | DISPFlagOptimized, unit: !2)
!277 = !DISubroutineType(types: !278)
!278 = !{!53}
!279 = distinct !DILocation(line: 81, column: 8, scope: !280)
!280 = distinct !DILexicalBlock(scope: !257, file: !3, line: 81, column: 7)
!281 = !{!282, !282, i64 0}
!282 = !{!"int", !215, i64 0}
!283 = !DILocation(line: 44, column: 25, scope: !276, inlinedAt: !279)
!284 = !DILocation(line: 44, column: 30, scope: !276, inlinedAt: !279)
!285 = !DILocation(line: 44, column: 33, scope: !276, inlinedAt: !279)
!286 = !DILocation(line: 44, column: 60, scope: !276, inlinedAt: !279)
!287 = !DILocation(line: 44, column: 69, scope: !276, inlinedAt: !279)
!288 = !DILocation(line: 44, column: 66, scope: !276, inlinedAt: !279)
!289 = !DILocation(line: 81, column: 7, scope: !257)
!290 = !DILocation(line: 82, column: 3, scope: !257)
!291 = !DILocation(line: 82, column: 9, scope: !257)
!292 = distinct !DIAssignID()
!293 = !DILocation(line: 82, column: 18, scope: !257)
!294 = distinct !DIAssignID()
!295 = !DILocation(line: 82, column: 38, scope: !257)
!296 = !DILocation(line: 83, column: 7, scope: !297)
!297 = distinct !DILexicalBlock(scope: !257, file: !3, line: 83, column: 7)
!298 = !DILocation(line: 83, column: 7, scope: !257)
!299 = !DILocation(line: 84, column: 12, scope: !297)
!300 = !DILocation(line: 84, column: 5, scope: !297)
!301 = !DILocation(line: 86, column: 5, scope: !297)
!302 = !DILocation(line: 87, column: 9, scope: !257)
!303 = distinct !DIAssignID()
!304 = !DILocation(line: 48, column: 3, scope: !265, inlinedAt: !270)
!305 = !DILocation(line: 48, column: 9, scope: !265, inlinedAt: !270)
!306 = distinct !DIAssignID()
!307 = !DILocation(line: 48, column: 27, scope: !265, inlinedAt: !270)
!308 = !DILocation(line: 49, column: 7, scope: !309, inlinedAt: !270)
!309 = distinct !DILexicalBlock(scope: !265, file: !3, line: 49, column: 7)
!310 = !DILocation(line: 49, column: 7, scope: !265, inlinedAt: !270)
!311 = !DILocation(line: 50, column: 5, scope: !309, inlinedAt: !270)
!312 = !DILocation(line: 52, column: 5, scope: !309, inlinedAt: !270)
!313 = !DILocation(line: 53, column: 1, scope: !265, inlinedAt: !270)
!314 = !DILocation(line: 0, scope: !192, inlinedAt: !315)
!315 = distinct !DILocation(line: 88, column: 3, scope: !257)
!316 = !DILocation(line: 56, column: 25, scope: !192, inlinedAt: !315)
!317 = !DILocation(line: 57, column: 8, scope: !206, inlinedAt: !315)
!318 = !DILocation(line: 57, column: 7, scope: !192, inlinedAt: !315)
!319 = !DILocation(line: 58, column: 5, scope: !209, inlinedAt: !315)
!320 = !DILocation(line: 59, column: 5, scope: !209, inlinedAt: !315)
!321 = !DILocation(line: 61, column: 15, scope: !192, inlinedAt: !315)
!322 = !DILocation(line: 62, column: 21, scope: !192, inlinedAt: !315)
!323 = !DILocation(line: 62, column: 10, scope: !192, inlinedAt: !315)
!324 = !DILocation(line: 62, column: 19, scope: !192, inlinedAt: !315)
!325 = !DILocation(line: 63, column: 3, scope: !192, inlinedAt: !315)
!326 = !DILocation(line: 64, column: 1, scope: !192, inlinedAt: !315)
!327 = !DILocation(line: 90, column: 1, scope: !257)
!328 = distinct !DISubprogram(name: "on_clock", scope: !3, file: !3, line: 93, type: !186, scopeLine: 93, flags: DIFlagPrototyped | DIFlagAllCallsDescribed, spFlags: DISPFlagDefinition | DISPFlagOptimized, unit: !2, retainedNodes: !329)
!329 = !{!330}
!330 = !DILocalVariable(name: "context", arg: 1, scope: !328, file: !3, line: 93, type: !32)
!331 = !DILocation(line: 0, scope: !328)
!332 = !DILocation(line: 0, scope: !192, inlinedAt: !333)
!333 = distinct !DILocation(line: 94, column: 3, scope: !328)
!334 = !DILocation(line: 56, column: 25, scope: !192, inlinedAt: !333)
!335 = !DILocation(line: 57, column: 8, scope: !206, inlinedAt: !333)
!336 = !DILocation(line: 57, column: 7, scope: !192, inlinedAt: !333)
!337 = !DILocation(line: 58, column: 5, scope: !209, inlinedAt: !333)
!338 = !DILocation(line: 59, column: 5, scope: !209, inlinedAt: !333)
!339 = !DILocation(line: 61, column: 15, scope: !192, inlinedAt: !333)
!340 = !DILocation(line: 62, column: 21, scope: !192, inlinedAt: !333)
!341 = !DILocation(line: 62, column: 10, scope: !192, inlinedAt: !333)
!342 = !DILocation(line: 62, column: 19, scope: !192, inlinedAt: !333)
!343 = !DILocation(line: 63, column: 3, scope: !192, inlinedAt: !333)
!344 = !DILocation(line: 64, column: 1, scope: !192, inlinedAt: !333)
!345 = !DILocation(line: 95, column: 3, scope: !328)
!346 = distinct !DISubprogram(name: "on_function", scope: !3, file: !3, line: 99, type: !186, scopeLine: 99, flags: DIFlagPrototyped | DIFlagAllCallsDescribed, spFlags: DISPFlagDefinition | DISPFlagOptimized, unit: !2, retainedNodes: !347)
!347 = !{!348}
!348 = !DILocalVariable(name: "context", arg: 1, scope: !346, file: !3, line: 99, type: !32)
!349 = distinct !DIAssignID()
!350 = !DILocation(line: 0, scope: !265, inlinedAt: !351)
!351 = distinct !DILocation(line: 100, column: 3, scope: !346)
!352 = distinct !DIAssignID()
!353 = !DILocation(line: 0, scope: !346)
!354 = !DILocation(line: 100, column: 9, scope: !346)
!355 = distinct !DIAssignID()
!356 = !DILocation(line: 48, column: 3, scope: !265, inlinedAt: !351)
!357 = !DILocation(line: 48, column: 9, scope: !265, inlinedAt: !351)
!358 = distinct !DIAssignID()
!359 = !DILocation(line: 48, column: 27, scope: !265, inlinedAt: !351)
!360 = !DILocation(line: 49, column: 7, scope: !309, inlinedAt: !351)
!361 = !DILocation(line: 49, column: 7, scope: !265, inlinedAt: !351)
!362 = !DILocation(line: 50, column: 5, scope: !309, inlinedAt: !351)
!363 = !DILocation(line: 52, column: 5, scope: !309, inlinedAt: !351)
!364 = !DILocation(line: 53, column: 1, scope: !265, inlinedAt: !351)
!365 = !DILocation(line: 101, column: 3, scope: !346)
!366 = distinct !DISubprogram(name: "on_function_multi", scope: !3, file: !3, line: 105, type: !186, scopeLine: 105, flags: DIFlagPrototyped | DIFlagAllCallsDescribed, spFlags: DISPFlagDefinition | DISPFlagOptimized, unit: !2, retainedNodes: !367)
!367 = !{!368}
!368 = !DILocalVariable(name: "context", arg: 1, scope: !366, file: !3, line: 105, type: !32)
!369 = distinct !DIAssignID()
!370 = !DILocation(line: 0, scope: !265, inlinedAt: !371)
!371 = distinct !DILocation(line: 106, column: 3, scope: !366)
!372 = distinct !DIAssignID()
!373 = !DILocation(line: 0, scope: !366)
!374 = !DILocation(line: 106, column: 9, scope: !366)
!375 = distinct !DIAssignID()
!376 = !DILocation(line: 48, column: 3, scope: !265, inlinedAt: !371)
!377 = !DILocation(line: 48, column: 9, scope: !265, inlinedAt: !371)
!378 = distinct !DIAssignID()
!379 = !DILocation(line: 48, column: 27, scope: !265, inlinedAt: !371)
!380 = !DILocation(line: 49, column: 7, scope: !309, inlinedAt: !371)
!381 = !DILocation(line: 49, column: 7, scope: !265, inlinedAt: !371)
!382 = !DILocation(line: 50, column: 5, scope: !309, inlinedAt: !371)
!383 = !DILocation(line: 52, column: 5, scope: !309, inlinedAt: !371)
!384 = !DILocation(line: 53, column: 1, scope: !265, inlinedAt: !371)
!385 = !DILocation(line: 107, column: 3, scope: !366)
!386 = distinct !DISubprogram(name: "on_raw", scope: !3, file: !3, line: 111, type: !186, scopeLine: 111, flags: DIFlagPrototyped | DIFlagAllCallsDescribed, spFlags: DISPFlagDefinition | DISPFlagOptimized, unit: !2, retainedNodes: !387)
!387 = !{!388}
!388 = !DILocalVariable(name: "context", arg: 1, scope: !386, file: !3, line: 111, type: !32)
!389 = distinct !DIAssignID()
!390 = !DILocation(line: 0, scope: !265, inlinedAt: !391)
!391 = distinct !DILocation(line: 112, column: 20, scope: !392)
!392 = distinct !DILexicalBlock(scope: !386, file: !3, line: 112, column: 7)
!393 = distinct !DIAssignID()
!394 = !DILocation(line: 0, scope: !386)
!395 = !DILocation(line: 44, column: 10, scope: !276, inlinedAt: !396)
!396 = distinct !DILocation(line: 112, column: 7, scope: !392)
!397 = !DILocation(line: 44, column: 25, scope: !276, inlinedAt: !396)
!398 = !DILocation(line: 44, column: 30, scope: !276, inlinedAt: !396)
!399 = !DILocation(line: 44, column: 33, scope: !276, inlinedAt: !396)
!400 = !DILocation(line: 44, column: 60, scope: !276, inlinedAt: !396)
!401 = !DILocation(line: 44, column: 69, scope: !276, inlinedAt: !396)
!402 = !DILocation(line: 44, column: 66, scope: !276, inlinedAt: !396)
!403 = !DILocation(line: 112, column: 7, scope: !386)
!404 = distinct !DIAssignID()
!405 = !DILocation(line: 48, column: 3, scope: !265, inlinedAt: !391)
!406 = !DILocation(line: 48, column: 9, scope: !265, inlinedAt: !391)
!407 = distinct !DIAssignID()
!408 = !DILocation(line: 48, column: 27, scope: !265, inlinedAt: !391)
!409 = !DILocation(line: 49, column: 7, scope: !309, inlinedAt: !391)
!410 = !DILocation(line: 49, column: 7, scope: !265, inlinedAt: !391)
!411 = !DILocation(line: 50, column: 5, scope: !309, inlinedAt: !391)
!412 = !DILocation(line: 52, column: 5, scope: !309, inlinedAt: !391)
!413 = !DILocation(line: 53, column: 1, scope: !265, inlinedAt: !391)
!414 = !DILocation(line: 112, column: 20, scope: !392)
!415 = !DILocation(line: 113, column: 3, scope: !386)
!416 = distinct !DISubprogram(name: "on_switch", scope: !3, file: !3, line: 117, type: !186, scopeLine: 117, flags: DIFlagPrototyped | DIFlagAllCallsDescribed, spFlags: DISPFlagDefinition | DISPFlagOptimized, unit: !2, retainedNodes: !417)
!417 = !{!418}
!418 = !DILocalVariable(name: "context", arg: 1, scope: !416, file: !3, line: 117, type: !32)
!419 = distinct !DIAssignID()
!420 = !DILocation(line: 0, scope: !265, inlinedAt: !421)
!421 = distinct !DILocation(line: 118, column: 3, scope: !416)
!422 = distinct !DIAssignID()
!423 = !DILocation(line: 0, scope: !416)
!424 = distinct !DIAssignID()
!425 = !DILocation(line: 48, column: 3, scope: !265, inlinedAt: !421)
!426 = !DILocation(line: 48, column: 9, scope: !265, inlinedAt: !421)
!427 = distinct !DIAssignID()
!428 = !DILocation(line: 48, column: 27, scope: !265, inlinedAt: !421)
!429 = !DILocation(line: 49, column: 7, scope: !309, inlinedAt: !421)
!430 = !DILocation(line: 49, column: 7, scope: !265, inlinedAt: !421)
!431 = !DILocation(line: 50, column: 5, scope: !309, inlinedAt: !421)
!432 = !DILocation(line: 52, column: 5, scope: !309, inlinedAt: !421)
!433 = !DILocation(line: 53, column: 1, scope: !265, inlinedAt: !421)
!434 = !DILocation(line: 119, column: 3, scope: !416)
!435 = !DILocation(line: 0, scope: !50)
!436 = !DILocation(line: 134, column: 16, scope: !437)
!437 = distinct !DILexicalBlock(scope: !50, file: !3, line: 134, column: 7)
!438 = !{!439, !440, i64 8}
!439 = !{!"task_iterator_context", !440, i64 0, !440, i64 8}
!440 = !{!"any pointer", !215, i64 0}
!441 = !DILocation(line: 134, column: 7, scope: !437)
!442 = !DILocation(line: 134, column: 7, scope: !50)
!443 = !DILocation(line: 135, column: 28, scope: !444)
!444 = distinct !DILexicalBlock(scope: !437, file: !3, line: 134, column: 22)
!445 = !{!439, !440, i64 0}
!446 = !DILocation(line: 135, column: 34, scope: !444)
!447 = !{!448, !440, i64 0}
!448 = !{!"bpf_iter_meta", !440, i64 0}
!449 = !DILocation(line: 135, column: 5, scope: !444)
!450 = !DILocation(line: 0, scope: !192, inlinedAt: !451)
!451 = distinct !DILocation(line: 136, column: 5, scope: !444)
!452 = !DILocation(line: 56, column: 25, scope: !192, inlinedAt: !451)
!453 = !DILocation(line: 57, column: 8, scope: !206, inlinedAt: !451)
!454 = !DILocation(line: 57, column: 7, scope: !192, inlinedAt: !451)
!455 = !DILocation(line: 58, column: 5, scope: !209, inlinedAt: !451)
!456 = !DILocation(line: 59, column: 5, scope: !209, inlinedAt: !451)
!457 = !DILocation(line: 61, column: 15, scope: !192, inlinedAt: !451)
!458 = !DILocation(line: 62, column: 21, scope: !192, inlinedAt: !451)
!459 = !DILocation(line: 62, column: 10, scope: !192, inlinedAt: !451)
!460 = !DILocation(line: 62, column: 19, scope: !192, inlinedAt: !451)
!461 = !DILocation(line: 63, column: 3, scope: !192, inlinedAt: !451)
!462 = !DILocation(line: 64, column: 1, scope: !192, inlinedAt: !451)
!463 = !DILocation(line: 138, column: 3, scope: !50)
!464 = distinct !DISubprogram(name: "signals", scope: !3, file: !3, line: 142, type: !186, scopeLine: 142, flags: DIFlagPrototyped | DIFlagAllCallsDescribed, spFlags: DISPFlagDefinition | DISPFlagOptimized, unit: !2, retainedNodes: !465)
!465 = !{!466}
!466 = !DILocalVariable(name: "context", arg: 1, scope: !464, file: !3, line: 142, type: !32)
!467 = !DILocation(line: 0, scope: !464)
!468 = !DILocation(line: 143, column: 7, scope: !469)
!469 = distinct !DILexicalBlock(scope: !464, file: !3, line: 143, column: 7)
!470 = !DILocation(line: 143, column: 22, scope: !469)
!471 = !DILocation(line: 143, column: 7, scope: !464)
!472 = !DILocation(line: 143, column: 37, scope: !469)
!473 = !DILocation(line: 144, column: 3, scope: !464)
