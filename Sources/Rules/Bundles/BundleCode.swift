/// What can be wrong with a bundle, by the names of BUNDLE_RULES sections 2 to 9. The names are an interface.
package enum BundleCode: String, Sendable, CaseIterable {
  // Section 2: finding the run directory.
  /// The bundle directory is no directory.
  case bundleNotFound = "bundle_not_found"
  /// A path leads, or is spelled so that it could lead, outside of what bounds it.
  case pathEscape = "path_escape"
  /// LATEST is no plain run id.
  case latestInvalid = "latest_invalid"
  /// LATEST names a run that is not there.
  case latestDangling = "latest_dangling"

  // Section 3: states.
  /// The run is still being written.
  case inProgress = "in_progress"
  /// `run_status.json` says nothing that can be used.
  case runStatusUnreadable = "run_status_unreadable"

  // Section 4: the index.
  /// The commit barrier is absent: the run was never committed.
  case indexMissing = "index_missing"
  /// The index is no JSON object, or one whose keys stand twice.
  case indexUnreadable = "index_unreadable"
  /// The index lacks members or has them in a wrong type.
  case indexInvalid = "index_invalid"
  /// The index is of a version that is not known.
  case indexSchemaUnsupported = "index_schema_unsupported"

  // Section 4.2: integrity.
  /// An indexed file belongs to another run, or to none.
  case pathOutsideBundle = "path_outside_bundle"
  /// A path is indexed twice.
  case duplicateArtifact = "duplicate_artifact"
  /// An indexed file is gone.
  case artifactMissing = "artifact_missing"
  /// An indexed path is no regular file.
  case notRegularFile = "not_regular_file"
  /// The entry records no size.
  case sizeMissing = "size_missing"
  /// The file has another size.
  case sizeMismatch = "size_mismatch"
  /// The entry records no digest.
  case digestMissing = "digest_missing"
  /// The file has another digest.
  case digestMismatch = "digest_mismatch"
  /// The file states another schema version than its entry.
  case schemaVersionMismatch = "schema_version_mismatch"

  // Sections 4.3 and 5: content.
  /// A document that has to be looked into is not what it has to be.
  case artifactUnreadable = "artifact_unreadable"
  /// Documents name different runs.
  case runIDMismatch = "run_id_mismatch"
  /// Documents name different worlds.
  case worldIDMismatch = "world_id_mismatch"
  /// Documents name different plans.
  case planDigestMismatch = "plan_digest_mismatch"
  /// The preflight record and what the manifest repeats of it differ.
  case preflightMismatch = "preflight_mismatch"
  /// Evidence of one lane stands in another.
  case laneViolation = "lane_violation"
  /// The index has a status that is none.
  case indexStatusUnexpected = "index_status_unexpected"
  /// The index itself says that something expected was absent.
  case artifactListedMissing = "artifact_listed_missing"

  // Section 8: repair.
  /// Another writer holds the bundle root.
  case locked
  /// No document says which run, or which world, this is.
  case identityUnknown = "identity_unknown"

  // Section 9: promotion.
  /// The packet would replace a part of the evidence.
  case outOverwritesArtifact = "out_overwrites_artifact"
  /// A promotable bundle was asked for and this is none.
  case notPromotable = "not_promotable"

  // What the contract leaves open.
  /// The folder given as root cannot be opened.
  case rootUnreadable = "root_unreadable"
  /// The system refused to write.
  case writeFailed = "write_failed"
  /// A packet is no JSON object of the known version, or does not point at one run.
  case packetUnreadable = "packet_unreadable"
  /// A packet says of its bundle what the bundle does not bear out.
  case packetContradicted = "packet_contradicted"
}

extension BundleCode {
  /// Content errors as BUNDLE_RULES section 4.3 counts them for promotion; a lane violation is a reason of its own.
  var meansNoVerdict: Bool {
    switch self {
    case .bundleNotFound, .rootUnreadable, .writeFailed, .packetUnreadable: true
    default: false
    }
  }

  /// What the code means and what to do, in one line.
  package var meaning: String {
    switch self {
    case .bundleNotFound: "no such directory"
    case .pathEscape: "leads outside and was not opened; name a path inside"
    case .latestInvalid: "LATEST must be a regular file with one run id in it"
    case .latestDangling: "LATEST names a run that is not there; no other run is taken in its place"
    case .inProgress: "the run is still being written; wait for its end, or look with 'bundle open'"
    case .runStatusUnreadable: "run_status.json is no object with a known state (in_progress, complete, failed)"
    case .indexMissing: "never committed: there is no artifact_index.json; committing is the producer's act"
    case .indexUnreadable: "the index is no JSON object with each key once"
    case .indexInvalid: "the index lacks a member or has one of a wrong type"
    case .indexSchemaUnsupported: "the index is of an unknown version; expected '….artifact_index.v0.1'"
    case .pathOutsideBundle: "is indexed here and belongs to something else"
    case .duplicateArtifact: "is indexed more than once"
    case .artifactMissing: "is indexed and not there"
    case .notRegularFile: "is no regular file"
    case .sizeMissing: "the index records no size for it"
    case .sizeMismatch: "its size is not what the index records"
    case .digestMissing: "the index records no digest for it"
    case .digestMismatch: "its digest is not what the index records"
    case .schemaVersionMismatch: "states another schema_version than its index entry"
    case .artifactUnreadable: "is not of the shape that its name promises"
    case .runIDMismatch: "names another run than the index"
    case .worldIDMismatch: "names another world than the index"
    case .planDigestMismatch: "names another plan digest than the manifest"
    case .preflightMismatch: "is not the record that the manifest repeats"
    case .laneViolation: "holds evidence of another lane, or an oracle's answer dressed up as an observation"
    case .indexStatusUnexpected: "the index's status is none of ok, partial, failed"
    case .artifactListedMissing: "was expected and absent when the run was committed"
    case .locked: "another writer holds the bundle root; wait for it, or give --wait"
    case .identityUnknown: "no manifest, index or status says which run and world this is"
    case .outOverwritesArtifact: "the packet would replace a part of the evidence; write it elsewhere"
    case .notPromotable: "the bundle is not promotable, and --require-promotable was given"
    case .rootUnreadable: "the root cannot be opened"
    case .writeFailed: "could not be written"
    case .packetUnreadable: "is no promotion packet that points at one run"
    case .packetContradicted: "the packet says more than its bundle bears out; emit it anew"
    }
  }
}
