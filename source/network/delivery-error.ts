/** A message could not be delivered. The error's text is short and contains no secret: `answered 503`. */
export class DeliveryError extends Error {
	override readonly name = 'DeliveryError';
	/** True if the receiver rejected the message, so that an immediate retry is pointless. */
	readonly isFinal: boolean;
	/** True if the message can never be delivered to this address. */
	readonly isGivenUp: boolean;
	/** Milliseconds that the receiver asks to wait. */
	readonly retryAfter: number | undefined;

	constructor(
		message: string,
		{
			isFinal = false,
			isGivenUp = false,
			retryAfter,
		}: {isFinal?: boolean; isGivenUp?: boolean; retryAfter?: number | undefined} = {},
	) {
		super(message);
		this.isFinal = isFinal || isGivenUp;
		this.isGivenUp = isGivenUp;
		this.retryAfter = retryAfter;
	}
}

const reasons: Readonly<Record<string, string>> = {
	ECONNREFUSED: 'connection refused',
	ECONNRESET: 'the connection broke',
	ECONNECTION: 'no connection',
	ENOTFOUND: 'host not found',
	EAI_AGAIN: 'host not found: no name server answers',
	EDNS: 'host not found',
	EHOSTUNREACH: 'host not reachable',
	ENETUNREACH: 'network not reachable',
	ETIMEDOUT: 'no answer in time',
	ESOCKET: 'the connection broke',
	ETLS: 'no secure connection: the server offers no TLS, or none that can be trusted',
	EAUTH: 'the server refused the user or the password',
	EENVELOPE: 'the server refused the sender or a recipient',
	EMESSAGE: 'the server refused the message',
	UND_ERR_CONNECT_TIMEOUT: 'no connection in time',
	UND_ERR_HEADERS_TIMEOUT: 'no answer in time',
	UND_ERR_SOCKET: 'the connection broke',
};

type Failure = {readonly code?: unknown; readonly cause?: unknown; readonly name?: unknown};

/** Uses error codes only: the messages of libraries quote addresses, which are secret here. */
export const reasonOf = (error: unknown): string => {
	const {code, cause, name} = (error ?? {}) as Failure;
	if (name === 'TimeoutError') {
		return 'no answer in time';
	}
	if (typeof code === 'string' && /^[A-Z][A-Z\d_]{2,60}$/.test(code)) {
		return reasons[code] ?? code;
	}
	return cause === undefined ? 'no connection' : reasonOf(cause);
};
