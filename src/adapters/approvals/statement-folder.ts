import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ApprovalBook, BrokenStatement } from '../../approval/book.ts';
import { rulesInForce } from '../../approval/rules/in-force.ts';
import { type Rules, rulesDigest } from '../../approval/rules/rules.ts';
import { type Opened, openEnvelope } from '../../approval/statement/envelope.ts';
import { parseTrust, type Trust } from '../../approval/trust.ts';
import type { Digest } from '../../core/digest.ts';
import { fail } from '../../core/errors/index.ts';
import { writeFileAtomic } from '../files/atomic.ts';
import { isPasskeyGood } from './passkey.ts';

/**
 * The approvals of a client as they are committed with its site, so that a fresh checkout verifies them alone:
 * `keys.json`, `rules/<digest>.json`, `<statement>.json`, `<statement>.revoked.json`.
 */
export interface StatementFolder {
  /** Undefined where nothing was ever asked. @throws APPROVAL_KEYS_BROKEN */
  trust(): Trust | undefined;
  writeTrust(trust: Trust): void;
  keepRules(rules: Rules): void;
  keep(statement: Digest, envelope: string): void;
  has(statement: Digest): boolean;
  revoke(statement: Digest, envelope: string): void;
  isRevoked(statement: Digest): boolean;
  /**
   * Reads and checks everything that is there.
   *
   * @param current the rules of site.yaml, which count where nothing was pinned
   * @throws APPROVAL_KEYS_BROKEN
   */
  open(current: Rules): Promise<ApprovalBook>;
}

/**
 * @param dir `sites/<client>/approvals`
 * @param shown the folder as messages name it
 * @param shared what other machines of the office brought; the keys it is checked with are those of `dir`
 */
export function statementFolder(
  client: string,
  dir: string,
  shown: string,
  shared?: string,
): StatementFolder {
  const file = (name: string) => join(dir, name);
  const places = shared === undefined ? [dir] : [dir, shared];
  const isRevoked = (statement: Digest) =>
    places.some((place) => existsSync(join(place, `${statement}.revoked.json`)));
  const trust = () => {
    const text = read(file('keys.json'));
    if (text === undefined) {
      if (statementNames(dir).length === 0) return undefined;
      throw fail('APPROVAL_KEYS_BROKEN', { client, file: `${shown}/keys.json`, problem: 'are gone' });
    }
    const trusted = parseTrust(text);
    if (trusted) return trusted;
    throw fail('APPROVAL_KEYS_BROKEN', { client, file: `${shown}/keys.json`, problem: 'cannot be read' });
  };

  return {
    trust,
    isRevoked,
    writeTrust: (trusted) => writeFileAtomic(file('keys.json'), `${JSON.stringify(trusted, null, 2)}\n`),
    keepRules: (rules) =>
      writeFileAtomic(file(`rules/${rulesDigest(rules)}.json`), `${JSON.stringify(rules, null, 2)}\n`),
    has: (statement) => existsSync(file(`${statement}.json`)),
    keep: (statement, envelope) => writeFileAtomic(file(`${statement}.json`), envelope),
    revoke: (statement, envelope) => writeFileAtomic(file(`${statement}.revoked.json`), envelope),
    async open(current) {
      const trusted = trust();
      if (!trusted) return { rules: current, statements: [], broken: [], isRevoked };
      const keys = new Map(trusted.keys.map(({ id, publicKey }) => [id, publicKey]));
      const statements: Opened[] = [];
      const broken: BrokenStatement[] = [];
      const committed = statementNames(dir);
      const brought = places.slice(1).flatMap(statementNames);
      for (const name of new Set([...committed, ...brought])) {
        const place = places.find((one) => existsSync(join(one, name))) ?? dir;
        const opened = openEnvelope(read(join(place, name)) ?? '', keys);
        const problem =
          typeof opened === 'string' ? opened : await whatIsWrong(opened, { client, name, trusted });
        if (problem !== undefined) {
          // What was brought may be sealed under a key that was given up since; it counts for nothing.
          if (place === dir) broken.push({ file: `${shown}/${name}`, problem });
        } else if (typeof opened !== 'string') statements.push(opened);
      }
      const known = new Map(places.flatMap((place) => [...readRules(place)]));
      const rules = rulesInForce({ pinned: trusted.rules, known, statements, isRevoked });
      if (rules) return { rules, statements, broken, isRevoked };
      const problem = 'name rules that are not kept in rules/';
      throw fail('APPROVAL_KEYS_BROKEN', { client, file: `${shown}/keys.json`, problem });
    },
  };
}

async function whatIsWrong(
  { statement, digest, passkey }: Opened,
  { client, name, trusted }: { client: string; name: string; trusted: Trust },
): Promise<string | undefined> {
  if (name !== `${digest}.json`) return 'it does not have its own name';
  if (statement.client !== client) return 'it is about another client';
  if (!passkey) return undefined;
  const pinned = trusted.passkeys.find(
    ({ credential, approver }) => credential === passkey.credential && approver === statement.approver.id,
  );
  if (!pinned) return "its passkey is not one of the approver's";
  return (await isPasskeyGood(passkey, pinned, digest)) ? undefined : 'the passkey did not sign this';
}

/** Rules under another name than their own are none. */
function readRules(dir: string): Map<Digest, Rules> {
  const folder = join(dir, 'rules');
  const known = new Map<Digest, Rules>();
  if (!existsSync(folder)) return known;
  for (const name of readdirSync(folder)) {
    const rules = parse<Rules>(read(join(folder, name)));
    if (rules && `${rulesDigest(rules)}.json` === name) known.set(rulesDigest(rules), rules);
  }
  return known;
}

const statementNames = (dir: string) =>
  existsSync(dir)
    ? readdirSync(dir)
        .filter((name) => name.endsWith('.json') && !name.endsWith('.revoked.json') && name !== 'keys.json')
        .sort()
    : [];

function parse<T>(text: string | undefined): T | undefined {
  try {
    return text === undefined ? undefined : (JSON.parse(text) as T);
  } catch {
    return undefined;
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
