import Rules

/// Which phases come before which, as a drawing: what comes first stands left. Phases without a tie stand below.
struct PhaseGraphDrawing {
  /// A phase in its place.
  private struct Box {
    let node: PhaseGraph.Node
    var x = 0
    var y = 0
  }

  private static let boxHeight = 46
  private static let rowGap = 14
  private static let columnGap = 56
  private static let margin = 6
  private static let mostCharacters = 26

  private let nodes: [PhaseGraph.Node]
  private let verdicts: [String: (verdict: Verdict, place: Int)]

  init(_ graph: PhaseGraph, phases: [PhaseResult]) {
    nodes = graph.nodes
    verdicts = Dictionary(
      phases.enumerated().map { ($1.phaseID, ($1.verdict, $0)) }, uniquingKeysWith: { first, _ in first })
  }

  func write(to html: inout HTMLWriter) {
    if nodes.isEmpty { return }
    if nodes.count > PageLimits.drawnPhases || nodes.reduce(0, { $0 + $1.requires.count }) > PageLimits.drawnTies {
      return html.block(
        "p", text: "\(grouped(nodes.count)) phases are too many to draw; each tells below what it comes after.")
    }
    let boxWidth = Self.boxWidth(nodes)
    let layers = layers()
    let boxes = placed(layers, boxWidth: boxWidth)
    let width = (boxes.map { $0.x + boxWidth }.max() ?? 0) + Self.margin
    let height = (boxes.map { $0.y + Self.boxHeight }.max() ?? 0) + Self.margin
    let byName = Dictionary(boxes.map { ($0.node.phaseID, $0) }, uniquingKeysWith: { first, _ in first })
    html.block("figure") { html in
      html.block("div", ["class": "scroll", "tabindex": "0", "role": "region", "aria-label": "Phase graph"]) { html in
        html.block(
          "svg",
          [
            "class": "graph", "role": "group", "aria-labelledby": "graph-name", "viewBox": "0 0 \(width) \(height)",
            "width": "\(width)", "height": "\(height)",
          ]
        ) { html in
          html.block("title", ["id": "graph-name"], text: "Phases and what each comes after")
          for box in boxes { writeEdges(to: box, byName, boxWidth, &html) }
          for box in boxes { write(box, boxWidth, &html) }
        }
      }
      html.block(
        "figcaption",
        text: layers.count > 1
          ? "What comes first stands left. A broken line starts at a phase that is not PROVEN: what follows it has no ground."
          : "No phase is registered as coming after another.")
    }
  }

  private static func boxWidth(_ nodes: [PhaseGraph.Node]) -> Int {
    let most = nodes.map { min($0.phaseID.count, mostCharacters) }.max() ?? 0
    return max(132, most * 8 + 24)
  }
}

// MARK: - Places

extension PhaseGraphDrawing {
  /// Phases with a tie, by how many stand before them at most; the last layer may be of those that go round in a circle.
  private func layers() -> [[PhaseGraph.Node]] {
    let known = Set(nodes.map(\.phaseID))
    let required = Set(nodes.flatMap(\.requires))
    let tied = nodes.filter { !$0.requires.isEmpty || required.contains($0.phaseID) }
    var layer: [String: Int] = [:]
    var open = tied
    while !open.isEmpty {
      let ready = open.filter { node in node.requires.allSatisfy { layer[$0] != nil || !known.contains($0) } }
      // In a circle nothing is ever ready: its first phase has to begin somewhere.
      let next = ready.isEmpty ? Array(open.prefix(1)) : ready
      let found = next.map { node in (node.phaseID, (node.requires.compactMap { layer[$0] }.max() ?? -1) + 1) }
      for (name, place) in found { layer[name] = place }
      open.removeAll { layer[$0.phaseID] != nil }
    }
    let count = (layer.values.max() ?? -1) + 1
    let isolated = nodes.filter { layer[$0.phaseID] == nil }
    return (0..<count).map { place in tied.filter { layer[$0.phaseID] == place } } + [isolated]
  }

  private func placed(_ layers: [[PhaseGraph.Node]], boxWidth: Int) -> [Box] {
    var boxes: [Box] = []
    var rows: [String: Int] = [:]
    for (column, layer) in layers.dropLast().enumerated() {
      // Beside what it comes after, as far as that goes.
      let wanted = layer.map { node in
        (node, node.requires.compactMap { rows[$0] }.reduce(0, +), max(1, node.requires.count { rows[$0] != nil }))
      }
      let ordered = wanted.enumerated().sorted {
        ($0.element.1 * $1.element.2, $0.offset) < ($1.element.1 * $0.element.2, $1.offset)
      }
      for (row, item) in ordered.enumerated() {
        rows[item.element.0.phaseID] = row
        boxes.append(
          Box(
            node: item.element.0, x: Self.margin + column * (boxWidth + Self.columnGap),
            y: Self.margin + row * (Self.boxHeight + Self.rowGap)))
      }
    }
    let top = (boxes.map { $0.y + Self.boxHeight + 2 * Self.rowGap }.max() ?? Self.margin)
    let columns = max(3, layers.count - 1)
    for (place, node) in (layers.last ?? []).enumerated() {
      boxes.append(
        Box(
          node: node, x: Self.margin + place % columns * (boxWidth + Self.rowGap),
          y: top + place / columns * (Self.boxHeight + Self.rowGap)))
    }
    return boxes
  }
}

// MARK: - Lines

extension PhaseGraphDrawing {
  private func writeEdges(to box: Box, _ boxes: [String: Box], _ width: Int, _ html: inout HTMLWriter) {
    for name in box.node.requires {
      guard let from = boxes[name] else { continue }
      let isProven = from.node.computed == .proven
      let (x1, y1) = (from.x + width, from.y + Self.boxHeight / 2)
      let (x2, y2) = (box.x - 7, box.y + Self.boxHeight / 2)
      let bend = max(24, abs(x2 - x1) / 2)
      html.void(
        "path",
        [
          "class": isProven ? "edge" : "edge broken",
          "d": "M\(x1) \(y1)C\(x1 + bend) \(y1) \(x2 - bend) \(y2) \(x2) \(y2)",
        ])
      html.void("path", ["class": "arrow", "d": "M\(x2) \(y2 - 4)l7 4l-7 4z"])
    }
  }

  private func write(_ box: Box, _ width: Int, _ html: inout HTMLWriter) {
    let judged = verdicts[box.node.phaseID]
    let link = judged.map { "#phase-\($0.place + 1)" }
    let tone = judged.map { Tone($0.verdict) } ?? .plain
    let draw = { (html: inout HTMLWriter) in
      html.block("title", text: about(box.node))
      html.void(
        "rect",
        [
          "class": "box \(tone.rawValue)", "x": "\(box.x)", "y": "\(box.y)", "width": "\(width)",
          "height": "\(Self.boxHeight)", "rx": "6",
        ])
      html.block(
        "text", ["class": "name", "x": "\(box.x + 12)", "y": "\(box.y + 19)"], text: shortened(box.node.phaseID))
      html.block(
        "text", ["class": "word \(tone.rawValue)", "x": "\(box.x + 12)", "y": "\(box.y + 36)"], text: word(box.node))
    }
    if let link { html.block("a", ["href": link], draw) } else { html.block("g", [:], draw) }
  }

  private func word(_ node: PhaseGraph.Node) -> String {
    if let judged = verdicts[node.phaseID] { return judged.verdict.rawValue }
    return node.hasDocument ? "not judged" : "no document"
  }

  private func about(_ node: PhaseGraph.Node) -> String {
    let after = node.requires.isEmpty ? "nothing" : node.requires.joined(separator: ", ")
    return
      "\(node.phaseID): \(word(node)), in the registry \(node.registered ?? "without a verdict"), comes after \(after)"
  }

  /// Names that differ mostly do so at an end.
  private func shortened(_ name: String) -> String {
    let name = SecretMask.masked(name)
    return name.count <= Self.mostCharacters ? name : "\(name.prefix(14))…\(name.suffix(Self.mostCharacters - 15))"
  }
}
