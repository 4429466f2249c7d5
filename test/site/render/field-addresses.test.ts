import { expect, it } from 'vitest';
import { testSite } from '../support/workspace.ts';

it.each([
  'javascript:alert(1)',
  ' JavaScript:alert(1)',
  'java\\tscript:alert(1)',
  '\\x01javascript:alert(1)',
  'vbscript:x',
  'data:text/html,<script>alert(1)</script>',
  'data:image/svg+xml,<svg/>',
])('a field’s address that would run is not shown: %s', async (address) => {
  const site = testSite({
    'content/_index.md': `---\ntitle: Home\nurlOf: "${address}"\n---\n`,
    'layouts/page.hbs': '<a href="{{relurl page.urlOf}}">x</a><a href="{{absurl page.urlOf}}">y</a>',
  });
  expect(site.read(await site.build(), 'index.html')).toBe(
    '<a href="">x</a><a href="https://shop.example/">y</a>',
  );
});

it.each(['https://a.example/', 'mailto:a@shop.example', 'tel:+371', '/contact/', 'data:image/png;base64,AA'])(
  'any other address is: %s',
  async (address) => {
    const site = testSite({
      'content/_index.md': `---\ntitle: Home\nurlOf: "${address}"\n---\n`,
      'layouts/page.hbs': '<a href="{{relurl page.urlOf}}">x</a>',
    });
    expect(site.read(await site.build(), 'index.html')).toBe(`<a href="${address}">x</a>`);
  },
);
