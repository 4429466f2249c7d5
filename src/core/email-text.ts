/** Whether a text could be somebody's e-mail address: enough for a form; lists are checked more closely. */
export const looksLikeEmail = (text: string): boolean => /^[^\s@<>,;]+@[^\s@<>,;]+$/.test(text);
