import { isSecError } from '../../core/errors/index.ts';
import type { LiveFiles } from '../../web/site-preview/session.ts';
import type { Client } from '../../workspace/index.ts';
import type { Context } from './context.ts';
import { openClientHost } from './host.ts';

/** The files on a client's host as its manifest names them, or why they cannot be known. Never throws. */
export async function liveFiles(context: Context, client: Client): Promise<LiveFiles> {
  if (client.config.host === undefined)
    return { kind: 'unknown', why: 'This client has no host yet: nothing is live.' };
  try {
    const state = await (await openClientHost(context, client)).state();
    const files = state.kind === 'present' ? Object.entries(state.manifest.files) : [];
    return { kind: 'known', files: new Map(files) };
  } catch (error) {
    const why = isSecError(error) ? error.message : 'The live site could not be asked.';
    return { kind: 'unknown', why };
  }
}
