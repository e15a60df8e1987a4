import type { Path } from "./failures.js";
import { isPromise } from "./complete.js";
import { atHand } from "./known.js";
import { argsOf, infoOf, type Field, type Run } from "./plan.js";
import { answerFor, type WrittenAnswer } from "./written.js";

type Answers = Record<string, unknown>;
type Source = Record<string, unknown>;

const isSource = (value: unknown): value is Source => (typeof value === "object" && value !== null) || typeof value === "function";

/** An object that inherits nothing, since an alias may be called `__proto__`; faster than `Object.create(null)`. */
const Answers = function () {} as unknown as new () => Record<string, unknown>;
Answers.prototype = Object.create(null);

/** Runs the fields of an object side by side. */
export function runFields(run: Run, fields: readonly Field[], source: unknown, path: Path | undefined): Answers | Promise<Answers> {
  const answers: Answers = new Answers();
  const properties = isSource(source) ? source : undefined;
  let waiting: Field[] | undefined;
  try {
    for (const field of fields) {
      const answer = properties && field.isLeaf ? runLeaf(run, field, properties, path) : runField(run, field, source, path);
      // Keeps the place of a value that is to come.
      answers[field.key] = answer;
      if (isPromise(answer)) (waiting ??= []).push(field);
    }
  } catch (error) {
    if (!waiting) throw error;
    // The failure waits for its neighbours, as in graphql-js: the order of errors stays the same.
    return allOf(answers, waiting).finally(() => {
      throw error;
    });
  }
  return waiting ? allOf(answers, waiting) : answers;
}

const allOf = (answers: Answers, waiting: readonly Field[]): Promise<Answers> =>
  Promise.all(waiting.map(({ key }) => answers[key])).then((values) => {
    for (let i = 0; i < waiting.length; i++) answers[(waiting[i] as Field).key] = values[i];
    return answers;
  });

/** Runs the fields of a mutation one after the other. */
export function runSerially(run: Run, fields: readonly Field[], source: unknown): Answers | Promise<Answers> {
  let answers: Answers | Promise<Answers> = new Answers();
  const step = (sofar: Answers, field: Field): Answers | Promise<Answers> => {
    const answer = runField(run, field, source, undefined);
    const put = (value: unknown) => {
      sofar[field.key] = value;
      return sofar;
    };
    return isPromise(answer) ? answer.then(put) : put(answer);
  };
  for (const field of fields) answers = isPromise(answers) ? answers.then((sofar) => step(sofar as Answers, field)) : step(answers, field);
  return answers;
}

/** Leaves do not look at it. */
const nowhere: Path = { prev: undefined, key: "", typename: undefined };

/** A property that is answered as it is: the most frequent kind of field, so its path is made only if it fails. */
function runLeaf(run: Run, field: Field, source: Source, prev: Path | undefined): unknown {
  const value = source[field.name];
  if (typeof value === "function" || (typeof value === "object" && value !== null)) return runField(run, field, source, prev);
  try {
    return field.complete(run, field, nowhere, value);
  } catch (error) {
    return run.failures.settle(error, field.nodes, { prev, key: field.key, typename: field.parent.name }, field.nullable);
  }
}

function runField(run: Run, field: Field, source: unknown, prev: Path | undefined): unknown {
  const written = run.written && writtenFor(run, field, source);
  if (written) return written;
  const path: Path = { prev, key: field.key, typename: field.parent.name };
  try {
    const value = valueOf(run, field, source, path);
    const completed = isPromise(value)
      ? value.then((resolved) => field.complete(run, field, path, resolved))
      : field.complete(run, field, path, value);
    if (!isPromise(completed)) return completed;
    return completed.then(undefined, (error: unknown) => run.failures.settle(error, field.nodes, path, field.nullable));
  } catch (error) {
    return run.failures.settle(error, field.nodes, path, field.nullable);
  }
}

/** A field that was selected once only; two selections of it are merged here. */
function writtenFor({ written, context }: Run, { nodes }: Field, source: unknown): WrittenAnswer | undefined {
  const found = nodes.length === 1 && nodes[0] ? written?.get(nodes[0]) : undefined;
  return found && answerFor(found, isSource(source) ? source : undefined, context.viewer);
}

function valueOf(run: Run, field: Field, source: unknown, path: Path): unknown {
  if (field.resolve) return atHand(field.resolve(source, argsOf(run, field), run.context, infoOf(run, field, path)));
  const args = argsOf(run, field);
  if (!isSource(source)) return undefined;
  const property = source[field.name];
  // GraphQL's default: a method is called, with its object.
  return typeof property === "function"
    ? (source[field.name] as (...call: unknown[]) => unknown)(args, run.context, infoOf(run, field, path))
    : property;
}
