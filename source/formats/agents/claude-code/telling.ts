import type {Request} from '../../../request.js';
import {boundNames} from '../../../text/bound-names.js';
import type {FormatContext} from '../../format.js';
import {isEmpty} from '../../records/counts.js';

/** What a message is called, without its counts: those of one message may tell them in several lines. */
const messageOf = (id: string): string => id.slice(0, id.lastIndexOf('#'));

/**
 * Tells requests: once where several lines in a row tell of one that knows when its first line was written, and one
 * without any count only when the next one shows that no line of it tells them. Gateways write the first lines of an
 * answer before they know its counts.
 */
export class Telling {
	readonly #onRequest: FormatContext['onRequest'];
	#waiting: Request | undefined;
	/** Told, but to be told again if the next line tells more of it. */
	#latest: Request | undefined;

	/** @param waiting the one that waited when an earlier session ended */
	constructor({onRequest}: Pick<FormatContext, 'onRequest'>, waiting: Request | undefined) {
		this.#onRequest = onRequest;
		this.#waiting = waiting;
	}

	/** The latest answer without any count, if no line of the same message has come since. */
	get waiting(): readonly Request[] {
		return this.#waiting ? [this.#waiting] : [];
	}

	tell(request: Request): void {
		const waiting = this.#waiting;
		this.#waiting = undefined;
		if (waiting && messageOf(waiting.id) !== messageOf(request.id)) {
			this.#tell(waiting);
		}
		if (request.usage && isEmpty(request.usage)) {
			this.#waiting = boundNames(request);
		} else {
			this.#tell(request);
		}
	}

	/** There are no more lines for now. */
	finish(): void {
		if (this.#latest) {
			this.#onRequest(this.#latest);
			this.#latest = undefined;
		}
	}

	#tell(request: Request): void {
		if (this.#latest?.id !== request.id || request.firstLine === undefined) {
			this.finish();
		}
		this.#latest = request;
	}
}
