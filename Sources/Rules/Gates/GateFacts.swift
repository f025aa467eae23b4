/// Where a gate's evidence lies, below the root: its templates with the pins filled in.
package struct GatePaths: Sendable, Equatable {
  /// The flag file.
  package let flag: String
  /// The folder of evidence.
  package let bundle: String
  /// The index file, when the gate has one.
  package let index: String?
}

/// What stands at a path below the root: a fact that somebody else gathered.
package enum PathFact: Sendable, Equatable {
  /// Nothing, or a link to nothing.
  case absent
  /// It leads outside the root.
  case outsideRoot
  /// A regular file.
  case file
  /// A folder.
  case folder
  /// Something that cannot be read as evidence, and why.
  case unusable(String)
}

/// What reading a file gave.
package enum ReadFact: Sendable, Equatable {
  /// Its bytes.
  case bytes([UInt8])
  /// Why it could not be read.
  case failed(String)
}

/// What has to be hashed for a gate.
package enum HashPlan: Sendable, Equatable {
  /// The regular files below the bundle folder, in the order of their paths' bytes, without the excluded names.
  case bundleFiles
  /// These bytes, which stand for so many members.
  case text([UInt8], members: Int)
  /// The bytes of these files, one after the other, in this order.
  case files([IndexedFile])
}

/// What hashing came to.
package enum HashFact: Sendable, Equatable {
  /// The digest, lower-case hexadecimal, over so many members.
  case digest(String, members: Int)
  /// A member is not there.
  case absent(path: String)
  /// A member, or a link below the bundle folder, leads outside the root.
  case outsideRoot(path: String)
  /// A member cannot be read.
  case unreadable(path: String, problem: String)
  /// There is no member.
  case nothing
}

/// One step towards a verdict: reached already, or more has to be gathered.
package enum GateStep<Next: Sendable>: Sendable {
  /// The verdict.
  case settled(GateResult)
  /// What to go on with.
  case next(Next)
}
