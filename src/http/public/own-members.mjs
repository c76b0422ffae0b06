// Which members of a bundle's own types may get short names: found by the compiler in the sources, so that no list is kept by hand.
import ts from 'typescript';

/**
 * Names of members that only the sources under `folders` declare and use. Left out is each name that stands anywhere for a member of the
 * platform or of a type from `handed` (files whose shapes are data or are handed out), that is read by a computed name, or whose type is unknown.
 */
export function ownMembers(entry, folders, handed) {
  const program = ts.createProgram([entry], {
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
    module: ts.ModuleKind.Preserve,
    strict: true,
    noEmit: true,
    types: [],
  });
  const checker = program.getTypeChecker();
  const sources = program
    .getSourceFiles()
    .filter(({ fileName }) => folders.some((folder) => fileName.startsWith(folder)));
  const open = new Set(sources.filter(({ fileName }) => !handed.includes(fileName)));
  const own = new Set();
  const kept = new Set();
  const note = (name, symbol) => {
    const places = symbol?.declarations ?? [];
    const isOwn = places.length > 0 && places.every((place) => open.has(place.getSourceFile()));
    (isOwn ? own : kept).add(name);
  };
  const visit = (node) => {
    // Shapes are alike by their members: a value of another type may be handed out as one of these.
    if (ts.isPropertySignature(node) && !open.has(node.getSourceFile())) kept.add(node.name.getText());
    else if (ts.isPropertyAccessExpression(node)) note(node.name.text, checker.getSymbolAtLocation(node.name));
    else if (ts.isBindingElement(node) && ts.isObjectBindingPattern(node.parent)) {
      const name = node.propertyName ?? node.name;
      if (ts.isIdentifier(name)) note(name.text, checker.getTypeAtLocation(node.parent).getProperty(name.text));
    } else if (ts.isObjectLiteralElementLike(node) && node.name && ts.isIdentifier(node.name)) {
      const type = checker.getContextualType(node.parent);
      const wanted = type?.getProperty(node.name.text);
      // Under a string index the key is read by a computed name.
      if (!wanted && type?.getStringIndexType()) kept.add(node.name.text);
      else note(node.name.text, wanted ?? checker.getSymbolAtLocation(node.name));
    } else if (ts.isClassElement(node) && node.name && ts.isIdentifier(node.name)) {
      note(node.name.text, checker.getSymbolAtLocation(node.name));
    } else if (ts.isElementAccessExpression(node) && !isNumber(checker, node.argumentExpression)) {
      for (const { name } of checker.getTypeAtLocation(node.expression).getProperties()) kept.add(name);
    } else if (ts.isStringLiteralLike(node)) kept.add(node.text);
    ts.forEachChild(node, visit);
  };
  for (const source of sources) visit(source);
  return [...own].filter((name) => !kept.has(name) && name.length > 2).sort();
}

function isNumber(checker, argument) {
  return (checker.getTypeAtLocation(argument).flags & ts.TypeFlags.NumberLike) !== 0;
}
