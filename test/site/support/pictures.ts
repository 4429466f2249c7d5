import sharp, { type Sharp } from 'sharp';

/** Where no client's photo was taken. */
const PLACE = { IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '56/1 57/1 0/1', GPSLongitude: '24/1 6/1 0/1' } };

/** A picture with something to see in it: a gradient with stripes, the same bytes each time. */
export function picture(width: number, height: number, shade = 0): Sharp {
  const pixels = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 3;
      pixels[at] = (x * 255) / width;
      pixels[at + 1] = (y * 255) / height;
      pixels[at + 2] = (shade + ((x >> 4) % 2) * 90) % 256;
    }
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}

/** As a phone saves it: lying on its side, with the place where it was taken. */
export const phonePhoto = (width: number, height: number): Promise<Buffer> =>
  picture(width, height)
    .withExif({ IFD0: { Make: 'Phone', Artist: 'Ilze' }, ...PLACE })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();
