import { Dispatcher } from 'undici';
import type { WireOutcome } from './provider-outcome.js';

const controller: Dispatcher.DispatchController = {
  aborted: false,
  paused: false,
  reason: null,
  rawHeaders: null,
  rawTrailers: null,
  pause() {},
  resume() {},
  abort() {},
};

/** Stands where the connections to a provider would be, and answers every request with what it was told. */
export class ScriptedDispatcher extends Dispatcher {
  outcome: WireOutcome = { kind: 'refused' };

  override dispatch(_request: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    const { outcome } = this;
    if (outcome.kind === 'refused') {
      handler.onResponseError?.(controller, new Error('refused'));
      return true;
    }
    handler.onRequestStart?.(controller, {});
    if (outcome.kind !== 'answered') {
      handler.onResponseError?.(controller, new Error('reset'));
      return true;
    }
    handler.onResponseStart?.(controller, outcome.status, outcome.headers, '');
    handler.onResponseData?.(controller, Buffer.from(outcome.body));
    handler.onResponseEnd?.(controller, {});
    return true;
  }
}
