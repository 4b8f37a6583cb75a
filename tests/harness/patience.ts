/** How long tests wait for what takes a moment on a machine at rest. Only a test that fails waits that long. */
export const PATIENCE_MS = 180_000;
