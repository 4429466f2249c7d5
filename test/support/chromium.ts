import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:/Program Files/Google/Chrome/Application/chrome.exe',
];

/** Why tests that need a browser cannot run here; undefined where they can. */
const noChromium: string | undefined =
  findChromium() === undefined
    ? 'no Chromium on this machine: install it, or name it in CHROME_PATH'
    : undefined;

/**
 * Whether tests that need a browser are left out. Says so once per file; where CI is set they run, and fail
 * without a browser, so that a machine that should have one cannot pass without it.
 */
export function withoutChromium(): boolean {
  const isLeftOut = noChromium !== undefined && process.env.CI !== 'true';
  if (isLeftOut) console.warn(`Left out: ${noChromium}.`);
  return isLeftOut;
}

/** A browser that talks to nobody but the pages of the test. */
export function launchChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error(noChromium);
  return chromium.launch({
    executablePath,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

function findChromium(): string | undefined {
  const named = process.env.CHROME_PATH;
  const candidates = [...(named ? [named] : []), ...usualPlaces, chromium.executablePath()];
  return candidates.find((path) => path !== '' && existsSync(path));
}
