// Packs a chart and says the digest.
import { packChart } from '../../../generator/src/archive/pack.ts';

const [chart = ''] = process.argv.slice(2);
process.stdout.write((await packChart(chart)).digest);
