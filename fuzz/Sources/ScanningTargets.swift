import Formats
import Rules
import Scanning

extension FuzzTarget {
  static let classifier = FuzzTarget(
    name: "classifier", promise: "every language gives every byte a class; appending to a line comment keeps what was"
  ) { bytes in
    for language in Language.allNames.map(Language.named) {
      let classes = Classifier.classify(bytes, as: language)
      for offset in bytes.indices where bytes[offset] < 0x20 || offset % 7 == 0 { _ = classes.at(offset) }
      expect(Classifier.classify(bytes, as: language) == classes, "\(language?.name ?? "") is classified differently")
    }
    let firstLine = bytes.prefix { $0 != 0x0A }
    _ = Language.of(path: String(decoding: firstLine, as: UTF8.self), firstLine: firstLine)
  }

  static let rulePack = FuzzTarget(
    name: "rulepack", promise: "a pack loads or says what is wrong, at lines that exist; what loads can scan"
  ) { bytes in
    let lineCount = LineTable(bytes.span).count
    do throws(RulePackError) {
      let pack = try RulePack([PackSource(name: "pack.yaml", bytes: bytes)])
      let failures = PackExamples.failures(in: pack.rules, today: ScanCheck.today)
      for failure in failures {
        expect((1...lineCount).contains(failure.location.line ?? 1), "an example fails outside of the pack")
      }
      ScanCheck(scanner: FileScanner(rules: pack.rules, today: ScanCheck.today)).run(bytes, path: "pack.yaml")
    } catch {
      expect(!error.problems.isEmpty, "a pack is refused, and nothing is wrong")
      for problem in error.problems {
        expect((1...lineCount).contains(problem.location.line ?? 1), "'\(problem.message)' lies outside of the pack")
      }
    }
  }

  /// The first byte chooses a language, or none.
  static let suppression = FuzzTarget(
    name: "suppression", promise: "what is said of suppressions lies in the file, in order, and is said each time"
  ) { bytes in
    let names = Language.allNames
    let choice = FuzzInput.choice(bytes.first, below: names.count + 1)
    let language = choice < names.count ? Language.named(names[choice]) : nil
    ScanCheck(scanner: FileScanner(rules: [], today: ScanCheck.today))
      .run(Array(bytes.dropFirst()), path: language?.examplePath ?? "unknown")
  }
}

private struct ScanCheck {
  static let today = CivilDate(dayNumber: 20_500)
  let scanner: FileScanner

  func run(_ bytes: [UInt8], path: String) {
    let file: SourceFile
    do throws(SourceFile.Refusal) {
      file = try SourceFile(path: path, content: bytes)
    } catch {
      return
    }
    let findings = scanner.scan(file)
    for finding in findings {
      guard let line = finding.location.line, let column = finding.location.column else { continue }
      expect((1...file.lines.count).contains(line), "'\(finding.message)' is on line \(line) of \(file.lines.count)")
      let room = (file.lines.start(ofLine: line + 1) ?? file.bytes.count) - (file.lines.start(ofLine: line) ?? 0)
      expect((1...room + 1).contains(column), "'\(finding.message)' is in column \(column) of \(room)")
    }
    for (left, right) in zip(findings, findings.dropFirst()) {
      expect(!Finding.precedes(right, left), "findings are out of order")
    }
    expect(scanner.scan(file).map(\.fingerprint) == findings.map(\.fingerprint), "a second scan finds something else")
  }
}
