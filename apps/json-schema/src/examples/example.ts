/** A place where an example breaks a rule. */
export interface ExpectedFault {
  readonly code: string;
  /** JSON path or name of a query parameter. */
  readonly path: string;
}

/** A document to test a program with, and the expected result. */
export interface Example {
  /** Its path below `examples/`. */
  readonly file: string;
  /** Name of the public document, or `time` and `json` for texts that are read alone. */
  readonly document: string;
  /** Whether the document is accepted; `false` when it has faults. */
  readonly valid: boolean;
  /** The result of the published JSON Schema, which accepts a document that only a rule refuses. */
  readonly schema: 'accepts' | 'refuses' | null;
  readonly faults: readonly ExpectedFault[];
  readonly warnings: readonly ExpectedFault[];
  /** The text of the file. */
  readonly text: string;
}
