/** A 32-bit hash of a text. With a random seed per process, nobody can craft a log whose texts all collide. */
export const seededHash = (text: string, seed: number): number => {
	let hash = seed;
	for (let at = 0; at < text.length; at++) {
		hash = Math.imul(hash ^ text.charCodeAt(at), 0x9e3779b1);
		hash ^= hash >>> 15;
	}
	return hash;
};
