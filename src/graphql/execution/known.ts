const value = Symbol("value");

/** A promise whose value is at hand, so that who knows of it need not wait a turn. */
interface Known<Value> extends Promise<Value> {
  [value]: Value;
}

/** The value, for those who await it and for those who look. */
export const known = <Value>(given: Value): Promise<Value> => Object.assign(Promise.resolve(given), { [value]: given });

/** What a resolver answered; the value itself where it is at hand. */
export const atHand = (answer: unknown): unknown =>
  answer instanceof Promise && value in answer ? (answer as Known<unknown>)[value] : answer;
