/** ClickHouse did not do what it was asked: one line without a secret, and without line breaks. */
export class ClickhouseError extends Error {
	override readonly name = 'ClickhouseError';
	/** The server's own number of the error; undefined if it did not answer. */
	readonly code: number | undefined;
	/** Another try, or another server, may succeed: the network, or a server that starts, ends or is overloaded. */
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
