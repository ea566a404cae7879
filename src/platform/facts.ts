import { sql } from 'kysely';
import type { z } from 'zod';
import { assert } from '../kernel/assert.ts';
import type { Reader, Tx } from './db.ts';
import type { Deps } from './deps.ts';
import { type AnyJob, defineJob, enqueue, enqueueAll, FACT } from './jobs.ts';

/**
 * Something that has happened, told downstream through the queue: written in the transaction that makes it
 * true, delivered at least once, in any order. What it sets off stands in `src/app/flow.ts` and nowhere
 * else.
 */
export interface Fact<P> {
  type: string;
  schema: z.ZodType<P>;
}

export function defineFact<P>(type: string, schema: z.ZodType<P>): Fact<P> {
  return { type, schema };
}

/** Tells a fact within `tx`. */
export async function emit<P>(tx: Tx, fact: Fact<P>, payload: P): Promise<void> {
  await enqueue(tx, FACT, { type: fact.type, payload });
}

/** Tells many facts of one kind within `tx`, in one statement. */
export async function emitAll<P>(tx: Tx, fact: Fact<P>, payloads: readonly P[]): Promise<void> {
  await enqueueAll(
    tx,
    FACT,
    payloads.map((payload) => ({ type: fact.type, payload })),
  );
}

/**
 * Facts of a type that have happened and still wait for one of their consumers: what a reader must add to
 * what the consumers have made of them. Read this first and what they made afterwards: then nothing that
 * was committed before falls between the two.
 */
export async function waitingFacts(reader: Reader, facts: readonly Fact<unknown>[]): Promise<WaitingFact[]> {
  const types = facts.map(({ type }) => type);
  const { rows } = await sql<WaitingFact>`
    SELECT type, payload FROM platform.waiting_facts(${types}::text[])`.execute(reader);
  return rows;
}

export interface WaitingFact {
  type: string;
  payload: unknown;
}

/** A consumer's action; it must be safe to repeat, since a fact may come twice. */
export type Consumer<P> = (deps: Deps, payload: P) => Promise<void>;

export interface Course {
  fact: string;
  deliver(deps: Deps, payload: unknown): Promise<void>;
}

/** One line of the flow: on this fact, do these things. */
export function on<P>(fact: Fact<P>, ...consumers: readonly Consumer<P>[]): Course {
  return {
    fact: fact.type,
    async deliver(deps, payload) {
      const checked = fact.schema.parse(payload);
      const failures: unknown[] = [];
      // One consumer's failure must not keep the fact from the others; the job is tried again for all.
      for (const consume of consumers)
        await consume(deps, checked).catch((error: unknown) => failures.push(error));
      if (failures.length > 0) throw failures[0];
    },
  };
}

/** The job that carries facts to their consumers. */
export function factJob(
  courses: readonly Course[],
  envelope: z.ZodType<{ type: string; payload: unknown }>,
): AnyJob {
  const byType = new Map(courses.map((course) => [course.fact, course]));
  return defineJob({
    name: FACT,
    schema: envelope,
    async run(deps, job) {
      const course = byType.get(job.type);
      assert(course, `no course for the fact ${job.type}`);
      await course.deliver(deps, job.payload);
    },
  });
}
