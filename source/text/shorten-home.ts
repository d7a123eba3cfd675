/** Must not be preceded by part of a longer path: `/data/root/x` keeps its `/root`. */
const before = String.raw`(?<![\p{L}\p{N}._~/-])`;
/** Must not be followed by part of a longer name: `/home/ann` is not found in `/home/anna`. */
const behind = String.raw`(?![\p{L}\p{N}._-])`;

/** Replaces a home folder at the start of paths by `~`. @param home absolute; `/` changes nothing */
export const shortenHome = (text: string, home: string): string => {
	const folder = home.replace(/[/\\]+$/, '');
	return folder === '' || !text.includes(folder)
		? text
		: text.replace(new RegExp(`${before}${folder.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')}${behind}`, 'gu'), '~');
};
