/** A request that is refused, with a line for whoever sent it. */
export class HttpError extends Error {
	override readonly name = 'HttpError';
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;

	constructor(status: number, message: string, headers: Readonly<Record<string, string>> = {}) {
		super(message);
		this.status = status;
		this.headers = headers;
	}
}

/** Later the same request can be answered. */
export const tryLater = (seconds: number, message: string): HttpError =>
	new HttpError(503, message, {'Retry-After': String(seconds)});
