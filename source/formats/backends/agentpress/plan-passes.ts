import type {FormatContext, Tally} from '../../format.js';
import type {Conversation} from './conversations/conversation.js';
import type {PlanGroup} from './plan-group.js';
import type {Requests} from './requests.js';
import type {Saved} from './saved.js';

type SavedPasses = Pick<Saved, 'planOnly' | 'showsCalls'>;

/** Handles planning passes of a log that were not followed by a call. */
export class PlanPasses {
	readonly #context: FormatContext;
	readonly #tally: Tally;
	readonly #requests: Requests;
	/** Number of passes reported as requests, because neither call nor outcome had been seen. */
	#planOnly: number;
	#showsCalls: boolean;

	constructor(context: FormatContext, tally: Tally, requests: Requests, saved: SavedPasses | undefined) {
		this.#context = context;
		this.#tally = tally;
		this.#requests = requests;
		this.#planOnly = saved?.planOnly ?? 0;
		this.#showsCalls = saved?.showsCalls ?? false;
	}

	/** True if the log has shown a call or an outcome. */
	get showsCalls(): boolean {
		return this.#showsCalls;
	}

	save(): SavedPasses {
		return {planOnly: this.#planOnly, showsCalls: this.#showsCalls};
	}

	/** A pass was followed by another: it is a request in a log without calls, otherwise a dry run. */
	ended(conversation: Conversation, group: PlanGroup): void {
		if (this.#showsCalls) {
			this.#tally.dryRuns++;
		} else {
			this.#planOnly++;
			this.#context.onRequest(this.#requests.planned(conversation, group, 'ended'));
		}
	}

	/** At the first call or outcome, passes reported as requests turn out to have been dry runs. */
	seenCall(): void {
		if (this.#showsCalls) {
			return;
		}
		this.#showsCalls = true;
		if (this.#planOnly > 0) {
			this.#tally.dryRuns += this.#planOnly;
			this.#planOnly = 0;
			this.#context.onRetract();
		}
	}
}
