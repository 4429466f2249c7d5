import { catalogue, type ErrorEntry, exitCodes } from '../../src/core/errors/index.ts';

/** docs/errors.md: every failure of the catalogue, with a placeholder where a message names something. */
export function errorsPage(): string {
  const sections = Object.entries(catalogue).map(([code, entry]) =>
    section(code, entry as ErrorEntry<unknown>),
  );
  return `# Errors

Generated from \`src/core/errors\` by \`npm run docs\`. A code is permanent. \`--json\` prints it under \`error.code\`;
the number is the exit code.

${sections.join('\n')}`;
}

function section(code: string, { title, exit, message, hint }: ErrorEntry<unknown>): string {
  return `## ${code}

${title} (exit ${exitCodes[exit]}).

> ${message(placeholders)}

${hint(placeholders)}
`;
}

/** Stands for any parameters: each is shown as ‹name›, lists as one such name. */
const placeholders = new Proxy(
  {},
  {
    get: (_, name) => placeholder(String(name)),
  },
);

function placeholder(name: string): unknown {
  const text = `‹${name}›`;
  const asNumber = new Set(['length', 'size']);
  return new Proxy(
    Object.assign([text], { toString: () => text, toLowerCase: () => text, toLocaleString: () => text }),
    {
      get: (target, key) => {
        if (key === Symbol.toPrimitive) return () => text;
        if (asNumber.has(String(key))) return 1;
        return Reflect.get(target, key);
      },
    },
  );
}
