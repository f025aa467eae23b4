/// Everything that a definition of done says of its phase, each with its line. None of it has a say in the verdict; what
/// does not agree with the verdict or with the tree is a finding (`DoDContradictions`).
package struct DocumentClaims: Sendable, Hashable {
  /// A heading of the document.
  package struct Section: Sendable, Hashable {
    /// The number that it begins with, `4` or `4.1`; nil without one.
    package let number: String?
    /// What stands behind the number.
    package let title: String
    /// Its line.
    package let line: Int
  }

  /// `- **Key**: value`.
  package struct Metadata: Sendable, Hashable {
    /// The key.
    package let key: String
    /// The value; may be empty.
    package let value: String
    /// Its line.
    package let line: Int
  }

  /// A task item.
  package struct Box: Sendable, Hashable {
    /// What is to be done, plain text.
    package let text: String
    /// Somebody says that it is.
    package let isTicked: Bool
    /// The number of its section.
    package let section: String?
    /// Its line.
    package let line: Int
  }

  /// A file that is pointed to: in a list of pointers, in a command, or in a ticked box.
  package struct Citation: Sendable, Hashable {
    /// The path as written, relative to the root.
    package let path: String
    /// It is called a test, or named like one.
    package let isTest: Bool
    /// Its line.
    package let line: Int
  }

  /// A command that verifies the phase.
  package struct Command: Sendable, Hashable {
    /// As it is to be typed.
    package let text: String
    /// Its line.
    package let line: Int
  }

  /// A verdict that the document claims or is meant to reach.
  package struct ClaimedVerdict: Sendable, Hashable {
    /// The verdict.
    package let verdict: Verdict
    /// Its line.
    package let line: Int
  }

  /// `exit 0 = PROVEN`.
  package struct ExitCode: Sendable, Hashable {
    /// The exit status.
    package let status: Int
    /// What it is said to mean.
    package let verdict: Verdict
    /// Its line.
    package let line: Int
  }

  /// The headings, in order.
  package internal(set) var sections: [Section] = []
  /// List items with a bold key, in order.
  package internal(set) var metadata: [Metadata] = []
  /// The task items, in order.
  package internal(set) var boxes: [Box] = []
  /// Files that are pointed to, each path once.
  package internal(set) var citations: [Citation] = []
  /// Commands that verify the phase, in order.
  package internal(set) var commands: [Command] = []
  /// What the verdict section says; nil where it says nothing, or offers several to choose from.
  package internal(set) var verdictLine: ClaimedVerdict?
  /// Where the phase is to get to.
  package internal(set) var targetStatus: ClaimedVerdict?
  /// What exit statuses are said to mean.
  package internal(set) var exitCodes: [ExitCode] = []

  /// A document that does not exist claims nothing.
  package init() {}

  /// The numbers of sections, in order.
  package var sectionNumbers: [String] { sections.compactMap(\.number) }
}
