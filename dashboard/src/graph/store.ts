import { useEffect, useState } from "preact/hooks";

/** A value that the page watches. */
export interface Store<Value> {
  get(): Value;
  set(value: Value): void;
  /** Calls back after each change; the answer ends it. */
  watch(changed: (value: Value) => void): () => void;
}

export function createStore<Value>(initial: Value): Store<Value> {
  let current = initial;
  const watchers = new Set<(value: Value) => void>();
  return {
    get: () => current,
    set(value) {
      if (Object.is(value, current)) return;
      current = value;
      for (const changed of watchers) changed(value);
    },
    watch(changed) {
      watchers.add(changed);
      return () => watchers.delete(changed);
    },
  };
}

/** The store's value, kept up to date while the component is shown. */
export function useStore<Value>(store: Store<Value>): Value {
  const [value, show] = useState(() => store.get());
  useEffect(() => {
    show(() => store.get());
    return store.watch((next) => show(() => next));
  }, [store]);
  return value;
}
