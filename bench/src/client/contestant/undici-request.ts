import { Pool } from 'undici';
import { type Contestant, inFlight } from './contestant.js';
import { signedSale } from './signed-sale.js';

/** What a careful caller writes: `request` on a `Pool` of the one origin, and the answer read to JSON. */
export function undiciRequest(baseUrl: string): Contestant {
  const pool = new Pool(baseUrl, { connections: inFlight });
  const sale = signedSale();
  return {
    call: async () => {
      const { body } = await pool.request(sale);
      return body.json();
    },
  };
}
