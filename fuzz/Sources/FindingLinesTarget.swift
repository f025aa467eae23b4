import Formats
@testable import Reports

extension FuzzTarget {
  static let findingLines = FuzzTarget(
    name: "findinglines",
    promise: "a finding from a line is the one that a report with the same text has; lines count from 1"
  ) { bytes in
    var lines = FindingLines()
    var (start, number) = (0, 0)
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
      let text = Array(bytes[start..<end])
      number += 1
      do {
        let taken = try lines.next(in: bytes, from: &start, before: bytes.count)
        guard let taken else { continue }
        expect(number > 1, "the report itself is taken for a finding")
        let told = try LedgerFinding(try JSON.read(text))
        expect(taken.key == told.key && taken.line == told.line && taken.mark == told.mark, "another finding")
        expect(fields(taken) == fields(told), "other texts")
      } catch let error as LedgerError {
        expect("\(error)".hasPrefix("line \(number): "), "'\(error)' is not of line \(number)")
        guard let value = try? JSON.read(text), value.kind == .object, number > 1 else { return }
        expect((try? LedgerFinding(value)) == nil, "a line is refused that a report may have")
        return
      } catch {
        expect(false, "'\(error)' is no error of a ledger")
      }
      expect(start == min(end + 1, bytes.count), "the next line begins elsewhere")
    }
  }

  private static func fields(_ finding: LedgerFinding) -> [ArraySlice<UInt8>?] {
    [finding.rule, finding.level, finding.path, finding.message, finding.accepted, finding.until, finding.owner]
  }
}
