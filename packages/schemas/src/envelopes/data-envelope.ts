/** How the receipts API wraps its answers. */
export interface DataEnvelope<Data> {
  readonly data: Data;
}
