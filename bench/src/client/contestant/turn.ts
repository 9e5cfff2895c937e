/** What one turn of a contestant took. */
export interface Turn {
  /** Time of the processor that its whole process took, in microseconds per call. */
  readonly cpuMicroseconds: number;
  readonly callsPerSecond: number;
}
