#!/usr/bin/env node
/** The `skerry` command in a checkout: sets up what is missing, then the command line under the project's Node. */
import { runTask } from '../scripts/run.mjs';

await runTask('skerry', process.argv.slice(2));
