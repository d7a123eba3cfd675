/** A refused request, with a message for the client. */
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

/** An error for a request that can be answered later. */
export const tryLater = (seconds: number, message: string): HttpError =>
	new HttpError(503, message, {'Retry-After': String(seconds)});
