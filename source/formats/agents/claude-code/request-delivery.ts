import type {Request} from '../../../request.js';
import {boundNames} from '../../../text/bound-names.js';
import type {FormatContext} from '../../format.js';
import {isEmpty} from '../../records/counts.js';

/** The id of a message without the counts, which its lines may not all have. */
const messageOf = (id: string): string => id.slice(0, id.lastIndexOf('#'));

/**
 * Delays requests of which the next line may say more. Consecutive lines of an answer with a first line are delivered as
 * one request. A request without counts is delivered once another message follows, because gateways write the first lines
 * of an answer before they know its counts.
 */
export class RequestDelivery {
	readonly #onRequest: FormatContext['onRequest'];
	#waiting: Request | undefined;
	/** The request of the last line, until a line of another one follows. */
	#latest: Request | undefined;

	/** @param waiting the request that waited when an earlier session was saved */
	constructor({onRequest}: Pick<FormatContext, 'onRequest'>, waiting: Request | undefined) {
		this.#onRequest = onRequest;
		this.#waiting = waiting;
	}

	/** The request without counts that is waiting for them, if any. */
	get waiting(): readonly Request[] {
		return this.#waiting ? [this.#waiting] : [];
	}

	/** Accepts a request, which is delivered now or later. */
	add(request: Request): void {
		const waiting = this.#waiting;
		this.#waiting = undefined;
		if (waiting && messageOf(waiting.id) !== messageOf(request.id)) {
			this.#deliver(waiting);
		}
		if (request.usage && isEmpty(request.usage)) {
			this.#waiting = boundNames(request);
		} else {
			this.#deliver(request);
		}
	}

	/** Delivers the last request, because there are no more lines for now. */
	finish(): void {
		if (this.#latest) {
			this.#onRequest(this.#latest);
			this.#latest = undefined;
		}
	}

	#deliver(request: Request): void {
		if (this.#latest?.id !== request.id || request.firstLine === undefined) {
			this.finish();
		}
		this.#latest = request;
	}
}
