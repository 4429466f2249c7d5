import { describe, expect, it } from 'vitest';
import { rendererOf } from './markdown.ts';

const render = rendererOf('sanitise');

describe('what a site needs passes the sanitiser as it is written', () => {
  it.each([
    '<figure><img src="/a.jpg" alt="A" width="4" height="3" loading="lazy" decoding="async" srcset="/a.jpg 1x, /b.jpg 2x" sizes="100vw"><figcaption>A</figcaption></figure>',
    '<picture><source srcset="/a.avif" type="image/avif" media="(min-width: 40em)"><img src="/a.jpg" alt=""></picture>',
    '<details open><summary>More</summary><p>Words</p></details>',
    '<video src="/a.mp4" poster="/a.jpg" controls preload="none" muted loop playsinline width="4" height="3"></video>',
    '<video controls><source src="/a.webm" type="video/webm"><track src="/a.vtt" kind="captions" srclang="lv" label="Latviski" default></video>',
    '<audio src="https://shop.example/a.mp3" controls></audio>',
    '<table class="prices"><caption>Prices</caption><colgroup><col span="2"></colgroup><thead><tr><th scope="col" colspan="2" abbr="B">Bread</th></tr></thead><tbody><tr><td rowspan="1">1</td><td style="text-align:right">2</td></tr></tbody></table>',
    '<p id="one" class="lead wide" lang="lv" dir="ltr" title="Words" role="note" aria-label="Note" aria-hidden="false" data-kind="x">Words</p>',
    '<dl><dt>Term</dt><dd>Meaning</dd></dl>',
    '<ol start="3" reversed type="a"><li value="3">x</li></ol>',
    '<p><a href="mailto:a@shop.example">a</a> <a href="tel:+371">b</a> <a href="#c" target="_blank" rel="noopener" hreflang="lv">c</a> <a href="/a.pdf" download>d</a> <a href="https://x.example/?a=1&amp;b=2">e</a></p>',
    '<p><abbr title="For example">e.g.</abbr> <mark>a</mark> <small>b</small> <del>c</del> <ins>d</ins> <sub>e</sub> <sup>f</sup> <kbd>g</kbd> <time datetime="2026-01-01">h</time> <q cite="https://x.example">i</q> <s>j</s> <u>k</u> <em>l</em> <strong>m</strong></p>',
    '<blockquote cite="https://x.example"><p>Words</p></blockquote>',
    '<section><h2>A</h2></section><nav><ul><li>x</li></ul></nav><aside>y</aside><article>z</article><address>w</address><hr>',
    '<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>',
    '<button type="button" class="button">x</button>',
  ])('%s', (html) => {
    const plain = (text: string) => text.replaceAll('=""', '').replaceAll(' />', '>').trim();
    expect(plain(render(`<div>${html}</div>`))).toBe(plain(`<div>${html}</div>`));
  });

  it('keeps what Markdown makes', () => {
    expect(
      render('# A {.big #a}\n\n| a |\n|:-:|\n| ~~b~~ |\n\n![A](a.jpg){.wide loading=eager} <b>c</b>'),
    ).toBe(
      '<h1 class="big" id="a">A</h1>\n<table>\n<thead>\n<tr>\n<th style="text-align:center">a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td style="text-align:center"><s>b</s></td>\n</tr>\n</tbody>\n</table>\n<p><img src="a.jpg" alt="A" class="wide" loading="eager" /> <b>c</b></p>\n',
    );
  });

  it('keeps words, and signs of HTML in them', () => {
    expect(render('5 < 6 & 7 > 3, `<b>`, "quoted" <i>x</i>')).toBe(
      '<p>5 &lt; 6 &amp; 7 &gt; 3, <code>&lt;b&gt;</code>, "quoted" <i>x</i></p>\n',
    );
  });
});

describe('what is taken out leaves its words', () => {
  it.each([
    ['<p onclick="x()">Words</p>', '<p>Words</p>'],
    ['<iframe src="https://x.example/"></iframe>Words', 'Words'],
    ['<p style="position:fixed">Words</p>', '<p>Words</p>'],
    ['<font color="red">Words</font>', 'Words'],
    ['<form action="/x"><p>Words</p></form>', '<p>Words</p>'],
    ['<a href="javascript:x()">Words</a>', '<a>Words</a>'],
  ])('%s', (html, left) => expect(render(`<div>${html}</div>`).trim()).toBe(`<div>${left}</div>`));
});
