import { appendFileSync, existsSync, linkSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Outcome } from '../../approval/request/outcome.ts';
import type { ApprovalRequest } from '../../approval/request/request.ts';
import type { KeptRequest, RequestStore } from '../../approval/request/store.ts';
import { privateFolder, syncFolder, writeFileAtomic } from '../files/atomic.ts';

const isId = (name: string) => /^[0-9a-f]{16}$/.test(name);
const isShownName = (name: string) => /^[a-z0-9][a-z0-9.-]{0,60}$/.test(name);

/**
 * A client's requests for approval: a folder each, with `request.json`, what the approver is shown, and
 * `outcome.json`, which is linked to its name, so that only the first of many answers becomes the outcome.
 *
 * @param dir the client's own, `.sec/clients/<client>/approvals`
 */
export function requestFolder(dir: string): RequestStore {
  const folder = (id: string) => join(dir, 'requests', id);
  const outcomeFile = (id: string) => join(folder(id), 'outcome.json');
  const membersFile = (digest: string) => join(dir, 'audiences', `${digest}.txt`);
  const find = (id: string): KeptRequest | undefined => {
    const request = isId(id) ? readJson<ApprovalRequest>(join(folder(id), 'request.json')) : undefined;
    return request && { request, outcome: readOutcome(outcomeFile(id)) };
  };
  return {
    add(request) {
      privateFolder(folder(request.id));
      writeJson(join(folder(request.id), 'request.json'), request);
    },
    find,
    all: () =>
      list(join(dir, 'requests'))
        .flatMap((id) => find(id) ?? [])
        .sort((a, b) => (a.request.asked < b.request.asked ? -1 : 1)),
    close(id, outcome) {
      const isNew = placeOnce(outcomeFile(id), outcome);
      const standing = readOutcome(outcomeFile(id));
      if (!standing) throw new TypeError('The outcome of a closed request is there.');
      const bundle = readBytes(join(folder(id), 'shown', 'bundle'))?.toString('utf8');
      if (bundle !== undefined && /^[0-9a-f]{32}$/.test(bundle))
        rmSync(join(dir, 'bundles', bundle), { recursive: true, force: true });
      rmSync(join(folder(id), 'shown'), { recursive: true, force: true });
      return { outcome: standing, isNew };
    },
    countTry(id) {
      const file = join(folder(id), 'tries');
      appendFileSync(file, '.', { mode: 0o600, flush: true });
      return statSync(file).size;
    },
    keepShown(id, name, bytes) {
      if (!isShownName(name)) throw new TypeError(`${name} is no name for a file that is shown.`);
      privateFolder(join(folder(id), 'shown'));
      writeFileAtomic(join(folder(id), 'shown', name), bytes, 0o600);
    },
    shown: (id, name) =>
      isId(id) && isShownName(name) ? readBytes(join(folder(id), 'shown', name)) : undefined,
    keepMembers(digest, members) {
      privateFolder(join(dir, 'audiences'));
      writeFileAtomic(membersFile(digest), members, 0o600);
    },
    members: (digest) => readBytes(membersFile(digest))?.toString('utf8'),
  };
}

/** False where the file was there already. */
function placeOnce(file: string, value: unknown): boolean {
  const written = `${file}.${process.pid}.${Math.trunc(performance.now() * 1000)}.tmp`;
  writeJson(written, value);
  try {
    linkSync(written, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(written, { force: true });
  }
  syncFolder(join(file, '..'));
  return true;
}

const writeJson = (file: string, value: unknown) =>
  writeFileAtomic(file, `${JSON.stringify(value)}\n`, 0o600);

const list = (dir: string) => (existsSync(dir) ? readdirSync(dir).filter(isId) : []);

function readJson<T>(file: string): T | undefined {
  const bytes = readBytes(file);
  return bytes && (JSON.parse(bytes.toString('utf8')) as T);
}

/** An earlier sec kept one comment, and the page that it was about. */
interface OneComment {
  readonly comment: string;
  readonly page: string | null;
}

function readOutcome(file: string): Outcome | undefined {
  const outcome = readJson<Outcome | (Extract<Outcome, { kind: 'changes' }> & OneComment)>(file);
  if (outcome?.kind !== 'changes' || !('comment' in outcome)) return outcome;
  const { comment: text, page, ...rest } = outcome;
  return { ...rest, comments: [{ page, text }] };
}

function readBytes(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
