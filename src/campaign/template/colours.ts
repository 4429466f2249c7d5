type Rgb = readonly [number, number, number];

/** The colours of a message: the client's own, made readable on light and on dark paper (WCAG 2.2, 1.4.3). */
export interface Palette {
  /** The client's colour, and what is written on it. */
  readonly brand: string;
  readonly onBrand: string;
  readonly accent: string;
  readonly onAccent: string;
  /** The client's colour as text on white, and on a dark background. */
  readonly ink: string;
  readonly inkDark: string;
  /** A breath of the client's colour for panels. */
  readonly tint: string;
  readonly tintDark: string;
}

const white: Rgb = [255, 255, 255];
const night: Rgb = [29, 31, 36];
/** The lightest dark background that text stands on: a card. */
const dusk: Rgb = [37, 40, 47];
const black: Rgb = [0, 0, 0];

/** @param color `#rrggbb`; anything else gives a calm blue @param accent likewise; the brand's colour where absent */
export function makePalette(color: unknown, accent: unknown): Palette {
  const brand = parseHex(color) ?? [31, 78, 121];
  const second = parseHex(accent) ?? brand;
  return {
    brand: hex(brand),
    onBrand: hex(textOn(brand)),
    accent: hex(second),
    onAccent: hex(textOn(second)),
    ink: hex(readable(brand, white, black, 4.6)),
    // Thin letters glow less than they should on a dark ground.
    inkDark: hex(readable(brand, dusk, white, 6.5)),
    tint: hex(mix(white, brand, 0.07)),
    tintDark: hex(mix(night, brand, 0.22)),
  };
}

/** Contrast ratio of two colours, 1 to 21. */
export function contrast(a: string, b: string): number {
  return ratio(parseHex(a) ?? white, parseHex(b) ?? white);
}

const textOn = (background: Rgb) => (ratio(white, background) >= 4.5 ? white : black);

function readable(color: Rgb, background: Rgb, towards: Rgb, least: number): Rgb {
  for (let part = 0; part < 1; part += 0.05) {
    const mixed = mix(color, towards, part);
    if (ratio(mixed, background) >= least) return mixed;
  }
  return towards;
}

const mix = (a: Rgb, b: Rgb, part: number): Rgb => {
  const at = (n: 0 | 1 | 2) => Math.round(a[n] + (b[n] - a[n]) * part);
  return [at(0), at(1), at(2)];
};

function ratio(a: Rgb, b: Rgb): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: Rgb): number {
  const [r, g, b] = color.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function parseHex(color: unknown): Rgb | undefined {
  const match = typeof color === 'string' ? /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(color) : null;
  if (!match) return undefined;
  const at = (n: 1 | 2 | 3) => Number.parseInt(match[n] ?? '', 16);
  return [at(1), at(2), at(3)];
}

const hex = (color: Rgb) => `#${color.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
