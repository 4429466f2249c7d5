import { localPictures } from '../markdown.ts';
import { asWarning, at, inBody, type Rule } from './rules.ts';

/** Bytes: what a phone on a slow network shows while its owner still looks. */
const heavyPicture = 200_000;
const heavyMail = 600_000;

/** Pictures that are slow on a phone. */
export const pictureRules: Rule = ({ brief, pictures }) => {
  const place = (src: string) => {
    const inText = localPictures(brief.body).find(({ target }) => target === src);
    return inText ? inBody(brief, inText.line) : at(brief, 'hero', 'src');
  };
  const weigh = (bytes: number) => `${Math.round(bytes / 1000)} kB`;
  const heavy = [...pictures].filter(([, { content }]) => content.length > heavyPicture);
  const total = [...pictures.values()].reduce((sum, { content }) => sum + content.length, 0);
  const problems = heavy.map(([src, { content }]) =>
    asWarning({
      ...place(src),
      rule: 'image-weight',
      message: `The picture ${src} weighs ${weigh(content.length)}.`,
      fix: 'Save it 1200 pixels wide at medium quality: below 200 kB.',
    }),
  );
  if (total > heavyMail)
    problems.push(
      asWarning({
        file: brief.file,
        rule: 'image-weight',
        message: `The pictures of one mail weigh ${weigh(total)} together.`,
        fix: 'Use fewer or smaller ones: below 600 kB in all.',
      }),
    );
  return problems;
};
