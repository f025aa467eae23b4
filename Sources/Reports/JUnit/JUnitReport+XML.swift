import Formats
import Rules

extension JUnitReport {
  /// Writes the report as JUnit XML to a sink, in pieces; equal reports give equal bytes. Suites without cases are left
  /// out, since some readers refuse them.
  ///
  /// Any text is allowed: what XML cannot carry is removed, names beyond 64 KiB are cut, and a message beyond that is
  /// cut in its attribute and whole in the text. Throws only what the sink throws, and what gives the cases.
  package func write(_ schema: JUnitSchema = .jenkins, to sink: @escaping ReportSink) throws {
    let parts = try suites.map { (suite: $0, outline: try SuiteOutline($0)) }.filter { $0.outline.counts.tests > 0 }
    let delivery = Delivery(sink)
    do {
      var writer = try XMLWriter(.indented) { chunk throws(FormatError) in try delivery.take(chunk) }
      try writer.start("testsuites")
      if schema != .ant {
        try writer.label("name", name)
        try JUnitCounts(sumOf: parts.map(\.outline.counts)).write(to: &writer)
      }
      for (index, part) in parts.enumerated() { try part.suite.write(schema, part.outline, index: index, &writer) }
      try writer.end()
      try writer.finish()
      try delivery.finish()
    } catch {
      throw delivery.failure ?? error
    }
  }

  /// The whole report as JUnit XML in memory.
  package func xml(_ schema: JUnitSchema = .jenkins) throws -> [UInt8] {
    let gathered = Gathered()
    try write(schema) { gathered.bytes += $0 }
    return gathered.bytes
  }

  /// What the root element declares.
  func totals() throws -> JUnitCounts { JUnitCounts(sumOf: try suites.map { try SuiteOutline($0).counts }) }
}

/// Takes chunks from libxml2 to a sink, line by line with secrets masked, and keeps what the sink throws. A chunk ends
/// anywhere, in the middle of a secret too.
private final class Delivery {
  private let sink: ReportSink
  /// The beginning of a line whose end has not come yet.
  private var rest: [UInt8] = []
  private(set) var failure: (any Error)?

  init(_ sink: @escaping ReportSink) { self.sink = sink }

  func take(_ chunk: Span<UInt8>) throws(FormatError) {
    let bytes = unsafe chunk.withUnsafeBufferPointer { unsafe Array($0) }
    guard let end = bytes.lastIndex(of: UInt8(ascii: "\n")) else {
      rest += bytes
      return
    }
    do {
      try sink(SecretMask.masked(rest + bytes[...end]))
      rest = Array(bytes[(end + 1)...])
    } catch {
      failure = error
      throw FormatError(.xml, .reported("\(error)"))
    }
  }

  /// Hands over what follows the last line end.
  func finish() throws {
    if !rest.isEmpty { try sink(SecretMask.masked(rest)) }
    rest = []
  }
}

private final class Gathered {
  var bytes: [UInt8] = []
}

/// What has to be known of a suite before its first case is written.
private struct SuiteOutline {
  private(set) var counts = JUnitCounts()
  /// The file of all its cases; nil where they have several, or none.
  private(set) var file: String?

  init(_ suite: JUnitSuite) throws {
    var isFirst = true
    try suite.eachCase { testCase in
      counts.add(testCase)
      file = isFirst || file == testCase.file ? testCase.file : nil
      isFirst = false
    }
  }
}

extension JUnitSuite {
  fileprivate func write(
    _ schema: JUnitSchema, _ outline: SuiteOutline, index: Int, _ writer: inout XMLWriter
  ) throws {
    try writer.start("testsuite")
    try writer.label("name", name)
    try outline.counts.write(to: &writer)
    // The root has no such attribute in the XSD.
    try writer.attribute("skipped", "\(outline.counts.skipped)")
    if schema == .ant {
      try writer.label("package", "auditor")
      try writer.attribute("id", "\(index)")
      // The same run gives the same bytes wherever it is made.
      try writer.attribute("hostname", "localhost")
      try writer.attribute("timestamp", timestamp ?? "1970-01-01T00:00:00")
    } else {
      if let timestamp { try writer.label("timestamp", timestamp) }
      if let file = outline.file { try writer.label("file", file) }
    }
    if !properties.isEmpty || schema == .ant { try writeProperties(to: &writer) }
    try eachCase { try $0.write(schema, &writer) }
    if schema == .ant {
      for name in ["system-out", "system-err"] {
        try writer.start(name)
        try writer.end()
      }
    }
    try writer.end()
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
