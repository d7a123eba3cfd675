let segmenter: Intl.Segmenter | undefined;

/** What a person sees as the characters of a text, with where each begins. The segmenter is made when it is needed: that takes its time. */
export const graphemesOf = (text: string): Intl.Segments => {
	segmenter ??= new Intl.Segmenter('en', {granularity: 'grapheme'});
	return segmenter.segment(text);
};
