const longestCursor = 1000;

/**
 * The cursor of the next page in a `Link` header; undefined if there is none. Only the cursor is used: behind a proxy,
 * the URLs in the header often name another host.
 */
export const nextCursor = (link: string | null): string | undefined => {
	for (const [, address = '', parameters = ''] of (link ?? '').matchAll(/<([^<>]*)>([^<]*)/g)) {
		if (/;\s*rel="?next"?/i.test(parameters) && !/;\s*results="?false"?/i.test(parameters)) {
			const cursor = /;\s*cursor="([^"]+)"/i.exec(parameters)?.[1] ?? cursorIn(address);
			return cursor !== undefined && cursor.length <= longestCursor ? cursor : undefined;
		}
	}
	return undefined;
};

const cursorIn = (address: string): string | undefined => {
	const query = address.indexOf('?');
	return (query < 0 ? undefined : new URLSearchParams(address.slice(query)).get('cursor')) ?? undefined;
};
