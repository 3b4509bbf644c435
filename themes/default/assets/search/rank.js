// From a query to what is found, the best first. What makes a query is taken word by word, or several at a time where the
// glossary knows them as one: each finds what it or another word for it names, and what answers more of the query goes first.

/** @typedef {import("./words.js").Reader} Reader */
/** @typedef {{ k: string, p: number, a?: string, t: string, x?: string, w?: string, f?: number, s?: number[], c?: string[], d?: string[], r?: string }} Entry */
/** @typedef {{ parts: number, pages: [string, string, string][], frameworks?: { id: string, stages: [string, string, string][] }[], synonyms?: string[][], entries: Entry[] }} Part */
/** @typedef {Entry & { page: [string, string, string], title: Set<string>, names: Set<string>[] }} Known */
/** @typedef {{ found: Map<number, number>, weight: number, stems: Set<string>, stage?: { f: number, n: number } }} Idea  What one idea of a query finds. */
/** @typedef {{ entry: Known, score: number, stage: number | undefined, others: Known[] }} Hit */

/** How much a word counts, by where it stands. */
const BOOST = { t: 6, w: 4, c: 3, q: 2, x: 1.5, d: 1, r: 1 };

/** How likely a kind is what someone looks for, of two that fit as well. @type {Record<string, number>} */
const KIND = { Tool: 1.2, Stage: 1.15, Aspect: 1.15, Dimension: 1.15, Framework: 1.1, Question: 1, Guide: 1, Playbook: 1, Comparison: 0.9, Term: 0.85, Group: 0.9, Section: 0.8, Tag: 0.5 };

/** The same for a place on a page. @type {Record<string, number>} */
const PLACE = { Guide: 0.85, Playbook: 0.8, Stage: 0.65, Comparison: 0.4, Framework: 0.8 };

/**
 * An index of everything that has a name.
 * @param {any} MiniSearch
 * @param {Reader} reader
 */
export function namesIndex(MiniSearch, reader) {
  const { words, stem } = reader;
  /** @param {string} text */
  const stems = (text) => words(text).map(stem);
  const mini = new MiniSearch({
    fields: Object.keys(BOOST),
    tokenize: words,
    processTerm: (/** @type {string} */ term) => (stem(term) === term ? term : [term, stem(term)]),
    extractField: (/** @type {any} */ entry, /** @type {string} */ field) => {
      if (field === "q") return entry.a ? entry.page[1] : entry.page[2];
      const value = entry[field];
      return Array.isArray(value) ? value.join(" ") : value;
    },
    searchOptions: { boost: BOOST, processTerm: (/** @type {string} */ term) => term, tokenize: (/** @type {string} */ term) => [term] },
  });
  /** @type {Known[]} */
  const entries = [];
  /** @type {{ id: string, stages: [string, string, string][] }[]} */
  const frameworks = [];
  /** Other names of what is called so, by its words. @type {Map<string, string[][]>} */
  const synonyms = new Map();
  /** Stages by the words of their names. @type {Map<string, { f: number, n: number }[]>} */
  const stages = new Map();

  /** @param {Part} part */
  function add(part) {
    frameworks.push(...(part.frameworks ?? []));
    for (const [f, framework] of (part.frameworks ?? []).entries())
      for (const [n, names] of framework.stages.entries())
        for (const name of new Set(names.filter(Boolean).map((name) => stems(name).join(" "))))
          stages.set(name, [...(stages.get(name) ?? []), { f, n: n + 1 }]);
    for (const names of part.synonyms ?? []) {
      const all = names.map(stems);
      for (const [i, name] of all.entries()) {
        const others = all.filter((other, j) => j !== i && other.join(" ") !== name.join(" "));
        synonyms.set(name.join(" "), [...(synonyms.get(name.join(" ")) ?? []), ...others]);
      }
    }
    const made = part.entries.map((entry, i) => ({
      ...entry,
      id: entries.length + i,
      page: /** @type {[string, string, string]} */ (part.pages[entry.p]),
      title: new Set(stems(entry.t)),
      names: (entry.w ?? "").split(", ").filter(Boolean).map((name) => new Set(stems(name))),
    }));
    entries.push(...made);
    mini.addAll(made);
  }

  /** What has a word. @param {string} word @param {boolean} goesOn  It may be the beginning of one. */
  function having(word, goesOn) {
    /** @type {Map<number, number>} */
    const found = new Map();
    /** @type {Set<string>} */
    const terms = new Set();
    const take = (/** @type {any[]} */ results, /** @type {number} */ weight) => {
      for (const { id, score, terms: matched } of results) {
        for (const term of matched) terms.add(stem(term));
        found.set(id, Math.max(found.get(id) ?? 0, score * weight));
      }
    };
    take(mini.search(stem(word)), 1);
    const exact = found.size;
    if (word.length > 1 && (goesOn || !exact)) take(mini.search(word, { prefix: true }), exact ? 0.5 : 0.8);
    let typed = true;
    if (!found.size && word.length > 3) {
      const fuzzy = word.length < 8 ? 1 : 2;
      take(mini.search(word, { fuzzy }), 0.7);
      if (!found.size) take(mini.search(stem(word), { fuzzy }), 0.6);
      typed = false;
    }
    return { found, terms, typed };
  }

  /** What has several words, all of them or, at less, some. @param {string[]} all @param {boolean} goesOn @param {boolean} some */
  function havingAll(all, goesOn, some) {
    const each = all.map((word, i) => having(word, goesOn && i === all.length - 1));
    /** @type {Map<number, number>} */
    const found = new Map();
    for (const id of new Set(each.flatMap(({ found }) => [...found.keys()]))) {
      const scores = each.map(({ found }) => found.get(id) ?? 0);
      const share = scores.filter(Boolean).length / all.length;
      if (share === 1 || some) found.set(id, scores.reduce((a, b) => a + b, 0) * share * share);
    }
    return { found, terms: new Set(each.flatMap(({ terms }) => [...terms])), typed: each.every(({ typed }) => typed) };
  }

  /** The ideas of a query. @param {string} query @returns {Idea[]} */
  function ideas(query) {
    const typed = words(query);
    const said = typed.filter((word) => !reader.isStop(word));
    /** @type {Idea[]} */
    const found = [];
    const isLast = (/** @type {number} */ end) => end === typed.length && !/\s$/.test(query);
    for (let at = 0; at < typed.length; ) {
      let length = Math.min(5, typed.length - at);
      const name = () => typed.slice(at, at + length).map(stem).join(" ");
      while (length > 1 && !synonyms.has(name()) && !stages.has(name())) length -= 1;
      const here = typed.slice(at, at + length);
      const [stage] = stages.get(name()) ?? [];
      const others = synonyms.get(name()) ?? [];
      at += length;
      if (length === 1 && said.length && reader.isStop(/** @type {string} */ (here[0])) && !stage) continue;
      const own = havingAll(here, isLast(at), true);
      const { terms } = own;
      for (const other of others) {
        for (const [id, score] of havingAll(other, false, false).found) own.found.set(id, Math.max(own.found.get(id) ?? 0, score * 0.8));
        for (const word of other) terms.add(word);
      }
      if (stage)
        for (const [id, entry] of entries.entries()) {
          if (entry.f !== stage.f || own.found.has(id)) continue;
          if (entry.c ? entry.c[stage.n - 1] : entry.s?.includes(stage.n)) own.found.set(id, 0.5);
        }
      if (!own.found.size) continue;
      found.push({ found: own.found, weight: Math.log(1 + entries.length / own.found.size), stems: terms, stage });
    }
    return found;
  }

  /** How well names fit: all of the query, and nothing else. @param {Known} entry @param {Idea[]} asked @param {number} all */
  function fits(entry, asked, all) {
    let best = 0;
    for (const name of [entry.title, ...entry.names]) {
      const there = [...name].filter((word) => asked.some(({ stems }) => stems.has(word))).length / (name.size || 1);
      const meant = asked.filter(({ stems }) => [...name].some((word) => stems.has(word))).reduce((sum, { weight }) => sum + weight, 0) / all;
      best = Math.max(best, there * meant * (name === entry.title ? 1 : 0.7));
    }
    return best;
  }

  /** The stage at which an aspect says what was asked for. @param {Known} entry @param {Idea[]} asked */
  function stageOf(entry, asked) {
    const named = asked.find(({ stage }) => stage && stage.f === entry.f)?.stage?.n;
    if (named && entry.c?.[named - 1]) return named;
    const rest = asked.filter(({ stems }) => ![...entry.title].some((word) => stems.has(word)));
    let [most, at] = [0, /** @type {number | undefined} */ (undefined)];
    for (const [i, cell] of (entry.c ?? []).entries()) {
      const [short, long] = [new Set(stems(cell)), new Set(stems(entry.d?.[i] ?? ""))];
      const count = rest.reduce((sum, { stems, weight }) => sum + ([...stems].some((w) => short.has(w)) ? 2 : [...stems].some((w) => long.has(w)) ? 1 : 0) * weight, 0);
      if (count > most) [most, at] = [count, i + 1];
    }
    return at;
  }

  /**
   * What a query finds, the best first; places of one page stand together.
   * @param {string} query
   * @param {{ kind?: string, stage?: string }} [only]
   * @returns {Hit[]}
   */
  function search(query, only = {}) {
    const asked = ideas(query);
    const all = asked.reduce((sum, { weight }) => sum + weight, 0);
    const ends = asked.flatMap(({ stage }) => (stage ? [stage] : []));
    /** @type {Map<string, Hit>} */
    const hits = new Map();
    const scored = [];
    for (const id of new Set(asked.flatMap(({ found }) => [...found.keys()]))) {
      const entry = /** @type {Known} */ (entries[id]);
      if (only.kind && entry.k !== only.kind) continue;
      if (only.stage && !entry.s?.some((n) => frameworks[entry.f ?? 0]?.stages[n - 1]?.[1] === only.stage)) continue;
      const there = asked.filter(({ found }) => found.has(id));
      const cover = there.reduce((sum, { weight }) => sum + weight, 0) / all;
      const sum = there.reduce((sum, { found }) => sum + (found.get(id) ?? 0), 0);
      let score = sum * cover * cover * (1 + 1.5 * fits(entry, asked, all)) * (KIND[entry.k] ?? 1) * (entry.a ? (PLACE[entry.k] ?? 1) : 1);
      if (entry.k === "Comparison") {
        const between = ends.filter(({ f, n }) => f === entry.f && entry.s?.includes(n)).length;
        score *= ends.length > 1 && between > 1 ? 3 : ends.length ? 0.4 : 1;
      }
      scored.push({ entry, score });
    }
    scored.sort((a, b) => b.score - a.score || entries.indexOf(a.entry) - entries.indexOf(b.entry));
    for (const { entry, score } of scored) {
      const key = entry.k === "Term" || entry.k === "Question" ? `${entry.page[0]}#${entry.a}` : entry.page[0];
      const hit = hits.get(key);
      if (!hit) hits.set(key, { entry, score, stage: entry.c && stageOf(entry, asked), others: [] });
      else if (hit.others.length < 2 && entry.a && score > hit.score / 4) hit.others.push(entry);
    }
    return [...hits.values()];
  }

  return { add, search, ideas, entries, frameworks };
}

/** @typedef {ReturnType<typeof namesIndex>} Names */
