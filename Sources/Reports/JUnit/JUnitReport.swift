/// The results of a run as JUnit XML tells them: what CI systems show beside other tests.
///
/// Suites, cases and properties are written in the order given; the totals are counted from the cases.
package struct JUnitReport: Sendable {
  /// The name of the whole run.
  package var name: String
  /// One suite a gate or rule pack.
  package var suites: [JUnitSuite]

  /// Makes a report.
  package init(name: String, suites: [JUnitSuite]) {
    self.name = name
    self.suites = suites
  }
}

/// Test cases that belong together.
package struct JUnitSuite: Sendable {
  /// Hands over cases one by one, the same ones each time.
  package typealias Cases = @Sendable ((JUnitCase) throws -> Void) throws -> Void

  /// The suite's name; Jenkins merges suites of one name, so it is unique in the report.
  package var name: String
  /// What was known of the run: versions, digests.
  package var properties: [JUnitProperty]
  /// `YYYY-MM-DDThh:mm:ss`, the form that every consumer reads; nil leaves it out.
  package var timestamp: String?
  /// The cases, passed ones included: Jenkins does not record an empty suite.
  package let eachCase: Cases

  /// Makes a suite of cases that are made when they are asked for.
  package init(
    name: String, properties: [JUnitProperty] = [], timestamp: String? = nil, eachCase: @escaping Cases
  ) {
    self.name = name
    self.properties = properties
    self.timestamp = timestamp
    self.eachCase = eachCase
  }

  /// Makes a suite.
  package init(name: String, cases: [JUnitCase], properties: [JUnitProperty] = [], timestamp: String? = nil) {
    self.init(name: name, properties: properties, timestamp: timestamp) { body in
      for testCase in cases { try body(testCase) }
    }
  }
}

/// A named text of a suite.
package struct JUnitProperty: Sendable, Hashable {
  /// What it is.
  package var name: String
  /// What it says.
  package var value: String

  /// Makes a property.
  package init(name: String, value: String) {
    self.name = name
    self.value = value
  }
}

/// One check and how it went.
package struct JUnitCase: Sendable, Hashable {
  /// `auditor.<gate>.<rule>`: where the case is shown.
  package var className: String
  /// The case's name, without line numbers so that history stays together. GitLab keeps only the first case of a name
  /// and class name.
  package var name: String
  /// The file that the case is about, relative to the root, or nil.
  package var file: String?
  /// The line in that file, from 1, or nil.
  package var line: Int?
  /// How it went.
  package var outcome: JUnitOutcome
  /// How long it took, in milliseconds.
  package var milliseconds: Int

  /// Makes a case.
  package init(
    className: String, name: String, file: String? = nil, line: Int? = nil, outcome: JUnitOutcome,
    milliseconds: Int = 0
  ) {
    self.className = className
    self.name = name
    self.file = file
    self.line = line
    self.outcome = outcome
    self.milliseconds = milliseconds
  }
}

/// How a case went.
package enum JUnitOutcome: Sendable, Hashable {
  /// The check holds.
  case passed
  /// The check does not hold.
  case failure(type: String, message: String, body: String)
  /// The check could not be made; never told as skipped.
  case error(type: String, message: String, body: String)
  /// A finding was waived, and why.
  case skipped(message: String)
}

/// Which dialect of JUnit XML is written.
package enum JUnitSchema: String, Sendable, CaseIterable {
  /// Valid by the XSD of Jenkins' xunit plugin: a case's place is the first line of its failure's text, and a suite
  /// whose cases are all in one file names it.
  case jenkins
  /// Valid by the XSD of Ant (Windy Road) and by that of Jenkins: every suite says all that Ant's have to, the root says
  /// nothing.
  case ant
  /// Adds `file` and `line` to each case, which no XSD knows and GitLab and action-junit-report read.
  case compat
}
