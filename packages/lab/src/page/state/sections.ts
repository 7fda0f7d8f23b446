/** The parts of the page, in their order: the name in the address, the name in the navigation. */
export const SECTIONS: Readonly<Record<string, string>> = {
  gate: 'The gate',
  compare: 'Compare',
  race: 'Race',
  digits: 'Digits',
  depth: 'Depth',
  tail: 'Tail',
  model: 'Drop a model',
  device: 'This device',
  evidence: 'Evidence',
};
