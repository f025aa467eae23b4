/// A URI reference in its five components (RFC 3986, appendix B), and its resolution against a base (section 5.2).
///
/// Splitting never fails: what is no URI simply resolves to nothing that anybody registered.
struct URIReference: Hashable, Sendable {
  var scheme: String?
  var authority: String?
  var path: String
  var query: String?
  var fragment: String?

  init(_ text: String) {
    var rest = text.utf8[...]
    if let hash = rest.firstIndex(of: UInt8(ascii: "#")) {
      fragment = String(Substring(rest[rest.index(after: hash)...]))
      rest = rest[..<hash]
    }
    if let mark = rest.firstIndex(of: UInt8(ascii: "?")) {
      query = String(Substring(rest[rest.index(after: mark)...]))
      rest = rest[..<mark]
    }
    let colon = rest.firstIndex { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "/") }
    if let colon, rest[colon] == UInt8(ascii: ":"), colon > rest.startIndex {
      scheme = String(Substring(rest[..<colon]))
      rest = rest[rest.index(after: colon)...]
    }
    if rest.starts(with: "//".utf8) {
      rest = rest.dropFirst(2)
      let end = rest.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
      authority = String(Substring(rest[..<end]))
      rest = rest[end...]
    }
    path = String(Substring(rest))
  }

  /// The target that this reference names when it stands in a document whose base is `base`.
  func resolved(against base: URIReference) -> URIReference {
    var target = self
    if scheme != nil {
      target.path = URIReference.withoutDots(path)
      return target
    }
    target.scheme = base.scheme
    if authority != nil {
      target.path = URIReference.withoutDots(path)
      return target
    }
    target.authority = base.authority
    if path.isEmpty {
      target.path = base.path
      target.query = query ?? base.query
    } else if path.utf8.first == UInt8(ascii: "/") {
      target.path = URIReference.withoutDots(path)
    } else {
      target.path = URIReference.withoutDots(base.merged(path))
    }
    return target
  }

  var withoutFragment: URIReference {
    var copy = self
    copy.fragment = nil
    return copy
  }

  /// The reference as text (section 5.3).
  var text: String {
    var text = ""
    if let scheme { text += scheme + ":" }
    if let authority { text += "//" + authority }
    text += path
    if let query { text += "?" + query }
    if let fragment { text += "#" + fragment }
    return text
  }

  private func merged(_ relative: String) -> String {
    if authority != nil, path.isEmpty { return "/" + relative }
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return relative }
    return String(path[...slash]) + relative
  }

  /// Section 5.2.4, over segments.
  private static func withoutDots(_ path: String) -> String {
    guard path.utf8.contains(UInt8(ascii: ".")) else { return path }
    var kept: [Substring.UTF8View] = []
    let segments = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    let isRooted = path.utf8.first == UInt8(ascii: "/")
    for (index, segment) in segments.enumerated() {
      let isLast = index == segments.count - 1
      if segment.elementsEqual(".".utf8) {
        if isLast { kept.append(segment.prefix(0)) }
      } else if segment.elementsEqual("..".utf8) {
        if kept.count > (isRooted ? 1 : 0) { kept.removeLast() }
        if isLast { kept.append(segment.prefix(0)) }
      } else {
        kept.append(segment)
      }
    }
    return kept.map { String(Substring($0)) }.joined(separator: "/")
  }
}

/// Text with its `%XX` triplets decoded; malformed triplets and bytes that are not UTF-8 stay as they can be shown.
public func percentDecoded(_ text: String) -> String {
  guard text.utf8.contains(UInt8(ascii: "%")) else { return text }
  let bytes = Array(text.utf8)
  var decoded: [UInt8] = []
  decoded.reserveCapacity(bytes.count)
  var index = 0
  while index < bytes.count {
    if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count, let high = hexDigit(bytes[index + 1]),
      let low = hexDigit(bytes[index + 2])
    {
      decoded.append(high << 4 | low)
      index += 3
    } else {
      decoded.append(bytes[index])
      index += 1
    }
  }
  return String(decoding: decoded, as: UTF8.self)
}

/// A path as it stands in a URI: what would end the path or begin a triplet is written as a triplet.
public func percentEncoded(_ path: String) -> String {
  var encoded: [UInt8] = []
  for byte in path.utf8 {
    switch byte {
    case UInt8(ascii: "%"): encoded.append(contentsOf: "%25".utf8)
    case UInt8(ascii: "#"): encoded.append(contentsOf: "%23".utf8)
    case UInt8(ascii: "?"): encoded.append(contentsOf: "%3F".utf8)
    default: encoded.append(byte)
    }
  }
  return String(decoding: encoded, as: UTF8.self)
}
