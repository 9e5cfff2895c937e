import type { Retry } from '../../contract/verdict.js';
import type { Deadline } from '../../transport/deadline.js';
import type { Answered, Outcome } from '../../transport/outcome.js';
import { reasonOf } from '../../verdicts/reason.js';
import { verdictOfStatus } from '../../verdicts/verdict-of-status.js';
import { codeOf, ruleOfError } from './error-rules.js';
import { readLoginAnswer } from './read-answer.js';

/** Token for a call, or why there is none: nothing of the call was sent then. */
export type TokenAnswer =
  | {
      readonly kind: 'token';
      readonly token: string;
      /** Whether it was issued while the call waited for it. */
      readonly isNew: boolean;
    }
  | Retry;

type Login = Extract<TokenAnswer, { kind: 'token' }> | Retry;

/** Dependencies of a session. */
interface SessionSettings {
  /** Sends login and password once, independent of the calls that wait for it. */
  readonly login: (requestId: string) => Promise<Outcome>;
  readonly clock: () => Date;
}

/** A call that needs a token. */
interface TokenCall {
  readonly requestId: string;
  readonly signal?: AbortSignal | undefined;
  readonly deadline: Deadline;
}

/**
 * Session of a login: one token for all calls, asked for when there is none, and anew only when ATOL refuses
 * it. There is one log-in at a time; calls that need its token wait for it within their own budgets.
 */
export class TokenSession {
  readonly #settings: SessionSettings;
  #token: string | null = null;
  #loggingIn: Promise<Login> | null = null;

  constructor(settings: SessionSettings) {
    this.#settings = settings;
  }

  async token({ requestId, signal, deadline }: TokenCall): Promise<TokenAnswer> {
    if (signal?.aborted) return notSent('provider.aborted');
    if (this.#token !== null) return { kind: 'token', token: this.#token, isNew: false };
    this.#loggingIn ??= this.#logIn(requestId);
    return await within(this.#loggingIn, { signal, deadline });
  }

  /** Forgets a token that ATOL refused, unless another has taken its place. */
  drop(token: string): void {
    if (this.#token === token) this.#token = null;
  }

  async #logIn(requestId: string): Promise<Login> {
    try {
      const outcome = await this.#settings.login(requestId);
      const login = outcome.kind === 'answered' ? this.#read(outcome) : notSent(outcome.code);
      if (login.kind === 'token') this.#token = login.token;
      return login;
    } finally {
      this.#loggingIn = null;
    }
  }

  #read(outcome: Answered): Login {
    const { token, error } = readLoginAnswer(outcome.body);
    const isSuccess = outcome.status >= 200 && outcome.status < 300;
    if (isSuccess && error === null && token !== null) return { kind: 'token', token, isNew: true };
    const facts = { httpStatus: outcome.status, ...(error && { providerCode: codeOf(error) }) };
    // Every refusal that names a code, but for faults of the service, is one of login, password or version.
    const meaning = error && ruleOfError(error)?.meaning;
    if (meaning === 'access' || meaning === 'content' || meaning === 'token') {
      return { kind: 'retry', reason: reasonOf('provider.unauthorized', facts) };
    }
    if (meaning === 'open') return { kind: 'retry', reason: reasonOf('provider.server-error', facts) };
    if (isSuccess) return { kind: 'retry', reason: reasonOf('provider.unreadable', facts) };
    const verdict = verdictOfStatus(outcome, this.#settings.clock());
    // Whatever became of the log-in: nothing of the document was sent.
    return verdict.kind === 'retry' ? verdict : { kind: 'retry', reason: verdict.reason };
  }
}

function notSent(code: 'provider.aborted' | 'provider.timeout' | Exclude<Outcome, Answered>['code']): Retry {
  return { kind: 'retry', reason: reasonOf(code) };
}

/** Waits for a log-in until the caller leaves or its budget is over; the log-in goes on for others. */
function within(
  login: Promise<Login>,
  { signal, deadline }: Pick<TokenCall, 'signal' | 'deadline'>,
): Promise<TokenAnswer> {
  return new Promise((resolve, reject) => {
    const leave = () => resolve(notSent('provider.aborted'));
    const timer = setTimeout(() => resolve(notSent('provider.timeout')), deadline());
    signal?.addEventListener('abort', leave, { once: true });
    login.then(resolve, reject).finally(() => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', leave);
    });
  });
}
