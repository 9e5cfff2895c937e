import type { Story } from '../plan/story.js';
import { until } from '../world/until.js';
import type { Client } from './client.js';

/** What clerks work on. */
export interface ClerksParts {
  readonly stories: readonly Story[];
  readonly client: Client;
  readonly clerks: number;
}

const patience = { everyMs: 20, forMs: 10_000 };
/** How long nothing may get on before it goes on without: longer than a gateway takes to start on a machine with other work. */
const standstill = { everyMs: 20, forMs: 30_000 };

/** Clients that live stories one after the other, some at the same time, as far as they have been let. */
export class Clerks {
  readonly #parts: ClerksParts;
  #let = 0;
  #begun = 0;
  #ended = 0;

  constructor(parts: ClerksParts) {
    this.#parts = parts;
  }

  get ended(): number {
    return this.#ended;
  }

  /** Lets so large a share of the stories begin. Resolves when few of those let before wait, or when nothing gets on. */
  async letBegin(share: number): Promise<void> {
    const isCaughtUp = () => this.#let - this.#begun <= this.#parts.clerks;
    while (!isCaughtUp()) {
      const before = this.#begun + this.#ended;
      if (!(await until(async () => this.#begun + this.#ended > before, standstill))) break;
    }
    this.#let = Math.max(this.#let, Math.ceil(share * this.#parts.stories.length));
  }

  /** Resolves when all stories were lived. */
  async work(over: AbortSignal): Promise<void> {
    await Promise.all(Array.from({ length: this.#parts.clerks }, () => this.#clerk(over)));
  }

  async #clerk(over: AbortSignal): Promise<void> {
    const { stories, client } = this.#parts;
    while (this.#begun < stories.length && !over.aborted) {
      if (!(await until(async () => this.#begun < this.#let || over.aborted, patience))) continue;
      const story = stories[this.#begun];
      if (story === undefined || this.#begun >= this.#let) continue;
      this.#begun += 1;
      await client.live(story);
      this.#ended += 1;
    }
  }
}
