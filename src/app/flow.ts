/**
 * The business on one screen: what each fact sets off. Imports point upstream; facts go downstream, only
 * through here. Every consumer is safe to repeat.
 */
import type { Course } from '../platform/facts.ts';

export const courses: readonly Course[] = [];
