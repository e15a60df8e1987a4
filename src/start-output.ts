import type { Config } from "./config.js";

/** Shows a step of the start, and how long it took when it took a while. */
export async function step<Result>(what: string, run: () => Promise<Result>): Promise<Result> {
  const started = performance.now();
  process.stdout.write(`  ${what} …`);
  try {
    const result = await run();
    process.stdout.write(` done in ${((performance.now() - started) / 1000).toFixed(1)} s\n`);
    return result;
  } catch (error) {
    process.stdout.write(" failed\n");
    throw error;
  }
}

/** Tells where to look and who can sign in, once the server listens. */
export function announce(
  url: string,
  config: Pick<Config, "production" | "dashboard">,
  accounts: readonly { role: string; email: string; password: string }[],
): void {
  const lines = [
    "",
    "Disha is ready.",
    ...(config.dashboard ? [`  Dashboard      ${url}/dashboard`] : []),
    `  GraphQL        ${url}/graphql`,
    ...(config.production ? [] : [`  Explorer       ${url}/graphql in a browser, or ${url}/graphiql without internet`]),
    `  Subscriptions  ${url.replace("http", "ws")}/graphql`,
    `  Health         ${url}/health/ready`,
  ];
  if (accounts.length > 0) {
    lines.push("", "Demo accounts (embedded database only):");
    for (const { role, email, password } of accounts) lines.push(`  ${role.padEnd(8)} ${email.padEnd(24)} ${password}`);
  }
  console.log(`${lines.join("\n")}\n`);
}
