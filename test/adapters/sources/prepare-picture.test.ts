import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { preparePicture } from '../../../src/adapters/sources/prepare-picture.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const plain = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#a50' } });

async function prepare(bytes: Uint8Array | string, name = 'photo.jpg') {
  const dir = temporaryFolder();
  writeFileSync(join(dir, name), bytes);
  return preparePicture(join(dir, name), { name, scratch: join(dir, 'scratch') });
}

describe('preparePicture', () => {
  it('turns a photo upright, makes it smaller, and takes out where it was taken', async () => {
    const taken = await plain(3000, 1500)
      .withExif({
        IFD0: { Copyright: 'somebody' },
        IFD3: { GPSLatitude: '56/1 57/1 0/1', GPSLatitudeRef: 'N' },
      })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    expect((await sharp(taken).metadata()).exif).toBeDefined();
    const { location, width, height, ending } = await prepare(taken);
    expect([width, height, ending]).toEqual([1000, 2000, '.jpg']);
    const { exif, orientation, width: written } = await sharp(location).metadata();
    expect([exif, orientation, written]).toEqual([undefined, undefined, 1000]);
  });

  it('never makes a picture larger', async () => {
    const { width, height } = await prepare(await plain(40, 30).jpeg().toBuffer());
    expect([width, height]).toEqual([40, 30]);
  });

  it.each([
    ['png', '.png'],
    ['webp', '.webp'],
    ['avif', '.avif'],
    ['tiff', '.jpg'],
    ['gif', '.png'],
  ] as const)('goes by what a %s is, not by its name', async (format, ending) => {
    const prepared = await prepare(await plain(20, 20)[format]().toBuffer(), 'photo.jpg');
    expect(prepared.ending).toBe(ending);
    expect((await sharp(prepared.location).metadata()).width).toBe(20);
  });

  it.each([
    ['a text', 'Hello.', 'this is no picture'],
    ['a page', '<html><body><img src=x></body></html>', 'this is no picture'],
    [
      'a drawing',
      '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>1</script></svg>',
      'a drawing (SVG)',
    ],
    ['nothing', '', 'this is no picture'],
  ])('refuses %s by its content', async (_, content, problem) => {
    await expect(prepare(content)).rejects.toMatchObject({
      code: 'IMAGE_UNUSABLE',
      message: expect.stringContaining(problem),
    });
  });

  it('refuses a picture that ends too soon', async () => {
    const whole = await sharp({
      create: {
        width: 600,
        height: 600,
        channels: 3,
        background: '#000',
        noise: { type: 'gaussian', mean: 128, sigma: 40 },
      },
    })
      .jpeg()
      .toBuffer();
    await expect(prepare(whole.subarray(0, whole.length / 3))).rejects.toMatchObject({
      code: 'IMAGE_UNUSABLE',
    });
  });

  it('refuses an animation, which would stand still', async () => {
    const frames = Buffer.alloc(20 * 40 * 3, 9).fill(200, 20 * 20 * 3);
    const moving = await sharp(frames, { raw: { width: 20, height: 40, channels: 3, pageHeight: 20 } })
      .gif({ delay: [100, 100] })
      .toBuffer();
    await expect(prepare(moving)).rejects.toMatchObject({ message: expect.stringContaining('an animation') });
  });
});
