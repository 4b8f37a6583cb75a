; ModuleID = 'probes.bpf.c'
source_filename = "probes.bpf.c"
target datalayout = "e-m:e-p:64:64-i64:64-i128:128-n32:64-S128"
target triple = "bpf"

%struct.anon = type { ptr, ptr, ptr, ptr }
%struct.anon.0 = type { ptr, ptr }
%struct.anon.1 = type { ptr, ptr, ptr, ptr }
%struct.anon.2 = type { ptr, ptr, ptr, ptr }

@LICENSE = dso_local global [4 x i8] c"GPL\00", section "license", align 1, !dbg !0
@burst_length = dso_local constant i64 3, align 8, !dbg !20
@resizable = dso_local global [8 x i8] zeroinitializer, section ".bss.room", align 1, !dbg !168
@percpu_counts = dso_local global %struct.anon zeroinitializer, section ".maps", align 8, !dbg !129
@dump_tasks.line = internal constant [6 x i8] c"task\0A\00", align 1, !dbg !50
@ring = dso_local global %struct.anon.0 zeroinitializer, section ".maps", align 8, !dbg !98
@wanted_process = dso_local constant i32 0, align 4, !dbg !160
@counts = dso_local global %struct.anon.1 zeroinitializer, section ".maps", align 8, !dbg !112
@percpu_slots = dso_local global %struct.anon.2 zeroinitializer, section ".maps", align 8, !dbg !146
@sequence = dso_local global i64 0, align 8, !dbg !164
@lost = dso_local global i64 0, align 8, !dbg !166
@llvm.compiler.used = appending global [18 x ptr] [ptr @LICENSE, ptr @begin, ptr @burst, ptr @counts, ptr @dump_tasks, ptr @giants, ptr @on_clock, ptr @on_function, ptr @on_function_multi, ptr @on_raw, ptr @on_switch, ptr @on_tracepoint, ptr @packet, ptr @percpu_counts, ptr @percpu_slots, ptr @resizable, ptr @ring, ptr @signals], section "llvm.metadata"

; Function Attrs: nounwind
define dso_local noundef i32 @begin(ptr nocapture readnone %0) #0 section "probe/begin" !dbg !184 {
    #dbg_value(ptr poison, !188, !DIExpression(), !189)
    #dbg_value(i64 1, !190, !DIExpression(), !201)
  %2 = tail call ptr inttoptr (i64 131 to ptr)(ptr noundef nonnull @ring, i64 noundef 16, i64 noundef 0) #2, !dbg !203
    #dbg_value(ptr %2, !195, !DIExpression(), !201)
  %3 = icmp eq ptr %2, null, !dbg !204
  br i1 %3, label %4, label %6, !dbg !206

4:                                                ; preds = %1
  %5 = atomicrmw add ptr @lost, i64 1 seq_cst, align 8, !dbg !207
  br label %9, !dbg !209

6:                                                ; preds = %1
  store i64 1, ptr %2, align 8, !dbg !210
  %7 = atomicrmw add ptr @sequence, i64 1 seq_cst, align 8, !dbg !211
  %8 = getelementptr inbounds i8, ptr %2, i64 8, !dbg !212
  store i64 %7, ptr %8, align 8, !dbg !213
  tail call void inttoptr (i64 132 to ptr)(ptr noundef nonnull %2, i64 noundef 1) #2, !dbg !214
  br label %9, !dbg !215

9:                                                ; preds = %4, %6
  ret i32 0, !dbg !216
}

; Function Attrs: nounwind
define dso_local noundef i32 @burst(ptr nocapture readnone %0) #0 section "probe/burst" !dbg !217 {
    #dbg_value(ptr poison, !219, !DIExpression(), !222)
    #dbg_value(i64 0, !220, !DIExpression(), !223)
  %2 = load volatile i64, ptr @burst_length, align 8, !dbg !224
  %3 = icmp eq i64 %2, 0, !dbg !226
  br i1 %3, label %4, label %5, !dbg !227

4:                                                ; preds = %14, %1
  store i8 1, ptr @resizable, align 1, !dbg !228
  ret i32 0, !dbg !229

5:                                                ; preds = %1, %14
  %6 = phi i64 [ %15, %14 ], [ 0, %1 ]
    #dbg_value(i64 %6, !220, !DIExpression(), !223)
    #dbg_value(i64 2, !190, !DIExpression(), !230)
  %7 = tail call ptr inttoptr (i64 131 to ptr)(ptr noundef nonnull @ring, i64 noundef 16, i64 noundef 0) #2, !dbg !232
    #dbg_value(ptr %7, !195, !DIExpression(), !230)
  %8 = icmp eq ptr %7, null, !dbg !233
  br i1 %8, label %9, label %11, !dbg !234

9:                                                ; preds = %5
  %10 = atomicrmw add ptr @lost, i64 1 seq_cst, align 8, !dbg !235
  br label %14, !dbg !236

11:                                               ; preds = %5
  store i64 2, ptr %7, align 8, !dbg !237
  %12 = atomicrmw add ptr @sequence, i64 1 seq_cst, align 8, !dbg !238
  %13 = getelementptr inbounds i8, ptr %7, i64 8, !dbg !239
  store i64 %12, ptr %13, align 8, !dbg !240
  tail call void inttoptr (i64 132 to ptr)(ptr noundef nonnull %7, i64 noundef 1) #2, !dbg !241
  br label %14, !dbg !242

14:                                               ; preds = %9, %11
  %15 = add nuw nsw i64 %6, 1, !dbg !243
    #dbg_value(i64 %15, !220, !DIExpression(), !223)
  %16 = load volatile i64, ptr @burst_length, align 8, !dbg !224
  %17 = icmp ult i64 %15, %16, !dbg !226
  %18 = icmp ult i64 %6, 99999, !dbg !244
  %19 = and i1 %18, %17, !dbg !244
  br i1 %19, label %5, label %4, !dbg !227, !llvm.loop !245
}

; Function Attrs: mustprogress nocallback nofree nosync nounwind willreturn memory(argmem: readwrite)
declare void @llvm.lifetime.start.p0(i64 immarg, ptr nocapture) #1

; Function Attrs: mustprogress nocallback nofree nosync nounwind willreturn memory(argmem: readwrite)
declare void @llvm.lifetime.end.p0(i64 immarg, ptr nocapture) #1

; Function Attrs: nounwind
define dso_local noundef i32 @on_tracepoint(ptr noundef %0) #0 section "probe/on_tracepoint" !dbg !248 {
  %2 = alloca i64, align 8
  %3 = alloca i64, align 8
  %4 = alloca i32, align 4
  %5 = alloca i32, align 4
    #dbg_value(ptr %0, !250, !DIExpression(), !254)
  %6 = load volatile i32, ptr @wanted_process, align 4, !dbg !255
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
    #dbg_value(i32 7, !251, !DIExpression(), !254)
  store i32 7, ptr %4, align 4, !dbg !268
  call void @llvm.lifetime.start.p0(i64 4, ptr nonnull %5) #2, !dbg !267
    #dbg_value(i32 1, !252, !DIExpression(), !254)
  store i32 1, ptr %5, align 4, !dbg !269
    #dbg_value(ptr %4, !251, !DIExpression(DW_OP_deref), !254)
  %15 = call ptr inttoptr (i64 1 to ptr)(ptr noundef nonnull @percpu_counts, ptr noundef nonnull %4) #2, !dbg !270
    #dbg_value(ptr %15, !253, !DIExpression(), !254)
  %16 = icmp eq ptr %15, null, !dbg !271
  br i1 %16, label %20, label %17, !dbg !273

17:                                               ; preds = %14
  %18 = load i32, ptr %15, align 4, !dbg !274
  %19 = add i32 %18, 1, !dbg !274
  store i32 %19, ptr %15, align 4, !dbg !274
  br label %22, !dbg !275

20:                                               ; preds = %14
    #dbg_value(ptr %4, !251, !DIExpression(DW_OP_deref), !254)
    #dbg_value(ptr %5, !252, !DIExpression(DW_OP_deref), !254)
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
    #dbg_value(i64 3, !190, !DIExpression(), !294)
  %31 = call ptr inttoptr (i64 131 to ptr)(ptr noundef nonnull @ring, i64 noundef 16, i64 noundef 0) #2, !dbg !296
    #dbg_value(ptr %31, !195, !DIExpression(), !294)
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
    #dbg_value(i64 4, !190, !DIExpression(), !312)
  %2 = tail call ptr inttoptr (i64 131 to ptr)(ptr noundef nonnull @ring, i64 noundef 16, i64 noundef 0) #2, !dbg !314
    #dbg_value(ptr %2, !195, !DIExpression(), !312)
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
define dso_local noundef i32 @dump_tasks(ptr nocapture noundef readonly %0) #0 section "probe/dump_tasks" !dbg !52 {
    #dbg_value(ptr %0, !65, !DIExpression(), !399)
  %2 = getelementptr inbounds i8, ptr %0, i64 8, !dbg !400
  %3 = load ptr, ptr %2, align 8, !dbg !400
  %4 = icmp eq ptr %3, null, !dbg !402
  br i1 %4, label %16, label %5, !dbg !403

5:                                                ; preds = %1
  %6 = load ptr, ptr %0, align 8, !dbg !404
  %7 = load ptr, ptr %6, align 8, !dbg !406
  %8 = tail call i64 inttoptr (i64 127 to ptr)(ptr noundef %7, ptr noundef nonnull @dump_tasks.line, i32 noundef 5) #2, !dbg !407
    #dbg_value(i64 5, !190, !DIExpression(), !408)
  %9 = tail call ptr inttoptr (i64 131 to ptr)(ptr noundef nonnull @ring, i64 noundef 16, i64 noundef 0) #2, !dbg !410
    #dbg_value(ptr %9, !195, !DIExpression(), !408)
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
define dso_local noundef i32 @giants(ptr nocapture readnone %0) #0 section "probe/giants" !dbg !422 {
    #dbg_value(ptr poison, !424, !DIExpression(), !427)
  %2 = tail call ptr inttoptr (i64 131 to ptr)(ptr noundef nonnull @ring, i64 noundef 307200, i64 noundef 0) #2, !dbg !428
    #dbg_value(ptr %2, !425, !DIExpression(), !427)
  %3 = icmp eq ptr %2, null, !dbg !429
  br i1 %3, label %5, label %4, !dbg !431

4:                                                ; preds = %1
  store i64 6, ptr %2, align 8, !dbg !432
  tail call void inttoptr (i64 132 to ptr)(ptr noundef nonnull %2, i64 noundef 1) #2, !dbg !434
  br label %5, !dbg !435

5:                                                ; preds = %4, %1
  %6 = tail call ptr inttoptr (i64 131 to ptr)(ptr noundef nonnull @ring, i64 noundef 1048576, i64 noundef 0) #2, !dbg !436
    #dbg_value(ptr %6, !426, !DIExpression(), !427)
  %7 = icmp eq ptr %6, null, !dbg !437
  br i1 %7, label %9, label %8, !dbg !439

8:                                                ; preds = %5
  store i64 7, ptr %6, align 8, !dbg !440
  tail call void inttoptr (i64 132 to ptr)(ptr noundef nonnull %6, i64 noundef 1) #2, !dbg !442
  br label %9, !dbg !443

9:                                                ; preds = %8, %5
    #dbg_value(i64 8, !190, !DIExpression(), !444)
  %10 = tail call ptr inttoptr (i64 131 to ptr)(ptr noundef nonnull @ring, i64 noundef 16, i64 noundef 0) #2, !dbg !446
    #dbg_value(ptr %10, !195, !DIExpression(), !444)
  %11 = icmp eq ptr %10, null, !dbg !447
  br i1 %11, label %12, label %14, !dbg !448

12:                                               ; preds = %9
  %13 = atomicrmw add ptr @lost, i64 1 seq_cst, align 8, !dbg !449
  br label %17, !dbg !450

14:                                               ; preds = %9
  store i64 8, ptr %10, align 8, !dbg !451
  %15 = atomicrmw add ptr @sequence, i64 1 seq_cst, align 8, !dbg !452
  %16 = getelementptr inbounds i8, ptr %10, i64 8, !dbg !453
  store i64 %15, ptr %16, align 8, !dbg !454
  tail call void inttoptr (i64 132 to ptr)(ptr noundef nonnull %10, i64 noundef 1) #2, !dbg !455
  br label %17, !dbg !456

17:                                               ; preds = %12, %14
  ret i32 0, !dbg !457
}

; Function Attrs: nounwind
define dso_local i32 @packet(ptr nocapture noundef readonly %0) #0 section "probe/packet" !dbg !458 {
  %2 = alloca i64, align 8
  %3 = alloca i64, align 8
    #dbg_value(ptr %0, !471, !DIExpression(), !472)
  call void @llvm.lifetime.start.p0(i64 8, ptr nonnull %2)
    #dbg_value(i64 300, !278, !DIExpression(), !473)
  store i64 300, ptr %2, align 8
  call void @llvm.lifetime.start.p0(i64 8, ptr nonnull %3) #2, !dbg !475
    #dbg_value(i64 1, !281, !DIExpression(), !473)
  store i64 1, ptr %3, align 8, !dbg !476
    #dbg_value(ptr %2, !278, !DIExpression(DW_OP_deref), !473)
  %4 = call ptr inttoptr (i64 1 to ptr)(ptr noundef nonnull @counts, ptr noundef nonnull %2) #2, !dbg !477
    #dbg_value(ptr %4, !282, !DIExpression(), !473)
  %5 = icmp eq ptr %4, null, !dbg !478
  br i1 %5, label %8, label %6, !dbg !479

6:                                                ; preds = %1
  %7 = atomicrmw add ptr %4, i64 1 seq_cst, align 8, !dbg !480
  br label %10, !dbg !480

8:                                                ; preds = %1
    #dbg_value(ptr %2, !278, !DIExpression(DW_OP_deref), !473)
    #dbg_value(ptr %3, !281, !DIExpression(DW_OP_deref), !473)
  %9 = call i64 inttoptr (i64 2 to ptr)(ptr noundef nonnull @counts, ptr noundef nonnull %2, ptr noundef nonnull %3, i64 noundef 0) #2, !dbg !481
  br label %10

10:                                               ; preds = %6, %8
  call void @llvm.lifetime.end.p0(i64 8, ptr nonnull %3) #2, !dbg !482
  call void @llvm.lifetime.end.p0(i64 8, ptr nonnull %2), !dbg !482
  %11 = getelementptr inbounds i8, ptr %0, i64 4, !dbg !483
  %12 = load i32, ptr %11, align 4, !dbg !483
  %13 = load i32, ptr %0, align 4, !dbg !484
  %14 = sub i32 %12, %13, !dbg !485
  ret i32 %14, !dbg !486
}

; Function Attrs: nounwind
define dso_local noundef i32 @signals(ptr nocapture readnone %0) #0 section "probe/signals" !dbg !487 {
    #dbg_value(ptr poison, !489, !DIExpression(), !490)
  %2 = load volatile i32, ptr @wanted_process, align 4, !dbg !491
  %3 = icmp eq i32 %2, -1, !dbg !493
  br i1 %3, label %4, label %6, !dbg !494

4:                                                ; preds = %1
  %5 = tail call i64 inttoptr (i64 109 to ptr)(i32 noundef 9) #2, !dbg !495
  br label %6, !dbg !495

6:                                                ; preds = %4, %1
  ret i32 0, !dbg !496
}

attributes #0 = { nounwind "frame-pointer"="all" "no-trapping-math"="true" "stack-protector-buffer-size"="8" "target-cpu"="v3" }
attributes #1 = { mustprogress nocallback nofree nosync nounwind willreturn memory(argmem: readwrite) }
attributes #2 = { nounwind }

!llvm.dbg.cu = !{!2}
!llvm.module.flags = !{!180, !181, !182, !183}

!0 = !DIGlobalVariableExpression(var: !1, expr: !DIExpression())
!1 = distinct !DIGlobalVariable(name: "LICENSE", scope: !2, file: !3, line: 6, type: !179, isLocal: false, isDefinition: true)
!2 = distinct !DICompileUnit(language: DW_LANG_C11, file: !3, isOptimized: true, runtimeVersion: 0, emissionKind: FullDebug, enums: !4, retainedTypes: !17, globals: !19, splitDebugInlining: false, nameTableKind: None)
!3 = !DIFile(filename: "probes.bpf.c", directory: ".", source: "// probes.bpf.c: one program for each kind of attachment that the loader's tests use. generate.sh makes probes.ll of it.\0A#include <linux/bpf.h>\0A#include <bpf/bpf_helpers.h>\0A#include <linux/types.h>\0A\0Achar LICENSE[] SEC(\22license\22) = \22GPL\22;\0A\0Astruct event {\0A  __u64 site, sequence;\0A};\0A\0Astruct {\0A  __uint(type, BPF_MAP_TYPE_RINGBUF);\0A  __uint(max_entries, 1 << 20);\0A} ring SEC(\22.maps\22);\0A\0Astruct {\0A  __uint(type, BPF_MAP_TYPE_HASH);\0A  __uint(max_entries, 10240);\0A  __type(key, __u64);\0A  __type(value, __u64);\0A} counts SEC(\22.maps\22);\0A\0Astruct {\0A  __uint(type, BPF_MAP_TYPE_PERCPU_HASH);\0A  __uint(max_entries, 1024);\0A  __type(key, __u32);\0A  __type(value, __u32); // smaller than 8: the kernel pads each cpu's part\0A} percpu_counts SEC(\22.maps\22);\0A\0Astruct {\0A  __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);\0A  __uint(max_entries, 4);\0A  __type(key, __u32);\0A  __type(value, __u64);\0A} percpu_slots SEC(\22.maps\22);\0A\0Aconst volatile __u32 wanted_process; // 0: every process\0Aconst volatile __u64 burst_length = 3;\0A__u64 sequence, lost;\0Achar resizable[8] SEC(\22.bss.room\22);\0A\0Astatic __always_inline int is_wanted(void) {\0A  return wanted_process == 0 || bpf_get_current_pid_tgid() >> 32 == wanted_process;\0A}\0A\0Astatic __always_inline void count(__u64 key) {\0A  __u64 one = 1, *value = bpf_map_lookup_elem(&counts, &key);\0A  if (value)\0A    __sync_fetch_and_add(value, 1);\0A  else\0A    bpf_map_update_elem(&counts, &key, &one, BPF_ANY);\0A}\0A\0Astatic __always_inline void emit(__u64 site) {\0A  struct event *event = bpf_ringbuf_reserve(&ring, sizeof *event, 0);\0A  if (!event) {\0A    __sync_fetch_and_add(&lost, 1);\0A    return;\0A  }\0A  event->site = site;\0A  event->sequence = __sync_fetch_and_add(&sequence, 1);\0A  bpf_ringbuf_submit(event, BPF_RB_NO_WAKEUP);\0A}\0A\0ASEC(\22probe/begin\22)\0Aint begin(void *context) {\0A  emit(1);\0A  return 0;\0A}\0A\0ASEC(\22probe/burst\22)\0Aint burst(void *context) {\0A  for (__u64 i = 0; i < burst_length && i < 100000; i++) emit(2);\0A  resizable[0] = 1;\0A  return 0;\0A}\0A\0ASEC(\22probe/on_tracepoint\22)\0Aint on_tracepoint(void *context) {\0A  if (!is_wanted()) return 0;\0A  __u32 key = 7, first = 1, *value = bpf_map_lookup_elem(&percpu_counts, &key);\0A  if (value)\0A    *value += 1;\0A  else\0A    bpf_map_update_elem(&percpu_counts, &key, &first, BPF_ANY);\0A  count(bpf_get_attach_cookie(context));\0A  emit(3);\0A  return 0;\0A}\0A\0ASEC(\22probe/on_clock\22)\0Aint on_clock(void *context) {\0A  emit(4);\0A  return 0;\0A}\0A\0ASEC(\22probe/on_function\22)\0Aint on_function(void *context) {\0A  count(bpf_get_attach_cookie(context));\0A  return 0;\0A}\0A\0ASEC(\22probe/on_function_multi\22)\0Aint on_function_multi(void *context) {\0A  count(bpf_get_attach_cookie(context));\0A  return 0;\0A}\0A\0ASEC(\22probe/on_raw\22)\0Aint on_raw(void *context) {\0A  if (is_wanted()) count(100);\0A  return 0;\0A}\0A\0ASEC(\22probe/on_switch\22)\0Aint on_switch(void *context) {\0A  count(200);\0A  return 0;\0A}\0A\0Astruct bpf_iter_meta {\0A  void *seq;\0A};\0A\0Astruct task_iterator_context {\0A  struct bpf_iter_meta *meta;\0A  void *task;\0A};\0A\0ASEC(\22probe/dump_tasks\22)\0Aint dump_tasks(struct task_iterator_context *context) {\0A  static const char line[] = \22task\5Cn\22;\0A  if (context->task) {\0A    bpf_seq_write(context->meta->seq, line, sizeof line - 1);\0A    emit(5);\0A  }\0A  return 0;\0A}\0A\0A// A record longer than a common frame, one longer than any frame, and a small one after them.\0ASEC(\22probe/giants\22)\0Aint giants(void *context) {\0A  struct event *large = bpf_ringbuf_reserve(&ring, 300 << 10, 0);\0A  if (large) {\0A    large->site = 6;\0A    bpf_ringbuf_submit(large, BPF_RB_NO_WAKEUP);\0A  }\0A  struct event *giant = bpf_ringbuf_reserve(&ring, 1 << 20, 0);\0A  if (giant) {\0A    giant->site = 7;\0A    bpf_ringbuf_submit(giant, BPF_RB_NO_WAKEUP);\0A  }\0A  emit(8);\0A  return 0;\0A}\0A\0ASEC(\22probe/packet\22)\0Aint packet(struct xdp_md *context) {\0A  count(300);\0A  return (int)(context->data_end - context->data);\0A}\0A\0ASEC(\22probe/signals\22)\0Aint signals(void *context) {\0A  if (wanted_process == 0xffffffff) bpf_send_signal(9);\0A  return 0;\0A}\0A")
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
!17 = !{!18}
!18 = !DIBasicType(name: "int", size: 32, encoding: DW_ATE_signed)
!19 = !{!0, !20, !27, !37, !44, !50, !71, !80, !86, !92, !98, !112, !129, !146, !160, !164, !166, !168, !173}
!20 = !DIGlobalVariableExpression(var: !21, expr: !DIExpression())
!21 = distinct !DIGlobalVariable(name: "burst_length", scope: !2, file: !3, line: 39, type: !22, isLocal: false, isDefinition: true)
!22 = !DIDerivedType(tag: DW_TAG_const_type, baseType: !23)
!23 = !DIDerivedType(tag: DW_TAG_volatile_type, baseType: !24)
!24 = !DIDerivedType(tag: DW_TAG_typedef, name: "__u64", file: !25, line: 31, baseType: !26)
!25 = !DIFile(filename: "asm-generic/int-ll64.h", directory: "", checksumkind: CSK_MD5, checksum: "b810f270733e106319b67ef512c6246e")
!26 = !DIBasicType(name: "unsigned long long", size: 64, encoding: DW_ATE_unsigned)
!27 = !DIGlobalVariableExpression(var: !28, expr: !DIExpression())
!28 = distinct !DIGlobalVariable(name: "bpf_map_lookup_elem", scope: !2, file: !29, line: 56, type: !30, isLocal: true, isDefinition: true)
!29 = !DIFile(filename: "bpf/bpf_helper_defs.h", directory: ".", checksumkind: CSK_MD5, checksum: "65e4dc8e3121f91a5c2c9eb8563c5692")
!30 = !DIDerivedType(tag: DW_TAG_const_type, baseType: !31)
!31 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: !32, size: 64)
!32 = !DISubroutineType(types: !33)
!33 = !{!34, !34, !35}
!34 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: null, size: 64)
!35 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: !36, size: 64)
!36 = !DIDerivedType(tag: DW_TAG_const_type, baseType: null)
!37 = !DIGlobalVariableExpression(var: !38, expr: !DIExpression())
!38 = distinct !DIGlobalVariable(name: "bpf_map_update_elem", scope: !2, file: !29, line: 78, type: !39, isLocal: true, isDefinition: true)
!39 = !DIDerivedType(tag: DW_TAG_const_type, baseType: !40)
!40 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: !41, size: 64)
!41 = !DISubroutineType(types: !42)
!42 = !{!43, !34, !35, !35, !24}
!43 = !DIBasicType(name: "long", size: 64, encoding: DW_ATE_signed)
!44 = !DIGlobalVariableExpression(var: !45, expr: !DIExpression())
!45 = distinct !DIGlobalVariable(name: "bpf_get_attach_cookie", scope: !2, file: !29, line: 4105, type: !46, isLocal: true, isDefinition: true)
!46 = !DIDerivedType(tag: DW_TAG_const_type, baseType: !47)
!47 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: !48, size: 64)
!48 = !DISubroutineType(types: !49)
!49 = !{!24, !34}
!50 = !DIGlobalVariableExpression(var: !51, expr: !DIExpression())
!51 = distinct !DIGlobalVariable(name: "line", scope: !52, file: !3, line: 133, type: !66, isLocal: true, isDefinition: true)
!52 = distinct !DISubprogram(name: "dump_tasks", scope: !3, file: !3, line: 132, type: !53, scopeLine: 132, flags: DIFlagPrototyped | DIFlagAllCallsDescribed, spFlags: DISPFlagDefinition | DISPFlagOptimized, unit: !2, retainedNodes: !64)
!53 = !DISubroutineType(types: !54)
!54 = !{!18, !55}
!55 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: !56, size: 64)
!56 = distinct !DICompositeType(tag: DW_TAG_structure_type, name: "task_iterator_context", file: !3, line: 126, size: 128, elements: !57)
!57 = !{!58, !63}
!58 = !DIDerivedType(tag: DW_TAG_member, name: "meta", scope: !56, file: !3, line: 127, baseType: !59, size: 64)
!59 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: !60, size: 64)
!60 = distinct !DICompositeType(tag: DW_TAG_structure_type, name: "bpf_iter_meta", file: !3, line: 122, size: 64, elements: !61)
!61 = !{!62}
!62 = !DIDerivedType(tag: DW_TAG_member, name: "seq", scope: !60, file: !3, line: 123, baseType: !34, size: 64)
!63 = !DIDerivedType(tag: DW_TAG_member, name: "task", scope: !56, file: !3, line: 128, baseType: !34, size: 64, offset: 64)
!64 = !{!65}
!65 = !DILocalVariable(name: "context", arg: 1, scope: !52, file: !3, line: 132, type: !55)
!66 = !DICompositeType(tag: DW_TAG_array_type, baseType: !67, size: 48, elements: !69)
!67 = !DIDerivedType(tag: DW_TAG_const_type, baseType: !68)
!68 = !DIBasicType(name: "char", size: 8, encoding: DW_ATE_signed_char)
!69 = !{!70}
!70 = !DISubrange(count: 6)
!71 = !DIGlobalVariableExpression(var: !72, expr: !DIExpression())
!72 = distinct !DIGlobalVariable(name: "bpf_seq_write", scope: !2, file: !29, line: 3103, type: !73, isLocal: true, isDefinition: true)
!73 = !DIDerivedType(tag: DW_TAG_const_type, baseType: !74)
!74 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: !75, size: 64)
!75 = !DISubroutineType(types: !76)
!76 = !{!43, !77, !35, !79}
!77 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: !78, size: 64)
!78 = !DICompositeType(tag: DW_TAG_structure_type, name: "seq_file", file: !29, line: 24, flags: DIFlagFwdDecl)
!79 = !DIDerivedType(tag: DW_TAG_typedef, name: "__u32", file: !25, line: 27, baseType: !7)
!80 = !DIGlobalVariableExpression(var: !81, expr: !DIExpression())
!81 = distinct !DIGlobalVariable(name: "bpf_ringbuf_reserve", scope: !2, file: !29, line: 3176, type: !82, isLocal: true, isDefinition: true)
!82 = !DIDerivedType(tag: DW_TAG_const_type, baseType: !83)
!83 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: !84, size: 64)
!84 = !DISubroutineType(types: !85)
!85 = !{!34, !34, !24, !24}
!86 = !DIGlobalVariableExpression(var: !87, expr: !DIExpression())
!87 = distinct !DIGlobalVariable(name: "bpf_ringbuf_submit", scope: !2, file: !29, line: 3194, type: !88, isLocal: true, isDefinition: true)
!88 = !DIDerivedType(tag: DW_TAG_const_type, baseType: !89)
!89 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: !90, size: 64)
!90 = !DISubroutineType(types: !91)
!91 = !{null, !34, !24}
!92 = !DIGlobalVariableExpression(var: !93, expr: !DIExpression())
!93 = distinct !DIGlobalVariable(name: "bpf_send_signal", scope: !2, file: !29, line: 2726, type: !94, isLocal: true, isDefinition: true)
!94 = !DIDerivedType(tag: DW_TAG_const_type, baseType: !95)
!95 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: !96, size: 64)
!96 = !DISubroutineType(types: !97)
!97 = !{!43, !79}
!98 = !DIGlobalVariableExpression(var: !99, expr: !DIExpression())
!99 = distinct !DIGlobalVariable(name: "ring", scope: !2, file: !3, line: 15, type: !100, isLocal: false, isDefinition: true)
!100 = distinct !DICompositeType(tag: DW_TAG_structure_type, file: !3, line: 12, size: 128, elements: !101)
!101 = !{!102, !107}
!102 = !DIDerivedType(tag: DW_TAG_member, name: "type", scope: !100, file: !3, line: 13, baseType: !103, size: 64)
!103 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: !104, size: 64)
!104 = !DICompositeType(tag: DW_TAG_array_type, baseType: !18, size: 864, elements: !105)
!105 = !{!106}
!106 = !DISubrange(count: 27)
!107 = !DIDerivedType(tag: DW_TAG_member, name: "max_entries", scope: !100, file: !3, line: 14, baseType: !108, size: 64, offset: 64)
!108 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: !109, size: 64)
!109 = !DICompositeType(tag: DW_TAG_array_type, baseType: !18, size: 33554432, elements: !110)
!110 = !{!111}
!111 = !DISubrange(count: 1048576)
!112 = !DIGlobalVariableExpression(var: !113, expr: !DIExpression())
!113 = distinct !DIGlobalVariable(name: "counts", scope: !2, file: !3, line: 22, type: !114, isLocal: false, isDefinition: true)
!114 = distinct !DICompositeType(tag: DW_TAG_structure_type, file: !3, line: 17, size: 256, elements: !115)
!115 = !{!116, !121, !126, !128}
!116 = !DIDerivedType(tag: DW_TAG_member, name: "type", scope: !114, file: !3, line: 18, baseType: !117, size: 64)
!117 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: !118, size: 64)
!118 = !DICompositeType(tag: DW_TAG_array_type, baseType: !18, size: 32, elements: !119)
!119 = !{!120}
!120 = !DISubrange(count: 1)
!121 = !DIDerivedType(tag: DW_TAG_member, name: "max_entries", scope: !114, file: !3, line: 19, baseType: !122, size: 64, offset: 64)
!122 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: !123, size: 64)
!123 = !DICompositeType(tag: DW_TAG_array_type, baseType: !18, size: 327680, elements: !124)
!124 = !{!125}
!125 = !DISubrange(count: 10240)
!126 = !DIDerivedType(tag: DW_TAG_member, name: "key", scope: !114, file: !3, line: 20, baseType: !127, size: 64, offset: 128)
!127 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: !24, size: 64)
!128 = !DIDerivedType(tag: DW_TAG_member, name: "value", scope: !114, file: !3, line: 21, baseType: !127, size: 64, offset: 192)
!129 = !DIGlobalVariableExpression(var: !130, expr: !DIExpression())
!130 = distinct !DIGlobalVariable(name: "percpu_counts", scope: !2, file: !3, line: 29, type: !131, isLocal: false, isDefinition: true)
!131 = distinct !DICompositeType(tag: DW_TAG_structure_type, file: !3, line: 24, size: 256, elements: !132)
!132 = !{!133, !138, !143, !145}
!133 = !DIDerivedType(tag: DW_TAG_member, name: "type", scope: !131, file: !3, line: 25, baseType: !134, size: 64)
!134 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: !135, size: 64)
!135 = !DICompositeType(tag: DW_TAG_array_type, baseType: !18, size: 160, elements: !136)
!136 = !{!137}
!137 = !DISubrange(count: 5)
!138 = !DIDerivedType(tag: DW_TAG_member, name: "max_entries", scope: !131, file: !3, line: 26, baseType: !139, size: 64, offset: 64)
!139 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: !140, size: 64)
!140 = !DICompositeType(tag: DW_TAG_array_type, baseType: !18, size: 32768, elements: !141)
!141 = !{!142}
!142 = !DISubrange(count: 1024)
!143 = !DIDerivedType(tag: DW_TAG_member, name: "key", scope: !131, file: !3, line: 27, baseType: !144, size: 64, offset: 128)
!144 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: !79, size: 64)
!145 = !DIDerivedType(tag: DW_TAG_member, name: "value", scope: !131, file: !3, line: 28, baseType: !144, size: 64, offset: 192)
!146 = !DIGlobalVariableExpression(var: !147, expr: !DIExpression())
!147 = distinct !DIGlobalVariable(name: "percpu_slots", scope: !2, file: !3, line: 36, type: !148, isLocal: false, isDefinition: true)
!148 = distinct !DICompositeType(tag: DW_TAG_structure_type, file: !3, line: 31, size: 256, elements: !149)
!149 = !{!150, !153, !158, !159}
!150 = !DIDerivedType(tag: DW_TAG_member, name: "type", scope: !148, file: !3, line: 32, baseType: !151, size: 64)
!151 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: !152, size: 64)
!152 = !DICompositeType(tag: DW_TAG_array_type, baseType: !18, size: 192, elements: !69)
!153 = !DIDerivedType(tag: DW_TAG_member, name: "max_entries", scope: !148, file: !3, line: 33, baseType: !154, size: 64, offset: 64)
!154 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: !155, size: 64)
!155 = !DICompositeType(tag: DW_TAG_array_type, baseType: !18, size: 128, elements: !156)
!156 = !{!157}
!157 = !DISubrange(count: 4)
!158 = !DIDerivedType(tag: DW_TAG_member, name: "key", scope: !148, file: !3, line: 34, baseType: !144, size: 64, offset: 128)
!159 = !DIDerivedType(tag: DW_TAG_member, name: "value", scope: !148, file: !3, line: 35, baseType: !127, size: 64, offset: 192)
!160 = !DIGlobalVariableExpression(var: !161, expr: !DIExpression())
!161 = distinct !DIGlobalVariable(name: "wanted_process", scope: !2, file: !3, line: 38, type: !162, isLocal: false, isDefinition: true)
!162 = !DIDerivedType(tag: DW_TAG_const_type, baseType: !163)
!163 = !DIDerivedType(tag: DW_TAG_volatile_type, baseType: !79)
!164 = !DIGlobalVariableExpression(var: !165, expr: !DIExpression())
!165 = distinct !DIGlobalVariable(name: "sequence", scope: !2, file: !3, line: 40, type: !24, isLocal: false, isDefinition: true)
!166 = !DIGlobalVariableExpression(var: !167, expr: !DIExpression())
!167 = distinct !DIGlobalVariable(name: "lost", scope: !2, file: !3, line: 40, type: !24, isLocal: false, isDefinition: true)
!168 = !DIGlobalVariableExpression(var: !169, expr: !DIExpression())
!169 = distinct !DIGlobalVariable(name: "resizable", scope: !2, file: !3, line: 41, type: !170, isLocal: false, isDefinition: true)
!170 = !DICompositeType(tag: DW_TAG_array_type, baseType: !68, size: 64, elements: !171)
!171 = !{!172}
!172 = !DISubrange(count: 8)
!173 = !DIGlobalVariableExpression(var: !174, expr: !DIExpression())
!174 = distinct !DIGlobalVariable(name: "bpf_get_current_pid_tgid", scope: !2, file: !29, line: 370, type: !175, isLocal: true, isDefinition: true)
!175 = !DIDerivedType(tag: DW_TAG_const_type, baseType: !176)
!176 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: !177, size: 64)
!177 = !DISubroutineType(types: !178)
!178 = !{!24}
!179 = !DICompositeType(tag: DW_TAG_array_type, baseType: !68, size: 32, elements: !156)
!180 = !{i32 7, !"Dwarf Version", i32 5}
!181 = !{i32 2, !"Debug Info Version", i32 3}
!182 = !{i32 1, !"wchar_size", i32 4}
!183 = !{i32 7, !"frame-pointer", i32 2}
!184 = distinct !DISubprogram(name: "begin", scope: !3, file: !3, line: 67, type: !185, scopeLine: 67, flags: DIFlagPrototyped | DIFlagAllCallsDescribed, spFlags: DISPFlagDefinition | DISPFlagOptimized, unit: !2, retainedNodes: !187)
!185 = !DISubroutineType(types: !186)
!186 = !{!18, !34}
!187 = !{!188}
!188 = !DILocalVariable(name: "context", arg: 1, scope: !184, file: !3, line: 67, type: !34)
!189 = !DILocation(line: 0, scope: !184)
!190 = !DILocalVariable(name: "site", arg: 1, scope: !191, file: !3, line: 55, type: !24)
!191 = distinct !DISubprogram(name: "emit", scope: !3, file: !3, line: 55, type: !192, scopeLine: 55, flags: DIFlagPrototyped | DIFlagAllCallsDescribed, spFlags: DISPFlagLocalToUnit | DISPFlagDefinition | DISPFlagOptimized, unit: !2, retainedNodes: !194)
!192 = !DISubroutineType(types: !193)
!193 = !{null, !24}
!194 = !{!190, !195}
!195 = !DILocalVariable(name: "event", scope: !191, file: !3, line: 56, type: !196)
!196 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: !197, size: 64)
!197 = distinct !DICompositeType(tag: DW_TAG_structure_type, name: "event", file: !3, line: 8, size: 128, elements: !198)
!198 = !{!199, !200}
!199 = !DIDerivedType(tag: DW_TAG_member, name: "site", scope: !197, file: !3, line: 9, baseType: !24, size: 64)
!200 = !DIDerivedType(tag: DW_TAG_member, name: "sequence", scope: !197, file: !3, line: 9, baseType: !24, size: 64, offset: 64)
!201 = !DILocation(line: 0, scope: !191, inlinedAt: !202)
!202 = distinct !DILocation(line: 68, column: 3, scope: !184)
!203 = !DILocation(line: 56, column: 25, scope: !191, inlinedAt: !202)
!204 = !DILocation(line: 57, column: 8, scope: !205, inlinedAt: !202)
!205 = distinct !DILexicalBlock(scope: !191, file: !3, line: 57, column: 7)
!206 = !DILocation(line: 57, column: 7, scope: !191, inlinedAt: !202)
!207 = !DILocation(line: 58, column: 5, scope: !208, inlinedAt: !202)
!208 = distinct !DILexicalBlock(scope: !205, file: !3, line: 57, column: 15)
!209 = !DILocation(line: 59, column: 5, scope: !208, inlinedAt: !202)
!210 = !DILocation(line: 61, column: 15, scope: !191, inlinedAt: !202)
!211 = !DILocation(line: 62, column: 21, scope: !191, inlinedAt: !202)
!212 = !DILocation(line: 62, column: 10, scope: !191, inlinedAt: !202)
!213 = !DILocation(line: 62, column: 19, scope: !191, inlinedAt: !202)
!214 = !DILocation(line: 63, column: 3, scope: !191, inlinedAt: !202)
!215 = !DILocation(line: 64, column: 1, scope: !191, inlinedAt: !202)
!216 = !DILocation(line: 69, column: 3, scope: !184)
!217 = distinct !DISubprogram(name: "burst", scope: !3, file: !3, line: 73, type: !185, scopeLine: 73, flags: DIFlagPrototyped | DIFlagAllCallsDescribed, spFlags: DISPFlagDefinition | DISPFlagOptimized, unit: !2, retainedNodes: !218)
!218 = !{!219, !220}
!219 = !DILocalVariable(name: "context", arg: 1, scope: !217, file: !3, line: 73, type: !34)
!220 = !DILocalVariable(name: "i", scope: !221, file: !3, line: 74, type: !24)
!221 = distinct !DILexicalBlock(scope: !217, file: !3, line: 74, column: 3)
!222 = !DILocation(line: 0, scope: !217)
!223 = !DILocation(line: 0, scope: !221)
!224 = !DILocation(line: 74, column: 25, scope: !225)
!225 = distinct !DILexicalBlock(scope: !221, file: !3, line: 74, column: 3)
!226 = !DILocation(line: 74, column: 23, scope: !225)
!227 = !DILocation(line: 74, column: 3, scope: !221)
!228 = !DILocation(line: 75, column: 16, scope: !217)
!229 = !DILocation(line: 76, column: 3, scope: !217)
!230 = !DILocation(line: 0, scope: !191, inlinedAt: !231)
!231 = distinct !DILocation(line: 74, column: 58, scope: !225)
!232 = !DILocation(line: 56, column: 25, scope: !191, inlinedAt: !231)
!233 = !DILocation(line: 57, column: 8, scope: !205, inlinedAt: !231)
!234 = !DILocation(line: 57, column: 7, scope: !191, inlinedAt: !231)
!235 = !DILocation(line: 58, column: 5, scope: !208, inlinedAt: !231)
!236 = !DILocation(line: 59, column: 5, scope: !208, inlinedAt: !231)
!237 = !DILocation(line: 61, column: 15, scope: !191, inlinedAt: !231)
!238 = !DILocation(line: 62, column: 21, scope: !191, inlinedAt: !231)
!239 = !DILocation(line: 62, column: 10, scope: !191, inlinedAt: !231)
!240 = !DILocation(line: 62, column: 19, scope: !191, inlinedAt: !231)
!241 = !DILocation(line: 63, column: 3, scope: !191, inlinedAt: !231)
!242 = !DILocation(line: 64, column: 1, scope: !191, inlinedAt: !231)
!243 = !DILocation(line: 74, column: 54, scope: !225)
!244 = !DILocation(line: 74, column: 38, scope: !225)
!245 = distinct !{!245, !227, !246, !247}
!246 = !DILocation(line: 74, column: 64, scope: !221)
!247 = !{!"llvm.loop.mustprogress"}
!248 = distinct !DISubprogram(name: "on_tracepoint", scope: !3, file: !3, line: 80, type: !185, scopeLine: 80, flags: DIFlagPrototyped | DIFlagAllCallsDescribed, spFlags: DISPFlagDefinition | DISPFlagOptimized, unit: !2, retainedNodes: !249)
!249 = !{!250, !251, !252, !253}
!250 = !DILocalVariable(name: "context", arg: 1, scope: !248, file: !3, line: 80, type: !34)
!251 = !DILocalVariable(name: "key", scope: !248, file: !3, line: 82, type: !79)
!252 = !DILocalVariable(name: "first", scope: !248, file: !3, line: 82, type: !79)
!253 = !DILocalVariable(name: "value", scope: !248, file: !3, line: 82, type: !144)
!254 = !DILocation(line: 0, scope: !248)
!255 = !DILocation(line: 44, column: 10, scope: !256, inlinedAt: !258)
!256 = distinct !DISubprogram(name: "is_wanted", scope: !3, file: !3, line: 43, type: !257, scopeLine: 43, flags: DIFlagPrototyped | DIFlagAllCallsDescribed, spFlags: DISPFlagLocalToUnit | DISPFlagDefinition | DISPFlagOptimized, unit: !2)
!257 = !DISubroutineType(types: !17)
!258 = distinct !DILocation(line: 81, column: 8, scope: !259)
!259 = distinct !DILexicalBlock(scope: !248, file: !3, line: 81, column: 7)
!260 = !DILocation(line: 44, column: 25, scope: !256, inlinedAt: !258)
!261 = !DILocation(line: 44, column: 30, scope: !256, inlinedAt: !258)
!262 = !DILocation(line: 44, column: 33, scope: !256, inlinedAt: !258)
!263 = !DILocation(line: 44, column: 60, scope: !256, inlinedAt: !258)
!264 = !DILocation(line: 44, column: 69, scope: !256, inlinedAt: !258)
!265 = !DILocation(line: 44, column: 66, scope: !256, inlinedAt: !258)
!266 = !DILocation(line: 81, column: 7, scope: !248)
!267 = !DILocation(line: 82, column: 3, scope: !248)
!268 = !DILocation(line: 82, column: 9, scope: !248)
!269 = !DILocation(line: 82, column: 18, scope: !248)
!270 = !DILocation(line: 82, column: 38, scope: !248)
!271 = !DILocation(line: 83, column: 7, scope: !272)
!272 = distinct !DILexicalBlock(scope: !248, file: !3, line: 83, column: 7)
!273 = !DILocation(line: 83, column: 7, scope: !248)
!274 = !DILocation(line: 84, column: 12, scope: !272)
!275 = !DILocation(line: 84, column: 5, scope: !272)
!276 = !DILocation(line: 86, column: 5, scope: !272)
!277 = !DILocation(line: 87, column: 9, scope: !248)
!278 = !DILocalVariable(name: "key", arg: 1, scope: !279, file: !3, line: 47, type: !24)
!279 = distinct !DISubprogram(name: "count", scope: !3, file: !3, line: 47, type: !192, scopeLine: 47, flags: DIFlagPrototyped | DIFlagAllCallsDescribed, spFlags: DISPFlagLocalToUnit | DISPFlagDefinition | DISPFlagOptimized, unit: !2, retainedNodes: !280)
!280 = !{!278, !281, !282}
!281 = !DILocalVariable(name: "one", scope: !279, file: !3, line: 48, type: !24)
!282 = !DILocalVariable(name: "value", scope: !279, file: !3, line: 48, type: !127)
!283 = !DILocation(line: 0, scope: !279, inlinedAt: !284)
!284 = distinct !DILocation(line: 87, column: 3, scope: !248)
!285 = !DILocation(line: 48, column: 3, scope: !279, inlinedAt: !284)
!286 = !DILocation(line: 48, column: 9, scope: !279, inlinedAt: !284)
!287 = !DILocation(line: 48, column: 27, scope: !279, inlinedAt: !284)
!288 = !DILocation(line: 49, column: 7, scope: !289, inlinedAt: !284)
!289 = distinct !DILexicalBlock(scope: !279, file: !3, line: 49, column: 7)
!290 = !DILocation(line: 49, column: 7, scope: !279, inlinedAt: !284)
!291 = !DILocation(line: 50, column: 5, scope: !289, inlinedAt: !284)
!292 = !DILocation(line: 52, column: 5, scope: !289, inlinedAt: !284)
!293 = !DILocation(line: 53, column: 1, scope: !279, inlinedAt: !284)
!294 = !DILocation(line: 0, scope: !191, inlinedAt: !295)
!295 = distinct !DILocation(line: 88, column: 3, scope: !248)
!296 = !DILocation(line: 56, column: 25, scope: !191, inlinedAt: !295)
!297 = !DILocation(line: 57, column: 8, scope: !205, inlinedAt: !295)
!298 = !DILocation(line: 57, column: 7, scope: !191, inlinedAt: !295)
!299 = !DILocation(line: 58, column: 5, scope: !208, inlinedAt: !295)
!300 = !DILocation(line: 59, column: 5, scope: !208, inlinedAt: !295)
!301 = !DILocation(line: 61, column: 15, scope: !191, inlinedAt: !295)
!302 = !DILocation(line: 62, column: 21, scope: !191, inlinedAt: !295)
!303 = !DILocation(line: 62, column: 10, scope: !191, inlinedAt: !295)
!304 = !DILocation(line: 62, column: 19, scope: !191, inlinedAt: !295)
!305 = !DILocation(line: 63, column: 3, scope: !191, inlinedAt: !295)
!306 = !DILocation(line: 64, column: 1, scope: !191, inlinedAt: !295)
!307 = !DILocation(line: 90, column: 1, scope: !248)
!308 = distinct !DISubprogram(name: "on_clock", scope: !3, file: !3, line: 93, type: !185, scopeLine: 93, flags: DIFlagPrototyped | DIFlagAllCallsDescribed, spFlags: DISPFlagDefinition | DISPFlagOptimized, unit: !2, retainedNodes: !309)
!309 = !{!310}
!310 = !DILocalVariable(name: "context", arg: 1, scope: !308, file: !3, line: 93, type: !34)
!311 = !DILocation(line: 0, scope: !308)
!312 = !DILocation(line: 0, scope: !191, inlinedAt: !313)
!313 = distinct !DILocation(line: 94, column: 3, scope: !308)
!314 = !DILocation(line: 56, column: 25, scope: !191, inlinedAt: !313)
!315 = !DILocation(line: 57, column: 8, scope: !205, inlinedAt: !313)
!316 = !DILocation(line: 57, column: 7, scope: !191, inlinedAt: !313)
!317 = !DILocation(line: 58, column: 5, scope: !208, inlinedAt: !313)
!318 = !DILocation(line: 59, column: 5, scope: !208, inlinedAt: !313)
!319 = !DILocation(line: 61, column: 15, scope: !191, inlinedAt: !313)
!320 = !DILocation(line: 62, column: 21, scope: !191, inlinedAt: !313)
!321 = !DILocation(line: 62, column: 10, scope: !191, inlinedAt: !313)
!322 = !DILocation(line: 62, column: 19, scope: !191, inlinedAt: !313)
!323 = !DILocation(line: 63, column: 3, scope: !191, inlinedAt: !313)
!324 = !DILocation(line: 64, column: 1, scope: !191, inlinedAt: !313)
!325 = !DILocation(line: 95, column: 3, scope: !308)
!326 = distinct !DISubprogram(name: "on_function", scope: !3, file: !3, line: 99, type: !185, scopeLine: 99, flags: DIFlagPrototyped | DIFlagAllCallsDescribed, spFlags: DISPFlagDefinition | DISPFlagOptimized, unit: !2, retainedNodes: !327)
!327 = !{!328}
!328 = !DILocalVariable(name: "context", arg: 1, scope: !326, file: !3, line: 99, type: !34)
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
!342 = distinct !DISubprogram(name: "on_function_multi", scope: !3, file: !3, line: 105, type: !185, scopeLine: 105, flags: DIFlagPrototyped | DIFlagAllCallsDescribed, spFlags: DISPFlagDefinition | DISPFlagOptimized, unit: !2, retainedNodes: !343)
!343 = !{!344}
!344 = !DILocalVariable(name: "context", arg: 1, scope: !342, file: !3, line: 105, type: !34)
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
!358 = distinct !DISubprogram(name: "on_raw", scope: !3, file: !3, line: 111, type: !185, scopeLine: 111, flags: DIFlagPrototyped | DIFlagAllCallsDescribed, spFlags: DISPFlagDefinition | DISPFlagOptimized, unit: !2, retainedNodes: !359)
!359 = !{!360}
!360 = !DILocalVariable(name: "context", arg: 1, scope: !358, file: !3, line: 111, type: !34)
!361 = !DILocation(line: 0, scope: !358)
!362 = !DILocation(line: 44, column: 10, scope: !256, inlinedAt: !363)
!363 = distinct !DILocation(line: 112, column: 7, scope: !364)
!364 = distinct !DILexicalBlock(scope: !358, file: !3, line: 112, column: 7)
!365 = !DILocation(line: 44, column: 25, scope: !256, inlinedAt: !363)
!366 = !DILocation(line: 44, column: 30, scope: !256, inlinedAt: !363)
!367 = !DILocation(line: 44, column: 33, scope: !256, inlinedAt: !363)
!368 = !DILocation(line: 44, column: 60, scope: !256, inlinedAt: !363)
!369 = !DILocation(line: 44, column: 69, scope: !256, inlinedAt: !363)
!370 = !DILocation(line: 44, column: 66, scope: !256, inlinedAt: !363)
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
!384 = distinct !DISubprogram(name: "on_switch", scope: !3, file: !3, line: 117, type: !185, scopeLine: 117, flags: DIFlagPrototyped | DIFlagAllCallsDescribed, spFlags: DISPFlagDefinition | DISPFlagOptimized, unit: !2, retainedNodes: !385)
!385 = !{!386}
!386 = !DILocalVariable(name: "context", arg: 1, scope: !384, file: !3, line: 117, type: !34)
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
!399 = !DILocation(line: 0, scope: !52)
!400 = !DILocation(line: 134, column: 16, scope: !401)
!401 = distinct !DILexicalBlock(scope: !52, file: !3, line: 134, column: 7)
!402 = !DILocation(line: 134, column: 7, scope: !401)
!403 = !DILocation(line: 134, column: 7, scope: !52)
!404 = !DILocation(line: 135, column: 28, scope: !405)
!405 = distinct !DILexicalBlock(scope: !401, file: !3, line: 134, column: 22)
!406 = !DILocation(line: 135, column: 34, scope: !405)
!407 = !DILocation(line: 135, column: 5, scope: !405)
!408 = !DILocation(line: 0, scope: !191, inlinedAt: !409)
!409 = distinct !DILocation(line: 136, column: 5, scope: !405)
!410 = !DILocation(line: 56, column: 25, scope: !191, inlinedAt: !409)
!411 = !DILocation(line: 57, column: 8, scope: !205, inlinedAt: !409)
!412 = !DILocation(line: 57, column: 7, scope: !191, inlinedAt: !409)
!413 = !DILocation(line: 58, column: 5, scope: !208, inlinedAt: !409)
!414 = !DILocation(line: 59, column: 5, scope: !208, inlinedAt: !409)
!415 = !DILocation(line: 61, column: 15, scope: !191, inlinedAt: !409)
!416 = !DILocation(line: 62, column: 21, scope: !191, inlinedAt: !409)
!417 = !DILocation(line: 62, column: 10, scope: !191, inlinedAt: !409)
!418 = !DILocation(line: 62, column: 19, scope: !191, inlinedAt: !409)
!419 = !DILocation(line: 63, column: 3, scope: !191, inlinedAt: !409)
!420 = !DILocation(line: 64, column: 1, scope: !191, inlinedAt: !409)
!421 = !DILocation(line: 138, column: 3, scope: !52)
!422 = distinct !DISubprogram(name: "giants", scope: !3, file: !3, line: 143, type: !185, scopeLine: 143, flags: DIFlagPrototyped | DIFlagAllCallsDescribed, spFlags: DISPFlagDefinition | DISPFlagOptimized, unit: !2, retainedNodes: !423)
!423 = !{!424, !425, !426}
!424 = !DILocalVariable(name: "context", arg: 1, scope: !422, file: !3, line: 143, type: !34)
!425 = !DILocalVariable(name: "large", scope: !422, file: !3, line: 144, type: !196)
!426 = !DILocalVariable(name: "giant", scope: !422, file: !3, line: 149, type: !196)
!427 = !DILocation(line: 0, scope: !422)
!428 = !DILocation(line: 144, column: 25, scope: !422)
!429 = !DILocation(line: 145, column: 7, scope: !430)
!430 = distinct !DILexicalBlock(scope: !422, file: !3, line: 145, column: 7)
!431 = !DILocation(line: 145, column: 7, scope: !422)
!432 = !DILocation(line: 146, column: 17, scope: !433)
!433 = distinct !DILexicalBlock(scope: !430, file: !3, line: 145, column: 14)
!434 = !DILocation(line: 147, column: 5, scope: !433)
!435 = !DILocation(line: 148, column: 3, scope: !433)
!436 = !DILocation(line: 149, column: 25, scope: !422)
!437 = !DILocation(line: 150, column: 7, scope: !438)
!438 = distinct !DILexicalBlock(scope: !422, file: !3, line: 150, column: 7)
!439 = !DILocation(line: 150, column: 7, scope: !422)
!440 = !DILocation(line: 151, column: 17, scope: !441)
!441 = distinct !DILexicalBlock(scope: !438, file: !3, line: 150, column: 14)
!442 = !DILocation(line: 152, column: 5, scope: !441)
!443 = !DILocation(line: 153, column: 3, scope: !441)
!444 = !DILocation(line: 0, scope: !191, inlinedAt: !445)
!445 = distinct !DILocation(line: 154, column: 3, scope: !422)
!446 = !DILocation(line: 56, column: 25, scope: !191, inlinedAt: !445)
!447 = !DILocation(line: 57, column: 8, scope: !205, inlinedAt: !445)
!448 = !DILocation(line: 57, column: 7, scope: !191, inlinedAt: !445)
!449 = !DILocation(line: 58, column: 5, scope: !208, inlinedAt: !445)
!450 = !DILocation(line: 59, column: 5, scope: !208, inlinedAt: !445)
!451 = !DILocation(line: 61, column: 15, scope: !191, inlinedAt: !445)
!452 = !DILocation(line: 62, column: 21, scope: !191, inlinedAt: !445)
!453 = !DILocation(line: 62, column: 10, scope: !191, inlinedAt: !445)
!454 = !DILocation(line: 62, column: 19, scope: !191, inlinedAt: !445)
!455 = !DILocation(line: 63, column: 3, scope: !191, inlinedAt: !445)
!456 = !DILocation(line: 64, column: 1, scope: !191, inlinedAt: !445)
!457 = !DILocation(line: 155, column: 3, scope: !422)
!458 = distinct !DISubprogram(name: "packet", scope: !3, file: !3, line: 159, type: !459, scopeLine: 159, flags: DIFlagPrototyped | DIFlagAllCallsDescribed, spFlags: DISPFlagDefinition | DISPFlagOptimized, unit: !2, retainedNodes: !470)
!459 = !DISubroutineType(types: !460)
!460 = !{!18, !461}
!461 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: !462, size: 64)
!462 = distinct !DICompositeType(tag: DW_TAG_structure_type, name: "xdp_md", file: !6, line: 6100, size: 192, elements: !463)
!463 = !{!464, !465, !466, !467, !468, !469}
!464 = !DIDerivedType(tag: DW_TAG_member, name: "data", scope: !462, file: !6, line: 6101, baseType: !79, size: 32)
!465 = !DIDerivedType(tag: DW_TAG_member, name: "data_end", scope: !462, file: !6, line: 6102, baseType: !79, size: 32, offset: 32)
!466 = !DIDerivedType(tag: DW_TAG_member, name: "data_meta", scope: !462, file: !6, line: 6103, baseType: !79, size: 32, offset: 64)
!467 = !DIDerivedType(tag: DW_TAG_member, name: "ingress_ifindex", scope: !462, file: !6, line: 6105, baseType: !79, size: 32, offset: 96)
!468 = !DIDerivedType(tag: DW_TAG_member, name: "rx_queue_index", scope: !462, file: !6, line: 6106, baseType: !79, size: 32, offset: 128)
!469 = !DIDerivedType(tag: DW_TAG_member, name: "egress_ifindex", scope: !462, file: !6, line: 6108, baseType: !79, size: 32, offset: 160)
!470 = !{!471}
!471 = !DILocalVariable(name: "context", arg: 1, scope: !458, file: !3, line: 159, type: !461)
!472 = !DILocation(line: 0, scope: !458)
!473 = !DILocation(line: 0, scope: !279, inlinedAt: !474)
!474 = distinct !DILocation(line: 160, column: 3, scope: !458)
!475 = !DILocation(line: 48, column: 3, scope: !279, inlinedAt: !474)
!476 = !DILocation(line: 48, column: 9, scope: !279, inlinedAt: !474)
!477 = !DILocation(line: 48, column: 27, scope: !279, inlinedAt: !474)
!478 = !DILocation(line: 49, column: 7, scope: !289, inlinedAt: !474)
!479 = !DILocation(line: 49, column: 7, scope: !279, inlinedAt: !474)
!480 = !DILocation(line: 50, column: 5, scope: !289, inlinedAt: !474)
!481 = !DILocation(line: 52, column: 5, scope: !289, inlinedAt: !474)
!482 = !DILocation(line: 53, column: 1, scope: !279, inlinedAt: !474)
!483 = !DILocation(line: 161, column: 25, scope: !458)
!484 = !DILocation(line: 161, column: 45, scope: !458)
!485 = !DILocation(line: 161, column: 34, scope: !458)
!486 = !DILocation(line: 161, column: 3, scope: !458)
!487 = distinct !DISubprogram(name: "signals", scope: !3, file: !3, line: 165, type: !185, scopeLine: 165, flags: DIFlagPrototyped | DIFlagAllCallsDescribed, spFlags: DISPFlagDefinition | DISPFlagOptimized, unit: !2, retainedNodes: !488)
!488 = !{!489}
!489 = !DILocalVariable(name: "context", arg: 1, scope: !487, file: !3, line: 165, type: !34)
!490 = !DILocation(line: 0, scope: !487)
!491 = !DILocation(line: 166, column: 7, scope: !492)
!492 = distinct !DILexicalBlock(scope: !487, file: !3, line: 166, column: 7)
!493 = !DILocation(line: 166, column: 22, scope: !492)
!494 = !DILocation(line: 166, column: 7, scope: !487)
!495 = !DILocation(line: 166, column: 37, scope: !492)
!496 = !DILocation(line: 167, column: 3, scope: !487)
