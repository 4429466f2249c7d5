/** A word that every POSIX shell reads back as exactly this text. */
export const quoteWord = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;
