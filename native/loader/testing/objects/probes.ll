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
define dso_local noundef i32 @begin(ptr nocapture readnone %0) #0 section "probe/begin" !dbg !183 {
    #dbg_value(ptr poison, !187, !DIExpression(), !188)
    #dbg_value(i64 1, !189, !DIExpression(), !200)
  %2 = tail call ptr inttoptr (i64 131 to ptr)(ptr noundef nonnull @ring, i64 noundef 16, i64 noundef 0) #2, !dbg !202
    #dbg_value(ptr %2, !194, !DIExpression(), !200)
  %3 = icmp eq ptr %2, null, !dbg !203
  br i1 %3, label %4, label %6, !dbg !205

4:                                                ; preds = %1
  %5 = atomicrmw add ptr @lost, i64 1 seq_cst, align 8, !dbg !206
  br label %9, !dbg !208

6:                                                ; preds = %1
  store i64 1, ptr %2, align 8, !dbg !209
  %7 = atomicrmw add ptr @sequence, i64 1 seq_cst, align 8, !dbg !210
  %8 = getelementptr inbounds i8, ptr %2, i64 8, !dbg !211
  store i64 %7, ptr %8, align 8, !dbg !212
  tail call void inttoptr (i64 132 to ptr)(ptr noundef nonnull %2, i64 noundef 1) #2, !dbg !213
  br label %9, !dbg !214

9:                                                ; preds = %4, %6
  ret i32 0, !dbg !215
}

; Function Attrs: nounwind
define dso_local noundef i32 @burst(ptr nocapture readnone %0) #0 section "probe/burst" !dbg !216 {
    #dbg_value(ptr poison, !218, !DIExpression(), !221)
    #dbg_value(i64 0, !219, !DIExpression(), !222)
  %2 = load volatile i64, ptr @burst_length, align 8, !dbg !223
  %3 = icmp eq i64 %2, 0, !dbg !225
  br i1 %3, label %4, label %5, !dbg !226

4:                                                ; preds = %14, %1
  store i8 1, ptr @resizable, align 1, !dbg !227
  ret i32 0, !dbg !228

5:                                                ; preds = %1, %14
  %6 = phi i64 [ %15, %14 ], [ 0, %1 ]
    #dbg_value(i64 %6, !219, !DIExpression(), !222)
    #dbg_value(i64 2, !189, !DIExpression(), !229)
  %7 = tail call ptr inttoptr (i64 131 to ptr)(ptr noundef nonnull @ring, i64 noundef 16, i64 noundef 0) #2, !dbg !231
    #dbg_value(ptr %7, !194, !DIExpression(), !229)
  %8 = icmp eq ptr %7, null, !dbg !232
  br i1 %8, label %9, label %11, !dbg !233

9:                                                ; preds = %5
  %10 = atomicrmw add ptr @lost, i64 1 seq_cst, align 8, !dbg !234
  br label %14, !dbg !235

11:                                               ; preds = %5
  store i64 2, ptr %7, align 8, !dbg !236
  %12 = atomicrmw add ptr @sequence, i64 1 seq_cst, align 8, !dbg !237
  %13 = getelementptr inbounds i8, ptr %7, i64 8, !dbg !238
  store i64 %12, ptr %13, align 8, !dbg !239
  tail call void inttoptr (i64 132 to ptr)(ptr noundef nonnull %7, i64 noundef 1) #2, !dbg !240
  br label %14, !dbg !241

14:                                               ; preds = %9, %11
  %15 = add nuw nsw i64 %6, 1, !dbg !242
    #dbg_value(i64 %15, !219, !DIExpression(), !222)
  %16 = load volatile i64, ptr @burst_length, align 8, !dbg !223
  %17 = icmp ult i64 %15, %16, !dbg !225
  %18 = icmp ult i64 %6, 99999, !dbg !243
  %19 = and i1 %18, %17, !dbg !243
  br i1 %19, label %5, label %4, !dbg !226, !llvm.loop !244
}

; Function Attrs: mustprogress nocallback nofree nosync nounwind willreturn memory(argmem: readwrite)
declare void @llvm.lifetime.start.p0(i64 immarg, ptr nocapture) #1

; Function Attrs: mustprogress nocallback nofree nosync nounwind willreturn memory(argmem: readwrite)
declare void @llvm.lifetime.end.p0(i64 immarg, ptr nocapture) #1

; Function Attrs: nounwind
define dso_local noundef i32 @on_tracepoint(ptr noundef %0) #0 section "probe/on_tracepoint" !dbg !247 {
  %2 = alloca i64, align 8
  %3 = alloca i64, align 8
  %4 = alloca i32, align 4
  %5 = alloca i32, align 4
    #dbg_value(ptr %0, !249, !DIExpression(), !253)
  %6 = load volatile i32, ptr @wanted_process, align 4, !dbg !254
  %7 = icmp eq i32 %6, 0, !dbg !260
  br i1 %7, label %14, label %8, !dbg !261

8:                                                ; preds = %1
  %9 = tail call i64 inttoptr (i64 14 to ptr)() #2, !dbg !262
  %10 = lshr i64 %9, 32, !dbg !263
  %11 = load volatile i32, ptr @wanted_process, align 4, !dbg !264
  %12 = zext i32 %11 to i64, !dbg !264
  %13 = icmp eq i64 %10, %12, !dbg !265
  br i1 %13, label %14, label %39, !dbg !266

14:                                               ; preds = %1, %8
  call void @llvm.lifetime.start.p0(i64 4, ptr nonnull %4) #2, !dbg !267
    #dbg_value(i32 7, !250, !DIExpression(), !253)
  store i32 7, ptr %4, align 4, !dbg !268
  call void @llvm.lifetime.start.p0(i64 4, ptr nonnull %5) #2, !dbg !267
    #dbg_value(i32 1, !251, !DIExpression(), !253)
  store i32 1, ptr %5, align 4, !dbg !269
    #dbg_value(ptr %4, !250, !DIExpression(DW_OP_deref), !253)
  %15 = call ptr inttoptr (i64 1 to ptr)(ptr noundef nonnull @percpu_counts, ptr noundef nonnull %4) #2, !dbg !270
    #dbg_value(ptr %15, !252, !DIExpression(), !253)
  %16 = icmp eq ptr %15, null, !dbg !271
  br i1 %16, label %20, label %17, !dbg !273

17:                                               ; preds = %14
  %18 = load i32, ptr %15, align 4, !dbg !274
  %19 = add i32 %18, 1, !dbg !274
  store i32 %19, ptr %15, align 4, !dbg !274
  br label %22, !dbg !275

20:                                               ; preds = %14
    #dbg_value(ptr %4, !250, !DIExpression(DW_OP_deref), !253)
    #dbg_value(ptr %5, !251, !DIExpression(DW_OP_deref), !253)
  %21 = call i64 inttoptr (i64 2 to ptr)(ptr noundef nonnull @percpu_counts, ptr noundef nonnull %4, ptr noundef nonnull %5, i64 noundef 0) #2, !dbg !276
  br label %22

22:                                               ; preds = %20, %17
  %23 = call i64 inttoptr (i64 174 to ptr)(ptr noundef %0) #2, !dbg !277
  call void @llvm.lifetime.start.p0(i64 8, ptr nonnull %2)
    #dbg_value(i64 %23, !278, !DIExpression(), !283)
  store i64 %23, ptr %2, align 8
  call void @llvm.lifetime.start.p0(i64 8, ptr nonnull %3) #2, !dbg !285
    #dbg_value(i64 1, !281, !DIExpression(), !283)
  store i64 1, ptr %3, align 8, !dbg !286
    #dbg_value(ptr %2, !278, !DIExpression(DW_OP_deref), !283)
  %24 = call ptr inttoptr (i64 1 to ptr)(ptr noundef nonnull @counts, ptr noundef nonnull %2) #2, !dbg !287
    #dbg_value(ptr %24, !282, !DIExpression(), !283)
  %25 = icmp eq ptr %24, null, !dbg !288
  br i1 %25, label %28, label %26, !dbg !290

26:                                               ; preds = %22
  %27 = atomicrmw add ptr %24, i64 1 seq_cst, align 8, !dbg !291
  br label %30, !dbg !291

28:                                               ; preds = %22
    #dbg_value(ptr %2, !278, !DIExpression(DW_OP_deref), !283)
    #dbg_value(ptr %3, !281, !DIExpression(DW_OP_deref), !283)
  %29 = call i64 inttoptr (i64 2 to ptr)(ptr noundef nonnull @counts, ptr noundef nonnull %2, ptr noundef nonnull %3, i64 noundef 0) #2, !dbg !292
  br label %30

30:                                               ; preds = %26, %28
  call void @llvm.lifetime.end.p0(i64 8, ptr nonnull %3) #2, !dbg !293
  call void @llvm.lifetime.end.p0(i64 8, ptr nonnull %2), !dbg !293
    #dbg_value(i64 3, !189, !DIExpression(), !294)
  %31 = call ptr inttoptr (i64 131 to ptr)(ptr noundef nonnull @ring, i64 noundef 16, i64 noundef 0) #2, !dbg !296
    #dbg_value(ptr %31, !194, !DIExpression(), !294)
  %32 = icmp eq ptr %31, null, !dbg !297
  br i1 %32, label %33, label %35, !dbg !298

33:                                               ; preds = %30
  %34 = atomicrmw add ptr @lost, i64 1 seq_cst, align 8, !dbg !299
  br label %38, !dbg !300

35:                                               ; preds = %30
  store i64 3, ptr %31, align 8, !dbg !301
  %36 = atomicrmw add ptr @sequence, i64 1 seq_cst, align 8, !dbg !302
  %37 = getelementptr inbounds i8, ptr %31, i64 8, !dbg !303
  store i64 %36, ptr %37, align 8, !dbg !304
  call void inttoptr (i64 132 to ptr)(ptr noundef nonnull %31, i64 noundef 1) #2, !dbg !305
  br label %38, !dbg !306

38:                                               ; preds = %33, %35
  call void @llvm.lifetime.end.p0(i64 4, ptr nonnull %5) #2, !dbg !307
  call void @llvm.lifetime.end.p0(i64 4, ptr nonnull %4) #2, !dbg !307
  br label %39

39:                                               ; preds = %8, %38
  ret i32 0, !dbg !307
}

; Function Attrs: nounwind
define dso_local noundef i32 @on_clock(ptr nocapture readnone %0) #0 section "probe/on_clock" !dbg !308 {
    #dbg_value(ptr poison, !310, !DIExpression(), !311)
    #dbg_value(i64 4, !189, !DIExpression(), !312)
  %2 = tail call ptr inttoptr (i64 131 to ptr)(ptr noundef nonnull @ring, i64 noundef 16, i64 noundef 0) #2, !dbg !314
    #dbg_value(ptr %2, !194, !DIExpression(), !312)
  %3 = icmp eq ptr %2, null, !dbg !315
  br i1 %3, label %4, label %6, !dbg !316

4:                                                ; preds = %1
  %5 = atomicrmw add ptr @lost, i64 1 seq_cst, align 8, !dbg !317
  br label %9, !dbg !318

6:                                                ; preds = %1
  store i64 4, ptr %2, align 8, !dbg !319
  %7 = atomicrmw add ptr @sequence, i64 1 seq_cst, align 8, !dbg !320
  %8 = getelementptr inbounds i8, ptr %2, i64 8, !dbg !321
  store i64 %7, ptr %8, align 8, !dbg !322
  tail call void inttoptr (i64 132 to ptr)(ptr noundef nonnull %2, i64 noundef 1) #2, !dbg !323
  br label %9, !dbg !324

9:                                                ; preds = %4, %6
  ret i32 0, !dbg !325
}

; Function Attrs: nounwind
define dso_local noundef i32 @on_function(ptr noundef %0) #0 section "probe/on_function" !dbg !326 {
  %2 = alloca i64, align 8
  %3 = alloca i64, align 8
    #dbg_value(ptr %0, !328, !DIExpression(), !329)
  %4 = tail call i64 inttoptr (i64 174 to ptr)(ptr noundef %0) #2, !dbg !330
  call void @llvm.lifetime.start.p0(i64 8, ptr nonnull %2)
    #dbg_value(i64 %4, !278, !DIExpression(), !331)
  store i64 %4, ptr %2, align 8
  call void @llvm.lifetime.start.p0(i64 8, ptr nonnull %3) #2, !dbg !333
    #dbg_value(i64 1, !281, !DIExpression(), !331)
  store i64 1, ptr %3, align 8, !dbg !334
    #dbg_value(ptr %2, !278, !DIExpression(DW_OP_deref), !331)
  %5 = call ptr inttoptr (i64 1 to ptr)(ptr noundef nonnull @counts, ptr noundef nonnull %2) #2, !dbg !335
    #dbg_value(ptr %5, !282, !DIExpression(), !331)
  %6 = icmp eq ptr %5, null, !dbg !336
  br i1 %6, label %9, label %7, !dbg !337

7:                                                ; preds = %1
  %8 = atomicrmw add ptr %5, i64 1 seq_cst, align 8, !dbg !338
  br label %11, !dbg !338

9:                                                ; preds = %1
    #dbg_value(ptr %2, !278, !DIExpression(DW_OP_deref), !331)
    #dbg_value(ptr %3, !281, !DIExpression(DW_OP_deref), !331)
  %10 = call i64 inttoptr (i64 2 to ptr)(ptr noundef nonnull @counts, ptr noundef nonnull %2, ptr noundef nonnull %3, i64 noundef 0) #2, !dbg !339
  br label %11

11:                                               ; preds = %7, %9
  call void @llvm.lifetime.end.p0(i64 8, ptr nonnull %3) #2, !dbg !340
  call void @llvm.lifetime.end.p0(i64 8, ptr nonnull %2), !dbg !340
  ret i32 0, !dbg !341
}

; Function Attrs: nounwind
define dso_local noundef i32 @on_function_multi(ptr noundef %0) #0 section "probe/on_function_multi" !dbg !342 {
  %2 = alloca i64, align 8
  %3 = alloca i64, align 8
    #dbg_value(ptr %0, !344, !DIExpression(), !345)
  %4 = tail call i64 inttoptr (i64 174 to ptr)(ptr noundef %0) #2, !dbg !346
  call void @llvm.lifetime.start.p0(i64 8, ptr nonnull %2)
    #dbg_value(i64 %4, !278, !DIExpression(), !347)
  store i64 %4, ptr %2, align 8
  call void @llvm.lifetime.start.p0(i64 8, ptr nonnull %3) #2, !dbg !349
    #dbg_value(i64 1, !281, !DIExpression(), !347)
  store i64 1, ptr %3, align 8, !dbg !350
    #dbg_value(ptr %2, !278, !DIExpression(DW_OP_deref), !347)
  %5 = call ptr inttoptr (i64 1 to ptr)(ptr noundef nonnull @counts, ptr noundef nonnull %2) #2, !dbg !351
    #dbg_value(ptr %5, !282, !DIExpression(), !347)
  %6 = icmp eq ptr %5, null, !dbg !352
  br i1 %6, label %9, label %7, !dbg !353

7:                                                ; preds = %1
  %8 = atomicrmw add ptr %5, i64 1 seq_cst, align 8, !dbg !354
  br label %11, !dbg !354

9:                                                ; preds = %1
    #dbg_value(ptr %2, !278, !DIExpression(DW_OP_deref), !347)
    #dbg_value(ptr %3, !281, !DIExpression(DW_OP_deref), !347)
  %10 = call i64 inttoptr (i64 2 to ptr)(ptr noundef nonnull @counts, ptr noundef nonnull %2, ptr noundef nonnull %3, i64 noundef 0) #2, !dbg !355
  br label %11

11:                                               ; preds = %7, %9
  call void @llvm.lifetime.end.p0(i64 8, ptr nonnull %3) #2, !dbg !356
  call void @llvm.lifetime.end.p0(i64 8, ptr nonnull %2), !dbg !356
  ret i32 0, !dbg !357
}

; Function Attrs: nounwind
define dso_local noundef i32 @on_raw(ptr nocapture readnone %0) #0 section "probe/on_raw" !dbg !358 {
  %2 = alloca i64, align 8
  %3 = alloca i64, align 8
    #dbg_value(ptr poison, !360, !DIExpression(), !361)
  %4 = load volatile i32, ptr @wanted_process, align 4, !dbg !362
  %5 = icmp eq i32 %4, 0, !dbg !365
  br i1 %5, label %12, label %6, !dbg !366

6:                                                ; preds = %1
  %7 = tail call i64 inttoptr (i64 14 to ptr)() #2, !dbg !367
  %8 = lshr i64 %7, 32, !dbg !368
  %9 = load volatile i32, ptr @wanted_process, align 4, !dbg !369
  %10 = zext i32 %9 to i64, !dbg !369
  %11 = icmp eq i64 %8, %10, !dbg !370
  br i1 %11, label %12, label %20, !dbg !371

12:                                               ; preds = %1, %6
  call void @llvm.lifetime.start.p0(i64 8, ptr nonnull %2)
    #dbg_value(i64 100, !278, !DIExpression(), !372)
  store i64 100, ptr %2, align 8
  call void @llvm.lifetime.start.p0(i64 8, ptr nonnull %3) #2, !dbg !374
    #dbg_value(i64 1, !281, !DIExpression(), !372)
  store i64 1, ptr %3, align 8, !dbg !375
    #dbg_value(ptr %2, !278, !DIExpression(DW_OP_deref), !372)
  %13 = call ptr inttoptr (i64 1 to ptr)(ptr noundef nonnull @counts, ptr noundef nonnull %2) #2, !dbg !376
    #dbg_value(ptr %13, !282, !DIExpression(), !372)
  %14 = icmp eq ptr %13, null, !dbg !377
  br i1 %14, label %17, label %15, !dbg !378

15:                                               ; preds = %12
  %16 = atomicrmw add ptr %13, i64 1 seq_cst, align 8, !dbg !379
  br label %19, !dbg !379

17:                                               ; preds = %12
    #dbg_value(ptr %2, !278, !DIExpression(DW_OP_deref), !372)
    #dbg_value(ptr %3, !281, !DIExpression(DW_OP_deref), !372)
  %18 = call i64 inttoptr (i64 2 to ptr)(ptr noundef nonnull @counts, ptr noundef nonnull %2, ptr noundef nonnull %3, i64 noundef 0) #2, !dbg !380
  br label %19

19:                                               ; preds = %15, %17
  call void @llvm.lifetime.end.p0(i64 8, ptr nonnull %3) #2, !dbg !381
  call void @llvm.lifetime.end.p0(i64 8, ptr nonnull %2), !dbg !381
  br label %20, !dbg !382

20:                                               ; preds = %19, %6
  ret i32 0, !dbg !383
}

; Function Attrs: nounwind
define dso_local noundef i32 @on_switch(ptr nocapture readnone %0) #0 section "probe/on_switch" !dbg !384 {
  %2 = alloca i64, align 8
  %3 = alloca i64, align 8
    #dbg_value(ptr poison, !386, !DIExpression(), !387)
  call void @llvm.lifetime.start.p0(i64 8, ptr nonnull %2)
    #dbg_value(i64 200, !278, !DIExpression(), !388)
  store i64 200, ptr %2, align 8
  call void @llvm.lifetime.start.p0(i64 8, ptr nonnull %3) #2, !dbg !390
    #dbg_value(i64 1, !281, !DIExpression(), !388)
  store i64 1, ptr %3, align 8, !dbg !391
    #dbg_value(ptr %2, !278, !DIExpression(DW_OP_deref), !388)
  %4 = call ptr inttoptr (i64 1 to ptr)(ptr noundef nonnull @counts, ptr noundef nonnull %2) #2, !dbg !392
    #dbg_value(ptr %4, !282, !DIExpression(), !388)
  %5 = icmp eq ptr %4, null, !dbg !393
  br i1 %5, label %8, label %6, !dbg !394

6:                                                ; preds = %1
  %7 = atomicrmw add ptr %4, i64 1 seq_cst, align 8, !dbg !395
  br label %10, !dbg !395

8:                                                ; preds = %1
    #dbg_value(ptr %2, !278, !DIExpression(DW_OP_deref), !388)
    #dbg_value(ptr %3, !281, !DIExpression(DW_OP_deref), !388)
  %9 = call i64 inttoptr (i64 2 to ptr)(ptr noundef nonnull @counts, ptr noundef nonnull %2, ptr noundef nonnull %3, i64 noundef 0) #2, !dbg !396
  br label %10

10:                                               ; preds = %6, %8
  call void @llvm.lifetime.end.p0(i64 8, ptr nonnull %3) #2, !dbg !397
  call void @llvm.lifetime.end.p0(i64 8, ptr nonnull %2), !dbg !397
  ret i32 0, !dbg !398
}

; Function Attrs: nounwind
define dso_local noundef i32 @dump_tasks(ptr nocapture noundef readonly %0) #0 section "probe/dump_tasks" !dbg !50 {
    #dbg_value(ptr %0, !64, !DIExpression(), !399)
  %2 = getelementptr inbounds i8, ptr %0, i64 8, !dbg !400
  %3 = load ptr, ptr %2, align 8, !dbg !400
  %4 = icmp eq ptr %3, null, !dbg !402
  br i1 %4, label %16, label %5, !dbg !403

5:                                                ; preds = %1
  %6 = load ptr, ptr %0, align 8, !dbg !404
  %7 = load ptr, ptr %6, align 8, !dbg !406
  %8 = tail call i64 inttoptr (i64 127 to ptr)(ptr noundef %7, ptr noundef nonnull @dump_tasks.line, i32 noundef 5) #2, !dbg !407
    #dbg_value(i64 5, !189, !DIExpression(), !408)
  %9 = tail call ptr inttoptr (i64 131 to ptr)(ptr noundef nonnull @ring, i64 noundef 16, i64 noundef 0) #2, !dbg !410
    #dbg_value(ptr %9, !194, !DIExpression(), !408)
  %10 = icmp eq ptr %9, null, !dbg !411
  br i1 %10, label %11, label %13, !dbg !412

11:                                               ; preds = %5
  %12 = atomicrmw add ptr @lost, i64 1 seq_cst, align 8, !dbg !413
  br label %16, !dbg !414

13:                                               ; preds = %5
  store i64 5, ptr %9, align 8, !dbg !415
  %14 = atomicrmw add ptr @sequence, i64 1 seq_cst, align 8, !dbg !416
  %15 = getelementptr inbounds i8, ptr %9, i64 8, !dbg !417
  store i64 %14, ptr %15, align 8, !dbg !418
  tail call void inttoptr (i64 132 to ptr)(ptr noundef nonnull %9, i64 noundef 1) #2, !dbg !419
  br label %16, !dbg !420

16:                                               ; preds = %13, %11, %1
  ret i32 0, !dbg !421
}

; Function Attrs: nounwind
define dso_local noundef i32 @signals(ptr nocapture readnone %0) #0 section "probe/signals" !dbg !422 {
    #dbg_value(ptr poison, !424, !DIExpression(), !425)
  %2 = load volatile i32, ptr @wanted_process, align 4, !dbg !426
  %3 = icmp eq i32 %2, -1, !dbg !428
  br i1 %3, label %4, label %6, !dbg !429

4:                                                ; preds = %1
  %5 = tail call i64 inttoptr (i64 109 to ptr)(i32 noundef 9) #2, !dbg !430
  br label %6, !dbg !430

6:                                                ; preds = %4, %1
  ret i32 0, !dbg !431
}

attributes #0 = { nounwind "frame-pointer"="all" "no-trapping-math"="true" "stack-protector-buffer-size"="8" "target-cpu"="v3" }
attributes #1 = { mustprogress nocallback nofree nosync nounwind willreturn memory(argmem: readwrite) }
attributes #2 = { nounwind }

!llvm.dbg.cu = !{!2}
!llvm.module.flags = !{!179, !180, !181, !182}

!0 = !DIGlobalVariableExpression(var: !1, expr: !DIExpression())
!1 = distinct !DIGlobalVariable(name: "LICENSE", scope: !2, file: !3, line: 6, type: !178, isLocal: false, isDefinition: true)
!2 = distinct !DICompileUnit(language: DW_LANG_C11, file: !3, isOptimized: true, runtimeVersion: 0, emissionKind: FullDebug, enums: !4, globals: !17, splitDebugInlining: false, nameTableKind: None)
!3 = !DIFile(filename: "probes.bpf.c", directory: ".", source: "// probes.bpf.c: one program for each kind of attachment that the loader's tests use. generate.sh makes probes.ll of it.\0A#include <linux/bpf.h>\0A#include <bpf/bpf_helpers.h>\0A#include <linux/types.h>\0A\0Achar LICENSE[] SEC(\22license\22) = \22GPL\22;\0A\0Astruct event {\0A  __u64 site, sequence;\0A};\0A\0Astruct {\0A  __uint(type, BPF_MAP_TYPE_RINGBUF);\0A  __uint(max_entries, 1 << 20);\0A} ring SEC(\22.maps\22);\0A\0Astruct {\0A  __uint(type, BPF_MAP_TYPE_HASH);\0A  __uint(max_entries, 10240);\0A  __type(key, __u64);\0A  __type(value, __u64);\0A} counts SEC(\22.maps\22);\0A\0Astruct {\0A  __uint(type, BPF_MAP_TYPE_PERCPU_HASH);\0A  __uint(max_entries, 1024);\0A  __type(key, __u32);\0A  __type(value, __u32); // smaller than 8: the kernel pads each cpu's part\0A} percpu_counts SEC(\22.maps\22);\0A\0Astruct {\0A  __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);\0A  __uint(max_entries, 4);\0A  __type(key, __u32);\0A  __type(value, __u64);\0A} percpu_slots SEC(\22.maps\22);\0A\0Aconst volatile __u32 wanted_process; // 0: every process\0Aconst volatile __u64 burst_length = 3;\0A__u64 sequence, lost;\0Achar resizable[8] SEC(\22.bss.room\22);\0A\0Astatic __always_inline int is_wanted(void) {\0A  return wanted_process == 0 || bpf_get_current_pid_tgid() >> 32 == wanted_process;\0A}\0A\0Astatic __always_inline void count(__u64 key) {\0A  __u64 one = 1, *value = bpf_map_lookup_elem(&counts, &key);\0A  if (value)\0A    __sync_fetch_and_add(value, 1);\0A  else\0A    bpf_map_update_elem(&counts, &key, &one, BPF_ANY);\0A}\0A\0Astatic __always_inline void emit(__u64 site) {\0A  struct event *event = bpf_ringbuf_reserve(&ring, sizeof *event, 0);\0A  if (!event) {\0A    __sync_fetch_and_add(&lost, 1);\0A    return;\0A  }\0A  event->site = site;\0A  event->sequence = __sync_fetch_and_add(&sequence, 1);\0A  bpf_ringbuf_submit(event, BPF_RB_NO_WAKEUP);\0A}\0A\0ASEC(\22probe/begin\22)\0Aint begin(void *context) {\0A  emit(1);\0A  return 0;\0A}\0A\0ASEC(\22probe/burst\22)\0Aint burst(void *context) {\0A  for (__u64 i = 0; i < burst_length && i < 100000; i++) emit(2);\0A  resizable[0] = 1;\0A  return 0;\0A}\0A\0ASEC(\22probe/on_tracepoint\22)\0Aint on_tracepoint(void *context) {\0A  if (!is_wanted()) return 0;\0A  __u32 key = 7, first = 1, *value = bpf_map_lookup_elem(&percpu_counts, &key);\0A  if (value)\0A    *value += 1;\0A  else\0A    bpf_map_update_elem(&percpu_counts, &key, &first, BPF_ANY);\0A  count(bpf_get_attach_cookie(context));\0A  emit(3);\0A  return 0;\0A}\0A\0ASEC(\22probe/on_clock\22)\0Aint on_clock(void *context) {\0A  emit(4);\0A  return 0;\0A}\0A\0ASEC(\22probe/on_function\22)\0Aint on_function(void *context) {\0A  count(bpf_get_attach_cookie(context));\0A  return 0;\0A}\0A\0ASEC(\22probe/on_function_multi\22)\0Aint on_function_multi(void *context) {\0A  count(bpf_get_attach_cookie(context));\0A  return 0;\0A}\0A\0ASEC(\22probe/on_raw\22)\0Aint on_raw(void *context) {\0A  if (is_wanted()) count(100);\0A  return 0;\0A}\0A\0ASEC(\22probe/on_switch\22)\0Aint on_switch(void *context) {\0A  count(200);\0A  return 0;\0A}\0A\0Astruct bpf_iter_meta {\0A  void *seq;\0A};\0A\0Astruct task_iterator_context {\0A  struct bpf_iter_meta *meta;\0A  void *task;\0A};\0A\0ASEC(\22probe/dump_tasks\22)\0Aint dump_tasks(struct task_iterator_context *context) {\0A  static const char line[] = \22task\5Cn\22;\0A  if (context->task) {\0A    bpf_seq_write(context->meta->seq, line, sizeof line - 1);\0A    emit(5);\0A  }\0A  return 0;\0A}\0A\0ASEC(\22probe/signals\22)\0Aint signals(void *context) {\0A  if (wanted_process == 0xffffffff) bpf_send_signal(9);\0A  return 0;\0A}\0A")
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
!183 = distinct !DISubprogram(name: "begin", scope: !3, file: !3, line: 67, type: !184, scopeLine: 67, flags: DIFlagPrototyped | DIFlagAllCallsDescribed, spFlags: DISPFlagDefinition | DISPFlagOptimized, unit: !2, retainedNodes: !186)
!184 = !DISubroutineType(types: !185)
!185 = !{!53, !32}
!186 = !{!187}
!187 = !DILocalVariable(name: "context", arg: 1, scope: !183, file: !3, line: 67, type: !32)
!188 = !DILocation(line: 0, scope: !183)
!189 = !DILocalVariable(name: "site", arg: 1, scope: !190, file: !3, line: 55, type: !22)
!190 = distinct !DISubprogram(name: "emit", scope: !3, file: !3, line: 55, type: !191, scopeLine: 55, flags: DIFlagPrototyped | DIFlagAllCallsDescribed, spFlags: DISPFlagLocalToUnit | DISPFlagDefinition | DISPFlagOptimized, unit: !2, retainedNodes: !193)
!191 = !DISubroutineType(types: !192)
!192 = !{null, !22}
!193 = !{!189, !194}
!194 = !DILocalVariable(name: "event", scope: !190, file: !3, line: 56, type: !195)
!195 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: !196, size: 64)
!196 = distinct !DICompositeType(tag: DW_TAG_structure_type, name: "event", file: !3, line: 8, size: 128, elements: !197)
!197 = !{!198, !199}
!198 = !DIDerivedType(tag: DW_TAG_member, name: "site", scope: !196, file: !3, line: 9, baseType: !22, size: 64)
!199 = !DIDerivedType(tag: DW_TAG_member, name: "sequence", scope: !196, file: !3, line: 9, baseType: !22, size: 64, offset: 64)
!200 = !DILocation(line: 0, scope: !190, inlinedAt: !201)
!201 = distinct !DILocation(line: 68, column: 3, scope: !183)
!202 = !DILocation(line: 56, column: 25, scope: !190, inlinedAt: !201)
!203 = !DILocation(line: 57, column: 8, scope: !204, inlinedAt: !201)
!204 = distinct !DILexicalBlock(scope: !190, file: !3, line: 57, column: 7)
!205 = !DILocation(line: 57, column: 7, scope: !190, inlinedAt: !201)
!206 = !DILocation(line: 58, column: 5, scope: !207, inlinedAt: !201)
!207 = distinct !DILexicalBlock(scope: !204, file: !3, line: 57, column: 15)
!208 = !DILocation(line: 59, column: 5, scope: !207, inlinedAt: !201)
!209 = !DILocation(line: 61, column: 15, scope: !190, inlinedAt: !201)
!210 = !DILocation(line: 62, column: 21, scope: !190, inlinedAt: !201)
!211 = !DILocation(line: 62, column: 10, scope: !190, inlinedAt: !201)
!212 = !DILocation(line: 62, column: 19, scope: !190, inlinedAt: !201)
!213 = !DILocation(line: 63, column: 3, scope: !190, inlinedAt: !201)
!214 = !DILocation(line: 64, column: 1, scope: !190, inlinedAt: !201)
!215 = !DILocation(line: 69, column: 3, scope: !183)
!216 = distinct !DISubprogram(name: "burst", scope: !3, file: !3, line: 73, type: !184, scopeLine: 73, flags: DIFlagPrototyped | DIFlagAllCallsDescribed, spFlags: DISPFlagDefinition | DISPFlagOptimized, unit: !2, retainedNodes: !217)
!217 = !{!218, !219}
!218 = !DILocalVariable(name: "context", arg: 1, scope: !216, file: !3, line: 73, type: !32)
!219 = !DILocalVariable(name: "i", scope: !220, file: !3, line: 74, type: !22)
!220 = distinct !DILexicalBlock(scope: !216, file: !3, line: 74, column: 3)
!221 = !DILocation(line: 0, scope: !216)
!222 = !DILocation(line: 0, scope: !220)
!223 = !DILocation(line: 74, column: 25, scope: !224)
!224 = distinct !DILexicalBlock(scope: !220, file: !3, line: 74, column: 3)
!225 = !DILocation(line: 74, column: 23, scope: !224)
!226 = !DILocation(line: 74, column: 3, scope: !220)
!227 = !DILocation(line: 75, column: 16, scope: !216)
!228 = !DILocation(line: 76, column: 3, scope: !216)
!229 = !DILocation(line: 0, scope: !190, inlinedAt: !230)
!230 = distinct !DILocation(line: 74, column: 58, scope: !224)
!231 = !DILocation(line: 56, column: 25, scope: !190, inlinedAt: !230)
!232 = !DILocation(line: 57, column: 8, scope: !204, inlinedAt: !230)
!233 = !DILocation(line: 57, column: 7, scope: !190, inlinedAt: !230)
!234 = !DILocation(line: 58, column: 5, scope: !207, inlinedAt: !230)
!235 = !DILocation(line: 59, column: 5, scope: !207, inlinedAt: !230)
!236 = !DILocation(line: 61, column: 15, scope: !190, inlinedAt: !230)
!237 = !DILocation(line: 62, column: 21, scope: !190, inlinedAt: !230)
!238 = !DILocation(line: 62, column: 10, scope: !190, inlinedAt: !230)
!239 = !DILocation(line: 62, column: 19, scope: !190, inlinedAt: !230)
!240 = !DILocation(line: 63, column: 3, scope: !190, inlinedAt: !230)
!241 = !DILocation(line: 64, column: 1, scope: !190, inlinedAt: !230)
!242 = !DILocation(line: 74, column: 54, scope: !224)
!243 = !DILocation(line: 74, column: 38, scope: !224)
!244 = distinct !{!244, !226, !245, !246}
!245 = !DILocation(line: 74, column: 64, scope: !220)
!246 = !{!"llvm.loop.mustprogress"}
!247 = distinct !DISubprogram(name: "on_tracepoint", scope: !3, file: !3, line: 80, type: !184, scopeLine: 80, flags: DIFlagPrototyped | DIFlagAllCallsDescribed, spFlags: DISPFlagDefinition | DISPFlagOptimized, unit: !2, retainedNodes: !248)
!248 = !{!249, !250, !251, !252}
!249 = !DILocalVariable(name: "context", arg: 1, scope: !247, file: !3, line: 80, type: !32)
!250 = !DILocalVariable(name: "key", scope: !247, file: !3, line: 82, type: !78)
!251 = !DILocalVariable(name: "first", scope: !247, file: !3, line: 82, type: !78)
!252 = !DILocalVariable(name: "value", scope: !247, file: !3, line: 82, type: !131)
!253 = !DILocation(line: 0, scope: !247)
!254 = !DILocation(line: 44, column: 10, scope: !255, inlinedAt: !258)
!255 = distinct !DISubprogram(name: "is_wanted", scope: !3, file: !3, line: 43, type: !256, scopeLine: 43, flags: DIFlagPrototyped | DIFlagAllCallsDescribed, spFlags: DISPFlagLocalToUnit | DISPFlagDefinition | DISPFlagOptimized, unit: !2)
!256 = !DISubroutineType(types: !257)
!257 = !{!53}
!258 = distinct !DILocation(line: 81, column: 8, scope: !259)
!259 = distinct !DILexicalBlock(scope: !247, file: !3, line: 81, column: 7)
!260 = !DILocation(line: 44, column: 25, scope: !255, inlinedAt: !258)
!261 = !DILocation(line: 44, column: 30, scope: !255, inlinedAt: !258)
!262 = !DILocation(line: 44, column: 33, scope: !255, inlinedAt: !258)
!263 = !DILocation(line: 44, column: 60, scope: !255, inlinedAt: !258)
!264 = !DILocation(line: 44, column: 69, scope: !255, inlinedAt: !258)
!265 = !DILocation(line: 44, column: 66, scope: !255, inlinedAt: !258)
!266 = !DILocation(line: 81, column: 7, scope: !247)
!267 = !DILocation(line: 82, column: 3, scope: !247)
!268 = !DILocation(line: 82, column: 9, scope: !247)
!269 = !DILocation(line: 82, column: 18, scope: !247)
!270 = !DILocation(line: 82, column: 38, scope: !247)
!271 = !DILocation(line: 83, column: 7, scope: !272)
!272 = distinct !DILexicalBlock(scope: !247, file: !3, line: 83, column: 7)
!273 = !DILocation(line: 83, column: 7, scope: !247)
!274 = !DILocation(line: 84, column: 12, scope: !272)
!275 = !DILocation(line: 84, column: 5, scope: !272)
!276 = !DILocation(line: 86, column: 5, scope: !272)
!277 = !DILocation(line: 87, column: 9, scope: !247)
!278 = !DILocalVariable(name: "key", arg: 1, scope: !279, file: !3, line: 47, type: !22)
!279 = distinct !DISubprogram(name: "count", scope: !3, file: !3, line: 47, type: !191, scopeLine: 47, flags: DIFlagPrototyped | DIFlagAllCallsDescribed, spFlags: DISPFlagLocalToUnit | DISPFlagDefinition | DISPFlagOptimized, unit: !2, retainedNodes: !280)
!280 = !{!278, !281, !282}
!281 = !DILocalVariable(name: "one", scope: !279, file: !3, line: 48, type: !22)
!282 = !DILocalVariable(name: "value", scope: !279, file: !3, line: 48, type: !114)
!283 = !DILocation(line: 0, scope: !279, inlinedAt: !284)
!284 = distinct !DILocation(line: 87, column: 3, scope: !247)
!285 = !DILocation(line: 48, column: 3, scope: !279, inlinedAt: !284)
!286 = !DILocation(line: 48, column: 9, scope: !279, inlinedAt: !284)
!287 = !DILocation(line: 48, column: 27, scope: !279, inlinedAt: !284)
!288 = !DILocation(line: 49, column: 7, scope: !289, inlinedAt: !284)
!289 = distinct !DILexicalBlock(scope: !279, file: !3, line: 49, column: 7)
!290 = !DILocation(line: 49, column: 7, scope: !279, inlinedAt: !284)
!291 = !DILocation(line: 50, column: 5, scope: !289, inlinedAt: !284)
!292 = !DILocation(line: 52, column: 5, scope: !289, inlinedAt: !284)
!293 = !DILocation(line: 53, column: 1, scope: !279, inlinedAt: !284)
!294 = !DILocation(line: 0, scope: !190, inlinedAt: !295)
!295 = distinct !DILocation(line: 88, column: 3, scope: !247)
!296 = !DILocation(line: 56, column: 25, scope: !190, inlinedAt: !295)
!297 = !DILocation(line: 57, column: 8, scope: !204, inlinedAt: !295)
!298 = !DILocation(line: 57, column: 7, scope: !190, inlinedAt: !295)
!299 = !DILocation(line: 58, column: 5, scope: !207, inlinedAt: !295)
!300 = !DILocation(line: 59, column: 5, scope: !207, inlinedAt: !295)
!301 = !DILocation(line: 61, column: 15, scope: !190, inlinedAt: !295)
!302 = !DILocation(line: 62, column: 21, scope: !190, inlinedAt: !295)
!303 = !DILocation(line: 62, column: 10, scope: !190, inlinedAt: !295)
!304 = !DILocation(line: 62, column: 19, scope: !190, inlinedAt: !295)
!305 = !DILocation(line: 63, column: 3, scope: !190, inlinedAt: !295)
!306 = !DILocation(line: 64, column: 1, scope: !190, inlinedAt: !295)
!307 = !DILocation(line: 90, column: 1, scope: !247)
!308 = distinct !DISubprogram(name: "on_clock", scope: !3, file: !3, line: 93, type: !184, scopeLine: 93, flags: DIFlagPrototyped | DIFlagAllCallsDescribed, spFlags: DISPFlagDefinition | DISPFlagOptimized, unit: !2, retainedNodes: !309)
!309 = !{!310}
!310 = !DILocalVariable(name: "context", arg: 1, scope: !308, file: !3, line: 93, type: !32)
!311 = !DILocation(line: 0, scope: !308)
!312 = !DILocation(line: 0, scope: !190, inlinedAt: !313)
!313 = distinct !DILocation(line: 94, column: 3, scope: !308)
!314 = !DILocation(line: 56, column: 25, scope: !190, inlinedAt: !313)
!315 = !DILocation(line: 57, column: 8, scope: !204, inlinedAt: !313)
!316 = !DILocation(line: 57, column: 7, scope: !190, inlinedAt: !313)
!317 = !DILocation(line: 58, column: 5, scope: !207, inlinedAt: !313)
!318 = !DILocation(line: 59, column: 5, scope: !207, inlinedAt: !313)
!319 = !DILocation(line: 61, column: 15, scope: !190, inlinedAt: !313)
!320 = !DILocation(line: 62, column: 21, scope: !190, inlinedAt: !313)
!321 = !DILocation(line: 62, column: 10, scope: !190, inlinedAt: !313)
!322 = !DILocation(line: 62, column: 19, scope: !190, inlinedAt: !313)
!323 = !DILocation(line: 63, column: 3, scope: !190, inlinedAt: !313)
!324 = !DILocation(line: 64, column: 1, scope: !190, inlinedAt: !313)
!325 = !DILocation(line: 95, column: 3, scope: !308)
!326 = distinct !DISubprogram(name: "on_function", scope: !3, file: !3, line: 99, type: !184, scopeLine: 99, flags: DIFlagPrototyped | DIFlagAllCallsDescribed, spFlags: DISPFlagDefinition | DISPFlagOptimized, unit: !2, retainedNodes: !327)
!327 = !{!328}
!328 = !DILocalVariable(name: "context", arg: 1, scope: !326, file: !3, line: 99, type: !32)
!329 = !DILocation(line: 0, scope: !326)
!330 = !DILocation(line: 100, column: 9, scope: !326)
!331 = !DILocation(line: 0, scope: !279, inlinedAt: !332)
!332 = distinct !DILocation(line: 100, column: 3, scope: !326)
!333 = !DILocation(line: 48, column: 3, scope: !279, inlinedAt: !332)
!334 = !DILocation(line: 48, column: 9, scope: !279, inlinedAt: !332)
!335 = !DILocation(line: 48, column: 27, scope: !279, inlinedAt: !332)
!336 = !DILocation(line: 49, column: 7, scope: !289, inlinedAt: !332)
!337 = !DILocation(line: 49, column: 7, scope: !279, inlinedAt: !332)
!338 = !DILocation(line: 50, column: 5, scope: !289, inlinedAt: !332)
!339 = !DILocation(line: 52, column: 5, scope: !289, inlinedAt: !332)
!340 = !DILocation(line: 53, column: 1, scope: !279, inlinedAt: !332)
!341 = !DILocation(line: 101, column: 3, scope: !326)
!342 = distinct !DISubprogram(name: "on_function_multi", scope: !3, file: !3, line: 105, type: !184, scopeLine: 105, flags: DIFlagPrototyped | DIFlagAllCallsDescribed, spFlags: DISPFlagDefinition | DISPFlagOptimized, unit: !2, retainedNodes: !343)
!343 = !{!344}
!344 = !DILocalVariable(name: "context", arg: 1, scope: !342, file: !3, line: 105, type: !32)
!345 = !DILocation(line: 0, scope: !342)
!346 = !DILocation(line: 106, column: 9, scope: !342)
!347 = !DILocation(line: 0, scope: !279, inlinedAt: !348)
!348 = distinct !DILocation(line: 106, column: 3, scope: !342)
!349 = !DILocation(line: 48, column: 3, scope: !279, inlinedAt: !348)
!350 = !DILocation(line: 48, column: 9, scope: !279, inlinedAt: !348)
!351 = !DILocation(line: 48, column: 27, scope: !279, inlinedAt: !348)
!352 = !DILocation(line: 49, column: 7, scope: !289, inlinedAt: !348)
!353 = !DILocation(line: 49, column: 7, scope: !279, inlinedAt: !348)
!354 = !DILocation(line: 50, column: 5, scope: !289, inlinedAt: !348)
!355 = !DILocation(line: 52, column: 5, scope: !289, inlinedAt: !348)
!356 = !DILocation(line: 53, column: 1, scope: !279, inlinedAt: !348)
!357 = !DILocation(line: 107, column: 3, scope: !342)
!358 = distinct !DISubprogram(name: "on_raw", scope: !3, file: !3, line: 111, type: !184, scopeLine: 111, flags: DIFlagPrototyped | DIFlagAllCallsDescribed, spFlags: DISPFlagDefinition | DISPFlagOptimized, unit: !2, retainedNodes: !359)
!359 = !{!360}
!360 = !DILocalVariable(name: "context", arg: 1, scope: !358, file: !3, line: 111, type: !32)
!361 = !DILocation(line: 0, scope: !358)
!362 = !DILocation(line: 44, column: 10, scope: !255, inlinedAt: !363)
!363 = distinct !DILocation(line: 112, column: 7, scope: !364)
!364 = distinct !DILexicalBlock(scope: !358, file: !3, line: 112, column: 7)
!365 = !DILocation(line: 44, column: 25, scope: !255, inlinedAt: !363)
!366 = !DILocation(line: 44, column: 30, scope: !255, inlinedAt: !363)
!367 = !DILocation(line: 44, column: 33, scope: !255, inlinedAt: !363)
!368 = !DILocation(line: 44, column: 60, scope: !255, inlinedAt: !363)
!369 = !DILocation(line: 44, column: 69, scope: !255, inlinedAt: !363)
!370 = !DILocation(line: 44, column: 66, scope: !255, inlinedAt: !363)
!371 = !DILocation(line: 112, column: 7, scope: !358)
!372 = !DILocation(line: 0, scope: !279, inlinedAt: !373)
!373 = distinct !DILocation(line: 112, column: 20, scope: !364)
!374 = !DILocation(line: 48, column: 3, scope: !279, inlinedAt: !373)
!375 = !DILocation(line: 48, column: 9, scope: !279, inlinedAt: !373)
!376 = !DILocation(line: 48, column: 27, scope: !279, inlinedAt: !373)
!377 = !DILocation(line: 49, column: 7, scope: !289, inlinedAt: !373)
!378 = !DILocation(line: 49, column: 7, scope: !279, inlinedAt: !373)
!379 = !DILocation(line: 50, column: 5, scope: !289, inlinedAt: !373)
!380 = !DILocation(line: 52, column: 5, scope: !289, inlinedAt: !373)
!381 = !DILocation(line: 53, column: 1, scope: !279, inlinedAt: !373)
!382 = !DILocation(line: 112, column: 20, scope: !364)
!383 = !DILocation(line: 113, column: 3, scope: !358)
!384 = distinct !DISubprogram(name: "on_switch", scope: !3, file: !3, line: 117, type: !184, scopeLine: 117, flags: DIFlagPrototyped | DIFlagAllCallsDescribed, spFlags: DISPFlagDefinition | DISPFlagOptimized, unit: !2, retainedNodes: !385)
!385 = !{!386}
!386 = !DILocalVariable(name: "context", arg: 1, scope: !384, file: !3, line: 117, type: !32)
!387 = !DILocation(line: 0, scope: !384)
!388 = !DILocation(line: 0, scope: !279, inlinedAt: !389)
!389 = distinct !DILocation(line: 118, column: 3, scope: !384)
!390 = !DILocation(line: 48, column: 3, scope: !279, inlinedAt: !389)
!391 = !DILocation(line: 48, column: 9, scope: !279, inlinedAt: !389)
!392 = !DILocation(line: 48, column: 27, scope: !279, inlinedAt: !389)
!393 = !DILocation(line: 49, column: 7, scope: !289, inlinedAt: !389)
!394 = !DILocation(line: 49, column: 7, scope: !279, inlinedAt: !389)
!395 = !DILocation(line: 50, column: 5, scope: !289, inlinedAt: !389)
!396 = !DILocation(line: 52, column: 5, scope: !289, inlinedAt: !389)
!397 = !DILocation(line: 53, column: 1, scope: !279, inlinedAt: !389)
!398 = !DILocation(line: 119, column: 3, scope: !384)
!399 = !DILocation(line: 0, scope: !50)
!400 = !DILocation(line: 134, column: 16, scope: !401)
!401 = distinct !DILexicalBlock(scope: !50, file: !3, line: 134, column: 7)
!402 = !DILocation(line: 134, column: 7, scope: !401)
!403 = !DILocation(line: 134, column: 7, scope: !50)
!404 = !DILocation(line: 135, column: 28, scope: !405)
!405 = distinct !DILexicalBlock(scope: !401, file: !3, line: 134, column: 22)
!406 = !DILocation(line: 135, column: 34, scope: !405)
!407 = !DILocation(line: 135, column: 5, scope: !405)
!408 = !DILocation(line: 0, scope: !190, inlinedAt: !409)
!409 = distinct !DILocation(line: 136, column: 5, scope: !405)
!410 = !DILocation(line: 56, column: 25, scope: !190, inlinedAt: !409)
!411 = !DILocation(line: 57, column: 8, scope: !204, inlinedAt: !409)
!412 = !DILocation(line: 57, column: 7, scope: !190, inlinedAt: !409)
!413 = !DILocation(line: 58, column: 5, scope: !207, inlinedAt: !409)
!414 = !DILocation(line: 59, column: 5, scope: !207, inlinedAt: !409)
!415 = !DILocation(line: 61, column: 15, scope: !190, inlinedAt: !409)
!416 = !DILocation(line: 62, column: 21, scope: !190, inlinedAt: !409)
!417 = !DILocation(line: 62, column: 10, scope: !190, inlinedAt: !409)
!418 = !DILocation(line: 62, column: 19, scope: !190, inlinedAt: !409)
!419 = !DILocation(line: 63, column: 3, scope: !190, inlinedAt: !409)
!420 = !DILocation(line: 64, column: 1, scope: !190, inlinedAt: !409)
!421 = !DILocation(line: 138, column: 3, scope: !50)
!422 = distinct !DISubprogram(name: "signals", scope: !3, file: !3, line: 142, type: !184, scopeLine: 142, flags: DIFlagPrototyped | DIFlagAllCallsDescribed, spFlags: DISPFlagDefinition | DISPFlagOptimized, unit: !2, retainedNodes: !423)
!423 = !{!424}
!424 = !DILocalVariable(name: "context", arg: 1, scope: !422, file: !3, line: 142, type: !32)
!425 = !DILocation(line: 0, scope: !422)
!426 = !DILocation(line: 143, column: 7, scope: !427)
!427 = distinct !DILexicalBlock(scope: !422, file: !3, line: 143, column: 7)
!428 = !DILocation(line: 143, column: 22, scope: !427)
!429 = !DILocation(line: 143, column: 7, scope: !422)
!430 = !DILocation(line: 143, column: 37, scope: !427)
!431 = !DILocation(line: 144, column: 3, scope: !422)
