import { z } from 'zod';
import type { Answer } from '../http/answer.js';
import type { Call } from '../http/route.js';
import { atolTime, errorAnswerOf, systemError } from './answers.js';
import type { AtolDependencies } from './dependencies.js';
import { type AtolGroup, sampleAtolGroups } from './group.js';

const dayMs = 86_400_000;

const credentialsSchema = z.strictObject({
  login: z.string().regex(/^\S{1,100}$/),
  pass: z.string().min(1).max(100),
  source: z.string().max(100).optional(),
});

/** Tokens that were issued. Several of one login are valid at the same time, as the service has replicas. */
export class AtolTokens {
  readonly #issued = new Map<string, { login: string; version: string; expiresAt: number }>();
  readonly #dependencies: AtolDependencies;

  constructor(dependencies: AtolDependencies) {
    this.#dependencies = dependencies;
  }

  /** Issues a token for the login and password in a call. */
  issue({ document }: Call, version: string): Answer {
    const { options, clock, createId } = this.#dependencies;
    const now = clock();
    const credentials = credentialsSchema.safeParse(document);
    if (!credentials.success) {
      const text = 'Ошибка валидации входного чека. Ошибочные поля : PatternMismatch: #/login';
      return errorAnswerOf(400, systemError(32, text), { now });
    }
    const { login, pass } = credentials.data;
    const own = this.#groups().filter((group) => group.login === login && group.password === pass);
    if (own.length === 0) return errorAnswerOf(401, systemError(12), { now });
    if (!own.some((group) => group.version === version)) return errorAnswerOf(401, systemError(21), { now });
    const token = createId();
    this.#issued.set(token, { login, version, expiresAt: now.getTime() + (options.tokenMs ?? dayMs) });
    return { status: 200, body: { error: null, token, timestamp: atolTime(now) } };
  }

  /** Returns the group of a call with a valid token, or the answer that refuses it; `code` is as in the path. */
  group({ headers }: Call, { version, code }: { version: string; code: string }): AtolGroup | Answer {
    const now = this.#dependencies.clock();
    const { token } = headers;
    if (typeof token !== 'string' || token === '') return errorAnswerOf(401, systemError(10), { now });
    const issued = this.#issued.get(token);
    if (issued === undefined || issued.expiresAt <= now.getTime()) {
      return errorAnswerOf(401, systemError(11), { now });
    }
    const group = this.#groups().find((each) => encodeURIComponent(each.code) === code);
    if (group?.login !== issued.login) return errorAnswerOf(401, systemError(20), { now });
    if (group.version !== version) return errorAnswerOf(401, systemError(21), { now });
    return group;
  }

  #groups(): readonly AtolGroup[] {
    return this.#dependencies.options.groups ?? sampleAtolGroups;
  }
}
