/** What the page must know of its server. */
export interface Settings {
  maxUploadBytes: number;
  demoAccounts: readonly { role: string; email: string; password: string }[];
}

let asked: Promise<Settings> | undefined;

/** @throws {Error} while the server cannot be reached; the next call asks again. */
export function settings(): Promise<Settings> {
  asked ??= fetch("/dashboard/settings").then((response) => {
    if (!response.ok) throw new Error(`The server answered ${response.status}`);
    return response.json() as Promise<Settings>;
  });
  asked.catch(() => (asked = undefined));
  return asked;
}
