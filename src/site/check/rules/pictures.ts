import type { CheckedPage, CheckedSite, PageRule } from '../checked-site.ts';
import { asError, asWarning, type Finding } from '../finding.ts';
import type { HtmlImage } from '../html-page.ts';
import { lineOf, locate, writtenForms } from '../locate.ts';
import { fileFor, targetOf } from './links.ts';

/** Bytes of one picture above which a page feels slow on a phone. */
const PICTURE_BUDGET = 500_000;
/** Bytes of all pictures of a page together. */
const PAGE_BUDGET = 3_000_000;

/** Pictures: there, readable, described, not too heavy. */
export const pictureRules: PageRule = (page, site) => [
  ...page.html.images.flatMap((image) => checkPicture(image, page, site)),
  ...missingWords(page),
  ...heavyPage(page, site),
];

function checkPicture(image: HtmlImage, page: CheckedPage, site: CheckedSite): Finding[] {
  const file = pictureFile(image.src, page, site);
  const source = site.pictures.get(`/${file}`);
  const src = source && source.address !== `/${file}` ? source.address : image.src;
  const place = () => locate(page, site, ...writtenForms(src));
  const found: Finding[] = [];
  if (image.needsAlt && image.alt === undefined)
    found.push(
      asError({
        ...place(),
        rule: 'missing-alt',
        text: src,
        message: `The picture ${src} has no words for people who cannot see it.`,
        fix: 'Say in a few words what it shows: ![what it shows](picture.jpg), or alt="what it shows".',
      }),
    );
  if (file === undefined) return found;
  if (file === '')
    return [
      ...found,
      asError({
        ...place(),
        rule: 'broken-image',
        text: src,
        message:
          src === ''
            ? 'A picture has no address: visitors see an empty frame.'
            : `The picture ${src} is not on the site: visitors see an empty frame.`,
        fix: 'Put the picture beside the page or into static/, and write its name exactly, with small and capital letters.',
      }),
    ];
  if (/\.(heic|heif|tiff?)$/i.test(file))
    found.push(
      asError({
        ...place(),
        rule: 'unshown-image',
        text: src,
        message: `The picture ${src} is of a kind that most browsers do not show: visitors see an empty frame.`,
        fix: 'Save it as JPG and use that file. sec does so by itself with: sec site update <client> <page> --image image=FILE',
      }),
    );
  if (source && !source.isReadable)
    found.push(
      asError({
        ...place(),
        rule: 'unreadable-image',
        text: src,
        message: `The picture ${src} cannot be read (${source.file}): the file is damaged, or is no picture.`,
        fix: 'Save the picture anew as JPG, PNG or WebP, and put it in the place of this file.',
      }),
    );
  const size = bytesOf(image, page, site);
  if (size > PICTURE_BUDGET)
    found.push(
      asWarning({
        ...place(),
        rule: 'large-image',
        text: src,
        message: `The picture ${src} is sent with up to ${kilobytes(size)} kB; with more than ${kilobytes(PICTURE_BUDGET)} kB a page is slow on a phone.`,
        fix: 'Make it smaller: 1600 pixels on the longer side are enough, saved as JPG or WebP.',
      }),
    );
  return found;
}

/** The most that a browser loads for a picture: one of its sizes. */
function bytesOf({ served }: HtmlImage, page: CheckedPage, site: CheckedSite): number {
  return Math.max(0, ...served.map((src) => site.files.get(pictureFile(src, page, site) ?? '')?.size ?? 0));
}

/** The file of the release; empty where it is missing, undefined where the picture is not this site's. */
function pictureFile(src: string, page: CheckedPage, site: CheckedSite): string | undefined {
  if (src.trim() === '') return '';
  if (/^data:/i.test(src)) return undefined;
  const target = targetOf(src, page, site.siteUrl);
  return target && (fileFor(target.path, site) ?? '');
}

/** `![](photo.jpg)`: in Markdown nobody leaves the words out on purpose. */
function missingWords({ source, file }: CheckedPage): Finding[] {
  if (!source) return [];
  const body = source.text.slice(source.bodyStart);
  const withoutCode = body.replace(/^( {0,3})(```|~~~)[\s\S]*?^\s*\2/gm, blank).replace(/`[^`\n]*`/g, blank);
  return [...withoutCode.matchAll(/!\[\s*\]\(\s*<?([^)\s>]*)/g)].map(({ index, 1: src = '' }) =>
    asError({
      file,
      line: lineOf(source.text, source.bodyStart + index),
      rule: 'missing-alt',
      text: src,
      message: `The picture ${src} has no words for people who cannot see it.`,
      fix: `Say in a few words what it shows, between the square brackets: ![what it shows](${src}).`,
    }),
  );
}

const blank = (text: string) => text.replace(/[^\n]/g, ' ');

function heavyPage(page: CheckedPage, site: CheckedSite): Finding[] {
  const pictures = new Map(
    page.html.images.filter(({ needsAlt }) => needsAlt).map((image) => [image.src, image]),
  );
  const bytes = [...pictures.values()].reduce((sum, image) => sum + bytesOf(image, page, site), 0);
  if (bytes <= PAGE_BUDGET) return [];
  return [
    asWarning({
      file: page.file,
      rule: 'heavy-page',
      message: `The pictures of this page have ${(bytes / 1e6).toFixed(1)} MB together: on a phone it takes long to show.`,
      fix: 'Use fewer pictures, or make them smaller.',
    }),
  ];
}

const kilobytes = (bytes: number) => Math.round(bytes / 1000);
