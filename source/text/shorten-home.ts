/** Before a path: no letter of a longer path, so that `/data/root/x` keeps its `/root`. */
const before = String.raw`(?<![\p{L}\p{N}._~/-])`;
/** Behind it: its own end, so that `/home/ann` is not found in `/home/anna`. */
const behind = String.raw`(?![\p{L}\p{N}._-])`;

/** Text with a home folder written `~` wherever a path begins with it. @param home absolute; `/` shortens nothing */
export const shortenHome = (text: string, home: string): string => {
	const folder = home.replace(/[/\\]+$/, '');
	return folder === '' || !text.includes(folder)
		? text
		: text.replace(new RegExp(`${before}${folder.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')}${behind}`, 'gu'), '~');
};
