import { FiscalError } from '@fiscalkit/schemas';

/** Limits of concurrent lists. */
export interface ListLimits {
  /** Lists of one merchant at the same time. */
  readonly atOnce: number;
  /** Lists of one merchant that wait for their turn; more are refused. */
  readonly waiting: number;
  /** Longest wait before a list is refused, in milliseconds. */
  readonly waitMs: number;
}

export const defaultListLimits: ListLimits = { atOnce: 4, waiting: 32, waitMs: 10_000 };

interface Waiter {
  readonly begin: () => void;
}

/** The lists of one merchant. */
interface Places {
  taken: number;
  readonly waiters: Set<Waiter>;
}

/** Limits the concurrent lists of each merchant, so that none takes reader or memory from the others. */
export class ListPlaces {
  readonly #limits: ListLimits;
  readonly #places = new Map<string, Places>();

  constructor(limits: Partial<ListLimits> = {}) {
    this.#limits = { ...defaultListLimits, ...limits };
  }

  /**
   * Waits for the merchant's turn; returns the function that gives the place back. Throws a `FiscalError`
   * with code `lists.busy` when too many wait already or this one has waited for too long, and the signal's
   * reason when it is aborted meanwhile.
   */
  async take(merchant: string, signal?: AbortSignal): Promise<() => void> {
    signal?.throwIfAborted();
    const places = this.#places.get(merchant) ?? { taken: 0, waiters: new Set() };
    this.#places.set(merchant, places);
    if (places.taken < this.#limits.atOnce) places.taken += 1;
    else await this.#turn(places, signal);
    return () => this.#giveBack(merchant, places);
  }

  #turn({ waiters }: Places, signal?: AbortSignal): Promise<void> {
    if (waiters.size >= this.#limits.waiting) throw tooMany(this.#limits);
    return new Promise((resolve, reject) => {
      const end = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', leave);
        waiters.delete(waiter);
      };
      const waiter: Waiter = {
        begin() {
          end();
          resolve();
        },
      };
      const leave = () => {
        end();
        reject(signal?.aborted ? signal.reason : tooMany(this.#limits));
      };
      const timer = setTimeout(leave, this.#limits.waitMs);
      waiters.add(waiter);
      signal?.addEventListener('abort', leave, { once: true });
    });
  }

  /** Gives the place to the longest waiter. */
  #giveBack(merchant: string, places: Places): void {
    const [next] = places.waiters;
    if (next) {
      next.begin();
      return;
    }
    places.taken -= 1;
    if (places.taken === 0) this.#places.delete(merchant);
  }
}

function tooMany({ atOnce, waiting, waitMs }: ListLimits): FiscalError {
  return new FiscalError({
    code: 'lists.busy',
    message: `Of a merchant, ${atOnce} lists are read at the same time, and ${waiting} may wait for ${waitMs} ms.`,
    retryable: true,
  });
}
