/** What a sandbox is when nobody says otherwise. */
export const sandboxDefaults = { host: '127.0.0.1', registrationDelayMs: 300, seed: 1 } as const;
