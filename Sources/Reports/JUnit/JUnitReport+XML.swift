package import Formats

extension JUnitReport {
  /// Writes the report as JUnit XML to a sink, in pieces; equal reports give equal bytes.
  ///
  /// Any text is allowed: what XML cannot carry is removed, names beyond 64 KiB are cut, and a message beyond that is
  /// cut in its attribute and whole in the text. Throws only what the sink throws.
  package func write(_ schema: JUnitSchema = .strict, to sink: @escaping XMLWriter.Sink) throws(FormatError) {
    var writer = try XMLWriter(.indented, to: sink)
    try write(schema, &writer)
    try writer.finish()
  }

  /// The whole report as JUnit XML in memory.
  package func xml(_ schema: JUnitSchema = .strict) throws(FormatError) -> [UInt8] {
    try XMLWriter.document(.indented) { writer throws(FormatError) in try write(schema, &writer) }
  }

  private func write(_ schema: JUnitSchema, _ writer: inout XMLWriter) throws(FormatError) {
    let counts = suites.map { JUnitCounts($0.cases) }
    try writer.start("testsuites")
    try writer.label("name", name)
    try JUnitCounts(sumOf: counts).write(to: &writer)
    for (suite, counts) in zip(suites, counts) { try suite.write(schema, counts, &writer) }
    try writer.end()
  }
}

extension JUnitSuite {
  fileprivate func write(
    _ schema: JUnitSchema, _ counts: JUnitCounts, _ writer: inout XMLWriter
  ) throws(FormatError) {
    try writer.start("testsuite")
    try writer.label("name", name)
    try counts.write(to: &writer)
    // The root has no such attribute in the XSD.
    try writer.attribute("skipped", "\(counts.skipped)")
    if let timestamp { try writer.label("timestamp", timestamp) }
    if let file = commonFile { try writer.label("file", file) }
    if !properties.isEmpty { try writeProperties(to: &writer) }
    for testCase in cases { try testCase.write(schema, &writer) }
    try writer.end()
  }

  private var commonFile: String? {
    guard let file = cases.first?.file, cases.allSatisfy({ $0.file == file }) else { return nil }
    return file
  }

  private func writeProperties(to writer: inout XMLWriter) throws(FormatError) {
    try writer.start("properties")
    for property in properties {
      try writer.start("property")
      try writer.label("name", property.name)
      try writer.label("value", property.value)
      try writer.end()
    }
    try writer.end()
  }
}

extension JUnitCase {
  fileprivate func write(_ schema: JUnitSchema, _ writer: inout XMLWriter) throws(FormatError) {
    try writer.start("testcase")
    try writer.label("classname", className)
    try writer.label("name", name)
    if schema == .compat {
      if let file { try writer.label("file", file) }
      if let line { try writer.attribute("line", "\(line)") }
    }
    try writer.attribute("time", JUnitCounts.seconds(milliseconds))
    switch outcome {
    case .passed: break
    case .failure(let type, let message, let body): try write("failure", type, message, body, &writer)
    case .error(let type, let message, let body): try write("error", type, message, body, &writer)
    // GitLab shows the text of the element, the others its message.
    case .skipped(let message): try write("skipped", nil, message, message, &writer)
    }
    try writer.end()
  }

  private func write(
    _ element: String, _ type: String?, _ message: String, _ body: String, _ writer: inout XMLWriter
  ) throws(FormatError) {
    try writer.start(element)
    if let type { try writer.label("type", type) }
    let isWhole = try writer.label("message", message)
    let lines = [location, isWhole || body == message ? nil : message, body.isEmpty ? nil : body].compactMap(\.self)
    for (index, line) in lines.enumerated() {
      if index > 0 { try writer.text("\n") }
      try writer.text(line)
    }
    try writer.end()
  }

  /// `path:line`, as editors and terminals make links of it.
  private var location: String? {
    guard let file else { return nil }
    return line.map { "\(file):\($0)" } ?? file
  }
}

extension XMLWriter {
  /// The most bytes of one attribute: many readers refuse tags beyond some megabytes, and with them the whole file.
  private static var longestLabel: Int { 1 << 16 }

  /// Writes an attribute, cut where it is too long for a label; false when it was cut.
  @discardableResult
  fileprivate mutating func label(_ name: String, _ value: String) throws(FormatError) -> Bool {
    if value.utf8.count <= Self.longestLabel {
      try attribute(name, value)
      return true
    }
    // Cutting inside of a character leaves bytes that are repaired; drop those.
    var bytes = value.utf8.prefix(Self.longestLabel)
    while let last = bytes.last, last & 0xC0 == 0x80 { bytes = bytes.dropLast() }
    if let last = bytes.last, last >= 0xC0 { bytes = bytes.dropLast() }
    try attribute(name, String(decoding: bytes, as: UTF8.self) + "…")
    return false
  }
}
