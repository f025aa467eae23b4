internal import CLibXML2

/// What libxml2 says about a document, copied out of its memory.
struct XMLComplaint {
  /// False for warnings: a document with only these is accepted.
  let isError: Bool
  let message: String
  let line: Int
  let column: Int

  init(_ error: xmlError) {
    isError = unsafe error.level.rawValue >= XML_ERR_ERROR.rawValue
    message = unsafe LibXML2.message(error.message)
    line = unsafe Int(error.line)
    column = unsafe Int(error.int2)
  }

  /// The complaint as an error at a place in the document's bytes.
  func error(in bytes: [UInt8]) -> FormatError {
    FormatError(.xml, .reported(message), at: LibXML2.position(line: line, column: column, in: bytes))
  }
}

/// Gathers the errors of one call into libxml2, as the context of its `handler`; never more than a limit of them.
final class XMLComplaints {
  private let limit: Int
  private var complaints: [XMLComplaint] = []

  init(limit: Int = 1) { self.limit = limit }

  /// What libxml2 hands back to the handler; the caller keeps this object alive.
  var context: UnsafeMutableRawPointer { unsafe Unmanaged.passUnretained(self).toOpaque() }

  static let handler: xmlStructuredErrorFunc = { context, error in
    guard let context = unsafe context, let error = unsafe error else { return }
    let complaint = unsafe XMLComplaint(error.pointee)
    unsafe Unmanaged<XMLComplaints>.fromOpaque(context).takeUnretainedValue().take(complaint)
  }

  func first(in bytes: [UInt8]) -> FormatError? { complaints.first?.error(in: bytes) }

  func all(in bytes: [UInt8]) -> [FormatError] { complaints.map { $0.error(in: bytes) } }

  private func take(_ complaint: XMLComplaint) {
    if complaint.isError, complaints.count < limit { complaints.append(complaint) }
  }
}
