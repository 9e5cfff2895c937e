import type { IncomingHttpHeaders } from 'node:http';
import type { EndpointName } from '../faults/endpoint-name.js';
import type { ProcessingPlan } from '../faults/fault-plan.js';
import type { Answer } from './answer.js';

interface RouteAddress {
  readonly method: string;
  /** Pattern of the whole path; its first group, if any, is the `id` of the call. */
  readonly path: RegExp;
}

/** A route of the control interface, to which no fault applies. */
export interface ControlRoute extends RouteAddress {
  readonly endpoint: null;
  process(call: Call): Answer;
}

/** A route of an emulated provider, which fault rules select by its endpoint name. */
export interface ProviderRoute extends RouteAddress {
  readonly endpoint: EndpointName;
  /** Returns the payment id of a call; `null` if it has none. */
  paymentIdOf(call: Call): string | null;
  /** Returns the operation of the receipt to register; absent on routes that register none. */
  operationTypeOf?(call: Call): string | null;
  /** Processes a call as the provider would, with the planned faults. */
  process(call: Call, plan: ProcessingPlan): Answer;
}

export type Route = ControlRoute | ProviderRoute;

/** An HTTP request with its body. */
export interface Call {
  readonly method: string;
  /** Path as sent, without the query. */
  readonly path: string;
  /** Query as sent, without the question mark; empty when there is none. */
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  /** Exact bytes of the body. */
  readonly body: Buffer;
  /** Body parsed as JSON; `undefined` if it is not JSON. */
  readonly document: unknown;
  /** Id in the last segment of the path; `null` on routes without one. */
  readonly id: string | null;
}
