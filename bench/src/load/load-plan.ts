/** What a load generator is to send. */
export interface LoadPlan {
  /** Of the service, for example `http://127.0.0.1:8080`. */
  readonly url: string;
  /** Kept alive, with one request under way on each. */
  readonly connections: number;
  readonly requests: number;
  /** Every request is the receipt of a payment of its own: this one, the next, and so on. */
  readonly firstPayment: number;
  /** Requests in a second, sent whether or not the service keeps up; as fast as it answers when absent. */
  readonly perSecond?: number;
}
