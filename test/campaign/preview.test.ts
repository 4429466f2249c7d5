import { request } from 'node:http';
import PostalMime from 'postal-mime';
import { afterEach, describe, expect, it } from 'vitest';
import { inScheme } from '../../src/campaign/preview.ts';
import { openCampaign } from '../../src/cli/context/campaign.ts';
import { previewCampaign, servePreviews } from '../../src/cli/context/campaign-preview.ts';
import { type Served, serveLoopback } from '../../src/web/loopback.ts';
import { brief, makeContext } from './workspace.ts';

let served: Served | undefined;
afterEach(async () => {
  await served?.close();
  served = undefined;
});

async function preview(files: Readonly<Record<string, string>> = {}) {
  const context = makeContext(files);
  const client = await context.client('kaldi');
  return previewCampaign(context, client, await openCampaign(context, client, 'spring'), undefined);
}

describe('a preview', () => {
  it('shows fallbacks where there is no list, and the name of a field that has none', async () => {
    const [{ previews }] = await preview(brief('subject: Hi {{or first_name "friend"}}', '{{city}}'));
    expect(previews[0]).toMatchObject({ subject: 'Hi friend', language: 'en' });
    expect(previews[0]?.html).toContain('«city»');
    const mail = await PostalMime.parse(previews[0]?.eml ?? '');
    expect(mail).toMatchObject({ subject: 'Hi friend', to: [{ address: 'office@example.com' }] });
    expect(mail.html).toContain('«city»');
    expect(previews[0]?.links).toContainEqual({
      href: 'mailto:news@kaldi.example?subject=unsubscribe%20preview',
      words: 'Unsubscribe',
    });
  });

  it('turns the colours, whatever the browser prefers', () => {
    const css = '@media (prefers-color-scheme: dark) { a {} }';
    expect(inScheme(css, 'dark')).toBe('@media all { a {} }');
    expect(inScheme(css, 'light')).toBe('@media not all { a {} }');
  });
});

describe('the preview page', () => {
  const open = async () => {
    const readers = await preview(brief('subject: "<script>alert(1)</script>"', 'Hello.'));
    served = await servePreviews('kaldi · spring', readers, undefined);
    return served.url;
  };

  it('frames the message so that nothing in it can run or get out', async () => {
    const url = await open();
    expect(new URL(url).hostname).toBe('127.0.0.1');
    const page = await fetch(url);
    const html = await page.text();
    expect(html).not.toContain('<script>');
    expect(html.match(/<iframe sandbox /g)).toHaveLength(2);
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'/);
    const message = await fetch(`${url}message/0/en?scheme=dark`);
    expect(message.headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox",
    );
    expect(await message.text()).toContain('@media all');
    expect((await fetch(`${url}text/0/en`)).headers.get('content-type')).toBe('text/plain; charset=utf-8');
  });

  it('answers nothing else', async () => {
    const url = await open();
    for (const path of ['message/0/xx', 'message/9/en', 'mail/0/xx', 'message/../../sec.yaml', 'other'])
      expect((await fetch(url + path)).status).toBe(404);
    expect((await fetch(url, { method: 'POST' })).status).toBe(405);
  });

  it('does not answer a page that reached it under a name of its own', async () => {
    const url = await open();
    const status = await new Promise((resolve) => {
      request(url, { headers: { host: 'evil.example' } }, (response) => resolve(response.statusCode)).end();
    });
    expect(status).toBe(421);
  });

  it('says when the port is taken', async () => {
    const url = await open();
    await expect(serveLoopback(() => new Response(), Number(new URL(url).port))).rejects.toMatchObject({
      code: 'PORT_TAKEN',
    });
  });
});
