/** Virtual documents about the kernel: its types with offsets and holes, and the records of its tracepoints. */

import { kernelHeader, tracepointHeader } from "../../ide/kernel-header.ts";
import type { RenderView } from "./render-view.ts";

/** @param subject e.g. `struct sock`, `enum pid_type`, or a function's name */
export const renderKernelType: RenderView = (subject, context) =>
  kernelHeader(subject, context.facts())?.text;

/** @param subject `CATEGORY:EVENT` */
export const renderTracepointFormat: RenderView = (subject, context) =>
  tracepointHeader(subject, context.facts())?.text;
