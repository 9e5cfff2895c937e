/** A row of the table of orders. */
export interface Order {
  readonly id: string;
}
