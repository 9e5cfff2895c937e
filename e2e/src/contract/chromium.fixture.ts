import { existsSync } from 'node:fs';
import { type BrowserContext, chromium } from 'playwright-core';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Where a Chromium is on this machine; `null` where there is none. */
export const chromiumPath = places.find((place) => existsSync(place)) ?? null;

/** Nothing that a browser does by itself, and nothing kept from before. */
const commandLine = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Opens a browser without a window, that keeps what it must in a folder of its own. */
export function openChromium(executablePath: string, folder: string): Promise<BrowserContext> {
  return chromium.launchPersistentContext(folder, {
    executablePath,
    args: commandLine,
    headless: true,
    viewport: { width: 1280, height: 1400 },
  });
}
