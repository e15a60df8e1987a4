/** Stops early with a clear word where Node is too old: later errors would speak of syntax. */
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);

if (major < 22 || (major === 22 && minor < 12)) {
  console.error(
    `Disha needs Node 22.12 or later; this is ${process.version}. ` +
      "On Linux x64 `npm ci` brings one along; elsewhere install a current Node first.",
  );
  process.exit(1);
}
