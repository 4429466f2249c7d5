import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** One picture to be taken. */
export interface Shot {
  readonly html: string;
  /** Absolute path of the PNG. */
  readonly path: string;
  /** Pixels. */
  readonly width: number;
  readonly scheme: 'light' | 'dark';
}

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'msedge'];

/** The browser on this machine, or undefined: screenshots are left out then. */
export function findChromium(env: Readonly<NodeJS.ProcessEnv>): string | undefined {
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean);
  const known = [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ];
  const onPath = folders.flatMap((folder) =>
    names.flatMap((name) => [join(folder, name), join(folder, `${name}.exe`)]),
  );
  return [...onPath, ...known].find(existsSync);
}

/** Takes the pictures, whole pages. The mail's HTML can run no script there. */
export async function takeShots(executablePath: string, shots: readonly Shot[]): Promise<void> {
  const { chromium } = await import('playwright-core');
  const browser = await chromium.launch({
    executablePath,
    // The system's super-user has no sandbox in Chromium.
    chromiumSandbox: process.getuid?.() !== 0,
    args: ['--headless', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
  });
  try {
    for (const { html, path, width, scheme } of shots) {
      const context = await browser.newContext({
        viewport: { width, height: 800 },
        colorScheme: scheme,
        javaScriptEnabled: false,
        // What is on the web is not asked for: its server would learn that somebody looks.
        offline: true,
      });
      const page = await context.newPage();
      await page.setContent(html, { waitUntil: 'load' });
      await page.screenshot({ path, fullPage: true });
      await context.close();
    }
  } finally {
    await browser.close();
  }
}
