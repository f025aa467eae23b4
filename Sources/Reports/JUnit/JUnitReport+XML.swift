package import Formats

extension JUnitReport {
  /// Writes the report as JUnit XML to a sink, in pieces; equal reports give equal bytes.
  ///
  /// Any text is allowed: what XML cannot carry is removed. Throws only what the sink throws.
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
    try writer.attribute("name", name)
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
    try writer.attribute("name", name)
    try counts.write(to: &writer)
    // The root has no such attribute in the XSD.
    try writer.attribute("skipped", "\(counts.skipped)")
    if let timestamp { try writer.attribute("timestamp", timestamp) }
    if let file = commonFile { try writer.attribute("file", file) }
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
      try writer.attribute("name", property.name)
      try writer.attribute("value", property.value)
      try writer.end()
    }
    try writer.end()
  }
}

extension JUnitCase {
  fileprivate func write(_ schema: JUnitSchema, _ writer: inout XMLWriter) throws(FormatError) {
    try writer.start("testcase")
    try writer.attribute("classname", className)
    try writer.attribute("name", name)
    if schema == .compat {
      if let file { try writer.attribute("file", file) }
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
    if let type { try writer.attribute("type", type) }
    try writer.attribute("message", message)
    if let location {
      try writer.text(location)
      if !body.isEmpty { try writer.text("\n") }
    }
    try writer.text(body)
    try writer.end()
  }

  /// `path:line`, as editors and terminals make links of it.
  private var location: String? {
    guard let file else { return nil }
    return line.map { "\(file):\($0)" } ?? file
  }
}
