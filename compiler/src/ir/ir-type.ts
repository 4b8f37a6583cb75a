/** The types of values in the IR. */
export type IrType = "i1" | "i8" | "i16" | "i32" | "i64" | "ptr";
