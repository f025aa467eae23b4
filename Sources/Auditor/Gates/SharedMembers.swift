import Formats
import Rules

/// Which gates hash the same files.
enum SharedMembers {
  /// The gates as groups: two that share a file are in one. Told by names, so that two names of one file (a link) count
  /// as two files.
  static func groups(_ gates: [GateHashing.Pending]) -> [[Int]] {
    let suspects = overlapping(gates)
    var leaders = Array(gates.indices)
    func leader(_ index: Int) -> Int {
      var index = index
      while leaders[index] != index { index = leaders[index] }
      return index
    }
    if suspects.count > 1 {
      var owners: [[UInt8]: Int] = [:]
      for index in suspects {
        for member in gates[index].members {
          let key = SharedMembers.key(member.path)
          guard let owner = owners[key] else {
            owners[key] = index
            continue
          }
          let (first, second) = (leader(owner), leader(index))
          if first != second { leaders[max(first, second)] = min(first, second) }
        }
      }
    }
    var groups: [Int: [Int]] = [:]
    for index in gates.indices { groups[leader(index), default: []].append(index) }
    return groups.keys.sorted().map { groups[$0] ?? [] }
  }

  /// A path by which a file is the same for two gates.
  static func key(_ path: [UInt8]) -> [UInt8] {
    Array(RootedFolder.components(of: path).joined(separator: [UInt8(ascii: "/")]))
  }

  /// The gates whose members may lie where those of another lie. Bundles that stand beside each other, which is what maps
  /// nearly always say, need no look at fifty thousand names.
  private static func overlapping(_ gates: [GateHashing.Pending]) -> [Int] {
    let places = gates.map(territory)
    return gates.indices.filter { index in
      gates.indices.contains { other in other != index && meet(places[index], places[other]) }
    }
  }

  /// The folder that holds all members; empty for the root.
  private static func territory(_ gate: GateHashing.Pending) -> [UInt8] {
    let bundle = key(Array(gate.work.bundle.utf8))
    let isBelow =
      gate.work.plan == .bundleFiles
      || gate.gathering.gate.law.pathBase == .bundleRoot
        && gate.members.allSatisfy { member in
          member.name.first != UInt8(ascii: "/") && !hasDots(member.name)
        }
    return isBelow && !hasDots(bundle) ? bundle : []
  }

  /// Whether two dots stand together, as they do where a path climbs. Asked of every member's name: a search for any
  /// text would cost a tenth of what hashing does.
  private static func hasDots(_ name: [UInt8]) -> Bool {
    let dot = UInt8(ascii: ".")
    var isBehindDot = false
    for byte in name {
      if byte == dot, isBehindDot { return true }
      isBehindDot = byte == dot
    }
    return false
  }

  private static func meet(_ first: [UInt8], _ second: [UInt8]) -> Bool {
    let (short, long) = first.count <= second.count ? (first, second) : (second, first)
    return short.isEmpty || short == long || long.starts(with: short + [UInt8(ascii: "/")])
  }
}

/// The members of several gates that share files on their way through SHA-256: a file is read once and hashed for every
/// gate that comes to it, as long as the orders of the gates agree, which sorted ones do.
struct SharedHashing: ~Copyable {
  private struct Gate {
    let members: [MemberStream.Member]
    let keys: [[UInt8]]
    let listed: [Digest?]?
    var differing: [Int]?
    var position = 0
    var hasher = SHA256()
    var problem: HashFact?
    var failure: FileError?

    /// The next file, by name; nil at the end.
    var next: [UInt8]? { problem == nil && position < keys.count ? keys[position] : nil }
  }

  private var gates: [Gate]
  private var walk: RootedWalk
  private var seals: [MemberSeal?]

  init(_ pending: [GateHashing.Pending], root: RootedFolder, isSealed: Bool) {
    gates = pending.map { gate in
      Gate(
        members: gate.members, keys: gate.members.map { SharedMembers.key($0.path) }, listed: gate.listed,
        differing: gate.listed == nil ? nil : [])
    }
    seals = pending.map { _ in isSealed ? MemberSeal() : nil }
    walk = RootedWalk(root)
  }

  /// Hashes everything; one answer a gate, in their order.
  mutating func run(_ tally: ProgressTally) -> [GateHashing.Hashed] {
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    while let next = gates.compactMap(\.next).min(by: { $0.lexicographicallyPrecedes($1) }) {
      let users = gates.indices.filter { gates[$0].next == next }
      hash(for: users, &buffer)
      tally.add(users.count)
    }
    return gates.indices.map { index in
      let gate = gates[index]
      let fact: HashFact =
        gate.problem
        ?? (gate.members.isEmpty ? .nothing : .digest(gate.hasher.finalize().hex, members: gate.members.count))
      return GateHashing.Hashed(
        fact: fact, failures: gate.failure.map { [$0] } ?? [], seal: gate.problem == nil ? seals[index]?.digest : nil,
        differing: gate.differing)
    }
  }

  /// Reads the next file of some gates, which is the same one, and takes each past it.
  private mutating func hash(for users: [Int], _ buffer: inout [UInt8]) {
    guard let first = users.first else { return }
    let member = gates[first].members[gates[first].position]
    for user in users { gates[user].position += 1 }
    do throws(FileError) {
      let file = try walk.open(member.path)
      for user in users { seals[user]?.begin(gates[user].members[gates[user].position - 1], file.number) }
      var memberHasher = users.contains { gates[$0].listed != nil } ? SHA256() : nil
      while true {
        let count = try FileReader.read(file.number, into: &buffer, path: String(decoding: member.name, as: UTF8.self))
        if count == 0 { break }
        let bytes = buffer
        for user in users { gates[user].hasher.update(bytes.span.extracting(..<count)) }
        memberHasher?.update(bytes.span.extracting(..<count))
      }
      if let digest = memberHasher?.finalize() { compare(digest, for: users) }
      for user in users { seals[user]?.end(file.number) }
    } catch {
      for user in users {
        let gate = gates[user]
        let (problem, failure) = MemberStream.problem(
          error, at: gate.members[gate.position - 1], before: gate.members[gate.position...], &walk)
        gates[user].problem = problem
        gates[user].failure = failure
      }
    }
  }

  private mutating func compare(_ digest: Digest, for users: [Int]) {
    for user in users {
      let member = gates[user].position - 1
      if let expected = gates[user].listed?[member], expected != digest { gates[user].differing?.append(member) }
    }
  }
}
