import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import type { Recipient } from '../../audience/audience.ts';
import { type Campaign, mainBrief } from '../../campaign/brief/brief.ts';
import { inScheme, type Preview, renderPreview, sampleFields } from '../../campaign/preview.ts';
import { parseEmailAddress } from '../../core/email-address.ts';
import { fail } from '../../core/errors/index.ts';
import { step, type Work, warning } from '../../core/progress.ts';
import type { Client } from '../../workspace/index.ts';
import { listNames, openList } from './audience.ts';
import { compileCampaign } from './campaign.ts';
import type { Context } from './context.ts';

/**
 * A campaign's messages as somebody would see them: the person asked for, else the first on the list, else
 * nobody in particular. The language that the person would get comes first.
 *
 * @throws PREVIEW_RECIPIENT_UNKNOWN, and what compiling throws
 */
export async function previewCampaign(
  context: Context,
  client: Client,
  campaign: Campaign,
  address: string | undefined,
): Promise<Preview[]> {
  const messages = await compileCampaign(context, client, campaign);
  const recipient = (await findRecipient(context, client, campaign, address)) ?? nobody(context);
  const { messageFor, openMailroom } = await import('../../delivery/mailroom.ts');
  const wanted = messageFor(messages, recipient);
  const inOrder = [...messages.values()].sort((a, b) => Number(b === wanted) - Number(a === wanted));
  return inOrder.map((message) => {
    const room = openMailroom(new Map([[message.language, message]]), context.clock);
    const { fields, bytes } = room.mailFor({
      ...recipient,
      fields: { ...sampleFields(message), ...recipient.fields },
    });
    return renderPreview(message, fields, bytes());
  });
}

/** Stands for everybody: the mail is addressed to whoever looks at it. */
function nobody(context: Context): Recipient {
  const { email } = context.workspace().config.operator;
  return { id: 'preview', address: email, key: email, fields: {} };
}

/**
 * Writes previews into a folder: HTML, text and the whole mail, and pictures of both widths in light and dark where there is a
 * browser to take them.
 *
 * @param dir absolute path; made where it is not there, for its owner alone: somebody's name and address are in it
 * @returns the files' names
 * @throws PLACE_LIVE
 */
export async function* writePreviews(
  context: Context,
  previews: readonly Preview[],
  dir: string,
): Work<string[]> {
  const { refuseLivePlace } = await import('./live-places.ts');
  await refuseLivePlace(context, dir);
  const { privateFolder, writeFileAtomic } = await import('../../adapters/files/atomic.ts');
  privateFolder(dir);
  const files: string[] = [];
  const write = (name: string, content: string | Uint8Array) => {
    writeFileAtomic(join(dir, name), content, 0o600);
    files.push(name);
  };
  yield step(`Writing the preview`);
  for (const { language, html, text, eml } of previews) {
    write(`message.${language}.html`, html);
    write(`message.${language}.txt`, text);
    write(`message.${language}.eml`, eml);
  }
  const { findChromium, takeShots } = await import('../../adapters/screenshots/chromium.ts');
  const browser = findChromium(context.env);
  if (!browser) {
    yield warning('No pictures were taken: there is no Chromium or Chrome on this computer.');
    return files;
  }
  yield step('Taking pictures of it');
  const shots = previews.flatMap(({ language, html }) =>
    shapes.map(({ device, width, scheme }) => ({
      html: inScheme(html, scheme),
      width,
      scheme,
      name: `message.${language}.${device}-${scheme}.png`,
    })),
  );
  try {
    await takeShots(
      browser,
      shots.map((shot) => ({ ...shot, path: join(dir, shot.name) })),
    );
    for (const { name } of shots) chmodSync(join(dir, name), 0o600);
    files.push(...shots.map(({ name }) => name));
  } catch {
    yield warning('No pictures were taken: the browser on this computer could not be started.');
  }
  return files;
}

/** Shows previews in the browser until it is told to stop. */
export async function servePreviews(name: string, previews: readonly Preview[], port: number | undefined) {
  const { serveLoopback } = await import('../../web/loopback.ts');
  const { previewHandler } = await import('../../web/promo-preview.ts');
  return serveLoopback(previewHandler({ name, previews, inScheme }), port);
}

const shapes = (['light', 'dark'] as const).flatMap((scheme) => [
  { device: 'phone', width: 360, scheme },
  { device: 'desktop', width: 1280, scheme },
]);

async function findRecipient(
  context: Context,
  client: Client,
  campaign: Campaign,
  address: string | undefined,
): Promise<Recipient | undefined> {
  const { list, where } = mainBrief(campaign).fields;
  const known = list === undefined ? [] : await listNames(context, client);
  if (list === undefined || !known.includes(list)) {
    if (address !== undefined) throw fail('PREVIEW_RECIPIENT_UNKNOWN', { list: list ?? 'none' });
    return undefined;
  }
  const parsed = address === undefined ? undefined : parseEmailAddress(address);
  const key = parsed?.ok ? parsed.address.key : undefined;
  const source = await openList(context, client, list, where);
  for await (const candidate of source.candidates()) {
    if (candidate.kind !== 'recipient') continue;
    if (address === undefined || candidate.recipient.key === key) return candidate.recipient;
  }
  if (address !== undefined) throw fail('PREVIEW_RECIPIENT_UNKNOWN', { list });
  return undefined;
}
