const ENTRY = /^([A-Za-z_][\w-]{0,99}): +(.+)$/;
/** What YAML reads as something else than the text that stands there, or treats in its own way as a name. */
const SPECIAL = /^(true|false|null|nan|inf|__proto__)$/i;
const PLAIN = /^\p{L}[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]*$/u;
const LIST_ITEM = /^\p{L}[\p{L}\p{N} ._-]*$/u;
const QUOTED = /^(?:"([^"\\\p{Cc}\p{Cf}\p{Zl}\p{Zp}]*)"|'([^'\p{Cc}\p{Cf}\p{Zl}\p{Zp}]*)')$/u;

/**
 * The values of fields that are all written in the plainest way, a line each: texts, dates, small numbers, yes
 * and no, lists of words. Undefined where any line is more than that, and for every text that YAML might
 * refuse: the whole parser must look at it then. It is forty times as fast, and most pages are no more than this.
 */
export function quickFields(text: string): Record<string, unknown> | undefined {
  const fields: Record<string, unknown> = {};
  for (const line of text.split('\n')) {
    if (line === '' || (line.startsWith('#') && PLAIN.test(`x${line}`))) continue;
    const [, name = '', written = ''] = ENTRY.exec(line) ?? [];
    if (name === '' || SPECIAL.test(name) || Object.hasOwn(fields, name)) return undefined;
    const value = quickValue(written);
    if (value === undefined) return undefined;
    fields[name] = value;
  }
  return fields;
}

function quickValue(written: string): unknown {
  if (written === 'true' || written === 'false') return written === 'true';
  if (/^\d{4}-\d{2}-\d{2}$/.test(written)) return written;
  if (/^(0|[1-9]\d{0,8})(\.\d{1,6})?$/.test(written)) return Number(written);
  const quoted = QUOTED.exec(written);
  if (quoted) return quoted[1] ?? quoted[2];
  if (written.startsWith('[')) return quickList(written);
  const isPlain = PLAIN.test(written) && !/: | #|[: ]$/.test(written) && !SPECIAL.test(written);
  return isPlain ? written : undefined;
}

function quickList(written: string): string[] | undefined {
  if (written === '[]') return [];
  const [, inside] = /^\[([^[\]]+)\]$/.exec(written) ?? [];
  const items = inside?.split(',').map((item) => item.replace(/^ +| +$/g, ''));
  return items?.every((item) => LIST_ITEM.test(item) && !SPECIAL.test(item)) ? items : undefined;
}
