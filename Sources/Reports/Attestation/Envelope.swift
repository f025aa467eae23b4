import Formats

/// A DSSE envelope: a payload with signatures over it and its type (https://github.com/secure-systems-lab/dsse).
package struct Envelope: Sendable, Hashable {
  /// What the payload is.
  package let payloadType: String
  /// What is signed.
  package let payload: [UInt8]
  /// The signatures, as bytes.
  package let signatures: [[UInt8]]

  /// A signed payload.
  package init(payloadType: String, payload: [UInt8], signatures: [[UInt8]]) {
    self.payloadType = payloadType
    self.payload = payload
    self.signatures = signatures
  }

  /// Why a text is no envelope.
  package struct Malformed: Error, CustomStringConvertible {
    /// What is wrong.
    package let description: String

    init(description: String) { self.description = description }

    /// The same about a file.
    package init(path: String, _ error: Malformed) { description = "\(path): \(error.description)" }
  }

  /// Reads an envelope.
  package init(_ bytes: [UInt8]) throws(Malformed) {
    let root: Value
    do { root = try JSON.read(bytes) } catch { throw Malformed(description: "it is no JSON: \(error)") }
    guard let type = root["payloadType"]?.string, let payload = root["payload"]?.string.flatMap(Base64.decode) else {
      throw Malformed(description: "it is no DSSE envelope: it lacks 'payloadType' or 'payload' in base64")
    }
    var signatures: [[UInt8]] = []
    for signature in (root["signatures"] ?? root).elements {
      guard let bytes = signature["sig"]?.string.flatMap(Base64.decode) else {
        throw Malformed(description: "a signature of it has no 'sig' in base64")
      }
      signatures.append(bytes)
    }
    guard !signatures.isEmpty else { throw Malformed(description: "it holds no signature") }
    self.init(payloadType: type, payload: payload, signatures: signatures)
  }

  /// What is signed: the type and the payload, each with its length in front (DSSE's pre-authentication encoding).
  package static func signedBytes(payloadType: String, payload: [UInt8]) -> [UInt8] {
    Array("DSSEv1 \(payloadType.utf8.count) \(payloadType) \(payload.count) ".utf8) + payload
  }

  /// What is signed.
  package var signedBytes: [UInt8] { Self.signedBytes(payloadType: payloadType, payload: payload) }

  /// The envelope as one line of JSON, as bundles hold it.
  package var bytes: [UInt8] {
    var json = JSONWriter(.compact)
    json.beginObject()
    json.member("payloadType", payloadType)
    json.member("payload", Base64.encode(payload))
    json.list("signatures", signatures) { signature, json in
      json.beginObject()
      json.member("sig", Base64.encode(signature))
      json.endObject()
    }
    json.endObject()
    json.newline()
    return json.takeBytes()
  }
}
