// Loaded before the entry point: an older Node cannot read TypeScript and would die in its loader, telling nothing.
import nodeModule from 'node:module';

const [major] = process.versions.node.split('.').map(Number);
if (major < 24) {
  console.error(`What's Next runs on Node 24 or newer; this is Node ${process.versions.node}.`);
  console.error(
    'Its own Node comes with `npm ci`: start it with `npm start`, or put node_modules/.bin first in PATH.',
  );
  process.exit(1);
}
// Half of the start is reading modules; what was compiled once is kept in the system's folder for such things.
nodeModule.enableCompileCache();
