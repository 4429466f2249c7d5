import { open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fail } from '../../core/errors/index.ts';
import { composed } from '../../delivery/composed.ts';
import { wholeOf } from '../../delivery/mime/form.ts';
import { heldBack, type Outcome, plainReason } from '../../delivery/outcome.ts';
import type { Mail, Transport } from '../../delivery/transport.ts';
import { syncFolder } from '../files/atomic.ts';
import { makeFolder } from '../files/make-folder.ts';

const BATCH = 32;

/**
 * Mail as files, one .eml for each recipient: to look at, to hand to another program, to try a send out. A file
 * is there whole or not at all, and the same recipient of a campaign always has the same file.
 *
 * @param dir absolute path; made where it is not there, for its owner alone
 * @param name how people call it: `outbox:DIR` as they wrote it
 */
export function outboxTransport(dir: string, name: string): Transport {
  return {
    name,
    batchSize: BATCH,
    concurrency: 1,
    async check() {
      try {
        makeFolder(dir, 0o700);
        const probe = join(dir, '.probe.tmp');
        await (await open(probe, 'w')).close();
        await rm(probe);
      } catch (error) {
        throw fail('TRANSPORT_UNREACHABLE', { transport: name, problem: diskProblem(error) }, error);
      }
    },
    async send(batch, mayGo = () => true) {
      if (!mayGo()) return { outcomes: batch.map(() => heldBack), requests: 0 };
      const outcomes = await Promise.all(batch.map((mail) => putFile(dir, mail)));
      try {
        syncFolder(dir);
      } catch (error) {
        const reason = diskProblem(error);
        return {
          outcomes: outcomes.map((outcome) =>
            outcome.kind === 'accepted' ? { kind: 'inDoubt', reason } : outcome,
          ),
          requests: batch.length,
        };
      }
      return { outcomes, requests: batch.length };
    },
    async close() {},
  };
}

async function putFile(dir: string, mail: Mail): Promise<Outcome> {
  const filled = await composed(mail);
  if ('kind' in filled) return filled;
  const name = `${plainName(mail.message.campaign)}-${plainName(mail.recipient.id)}.eml`;
  const temporary = join(dir, `.${name}.tmp`);
  try {
    const file = await open(temporary, 'w', 0o600);
    try {
      await file.writeFile(wholeOf(filled));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, join(dir, name));
    return { kind: 'accepted', providerId: name };
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    return { kind: 'notSent', reason: diskProblem(error) };
  }
}

const plainName = (text: string) => text.replace(/[^\w-]/g, '_');

function diskProblem(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  const plain: Record<string, string> = {
    ENOSPC: 'the disk is full',
    EACCES: 'it may not be written by you',
    EPERM: 'the system does not permit it',
    EROFS: 'it is on a read-only disk',
    ENOTDIR: 'a part of its path is not a folder',
    EEXIST: 'it is not a folder',
    ENOENT: 'the folder is gone',
  };
  return plain[code ?? ''] ?? plainReason(message);
}
