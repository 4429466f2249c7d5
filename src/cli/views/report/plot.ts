import type { Series, SeriesName } from '../../../delivery/report/report.ts';
import { type Html, html } from '../../../web/html.ts';

const [WIDTH, HEIGHT] = [720, 280];
const [LEFT, RIGHT, TOP, BOTTOM] = [72, 16, 14, 44];
const TICKS = 4;

export interface PlotOptions {
  readonly timezone: string;
  readonly locale: string;
  readonly label: string;
  readonly names: Readonly<Record<SeriesName, string>>;
}

/** Lines that grow over time, as one SVG without a script. Each series has a pattern of its own besides its colour. */
export function plot(series: readonly Series[], { timezone, locale, label, names }: PlotOptions): Html {
  const times = series.flatMap(({ points }) => points.map(({ at }) => at.epochMilliseconds));
  const [from, to] = [Math.min(...times), Math.max(...times)];
  const highest = niceCeiling(
    Math.max(...series.flatMap(({ points }) => points.map(({ total }) => total)), 1),
  );
  const x = (ms: number) => round(LEFT + ((ms - from) / Math.max(to - from, 1)) * (WIDTH - LEFT - RIGHT));
  const y = (n: number) => round(HEIGHT - BOTTOM - (n / highest) * (HEIGHT - TOP - BOTTOM));
  const steps = [...Array(TICKS + 1).keys()];
  const rules = steps.map((step) => {
    const n = (highest / TICKS) * step;
    return html`<line class="rule" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(n)}" y2="${y(n)}"/>
<text x="${LEFT - 8}" y="${y(n) + 4}" text-anchor="end">${n.toLocaleString(locale)}</text>`;
  });
  const days = steps.map((step) => {
    const ms = from + ((to - from) / TICKS) * step;
    const anchor = step === 0 ? 'start' : step === TICKS ? 'end' : 'middle';
    return html`<text class="${step % 2 ? 'between' : ''}" x="${x(ms)}" y="${HEIGHT - 14}" text-anchor="${anchor}">${momentText(ms, timezone, locale)}</text>`;
  });
  const lines = series.map(({ name, points }) => {
    const last = points.at(-1)?.total ?? 0;
    const path = [
      ...points.map(({ at, total }) => `${x(at.epochMilliseconds)},${y(total)}`),
      `${x(to)},${y(last)}`,
    ].join(' ');
    return html`<polyline class="${name}" points="${path}"/>`;
  });
  const legend = series.map(
    ({ name }) =>
      html`<li><svg width="28" height="10" aria-hidden="true"><line class="${name}" x1="0" x2="28" y1="5" y2="5"/></svg> ${names[name]}</li>`,
  );
  return html`<figure><svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${label}">${rules}${days}${lines}</svg>
<figcaption><ul class="legend">${legend}</ul></figcaption></figure>`;
}

/** The next of 4, 8, 20, 40, 80, 200 … that is not below: the rules between are whole numbers. */
function niceCeiling(n: number): number {
  for (let power = 4; ; power *= 10)
    for (const times of [1, 2, 5]) if (power * times >= n) return power * times;
}

function momentText(ms: number, timezone: string, locale: string): string {
  const at = Temporal.Instant.fromEpochMilliseconds(Math.round(ms)).toZonedDateTimeISO(timezone);
  return at.toLocaleString(locale, { day: 'numeric', month: 'numeric', hour: '2-digit', minute: '2-digit' });
}

const round = (n: number) => Math.round(n * 10) / 10;
