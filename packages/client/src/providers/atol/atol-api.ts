import type { Retry } from '../../contract/verdict.js';
import { readBaseUrl } from '../../transport/base-url.js';
import { startDeadline } from '../../transport/deadline.js';
import type { Answered, Outcome } from '../../transport/outcome.js';
import { type ApiCall, createTransport } from '../../transport/transport.js';
import { reasonOf } from '../../verdicts/reason.js';
import type { AtolOperation } from './enumerations.js';
import { ruleOfError } from './error-rules.js';
import { readAnswer } from './read-answer.js';
import { type AtolSettings, assertAtolSettings } from './settings.js';
import { TokenSession } from './token-session.js';

/** Exchange that was sent with a token, or the verdict where there was none to send it with. */
export type AtolExchange =
  | {
      readonly kind: 'sent';
      readonly outcome: Outcome;
      readonly isTokenNew: boolean;
      /** What no reason may quote: login, password and the token that was sent. */
      readonly secrets: readonly string[];
    }
  | Retry;

/** Endpoints of a register group: each call sends one request, behind a log-in where one is due. */
export interface AtolApi {
  /** Address of the API with its version, the path before every endpoint. */
  readonly address: string;
  /** Logs in, unless a token is there; returns why not, `null` for success. */
  logIn(call: ApiCall): Promise<Retry | null>;
  register(operation: AtolOperation, body: Uint8Array, call: ApiCall): Promise<AtolExchange>;
  report(uuid: string, call: ApiCall): Promise<AtolExchange>;
  close(): Promise<void>;
}

interface Target {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: Uint8Array;
}

const contentType = 'application/json; charset=utf-8';

/** Opens the API of one register group; its password stays in the closure. */
export function openAtolApi(settings: AtolSettings): AtolApi {
  assertAtolSettings(settings);
  const { version, groupCode, login, password, attemptMs = 10_000, clock = () => new Date() } = settings;
  const base = readBaseUrl(settings.baseUrl ?? 'https://online.atol.ru/possystem', settings);
  const root = `${base.basePath}/${version}`;
  const group = `${root}/${encodeURIComponent(groupCode)}`;
  const transport = createTransport({ ...settings, origin: base.origin });
  const credentials = new TextEncoder().encode(JSON.stringify({ login, pass: password }));
  const session = new TokenSession({
    clock,
    login: (requestId) =>
      transport.attempt({
        method: 'POST',
        path: `${root}/getToken`,
        headers: headersOf(requestId, true),
        body: credentials,
      }),
  });

  async function send({ method, path, body }: Target, call: ApiCall): Promise<AtolExchange> {
    const { requestId, signal, budgetMs = attemptMs } = call;
    // One budget for both: a call may take no longer for having to log in.
    const deadline = startDeadline(Math.min(budgetMs, attemptMs));
    const answer = await session.token({ requestId, signal, deadline });
    if (answer.kind !== 'token') return answer;
    const { token, isNew } = answer;
    const leftMs = deadline();
    if (leftMs === 0) return { kind: 'retry', reason: reasonOf('provider.timeout') };
    const headers = { ...headersOf(requestId, body !== undefined), token };
    const outcome = await transport.attempt(
      { method, path, headers, ...(body && { body }) },
      { signal, budgetMs: leftMs },
    );
    if (outcome.kind === 'answered' && refusesToken(outcome)) session.drop(token);
    return { kind: 'sent', outcome, isTokenNew: isNew, secrets: [login, password, token] };
  }

  return {
    address: base.origin + root,
    async logIn({ requestId, signal, budgetMs = attemptMs }) {
      const deadline = startDeadline(Math.min(budgetMs, attemptMs));
      const answer = await session.token({ requestId, signal, deadline });
      return answer.kind === 'token' ? null : answer;
    },
    register: (operation, body, call) => send({ method: 'POST', path: `${group}/${operation}`, body }, call),
    report: (uuid, call) =>
      send({ method: 'GET', path: `${group}/report/${encodeURIComponent(uuid)}` }, call),
    close: () => transport.close(),
  };
}

function headersOf(requestId: string, hasBody: boolean): Record<string, string> {
  return {
    accept: 'application/json',
    'x-request-id': requestId,
    ...(hasBody && { 'content-type': contentType }),
  };
}

const unauthorized = 401;

/** Whether an answer refuses the token: by its code, or by a status without one. */
function refusesToken({ status, body }: Answered): boolean {
  const error = readAnswer(body)?.error ?? null;
  return error === null ? status === unauthorized : ruleOfError(error)?.meaning === 'token';
}
