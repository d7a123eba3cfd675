import type {Format} from '../../format.js';
import {GeminiCliSession} from './gemini-session.js';
import {recogniseGeminiCli} from './recognise.js';

/**
 * Chats of Gemini CLI: `tmp/<project>/chats/session-*.json`, one document each, and later `.jsonl`, one record per
 * line.
 */
export const geminiCli: Format = {
	name: 'gemini-cli',
	title: 'Gemini CLI chat',
	recognise: recogniseGeminiCli,
	open: (context, saved) => new GeminiCliSession(context, saved),
};
