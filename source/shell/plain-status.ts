/**
 * Recognises the command line of `status` in its simplest form: sources and at most `--format`. Undefined for any
 * other, valid or not, which needs the full parser.
 * @param argv the arguments after the program's name
 */
export const plainStatus = (
	argv: readonly string[],
): {readonly words: readonly string[]; readonly format: string | undefined} | undefined => {
	const [verb, ...rest] = argv;
	const at = rest.indexOf('--format');
	const [format] = at < 0 ? [] : rest.slice(at + 1);
	const words = at < 0 ? rest : [...rest.slice(0, at), ...rest.slice(at + 2)];
	const isPlain =
		verb === 'status' &&
		(at < 0 || (format !== undefined && /^[^-]/.test(format))) &&
		words.every(word => /^[^-]/.test(word) && /[/.]/.test(word));
	return isPlain ? {words, format} : undefined;
};
