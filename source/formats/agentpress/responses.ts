/** Response ids remembered, and of these, the latest that are saved: what is billed twice is so within moments. */
const most = 20_000;
const mostSaved = 200;

/** The responses that were billed, so that one billed twice counts once. */
export class Responses {
	readonly #ids: Set<string>;

	constructor(saved: readonly string[] = []) {
		this.#ids = new Set(saved);
	}

	save(): readonly string[] {
		return [...this.#ids].slice(-mostSaved);
	}

	has(id: string | undefined): boolean {
		return id !== undefined && this.#ids.has(id);
	}

	/** The backend does not always tell an id. */
	add(id: string | undefined): void {
		if (id === undefined) {
			return;
		}
		this.#ids.add(id);
		if (this.#ids.size > most) {
			this.#ids.delete(this.#ids.values().next().value as string);
		}
	}
}
