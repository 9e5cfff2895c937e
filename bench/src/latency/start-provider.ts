import { type Program, startProgram } from '../programs/start-program.js';

/** Starts an instant provider whose clock is a `FastClock` that reads midsummer at the given moment. */
export function startProvider(midsummerMs: number): Promise<Program> {
  return startProgram(new URL('provider/', import.meta.url).href, { commandLine: [String(midsummerMs)] });
}
