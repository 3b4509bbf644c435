// From a query to what is found, the best first. What makes a query is taken word by word, or several at a time where the
// glossary knows them as one: each finds what it or another word for it names, and what answers more of the query goes first.

/** @typedef {import("./words.js").Reader} Reader */
/** @typedef {{ k: string, p: number, a?: string, t: string, x?: string, w?: string, f?: number, s?: number[], c?: string[], d?: string[], r?: string }} Entry */
/** @typedef {{ parts: number, pages: [string, string, string][], frameworks?: { id: string, stages: [string, string, string][] }[], synonyms?: string[][], language?: any, entries: Entry[] }} Part */
/** @typedef {Entry & { page: [string, string, string], names: string[][] }} Known */
/** @typedef {{ found: Map<number, number>, weight: number, stems: Set<string>, stage?: { f: number, n: number } }} Idea  What one idea of a query finds. */
/** @typedef {{ entry: Known, score: number, stage: number | undefined, others: Known[] }} Hit */

/** How much a word says of what has it, by where it stands, from 0 to 1. @type {Record<string, number>} */
const TELLS = { t: 0.85, w: 0.75, c: 0.25, q: 0.2, x: 0.4, d: 0.1, r: 0.25 };

/** How much of that a word keeps that is one of many in a name. */
const LEAST = 0.2;

/** How much of what a place tells counts for its page, and the other way round. */
const LENDS = 0.25;

/** How likely a kind is what someone looks for, of two that fit as well. @type {Record<string, number>} */
const KIND = { Tool: 1.2, Stage: 1.15, Aspect: 1.15, Dimension: 1.15, Framework: 1.1, Question: 1, Guide: 1, Playbook: 1, Comparison: 0.9, Term: 0.85, Group: 0.9, Section: 0.8, Tag: 0.5 };

/** The same for a place on a page. @type {Record<string, number>} */
const PLACE = { Guide: 0.85, Playbook: 0.8, Stage: 0.5, Comparison: 0.4, Framework: 0.8 };

/** Several that tell the same tell more, but never more than 1. @param {number[]} all */
const either = (all) => 1 - all.reduce((rest, one) => rest * (1 - one), 1);

/**
 * An index of everything that has a name.
 * @param {any} MiniSearch
 * @param {Reader} reader
 */
export function namesIndex(MiniSearch, reader) {
  const { words, stem } = reader;
  /** @param {string} text */
  const stems = (text) => words(text).map(stem);
  /** Is it a stem of a small word? */
  const isSmall = (/** @type {string} */ word) => small.has(word);
  const small = new Set(reader.small.map(stem));
  const make = (/** @type {string[]} */ fields) =>
    new MiniSearch({
      fields,
      tokenize: reader.indexed,
      // What is still being typed is the beginning of a name; in texts only whole words count, and small ones do not.
      processTerm: (/** @type {string} */ term, /** @type {string} */ field) => {
        const isName = field === "t" || field === "w";
        if (!isName && reader.isSmall(term)) return undefined;
        return stem(term) === term || !isName ? stem(term) : [term, stem(term)];
      },
      extractField: (/** @type {any} */ entry, /** @type {string} */ field) => {
        if (field === "q") return entry.a ? undefined : entry.page[2];
        const value = entry[field];
        return Array.isArray(value) ? value.join(" ") : value;
      },
      searchOptions: { processTerm: (/** @type {string} */ term) => term, tokenize: (/** @type {string} */ term) => [term] },
    });
  // What is said of things is much more than their names: it is read when the first answer stands.
  const mini = make(["t", "w", "q"]);
  const said = make(["c", "x", "d", "r"]);
  /** @type {(Known & { id: number })[]} */
  let unread = [];
  /** @type {Known[]} */
  const entries = [];
  /** @type {{ id: string, stages: [string, string, string][] }[]} */
  const frameworks = [];
  /** The entries that lie on a page. @type {Map<[string, string, string], number[]>} */
  const places = new Map();
  /** Other names of what is called so, by its words. @type {Map<string, string[][]>} */
  const synonyms = new Map();
  /** Names of terms that a page is about, which says more than their definition. @type {Set<string>} */
  const explained = new Set();
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
    for (const { k, w } of part.entries) if (k !== "Term") for (const name of (w ?? "").split(", ")) explained.add(stems(name).join(" "));
    const made = part.entries.map((entry, i) => ({
      ...entry,
      id: entries.length + i,
      page: /** @type {[string, string, string]} */ (part.pages[entry.p]),
      names: [entry.t, ...(entry.w ?? "").split(", ").filter(Boolean)].map(stems),
    }));
    entries.push(...made);
    for (const { a, page, id } of made) if (a) places.has(page) ? places.get(page)?.push(id) : places.set(page, [id]);
    mini.addAll(made);
    unread.push(...made);
  }

  /** Reads what is said too. Is there anything new? */
  function readRest() {
    const some = unread;
    unread = [];
    said.addAll(some);
    return some.length > 0;
  }

  /** How much of one of its names a word is. @param {Known} entry @param {string} word @param {boolean} isTitle */
  function share({ names }, word, isTitle) {
    let most = 0;
    for (const name of isTitle ? names.slice(0, 1) : names.slice(1)) {
      if (name.includes(word)) most = Math.max(most, 1 / (name.filter((one) => !isSmall(one)).length || 1));
    }
    return LEAST + (1 - LEAST) * most;
  }

  /** What has a word. @param {string} word @param {boolean} goesOn  It may be the beginning of one. */
  function having(word, goesOn) {
    /** @type {Map<number, number>} */
    const found = new Map();
    /** @type {Set<string>} */
    const terms = new Set();
    const take = (/** @type {any[]} */ results, /** @type {number} */ weight) => {
      for (const { id, match } of results) {
        for (const [term, fields] of Object.entries(match)) {
          terms.add(stem(term));
          const told = either(fields.map((/** @type {string} */ field) => (TELLS[field] ?? 0) * (field === "t" || field === "w" ? share(/** @type {Known} */ (entries[id]), stem(term), field === "t") : 1)));
          best.set(id, Math.max(best.get(id) ?? 0, told * weight));
        }
      }
    };
    /** @type {Map<number, number>} */
    const best = new Map();
    take(mini.search(stem(word)), 1);
    const had = new Map(best);
    best.clear();
    take(said.search(stem(word)), 1);
    for (const id of new Set([...had.keys(), ...best.keys()])) found.set(id, either([had.get(id) ?? 0, best.get(id) ?? 0]));
    best.clear();
    const exact = found.size;
    // A single letter begins too much to be looked for in more than names.
    if (goesOn || !exact) take(mini.search(word, { prefix: true, ...(word.length < 2 && { fields: ["t"] }) }), exact ? 0.5 : 0.8);
    if (!found.size && !best.size && word.length > 2) take(said.search(word, { prefix: true }), 0.8);
    for (const [id, told] of best) found.set(id, Math.max(found.get(id) ?? 0, told));
    best.clear();
    /** @type {string | undefined} */
    let better;
    const isMissing = !found.size;
    if (isMissing && word.length > 3) {
      const fuzzy = word.length < 8 ? 1 : 2;
      const results = [mini.search(word, { fuzzy }), mini.search(stem(word), { fuzzy }), said.search(stem(word), { fuzzy })].find((near) => near.length) ?? [];
      take(results, 0.7);
      for (const [id, told] of best) found.set(id, told);
      better = surface(results);
    }
    // What a page is called tells a little of its places too.
    for (const [id, told] of [...found]) {
      const { a, names, page } = /** @type {Known} */ (entries[id]);
      if (a || !names.some((name) => name.some((one) => terms.has(one)))) continue;
      for (const place of places.get(page) ?? []) found.set(place, either([found.get(place) ?? 0, told * LENDS]));
    }
    return { found, terms, better: isMissing && !goesOn ? [[word, better]] : isMissing && better ? [[word, better]] : [] };
  }

  /** Is a word written so anywhere? @param {string} word */
  const isKnown = (word) => [mini, said].some((index) => index.search(stem(word)).length > 0);

  /** What has several words, all of them or, at less, some. @param {string[]} all @param {boolean} goesOn @param {boolean} some */
  function havingAll(all, goesOn, some) {
    const each = all.map((word, i) => having(word, goesOn && i === all.length - 1));
    /** @type {Map<number, number>} */
    const found = new Map();
    for (const id of new Set(each.flatMap(({ found }) => [...found.keys()]))) {
      const scores = each.map(({ found }) => found.get(id) ?? 0);
      const share = scores.filter(Boolean).length / all.length;
      if (share === 1 || some) found.set(id, (scores.reduce((a, b) => a + b, 0) / all.length) * share * share);
    }
    return { found, terms: new Set(each.flatMap(({ terms }) => [...terms])), better: /** @type {[string, string | undefined][]} */ (each.flatMap(({ better }) => better)) };
  }

  /** The ideas of a query. @param {string} query */
  function ideas(query) {
    /** Words that stand nowhere, with what comes nearest. @type {Map<string, string | undefined>} */
    const missing = new Map();
    const typed = words(query);
    const asks = typed.some((word) => !reader.isSmall(word));
    /** @type {Idea[]} */
    const found = [];
    const isLast = (/** @type {number} */ end) => end === typed.length && !/\s$/.test(query);
    for (let at = 0; at < typed.length; ) {
      let length = Math.min(5, typed.length - at);
      const name = () => typed.slice(at, at + length).map(stem).join(" ");
      while (length > 1 && !synonyms.has(name()) && !stages.has(name())) length -= 1;
      const here = typed.slice(at, at + length);
      // Two words that are written as one elsewhere.
      const joined = length === 1 && at + 1 < typed.length ? `${typed[at]}${typed[at + 1]}` : "";
      const isOne = joined.length > 4 && isKnown(joined);
      if (isOne) length = 2;
      const called = isOne ? stem(joined) : name();
      const [stage] = stages.get(called) ?? [];
      const others = synonyms.get(called) ?? [];
      at += length;
      if (length === 1 && asks && reader.isSmall(/** @type {string} */ (here[0])) && !stage) continue;
      const own = havingAll(isOne ? [joined] : here, isLast(at), true);
      const { terms } = own;
      const also = (/** @type {string[]} */ other, /** @type {number} */ weight) => {
        for (const [id, score] of havingAll(other, false, false).found) own.found.set(id, Math.max(own.found.get(id) ?? 0, score * weight));
        for (const word of other) terms.add(stem(word));
      };
      if (isOne) also(typed.slice(at - 2, at), 1);
      for (const other of others) also(other, 0.8);
      if (stage)
        for (const [id, entry] of entries.entries()) {
          if (entry.f !== stage.f || own.found.has(id)) continue;
          if (entry.c ? entry.c[stage.n - 1] : entry.s?.includes(stage.n)) own.found.set(id, 0.2);
        }
      for (const [word, better] of own.better) missing.set(word, better);
      if (!own.found.size) continue;
      found.push({ found: own.found, weight: 2 + Math.log(1 + entries.length / own.found.size), stems: terms, stage });
    }
    return { asked: found, missing };
  }

  /** The query with what comes nearest to words that stand nowhere. @param {string} query @param {Map<string, string | undefined>} missing */
  function instead(query, missing) {
    let changed = query.trim().toLowerCase();
    for (const [word, better] of missing) {
      const nearest = better ?? surface(mini.search(word, { fuzzy: 0.4 }));
      if (nearest) changed = changed.replace(word, nearest);
    }
    return changed === query.trim().toLowerCase() ? undefined : changed;
  }

  /** A word as it is written, of what a search found first. @param {any[]} results @returns {string | undefined} */
  const surface = (results) => [...(results[0]?.terms ?? [])].sort((a, b) => b.length - a.length)[0];

  /**
   * How well a name fits, from 0 to 1: all of the query, and nothing else. Small words count too where they are the same.
   * @param {Known} entry
   * @param {Idea[]} asked
   * @param {number} all
   * @param {string[]} typed
   */
  function fits(entry, asked, all, typed) {
    let best = 0;
    for (const [i, name] of entry.names.entries()) {
      const telling = name.filter((word) => !isSmall(word));
      const meant = asked.filter(({ stems }) => name.some((word) => stems.has(word))).reduce((sum, { weight }) => sum + weight, 0) / all;
      const there = telling.filter((word) => asked.some(({ stems }) => stems.has(word))).length / (telling.length || 1);
      const same = (2 * typed.filter((word) => name.includes(word)).length) / (typed.length + name.length);
      best = Math.max(best, (i ? 0.9 : 1) * meant * Math.max(there * (telling.length ? 1 : 0), same > 0.7 ? same : 0));
    }
    return best;
  }

  /** The stage at which an aspect says what was asked for. @param {Known} entry @param {Idea[]} asked */
  function stageOf(entry, asked) {
    const named = asked.find(({ stage }) => stage && stage.f === entry.f)?.stage?.n;
    if (named && entry.c?.[named - 1]) return named;
    const rest = asked.filter(({ stems }) => !entry.names[0]?.some((word) => stems.has(word)));
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
   * @param {Idea[]} asked
   * @param {{ kind?: string, stage?: string }} only
   * @returns {Hit[]}
   */
  function ranked(query, asked, only) {
    const typed = stems(query);
    const wantsMeaning = reader.asksMeaning(query);
    const all = asked.reduce((sum, { weight }) => sum + weight, 0);
    const ends = asked.flatMap(({ stage }) => (stage ? [stage] : []));
    const rest = asked.filter(({ stage }) => !stage);
    // What the places of a page tell together tells of the page.
    const lent = asked.map(({ found }) => {
      /** @type {Map<string, number>} */
      const pages = new Map();
      for (const [id, told] of found) {
        const { k, a, page } = /** @type {Known} */ (entries[id]);
        if (a && k !== "Term") pages.set(page[0], either([pages.get(page[0]) ?? 0, told * LENDS]));
      }
      return pages;
    });
    /** @param {number} id @param {Known} entry */
    const score = (id, entry) => {
      const told = asked.map(({ found }, i) => either([found.get(id) ?? 0, lent[i]?.get(entry.a ? "" : entry.page[0]) ?? 0]));
      const there = asked.filter((_, i) => told[i]);
      const cover = there.reduce((sum, { weight }) => sum + weight, 0) / all;
      const sum = asked.reduce((sum, { weight }, i) => sum + weight * (told[i] ?? 0), 0) / all;
      const exact = (entry.k === "Term" && !wantsMeaning ? 0.5 : 4.8) * fits(entry, asked, all, typed) ** 1.3;
      let score = 100 * sum ** 1.7 * cover ** 0.8 * (1 + exact) * (KIND[entry.k] ?? 1) * (entry.a ? (PLACE[entry.k] ?? 1) : 1);
      if (entry.k === "Term") score *= wantsMeaning ? 1.5 + fits(entry, asked, all, typed) : explained.has(entry.names[0]?.join(" ") ?? "") ? 0.6 : 1;
      if (entry.k === "Comparison") {
        const between = ends.filter(({ f, n }) => f === entry.f && entry.s?.includes(n)).length;
        score *= ends.length > 1 && between > 1 ? 4 : 0.4;
      }
      // What a stage asks for in one respect is told in one place.
      if (entry.k === "Stage" && entry.a && ends.length === 1 && rest.length && there.length === asked.length) score *= 1 + 3 * fits(entry, rest, all, typed);
      return score;
    };
    const ids = [...new Set(asked.flatMap(({ found }) => [...found.keys()]))].filter((id) => {
      const entry = /** @type {Known} */ (entries[id]);
      const of = () => entry.s?.some((n) => frameworks[entry.f ?? 0]?.stages[n - 1]?.[1] === only.stage);
      return (!only.kind || entry.k === only.kind) && (!only.stage || of());
    });
    const scored = ids.map((id) => ({ id, entry: /** @type {Known} */ (entries[id]), score: score(id, /** @type {Known} */ (entries[id])) }));
    scored.sort((a, b) => b.score - a.score || a.id - b.id);
    /** @type {Map<string, Hit>} */
    const hits = new Map();
    for (const { entry, score } of scored) {
      const key = entry.k === "Term" || entry.k === "Question" ? `${entry.page[0]}#${entry.a}` : entry.page[0];
      const hit = hits.get(key);
      if (!hit) hits.set(key, { entry, score, stage: undefined, others: [] });
      else if (hit.others.length < 2 && entry.a && score > hit.score / 4) hit.others.push(entry);
    }
    return [...hits.values()];
  }

  /** What is missing comes later. @type {Promise<void>[]} */
  const coming = [];

  return {
    add,
    readRest,
    stems,
    entries,
    frameworks,
    /** Takes a further part when it is there; what is found until then is found in the others. @param {Promise<Part>} part */
    await(part) {
      coming.push(part.then(add, () => undefined));
    },
    /**
     * What a query finds, the best first and so many of them, with what to mark in it, and how else it may have been meant.
     * @param {string} query
     * @param {{ kind?: string, stage?: string }} only
     * @param {number} most
     * @returns {{ all: number, hits: Hit[], stems: Set<string>, instead: string | undefined }}
     */
    find(query, only, most) {
      const { asked, missing } = ideas(query);
      const all = ranked(query, asked, only);
      // What no name has may stand in what is said.
      if ((!all.length || missing.size) && readRest()) return this.find(query, only, most);
      const hits = all.slice(0, most);
      for (const hit of hits) hit.stage = stageOf(hit.entry, asked);
      return { all: all.length, hits, stems: new Set(asked.flatMap(({ stems }) => [...stems])), instead: instead(query, missing) };
    },
  };
}

/** @typedef {ReturnType<typeof namesIndex>} Names */
