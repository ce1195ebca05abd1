// What scripts say, in the language of the handbook: a text, with values for the names in braces; or a list of two, for
// a value `n` of one and of any other. Words are found by their (first) English; see docs/decisions/0019-languages.md.
(window.rolebook ??= {}).say = (english, values = {}) => {
  const forms = [english].flat();
  const known = window.rolebook.words?.[forms[0]] ?? forms;
  const text = values.n === 1 ? known[0] : known.at(-1);
  return text.replace(/\{(\w+)\}/g, (gap, name) => values[name] ?? gap);
};
