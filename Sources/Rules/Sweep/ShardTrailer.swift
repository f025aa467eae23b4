package import Formats

/// The last line of a shard's file: which part of which plan it is, and that it is whole.
package struct ShardTrailer: Sendable, Hashable {
  /// The digest of the plan.
  package let plan: String
  /// Which of how many.
  package let shard: Shard
  /// Rows above.
  package let count: Int
  /// SHA-256 of everything above.
  package let sha256: String

  /// A trailer.
  package init(plan: String, shard: Shard, count: Int, sha256: String) {
    self.plan = plan
    self.shard = shard
    self.count = count
    self.sha256 = sha256
  }

  /// The line, with its end.
  package var line: [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.object("trailer") { json in
      json.member("plan", "sha256:\(plan)")
      json.member("shard", shard.number)
      json.member("shards", shard.count)
      json.member("count", count)
      json.member("sha256", sha256)
    }
    json.endObject()
    json.newline()
    return json.takeBytes()
  }

  /// Reads a line that has been read as JSON; nil when it is no trailer.
  package init?(_ value: Value) {
    guard value.kind == .object, let trailer = value["trailer"], trailer.kind == .object,
      let plan = trailer["plan"]?.string, plan.hasPrefix("sha256:"), let number = trailer["shard"]?.integer,
      let shards = trailer["shards"]?.integer, let count = trailer["count"]?.integer,
      let sha256 = trailer["sha256"]?.string
    else { return nil }
    guard let number = Int(exactly: number), let shards = Int(exactly: shards), let count = Int(exactly: count) else {
      return nil
    }
    self.init(
      plan: String(plan.dropFirst(7)), shard: Shard(number: number, count: shards), count: count, sha256: sha256)
  }
}
