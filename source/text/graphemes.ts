let segmenter: Intl.Segmenter | undefined;

/** A user-perceived character and its index. */
type Grapheme = {readonly segment: string; readonly index: number};

/** UTF-16 units passed to the segmenter at once: the time that V8 needs per character grows with the text. */
const pieceLength = 256;

const highSurrogate = /[\uD800-\uDBFF]$/;

/**
 * The user-perceived characters of a text, in linear time. Creates the segmenter on first use, because that is slow.
 */
export function* graphemesOf(text: string): Generator<Grapheme, void> {
	segmenter ??= new Intl.Segmenter('en', {granularity: 'grapheme'});
	let length = pieceLength;
	for (let start = 0; start < text.length; ) {
		// A piece must not end in the middle of a surrogate pair.
		const isLast = start + length >= text.length;
		const cut = text.slice(start, start + length);
		const piece = isLast ? cut : cut.replace(highSurrogate, '');
		let end = 0;
		for (const {segment, index} of segmenter.segment(piece)) {
			// A character at the end of the piece may continue after it.
			if (isLast || index + segment.length < piece.length) {
				end = index + segment.length;
				yield {segment, index: start + index};
			}
		}
		start += end;
		length = end === 0 ? length * 2 : pieceLength;
	}
}
