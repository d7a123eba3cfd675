let segmenter: Intl.Segmenter | undefined;

/** A character as the user sees it, and where it begins. */
type Grapheme = {readonly segment: string; readonly index: number};

/** The time that V8's segmenter takes for each character grows with the text: it gets this much of it, UTF-16 units. */
const pieceLength = 256;

const highSurrogate = /[\uD800-\uDBFF]$/;

/**
 * What the user sees as the characters of a text, in time that grows with its length. The segmenter is made when it is
 * needed: that takes its time.
 */
export function* graphemesOf(text: string): Generator<Grapheme, void> {
	segmenter ??= new Intl.Segmenter('en', {granularity: 'grapheme'});
	let length = pieceLength;
	for (let start = 0; start < text.length; ) {
		// Half of a pair of surrogates would end what is before it.
		const isLast = start + length >= text.length;
		const cut = text.slice(start, start + length);
		const piece = isLast ? cut : cut.replace(highSurrogate, '');
		let end = 0;
		for (const {segment, index} of segmenter.segment(piece)) {
			// What ends with the piece may continue behind it.
			if (isLast || index + segment.length < piece.length) {
				end = index + segment.length;
				yield {segment, index: start + index};
			}
		}
		start += end;
		length = end === 0 ? length * 2 : pieceLength;
	}
}
