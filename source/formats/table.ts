import {agentpress} from './agentpress/agentpress.js';
import type {Format} from './format.js';

/** Every format there is: the only place that knows them all. The first that recognises a log reads it. */
export const formats: readonly Format[] = [agentpress];
