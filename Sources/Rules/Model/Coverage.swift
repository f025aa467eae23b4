/// What a run looked at and what it did not: the difference between clean and blind.
package struct Coverage: Sendable, Hashable {
  /// Why something in the tree was not scanned.
  package enum SkipReason: String, Sendable, CaseIterable {
    /// An ignore file of git names it (a whole folder counts once).
    case ignored
    /// The configuration leaves it out.
    case excluded
    /// The change that was asked about did not touch it.
    case unchanged
    /// It holds no text.
    case binary
    /// A symbolic link; links are not followed.
    case link
    /// A FIFO, socket or device.
    case special
    /// Another git repository inside this one.
    case nestedRepository = "nested_repository"
    /// Larger than the limit 'scannedBytes'.
    case tooLarge = "too_large"
    /// It could not be read; the run says so and has no verdict.
    case unreadable
    /// It was there and is gone; the run says so and has no verdict.
    case vanished
  }

  /// Files and links that the walk met.
  package var filesSeen = 0
  /// Files that rules were run over.
  package var filesScanned = 0
  /// Bytes that rules were run over.
  package var bytesScanned = 0
  /// What was passed over, by reason.
  package var skipped: [SkipReason: Int] = [:]
  /// Rules that were loaded and not disabled.
  package var rulesLoaded = 0
  /// Rules whose paths and languages fit no file.
  package var rulesWithoutFiles: [String] = []
  /// Patterns of the configuration that match no file of the tree.
  package var patternsWithoutFiles: [String] = []
  /// Definitions of done that were judged.
  package var phasesFound = 0
  /// Gates that were judged.
  package var gatesFound = 0
  /// Contract schemas that were loaded.
  package var contractsFound = 0
  /// Runtime evidence bundles that were judged.
  package var bundlesFound = 0
  /// Reality evidence bundles that were judged.
  package var realityFound = 0
  /// Scenario runs whose evidence was classified.
  package var evidenceFound = 0

  /// Nothing looked at yet.
  package init() {}

  /// Counts one thing that was passed over.
  package mutating func skip(_ reason: SkipReason) { skipped[reason, default: 0] += 1 }
}
