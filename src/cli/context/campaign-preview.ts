import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import type { AudienceSource } from '../../audience/audience.ts';
import { type Campaign, mainBrief } from '../../campaign/brief/brief.ts';
import { type Message, systemFields } from '../../campaign/message.ts';
import {
  inScheme,
  type Preview,
  type ReaderPreviews,
  renderPreview,
  sampleFields,
} from '../../campaign/preview.ts';
import { chooseReaders, type Reader } from '../../campaign/preview-readers.ts';
import { parseEmailAddress } from '../../core/email-address.ts';
import { fail } from '../../core/errors/index.ts';
import { step, type Work, warning } from '../../core/progress.ts';
import type { Client } from '../../workspace/index.ts';
import { listNames, openList } from './audience.ts';
import { compileCampaign } from './campaign.ts';
import type { Context } from './context.ts';
import { unsubscribeUrl } from './unsubscribe.ts';

/**
 * A campaign's messages as their readers would see them: the person asked for, or somebody of the list with those
 * whose names are longest and shortest and who have most gaps, or nobody in particular. The language that a person
 * would get comes first.
 *
 * @throws PREVIEW_RECIPIENT_UNKNOWN, and what compiling throws
 */
export async function previewCampaign(
  context: Context,
  client: Client,
  campaign: Campaign,
  address: string | undefined,
): Promise<[ReaderPreviews, ...ReaderPreviews[]]> {
  const messages = await compileCampaign(context, client, campaign);
  const { messageFor, openMailroom } = await import('../../delivery/mailroom.ts');
  const links = await unsubscribeUrl(context, client);
  const previewsFor = ({ why, recipient }: Reader): ReaderPreviews => {
    const wanted = messageFor(messages, recipient);
    const inOrder = [...messages.values()].sort((a, b) => Number(b === wanted) - Number(a === wanted));
    const previews = inOrder.map((message) => {
      const room = openMailroom(new Map([[message.language, message]]), context.clock, {
        unsubscribeUrl: links,
      });
      const shown = { ...recipient, fields: { ...sampleFields(message), ...recipient.fields } };
      const { fields, bytes } = room.mailFor(shown);
      return renderPreview(message, fields, bytes());
    });
    return { why, previews };
  };
  const [first, ...others] = await findReaders(context, client, campaign, messages, address);
  return [previewsFor(first), ...others.map(previewsFor)];
}

/** Stands for everybody: the mail is addressed to whoever looks at it. */
function nobody(context: Context): Reader {
  const { email } = context.workspace().config.operator;
  return { why: 'nobody', recipient: { id: 'preview', address: email, key: email, fields: {} } };
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
export async function servePreviews(
  name: string,
  readers: readonly [ReaderPreviews, ...ReaderPreviews[]],
  port: number | undefined,
) {
  const { serveLoopback } = await import('../../web/loopback.ts');
  const { previewHandler } = await import('../../web/promo-preview.ts');
  return serveLoopback(previewHandler({ name, readers, inScheme }), port);
}

const shapes = (['light', 'dark'] as const).flatMap((scheme) => [
  { device: 'phone', width: 360, scheme },
  { device: 'desktop', width: 1280, scheme },
]);

/** Who is shown: one person, or some of the list that are worth a look. @throws PREVIEW_RECIPIENT_UNKNOWN */
async function findReaders(
  context: Context,
  client: Client,
  campaign: Campaign,
  messages: ReadonlyMap<string, Message>,
  address: string | undefined,
): Promise<[Reader, ...Reader[]]> {
  const { list, where } = mainBrief(campaign).fields;
  const known = list === undefined ? [] : await listNames(context, client);
  const source =
    list !== undefined && known.includes(list) ? await openList(context, client, list, where) : undefined;
  if (address !== undefined) return [await findReader(source, address, list)];
  const used = [...messages.values()].flatMap(({ fields }) => fields);
  const choice = chooseReaders([...new Set(used)].filter((name) => !systemFields.includes(name)));
  for await (const candidate of source?.candidates() ?? [])
    if (candidate.kind === 'recipient') choice.see(candidate.recipient);
  const [first, ...others] = choice.readers();
  return first ? [first, ...others] : [nobody(context)];
}

async function findReader(
  source: AudienceSource | undefined,
  address: string,
  list = 'none',
): Promise<Reader> {
  const parsed = parseEmailAddress(address);
  for await (const candidate of (parsed.ok && source?.candidates()) || []) {
    if (candidate.kind !== 'recipient' || !parsed.ok) continue;
    if (candidate.recipient.key === parsed.address.key)
      return { why: 'chosen', recipient: candidate.recipient };
  }
  throw fail('PREVIEW_RECIPIENT_UNKNOWN', { list });
}
