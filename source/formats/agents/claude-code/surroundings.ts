import {boundName} from '../../../text/bound-names.js';
import type {ThreadEvents} from '../../state/thread-events.js';
import type {Call} from './answers.js';
import {noteCall, noteSurroundings, settingsNow} from './events.js';
import {cwd, groups, sessionId, skimmer, threadNow} from './line.js';
import type {Projects} from './projects.js';

/** What surrounds the current line. Most lines repeat that of the line before, for which nothing is read again. */
export class Surroundings {
	readonly #events: ThreadEvents;
	readonly #projects: Projects;
	#lane = '';
	#project: string | undefined;
	#isNoted = false;

	constructor(events: ThreadEvents, projects: Projects) {
		this.#events = events;
		this.#projects = projects;
	}

	/** The conversation of the current line: a session, or one of its sub-agents. */
	get lane(): string {
		return this.#lane;
	}

	/** Its project. */
	get project(): string | undefined {
		return this.#project;
	}

	/**
	 * To be called for every line, since the working folder may change.
	 * @returns true if they are those of the line before
	 */
	read(): boolean {
		if (skimmer.isAsBefore(groups.surroundings)) {
			return true;
		}
		this.#lane = boundName(threadNow()) ?? '';
		this.#project = this.#projects.of(sessionId.text ?? '', cwd.text);
		this.#isNoted = false;
		return false;
	}

	/** Notes in the conversation what has changed. */
	note(): void {
		if (!this.#isNoted) {
			noteSurroundings(this.#events, this.#lane);
			this.#isNoted = true;
		}
	}

	/**
	 * The call that the current line answers, as its conversation tells it.
	 * @param asked when the last input of the conversation arrived, in epoch milliseconds; undefined if that is not known
	 * @param time of the line, in epoch milliseconds
	 * @param isTimed false if the line has no time of its own
	 */
	call(asked: number | undefined, time: number, isTimed: boolean): Call {
		this.note();
		noteCall(this.#events, this.#lane);
		return {
			start: asked !== undefined && asked <= time ? asked : undefined,
			settings: settingsNow(this.#events, this.#lane),
			events: this.#events.take(this.#lane),
			firstLine: isTimed ? time : undefined,
		};
	}
}
