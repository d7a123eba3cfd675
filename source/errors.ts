/** An error that the user can act on: shown as one line, without a stack. */
export class UserError extends Error {
	/** The process's exit code: 2 bad usage, 3 nothing could be read. */
	readonly exitCode: number;

	override readonly name: string = 'UserError';

	constructor(message: string, exitCode: number, options?: ErrorOptions) {
		super(message, options);
		this.exitCode = exitCode;
	}
}

/** Wrong flags, dates or names: exit code 2. */
export class UsageError extends UserError {
	override readonly name: string = 'UsageError';

	constructor(message: string) {
		super(message, 2);
	}
}

/** A server with the requested data does not answer at the moment: exit code 3. */
export class UnavailableError extends UserError {
	override readonly name: string = 'UnavailableError';

	constructor(message: string, options?: ErrorOptions) {
		super(message, 3, options);
	}
}
