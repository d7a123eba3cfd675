/** A failed request to ClickHouse, with a message of one line without secrets. */
export class ClickhouseError extends Error {
	override readonly name = 'ClickhouseError';
	/** ClickHouse's error code; undefined if it did not answer. */
	readonly code: number | undefined;
	/**
	 * True if another attempt or another server may succeed: a network failure, or a server that starts, stops or is
	 * overloaded.
	 */
	readonly isPassing: boolean;

	constructor(
		message: string,
		{code, isPassing, ...options}: ErrorOptions & {readonly code?: number | undefined; readonly isPassing: boolean},
	) {
		super(message, options);
		this.code = code;
		this.isPassing = isPassing;
	}
}
