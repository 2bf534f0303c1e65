import { makeTemplate } from './world/service-host.ts';
import { Simulation } from './run/simulation.ts';
import { scenarioOf } from './run/scenario.ts';
const [seed] = process.argv.slice(2).map(Number); const who = process.argv[3]!; const what=process.argv[4] ?? '';
const tpl = await makeTemplate();
const log: string[] = [];
const un = (t: string|null)=> t===null?null: JSON.parse(Buffer.from(t.split('.')[0]!,'base64url').toString());
const sim: Simulation = new Simulation(tpl, scenarioOf(seed!), { name:'', onAnswer({request,answer}){ 
  if (request.path==='/api/sync/download'){ const q=JSON.parse(String(request.body)); const a=JSON.parse(Buffer.from(answer.body).toString());
   const c=un(q.cursor), p=un(q.pageToken);
   sim.trace.push(`    DL ${q.bundleVersion} cursor=${c?c.position:null} page=${p?`${p.position}@${p.at}${p.after.slice(-4)} from ${p.from?.position}`:null} -> ${answer.status} ${a.error?.code??''} up=${(a.upserts??[]).map((b:any)=>b.entityId.slice(0,4)+':'+b.rows.map((r:any)=>r[0].slice(-4)).join('+'))} rem=${(a.removals??[]).flatMap((r:any)=>r.ids.map((i:string)=>i.slice(-4)))} rec=${(a.reconciled??[]).map((r:any)=>r.entityId.slice(0,4)+':'+r.because+':'+r.ids.map((i:string)=>i.slice(-4)).join('+'))} next=${a.pageToken?'y':'n'} cp=${a.checkpoint?un(a.checkpoint.cursor).position+'/'+a.checkpoint.coversSequence:''}`);
  } else sim.trace.push(`    ${request.path} ${answer.status} ${request.path.includes('upload')? JSON.parse(String(request.body)).transactions.map((t:any)=>t.sequence+':'+t.operations.map((o:any)=>o.kind+' '+o.objectId.slice(-4)+' '+Object.keys(o.set??{}).map(k=>k.slice(0,4))).join(',')).join('; ')+ ' => '+Buffer.from(answer.body).toString().slice(0,300):''}`);
  return answer; } });
try { await sim.run(); console.log('ok'); } catch (e: any) { console.log(e.message); if (!e.law) console.log(e.stack); }
const t = sim.trace.slice(-Number(process.argv[3] ?? 60)); console.log(t.map(l=>l.slice(0,700)).join('\n'));
tpl.remove(); process.exit(0);
