/**
 * The plain texts and numbers of a TOML file and the names of its tables: enough to read a generator's title and
 * address. Lists, inline tables and dates are passed over.
 */
export function tomlFacts(text: string): Record<string, unknown> {
  const root: Record<string, unknown> = Object.create(null);
  let table = root;
  for (const line of text.split(/\r?\n/)) {
    const header = /^\s*\[([\w.\-"' ]+)\]\s*(#.*)?$/.exec(line)?.[1];
    if (header !== undefined) {
      table = tableAt(root, header);
      continue;
    }
    if (/^\s*\[/.test(line)) table = Object.create(null);
    const [, key, basic, literal, bare] =
      /^\s*([\w-]+)\s*=\s*(?:("(?:[^"\\]|\\.)*")|'([^']*)'|([\w.+-]+))\s*(?:#.*)?$/.exec(line) ?? [];
    if (key === undefined || key === '__proto__') continue;
    table[key] = literal ?? (basic === undefined ? bare : unquoted(basic));
  }
  return root;
}

function tableAt(root: Record<string, unknown>, header: string): Record<string, unknown> {
  let table = root;
  for (const part of header.split('.').map((name) => name.trim().replace(/^["']|["']$/g, ''))) {
    const inside = table[part];
    const next = typeof inside === 'object' && inside !== null ? inside : Object.create(null);
    table[part] = next;
    table = next as Record<string, unknown>;
  }
  return table;
}

function unquoted(basic: string): string {
  try {
    return JSON.parse(basic);
  } catch {
    return basic.slice(1, -1);
  }
}
