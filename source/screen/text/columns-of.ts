import stringWidth from 'string-width';

/** 7-bit characters, and what the screen draws with: box lines, blocks, braille and signs, all of one column. */
const narrow = /^[ -~─-▟⠀-⣿·…–←→▲▼▸◂●↑↓‖⚑✕⏎]*$/;

/** Columns that text takes on a terminal. Most of a screen is plain, and measuring it by graphemes takes a frame's time. */
export const columnsOf = (text: string): number => (narrow.test(text) ? text.length : stringWidth(text));
