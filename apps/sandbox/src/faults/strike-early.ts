import type { Exchange } from '../http/exchange.js';
import { sendAnswer } from '../http/send-answer.js';
import type { EarlyFault } from './fault.js';
import { statusAnswer } from './status-answer.js';
import { wait } from './wait.js';

/** Applies a fault that comes before processing; says whether the call may still be processed. */
export async function strikeEarly(fault: EarlyFault, exchange: Exchange): Promise<boolean> {
  switch (fault.kind) {
    case 'delay':
      await wait(fault.ms, exchange.lifetime);
      return true;
    case 'status':
      sendAnswer(exchange.response, statusAnswer(fault));
      return false;
    case 'drop-before':
      exchange.response.destroy();
      return false;
    case 'refuse':
      exchange.refuseFor(fault.forMs);
      return false;
  }
}
