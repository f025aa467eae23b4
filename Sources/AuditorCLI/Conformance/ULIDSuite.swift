import Formats

extension ConformanceSuite {
  /// ULIDs: `check`, `encode`, `next` and `monotonic`.
  static let ulid = ConformanceSuite(name: "ulid") { row, _, result in
    switch try row.requiredText("op") {
    case "check":
      let id = try ULID(parsing: try row.requiredText("value"))
      result.key("ms")
      result.integer(id.milliseconds)
      result.key("randomness_hex")
      result.string(Hex.text(of: id.randomness.span))
    case "encode":
      guard let randomness = Hex.bytes(of: Array(try row.requiredText("randomness_hex").utf8).span) else {
        throw MissingField(name: "randomness_hex")
      }
      let id = try ULID(milliseconds: try row.requiredInteger("ms"), randomness: randomness.span)
      result.key("ulid")
      result.string(id.description)
    case "next":
      let id = try ULID(parsing: try row.requiredText("after"))
      let next = try id.successor(at: try row.requiredInteger("ms"))
      result.key("ulid")
      result.string(next.description)
    case "monotonic":
      guard let values = row["values"] else { throw MissingField(name: "values") }
      let ids = try values.elements.map { try ULID(parsing: $0.string ?? "") }
      result.key("monotonic")
      result.boolean(ULID.isMonotonic(ids))
    default:
      throw MissingField(name: "op")
    }
  }
}

extension Value {
  fileprivate func requiredInteger(_ key: String) throws(MissingField) -> Int64 {
    guard let integer = self[key]?.integer else { throw MissingField(name: key) }
    return integer
  }
}
