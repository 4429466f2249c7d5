import { createRequire } from 'node:module';
import { settings } from '@oclif/core/settings';
import { vi } from 'vitest';

// Node takes the types off by itself: what else might is not looked for in each command.
settings.enableAutoTranspile = false;

// The commands are loaded by Node itself, and so must be what catches their errors.
const { main } = createRequire(import.meta.url)(
  '../../src/cli/main.ts',
) as typeof import('../../src/cli/main.ts');

export interface Said {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line in this process: for tests of many in a row. */
export async function secHere(argv: readonly string[]): Promise<Said> {
  const [stdout, stderr] = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, 'write').mockReturnValue(true),
  );
  const listeners = ['SIGINT', 'SIGTERM', 'SIGHUP'].map(
    (signal) => [signal, process.listeners(signal as 'SIGINT')] as const,
  );
  const before = process.exitCode;
  process.exitCode = 0;
  try {
    await main([...argv], { fromSource: true });
    const said = (spy: typeof stdout) => (spy?.mock.calls ?? []).map(([text]) => String(text)).join('');
    return { code: Number(process.exitCode), stdout: said(stdout), stderr: said(stderr) };
  } finally {
    process.exitCode = before;
    stdout?.mockRestore();
    stderr?.mockRestore();
    for (const [signal, known] of listeners)
      for (const listener of process.listeners(signal as 'SIGINT'))
        if (!known.includes(listener)) process.off(signal, listener);
  }
}
