import Formats
import Glibc
import Rules
import Synchronization

/// What earlier verifications of gates below one root found out: for each gate how its members stood, and the digest that
/// they came to. A gate of which a member, its name or its place among the others is not the same is hashed again, all of
/// it: its digest is one over all bytes.
///
/// The database is in the user's cache, not below the root. One that is damaged is made anew, and one that cannot be used
/// is done without.
final class GateDigestCache: Sendable {
  private struct Row: Equatable {
    let seal: Digest
    let digest: String
    let memberCount: Int
  }

  private static let schema = """
    CREATE TABLE IF NOT EXISTS gate(
      name BLOB PRIMARY KEY, seal TEXT NOT NULL, digest TEXT NOT NULL, members INTEGER NOT NULL) WITHOUT ROWID;
    """

  private let path: String
  private let isVerified: Bool
  private let known: [[UInt8]: Row]
  private let found = Mutex<[[UInt8]: Row]>([:])
  private let contradictions = Mutex<[String]>([])

  /// The cache for a root; `isVerified` hashes everything and compares.
  ///
  /// - Throws: when there can be none.
  init(for root: String, environment: [String: String], isVerified: Bool) throws {
    path = try CachePlace.path(for: root, purpose: "-gates-1", environment: environment)
    self.isVerified = isVerified
    do throws(SQLiteError) {
      known = try Self.rows(path)
    } catch {
      guard [.corrupt, .notADatabase].contains(error.kind) else { throw error }
      for ending in ["", "-journal", "-wal", "-shm"] { unsafe unlink(path + ending) }
      known = try Self.rows(path)
    }
  }

  private static func open(_ path: String) throws(SQLiteError) -> SQLiteDatabase {
    let database = try SQLiteDatabase.open(path, .readWriteCreate)
    unsafe chmod(path, 0o600)
    try database.execute(schema)
    return database
  }

  private static func rows(_ path: String) throws(SQLiteError) -> [[UInt8]: Row] {
    let database = try open(path)
    var rows: [[UInt8]: Row] = [:]
    var statement = try database.prepare("SELECT name, seal, digest, members FROM gate")
    while try statement.step() {
      guard let name = statement.blob(at: 0), let seal = statement.text(at: 1).flatMap({ Digest(hex: $0) }),
        let digest = statement.text(at: 2), Digest(hex: digest) != nil, let count = statement.integer(at: 3), count > 0
      else { continue }
      rows[name] = Row(seal: seal, digest: digest, memberCount: Int(count))
    }
    return rows
  }

  /// What the members of a gate come to, where none of them has changed since they were hashed; else nil.
  func hashed(_ gate: GateHashing.Pending, root: RootedFolder) -> GateHashing.Hashed? {
    guard !isVerified, let row = known[Self.name(gate)], row.memberCount == gate.members.count,
      seal(gate, root) == row.seal
    else { return nil }
    return GateHashing.Hashed(
      fact: .digest(row.digest, members: row.memberCount), differing: gate.listed == nil ? nil : [])
  }

  /// Takes note of what the members of a gate came to.
  func note(_ gate: GateHashing.Pending, _ hashed: GateHashing.Hashed) {
    // Which members differ is not kept: a gate of which one does is hashed again.
    guard hashed.differing?.isEmpty ?? true else { return }
    guard let seal = hashed.seal, case .digest(let digest, let count) = hashed.fact, count > 0 else { return }
    let name = Self.name(gate)
    if isVerified, let row = known[name], row.seal == seal, row.digest != digest {
      contradictions.withLock { $0.append(gate.gathering.gate.id) }
    }
    found.withLock { $0[name] = Row(seal: seal, digest: digest, memberCount: count) }
  }

  /// The gates of which the cache said something else than their files, sorted.
  var contradicted: [String] { contradictions.withLock { $0.sorted() } }

  /// Keeps what was found out, all or nothing.
  func save() throws {
    let new = found.withLock { $0 }.filter { known[$0.key] != $0.value }
    if new.isEmpty { return }
    let database = try Self.open(path)
    try database.transaction { database in
      var insert = try database.prepare("INSERT OR REPLACE INTO gate(name, seal, digest, members) VALUES(?, ?, ?, ?)")
      for (name, row) in new {
        try insert.bind(name, at: 1)
        try insert.bind(row.seal.hex, at: 2)
        try insert.bind(row.digest, at: 3)
        try insert.bind(Int64(row.memberCount), at: 4)
        try insert.run()
      }
    }
  }

  /// A gate of one map may stand for many runs: its members' place tells them apart. What members were compared with is
  /// part of it: another index is another question.
  private static func name(_ gate: GateHashing.Pending) -> [UInt8] {
    let compared = gate.listed.map { listed in
      var text: [UInt8] = []
      for digest in listed { text += (digest?.hex ?? "-").utf8 }
      return "\n" + SHA256.digest(text).hex
    }
    let law = gate.gathering.gate.law.name ?? ""
    return Array("\(gate.gathering.gate.id)\n\(gate.work.bundle)\n\(law)\(compared ?? "")".utf8)
  }

  private func seal(_ gate: GateHashing.Pending, _ root: RootedFolder) -> Digest? {
    var seal = MemberSeal()
    var walk = RootedWalk(root)
    for member in gate.members {
      guard let stamp = try? walk.stamp(member.path) else { return nil }
      seal.add(member.path, stamp)
    }
    return seal.digest
  }
}
