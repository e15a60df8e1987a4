/** What a job went through, as far as this page has seen it; begins anew with each attempt. */
export interface Steps {
  attempts: number;
  names: readonly string[];
}

/** The step that a message belongs to: without how far it is within it. */
export const stepOf = (message: string): string => message.replace(/(: page \d+ of \d+|\.)$/, "");

interface Told {
  attempts: number;
  message: string | null;
  events: { nodes: readonly { message: string | null }[] } | null;
}

/** The steps with those that an update tells. Messages of before the first attempt, such as of waiting, are steps, too. */
export function stepsWith(before: Steps | undefined, { attempts, message, events }: Told): Steps {
  const names = before?.attempts === attempts ? [...before.names] : [];
  for (const said of [...(events?.nodes.map((event) => event.message) ?? []), message]) {
    const name = said ? stepOf(said) : "";
    if (name && !names.includes(name)) names.push(name);
  }
  return { attempts, names };
}
