// What citeproc-js prints: jobs as JSON on standard input, one answer a job on standard output.
// Arguments: the file citeproc_commonjs.js, and the folder of CSL locales.
const fs = require("fs");
const [engine, locales] = process.argv.slice(2);
const CSL = require(engine);

function run(job) {
  const items = Object.fromEntries(job.items.map((item) => [item.id, item]));
  const sys = {
    retrieveItem: (id) => items[id],
    retrieveLocale: (name) => {
      const file = `${locales}/locales-${name}.xml`;
      return fs.existsSync(file) ? fs.readFileSync(file, "utf8") : false;
    },
  };
  const processor = new CSL.Engine(sys, fs.readFileSync(job.style, "utf8"), job.locale, true);
  const printed = {};
  const before = [];
  job.citations.forEach((citation, index) => {
    const made = processor.processCitationCluster(
      { citationItems: citation.items, properties: { noteIndex: citation.note } }, before, []);
    made[1].forEach(([place, text]) => (printed[place] = text));
    before.push([made[1][made[1].length - 1][2], citation.note]);
  });
  const bibliography = processor.makeBibliography();
  return {
    citations: job.citations.map((_, index) => printed[index]),
    entries: bibliography ? bibliography[1] : [],
    keys: bibliography ? bibliography[0].entry_ids.map((ids) => ids[0]) : [],
  };
}

const jobs = JSON.parse(fs.readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(jobs.map(run)));
