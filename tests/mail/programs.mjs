// Prints what Gmail and Outlook do not support of the mail in the file that is named, as JSON: feature to programs.
import { readFileSync } from 'node:fs';
import { caniemail } from 'caniemail';

const { issues } = caniemail({ clients: ['gmail.*', 'outlook.*'], html: readFileSync(process.argv[2], 'utf8') });
const found = {};
for (const [program, features] of issues.errors) {
  for (const { title } of features) (found[title] ??= new Set()).add(program);
}
console.log(JSON.stringify(Object.fromEntries(Object.entries(found).map(([title, all]) => [title, [...all].sort()]))));
