import type { IncomingHttpHeaders } from 'node:http';
import type { EndpointName } from '../faults/endpoint-name.js';
import type { ProcessingPlan } from '../faults/fault-plan.js';
import type { Answer } from './answer.js';

interface RouteAddress {
  readonly method: string;
  /** Matches the whole path; the first group, if any, is the call's `id`. */
  readonly path: RegExp;
}

/** A place of the control interface: faults never reach it. */
export interface ControlRoute extends RouteAddress {
  readonly endpoint: null;
  process(call: Call): Answer;
}

/** A place of an emulated provider, known to fault rules by its endpoint name. */
export interface ProviderRoute extends RouteAddress {
  readonly endpoint: EndpointName;
  /** The payment that the call is about; `null` when it names none. */
  paymentIdOf(call: Call): string | null;
  /** The kind of receipt that the call asks for; absent where calls ask for none. */
  operationTypeOf?(call: Call): string | null;
  /** Does what the provider would do, or what faults make of it. */
  process(call: Call, plan: ProcessingPlan): Answer;
}

export type Route = ControlRoute | ProviderRoute;

/** One HTTP request, read whole. */
export interface Call {
  readonly method: string;
  /** Path as sent, without the query. */
  readonly path: string;
  /** Query as sent, without the question mark; empty when there is none. */
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  /** The exact bytes of the body. */
  readonly body: Buffer;
  /** The body as JSON; `undefined` when it is not JSON. */
  readonly document: unknown;
  /** The last segment of a path that names one thing; `null` where the path names none. */
  readonly id: string | null;
}
