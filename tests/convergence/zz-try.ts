import { makeTemplate } from './world/service-host.ts';
import { Simulation } from './run/simulation.ts';
import { scenarioOf } from './run/scenario.ts';
import { missing } from './run/tally.ts';
const [from, n, quiet] = process.argv.slice(2).map(Number);
const tpl = await makeTemplate();
let counts: any = {};
for (let s=from!; s<from!+n!; s++){
  const t=performance.now();
  const sim = new Simulation(tpl, scenarioOf(s));
  try { await sim.run(); console.log(s,'ok',(performance.now()-t).toFixed(0)); }
  catch(e:any){ console.log(s,'FAILED', (performance.now()-t).toFixed(0), e.message.slice(0,1500), e.law? '' : e.stack); if(!quiet) console.log(sim.trace.slice(-30).join('\n')); if (n===1) break; }
  for (const [k,v] of Object.entries(sim.tally.counts)) counts[k]=(counts[k]??0)+(v as number);
}
console.log(counts, missing(counts));
tpl.remove();
process.exit(0);
