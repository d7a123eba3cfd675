/**
 * A number of 32 bits for a text. With a seed that differs from process to process no log can be written whose texts all
 * come to the same.
 */
export const seededHash = (text: string, seed: number): number => {
	let hash = seed;
	for (let at = 0; at < text.length; at++) {
		hash = Math.imul(hash ^ text.charCodeAt(at), 0x9e3779b1);
		hash ^= hash >>> 15;
	}
	return hash;
};
