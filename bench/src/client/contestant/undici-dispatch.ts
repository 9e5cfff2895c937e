import { type Dispatcher, Pool } from 'undici';
import { type Contestant, inFlight } from './contestant.js';
import { signedSale } from './signed-sale.js';

/** The least that undici can do: its own interface below `request`, without a stream, and the answer read to JSON. */
export function undiciDispatch(baseUrl: string): Contestant {
  const pool = new Pool(baseUrl, { connections: inFlight });
  const sale = signedSale();
  return { call: () => new Promise((resolve, reject) => pool.dispatch(sale, reader(resolve, reject))) };
}

function reader(
  resolve: (answer: unknown) => void,
  reject: (error: Error) => void,
): Dispatcher.DispatchHandler {
  const chunks: Buffer[] = [];
  return {
    onRequestStart: () => {},
    onResponseStart: () => {},
    onResponseData: (_, chunk) => void chunks.push(chunk),
    onResponseEnd: () => resolve(JSON.parse(Buffer.concat(chunks).toString())),
    onResponseError: (_, error) => reject(error),
  };
}
