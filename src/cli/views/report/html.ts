import type { DomainCount, SendReport, SeriesName } from '../../../delivery/report/report.ts';
import { Html, html } from '../../../web/html.ts';
import { plot } from './plot.ts';
import { reportStyle } from './style.ts';
import { type ReportWords, reportWords, rowsOf } from './words.ts';

export interface ReportPage {
  readonly business: string;
  /** The subject line as it stands in the brief. */
  readonly subject: string;
  readonly language: string;
  readonly timezone: string;
  readonly now: Temporal.Instant;
  readonly report: SendReport;
}

/** Two plots, each on a scale of its own: those who left are few beside those who were written to. */
const good: readonly SeriesName[] = ['sent', 'delivered'];
const bad: readonly SeriesName[] = ['bounced', 'unsubscribed'];

/** The report as one HTML file that needs nothing else, fit to be forwarded to the client. */
export function reportHtml({ business, subject, language, timezone, now, report }: ReportPage): string {
  const words = reportWords(language);
  const moment = now
    .toZonedDateTimeISO(timezone)
    .toLocaleString(language, { dateStyle: 'long', timeStyle: 'short' });
  const charts = [good, bad]
    .map((names) => report.series.filter(({ name }) => names.includes(name)))
    .filter((series) => series.length > 0)
    .map((series) =>
      plot(series, { timezone, locale: language, label: words.overTime, names: words.series }),
    );
  const { text } =
    html`<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>${subject} – ${business}</title><style>${new Html(reportStyle)}</style></head><body><main>
<header><p>${business}</p><h1>${subject}</h1><p>${words.title}. ${words.asOf}: ${moment}</p></header>
${cards(report, words, language)}<section>${numbers(report, words, language)}</section>${charts.length > 0 && html`<section><h2>${words.overTime}</h2>${charts}</section>`}
${report.domains.length > 0 && html`<section><h2>${words.byDomain}</h2>${domains(report.domains, words, language)}</section>`}
</main></body></html>`;
  return text;
}

/** The three that a client asks for first. */
function cards({ sent, bounced, unsubscribed }: SendReport, { rows }: ReportWords, locale: string): Html {
  const card = (label: string, n: number) =>
    html`<li><strong>${n.toLocaleString(locale)}</strong> ${label}${sent > 0 && n !== sent && html` <small>${share(n, sent, locale)}</small>`}</li>`;
  return html`<ul class="cards">${card(rows.sent, sent)}${card(rows.bounced, bounced)}${card(rows.unsubscribed, unsubscribed)}</ul>`;
}

function numbers(report: SendReport, words: ReportWords, locale: string): Html {
  const lines = rowsOf(report, words).map(({ label, value }) => {
    const told = value === null ? words.notTold : value.toLocaleString(locale);
    return html`<tr><th scope="row">${label}</th><td>${told}</td></tr>`;
  });
  return html`<table class="numbers"><tbody>${lines}</tbody></table>`;
}

function domains(counts: readonly DomainCount[], words: ReportWords, locale: string): Html {
  const all = ({ accepted, rejected, inDoubt }: DomainCount) => accepted + rejected + inDoubt;
  const largest = Math.max(...counts.map(all), 1);
  const lines = counts.map((one) => {
    const part = (n: number) => Math.round((n / largest) * 1000) / 10;
    return html`<tr><th scope="row">${one.domain || words.others}</th>
<td><svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"><rect class="sent" width="${part(one.accepted)}" height="6"/><rect class="bounced" x="${part(one.accepted)}" width="${part(one.rejected + one.inDoubt)}" height="6"/></svg></td>
<td>${one.accepted.toLocaleString(locale)}</td><td>${one.rejected.toLocaleString(locale)}</td></tr>`;
  });
  return html`<table class="domains"><thead><tr><td></td><td></td><th scope="col">${words.rows.sent}</th><th scope="col">${words.rows.rejected}</th></tr></thead><tbody>${lines}</tbody></table>`;
}

const share = (n: number, of: number, locale: string) =>
  (n / of).toLocaleString(locale, { style: 'percent', maximumFractionDigits: 1 });
