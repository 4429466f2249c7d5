import { fileURLToPath } from 'node:url';
import type { ZodType } from 'zod';
import * as rules from '../../src/workspace/schema/rules.ts';
import { siteSchema, workspaceSchema } from '../../src/workspace/schema.ts';

const pathOf = (file: string) => JSON.stringify(fileURLToPath(new URL(`../../src/${file}`, import.meta.url)));

/**
 * The text of `src/workspace/quick-settings.ts` as it is bundled: checks of settings that are ready at once. A part of a
 * schema that is not known here stops the build, so that none is left out unnoticed.
 */
export function quickSettings(): string {
  return [
    `import * as quick from ${pathOf('core/quick-check.ts')};`,
    `import * as rules from ${pathOf('workspace/schema/rules.ts')};`,
    `export const quickOffice = ${quick(workspaceSchema)};`,
    `export const quickSite = ${quick(siteSchema)};`,
    '',
  ].join('\n');
}

/** What zod keeps of a schema or of one of its checks, as far as the settings make use of it. */
interface Part {
  readonly type?: string;
  readonly check?: string;
  readonly checks?: readonly { readonly _zod: { readonly def: Part } }[];
  readonly format?: string;
  readonly protocol?: RegExp;
  readonly pattern?: RegExp;
  readonly minimum?: number;
  readonly inclusive?: boolean;
  readonly value?: number;
  readonly fn?: unknown;
  readonly entries?: Readonly<Record<string, string>>;
  readonly values?: readonly string[];
  readonly element?: ZodType;
  readonly innerType?: ZodType;
  readonly defaultValue?: unknown;
  readonly options?: readonly ZodType[];
  readonly keyType?: ZodType;
  readonly valueType?: ZodType;
  readonly catchall?: ZodType;
  readonly shape?: Readonly<Record<string, ZodType>>;
}

const json = (value: unknown) => JSON.stringify(value);
const partOf = (schema: ZodType | undefined): Part => (schema?._zod.def ?? {}) as Part;

/** The check of one schema, in the words of `quick-check.ts`. @throws where it has a part that is not known here */
export function quick(schema: ZodType | undefined): string {
  const part = partOf(schema);
  const checks = (part.checks ?? []).map((check) => check._zod.def);
  const custom = checks.filter(({ check }) => check === 'custom');
  const made = `quick.${quickPart(
    part,
    checks.filter((check) => !custom.includes(check)),
  )}`;
  return custom.length > 0 ? `quick.also(${[made, ...custom.map(ruleName)].join(', ')})` : made;
}

function quickPart(part: Part, checks: readonly Part[]): string {
  const { type, format } = part;
  if (
    type === 'string' &&
    format === 'url' &&
    part.protocol &&
    checks.length === 0 &&
    isKnown(part, 'protocol')
  )
    return `address(${part.protocol})`;
  if (type === 'string' && isKnown(part, 'pattern'))
    return `text(${options(part.pattern ? [part, ...checks] : checks)})`;
  if (type === 'number' && isKnown(part)) return `number(${options(format ? [part, ...checks] : checks)})`;
  if (type === 'array' && isKnown(part, 'element')) return `list(${quick(part.element)}, ${options(checks)})`;
  if (checks.length > 0) throw unknownPart(part);
  if (type === 'object' && partOf(part.catchall).type === 'never' && isKnown(part, 'shape', 'catchall'))
    return `group({${Object.entries(part.shape ?? {}).map(([name, field]) => `${json(name)}: ${quick(field)}`)}})`;
  if (
    type === 'record' &&
    json(partOf(part.keyType)) === '{"type":"string"}' &&
    isKnown(part, 'keyType', 'valueType')
  )
    return `named(${quick(part.valueType)})`;
  if (type === 'union' && isKnown(part, 'options')) {
    const options = part.options?.map(quick) ?? [];
    // An address in doubt would be taken for the next of the options, which zod might not have reached.
    if (options.some((option) => option.includes('address('))) throw unknownPart(part);
    return `either(${options})`;
  }
  if (type === 'optional' && isKnown(part, 'innerType')) return `optional(${quick(part.innerType)})`;
  if ((type === 'default' || type === 'prefault') && isKnown(part, 'innerType', 'defaultValue'))
    return `${type === 'default' ? 'otherwise' : 'prefilled'}(${quick(part.innerType)}, ${json(json(part.defaultValue))})`;
  if (type === 'enum' && isKnown(part, 'entries'))
    return `oneOf(${Object.values(part.entries ?? {}).map(json)})`;
  if (type === 'literal' && isKnown(part, 'values')) return `oneOf(${part.values?.map(json)})`;
  if (type === 'boolean' && isKnown(part)) return 'oneOf(true, false)';
  if (type === 'unknown' && isKnown(part)) return 'anything';
  throw unknownPart(part);
}

/** Sizes and patterns, as the functions of `quick-check.ts` take them. */
function options(checks: readonly Part[]): string {
  // Other formats look for more than their pattern.
  const isPattern = ({ pattern, format = '' }: Part) =>
    pattern && !/[gy]/.test(pattern.flags) && ['regex', 'date'].includes(format);
  const patterns = checks.filter(isPattern).map(({ pattern }) => pattern);
  const others = checks.filter((check) => !isPattern(check)).map(option);
  return `{${[...others, ...(patterns.length > 0 ? [`patterns: [${patterns}]`] : [])]}}`;
}

function option(check: Part): string {
  if (check.check === 'min_length') return `least: ${check.minimum}`;
  if (check.check === 'greater_than' && check.inclusive) return `least: ${check.value}`;
  if (check.check === 'less_than' && check.inclusive) return `most: ${check.value}`;
  if (check.check === 'number_format' && check.format === 'safeint') return 'whole: true';
  throw unknownPart(check);
}

function ruleName({ fn }: Part): string {
  const [name] = Object.entries(rules).find(([, rule]) => rule === fn) ?? [];
  if (!name) throw new Error(`A rule of the settings is not in src/workspace/schema/rules.ts: ${fn}`);
  return `rules.${name}`;
}

/** Whether a part of a schema says nothing further than what is named here. How mistakes are told does not matter. */
function isKnown(part: Part, ...names: readonly (keyof Part)[]): boolean {
  const always = ['type', 'check', 'checks', 'format', 'error', 'abort', ...names];
  return Object.keys(part).every((name) => always.includes(name));
}

const unknownPart = (part: Part) =>
  new Error(
    `scripts/build/quick-settings.ts does not know this part of a schema: ${Object.keys(part)} ${part.type} ${part.check}`,
  );
